"""The demo: its county, its clock; and that neither exists anywhere else."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import NoReverseMatch, reverse

from demo import county as demo_county
from demo import under_way
from demo.accounts import by_office, listed
from designation.administration import rights_reviews, unused
from designation.administration.models import RightsReview
from designation.adoptions.models import Adoption
from designation.applications.models import Application, Stage
from designation.audit.models import AuditEvent
from designation.certificates import outlook, printing
from designation.certificates.models import Certificate
from designation.exports.models import Export
from designation.organizations.models import Jurisdiction, Organization, Person
from designation.organizations.routing import reviewing_body
from designation.register import queries
from designation.register.models import Designation
from designation.register.standing import Status
from designation.rounds.models import Round
from designation.rounds.opening import undefined_terms
from designation.site.jobs.models import Job
from designation.site.tasks import run_job
from notifications.models import Webhook
from standards.categories import Category
from workflows.rechecks import queries as rechecks
from workflows.stages.appeals.models import Appeal
from workflows.stages.objections.models import Joining
from workflows.stages.public_notice.models import Notice

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.django_db
def test_the_county_is_made_once_with_applications_under_way(held_clock):
    assert demo_county.load()
    assert not demo_county.load()

    assert set(Application.objects.values_list("stage", flat=True)) == {
        Stage.DRAFT,
        Stage.SUBMITTED,
        Stage.RECOMMENDED,
        Stage.VERIFIED,
        Stage.CHOSEN,
        Stage.RESERVE,
    }
    assert not Application.objects.filter(organization__name_zh="红旗村党支部").exists()
    assert Organization.objects.filter(name_zh="红旗村党支部").exists()
    assert {"填报人", "核查员", "审计管理员"} <= {account.roles for account in listed()}


@pytest.mark.django_db
def test_titles_of_before_have_certificates_and_others_wait_for_one(held_clock):
    demo_county.load()
    demo_county.load_titles()
    demo_county.load_certificates()

    certificate = Certificate.objects.earliest("pk")
    assert certificate.content["text"].startswith("经研究，命名柳溪村党支部为青山县农村")
    assert outlook.of(certificate.title.decision).lacking_count == 1
    assert printing.certificate_pdf(certificate).startswith(b"%PDF-")


@pytest.mark.django_db
def test_a_review_of_rights_is_under_way_and_an_account_soon_goes_off(held_clock):
    demo_county.load()
    demo_county.load_rights()

    review = RightsReview.objects.get()
    kept = rights_reviews.counted(review)["kept"]
    assert 0 < kept < review.lines.count()
    security = Person.objects.get(username="admin.security")
    assert [one.username for one in unused.listed(security)] == ["verifier.three"]


@pytest.mark.django_db
def test_the_accounts_are_listed_by_office_with_those_of_the_walk_before_the_others(held_clock):
    demo_county.load()

    seen = {office.name: [one.username for one in office.accounts] for office in by_office()}

    assert seen["申报单位"] == ["hongqi.preparer", "hongqi.head"]
    assert seen["初审机构"] == ["hongqi.town"]
    assert seen["核查组"] == ["verifier.one", "verifier.two", "verifier.three"]
    everybody = [
        one.username for office in by_office() for one in (*office.accounts, *office.others)
    ]
    assert sorted(everybody) == sorted(account.username for account in listed())
    assert list(seen)[-1] == "系统管理"


@pytest.mark.django_db
def test_one_round_asks_departments_of_which_one_has_answered(held_clock):
    demo_county.load()
    demo_county.load_hearing()

    round_ = Round.objects.get(department_days=5)
    police, emergency = round_.opinion_lists.all()
    assert police.handed_in_at
    assert not emergency.handed_in_at
    # Whoever begins an application in the demo still finds one round.
    assert Round.objects.filter(status=Round.Status.OPEN).count() == 1
    seen = {office.name: [one.username for one in office.accounts] for office in by_office()}
    assert "emergency.clerk" in seen["征求意见的部门"]


@pytest.mark.django_db
def test_the_pages_of_the_office_have_something_on_them(client, held_clock):
    demo_county.load()
    demo_county.load_office()

    def shown(username, name, *arguments):
        client.force_login(Person.objects.get(username=username))
        return client.get(reverse(name, args=arguments)).content.decode()

    assert "宋岚" in shown("county.decision", "organizations:deputies")
    assert "石桥乡党委" in shown("admin.security", "daily"), "who reviews there filled it in"
    assert not Person.objects.get(username="shiqiao.former").is_active
    assert "2022年12月的消息" in shown("county.coordinator", "retention:list")
    archive = Export.objects.get()
    run_job(archive.job_id)
    assert Job.objects.get(pk=archive.job_id).state == "done"
    assert "上湾村党支部案卷" in shown("county.coordinator", "exports:mine")
    merged = Organization.objects.get(name_zh="双湾村党支部")
    history = shown("admin.system", "organizations:organization_edit", merged.pk)
    assert "青民发〔2026〕3号" in history
    gateway = shown("admin.system", "messages:webhook")
    assert "gateway.qingshan.example" in gateway
    assert not Webhook.objects.get().is_on, "it leads nowhere, and is not switched on"
    round_ = Round.objects.get()
    assert "本县措辞" in shown("county.coordinator", "messages:emails", round_.pk)
    # Whoever begins an application in the demo still finds who reviews it.
    assert reviewing_body(merged) is not None


@pytest.mark.django_db
def test_a_notice_hangs_in_calendar_days_with_a_proof_wanting_and_objections_joined(
    client, held_clock
):
    demo_county.load()
    demo_county.load_notice()
    notice = Notice.objects.get()
    # Whoever begins an application in the demo still finds one round.
    assert Round.objects.filter(status=Round.Status.OPEN).count() == 1

    client.force_login(Person.objects.get(username="county.coordinator"))
    managed = client.get(reverse("notices:manage", args=[notice.pk])).content.decode()
    client.force_login(Person.objects.get(username="county.objections"))
    desk = client.get(reverse("home")).content.decode()

    assert notice.days_in_words == "7 个自然日"
    assert "<li>乡镇（街道）、村（社区）公开栏</li>" in managed
    assert "青石村党支部" in desk
    assert Joining.objects.get().objection.entry.notice == notice


@pytest.mark.django_db
def test_a_village_that_was_not_recommended_appeals(client, held_clock):
    demo_county.load()
    demo_county.load_appeal()
    appeal = Appeal.objects.get()
    client.force_login(Person.objects.get(username="county.coordinator"))

    desk = client.get(reverse("home")).content.decode()

    assert reverse("appeals:appeal", args=[appeal.pk]) in desk
    assert appeal.organization.name_zh == "水口村党支部"


@pytest.mark.django_db
def test_the_register_holds_titles_of_earlier_years_in_every_standing(client, held_clock):
    demo_county.load()
    demo_county.load_titles()

    stood = {(title.name_zh, title.status) for title in queries.titles()}
    assert {status for _name, status in stood} == set(Status)
    assert ("柳溪村党支部", Status.VALID) in stood
    assert "柳溪村党支部" in client.get(reverse("register:list"), follow=True).content.decode()
    client.force_login(Person.objects.get(username="zhulin.head"))
    title = Designation.objects.get(name_zh="竹林村党支部")
    assert (
        "青委〔2025〕27号" in client.get(reverse("titles:title", args=[title.pk])).content.decode()
    )


@pytest.mark.django_db
def test_a_year_of_rechecks_is_drawn_one_done_one_reported_and_one_late_when_time_goes_on(
    client, held_clock
):
    demo_county.load()
    demo_county.load_titles()
    demo_county.load_rechecks()
    county = Jurisdiction.objects.get(code="990121000000")

    found = rechecks.figures(county, 2026)
    assert (found.rechecks["drawn"], found.rechecks["last_year"], found.rechecks["done"]) == (
        1,
        1,
        1,
    )
    assert (found.reports["unchanged"], found.reports["awaited"]) == (1, 1)
    held_clock.move(timedelta(days=60))
    assert rechecks.figures(county, 2026).rechecks["late"] == 1
    client.force_login(Person.objects.get(username="county.coordinator"))
    assert client.get(reverse("rechecks:year")).status_code == 200


@pytest.mark.django_db
def test_an_office_that_nobody_sits_in_is_not_listed(db):
    assert by_office() == []


@pytest.mark.django_db
def test_the_county_has_adopted_the_samples_so_that_all_six_categories_can_be_tried(held_clock):
    assert demo_county.load()

    round_ = Round.objects.get()
    assert [entry.category for entry in round_.categories.all()] == Category.values
    adopted = Adoption.objects.values_list("version__category", flat=True)
    assert sorted(adopted) == ["GQ", "LX", "XX"]
    assert AuditEvent.objects.filter(action="standard.adopt").count() == 3
    assert undefined_terms(round_) == []
    for organization in Organization.objects.exclude(category=""):
        assert reviewing_body(organization) is not None, organization


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("organization", "preparer"),
    [
        ("青山县公共交通公司党总支", "transport.preparer"),
        ("青山纺织公司党支部", "textile.preparer"),
        ("青山县第一中学党委", "school.preparer"),
    ],
)
def test_an_organization_of_a_sampled_category_can_be_filled_and_recommended(
    held_clock, organization, preparer
):
    demo_county.load()
    account = preparer.partition(".")[0]
    reviewer = {"transport": "assets", "textile": "social", "school": "education"}[account]
    people = {person.username: person for person in Person.objects.all()}
    entry = {
        "organization": organization,
        "preparer": preparer,
        "head": f"{account}.head",
        "reviewer": f"{reviewer}.reviewer",
        "stage": "recommended",
    }
    bodies = {body.name_zh: body for body in Organization.objects.all()}

    under_way.walk(entry, Round.objects.get(), bodies, people)

    application = Application.objects.get(organization__name_zh=organization)
    assert application.stage == Stage.RECOMMENDED
    assert application.standard.is_drafted


def test_the_clock_and_its_control_do_not_exist_outside_the_demo():
    assert not apps.is_installed("demo")
    with pytest.raises(NoReverseMatch):
        reverse("demo:clock")


def in_the_demo(code):
    """Run ``code`` under the demo's settings on this test's own database server."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "designation.settings.demo",
        "SECRET_KEY": "tests-only",
        "FIELD_KEY": "tests-only",
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


DEMO_TESTS = """
import django
django.setup()
from django.test.utils import get_runner, setup_test_environment
from django.db import connection
from django.test import Client, override_settings
from datetime import timedelta
setup_test_environment()
connection.creation.create_test_db(verbosity=0, autoclobber=True, keepdb=False)
try:
    {body}
finally:
    connection.creation.destroy_test_db("ignored", verbosity=0)
"""


def demo_body(body):
    suffix = os.environ.get("PYTEST_XDIST_WORKER", "") + os.environ.get("TEST_DB_SUFFIX", "")
    name = f'connection.settings_dict["TEST"]["NAME"] = "test_demo{suffix}"\n'
    indented = body.strip().replace("\n", "\n    ")
    return DEMO_TESTS.replace(
        "setup_test_environment()\n", "setup_test_environment()\n" + name, 1
    ).replace("{body}", indented)


def test_the_demo_answers_what_it_cannot_serve_as_the_site_does():
    said = in_the_demo("""
import django
django.setup()
import demo.urls, designation.urls
answers = [name for name in vars(designation.urls) if name.startswith("handler")]
print(answers, all(vars(demo.urls).get(name) == vars(designation.urls)[name] for name in answers))
""")

    assert said == "['handler400', 'handler404', 'handler500'] True"


def test_time_goes_on_from_where_it_stood_and_stops_with_the_calendar():
    said = in_the_demo(
        demo_body("""
from demo.clock import LAST, START, demo_now, move_forward, resume
assert demo_now() == START
assert resume() == START
assert demo_now() >= START
assert move_forward(7)
assert demo_now() - START >= timedelta(days=7)
stood = demo_now()
assert resume() <= demo_now()
assert demo_now() >= START + timedelta(days=7)
while move_forward(14):
    pass
assert demo_now() <= LAST
print("the clock is right")
""")
    )

    assert said == "the clock is right"


def test_the_demo_is_loaded_signed_in_to_and_moved_forward_in_the_browser():
    said = in_the_demo(
        demo_body("""
from django.core.management import call_command
call_command("load_demo", verbosity=0)
call_command("load_demo", verbosity=0)
call_command("demo_accounts")
client = Client(HTTP_HOST="localhost")
page = client.get("/accounts/login/").content.decode()
assert "演示账号" in page and "演示时钟" in page
front = client.get("/", follow=True)
assert "演示环境" in front.content.decode() and "<form" not in front.content.decode()
assert not front.cookies and front["Cache-Control"].startswith("public")
assert client.post("/demo/sign-in/", {"username": "nobody"}).status_code == 404
assert client.post("/demo/sign-in/", {"username": "hongqi.preparer"}).url == "/"
assert "开始申报" in client.get("/").content.decode()
assert client.post("/demo/clock/", {"days": "5000"}).status_code == 404
assert client.post("/demo/clock/", {"days": "7", "next": "/rounds/"}).url == "/rounds/"
assert client.post("/demo/clock/", {"days": "7", "next": "https://elsewhere.example/"}).url == "/"
from demo.clock import move_forward
while move_forward(14):
    pass
assert "不能再前进" in client.post("/demo/clock/", {"days": "14"}, follow=True).content.decode()
print("the demo is right")
""")
    )

    assert said == "the demo is right"
