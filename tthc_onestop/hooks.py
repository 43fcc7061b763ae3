def uninstall_hook(env):
    """Take away what the registry does not know: the guards of the ledger and of the scans.

    The dossiers go first: their stages and regimes could not be deleted while they refer to them.
    """
    env.cr.execute(
        """DROP FUNCTION IF EXISTS tthc_dossier_event_refuse() CASCADE;
           DROP FUNCTION IF EXISTS tthc_dossier_file_refuse() CASCADE;
           DROP FUNCTION IF EXISTS tthc_fee_receipt_refuse() CASCADE;
           DROP FUNCTION IF EXISTS tthc_fee_receipt_line_refuse() CASCADE;
           DROP FUNCTION IF EXISTS tthc_fee_settlement_refuse() CASCADE;
           TRUNCATE tthc_dossier, tthc_dossier_event, tthc_dossier_slip CASCADE"""
    )
    office_hours = env.ref("tthc_onestop.office_hours", raise_if_not_found=False)
    if office_hours:
        others = env["resource.calendar"].search([("id", "!=", office_hours.id)], limit=1)
        env["res.company"].search([("resource_calendar_id", "=", office_hours.id)]).write(
            {"resource_calendar_id": others.id}
        )
