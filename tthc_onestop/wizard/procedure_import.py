import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..render.catalogue_xlsx import workbook
from ..rules.catalogue import read_list
from ..rules.sheet import MOST_BYTES, read_sheet

KINDS = ("new", "changed", "abolished", "unchanged", "error")


class TthcProcedureImport(models.TransientModel):
    """Loads a published list of procedures: first it says what would change, then it is done.

    What is wrong with a row is told by row and column, and such a row is left out.
    """

    _name = "tthc.procedure.import"
    _description = "Load a list of procedures"

    file = fields.Binary(required=True, attachment=False, string="List")
    filename = fields.Char()
    decision_id = fields.Many2one(
        "tthc.procedure.decision",
        string="Decision of publication",
        help="What changes or is abolished has a new version under it, in effect from its day.",
    )
    abolish_missing = fields.Boolean(
        string="Abolish what is not in the list",
        help="The procedures of the sectors that the list has and that are not in it themselves "
        "are abolished. Leave it when the list is one of changes.",
    )
    state = fields.Selection(
        [("file", "File"), ("checked", "Checked"), ("done", "Loaded")],
        default="file",
        readonly=True,
    )
    line_ids = fields.One2many("tthc.procedure.import.line", "import_id", readonly=True)
    new_ids = fields.One2many(
        "tthc.procedure.import.line", "import_id", readonly=True, domain=[("kind", "=", "new")]
    )
    changed_ids = fields.One2many(
        "tthc.procedure.import.line", "import_id", readonly=True, domain=[("kind", "=", "changed")]
    )
    abolished_ids = fields.One2many(
        "tthc.procedure.import.line",
        "import_id",
        readonly=True,
        domain=[("kind", "=", "abolished")],
    )
    unchanged_ids = fields.One2many(
        "tthc.procedure.import.line",
        "import_id",
        readonly=True,
        domain=[("kind", "=", "unchanged")],
    )
    error_ids = fields.One2many(
        "tthc.procedure.import.line", "import_id", readonly=True, domain=[("kind", "=", "error")]
    )
    result = fields.Text(readonly=True)
    summary = fields.Text(readonly=True)
    report = fields.Binary(readonly=True, attachment=False, string="All of it as Excel")
    report_name = fields.Char(readonly=True)

    def action_check(self):
        """Say what loading the list would change; nothing is."""
        return self._run(self._plan())

    def action_load(self):
        """Load the list, all of it or nothing: a failure leaves the catalogue as it was."""
        plan = self._plan()
        # only who may publish may open this wizard, and their rights are checked on each version
        self.env["tthc.procedure"].apply_plan(plan, self.decision_id, self._show_progress)
        return self._run(plan, done=True)

    def action_export(self):
        """Download the catalogue in the shape of such a list."""
        kind = self.env.context.get("kind", "xlsx")
        return {"type": "ir.actions.act_url", "url": f"/tthc/procedures.{kind}", "target": "self"}

    def _plan(self):
        self.ensure_one()
        try:
            content = base64.b64decode(self.file, validate=True)
            if not content.strip():
                raise UserError(self.env._("The file is empty."))
            table = read_sheet(content)
        except (binascii.Error, ValueError) as error:
            raise UserError(self._unreadable(str(error))) from error
        by_number = not content.startswith(b"PK")  # a sheet shows the numbers of its rows itself
        listing = read_list(table, by_number)
        return self.env["tthc.procedure"].plan_list(listing, self.abolish_missing)

    def _unreadable(self, code):
        if code == "large":
            return self.env._(
                "The file is too large: a list has at most %(size)s MB and 20,000 rows.",
                size=MOST_BYTES >> 20,
            )
        if code == "workbook":
            return self.env._(
                "This Excel file cannot be read: open it in Excel and save it as .xlsx again."
            )
        return self.env._(
            "This is neither an Excel file (.xlsx) nor a CSV file in UTF-8: save the sheet as one."
        )

    def _run(self, plan, done=False):
        lines = self._lines(plan)
        counts = {kind: sum(line["kind"] == kind for line in lines) for kind in KINDS}
        messages = [line["message"] for line in lines if line["kind"] == "error"]
        summary = [
            self.env._("%s procedures have been added.", counts["new"])
            if done
            else self.env._("%s procedures would be added.", counts["new"]),
            self.env._("%s have a new version.", counts["changed"])
            if done
            else self.env._("%s would have a new version.", counts["changed"]),
            self.env._("%s have been abolished.", counts["abolished"])
            if done
            else self.env._("%s would be abolished.", counts["abolished"]),
            self.env._("%s are in the catalogue as the list has them.", counts["unchanged"]),
            self.env._("%s rows or cells are wrong and were left out.", counts["error"]),
        ]
        self.line_ids.unlink()
        self.env["tthc.procedure.import.line"].create(
            [line | {"import_id": self.id} for line in lines]
        )
        self.write(
            {
                "state": "done" if done else "checked",
                "summary": "\n".join(summary),
                "result": "\n".join([*summary, *messages]),
                "report": base64.b64encode(self._report(lines)),
                "report_name": "danh-muc-thu-tuc-doi-chieu.xlsx",
            }
        )
        self.invalidate_recordset()  # the lists of lines by kind are read anew
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Load a catalogue"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _lines(self, plan):
        procedures = self.env["tthc.procedure"]
        codes = [code for _row, code in (*plan.abolished, *plan.unchanged)]
        names = {
            each.code: each.name
            for each in procedures.search_fetch([("code", "in", codes)], ["code", "name"])
        }
        labels = self._part_labels()
        return [
            *(
                {"kind": "new", "row": row.row, "code": row.code, "name": row.name}
                for row in plan.new
            ),
            *(
                {
                    "kind": "changed",
                    "row": row.row,
                    "code": code,
                    "name": row.name,
                    "parts": ", ".join(labels[part] for part in parts),
                }
                for row, code, parts in plan.changed
            ),
            *(
                {"kind": kind, "row": row, "code": code, "name": names.get(code)}
                for kind, entries in (
                    ("abolished", plan.abolished),
                    ("unchanged", plan.unchanged),
                )
                for row, code in entries
            ),
            *(
                {"kind": "error", "row": each.row, "message": procedures.problem_message(each)}
                for each in sorted(plan.problems, key=lambda each: each.row)
            ),
        ]

    @api.model
    def _part_labels(self):
        env = self.env
        return {
            "name": env._("name"),
            "sector": env._("sector"),
            "duration": env._("term"),
            "duration_text": env._("term as published"),
            "duration_max": env._("term with verification"),
            "fee": env._("fee"),
            "online_level": env._("online level"),
            "documents": env._("papers"),
            "result": env._("result"),
            "legal_bases": env._("legal bases"),
            "source": env._("source"),
            "note": env._("note"),
        }

    def _report(self, lines):
        kinds = dict(
            self.env["tthc.procedure.import.line"]._fields["kind"]._description_selection(self.env)
        )
        columns = ("row", "code", "name", "parts", "message")
        labels = [
            self.env["tthc.procedure.import.line"]._fields[column]._description_string(self.env)
            for column in columns
        ]
        return workbook(
            {
                kinds[kind]: [
                    labels,
                    *(
                        [str(line.get(column) or "") for column in columns]
                        for line in lines
                        if line["kind"] == kind
                    ),
                ]
                for kind in KINDS
            }
        )

    def _show_progress(self, done, total):
        """Tell the user how far it is, at once: what is loaded stays uncommitted until the end."""
        if total <= done:
            return
        with self.env.registry.cursor() as cr:
            user = self.with_env(self.env(cr=cr)).env.user
            user._bus_send(
                "simple_notification",
                {
                    "type": "info",
                    "message": self.env._(
                        "%(done)s of %(total)s versions are ready.", done=done, total=total
                    ),
                },
            )
