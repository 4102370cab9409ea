"""The demo county's register on the day it is opened: titles of earlier years, and their life."""

from collections.abc import Mapping
from typing import Any

from designation.organizations.models import Organization, Person
from designation.register import giving
from designation.register.models import Designation
from standards.categories import Category
from workflows.titles.acts import carry_out
from workflows.titles.case import TitleAct


def enter(
    data: Mapping[str, Any], bodies: Mapping[str, Organization], people: Mapping[str, Person]
) -> None:
    """Take them over from the old register, and let happen what did, each on its document."""
    titles = _given(data, bodies, people[data["decides"]])
    for entry in data["acts"]:
        act = TitleAct(
            document_number=entry["number"],
            deciding_body=entry["body"],
            decided_on=entry["decided_on"],
            reason=entry["reason"],
            correct_by=entry.get("correct_by"),
        )
        carry_out(entry["name"], titles[entry["title"]], act, actor=people[data[entry["who"]]])


def _given(
    data: Mapping[str, Any], bodies: Mapping[str, Organization], decider: Person
) -> dict[str, Designation]:
    """By the key of its holder, the title of each."""
    titles = {}
    for entry in data["decisions"]:
        decision = giving.record_decision(
            document_number=entry["number"],
            decided_on=entry["decided_on"],
            deciding_body=data["body"],
            area_code=bodies[entry["to"][0]].jurisdiction.code,
            actor=decider,
        )
        for key in entry["to"]:
            titles[key] = giving.give(
                bodies[key],
                category=Category(bodies[key].category),
                decision=decision,
                until=entry["until"],
                actor=decider,
                is_imported=True,
            )
    return titles
