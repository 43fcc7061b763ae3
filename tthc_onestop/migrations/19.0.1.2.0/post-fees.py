from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Until now a catalogue that was loaded had the fee in words only."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["tthc.procedure.fee"].load_shipped(env["tthc.procedure"].search([]))
