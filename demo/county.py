"""The demo county, made from its data file through the same functions that the pages call."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from designation.adoptions.adopting import adopt_sample
from designation.applications import answers, evidence
from designation.applications.models import Application, Conclusion
from designation.organizations.models import Jurisdiction, Organization, Person, Seat
from designation.organizations.roles import ORGANIZATION_ROLES
from designation.rounds.models import LocalTerm, Round, RoundCategory
from designation.site import clock
from designation.site.clock import SHANGHAI
from standards import catalogue, examples
from standards.engine.evaluation import Check
from standards.models import StandardVersion
from workflows import transitions
from workflows.case.facts import Act
from workflows.stages.first_review.marks import mark_all

from .accounts import PASSWORD

_DATA = Path(__file__).parent / "data" / "county.yaml"
_COUNTY = "990121000000"
_OPENS = datetime(2026, 3, 2, 0, 0, tzinfo=SHANGHAI).astimezone(UTC)
_CLOSES = datetime(2026, 3, 31, 17, 30, tzinfo=SHANGHAI).astimezone(UTC)
_TERM_BEGAN_ON = date(2021, 3, 1)
_SAMPLE_FILE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]"
    b"/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


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
    for term, definition in data["local_terms"].items():
        LocalTerm.objects.create(jurisdiction=round_.jurisdiction, term=term, definition=definition)
    for entry in data["under_way"]:
        _under_way(entry, round_, bodies, people)
    return True


def _jurisdictions(rows: list[dict[str, str]]) -> dict[str, Jurisdiction]:
    areas: dict[str, Jurisdiction] = {}
    for row in rows:
        within = [a for a in areas.values() if row["code"].startswith(a.prefix)]
        areas[row["code"]] = Jurisdiction.objects.create(
            parent=within[-1] if within else None, **row
        )
    return areas


def _organizations(
    rows: list[dict[str, str]], areas: dict[str, Jurisdiction]
) -> dict[str, Organization]:
    bodies: dict[str, Organization] = {}
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
    places = data.pop("places")
    round_ = Round.objects.create(
        jurisdiction=county,
        status=Round.Status.OPEN,
        opens_at=_OPENS,
        closes_at=_CLOSES,
        **data,
    )
    for category, quota in places.items():
        standard = StandardVersion.objects.get(category=category, status="published")
        RoundCategory.objects.create(
            round=round_, category=category, standard=standard, quota=quota
        )
    return round_


def _under_way(
    entry: dict[str, str],
    round_: Round,
    bodies: dict[str, Organization],
    people: dict[str, Person],
) -> None:
    preparer = people[entry["preparer"]]
    application = transitions.start(round_, bodies[entry["organization"]], actor=preparer)
    if entry["stage"] == "draft":
        return
    _fill(application, preparer)
    head = people[entry["head"]]
    confirmed = Act(truth_confirmed=True)
    transitions.perform("confirm", application.pk, actor=head, act=confirmed)
    submitted = transitions.perform("submit", application.pk, actor=head)
    if entry["stage"] == "recommended":
        reviewer = people[entry["reviewer"]]
        items = application.standard.items.all()
        mark_all(submitted, dict.fromkeys(items, (Conclusion.MET, "")), actor=reviewer)
        opinion = Act(opinion="经审核，自评属实，材料齐全，同意推荐。")
        transitions.perform("recommend", application.pk, actor=reviewer, act=opinion)


def _fill(application: Application, preparer: Person) -> None:
    rules = catalogue.published(application.standard_id)
    items = list(application.standard.items.all())
    for item in items:
        answers.save_item(
            application,
            item,
            values={c.code: _sample_value(c) for c in rules.item(item.code).checks},
            conclusion=Conclusion.MET,
            note="",
            actor=preparer,
        )
    evidence.attach(
        application,
        SimpleUploadedFile("会议记录.pdf", _SAMPLE_FILE),
        title="自评会议记录",
        items=items[:3],
        actor=preparer,
    )
    application.summary = "本组织对照标准逐条自评，各项工作有部署、有落实、有记录。（演示内容）"
    application.approving_meeting_on = clock.today()
    application.term_began_on = _TERM_BEGAN_ON
    application.save(update_fields=["summary", "approving_meeting_on", "term_began_on"])


def _sample_value(check: Check) -> Any:
    """A value that meets the check."""
    value = examples.just_passing(check, judged=False)
    return "已按要求落实，有记录可查。（演示内容）" if isinstance(value, str) else value
