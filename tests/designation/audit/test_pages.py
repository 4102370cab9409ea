"""The audit administrator's pages."""

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy

from designation.applications.models import Application
from designation.audit import chain, events, wording
from designation.audit.models import AuditEvent, WithoutSeat
from designation.organizations.models import Role
from designation.organizations.roles import ORGANIZATION_ROLES
from tests.course import County
from tests.factories import JurisdictionFactory, PersonFactory, VillageFactory, seated

pytestmark = pytest.mark.django_db

COUNTY, ELSEWHERE = "341821000000", "341822000000"


@pytest.fixture
def area():
    return JurisdictionFactory()


@pytest.fixture
def auditor(area, client):
    person = seated(Role.AUDIT_ADMINISTRATOR, area)
    client.force_login(person)
    return person


@pytest.fixture
def village_application(held_clock):
    county = County()
    return Application.objects.create(
        round=county.round,
        organization=county.village,
        category=county.village.category,
        standard=county.round_category.standard,
        reviewing_body=county.township,
        area_code=county.village.jurisdiction.code,
        stage_since=held_clock.now(),
        created_at=held_clock.now(),
        created_by=county.preparer,
    )


def record(subject, *, action="application.submit", code=COUNTY, **more):
    with transaction.atomic():
        given = {"actor": None, "role": WithoutSeat.SYSTEM} | more
        return events.append(
            events.Entry(action=action, subject=subject, jurisdiction_code=code, **given)
        )


def shown(response):
    return [row["event"].sequence for row in response.context["rows"]]


def test_the_list_shows_who_did_what_with_readable_details(area, auditor, client):
    record(
        area,
        actor=PersonFactory(full_name="王审核"),
        role=Role.FIRST_REVIEWER,
        details={"opinion": "材料齐全", "reasons": ["甲", "乙"], "left_empty": ""},
        origin="203.0.113.7",
    )
    page = client.get(reverse("audit:list"))
    text = page.content.decode()
    for words in (
        "王审核",
        "初审员",
        "application.submit",
        "青山县",
        "意见",
        "材料齐全",
        "甲；乙",
        "203.0.113.7",
    ):
        assert words in text
    assert "left_empty" not in text


def test_an_act_of_the_system_is_shown_as_such(area, auditor, client):
    record(area)
    assert "系统" in client.get(reverse("audit:list")).content.decode()


def test_only_events_of_the_own_area_and_of_the_whole_site_are_seen(area, auditor, client):
    own, _other, site = (record(area, code=code) for code in (COUNTY, ELSEWHERE, events.WHOLE_SITE))
    assert shown(client.get(reverse("audit:list"))) == [site.sequence, own.sequence]


def test_events_are_filtered_by_action(area, auditor, client):
    wanted = record(area, action="application.recommend")
    record(area)
    page = client.get(reverse("audit:list"), {"action": "application.recommend"})
    assert shown(page) == [wanted.sequence]


@pytest.mark.parametrize("sought", ["number", "name"])
def test_events_are_filtered_by_application(sought, area, auditor, client, village_application):
    wanted = record(village_application)
    record(area)
    value = {"number": str(village_application.pk), "name": village_application.organization.name}
    page = client.get(reverse("audit:list"), {"application": value[sought]})
    assert shown(page) == [wanted.sequence]


def test_an_unknown_action_is_told_at_its_field_and_hides_nothing(area, auditor, client):
    record(area)
    page = client.get(reverse("audit:list"), {"action": "nothing.known"})
    assert "没有这个动作" in page.content.decode()
    assert len(shown(page)) == 1


def test_an_empty_list_says_what_to_do(auditor, client):
    page = client.get(reverse("audit:list"), {"application": "没有的"})
    assert "请放宽筛选条件" in page.content.decode()


def test_fifty_events_stand_on_a_page_and_filters_stay(area, auditor, client):
    with transaction.atomic():
        events.append_many(
            [events.Entry(None, "application.submit", area, COUNTY, WithoutSeat.SYSTEM)] * 51
        )
    first = client.get(reverse("audit:list"), {"action": "application.submit"})
    assert shown(first) == list(range(51, 1, -1))
    assert "action=application.submit&amp;page=2" in first.content.decode()
    second = client.get(reverse("audit:list"), {"action": "application.submit", "page": 2})
    assert shown(second) == [1]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_statements_for_any_number_of_events(
    count, area, auditor, client, django_assert_num_queries
):
    for _number in range(count):
        record(area, actor=PersonFactory(), role=Role.VERIFIER)
    # Session, person, seats, actions, count, events, the actors' former names, unread messages.
    with django_assert_num_queries(7):
        client.get(reverse("audit:list"))


def test_the_button_proves_the_chain(area, auditor, client):
    event = record(area)
    page = client.post(reverse("audit:verify")).content.decode()
    assert "链条完整：共 1 个事件" in page
    assert f"1:{event.hash}" in page


def test_of_the_one_chain_a_countys_auditor_reads_what_is_theirs_and_keeps_its_last(
    area, auditor, client
):
    mine = record(area)
    for _number in range(3):
        record(area, code=ELSEWHERE)

    page = client.post(reverse("audit:verify")).content.decode()

    assert "链条完整：共 1 个事件可供您查看，均未被改动。" in page
    assert f"{mine.sequence}:{mine.hash}" in page
    assert chain.verify(chain.Anchor(mine.sequence, mine.hash)).whole
    assert chain.verify().last.hash not in page


def test_where_nothing_is_theirs_there_is_no_head_to_keep(area, auditor, client):
    record(area, code=ELSEWHERE)

    page = client.post(reverse("audit:verify")).content.decode()

    assert "共 0 个事件可供您查看" in page
    assert "其中的最后一个事件" not in page


def test_the_button_names_the_first_broken_link(area, auditor, client):
    record(area)
    record(area)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER append_only")
        cursor.execute("UPDATE audit_auditevent SET action = 'other' WHERE sequence = 2")
    page = client.post(reverse("audit:verify")).content.decode()
    assert "链条在第 2 个事件处断裂" in page


def test_coming_back_to_the_verdict_leads_to_the_list(auditor, client):
    assert client.get(reverse("audit:verify")).url == reverse("audit:list")


@pytest.mark.parametrize(
    "role", [None, *(role for role in Role if role != Role.AUDIT_ADMINISTRATOR)]
)
def test_for_anyone_else_the_pages_are_not_there(role, area, client):
    if role:
        place = VillageFactory() if role in ORGANIZATION_ROLES else area
        client.force_login(seated(role, place))
    assert client.get(reverse("audit:list")).status_code == 404
    assert client.get(reverse("audit:verify")).status_code == 404
    assert client.post(reverse("audit:verify")).status_code == 404


def test_codes_are_shown_in_the_words_their_room_gave_them(area, auditor, client):
    wording.register(
        actions={"test.named": gettext_lazy("命名的动作")},
        fields={"test_field": gettext_lazy("命名的字段")},
        values={"test_field": {"code": gettext_lazy("命名的值")}},
    )
    record(area, action="test.named", details={"test_field": "code"})
    text = client.get(reverse("audit:list")).content.decode()
    for words in ("命名的动作", "命名的字段", "命名的值"):
        assert words in text


@pytest.mark.parametrize(
    ("details", "lines"),
    [
        ({"new": {"old": 1, "new": 2}}, [("新值 · 原值", "1"), ("新值 · 新值", "2")]),
        ({"reasons": [{"reason": "缺材料"}, "乙"]}, [("理由", "理由 缺材料；乙")]),
        ({"sealed": True, "open": False}, [("sealed", "是"), ("open", "否")]),
        ({"nothing": None, "empty": [], "none": {}, "zero": 0}, [("zero", "0")]),
    ],
)
def test_details_of_any_shape_are_readable(details, lines):
    assert sorted(wording.details(AuditEvent(details=details))) == sorted(lines)


def test_a_role_that_is_no_more_is_shown_by_its_code():
    assert wording.role("former") == "former"
