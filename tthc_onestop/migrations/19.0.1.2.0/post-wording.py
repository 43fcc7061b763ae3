from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """A regime that the commune made itself has no wording yet: it begins with the latest one."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    regimes = env["tthc.regime"].search([], order="date_from DESC")
    latest = next((regime for regime in regimes if regime.wording_ids), None)
    for regime in regimes.filtered(lambda regime: latest and not regime.wording_ids):
        latest.wording_ids.copy({"regime_id": regime.id})
