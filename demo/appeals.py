"""An application of the demo that was not recommended, and the appeal of its unit, still open."""

from typing import Any

from designation.organizations.models import Organization, Person
from designation.rounds.models import Round
from workflows import transitions
from workflows.case.facts import Act
from workflows.stages.appeals import appeals
from workflows.stages.appeals.taking_in import Brought

from . import under_way


def appeal(
    data: dict[str, Any],
    round_: Round,
    bodies: dict[str, Organization],
    people: dict[str, Person],
) -> None:
    entry = data["under_way"]
    application = under_way.walk(entry, round_, bodies, people)
    act, reviewer = Act(opinion=data["refused"]), people[data["reviewer"]]
    transitions.perform("reject", application.pk, actor=reviewer, act=act)
    decision = application.decisions.get(transition="reject")
    appeals.lodge(decision, Brought(data["reason"]), actor=people[entry["head"]])
