"""Make ``county_0e1ef5b.json.gz``: a small, filled database as commit 0e1ef5b (0.1.0) left it.

Run once, by that commit's own code, and kept: what a county has on its disk is not made anew.

    git worktree add ../before 0e1ef5b        # with a .venv and node_modules in it
    cd ../before
    .venv/bin/python -m tooling.with_servers \
        .venv/bin/python PATH/tests/migrations/fill_0e1ef5b.py PATH/tests/migrations

It speaks that commit's names: whatever is renamed today leaves this file as it is. It walks two
counties through that commit's own functions and pages: the demo's, with its adopted samples, and
that of the tests, with an application in every stage. The file holds the leaves of the migrations,
every row as ``COPY`` writes it, the files of evidence, and the moment at which it was taken.
"""

import base64
import gzip
import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path.cwd()))
os.environ["DJANGO_SETTINGS_MODULE"] = "designation.settings.test"

import django

django.setup()

from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse
from django.utils import translation

from demo import county as demo_county
from designation import clock
from designation.applications import answers, evidence
from designation.applications.models import Answer, Application, Conclusion, Stage
from designation.audit import chain
from designation.drafting import drafts, readings
from designation.organizations.models import Organization, Person, Role, Seat
from designation.organizations.seating import end_seat, give_seat
from designation.rounds.models import LocalTerm, RecommendationQuota, Veto
from notifications import delivery
from notifications.models import Message, OutboxEntry
from tests import factories
from tests.course import NOTICE, OPINION, County, passing_value, standard_items
from tests.own_standards import OwnStandards
from workflows.records import Correction
from workflows.replays import requesting, running
from workflows.replays.models import Basis, ReplayFlip
from workflows.stages.first_review import marks
from workflows.stages.public_notice import notices, objections
from workflows.stages.public_notice.periods import end_those_over

COMMIT = "0e1ef5b"
# Texts that are easily lost on the way: line ends, a tab, a backslash, quotes, rare characters.
AWKWARD = "第一行\n第二行\t有制表符、反斜线 \\N 和“引号”'单引号'；𠮷野家㎡（全角）"
REASON = "经研究，符合受理条件，予以办理。"


class Time:
    """Stands still until somebody waits."""

    moment = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def wait(until):
    Time.moment = max(Time.moment, until)


def tomorrow():
    wait(Time.moment + timedelta(days=1))


def pdf(text):
    return b"%PDF-1.4\n% " + text.encode() + b"\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"


def fresh(application):
    return Application.objects.get(pk=application.pk)


class Filled(County):
    """The tests' county, whose people write different things and keep different files."""

    def seat_everybody(self):
        """Before others apply beside: else each of them would have its own officers."""
        for office in (
            "reviewer",
            "coordinator",
            "verifiers",
            "secrecy_reviewer",
            "publisher",
            "objection_officer",
            "deciding_officer",
        ):
            assert getattr(self, office)

    def answer_all(self, application):
        super().answer_all(application)
        first = Answer.objects.filter(application=application).first()
        first.note = AWKWARD
        first.save(update_fields=["note"])

    def attach(self, application, content=None):
        return super().attach(application, content or pdf(str(application)))


def one_in_every_stage(county):
    """An application in each stage, by the county's own people."""
    made = {
        stage: county.beside().at(stage)
        for stage in (
            Stage.DRAFT,
            Stage.SELF_ASSESSED,
            Stage.SUBMITTED,
            Stage.RECOMMENDED,
            Stage.VERIFYING,
            Stage.VERIFIED,
        )
    }
    half_filled(made[Stage.DRAFT], county.preparer)
    made[Stage.RETURNED] = returned(county.beside())
    made[Stage.REJECTED] = rejected(county.beside())
    made[Stage.WITHDRAWN] = withdrawn(county.beside())
    made["resubmitted"] = resubmitted(county.beside())
    return made


def half_filled(application, preparer):
    item, rules = standard_items(application)[0]
    values = {check.code: passing_value(check) for check in rules.checks}
    note, met = "先填了一条", Conclusion.MET
    answers.save_item(application, item, values=values, conclusion=met, note=note, actor=preparer)
    kept = evidence.attach(
        application,
        SimpleUploadedFile("台账.pdf", pdf("留下的")),
        title="学习台账",
        items=application.standard.items.all()[:3],
        actor=preparer,
    )
    taken = evidence.attach(
        application,
        SimpleUploadedFile("旧照片.pdf", pdf("撤下的")),
        title="撤下的材料",
        items=[item],
        actor=preparer,
    )
    assert kept.pk
    evidence.remove(taken, item)


def _sent_back(county):
    application = county.at(Stage.SUBMITTED)
    some = [item for item, _rules in standard_items(application)][:2]
    verdicts = {item: (Conclusion.NOT_MET, f"{item.code} 缺依据") for item in some}
    marks.mark_all(application, verdicts, actor=county.reviewer)
    county.act(
        "return_for_correction",
        application,
        county.reviewer,
        opinion=OPINION,
        corrections={item.code: "请补充会议记录" for item in some},
    )
    return fresh(application)


def returned(county):
    application = _sent_back(county)
    first = Correction.objects.filter(application=application).first()
    first.reply = "已补一半"
    first.save(update_fields=["reply"])
    return application


def resubmitted(county):
    application = _sent_back(county)
    Correction.objects.filter(application=application).update(reply="已补充会议记录")
    for code in Correction.objects.filter(application=application).values_list(
        "item__code", flat=True
    ):
        answer = application.answers.get(item__code=code)
        answer.note = "补正后的说明"
        answer.save(update_fields=["note"])
    tomorrow()
    county.act("resubmit", application, county.head, truth_confirmed=True)
    return fresh(application)


def rejected(county):
    application = county.at(Stage.VERIFYING)
    county.act(
        "reject", application, county.coordinator, opinion="经核查，活动场所不符合标准要求。"
    )
    return fresh(application)


def withdrawn(county):
    application = county.at(Stage.SUBMITTED)
    county.act("withdraw", application, county.head, opinion="本年度暂不申报，明年再报。")
    return fresh(application)


def four_notices(county):
    """One being drafted, one discarded, one running with objections, one over."""
    running_ = [county.beside().at(Stage.VERIFIED) for _place in range(3)]
    over = [county.beside().at(Stage.VERIFIED) for _place in range(3)]
    drafted, thrown = (county.beside().at(Stage.VERIFIED) for _place in range(2))

    first = county.compose_notice(*over)
    notices.publish(first, actor=county.publisher)
    upheld, again, dismissed = first.entries.order_by("pk")
    for entry, who in ((upheld, "张三"), (again, "李四"), (dismissed, "王五")):
        identity = {"name": who, "contact": "13800000000"}
        objection = objections.raise_objection(entry, facts=f"{who}反映的情况", identity=identity)
        objections.accept(objection, reason=REASON, actor=county.objection_officer)
        found = "经调查，反映的情况属实。"
        if entry == dismissed:
            objections.dismiss(
                objection, finding="经调查，面积属实。", actor=county.objection_officer
            )
        else:
            objections.uphold(
                objection, finding=found, reverify=entry == again, actor=county.objection_officer
            )
    objections.identity(objection, actor=county.objection_officer)
    wait(fresh_notice(first).ends_at)
    end_those_over()
    notices.close_register(fresh_notice(first), actor=county.objection_officer)

    second = county.compose_notice(*running_)
    notices.publish(second, actor=county.publisher)
    received, accepted, refused = second.entries.order_by("pk")
    objections.raise_objection(received, facts=AWKWARD, identity=None)
    taken = objections.raise_objection(
        accepted, facts="满意度不实", identity={"name": "赵六", "contact": "letter@x.example"}
    )
    objections.accept(taken, reason=REASON, actor=county.objection_officer)
    no = objections.raise_objection(refused, facts="与公示无关", identity=None)
    objections.refuse(no, reason="反映的事项与公示内容无关。", actor=county.objection_officer)

    notices.propose(county.round, NOTICE, [drafted], actor=county.coordinator)
    gone = notices.propose(county.round, NOTICE, [thrown], actor=county.coordinator)
    notices.discard(gone, actor=county.coordinator)
    return dismissed.application


def fresh_notice(notice):
    return type(notice).objects.get(pk=notice.pk)


def titles(county, awaiting):
    """One title given after the notice of before, one whose bearer was renamed since."""
    given = county.beside().at(Stage.AWAITING_DESIGNATION, wait=wait)
    notices.close_register(
        given.notice_entries.get(dropped_at=None).notice, actor=county.objection_officer
    )
    county.designate(given)
    bearer = given.organization
    bearer.name_zh = "新时代" + bearer.name_zh
    bearer.save(update_fields=["name_zh"])
    assert fresh(awaiting).stage == Stage.AWAITING_DESIGNATION


def own_standards(county):
    own = OwnStandards(county.jurisdiction)
    taken = readings.Taken(category="NC", title="本县农村标准", document="青山县示范点评定办法")
    version = readings.accept(own.reading, 0, taken, actor=own.manager)
    some = list(version.questions.values_list("pk", flat=True))[:1]
    readings.settle(version, some, actor=own.manager)
    drafts.begin_copy(own.published, county.jurisdiction, actor=own.manager)
    return own


def replays(county, own):
    version = own.draft
    check = version.items.get(code="NC-09").checks.get(code="NC-09-C2")
    given = {"entry": county.round_category, "basis": Basis.DECLARED, "actor": own.manager}
    replay = requesting.request(
        version=county.round_category.standard, thresholds={check.code: "100"}, **given
    )
    running.run(replay.pk)
    replay.refresh_from_db()
    assert replay.status == "done", replay.status
    other = factories.seated(Role.STANDARDS_MANAGER, county.jurisdiction)
    given |= {"actor": other}
    requesting.cancel(requesting.request(version=version, thresholds={}, **given), actor=other)
    requesting.request(version=version, thresholds={}, **given)


def what_a_round_cites(county):
    Veto.objects.create(
        round=county.round,
        check_code="NC-02-C1",
        document="青发〔2026〕2号",
        confirming_body="县纪委",
    )
    RecommendationQuota.objects.create(
        round=county.round, reviewing_body=county.township, category="NC", places=40
    )
    LocalTerm.objects.filter(term="六有").update(definition=AWKWARD, source_document="县委办")


def accounts(county):
    """By the administrators' own pages and functions, and by people who sign in."""
    place = county.jurisdiction
    system = factories.seated(Role.SYSTEM_ADMINISTRATOR, place, full_name="何系统")
    security = factories.seated(Role.SECURITY_ADMINISTRATOR, place, full_name="高安全")
    factories.seated(Role.AUDIT_ADMINISTRATOR, place, full_name="罗审计")
    browser = Client()
    address = reverse("organizations:login")
    browser.post(address, {"username": system.username, "password": "not-the-password"})
    browser.post(address, {"username": system.username, "password": factories.PASSWORD})
    entered = browser.post(
        reverse("organizations:person_add"),
        {
            "username": "new.clerk",
            "full_name": "新 来",
            "email": "new@x.example",
            "language": "en",
            "is_active": "on",
            "home_organization": county.township.pk,
            "password": "First-password-2026",
        },
    )
    assert entered.status_code == 302, entered.content.decode()
    clerk = Person.objects.get(username="new.clerk")
    seat = give_seat(clerk, Role.FIRST_REVIEWER, county.township, actor=security)
    end_seat(seat, actor=security)
    give_seat(clerk, Role.VERIFIER, place, actor=security)
    # What later pages refuse, and a county may have: a name in two spellings, an account in capitals.
    Organization.objects.create(
        name_zh=county.township.name_zh + "（机关）",
        body_kind=county.township.body_kind,
        jurisdiction=county.township.jurisdiction,
    )
    Organization.objects.create(
        name_zh=county.township.name_zh + "(机关)",
        body_kind=county.township.body_kind,
        jurisdiction=county.township.jurisdiction,
    )
    Person.objects.create_user(
        "Left.LONG.ago", None, full_name="离 任", is_active=False, home_organization=county.township
    )


def messages(county):
    """Told, read, mailed, refused by the mail server, and still waiting in the outbox."""
    Person.objects.filter(pk=county.head.pk).update(email="head@x.example")
    last = OutboxEntry.objects.order_by("-pk").values_list("pk", flat=True)[:3]
    held = list(last)
    OutboxEntry.objects.filter(pk__in=held).update(delivered_at=Time.moment)
    delivery.deliver_waiting()
    OutboxEntry.objects.filter(pk__in=held).update(delivered_at=None)
    delivery.send_waiting_emails()
    assert mail.outbox
    some = list(Message.objects.order_by("pk").values_list("pk", flat=True))
    Message.objects.filter(pk__in=some[::2]).update(read_at=Time.moment)
    Message.objects.filter(pk__in=some[-2:]).update(
        email_due=True, emailed_at=None, email_attempts=10
    )
    Message.objects.filter(pk__in=some[-4:-2]).update(
        email_due=True, emailed_at=None, email_attempts=1
    )


def fill():
    call_command("load_standards", verbosity=0)
    call_command("load_calendar", verbosity=0)
    demo_county.load()
    county = Filled()
    county.seat_everybody()
    made = one_in_every_stage(county)
    tomorrow()
    awaiting = four_notices(county)
    titles(county, awaiting)
    on_its_way = county.beside().at(Stage.ON_NOTICE)
    what_a_round_cites(county)
    own = own_standards(county)
    replays(county, own)
    accounts(county)
    messages(county)
    stages = set(Application.objects.values_list("stage", flat=True))
    assert stages == set(Stage.values), set(Stage.values) - stages
    assert made
    assert on_its_way
    assert ReplayFlip.objects.exists()
    assert Seat.objects.exclude(ended_at=None).exists()
    verdict = chain.verify()
    assert verdict.whole, verdict.explanation
    print(verdict.explanation)


def leaves():
    """The last migration of each app, as (app, name)."""
    done = MigrationRecorder(connection).applied_migrations()
    return sorted(
        key
        for key, migration in done.items()
        if not any(key in other.dependencies for other in _in_app(key[0], done))
    )


def _in_app(app, done):
    from django.db.migrations.loader import MigrationLoader

    graph = MigrationLoader(connection).disk_migrations
    return [migration for key, migration in graph.items() if key in done and key[0] == app]


def tables():
    with connection.cursor() as cursor:
        names = sorted(
            table.name
            for table in connection.introspection.get_table_list(cursor)
            if table.type == "t" and table.name != "django_migrations"
        )
        return {name: _rows(cursor, name) for name in names}


def _rows(cursor, name):
    columns = [c.name for c in connection.introspection.get_table_description(cursor, name)]
    quoted = ", ".join(f'"{column}"' for column in columns)
    with cursor.copy(f'COPY (SELECT {quoted} FROM "{name}" ORDER BY 1) TO STDOUT') as copy:
        text = b"".join(copy).decode()
    return {"columns": columns, "rows": text}


def files():
    root = Path(settings.MEDIA_ROOT)
    return {
        str(path.relative_to(root)): base64.b64encode(path.read_bytes()).decode()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def main():
    setup_test_environment()
    clock.now = lambda: Time.moment
    connection.settings_dict["TEST"]["NAME"] = f"fill_{COMMIT}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        with translation.override("zh-hans"):
            fill()
        filled = {
            "commit": COMMIT,
            "moment": Time.moment.isoformat(),
            "leaves": leaves(),
            "tables": tables(),
            "files": files(),
        }
    finally:
        connection.creation.destroy_test_db("ignored", verbosity=0)
    path = Path(sys.argv[1]) / f"county_{COMMIT}.json.gz"
    text = json.dumps(filled, ensure_ascii=False, indent=1)
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
    for name, table in filled["tables"].items():
        print(f"{table['rows'].count(chr(10)):6} {name}")
    print(path.name, path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
