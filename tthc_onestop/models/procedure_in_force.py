from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..rules import versions
from .res_company import local_today


class TthcProcedure(models.Model):
    """Which version is in force: asked of the dates of the decisions."""

    _inherit = "tthc.procedure"

    in_force = fields.Boolean(
        string="In force today", compute="_compute_in_force", search="_search_in_force"
    )

    @api.private
    def histories(self, codes) -> dict[str, list[versions.Version]]:
        """The versions of each code that were decided, as ``rules.versions`` reads them."""
        self.flush_model(["code", "version", "state", "effective_on", "change_kind", "decision_id"])
        self.env["tthc.procedure.decision"].flush_model(["signed_on"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT procedure.code, procedure.id, procedure.version, procedure.effective_on,
                       decision.signed_on, procedure.change_kind = 'abolished'
                  FROM tthc_procedure procedure
                  LEFT JOIN tthc_procedure_decision decision ON decision.id = procedure.decision_id
                 WHERE procedure.code = ANY(%s) AND procedure.state <> 'draft'
                """,
                list(codes),
            )
        )
        found = defaultdict(list)
        for code, *version in rows:
            found[code].append(versions.Version(*version))
        return found

    @api.private
    def check_in_force(self, day):
        """Refuse a procedure under which no dossier is received on a local day: say why."""
        if message := self.not_in_force(day):
            raise UserError(message)

    @api.private
    def not_in_force(self, day) -> str | None:
        """Why no dossier is received under it on a local day, and what instead; None when one is.

        Asked of the dates, not of ``state``: at midnight the next version takes over by itself.
        """
        terms = self.terms()
        last = versions.last_on(terms.history, day)
        if last and last.id == self._origin.id and not last.abolishes:
            return None
        # whoever may file a dossier is told, the decisions are public
        procedure = self.sudo()
        if not last or procedure.state == "draft":
            return self.env._(
                "“%(name)s” is not in force: no dossier can be filed under it.",
                name=procedure.display_name,
            )
        if not last.abolishes:
            return self.env._(
                "Version %(old)s of “%(name)s” is not in force on %(day)s, version %(new)s is: "
                "choose that one and look at its papers.",
                old=procedure.version,
                new=last.number,
                name=procedure.display_name,
                day=format_date(self.env, day),
            )
        return procedure.browse(last.id)._abolished_message(day)

    def _abolished_message(self, day):
        message = self.env._(
            "“%(name)s” is abolished: no dossier can be filed under it.", name=self.display_name
        )
        if self.decision_id:
            message += " " + self.env._(
                "Decision %(decision)s of %(issuer)s, in effect from %(day)s.",
                decision=self.decision_id.display_name,
                issuer=self.decision_id.issuer,
                day=format_date(self.env, self.effective_on),
            )
        replacement = self.replacement_on(day)
        if replacement:
            message += " " + self.env._(
                "It is replaced by “%(name)s”.", name=replacement.display_name
            )
        return message

    @api.private
    def replacement_on(self, day):
        """The version in force of the procedure that replaces it, through several if need be."""
        found, seen = self.replaced_by_id, {self.code}
        while found and found.code not in seen:
            seen.add(found.code)
            last = versions.last_on(found.terms().history, day)
            if not last or not last.abolishes:
                return found.browse(last.id) if last else found
            found = found.browse(last.id).replaced_by_id or found
        return found

    def _compute_in_force(self):
        histories, today = self.histories(set(self.mapped("code"))), local_today()
        for procedure in self:
            found = versions.in_force_on(histories.get(procedure.code, ()), today)
            procedure.in_force = bool(found) and found.id == procedure._origin.id

    def _search_in_force(self, operator, value):
        if operator != "in":
            return NotImplemented
        self.flush_model(["code", "version", "state", "effective_on", "change_kind", "decision_id"])
        self.env["tthc.procedure.decision"].flush_model(["signed_on"])
        return Domain("id", "in" if True in value else "not in", self.ids_in_force(local_today()))

    @api.private
    @api.model
    def ids_in_force(self, day) -> SQL:
        """A query of the versions in force on a day, as ``rules.versions`` has it.

        ``state`` says it already, but for the codes of which a version takes effect between the
        day on which it was projected and this one: those are worked out.
        """
        return SQL(
            """
            (WITH changed AS (
                SELECT code FROM tthc_procedure
                 WHERE state = 'waiting' AND effective_on <= %(day)s
                    OR state NOT IN ('draft', 'waiting') AND effective_on > %(day)s
            )
            SELECT id FROM tthc_procedure
             WHERE state = 'published' AND code <> ALL (ARRAY(SELECT code FROM changed))
            UNION ALL
            SELECT id FROM (
                SELECT DISTINCT ON (procedure.code) procedure.id, procedure.change_kind
                  FROM tthc_procedure procedure
                  LEFT JOIN tthc_procedure_decision decision ON decision.id = procedure.decision_id
                 WHERE procedure.code = ANY (ARRAY(SELECT code FROM changed))
                   AND procedure.state <> 'draft'
                   AND (procedure.effective_on IS NULL OR procedure.effective_on <= %(day)s)
                 ORDER BY procedure.code, procedure.effective_on DESC NULLS LAST,
                          decision.signed_on DESC NULLS LAST, procedure.version DESC
            ) last WHERE change_kind <> 'abolished')
            """,
            day=day,
        )
