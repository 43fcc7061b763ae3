from collections.abc import Iterator, Mapping

from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED

from odoo import api, fields, models
from odoo.sql_db import db_connect
from odoo.tools import SQL


class TthcCounter(models.Model):
    _name = "tthc.counter"
    _description = "Counter of codes and registers"
    _log_access = False

    key = fields.Char(required=True)
    last = fields.Integer(required=True)

    _key_uniq = models.Constraint("UNIQUE(key)", "A counter exists once.")

    @api.private
    @api.model
    def reserve(self, wanted: Mapping[str, int]) -> dict[str, Iterator[int]]:
        """Reserve ``wanted[key]`` numbers under each key; return them.

        The numbers are taken in a short transaction of their own, committed before this returns: no
        lock is held while the caller goes on, none is given twice, and those of a caller that fails
        are lost. It is READ COMMITTED because under Odoo's REPEATABLE READ the second of two
        writers of a row fails instead of waiting its turn.
        """
        rows = sorted(wanted.items())  # one order for all, so that two callers never deadlock
        with db_connect(self.env.cr.dbname).cursor() as cr:
            cr._cnx.set_isolation_level(ISOLATION_LEVEL_READ_COMMITTED)
            cr.execute(
                SQL(
                    """INSERT INTO tthc_counter (key, last) VALUES %s
                       ON CONFLICT (key) DO UPDATE SET last = tthc_counter.last + EXCLUDED.last
                       RETURNING key, last""",
                    SQL(", ").join(SQL("(%s, %s)", key, count) for key, count in rows),
                )
            )
            return {
                key: iter(range(last - wanted[key] + 1, last + 1)) for key, last in cr.fetchall()
            }
