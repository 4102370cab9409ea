"""What happened in the demo county's office: who left, who stands in, what is due, what was taken.

So that a newcomer finds each of these pages with something on it; all by the acts of the pages,
but for messages of years ago, which no act can make today.
"""

from datetime import datetime, time, timedelta
from typing import Any

from designation.administration import deputies, leaving, reorganizing
from designation.administration.succession import Succession
from designation.organizations.lineage import Kind
from designation.organizations.models import Jurisdiction, Organization, Person, Role
from designation.organizations.succession import Document, Proposal
from designation.retention import classes, looking
from designation.rounds.models import Round
from designation.site import clock
from designation.site.clock import SHANGHAI
from notifications import email_wordings, round_messages, webhook_settings
from notifications.models import Event, Message
from reports.archive import asking
from workflows import transitions
from workflows.case.facts import Act

from . import under_way


def happen(
    data: dict[str, Any],
    round_: Round,
    bodies: dict[str, Organization],
    people: dict[str, Person],
) -> None:
    """All of it, in the order in which it did."""
    walked = {
        entry["organization"]: under_way.walk(entry, round_, bodies, people)
        for entry in data["under_way"]
    }
    said = data["withdrawn"]
    ended = walked[said["organization"]]
    act = Act(opinion=said["opinion"])
    transitions.perform("withdraw", ended.pk, actor=people[said["head"]], act=act)
    asking.of_case(ended, actor=people[data["coordinator"]])
    _merge(data["merged"], bodies, people)
    _leave(data["leaves"], people)
    _stand_in(data["deputy"], people)
    _set_gateway(data["gateway"], round_.jurisdiction, people)
    _word(data["email"], round_, people[data["coordinator"]])
    _fall_due(data["told_long_ago"], round_.jurisdiction, people)


def _merge(
    entry: dict[str, Any], bodies: dict[str, Organization], people: dict[str, Person]
) -> None:
    before = tuple(bodies[key] for key in entry["before"])
    made = Organization(
        name_zh=entry["name_zh"],
        name_en=entry["name_en"],
        category=before[0].category,
        jurisdiction=before[0].jurisdiction,
        superior=before[0].superior,
    )
    document = Document(entry["number"], entry["body"])
    proposal = Proposal(Kind.MERGED, clock.today(), before, (made,), document)
    actor = people[entry["actor"]]
    shown = reorganizing.outlook(proposal, actor).digest
    reorganizing.reorganize(proposal, chosen={}, seen=shown, actor=actor)


def _leave(entry: dict[str, Any], people: dict[str, Person]) -> None:
    leaver, successor = people[entry["person"]], people[entry["successor"]]
    actor = people[entry["actor"]]
    plan = Succession.of_nobody(leaver, actor=actor)
    leaving.leave(leaver, dict.fromkeys([one.key for one in plan.lines], successor), actor=actor)


def _stand_in(entry: dict[str, Any], people: dict[str, Person]) -> None:
    officer, colleague = people[entry["of"]], people[entry["colleague"]]
    deputies.name_deputy(
        officer.seats.get(role=Role.DECIDING_OFFICER),
        colleague.seats.get(role=Role.STANDARDS_MANAGER),
        starts_on=clock.today(),
        ends_on=clock.today() + timedelta(days=entry["days"]),
        actor=officer,
    )


def _set_gateway(entry: dict[str, Any], county: Jurisdiction, people: dict[str, Person]) -> None:
    actor = people[entry["actor"]]
    values = {"address": entry["address"], "kinds": entry["kinds"]}
    webhook = webhook_settings.keep(county, values, actor=actor)
    webhook_settings.make_key(webhook, seen=[], actor=actor)


def _word(entry: dict[str, str], round_: Round, coordinator: Person) -> None:
    message = round_messages.called(entry.pop("message"))
    if message is not None:
        email_wordings.keep(round_, message, entry, actor=coordinator)


def _fall_due(entry: dict[str, Any], county: Jurisdiction, people: dict[str, Person]) -> None:
    """One message of years ago, then the look of today."""
    at = datetime.combine(entry["at"], time(9), SHANGHAI)
    event = Event.objects.create(
        action="round.extend",
        subject_type="rounds.round",
        subject_id="0",
        subject_label=entry["label"],
        page=["rounds:list", []],
        jurisdiction_code=county.code,
        actor_role=Role.COUNTY_COORDINATOR,
        said={},
        at=at,
        delivered_at=at,
    )
    Message.objects.create(
        person=people[entry["person"]],
        event=event,
        leads_to={"type": event.subject_type, "id": "0", "page": event.page},
        subject=entry["label"],
        body=entry["label"],
        created_at=at,
        read_at=at,
    )
    looking.announce(classes.MESSAGES)
