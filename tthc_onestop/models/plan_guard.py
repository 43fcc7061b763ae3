from odoo import models
from odoo.tools import SQL

from .guard import changed, refuse
from .plan import TEXT as PLAN
from .plan_task import TEXT as TASK

SECTION = ("plan_id", "sequence", "level", "number", "code", "name", "text", "note")
MESSAGE = "the text of a plan that was issued stays as it is"


def _guard_lines(cr, table, names, printed):
    """Refuse to change, add or take away lines of issued plans; ``printed``: which of them."""
    cr.execute(
        """
        CREATE OR REPLACE FUNCTION tthc_plan_is_issued(id_ int4) RETURNS boolean AS $$
        BEGIN
            RETURN EXISTS (
                SELECT FROM tthc_plan WHERE id = id_ AND state IN ('issued', 'closed')
            );
        END $$ LANGUAGE plpgsql STABLE
        """
    )
    old, new = (
        SQL("(%s AND tthc_plan_is_issued(%s.plan_id))", SQL(printed.format(row)), SQL(row))
        for row in ("OLD", "NEW")
    )
    refuse(cr, table, "INSERT", MESSAGE, new)
    refuse(cr, table, "DELETE", MESSAGE, old)
    refuse(cr, table, "UPDATE", MESSAGE, SQL("%s AND (%s OR %s)", changed(names), old, new))
    refuse(cr, table, "TRUNCATE", MESSAGE)


class TthcPlan(models.Model):
    """The database itself refuses to change the printed text of what was issued, whoever asks."""

    _inherit = "tthc.plan"

    def init(self):
        result = super().init()
        issued = SQL("OLD.state IN ('issued', 'closed')")
        text = SQL("(NEW.state NOT IN ('issued', 'closed') OR %s)", changed(sorted(PLAN)))
        refuse(self.env.cr, self._table, "UPDATE", MESSAGE, SQL("%s AND %s", issued, text))
        refuse(self.env.cr, self._table, "DELETE", MESSAGE, issued)
        refuse(self.env.cr, self._table, "TRUNCATE", MESSAGE)
        return result


class TthcPlanSection(models.Model):
    _inherit = "tthc.plan.section"

    def init(self):
        result = super().init()
        _guard_lines(self.env.cr, self._table, SECTION, "TRUE")
        return result


class TthcPlanTask(models.Model):
    _inherit = "tthc.plan.task"

    def init(self):
        result = super().init()
        _guard_lines(self.env.cr, self._table, sorted(TASK), "{}.printed")
        return result
