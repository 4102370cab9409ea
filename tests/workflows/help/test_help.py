"""Help: a part for each role, a topic for each page, and links that the reader may open."""

import re
from itertools import pairwise
from pathlib import Path

import polib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from lxml import html

from designation.organizations.models import Role
from designation.rounds.models import Round
from tests import factories
from tests.permissions.test_matrix import PUBLIC, named_addresses
from tests.public_addresses import LANGUAGES, public
from workflows import declared
from workflows.help import course, finding, topics
from workflows.help.facts import facts
from workflows.help.parts import PARTS, SIGNED_IN
from workflows.help.parts import PUBLIC as PUBLICS

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[3]

QUESTIONS = [(part, one) for part in PARTS for one in part.questions]
# A period or a bound that somebody typed: the answers name what the system itself keeps.
TYPED = re.compile(r"\d\s*(?:个工作日|个字|小时|分钟|天|年|次|MB)|[一二三四五六七八九十]个工作日")
NAMED = re.compile(r"%\((\w+)\)s")


@pytest.fixture
def area():
    return factories.JurisdictionFactory()


def holder(role, area):
    held_in = factories.VillageFactory(jurisdiction=area)
    return factories.seated(role, held_in if role.is_held_in_an_organization else area)


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.fromstring(answer.content.decode())


# What is declared


def test_what_an_answer_quotes_stands_on_some_page():
    entries = polib.pofile(str(ROOT / "locale/en/LC_MESSAGES/django.po"))
    elsewhere = "\n".join(
        entry.msgid
        for entry in entries
        if not all(name.startswith("workflows/help/") for name, _line in entry.occurrences)
    )
    answers = [str(one.answer) for _part, one in QUESTIONS]
    quoted = {word for answer in answers for word in re.findall("“([^%”]+)”", answer)}

    assert len(quoted) > 20
    assert {word for word in quoted if word not in elsewhere} == set()


def test_every_address_has_its_topic_or_is_none_to_ask_about():
    about = {name for name in named_addresses() if topics.about(name)}
    assert set(named_addresses()) - about == set(topics.WITHOUT)
    assert about.isdisjoint(topics.WITHOUT)


def test_a_topic_names_pages_that_there_are_and_each_page_stands_in_one():
    names = set(named_addresses())
    rooms = {f"{name.partition(':')[0]}:*" for name in names}
    named = [page for one in topics.TOPICS for page in one.pages]

    assert [page for page in named if page not in names | rooms] == []
    assert len(named) == len(set(named))


def test_every_topic_is_asked_about_and_every_question_has_its_topic():
    assert {one.topic for _part, one in QUESTIONS} == {one.code for one in topics.TOPICS}


def test_every_role_has_its_part_and_every_part_its_questions():
    assert {role for part in PARTS for role in part.roles} == set(Role)
    assert [part.code for part in PARTS if not part.questions] == []
    assert len({part.code for part in PARTS}) == len(PARTS)


def test_no_question_is_asked_twice():
    asked = [str(one.asked) for _part, one in QUESTIONS]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_period_is_named_and_never_typed(language):
    known = facts()
    with translation.override(language):
        texts = [str(text) for _part, one in QUESTIONS for text in (one.asked, one.answer)]
    assert [text for text in texts if TYPED.search(text)] == []
    assert {name for text in texts for name in NAMED.findall(text)} <= set(known)


def test_what_is_named_is_what_a_round_says_unless_it_is_changed():
    usual = Round()
    known = facts()
    assert known["correction_days"] == usual.correction_days
    assert known["returns"] == usual.returns_allowed
    assert known["identity_months"] == 12
    assert None not in known.values()


def test_a_page_that_is_led_to_has_its_name():
    assert {one.page for _part, one in QUESTIONS if one.page} == set(topics.NAMES)
    assert sorted(topics.PUBLIC - PUBLIC) == ["organizations:forgotten"]


# What the reader gets


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_every_link_of_a_part_opens_for_whoever_holds_its_role(role, client, area):
    client.force_login(holder(role, area))
    addresses = {
        link
        for part in (*finding.own([role]), SIGNED_IN, PUBLICS)
        for link in shown(client, reverse("help:part", args=[part.code])).xpath(
            "//a[contains(@class, 'help-leads')]/@href"
        )
    }
    assert len(addresses) > 3
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )


def test_who_does_not_hold_the_role_reads_the_answer_and_gets_no_link(client, area):
    client.force_login(holder(Role.PREPARER, area))

    page = shown(client, reverse("help:part", args=["audit-administrator"]))

    assert "验证链条" in page.text_content()
    assert page.xpath("//a[contains(@class, 'help-leads')]") == []


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.code)
def test_the_public_reads_every_part_and_gets_public_links_alone(part, client):
    page = shown(client, public("help:part", args=[part.code]))

    assert str(part.questions[0].asked) in page.text_content()
    links = page.xpath("//a[contains(@class, 'help-leads')]/@href")
    assert set(links) <= {
        *(public(name) for name in topics.PUBLIC if name in PUBLIC),
        reverse("organizations:forgotten"),
    }
    assert "%(" not in page.text_content()


def test_a_page_lists_its_questions_and_each_line_leads_to_one(client):
    page = shown(client, public("help:part", args=["preparer"]))

    lines = page.xpath("//nav[@aria-labelledby='contents']//a/@href")
    assert len(lines) == len(finding.own([Role.PREPARER])[0].questions)
    assert [line for line in lines if not page.xpath(f"//*[@id='{line[1:]}']")] == []


def test_the_list_shows_the_reader_their_own_parts_first(client, area):
    client.force_login(holder(Role.COUNTY_COORDINATOR, area))

    links = shown(client, reverse("help:index")).xpath("//li[contains(@class, 'help-entry')]/a")

    assert [link.text for link in links[:2]] == ["县级经办人", "择优会议"]
    assert len(links) == len(PARTS)


def test_an_unknown_part_is_not_there(client):
    assert client.get(public("help:part", args=["nobody"])).status_code == 404


# The link at a page's head


def led_to(client, address):
    links = shown(client, address).xpath("//a[contains(@class, 'page-help')]/@href")
    return links[0] if links else None


@pytest.mark.parametrize(
    ("role", "at", "leads"),
    [
        (Role.PREPARER, "library:list", "preparer/#evidence"),
        (Role.HEAD, "library:list", "head/#evidence"),
        (Role.VERIFIER, "applications:list", "signed-in/#applying"),
        (Role.COUNTY_COORDINATOR, "notices:desk", "county-coordinator/#notice"),
        (Role.DECIDING_OFFICER, "notices:desk", "public-notice/#notice"),
        (Role.SYSTEM_ADMINISTRATOR, "organizations:tables", "system-administrator/#tables"),
        (Role.SECURITY_ADMINISTRATOR, "organizations:tables", "security-administrator/#tables"),
        (Role.AUDIT_ADMINISTRATOR, "audit:list", "audit-administrator/#audit"),
        (Role.DEPARTMENT_CLERK, "home", "signed-in/#desk"),
        (Role.STANDARDS_MANAGER, "exports:mine", "signed-in/#taking_away"),
        (Role.NOTICE_PUBLISHER, "register:list", "public/#register"),
    ],
    ids=str,
)
def test_a_page_leads_to_what_its_reader_asks_there(role, at, leads, client, area):
    client.force_login(holder(role, area))

    address = led_to(client, reverse(at))

    assert address == f"/help/{leads}"
    path, _hash, anchor = address.partition("#")
    assert shown(client, path).xpath(f"//*[@id='{anchor}']")


def test_a_public_page_leads_to_the_publics_own_or_to_the_list(client):
    assert led_to(client, public("register:list")) == public("help:part", args=["public"]) + (
        "#register"
    )
    assert led_to(client, public("home")) == public("help:index")


def test_who_cannot_sign_in_finds_what_to_do(client):
    assert led_to(client, reverse("organizations:login")) == "/help/signed-in/#account"
    assert led_to(client, reverse("organizations:forgotten")) == "/help/signed-in/#account"


def test_the_help_leads_nowhere_from_its_own_pages_and_from_what_is_no_page(client):
    assert led_to(client, public("help:index")) is None
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "page-help" not in answer.content.decode()


def test_the_link_costs_no_statement(client, area, monkeypatch):
    client.force_login(holder(Role.PREPARER, area))
    address = reverse("messages:preferences")
    with CaptureQueriesContext(connection) as with_it:
        assert "page-help" in client.get(address).content.decode()
    monkeypatch.setattr("workflows.help.topics.WITHOUT", {"messages:preferences"})
    with CaptureQueriesContext(connection) as without:
        assert "page-help" not in client.get(address).content.decode()
    assert len(with_it) == len(without)


def test_the_help_in_public_asks_the_database_nothing(client):
    with CaptureQueriesContext(connection) as counted:
        for address in ("help:index", "help:course"):
            client.get(public(address))
        client.get(public("help:part", args=["public"]))
    assert len(counted) == 0


# The course in pictures


def test_every_step_of_the_course_is_drawn_and_told():
    drawn = course.steps()

    assert [one.name for one in drawn] == [step.name for step, _stages in declared.steps()]
    assert [one.name for one in drawn if not one.told or not one.term] == []
    assert "%(" not in "".join(one.told + one.term for one in drawn)


def test_a_picture_shows_each_place_beside_the_main_line_once():
    review = next(one for one in course.steps() if one.name == "first_review")

    assert [str(way.target) for way in review.branches] == ["returned", "rejected", "withdrawn"]
    assert [way.is_end for way in review.branches] == [False, True, True]
    for one in course.steps():
        tops = [top for top, _way in one.placed]
        assert [after - before >= 40 for before, after in pairwise(tops)] == [True] * len(tops[1:])
        assert max(tops, default=0) + 32 <= one.depth
    assert max(len(one.who) for one in course.steps()) <= 2


@pytest.mark.parametrize(
    ("language", "days"), [("zh-hans", "10 个工作日"), ("en", "10 working days")]
)
def test_what_the_picture_shows_is_also_told_beside_it(language, days, client):
    page = shown(client, public("help:course", language=language))

    assert len(page.xpath("//*[name()='svg']")) == len(course.steps())
    step = page.xpath("//*[@id='first_review']")[0]
    assert days in step.xpath("string(.//dl)")
    with translation.override(language):
        for way in next(one for one in course.steps() if one.name == "first_review").ways:
            assert f"{way.label} → {way.target.label}" in step.xpath("string(.//dl)")


def test_a_way_back_to_a_step_that_was_passed_is_told_and_has_no_place_in_the_picture():
    notice = next(one for one in course.steps() if one.name == "public_notice")

    assert "recommended" in {str(way.target) for way in notice.ways}
    assert [str(way.target) for way in notice.branches] == ["rejected"]


def test_words_that_say_where_they_lead_are_said_once(client):
    step = shown(client, public("help:course")).xpath("//*[@id='selection']")[0]

    assert step.xpath("string(.//dl)").count("达标未入选") == 1
