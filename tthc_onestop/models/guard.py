"""Triggers with which the database itself refuses a change, whoever asks: the superuser too."""

from odoo.tools import SQL


def refuse(cr, table, event, message, when=None):
    """Let ``event`` (UPDATE, DELETE, INSERT, TRUNCATE or several with OR) on a table fail.

    :param SQL when: only for the rows of which it holds (OLD, NEW); not for TRUNCATE
    """
    cr.execute(
        SQL(
            """
            CREATE OR REPLACE FUNCTION tthc_refuse() RETURNS trigger AS $$
            BEGIN
                RAISE EXCEPTION '%%', TG_ARGV[0];
            END $$ LANGUAGE plpgsql;
            DROP TRIGGER IF EXISTS %(name)s ON %(table)s;
            CREATE TRIGGER %(name)s BEFORE %(event)s ON %(table)s FOR EACH %(level)s %(when)s
                EXECUTE FUNCTION tthc_refuse(%(message)s);
            """,
            name=SQL.identifier(_name(table, event)),
            table=SQL.identifier(table),
            event=SQL(event),
            level=SQL("STATEMENT" if event == "TRUNCATE" else "ROW"),
            when=SQL("WHEN (%s)", when) if when else SQL(),
            message=message,
        )
    )


def append_only(cr, table, message, when=None):
    """Let nobody change or delete the rows of a table, or those of which ``when`` (OLD) holds."""
    refuse(cr, table, "UPDATE OR DELETE", message, when)
    refuse(cr, table, "TRUNCATE", message)


def changed(names):
    """The condition of a trigger that one of these columns is changed."""
    return SQL(
        "ROW(%s) IS DISTINCT FROM ROW(%s)",
        *(
            SQL(", ").join(SQL("%s.%s", SQL(row), SQL.identifier(name)) for name in names)
            for row in ("OLD", "NEW")
        ),
    )


def allow(cr, table, event):
    """Take the guard of ``refuse`` away, while the columns of the table change."""
    cr.execute(
        SQL(
            "DROP TRIGGER IF EXISTS %s ON %s",
            SQL.identifier(_name(table, event)),
            SQL.identifier(table),
        )
    )


def _name(table, event):
    return f"{table}_refuse_{event.lower().replace(' or ', '_')}"
