import base64
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from .guard import changed, refuse
from .plan import KEEPER
from .res_company import local_today

# what was issued: it stays, whoever asks
TEXT = ("company_id", "name", "number", "date", "signer_name", "date_from", "amends_id")
TEXT += ("text", "file", "filename")


class TthcDeskRegulation(models.Model):
    """A version of the regulation of the one-stop desk, or an amendment of one."""

    _name = "tthc.desk.regulation"
    _description = "Regulation of the desk"
    _inherit = ["tthc.decision.mixin", "mail.thread", "tthc.cached.mixin", "tthc.commune.mixin"]
    _order = "date_from desc, id desc"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        string="Commune",
    )
    name = fields.Char(
        required=True,
        string="About",
        default="Quy chế hoạt động của Bộ phận Tiếp nhận và Trả kết quả",
    )
    number = fields.Char(required=True, copy=False, string="Decision", help="As in 12/QĐ-UBND.")
    date = fields.Date(required=True, copy=False, string="Signed on")
    signer_name = fields.Char(required=True, string="Signed by")
    date_from = fields.Date(required=True, copy=False, string="In force from")
    date_to = fields.Date(readonly=True, copy=False, string="In force to")
    text = fields.Text(string="Full text")
    # in the table, not beside it: the database guards it with the rest
    file = fields.Binary(attachment=False, copy=False, help="A PDF: everybody may open it.")
    filename = fields.Char(copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("issued", "Promulgated")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    amends_id = fields.Many2one(
        "tthc.desk.regulation",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('company_id', '=', company_id), ('state', '=', 'issued'), "
        "('amends_id', '=', False)]",
        help="Empty: a whole regulation, which takes the place of the one before.",
    )
    amendment_ids = fields.One2many("tthc.desk.regulation", "amends_id", string="Amendments")
    replaced_by_id = fields.Many2one(
        "tthc.desk.regulation",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        string="Replaced by",
    )
    running = fields.Boolean(
        compute="_compute_running", search="_search_running", string="In force today"
    )

    _dates_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_from <= date_to)", "A regulation ends after it begins."
    )
    _one_open = models.UniqueIndex(
        "(company_id) WHERE state = 'issued' AND amends_id IS NULL AND date_to IS NULL",
        "Another regulation is in force: reload the page.",
    )

    def _in_force(self, day):
        return [
            ("state", "=", "issued"),
            ("date_from", "<=", day),
            *("|", ("date_to", "=", False), ("date_to", ">=", day)),
        ]

    @api.depends("state", "date_from", "date_to")
    def _compute_running(self):
        running = self.filtered_domain(self._in_force(local_today()))
        for each in self:
            each.running = each in running

    def _search_running(self, operator, value):
        return self._in_force(local_today()) if operator == "in" else NotImplemented

    @api.depends("number", "date")
    def _compute_display_name(self):
        for each in self:
            day = each.date and format_date(self.env, each.date)
            each.display_name = f"{each.number} ({day})" if day else each.number

    @api.constrains("file")
    def _check_pdf(self):
        for each in self.filtered("file"):
            if not base64.b64decode(each.file).startswith(b"%PDF-"):
                raise UserError(self.env._("The file of a regulation is a PDF."))

    @api.constrains("amends_id", "company_id", "date_from")
    def _check_amended(self):
        for each in self.filtered("amends_id"):
            whole = each.amends_id
            if (
                whole.company_id != each.company_id
                or whole.state != "issued"
                or whole.amends_id
                or each.date_from < whole.date_from
                or (whole.date_to and each.date_from > whole.date_to)
            ):
                raise UserError(
                    self.env._(
                        "An amendment takes effect while the regulation that it amends is in force."
                    )
                )

    # ---------------------------------------------------------------- what was issued stays

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")  # before anything is said about the values
        if any(vals.get("state", "draft") != "draft" for vals in vals_list):
            raise UserError(self.env._("A regulation begins as a draft."))
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")  # before anything is said about the regulation
        if vals.keys() & {"state", "date_to", "replaced_by_id"}:
            raise UserError(self.env._("Use the button of the regulation."))
        if vals.keys() & set(TEXT):
            self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _check_draft(self):
        for each in self:
            if each.state != "draft":
                raise UserError(
                    self.env._(
                        "%(regulation)s was issued: it stays as it is. Enter an amendment, or the "
                        "regulation that takes its place.",
                        regulation=each.display_name,
                    )
                )

    def action_issue(self):
        """Put drafts into force from their day on; a whole one ends the one before.

        :raises UserError: it has neither text nor file, or does not fit what it replaces or amends
        """
        self.check_access("write")
        self.env["res.users"].tthc_check_role(KEEPER)
        self._check_draft()
        self._check_amended()  # it may have ended since
        for each in self.sorted("date_from"):
            if not (each.text or each.file):
                raise UserError(self.env._("Enter the text of the regulation, or its file."))
            if not each.amends_id:
                each._end_before()
            each._write_decided({"state": "issued"})
        return True

    def _end_before(self):
        """End the regulation that this one replaces, with its amendments."""
        before = self.search(
            [
                *(("company_id", "=", self.company_id.id), ("state", "=", "issued")),
                *(("amends_id", "=", False), ("date_to", "=", False)),
            ]
        )
        ended = before | before.amendment_ids.filtered(lambda each: each.state == "issued")
        for each in ended:
            if each.date_from >= self.date_from:
                raise UserError(
                    self.env._(
                        "%(regulation)s takes effect on %(day)s: what takes its place takes "
                        "effect later.",
                        regulation=each.display_name,
                        day=format_date(self.env, each.date_from),
                    )
                )
        last = self.date_from - timedelta(days=1)
        ended._write_decided({"date_to": last, "replaced_by_id": self.id})
        ended.flush_recordset()  # before the next is issued: one alone is in force

    @api.private
    @api.model
    def public_now(self, company_id):
        """What is in force in a commune today, the whole one first, for everybody to read."""
        # what was issued is public
        found = self.sudo().search(
            [("company_id", "=", company_id), *self._in_force(local_today())], order="date_from, id"
        )
        return found.sorted(lambda each: bool(each.amends_id))

    def init(self):
        """Let the database itself refuse to change what was issued, whoever asks."""
        result = super().init()
        message = "a regulation that was issued stays as it is"
        issued = SQL("OLD.state <> 'draft'")
        text = SQL("%s AND (NEW.state = 'draft' OR %s)", issued, changed(TEXT))
        refuse(self.env.cr, self._table, "UPDATE", message, text)
        refuse(self.env.cr, self._table, "DELETE", message, issued)
        refuse(self.env.cr, self._table, "TRUNCATE", message)
        return result
