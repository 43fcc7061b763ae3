from odoo import api, fields, models


class TthcCommuneSettings(models.TransientModel):
    """What the manager sets of the own commune, without being an administrator of Odoo."""

    _name = "tthc.commune.settings"
    _description = "Settings of the commune"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    name = fields.Char(string="Name of the commune", required=True)
    tthc_unit_code = fields.Char(string="Unit code", required=True)
    tthc_place = fields.Char(string="Place name on papers")
    tthc_desk_phone = fields.Char(string="Phone of the desk")
    tthc_signer_title = fields.Text(
        string="Title of the signer",
        help="Over the signature on what is signed for the commune; for a vice-chairperson two "
        "lines: KT. CHỦ TỊCH and PHÓ CHỦ TỊCH (NĐ 30/2020 Đ13).",
    )
    tthc_parent_name = fields.Char(string="Level above")
    resource_calendar_id = fields.Many2one(
        "resource.calendar", string="Office hours", required=True
    )
    tthc_remind_first = fields.Integer(
        string="First reminder (working days before)", help="0: not at all."
    )
    tthc_remind_second = fields.Integer(
        string="Second reminder (working days before)", help="0: none."
    )
    tthc_reuse_days = fields.Integer(
        string="A paper held is valid for (days)",
        help="0: without limit. What the law says of it was not verified.",
    )
    tthc_file_types = fields.Char(
        string="Types of files",
        required=True,
        help="Some of pdf, jpeg, png, docx, xlsx, odt, ods.",
    )
    tthc_file_max_mb = fields.Integer(string="Largest file (MB)", required=True)
    tthc_posting_days = fields.Integer(
        string="Post within (working days)",
        help="From memory: no law was found that gives the number for a commune.",
    )
    tthc_news_approval = fields.Boolean(
        string="Communication: the leader approves items",
        help="No law was found that asks for it of a commune.",
    )
    tthc_feedback_address = fields.Char(string="Feedback: address of the office")
    tthc_feedback_post = fields.Char(string="Feedback: postal address")
    tthc_feedback_phone = fields.Char(string="Feedback: dedicated phone number")
    tthc_feedback_website = fields.Char(string="Feedback: website")
    tthc_feedback_email = fields.Char(string="Feedback: e-mail")

    @api.model
    def _settings(self):
        """The fields that are set here: those of this model that the commune has too."""
        company = self.env["res.company"]
        return [
            name
            for name, field in self._fields.items()
            if field.store and name in company._fields and name not in models.MAGIC_COLUMNS
        ]

    def default_get(self, fields_list):
        company = self.env.company
        names = [field for field in self._settings() if field in fields_list]
        values = company.read(names, load="")
        return super().default_get(fields_list) | values[0] | {"company_id": company.id}

    def action_save(self):
        self.ensure_one()
        values = {
            field: self._fields[field].convert_to_write(self[field], self)
            for field in self._settings()
        }
        # only managers may open this wizard, and it opens on a commune of theirs
        self.company_id.filtered(lambda company: company in self.env.companies).sudo().write(values)
        return {"type": "ir.actions.act_window_close"}
