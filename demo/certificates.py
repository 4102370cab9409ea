"""How the demo county's certificates look, and the first of them."""

from collections.abc import Mapping
from typing import Any

from designation.certificates import designing, issuing
from designation.organizations.models import Jurisdiction, Person
from designation.register.models import Designation


def hand_out(data: Mapping[str, Any], county: Jurisdiction, people: Mapping[str, Person]) -> None:
    """By those whose it is: the coordinator designs, the deciding officer issues."""
    coordinator, officer = people[data["coordinator"]], people[data["officer"]]
    designing.save(county, data["design"], crest=None, seen=0, actor=coordinator)
    for name in data["issued"]:
        issuing.issue(Designation.objects.get(name_zh=name), actor=officer)
