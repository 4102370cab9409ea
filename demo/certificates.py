"""Titles that the demo county gave before, how its certificates look, and the first of them."""

from typing import Any

from designation.certificates import designing, issuing
from designation.organizations.models import Jurisdiction, Organization, Person
from designation.register import giving
from standards.categories import Category


def hand_out(
    data: dict[str, Any],
    county: Jurisdiction,
    bodies: dict[str, Organization],
    people: dict[str, Person],
) -> None:
    """By those whose it is: the coordinator designs, the deciding officer gives and issues."""
    officer, coordinator = people[data["officer"]], people[data["coordinator"]]
    designing.save(county, data["design"], crest=None, seen=0, actor=coordinator)
    decision = giving.record_decision(**data["decision"], actor=officer)
    for key in data["titles"]:
        title = giving.give(
            bodies[key],
            category=Category(bodies[key].category),
            decision=decision,
            until=data["until"],
            actor=officer,
            is_imported=True,
        )
        if key in data["issued"]:
            issuing.issue(title, actor=officer)
