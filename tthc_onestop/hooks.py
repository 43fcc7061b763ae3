def uninstall_hook(env):
    """Take away what the registry does not know: the guards of the tables.

    The dossiers go first: their stages and regimes could not be deleted while they refer to them.
    """
    env.cr.execute(
        """DROP FUNCTION IF EXISTS tthc_refuse() CASCADE;
           DROP FUNCTION IF EXISTS tthc_paper_is_kept(int4);
           DROP FUNCTION IF EXISTS tthc_plan_is_issued(int4);
           DROP FUNCTION IF EXISTS tthc_procedure_is_decided(int4);
           TRUNCATE tthc_dossier, tthc_dossier_event, tthc_dossier_slip, tthc_feedback CASCADE"""
    )
    office_hours = env.ref("tthc_onestop.office_hours", raise_if_not_found=False)
    if office_hours:
        others = env["resource.calendar"].search([("id", "!=", office_hours.id)], limit=1)
        env["res.company"].search([("resource_calendar_id", "=", office_hours.id)]).write(
            {"resource_calendar_id": others.id}
        )
