from datetime import date

from odoo.tests import tagged

from odoo.addons.tthc_onestop.tests.access import EVERYONE, AccessCase, Sample
from odoo.addons.tthc_onestop.tests.access_checks import BehaviourChecks, SpecificationChecks
from odoo.addons.tthc_onestop.tests.access_samples import received
from odoo.addons.tthc_onestop.tests.common import at

from ..models.report import ALL_SECTORS


@tagged("post_install", "-at_install")
class TestAccessMatrix(SpecificationChecks, BehaviourChecks, AccessCase):
    module = "tthc_reporting"

    def make_samples(cls):
        own, other = cls.env["tthc.report.period"].create(
            [
                {"kind": "quarter", "year": 2023, "quarter": 2, "company_id": company.id}
                for company in (cls.company, cls.stranger_company)
            ]
        )
        own.action_collect()
        sealed = cls.env["tthc.report.period"].create(
            [
                {"kind": "quarter", "year": 2023, "quarter": 1, "company_id": company.id}
                for company in (cls.company, cls.stranger_company)
            ]
        )
        sealed.action_collect()
        sealed.action_seal()
        own_seal, other_seal = sealed.seal_id
        seal = {
            field: own_seal[field]
            for field in ("sealed_at", "rules_version", "content", "workbook", "digest")
        } | {
            "company_id": cls.company.id,
            "period_id": own.id,
            "position": 2,
            "user_id": cls.env.uid,
        }
        new = {"kind": "quarter", "year": 2023, "quarter": 3, "company_id": cls.company.id}
        (hand_in, other_hand_in), (line, other_line) = cls.hand_ins(cls, own + other)
        text, other_text = cls.env["tthc.report.text"].create(
            [{"period_id": period.id, "subject": "Kết quả"} for period in own + other]
        )
        section, other_section = cls.env["tthc.report.section"].create(
            [{"text_id": each.id, "name": "Mục", "body": "x"} for each in text + other_text]
        )
        unwritten = own.copy({"year": 2022})
        cause = {"name": "Nguyên nhân thử", "kind": "other"}
        form = {"code": "x", "name": "x", "number": "x", "circular": "x"}
        return {
            "tthc.report.period": Sample(own, new, {"hand_in_on": date(2023, 6, 16)}, other),
            "tthc.report.seal": Sample(
                own_seal,
                seal
                | {
                    "date_from": own.date_from,
                    "date_to": own.date_to,
                    "workbook_digest": own_seal.workbook_digest,
                },
                {"reason": "x"},
                other_seal,
            ),
            "tthc.report.hand.in": Sample(
                hand_in,
                {"period_id": own.id, "user_id": cls.users["counter"].id},
                {"results": "x"},
                other_hand_in,
            ),
            "tthc.report.hand.in.line": Sample(
                line,
                {"hand_in_id": hand_in.id, "dossier_id": cls.dossiers[1].id, "dispute": "x"},
                {"dispute": "x"},
                other_line,
            ),
            "tthc.report.text": Sample(
                text, {"period_id": unwritten.id, "subject": "x"}, {"subject": "x"}, other_text
            ),
            "tthc.report.section": Sample(
                section, {"text_id": text.id, "name": "x"}, {"body": "y"}, other_section
            ),
            "tthc.report.outline": Sample(
                cls.env.ref("tthc_reporting.outline_other"), {"name": "x"}, {"hint": "x"}
            ),
            "tthc.report.overdue.cause": Sample(
                cls.env.ref("tthc_reporting.cause_other"), cause, {"name": "x"}
            ),
            "tthc.report.reason": Sample(
                None, {"reason": "x", "period_id": own.id}, {"reason": "y"}
            ),
            "tthc.report.form": Sample(
                cls.env.ref("tthc_reporting.form_ii_06a"), form, {"recipient": "x"}
            ),
        }

    def hand_ins(cls, periods):
        """A hand-in of each commune and a line of it; two dossiers of the first commune."""
        with at("2023-06-05"):
            cls.dossiers = [received(cls, cls.company, "days") for _ in range(2)]
            foreign = received(cls, cls.stranger_company, "days")
        hand_ins = cls.env["tthc.report.hand.in"].create(
            [
                {"period_id": period.id, "user_id": user.id, "sector_ids": cls.civil.ids}
                for period, user in zip(periods, (cls.users["officer"], cls.stranger), strict=True)
            ]
        )
        lines = cls.env["tthc.report.hand.in.line"].create(
            [
                {"hand_in_id": hand_in.id, "dossier_id": dossier.id, "dispute": "Sai"}
                for hand_in, dossier in zip(hand_ins, (cls.dossiers[0], foreign), strict=True)
            ]
        )
        hand_ins.activity_ids.unlink()  # of the disputes: the matrix counts its own
        return hand_ins, lines

    def test_who_gets_figures(self):
        line = self.matrix["tthc.report"]
        for group in EVERYONE:
            report = self.model(group, "tthc.report")
            days = ("2023-03-15", "2023-06-14")
            allowed = line.may_do(group, "figures")
            with self.subTest(group=group):
                for company, may in ((self.company, allowed), (self.stranger_company, False)):
                    for call in (
                        lambda: report.get_figures("II.06a", *days, company.id),  # noqa: B023
                        lambda: report.get_dossier_ids("II.06a", "3", *days, None, company.id),  # noqa: B023
                    ):
                        self.assert_access(may, call)
        everything = {group for group in line.may if group not in line.limited}
        self.assertEqual(set(ALL_SECTORS), everything)
