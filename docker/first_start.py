"""Run by Odoo's shell after each installation: the country and the administrator, once."""

import os

parameters = env["ir.config_parameter"]
if not parameters.get_param("tthc.first_start_done"):
    vietnam = env.ref("base.vn")
    env.ref("base.main_company").write(
        {"country_id": vietnam.id, "currency_id": vietnam.currency_id.id}
    )
    env["res.users"].with_context(active_test=False).search([]).write({"tz": "Asia/Ho_Chi_Minh"})
    env.ref("base.user_admin").password = os.environ["ODOO_ADMIN_PASSWORD"]
    parameters.set_param("tthc.first_start_done", "1")
    env.cr.commit()
