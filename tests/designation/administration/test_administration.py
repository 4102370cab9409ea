"""The three administrators: organizations and people, seats; kept apart."""

import pytest
from django.urls import reverse

from designation.administration.seating import SeatRefused, end_seat, give_seat
from designation.audit.models import AuditEvent
from designation.organizations.divisions import code_above, level_of
from designation.organizations.models import (
    BodyKind,
    Jurisdiction,
    Level,
    Organization,
    Person,
    Role,
    Seat,
)
from designation.organizations.routing import reviewing_body, routing_table
from designation.organizations.rules import administers
from standards.categories import Category
from tests import factories
from tests.sheets import fill_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def system(county):
    return factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)


@pytest.fixture
def security(county):
    return factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)


def page(name, *arguments):
    return reverse(f"organizations:{name}", args=arguments)


def test_a_township_is_added_under_its_county(client, county, system):
    client.force_login(system)

    client.post(page("jurisdiction_add"), {"code": "341821088000", "name_zh": "新设镇"})

    made = Jurisdiction.objects.get(code="341821088000")
    assert (made.level, made.parent) == (Level.TOWNSHIP, county.jurisdiction)
    assert "新设镇" in client.get(page("jurisdictions") + "?text=341821088").content.decode()
    assert AuditEvent.objects.get(action="jurisdiction.add").jurisdiction_code == made.code


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("34182198800", "区划代码为 12 位数字"),
        ("341821988201", "代码后三位应为 000"),
        ("341822100000", "上级辖区 341822000000 不在您管理的范围内"),
        ("341821000000", "上级辖区 341800000000 不在您管理的范围内"),
    ],
)
def test_a_code_that_does_not_fit_is_told_at_the_field(client, system, code, message):
    client.force_login(system)

    answer = client.post(page("jurisdiction_add"), {"code": code, "name_zh": "新设镇"})

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert "新设镇" in answer.content.decode()


def test_a_code_is_entered_once(client, county, system):
    client.force_login(system)
    taken = county.village.jurisdiction.code

    answer = client.post(page("jurisdiction_add"), {"code": taken, "name_zh": "重名镇"})

    assert "已存在" in answer.content.decode()
    assert Jurisdiction.objects.filter(code=taken).count() == 1


def test_a_jurisdiction_may_be_renamed_but_keeps_its_code(client, county, system):
    client.force_login(system)
    data = {"name_zh": "青山区", "name_en": "Qingshan"}
    address = page("jurisdiction_edit", county.jurisdiction.pk)

    told = fill_in(client, address, data | {"code": "341899000000"})
    assert "这里现在不能修改" in told.content.decode()
    fill_in(client, address, data)

    renamed = Jurisdiction.objects.get(pk=county.jurisdiction.pk)
    assert (renamed.code, renamed.name_zh) == ("341821000000", "青山区")


@pytest.mark.parametrize(
    ("code", "level", "above"),
    [
        ("340000000000", Level.PROVINCE, None),
        ("341800000000", Level.PREFECTURE, "340000000000"),
        ("341821000000", Level.COUNTY, "341800000000"),
        ("341821104000", Level.TOWNSHIP, "341821000000"),
        ("341821100000", Level.TOWNSHIP, "341821000000"),
        ("341821104201", None, "341821104000"),
    ],
)
def test_a_division_code_tells_its_level_and_what_lies_above(code, level, above):
    assert (level_of(code), code_above(code)) == (level, above)


def test_an_organization_is_added_and_its_reviewing_body_found(client, county, system):
    client.force_login(system)
    data = {
        "name_zh": "新村党支部",
        "category": "NC",
        "jurisdiction": county.village.jurisdiction_id,
        "superior": county.township.pk,
        "is_active": "on",
    }

    client.post(page("organization_add"), data)

    made = Organization.objects.get(name_zh="新村党支部")
    assert reviewing_body(made) == county.township
    edited = client.get(page("organization_edit", made.pk)).content.decode()
    assert county.township.name_zh in edited
    assert "新村党支部" in client.get(page("organizations") + "?text=新村").content.decode()
    assert AuditEvent.objects.filter(action="organization.add").count() == 1


def test_an_organization_without_a_superior_is_kept_with_a_warning(client, county, system):
    client.force_login(system)
    data = {
        "name_zh": "无上级村党支部",
        "category": "NC",
        "jurisdiction": county.jurisdiction.pk,
        "is_active": "on",
    }

    answer = client.post(page("organization_add"), data, follow=True)

    assert "没有找到初审机构" in answer.content.decode()


def test_superiors_never_form_a_loop(client, county, system):
    client.force_login(system)
    data = {
        "name_zh": county.township.name_zh,
        "body_kind": county.township.body_kind,
        "jurisdiction": county.township.jurisdiction_id,
        "superior": county.village.pk,
    }

    answer = client.post(page("organization_edit", county.township.pk), data)

    assert answer.status_code == 422
    assert "不能循环" in answer.content.decode()
    neither = client.post(page("organization_add"), {"name_zh": "x"})
    assert "请选择申报类别，或者审核机构类型" in neither.content.decode()


def test_each_category_is_routed_to_a_body_of_its_kind(county):
    assert set(routing_table()) == set(Category.values)
    education = factories.TownshipCommitteeFactory(
        body_kind=BodyKind.EDUCATION_COMMITTEE, jurisdiction=county.jurisdiction
    )
    school = factories.VillageFactory(category=Category.XX, superior=education)
    lost = factories.VillageFactory(category=Category.XX)

    assert reviewing_body(school) == education
    assert reviewing_body(lost) is None


def person(**changes):
    return {
        "username": "new.person",
        "full_name": "新人",
        "language": "zh-hans",
        "is_active": "on",
    } | changes


def test_a_person_is_added_and_never_deleted(client, system):
    client.force_login(system)

    client.post(page("person_add"), person())
    made = Person.objects.get(username="new.person")

    fill_in(client, page("person_edit", made.pk), is_active=None)
    made.refresh_from_db()
    assert not made.is_active
    assert "新人" in client.get(page("people") + "?text=新人").content.decode()


def test_a_seat_is_given_where_its_role_lives(client, county, security):
    client.force_login(security)
    someone = factories.PersonFactory(jurisdiction=county.jurisdiction)
    data = {"person": someone.pk, "role": Role.FIRST_REVIEWER}

    assert "请选择组织" in client.post(page("seat_add"), data).content.decode()
    wrong = client.post(page("seat_add"), data | {"role": Role.VERIFIER})
    assert "请选择辖区" in wrong.content.decode()
    client.post(page("seat_add"), data | {"organization": county.township.pk})
    again = client.post(page("seat_add"), data | {"organization": county.township.pk})

    assert "此人已有这个岗位" in again.content.decode()
    assert someone.seats.get().organization == county.township
    assert (
        someone.full_name
        in client.get(page("seats") + f"?text={someone.full_name}").content.decode()
    )


def test_administrators_are_separate_people_and_act_in_no_case(county, security):
    someone = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)

    with pytest.raises(SeatRefused, match="三个管理员"):
        give_seat(someone, Role.AUDIT_ADMINISTRATOR, county.jurisdiction, actor=security)
    with pytest.raises(SeatRefused, match="不得兼任"):
        give_seat(someone, Role.VERIFIER, county.jurisdiction, actor=security)
    with pytest.raises(SeatRefused, match="不得兼任"):
        give_seat(county.reviewer, Role.AUDIT_ADMINISTRATOR, county.jurisdiction, actor=security)
    assert administers(someone, county.jurisdiction, Role.SYSTEM_ADMINISTRATOR)


def test_a_seat_is_ended_once_and_not_by_its_holder(client, county, security):
    client.force_login(security)
    seat = Seat.objects.get(person=county.reviewer)

    client.post(page("seat_end", seat.pk), {"confirmed": "yes"})
    seat.refresh_from_db()
    assert seat.ended_at is not None
    again = client.post(page("seat_end", seat.pk), follow=True)
    assert "这个岗位已经终止" in again.content.decode()
    with pytest.raises(SeatRefused, match="已经终止"):
        end_seat(seat, actor=security)

    own = Seat.objects.get(person=security)
    answer = client.post(page("seat_end", own.pk), follow=True)
    assert "不能终止自己的岗位" in answer.content.decode()


def test_names_and_labels_read_well(county, security):
    assert str(security) == security.get_full_name() == security.get_short_name()
    assert security.full_name in str(Seat.objects.get(person=security))
    county.village.name_en = "First Village"
    from django.utils import translation

    with translation.override("en"):
        assert str(county.village) == "First Village"


def test_superiors_that_lead_in_a_circle_lead_to_no_reviewing_body(county):
    first = factories.VillageFactory()
    second = factories.VillageFactory(superior=first)
    first.superior = second

    assert reviewing_body(first) is None
