from datetime import date

from odoo import api, fields, models
from odoo.tools.misc import get_lang

from ..rules import version_diff, versions

# what says which version it is, not what it is
ABOUT_THE_VERSION = {
    "version",
    "state",
    "decision_id",
    "change_kind",
    "effective_on",
    "active",
    "proposal_state",
    "proposal_reason",
    "proposal_answer",
    "unverified_fields",
}


class TthcProcedure(models.Model):
    """What a version changes: part by part, old beside new."""

    _inherit = "tthc.procedure"

    previous_id = fields.Many2one(
        "tthc.procedure", string="Version before", compute="_compute_previous_id"
    )
    changes = fields.Html(
        string="What changes", compute="_compute_changes", sanitize=False, exportable=False
    )

    @api.depends("code", "effective_on", "decision_id")
    def _compute_previous_id(self):
        histories = self.histories(set(self.mapped("code")))
        for procedure in self:
            decision = procedure.decision_id
            day = procedure.effective_on or decision.effective_on
            if procedure.state == "draft" and not day:
                day = date.max
            own = versions.Version(
                procedure._origin.id, procedure.version, day or None, decision.signed_on or None
            )
            found = versions.before(histories.get(procedure.code, ()), own)
            procedure.previous_id = found.id if found else False

    @api.depends_context("lang")
    def _compute_changes(self):
        for procedure in self:
            old = procedure.previous_id
            procedure.changes = bool(old) and self.env["ir.qweb"]._render(
                "tthc_onestop.procedure_changes",
                {"old": old, "new": procedure, "parts": procedure._changed_parts(old)},
            )

    def _changed_parts(self, old):
        """The parts that differ from those of another version, as (title, rows).

        A row is (old pieces, new pieces, how): how is same, changed, added or removed, and pieces
        are the lines of a cell, each in (whether it changed, text).
        """
        parts = [(self.env._("Particulars"), self._particulars(old), self._particulars(self))]
        parts += [
            (field._description_string(self.env), self._rows(old[name]), self._rows(self[name]))
            for name, field in self._fields.items()
            if field.type == "one2many"
            and isinstance(self.env[field.comodel_name], self.pool["tthc.procedure.part"])
        ]
        found = []
        for number, (title, before, after) in enumerate(parts):
            rows = [_beside(*pair) for pair in version_diff.pairs(before, after)]
            changed = [row for row in rows if row[2] != "same"]
            if changed:
                # of a list all rows are shown, to see where in it; of the particulars the changed
                found.append((title, rows if number else changed))
        return found

    @api.model
    def _particulars(self, procedure):
        return [
            ((label, label), ("", text))
            for name, label, text in _told(procedure)
            if name not in ABOUT_THE_VERSION and text
        ]

    @api.model
    def _rows(self, records):
        return [
            tuple((label, text) for name, label, text in _told(record) if text)
            for record in records
        ]


def _told(record):
    """The content of a record as (name, label, text) of each field, the name first."""
    content = record.env["tthc.procedure"].content_fields(record)
    point = get_lang(record.env).decimal_point
    content.sort(key=lambda name: name != record._rec_name)
    for name in content:
        field = record._fields[name]
        if name in ("procedure_id", "sequence") or field.type in ("json", "binary"):
            continue
        value = field.convert_to_export(record[name], record)
        if value is True:
            text = "✓"
        elif isinstance(value, float):
            text = f"{value:g}".replace(".", point) if value else ""
        else:
            text = str(value) if value else ""
        yield name, field._description_string(record.env), text


def _beside(old, new):
    """A pair of rows for the table: the lines of each side in pieces, and how it changed."""
    if old == new:
        how = "same"
    elif not old or not new:
        how = "removed" if old else "added"
    else:
        how = "changed"
    sides = [[], []]
    texts = [dict(row or ()) for row in (old, new)]
    for label in dict.fromkeys([*texts[0], *texts[1]]):
        before, after = (text.get(label, "") for text in texts)
        if how == "changed":
            pieces = version_diff.words(before, after)
        else:
            pieces = [(False, before)], [(False, after)]
        for side, text, piece in zip(sides, (before, after), pieces, strict=True):
            if text:
                side.append((label, piece))
    return sides[0], sides[1], how
