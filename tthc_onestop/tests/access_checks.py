"""Tests generated from the access specification; an addon runs them on its own models."""

from odoo.exceptions import AccessError

from .access import (
    EVERYONE,
    MADE,
    NO_FIELDS,
    OUTSIDE,
    VERBS,
    kind_of,
    with_each_model_and_group,
    xmlid,
)

# the fields by which a record belongs to a commune
WAYS_IN = {
    *("company_id", "dossier_id", "year_id", "calendar_id", "period_id", "text_id"),
    *("plan_id", "task_id", "line_id", "session_id"),
}


class SpecificationChecks:
    """ACL lines, record rules and groups of fields say what the specification says."""

    def test_every_model_has_its_line(self):
        """Every model of the addon, and every other to which it gives access."""
        own = {
            name
            for name, model in self.registry.items()
            if name.startswith("tthc.") and model._original_module == self.module
        }
        given = self.env["ir.model.data"].search(
            [("module", "=", self.module), ("model", "=", "ir.model.access")]
        )
        rows = self.env["ir.model.access"].browse(given.mapped("res_id"))
        self.assertEqual(set(self.matrix), own | set(rows.model_id.mapped("model")))

    def test_every_model_has_its_sample(self):
        stored = {model for model in self.matrix if not self.env[model]._abstract}
        self.assertEqual(set(self.samples), stored)

    def test_access_lines(self):
        names = {self.env.ref(xmlid(group)): group for group in EVERYONE}
        for model, line in self.matrix.items():
            rows = self.env["ir.model.access"].search([("model_id.model", "=", model)])
            if not model.startswith("tthc."):  # what Odoo gives to its own groups is Odoo's
                rows = rows.filtered(lambda row: row.group_id in names)
            found = {}
            for row in rows:
                verbs = {
                    verb for verb in ("create", "read", "write", "unlink") if row[f"perm_{verb}"]
                }
                if verbs:
                    found[names.get(row.group_id, row.name)] = verbs
            said = {
                group: {VERBS[verb] for verb in verbs}
                for group, verbs in line.may.items()
                if not self.env[model]._abstract
            }
            with self.subTest(model=model):
                self.assertEqual(found, said)

    def test_record_rules(self):
        names = {self.env.ref(xmlid(group)): group for group in EVERYONE}
        for model, line in self.matrix.items():
            if self.env[model]._abstract:
                continue
            rules = self.env["ir.rule"].search([("model_id.model", "=", model)])
            general = [kind_of(rule.domain_force) for rule in rules if not rule.groups]
            limited = {
                names.get(group, group.name): kind_of(rule.domain_force)
                for rule in rules
                for group in rule.groups
            }
            # with a rule for some, all others need one that gives everything
            said = {group: line.limited.get(group, "all") for group in line.may if line.limited}
            with self.subTest(model=model):
                self.assertEqual(general, [line.records] if line.records != "shared" else [])
                self.assertEqual(limited, said)
                for verb in ("read", "write", "create", "unlink"):
                    limits = verb != "read" or line.records != "own proposals"
                    self.assertEqual(set(rules.mapped(f"perm_{verb}")) - {limits}, set(), verb)

    def test_groups_of_fields(self):
        for model, line in self.matrix.items():
            found = {
                name: set(field.groups.replace("tthc_onestop.group_", "").split(","))
                for name, field in self.env[model]._fields.items()
                if "tthc_onestop." in (field.groups or "")
            }
            said = {name: who for name, who in line.personal.items() if name not in NO_FIELDS}
            with self.subTest(model=model):
                self.assertEqual(found, said)


class BehaviourChecks:
    """What is allowed works; what is not raises AccessError and changes nothing."""

    def assert_access(self, allowed, call, message=None):
        if allowed:
            return call()
        with self.assertRaises(AccessError, msg=message):
            call()

    def found(self, call):
        """What a count gives; nothing when it is refused."""
        try:
            return call()
        except AccessError:
            return 0

    def ways_to_read(self, records, model):
        """Each way to learn of records, as a call that tells how many are found."""
        only = [("id", "in", records.ids)]
        return {
            "search": lambda: len(model.search(only)),
            "search_count": lambda: model.search_count(only),
            "_read_group": lambda: model._read_group(only, [], ["__count"])[0][0],
            "formatted_read_group": lambda: model.formatted_read_group(
                only, aggregates=["__count"]
            )[0]["__count"],
            "web_read_group": lambda: model.web_read_group(only, ["id"], ["__count"])["length"],
            "name_search": lambda: len(model.name_search("", only)),
            "web_search_read": lambda: model.web_search_read(only, {"display_name": {}})["length"],
        }

    def ways_to_open(self, records):
        # what is computed by a query has no external identifiers
        exported = ["id", "display_name"] if records._auto else ["display_name"]
        return {
            "read": lambda: records.read(["display_name"]),
            "web_read": lambda: records.web_read({"display_name": {}}),
            "export": lambda: records.export_data(exported),
        }

    @with_each_model_and_group
    def test_read(self, model, line, group):
        record = self.sample(model, group).own.with_user(self.users[group])
        reads = line.may_do(group, "read")
        for way, call in self.ways_to_read(record, self.model(group, model)).items():
            self.assertEqual(self.assert_access(reads, call, way), 1 if reads else None, way)
        for way, call in self.ways_to_open(record).items():
            if way != "export" or group not in ("portal", "public"):
                self.assert_access(reads, call, way)

    @with_each_model_and_group
    def test_create(self, model, line, group):
        sample = self.sample(model, group)
        values = sample.create
        if line.records in MADE:
            sample.own.unlink()  # there may be one of its values only
        before = self.env[model].sudo().search_count([])
        allowed = line.may_do(group, "create")
        self.assertFalse(allowed and values is None, "a sample to create")
        self.assert_access(allowed, lambda: self.model(group, model).create(values or {}))
        self.assertEqual(self.env[model].sudo().search_count([]), before + allowed)

    @with_each_model_and_group
    def test_write(self, model, line, group):
        sample = self.sample(model, group)
        [(name, value)] = (sample.write or {"create_date": "2001-01-01"}).items()
        record = sample.own.with_user(self.users[group])
        before = sample.own.read([name] if name in sample.own else [])
        allowed = line.may_do(group, "write")
        self.assert_access(allowed, lambda: record.write({name: value}))
        self.env.invalidate_all()
        if allowed:
            self.assertEqual(sample.own[name], value)
        else:
            self.assertEqual(sample.own.read([name] if name in sample.own else []), before)

    @with_each_model_and_group
    def test_delete(self, model, line, group):
        sample = self.sample(model, group)
        allowed = line.may_do(group, "delete")
        record = sample.own
        if allowed and line.records not in MADE:
            record = self.env[model].sudo().create(sample.create)
        self.assert_access(allowed, lambda: record.with_user(self.users[group]).unlink())
        self.assertEqual(bool(record.sudo().exists()), not allowed)

    @with_each_model_and_group
    def test_fields(self, model, line, group):
        """Who may not see a field learns it by no way: reading, filtering, sorting, counting."""
        if not line.may_do(group, "read"):
            return
        record = self.sample(model, group).own.with_user(self.users[group])
        for name in line.personal.keys() - NO_FIELDS:
            sees = line.sees(group, name)
            self.assertEqual(name in record.fields_get(), sees, name)
            self.assertEqual(name in record.read()[0], sees, name)
            self.assert_access(sees, lambda name=name: record.read([name]))
            field = record._fields[name]
            if group not in OUTSIDE and field.exportable and field.type != "json":
                self.assert_access(sees, lambda name=name: record.export_data([name]))
            if not sees:
                self.assert_hidden(record, name)

    def assert_hidden(self, record, name):
        calls = [lambda: record.write({name: False})]
        if record._fields[name].store:
            calls.append(lambda: record.search([(name, "!=", False)]))
            calls.append(lambda: record.search_count([(name, "!=", False)]))
        if record._fields[name].type == "char" and record._fields[name].store:
            calls.append(lambda: record.search([], order=name))
            calls.append(lambda: record._read_group([], [name], ["__count"]))
            calls.append(lambda: record.formatted_read_group([], [name], ["__count"]))
        for number, call in enumerate(calls):
            self.assert_access(False, call, f"{name} {number}")

    @with_each_model_and_group
    def test_notes(self, model, line, group):
        if "message_ids" not in self.env[model]._fields:
            return
        own = self.sample(model, group).own
        note = own.message_post(body="Ghi chú", subtype_xmlid="mail.mt_note")
        record, note = (each.with_user(self.users[group]) for each in (own, note))
        reads = line.may_do(group, "read") and line.sees(group, "notes")
        for domain in (
            [("id", "=", note.id)],
            [("model", "=", model), ("res_id", "=", record.id), ("body", "like", "Ghi chú")],
        ):
            count = self.found(lambda domain=domain: note.search_count(domain))
            self.assertEqual(count, reads, domain)
        self.assert_access(reads, lambda: note.read(["body"]))
        writes = line.verbs(group) & {"write", "attend"}
        count = note.sudo().search_count([])
        self.assert_access(writes, lambda: record.message_post(body="Thêm"))
        self.assertEqual(note.sudo().search_count([]), count + bool(writes))
        if not reads:  # who follows is sent the notes
            me = self.users[group].partner_id
            self.found(lambda: record.message_subscribe(me.ids))
            self.assertNotIn(me, own.message_partner_ids)

    @with_each_model_and_group
    def test_activities(self, model, line, group):
        """What is to be done on a record speaks of it as its notes do."""
        if "activity_ids" not in self.env[model]._fields:
            return
        own = self.sample(model, group).own
        activity = own.activity_schedule("mail.mail_activity_data_todo", summary="Gọi lại")
        record, mine = (each.with_user(self.users[group]) for each in (own, activity))
        reads = line.may_do(group, "read") and line.sees(group, "notes")
        only = [("res_model", "=", model), ("res_id", "=", record.id)]
        writes = line.verbs(group) & {"write", "attend"}
        # Odoo lets those find an activity who may post, others read one they are shown
        self.assertEqual(self.found(lambda: mine.search_count(only)), bool(reads and writes))
        self.assert_access(reads, lambda: mine.read(["summary"]))
        self.assert_access(writes, lambda: mine.write({"summary": "Đã gọi"}))
        self.assert_access(writes, lambda: record.activity_schedule(summary="Thêm"))
        self.assertEqual(len(own.activity_ids), 1 + bool(writes))

    @with_each_model_and_group
    def test_files(self, model, line, group):
        if self.env[model]._transient:
            return
        record = self.sample(model, group).own
        values = {"name": "a.pdf", "raw": b"%PDF-1.4", "res_model": model, "res_id": record.id}
        file = self.env["ir.attachment"].sudo().create(values)
        files = self.model(group, "ir.attachment")
        mine = files.browse(file.id)
        reads = line.may_do(group, "read") and line.sees(group, "files")
        for domain in (
            [("id", "=", file.id)],
            [("res_model", "=", model), ("res_id", "=", record.id), ("name", "=", "a.pdf")],
        ):
            count = self.found(lambda domain=domain: files.search_count(domain))
            self.assertEqual(count, reads, domain)
        self.assert_access(reads, lambda: mine.read(["raw"]))
        writes = bool(line.verbs(group) & {"write", "attend"})
        made = self.assert_access(writes, lambda: files.create(values))
        if made:  # what is kept with a dossier is its uploader's to replace, the same day
            mine, file = made, made.sudo()
        self.assert_access(writes, lambda: mine.write({"raw": b"%PDF-1.5"}))
        self.assert_access(writes, lambda: mine.unlink())
        self.assertEqual(bool(file.exists()), not writes)

    @with_each_model_and_group
    def test_another_commune(self, model, line, group):
        """Neither seen nor counted nor changed, not even by asking for the other commune."""
        other = self.samples[model].other
        if line.records in {"shared"} | MADE or not line.may_do(group, "read"):
            return
        self.assertTrue(other, "a sample of another commune")
        self.assert_out_of_reach(model, group, other)
        asking = self.model(group, model).with_context(
            allowed_company_ids=self.stranger_company.ids
        )
        self.assert_access(False, lambda: asking.search_count([]))

    @with_each_model_and_group
    def test_own_entries(self, model, line, group):
        if line.records == "own entries" and line.may_do(group, "read"):
            values = self.samples[model].create
            entry = self.env[model].with_user(self.stranger).sudo().create(values)
            self.assert_out_of_reach(model, group, entry)

    @with_each_model_and_group
    def test_sectors_that_are_not_assigned(self, model, line, group):
        if line.limited.get(group) in ("assigned sectors", "own tasks"):
            self.assert_out_of_reach(model, group, self.samples[model].unassigned)

    def assert_out_of_reach(self, model, group, hidden):
        record = hidden.with_user(self.users[group])
        for way, call in self.ways_to_read(record, self.model(group, model)).items():
            self.assertEqual(call(), 0, way)
        self.assertNotIn(hidden, self.model(group, model).search([]).sudo())
        calls = self.ways_to_open(record) | {
            "write": lambda: record.write(self.samples[model].write or {"create_date": False}),
            "unlink": lambda: record.unlink(),
        }
        if group in OUTSIDE and group != "staff":
            calls.pop("export")
        if "message_ids" in record._fields:
            note = hidden.message_post(body="Ghi chú").with_user(self.users[group])
            self.assertFalse(self.found(lambda: note.search_count([("id", "=", note.id)])))
            calls["note"] = lambda: note.read(["body"])
            calls["message_post"] = lambda: record.message_post(body="Thêm")
        if not record._transient:
            values = {"name": "a.pdf", "raw": b"%PDF-1.4", "res_model": model, "res_id": record.id}
            files = self.model(group, "ir.attachment")
            file = files.sudo().create(values).with_user(self.users[group])
            self.assertFalse(files.search_count([("res_model", "=", model), ("id", "=", file.id)]))
            calls["file"] = lambda: file.read(["raw"])
            calls["attach"] = lambda: files.create(values)
        for way, call in calls.items():
            self.assert_access(False, call, way)
        self.assertTrue(hidden.sudo().exists())

    @with_each_model_and_group
    def test_nothing_is_put_into_another_commune(self, model, line, group):
        sample = self.samples[model]
        if not sample.other or not line.may_do(group, "write"):
            return
        ways = WAYS_IN & (sample.create or {}).keys()
        self.assertTrue(ways, "what a record of the sample belongs to")
        for name in ways:
            there = {name: sample.other.sudo()[name].id}
            record = self.env[model].sudo().create(sample.create).with_user(self.users[group])
            self.assert_access(False, lambda there=there, record=record: record.write(there), name)
            values = sample.create | there
            self.assert_access(
                False, lambda values=values: self.model(group, model).create(values), name
            )
