"""Entering areas, organizations and people as an import does: plain values, no form."""

from datetime import date

import pytest

from designation.administration import entering
from designation.audit.models import AuditEvent
from designation.organizations.models import (
    BodyKind,
    FormerName,
    Jurisdiction,
    Level,
    Organization,
    Person,
    Role,
)
from designation.site.refusal import Refusal
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def system(county):
    return factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)


@pytest.fixture
def elsewhere():
    """An organization of another county."""
    county = factories.JurisdictionFactory(code="350102000000", name_zh="他县")
    area = factories.TownshipFactory(code="350102100000", parent=county, name_zh="他镇")
    return factories.TownshipCommitteeFactory(jurisdiction=area)


def refused(act, *arguments, **named):
    """The field and code of each reason; nothing is written."""
    events, rows = AuditEvent.objects.count(), Organization.objects.count()
    with pytest.raises(Refusal) as why:
        act(*arguments, **named)
    assert (AuditEvent.objects.count(), Organization.objects.count()) == (events, rows)
    return {(finding.field, finding.code) for finding in why.value.findings}


def village(county, **values):
    return {
        "name_zh": "新村党支部",
        "category": "NC",
        "jurisdiction": county.village.jurisdiction,
        "superior": county.township,
    } | values


# Areas


def test_the_level_and_superior_of_an_area_follow_from_its_code(county, system):
    made = entering.add(
        Jurisdiction, {"code": "341821088000", "name_zh": " 新设\u200b镇\n"}, actor=system
    )

    made.refresh_from_db()
    assert (made.level, made.parent) == (Level.TOWNSHIP, county.jurisdiction)
    assert made.name_zh == "新设镇"
    event = AuditEvent.objects.get(action="jurisdiction.add")
    assert event.details == {"changed": ["code", "name_zh"]}
    assert event.actor_role == Role.SYSTEM_ADMINISTRATOR


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"name_zh": "镇"}, {("code", "missing")}),
        ({"code": "3418", "name_zh": "镇"}, {("code", "not_taken")}),
        ({"code": "341821988201", "name_zh": "镇"}, {("code", "below_township")}),
        ({"code": "341822100000", "name_zh": "镇"}, {("code", "no_parent")}),
        ({"code": "341821088000", "name_zh": ""}, {("name_zh", "not_taken")}),
        ({"code": "341821088000", "name_zh": "镇" * 121}, {("name_zh", "not_taken")}),
        (
            {"code": "341821088000", "name_zh": "镇", "level": "province"},
            {("level", "not_filled_here")},
        ),
    ],
)
def test_an_area_that_cannot_be_is_refused_at_its_value(system, values, found):
    assert refused(entering.add, Jurisdiction, values, actor=system) == found


def test_a_name_stands_once_beside_others_in_whatever_spelling(county, system):
    town = county.village.jurisdiction
    other = factories.TownshipFactory(parent=county.jurisdiction)
    values = {"code": "341821088000", "name_zh": f" {town.name_zh} "}

    found = {("name_zh", "name_taken")}
    assert refused(entering.add, Jurisdiction, values, actor=system) == found
    taken = {"name_zh": town.name_zh}
    assert refused(entering.change, other, taken, actor=system) == found


def test_a_code_stays_once_it_is_entered(county, system):
    found = refused(entering.change, county.jurisdiction, {"code": "341822000000"}, actor=system)
    assert found == {("code", "code_stays")}


# Organizations


def test_an_organization_is_entered_and_changed_and_the_log_says_what_changed(county, system):
    made = entering.add(Organization, village(county), actor=system)
    entering.change(made, {"superior": None, "name_en": "New Village"}, actor=system)

    made.refresh_from_db()
    assert (made.superior, made.name_en) == (None, "New Village")
    added, edited = AuditEvent.objects.filter(action__startswith="organization.").order_by("pk")
    assert added.details["changed"] == ["name_zh", "category", "jurisdiction", "superior"]
    assert edited.details["changed"] == {
        "superior": [county.township.name_zh, ""],
        "name_en": ["", "New Village"],
    }


def test_what_changes_nothing_writes_nothing(county, system):
    events = AuditEvent.objects.count()

    entering.change(county.village, {"name_zh": county.village.name_zh}, actor=system)

    assert AuditEvent.objects.count() == events


def test_an_organization_that_cannot_be_is_refused_at_its_value(county, system, elsewhere):
    def found(**values):
        return refused(entering.add, Organization, village(county, **values), actor=system)

    assert found(category="") == {("category", "neither_kind")}
    assert found(category="ZZ") == {("category", "not_taken")}
    assert found(jurisdiction=None) == {("jurisdiction", "not_taken")}
    assert found(superior=county.jurisdiction) == {("superior", "not_taken")}
    assert found(name_zh=county.village.name_zh) == {("name_zh", "name_taken")}
    assert found(superior=elsewhere) == {
        ("superior", "elsewhere"),
        ("superior", "not_administered"),
    }
    assert found(jurisdiction=elsewhere.jurisdiction) == {("", "not_allowed")}


def test_superiors_never_come_back_to_the_organization(county, system):
    above = factories.TownshipCommitteeFactory(
        jurisdiction=county.township.jurisdiction, superior=county.township
    )
    found = refused(entering.change, county.township, {"superior": above}, actor=system)
    assert found == {("superior", "loop")}


def test_an_organization_is_not_moved_out_of_the_actors_area(county, system, elsewhere):
    moved = {"jurisdiction": elsewhere.jurisdiction}
    assert refused(entering.change, county.village, moved, actor=system) == {("", "not_allowed")}


def test_what_another_changed_since_it_was_read_is_refused(county, system):
    read = {"name_en": county.village.name_en, "superior": county.township.pk}
    entering.change(county.village, {"name_en": "Theirs"}, actor=system)

    late = {"name_en": "Mine"}
    found = refused(entering.change, county.village, late, before=read, actor=system)

    assert found == {("name_en", "changed_meanwhile")}
    county.village.refresh_from_db()
    assert county.village.name_en == "Theirs"


def test_a_renaming_keeps_the_former_name_until_its_day(county, system):
    former = county.village.name_zh

    entering.change(
        county.village, {"name_zh": "改名村"}, renamed_on=date(2026, 2, 1), actor=system
    )

    kept = FormerName.objects.get(organization=county.village)
    assert (kept.name_zh, kept.borne_until) == (former, date(2026, 2, 1))
    assert AuditEvent.objects.filter(action="organization.rename").count() == 1


@pytest.mark.parametrize(
    ("on", "code"), [(date(2026, 3, 3), "in_future"), (date(2026, 1, 1), "before_the_last")]
)
def test_a_renaming_has_a_day_that_was_after_the_last_one(county, system, on, code):
    entering.change(
        county.village, {"name_zh": "改名村"}, renamed_on=date(2026, 2, 1), actor=system
    )
    again = {"name_zh": "又改名村"}

    found = refused(entering.change, county.village, again, renamed_on=on, actor=system)
    assert found == {("renamed_on", code)}


def test_an_old_double_stands_until_it_is_renamed(county, system):
    double = factories.VillageFactory(
        name_zh=county.village.name_zh,
        jurisdiction=county.village.jurisdiction,
        is_old_double=True,
    )

    entering.change(double, {"name_en": "Double"}, actor=system)
    double.refresh_from_db()
    assert double.is_old_double
    entering.change(double, {"name_zh": "另一村党支部"}, actor=system)
    double.refresh_from_db()
    assert not double.is_old_double


# People


def person(**values):
    return {"username": "new.person", "full_name": "新人"} | values


def test_a_new_person_belongs_to_the_actors_area_and_has_no_password(county, system):
    made = entering.add(Person, person(home_organization=county.village), actor=system)

    made.refresh_from_db()
    assert made.jurisdiction == county.jurisdiction
    assert not made.has_usable_password()
    event = AuditEvent.objects.get(action="person.add")
    assert event.details == {"changed": ["username", "full_name", "home_organization"]}


def test_the_log_names_what_changed_of_a_person_and_not_what_it_said(county, system):
    made = entering.add(Person, person(), actor=system)

    entering.change(made, {"email": "a@b.cn"}, actor=system)

    event = AuditEvent.objects.get(action="person.edit")
    assert event.details == {"changed": ["email"]}


def test_a_person_that_cannot_be_is_refused_at_its_value(county, system, elsewhere):
    def found(**values):
        return refused(entering.add, Person, person(**values), actor=system)

    assert found(username="Upper Case") == {("username", "not_taken")}
    assert found(email="no") == {("email", "not_taken")}
    assert found(language="fr") == {("language", "not_taken")}
    assert found(password="x") == {("password", "not_filled_here")}
    assert found(home_organization=elsewhere) == {("home_organization", "not_administered")}
    assert found(username=county.head.username) == {("", "overtaken")}


def test_nobody_else_changes_the_address_of_who_has_a_password(county, system):
    made = entering.add(Person, person(), actor=system)
    made.set_password(factories.PASSWORD)
    made.save()

    found = refused(entering.change, made, {"email": "a@b.cn"}, actor=system)
    assert found == {("email", "own_email")}


def test_who_is_switched_off_leaves_no_work_unless_that_was_said(county, system):
    application = county.at("submitted")
    reviewer = county.reviewer
    reviewer.jurisdiction = county.jurisdiction
    reviewer.save()

    found = refused(entering.change, reviewer, {"is_active": False}, actor=system)
    assert found == {("is_active", "work_waits")}
    entering.change(reviewer, {"is_active": False}, leaving=True, actor=system)

    reviewer.refresh_from_db()
    assert not reviewer.is_active
    assert application.stage == "submitted"


def test_what_no_administrator_enters_is_entered_by_nobody(county):
    bodies = {"name_zh": "新党委", "body_kind": BodyKind.TOWNSHIP_COMMITTEE}
    values = bodies | {"jurisdiction": county.jurisdiction}
    found = refused(entering.add, Organization, values, actor=county.coordinator)
    assert found == {("", "not_allowed")}
