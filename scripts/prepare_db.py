"""Run by Odoo's shell on a template database: the country, and nothing on disk to copy.

Attachments go into the database and the web client's bundles are built now, so that a clone
is complete by itself and its first page comes at once.
"""

env["ir.config_parameter"].set_param("ir_attachment.location", "db")
vietnam = env.ref("base.vn")
company = env.ref("base.main_company")
if company.country_id != vietnam:
    company.write({"country_id": vietnam.id, "currency_id": vietnam.currency_id.id})
    env["res.users"].with_context(active_test=False).search([]).write({"tz": "Asia/Ho_Chi_Minh"})
env["ir.attachment"].force_storage()
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
