"""Every form that writes, and how two people come to it: the list that a new form joins."""

from django.urls import reverse

from designation.organizations.models import (
    Jurisdiction,
    Organization,
    Person,
    Role,
    Seat,
)
from designation.rounds.models import LocalTerm, Round, RoundCategory, Veto
from tests import factories

from .scenes import Edit, Make, Scene, Sign, in_row


def two(county, role):
    """Two people in the same seat."""
    return tuple(factories.seated(role, county.jurisdiction) for _turn in range(2))


# Rounds


def draft_round(county):
    round_ = factories.RoundFactory(jurisdiction=county.jurisdiction, status=Round.Status.DRAFT)
    factories.RoundCategoryFactory(round=round_)
    return round_


def coordinators(county):
    return two(county, Role.COUNTY_COORDINATOR)


def round_frame(county):
    round_ = draft_round(county)
    return Scene(reverse("rounds:edit", args=[round_.pk]), coordinators(county), in_row(round_))


def round_categories(county):
    round_ = draft_round(county)

    def stands(category):
        found = RoundCategory.objects.filter(round=round_, category=category)
        return found.values_list("quota", flat=True).first()

    page = reverse("rounds:categories", args=[round_.pk])
    return Scene(page, coordinators(county), stands)


def round_terms(county):
    round_ = draft_round(county)

    def stands(name):
        return LocalTerm.objects.get(term=name.removeprefix("term-")).definition

    return Scene(reverse("rounds:terms", args=[round_.pk]), coordinators(county), stands)


def round_vetoes(county):
    round_ = draft_round(county)
    Veto.objects.create(
        round=round_, check_code="NC-03-C4", document="县委〔2025〕1号", confirming_body="公安局"
    )

    def stands(name):
        veto = Veto.objects.get(round=round_, check_code=name.removesuffix("-body"))
        return veto.confirming_body if name.endswith("-body") else veto.document

    return Scene(reverse("rounds:vetoes", args=[round_.pk]), coordinators(county), stands)


def new_round(county):
    return Scene(reverse("rounds:add"), coordinators(county))


NEW_ROUND = {
    "name_zh": "2027年评定",
    "organizer": "中共青山县委",
    "organizer_level": "county",
    "managing_office": "县委组织部",
    "approving_body": "省表彰办",
    "approval_document_number": "〔2026〕9号",
    "cycle": "每年一次",
    "opens_at": "2026-04-01T09:00",
    "closes_at": "2026-04-30T17:30",
}


def opening_a_round(county):
    round_ = draft_round(county)

    def meanwhile(send):
        return send(reverse("rounds:categories", args=[round_.pk]), {"NC": "3"})

    page = reverse("rounds:detail", args=[round_.pk])
    stands = in_row(round_)
    return Scene(page, coordinators(county), stands, to="/open/", meanwhile=meanwhile)


def closing_a_round(county):
    county.round.name_zh = "已开展的批次"

    def meanwhile(_send):
        # No page changes an open round so far: its places, as a later page will.
        RoundCategory.objects.filter(round=county.round).update(quota=3)

    page = reverse("rounds:detail", args=[county.round.pk])
    stands = in_row(county.round)
    return Scene(page, coordinators(county), stands, to="/close/", meanwhile=meanwhile)


# Administrators


def system_administrators(county):
    return two(county, Role.SYSTEM_ADMINISTRATOR)


def jurisdiction(county):
    page = reverse("organizations:jurisdiction_edit", args=[county.jurisdiction.pk])
    return Scene(page, system_administrators(county), in_row(county.jurisdiction))


def organization(county):
    page = reverse("organizations:organization_edit", args=[county.village.pk])
    return Scene(page, system_administrators(county), in_row(county.village))


def person(county):
    someone = factories.seated(Role.VERIFIER, county.jurisdiction)
    page = reverse("organizations:person_edit", args=[someone.pk])
    return Scene(page, system_administrators(county), in_row(someone))


def own_settings(county):
    """The same person before two screens."""
    page = reverse("organizations:settings")
    return Scene(page, (county.preparer, county.preparer), in_row(county.preparer))


def new_jurisdiction(county):
    return Scene(reverse("organizations:jurisdiction_add"), system_administrators(county))


def new_organization(county):
    return Scene(reverse("organizations:organization_add"), system_administrators(county))


def new_person(county):
    return Scene(reverse("organizations:person_add"), system_administrators(county))


def new_seat(county):
    county.jurisdiction.refresh_from_db()
    factories.PersonFactory(username="seated.next", home_organization=county.village)
    factories.PersonFactory(username="seated.then", home_organization=county.village)
    return Scene(reverse("organizations:seat_add"), two(county, Role.SECURITY_ADMINISTRATOR))


def chosen(model, **which):
    """Typed as the key of a row that is there only once the scene is arranged."""
    return lambda: str(model.objects.get(**which).pk)


EDITS = [
    Edit("rounds:edit", round_frame, "name_zh", "甲定的批次", "乙定的批次", ("cycle", "两年一次")),
    Edit("rounds:categories", round_categories, "NC", 3, 5, ("SQ", 2)),
    Edit(
        "rounds:terms",
        round_terms,
        "term-四个统一",
        "甲的释义",
        "乙的释义",
        ("term-三有三带", "乙的另一条"),
    ),
    Edit(
        "rounds:vetoes",
        round_vetoes,
        "NC-03-C4",
        "县委〔2026〕1号",
        "县委〔2026〕2号",
        ("NC-03-C4-body", "县公安局"),
    ),
    Edit(
        "organizations:jurisdiction_edit",
        jurisdiction,
        "name_zh",
        "甲县",
        "乙县",
        ("name_en", "Second County"),
    ),
    Edit(
        "organizations:organization_edit",
        organization,
        "name_zh",
        "甲村党支部",
        "乙村党支部",
        ("name_en", "Second Village"),
    ),
    Edit(
        "organizations:person_edit",
        person,
        "full_name",
        "甲改的名",
        "乙改的名",
        ("language", "en"),
        is_personal=True,
    ),
    Edit(
        "organizations:settings",
        own_settings,
        "email",
        "a@example.cn",
        "b@example.cn",
        ("language", "en"),
        is_personal=True,
    ),
]

MAKES = [
    Make(
        "rounds:add",
        new_round,
        NEW_ROUND,
        {"name_zh": "另一批"},
        Round.objects.count,
        wrong={"closes_at": "2026-03-01T09:00"},
    ),
    Make(
        "organizations:jurisdiction_add",
        new_jurisdiction,
        {"code": "341821988000", "name_zh": "新设镇"},
        {"code": "341821989000", "name_zh": "另设镇"},
        Jurisdiction.objects.count,
        wrong={"code": "1"},
    ),
    Make(
        "organizations:organization_add",
        new_organization,
        {"name_zh": "新村党支部", "category": "NC", "is_active": "on"}
        | {"jurisdiction": chosen(Jurisdiction, code="341821000000")},
        {"name_zh": "另一村党支部"},
        Organization.objects.count,
        wrong={"category": ""},
    ),
    Make(
        "organizations:person_add",
        new_person,
        {"username": "new.person", "full_name": "新人", "password": "a-first-password-9"},
        {"username": "other.person"},
        Person.objects.count,
        wrong={"full_name": ""},
    ),
    Make(
        "organizations:seat_add",
        new_seat,
        {"person": chosen(Person, username="seated.next"), "role": "verifier"}
        | {"jurisdiction": chosen(Jurisdiction, code="341821000000")},
        {"person": chosen(Person, username="seated.then")},
        Seat.objects.count,
        wrong={"jurisdiction": ""},
    ),
]

SIGNS = [
    Sign(
        "rounds:open",
        opening_a_round,
        lambda scene: scene.stands("status") == Round.Status.OPEN,
        "在您打开页面后有改动",
    ),
    Sign(
        "rounds:close",
        closing_a_round,
        lambda scene: scene.stands("status") == Round.Status.CLOSED,
        "在您打开页面后有改动",
    ),
]
