from odoo.http import request, route

from odoo.addons.rpc.controllers.json2 import WebJson2Controller


class Json2Controller(WebJson2Controller):
    @route()
    def web_json_2_rpc(self, __model__, __method__, ids=(), context=None, **kwargs):
        """Answer a program in the language of its user unless it asks for another."""
        if "lang" not in (context or {}):
            context = {**(context or {}), "lang": request.env["res.users"].context_get()["lang"]}
        return super().web_json_2_rpc(__model__, __method__, ids=ids, context=context, **kwargs)
