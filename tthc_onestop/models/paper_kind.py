from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..rules.reuse import paper_key


class TthcPaperKind(models.Model):
    """What a paper is, whichever procedure asks for it: papers of one kind stand for each other.

    Each name under which a procedure asks for a paper, or gives a result, is a kind. Which of them
    are the same paper is said by ``same_as_id``, so that it holds for the papers kept already.
    """

    _name = "tthc.paper.kind"
    _description = "Kind of paper"
    _inherit = ["tthc.cached.mixin"]
    _order = "name, id"

    name = fields.Char(required=True, string="Paper")
    key = fields.Char(compute="_compute_key", store=True, readonly=True)
    same_as_id = fields.Many2one(
        "tthc.paper.kind",
        string="Is the same as",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('same_as_id', '=', False), ('id', '!=', id)]",
        help="The paper that this is another name of. One that is held is then offered for both.",
    )
    alias_ids = fields.One2many("tthc.paper.kind", "same_as_id", string="Other names")
    valid_days = fields.Integer(
        string="Valid for (days)",
        aggregator=None,
        help="How long such a paper is offered for reuse when it says no end of its own. 0: as the "
        "commune says for all papers.",
    )
    document_ids = fields.One2many("tthc.procedure.document", "kind_id", string="Asked for by")

    _key_uniq = models.Constraint("UNIQUE(key)", "There is a kind of paper of this name already.")
    _valid_days_range = models.Constraint(
        "CHECK(valid_days BETWEEN 0 AND 36500)", "A paper is valid for 0 to 36500 days."
    )

    @api.depends("name")
    def _compute_key(self):
        for kind in self:
            kind.key = paper_key(kind.name or "")

    @api.constrains("same_as_id")
    def _check_same_as(self):
        for kind in self.filtered("same_as_id"):
            if kind.same_as_id.same_as_id or kind.alias_ids:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is a name of “%(same)s”, which is the name of another paper or "
                        "has names itself: choose one paper for all of them.",
                        name=kind.name,
                        same=kind.same_as_id.name,
                    )
                )

    @api.private
    @api.model
    def named(self, name):
        """The kind of a name, empty when no procedure knows it: a query after a change only."""
        return self.browse(self._ids_by_key().get(paper_key(name or "")))

    @api.private
    @api.model
    def ensure(self, names):
        """The kinds of names of the catalogue, made where they are missing.

        :return: each name to its kind
        """
        known, missing = self._ids_by_key(), {}
        for name in names:
            if (key := paper_key(name)) and key not in known:
                name = name.strip()
                missing.setdefault(key, name[0].upper() + name[1:])
        # who may write the catalogue was checked there: a name in it is a kind
        self.sudo().create([{"name": name} for name in missing.values()])
        return {name: self.named(name) for name in names}

    @api.model
    @tools.ormcache()
    def _ids_by_key(self):
        kinds = self.sudo().search([])  # pylint: disable=no-search-all  # the names of one country
        return {kind.key: kind.id for kind in kinds}

    @api.private
    def meant(self):
        """The papers that these are names of, each for itself."""
        return self.same_as_id | self.filtered(lambda kind: not kind.same_as_id)
