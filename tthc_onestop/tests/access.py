"""The access specification of an addon, and what the tests generated from it share."""

import ast
import re
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field

import yaml

from odoo.tests import new_test_user
from odoo.tools import file_open

from .common import GROUPS, DossierCase

EVERYONE = [*GROUPS, "staff", "portal", "public"]
OUTSIDE = {"staff": "base.group_user", "portal": "base.group_portal", "public": "base.group_public"}
VERBS = {
    "create": "create",
    "read": "read",
    "write": "write",
    "attend": "write",
    "delete": "unlink",
}
# the named kinds of records; {} is the way from a record to what has the commune
KINDS = {
    "own commune": '[("{}company_id", "in", company_ids)]',
    "common or own commune": '[("{}company_id", "in", [False, *company_ids])]',
    "own entries": '[("create_uid", "=", user.id)]',
    "own proposals": 'user.tthc_proposed("{}")',
    "assigned sectors": 'user.tthc_handled("{}")',
    "own hand-in": 'user.tthc_hand_ins("{}")',
    "seen feedback": 'user.tthc_feedback("{}")',
    "own tasks": 'user.tthc_tasks("{}")',
    "all": '[(1, "=", 1)]',
}
WAYS = (
    "",
    "dossier_id.",
    "year_id.",
    "calendar_id.",
    "procedure_id.",
    "hand_in_id.",
    "feedback_id.",
    "task_id.",
)
# each makes the sample oneself; others read a proposal, they do not see an entry
MADE = {"own entries", "own proposals"}
NO_FIELDS = {"notes", "files"}


@dataclass
class Line:
    """What the specification says of one model."""

    label: str
    records: str
    may: dict[str, set[str]]
    limited: dict[str, str]  # group -> the kind of records it is limited to
    personal: dict[str, set[str]] = field(default_factory=dict)

    def verbs(self, group):
        everybody = self.may.get("staff", set()) if group in GROUPS else set()
        return self.may.get(group, set()) | everybody

    def may_do(self, group, verb):
        return verb in self.verbs(group)

    def sees(self, group, name):
        return name not in self.personal or group in self.personal[name]


def matrix_of(module):
    """The specification of an addon: a ``Line`` by model."""
    with file_open(f"{module}/security/access_matrix.yaml") as file:
        return {model: _line(said) for model, said in yaml.safe_load(file).items()}


def _line(said):
    may, limited = {}, {}
    for group, words in said["may"].items():
        verbs, kind = re.fullmatch(r"([a-z ]+?)(?: \((.+)\))?", words).groups()
        may[group] = set(verbs.split())
        if kind:
            limited[group] = kind
    personal = {
        name: set(groups.split())
        for names, groups in said.get("personal", {}).items()
        for name in names.split()
    }
    return Line(said["label"], said["records"], may, limited, personal)


def kind_of(domain):
    """The named kind that the domain of a record rule means; the domain itself when none."""
    wanted = ast.dump(ast.parse(domain.strip(), mode="eval"))
    for kind, template in KINDS.items():
        for way in WAYS:
            if ast.dump(ast.parse(template.format(way), mode="eval")) == wanted:
                return kind
    return domain


def xmlid(group):
    return OUTSIDE.get(group) or f"tthc_onestop.group_{group}"


@dataclass
class Sample:
    """Records and values with which the specification of a model is tried."""

    own: object = None  # in the commune of the users, in a sector assigned to the specialist
    create: dict | Callable | None = None
    write: dict | None = None
    other: object = None  # of another commune
    unassigned: object = None  # of a sector that is nobody's


def with_each_model_and_group(test):
    """Run a test on every stored model of the specification with every group, as subtests."""

    def run(self):
        for model, line in self.matrix.items():
            if self.env[model]._abstract:
                continue
            for group in EVERYONE:
                with self.subTest(model=model, group=group), self.undone():
                    test(self, model, line, group)

    run.__name__, run.__doc__ = test.__name__, test.__doc__
    return run


class AccessCase(DossierCase):
    """Users of every group, outsiders too, a second commune, and a sample of each model."""

    module = "tthc_onestop"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.matrix = matrix_of(cls.module)
        for user in cls.users.values():
            user.group_ids += cls.env.ref("base.group_allow_export")
        for group in ("staff", "portal"):
            cls.users[group] = new_test_user(
                cls.env,
                login=f"test_{group}",
                groups=xmlid(group),
                company_id=cls.company.id,
                company_ids=cls.company.ids,
            )
        cls.users["staff"].group_ids += cls.env.ref("base.group_allow_export")
        cls.users["public"] = cls.env.ref("base.public_user")
        cls.stranger_company = cls.env["res.company"].create(
            {"name": "UBND xã Khác", "tthc_unit_code": "H23.20.32", "tthc_place": "Khác"}
        )
        cls.stranger = new_test_user(
            cls.env,
            login="test_stranger",
            groups=",".join(xmlid(group) for group in GROUPS),
            company_id=cls.stranger_company.id,
            company_ids=cls.stranger_company.ids,
            tz="Asia/Ho_Chi_Minh",
        )
        cls.samples = cls.make_samples(cls)

    def make_samples(cls):
        raise NotImplementedError

    def sample(self, model, group):
        """The sample of a model; one's own entry where one changes no other."""
        sample = self.samples[model]
        if self.matrix[model].records in MADE:
            creator = group if self.matrix[model].may_do(group, "create") else None
            records = self.model(creator, model) if creator else self.env[model].sudo()
            # what hangs on an entry needs one of one's own too
            values = sample.create(records.env) if callable(sample.create) else sample.create
            sample = Sample(records.create(values).sudo(), values, sample.write)
        return sample

    @contextmanager
    def undone(self):
        """What is done inside is undone: each case finds the same records."""
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()
