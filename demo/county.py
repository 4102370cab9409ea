"""The demo county, made from its data file through the same functions that the pages call."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from django.db import transaction

from designation.adoptions.adopting import adopt_sample
from designation.organizations.models import Jurisdiction, Organization, Person, Role, Seat
from designation.organizations.roles import ORGANIZATION_ROLES
from designation.rounds import definitions
from designation.rounds.models import LocalTerm, Round, RoundCategory
from designation.site.clock import SHANGHAI
from standards import catalogue
from standards.models import StandardVersion

from . import appeals, certificates, hearing, notice, office, rechecks, rights, titles, under_way
from .accounts import PASSWORD

_DATA = Path(__file__).parent / "data" / "county.yaml"
_HEARING = Path(__file__).parent / "data" / "hearing.yaml"
_CERTIFICATES = Path(__file__).parent / "data" / "certificates.yaml"
_NOTICE = Path(__file__).parent / "data" / "notice.yaml"
_OFFICE = Path(__file__).parent / "data" / "office.yaml"
_APPEAL = Path(__file__).parent / "data" / "appeal.yaml"
_TITLES = Path(__file__).parent / "data" / "titles.yaml"
_COUNTY = "990121000000"
_OPENS = datetime(2026, 3, 2, 0, 0, tzinfo=SHANGHAI).astimezone(UTC)
_CLOSES = datetime(2026, 3, 31, 17, 30, tzinfo=SHANGHAI).astimezone(UTC)


@transaction.atomic
def load() -> bool:
    """Make the county; False when it is there already."""
    data = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    if Jurisdiction.objects.filter(code=data["jurisdictions"][0]["code"]).exists():
        return False
    areas = _jurisdictions(data["jurisdictions"])
    bodies = _organizations(data["organizations"], areas)
    people = _people(data["people"], areas, bodies)
    county = areas[_COUNTY]
    _adopt_samples(data["adopts"], county, people)
    round_ = _round(data["round"], county)
    _define(data["local_terms"], round_, people[data["adopts"]["person"]])
    walked = {
        entry["organization"]: under_way.walk(entry, round_, bodies, people)
        for entry in data["under_way"]
    }
    for meeting in data["meetings"]:
        under_way.hold(meeting, round_, walked, people)
    return True


@transaction.atomic
def load_hearing() -> None:
    """Make the round that asks departments, in the county that ``load`` made."""
    data, areas, bodies, people = _beside(_HEARING)
    round_ = _round(data["round"], areas[_COUNTY])
    coordinator = people[data["coordinator"]]
    definitions.take(round_, actor=coordinator, role=Role.COUNTY_COORDINATOR, at=_OPENS)
    hearing.hear(data, round_, bodies, people)


@transaction.atomic
def load_notice() -> None:
    """Make the round whose notice hangs, in that county."""
    data, areas, bodies, people = _beside(_NOTICE)
    round_ = _round(data["round"], areas[_COUNTY])
    coordinator = people[data["under_way"]["coordinator"]]
    definitions.take(round_, actor=coordinator, role=Role.COUNTY_COORDINATOR, at=_OPENS)
    notice.hang(data, round_, bodies, people)


@transaction.atomic
def load_office() -> None:
    """Let happen what makes the pages of the office worth a look, in that county."""
    data, _areas, bodies, people = _beside(_OFFICE)
    round_ = Round.objects.select_related("jurisdiction").get(status=Round.Status.OPEN)
    office.happen(data, round_, bodies, people)


@transaction.atomic
def load_appeal() -> None:
    """Let a village appeal, in that county."""
    data, _areas, bodies, people = _beside(_APPEAL)
    round_ = Round.objects.select_related("jurisdiction").get(status=Round.Status.OPEN)
    appeals.appeal(data, round_, bodies, people)


@transaction.atomic
def load_titles() -> None:
    """Take over the register that the county had before."""
    data, _areas, bodies, people = _beside(_TITLES)
    titles.enter(data, bodies, people)


@transaction.atomic
def load_rechecks() -> None:
    """Draw the re-checks of the year among the titles that ``load_titles`` took over."""
    people = {one.username: one for one in Person.objects.all()}
    rechecks.hold(Jurisdiction.objects.get(code=_COUNTY), people)


@transaction.atomic
def load_rights() -> None:
    """Begin the review of rights, in the county that ``load`` made."""
    people = {one.username: one for one in Person.objects.all()}
    security, unused = people["admin.security"], people["verifier.three"]
    rights.begin(Jurisdiction.objects.get(code=_COUNTY), security=security, unused=unused)


@transaction.atomic
def load_certificates() -> None:
    """Hand out certificates of the titles that ``load_titles`` entered."""
    data = yaml.safe_load(_CERTIFICATES.read_text(encoding="utf-8"))
    people = {one.username: one for one in Person.objects.all()}
    certificates.hand_out(data, Jurisdiction.objects.get(code=_COUNTY), people)


def _beside(
    path: Path,
) -> tuple[dict[str, Any], dict[str, Jurisdiction], dict[str, Organization], dict[str, Person]]:
    """What the file says, with the areas, bodies and people that it adds to the county's."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    first = yaml.safe_load(_DATA.read_text(encoding="utf-8"))["organizations"]
    by_name = {one.name_zh: one for one in Organization.objects.all()}
    areas = {one.code: one for one in Jurisdiction.objects.all()}
    areas |= _jurisdictions(data.get("jurisdictions", []), areas)
    bodies = {row["key"]: by_name[row["name_zh"]] for row in first}
    bodies |= _organizations(data["organizations"], areas, bodies)
    people = {one.username: one for one in Person.objects.all()}
    people |= _people(data["people"], areas, bodies)
    return data, areas, bodies, people


def _jurisdictions(
    rows: list[dict[str, str]], known: Mapping[str, Jurisdiction] = MappingProxyType({})
) -> dict[str, Jurisdiction]:
    """By code those made, and those ``known``; an area comes after those around it."""
    areas = dict(known)
    for row in rows:
        around = [one for one in areas.values() if row["code"].startswith(one.prefix)]
        nearest = max(around, key=lambda one: len(one.prefix), default=None)
        areas[row["code"]] = Jurisdiction.objects.create(parent=nearest, **row)
    return areas


def _organizations(
    rows: list[dict[str, str]],
    areas: dict[str, Jurisdiction],
    known: Mapping[str, Organization] = MappingProxyType({}),
) -> dict[str, Organization]:
    """By key those made, and those ``known``."""
    bodies = dict(known)
    for row in rows:
        superior = row.get("superior")
        bodies[row["key"]] = Organization.objects.create(
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            category=row.get("category", ""),
            body_kind=row.get("body_kind", ""),
            jurisdiction=areas[row["area"]],
            superior=bodies[superior] if superior else None,
        )
    return bodies


def _people(
    rows: list[dict[str, Any]], areas: dict[str, Jurisdiction], bodies: dict[str, Organization]
) -> dict[str, Person]:
    people: dict[str, Person] = {}
    for row in rows:
        home = row.get("home")
        person = Person.objects.create_user(
            row["username"],
            PASSWORD,
            full_name=row["full_name"],
            email=f"{row['username']}@qingshan.example",
            home_organization=bodies[home] if home else None,
            jurisdiction=areas[_COUNTY],
        )
        for seat in row["seats"]:
            role, place = seat.split("@")
            held_in = (
                {"organization": bodies[place]}
                if role in ORGANIZATION_ROLES
                else {"jurisdiction": areas[place]}
            )
            Seat.objects.create(person=person, role=role, **held_in)
        people[row["username"]] = person
    return people


def _adopt_samples(entry: dict[str, Any], county: Jurisdiction, people: dict[str, Person]) -> None:
    for category in entry["categories"]:
        sample = catalogue.sample(category)
        if sample is not None:
            adopt_sample(sample, county, actor=people[entry["person"]], reason=entry["reason"])


def _round(data: dict[str, Any], county: Jurisdiction) -> Round:
    places, methods = data.pop("places"), data.pop("methods")
    round_ = Round.objects.create(
        jurisdiction=county,
        status=Round.Status.OPEN,
        opens_at=_OPENS,
        closes_at=_CLOSES,
        **data,
    )
    for category, quota in places.items():
        standard = StandardVersion.objects.get(category=category, status="published")
        entry = RoundCategory.objects.create(
            round=round_, category=category, standard=standard, quota=quota
        )
        if category in methods:
            _method(entry, methods[category])
    return round_


def _define(terms: dict[str, list[str]], round_: Round, coordinator: Person) -> None:
    """What the county says of each term, and the document, if any; its round takes it over."""
    for term, (definition, *document) in terms.items():
        LocalTerm.objects.create(
            jurisdiction=round_.jurisdiction,
            term=term,
            definition=definition,
            source_document="".join(document),
        )
    definitions.take(round_, actor=coordinator, role=Role.COUNTY_COORDINATOR, at=_OPENS)


def _method(entry: RoundCategory, said: dict[str, Any]) -> None:
    entry.method, entry.method_document = said["method"], said["document"]
    entry.ties, entry.reserve = said["ties"], said["reserve"]
    entry.save()
    for position, figure in enumerate(said["figures"], 1):
        kind, direction = figure.split(":")
        entry.figures.create(position=position, kind=kind, direction=direction)
