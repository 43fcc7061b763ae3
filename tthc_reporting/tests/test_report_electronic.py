from datetime import date

from odoo.tests import tagged

from odoo.addons.tthc_onestop.tests.common import at

from .test_report_forms import Q2, SCAN, FormsCase


@tagged("post_install", "-at_install")
class TestElectronic(FormsCase):
    def test_digitisation_by_hand(self):
        """II.08: what is scanned, reused or filed after the last day was not so on that day."""
        plain, scanned, online = (
            self.received("2023-06-05", channel=channel).sudo()
            for channel in ("post", "direct", "online")
        )
        result = {"number": "1/GXN", "file": SCAN.decode(), "file_name": "a.pdf"}
        with at("2023-06-14", "23:30"):
            self.env["tthc.dossier.file"].create(
                {"document_id": scanned.document_ids[0].id, "name": "a.pdf", "content": SCAN}
            )
            scanned.action_settle(result=result)
            online.action_settle(result={"number": "2/GXN"})
        with at("2023-06-15", "00:30"):
            self.env["tthc.dossier.file"].create(
                {"document_id": online.document_ids[0].id, "name": "a.pdf", "content": SCAN}
            )
            online.action_correct_result("Sai số", result=result)
            plain.action_request_supplement("Thiếu giấy")
            plain.document_ids[1].write(
                {
                    "handed_in": True,
                    "digitisation": "reused_dossier",
                    "reused_from_id": scanned.document_ids[1].id,
                }
            )
        self.assertEqual(
            self.figures("II.08", *Q2)["total"]["values"],
            {
                "3": 3, "4": 1, "5": 1, "6": 1,
                "7": 2, "8": 1, "9": 0,
                "10": 2, "11": 1, "12": 1,
            },
        )  # fmt: skip
        values = self.figures("II.08", Q2[0], date(2023, 6, 15))["total"]["values"]
        self.assertEqual([values[column] for column in ("7", "8", "9", "12")], [0, 3, 1, 2])

    def test_a_paper_that_is_asked_for_again_is_not_reused(self):
        source, dossier = (self.received("2023-06-05").sudo() for _ in range(2))
        with at("2023-06-06"):
            dossier.action_request_supplement("Thiếu giấy")
            paper = dossier.document_ids[1]
            paper.write(
                {
                    "handed_in": True,
                    "digitisation": "reused_dossier",
                    "reused_from_id": source.document_ids[1].id,
                }
            )
            self.assertEqual(paper.reused_on, date(2023, 6, 6))
            paper.handed_in = False
        self.assertFalse(paper.reused_on)
        self.assertEqual(self.figures("II.08", *Q2)["total"]["values"]["9"], 0)
