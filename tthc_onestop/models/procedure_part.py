from odoo import api, models
from odoo.tools import SQL

from .guard import refuse


class TthcProcedurePart(models.AbstractModel):
    """What a version of a procedure consists of: as the version, it is fixed once decided."""

    _name = "tthc.procedure.part"
    _description = "Part of a version of a procedure"
    _inherit = ["tthc.cached.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")  # before anything is said about the version
        ids = {vals.get("procedure_id") for vals in vals_list}
        self.env["tthc.procedure"].browse(id_ for id_ in ids if id_).check_draft()
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")
        self.procedure_id.check_draft()
        self.env["tthc.procedure"].browse(vals.get("procedure_id") or ()).check_draft()
        result = super().write(vals)
        if "procedure_id" in vals:
            self.check_access("write")  # record rules are checked before a write only
        return result

    @api.ondelete(at_uninstall=False)
    def _check_version(self):
        self.procedure_id.check_draft()

    def _auto_init(self):
        self.env["tthc.procedure"].lift_guard(self._table)
        return super()._auto_init()

    def init(self):
        """Let the database itself refuse what the model refuses, whoever asks."""
        result = super().init()
        if self._abstract:
            return result
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION tthc_procedure_is_decided(id_ int4) RETURNS boolean AS $$
            BEGIN
                RETURN EXISTS (SELECT FROM tthc_procedure WHERE id = id_ AND state <> 'draft');
            END $$ LANGUAGE plpgsql STABLE
            """
        )
        message = "a version that was decided stays as it is"
        old, new = (
            SQL("tthc_procedure_is_decided(%s.procedure_id)", SQL(r)) for r in ("OLD", "NEW")
        )
        changes = self.env["tthc.procedure"].content_changes(self)
        refuse(self.env.cr, self._table, "INSERT", message, new)
        refuse(self.env.cr, self._table, "DELETE", message, old)
        refuse(
            self.env.cr, self._table, "UPDATE", message, SQL("%s AND (%s OR %s)", changes, old, new)
        )
        refuse(self.env.cr, self._table, "TRUNCATE", message)
        return result
