import json

from odoo import api, models
from odoo.fields import Command
from odoo.tools import file_open

STORED = ("name", "number", "year", "date", "intro", "closing", "signer_title", "signer_name")


class TthcPlan(models.Model):
    _inherit = "tthc.plan"

    @api.private
    @api.model
    def load(self, path, company_id):
        """The plan written in a JSON file of an addon, issued in a commune.

        One with its number and year that is there already is left as it is.
        """
        with file_open(path) as file:
            said = json.load(file)
        same = [("company_id", "=", company_id), ("year", "=", said["year"])]
        if found := self.search([*same, ("number", "=", said["number"])], limit=1):
            return found
        plan = self.create(
            {name: said[name] for name in STORED}
            | {
                "company_id": company_id,
                "bases": "\n".join(said["bases"]),
                "recipients": "\n".join(said["recipients"]),
            }
        )
        main, sequence = "", 0
        for section in said["sections"]:
            main = section["number"] if section["level"] == 1 else main
            sequence += 10
            heading = self.env["tthc.plan.section"].create(
                {
                    "plan_id": plan.id,
                    "sequence": sequence,
                    "level": str(section["level"]),
                    "number": section["number"],
                    "code": main if section["level"] == 1 else f"{main}.{section['number']}",
                    "name": section["title"],
                    "text": "\n".join(section.get("text", [])),
                    "note": section.get("note"),
                }
            )
            for number, task in enumerate(section.get("tasks", ())):
                plan._load_task(heading, task, sequence * 100 + number * 10)
        # who approved it signed the paper
        plan._write_decided({"state": "issued", "approved_on": plan.date})
        plan._begin()
        return plan

    def _load_task(self, section, said, sequence, parent=None):
        roles = {
            role: self.env.ref(f"tthc_onestop.plan_role_{role}").id
            for role in (said["lead"], *said["partners"])
        }
        tasks = self.env["tthc.plan.task"]
        measures = tasks._fields["measure"].get_values(self.env)
        task = tasks.create(
            {
                "plan_id": self.id,
                "section_id": section.id,
                "parent_id": parent and parent.id,
                "sequence": sequence,
                "name": said["name"],
                "marker": said.get("marker", "-") or False,
                "lead_id": roles[said["lead"]],
                "partner_ids": [Command.set([roles[role] for role in said["partners"]])],
                "timing": said["timing"],
                "periodicity": said["periodicity"],
                "due_day": said.get("due_day", 0),
                # one that another addon brings is bound when it is there
                "measure": measure if (measure := said.get("measure")) in measures else False,
                "deliverable_ids": [
                    Command.create({"kind": kind, "name": name})
                    for kind, name in said["deliverables"]
                ],
                "budget_line_ids": [
                    Command.create({"source": source, "name": name})
                    for source, name in said.get("budget", ())
                ],
            }
            | ({"date_deadline": said["date"]} if "date" in said else {})
        )
        for number, child in enumerate(said.get("subtasks", ()), start=1):
            self._load_task(section, child, sequence + number, task)
