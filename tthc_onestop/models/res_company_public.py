from typing import NamedTuple

from odoo import api, models, tools


class Contact(NamedTuple):
    """Whom citizens ask; ``phones`` are that of the desk and that of the commune."""

    company_id: int
    name: str
    address: str
    phones: tuple[str, ...]
    email: str | bool
    regulated: bool  # the regulation of its desk was issued


class ResCompany(models.Model):
    """What the public pages say of a commune."""

    _inherit = "res.company"

    @api.private
    @api.model
    def tthc_contact(self, company_id: int | None = None) -> Contact | None:
        """Whom to ask in a commune, or in the first one; None when there is no such commune."""
        communes = self._tthc_communes()
        if company_id is None:
            company_id = communes[0]
        return self._tthc_contact(company_id) if company_id in communes else None

    @api.model
    @tools.ormcache()
    def _tthc_communes(self) -> tuple[int, ...]:
        # which communes there are is public; a province is the parent of its communes
        return tuple(self.sudo().search([("child_ids", "=", False)], order="id").ids)

    @api.model
    @tools.ormcache("company_id")
    def _tthc_contact(self, company_id: int) -> Contact:
        company = self.sudo().browse(company_id)  # how to reach the office is public
        parts = (company.street, company.street2, company.city, company.state_id.name)
        phones = dict.fromkeys(filter(None, (company.tthc_desk_phone, company.phone)))
        issued = [("company_id", "=", company_id), ("state", "=", "issued")]
        return Contact(
            company.id,
            company.name,
            ", ".join(filter(None, parts)),
            tuple(phones),
            company.email,
            bool(company.env["tthc.desk.regulation"].search_count(issued, limit=1)),
        )
