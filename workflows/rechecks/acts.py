"""What people do in a re-check, through the one door."""

from typing import Unpack

from designation.organizations.models import Person

from .. import door
from .case import RecheckAct
from .flow import RecheckCourse
from .models import Recheck


def carry_out(
    name: str,
    recheck: Recheck,
    act: RecheckAct,
    *,
    actor: Person,
    seen: int | None = None,
    **how: Unpack[door.How],
) -> Recheck:
    """Do what ``PASSAGES`` calls ``name``; ``seen`` is the last that had happened by the page.

    Raises Refusal with every finding.
    """
    action = f"{RecheckCourse.KIND}.{name}"
    found: Recheck = door.perform(
        action, recheck.pk, actor=actor, expected_version=seen, act=act, **how
    )
    return found
