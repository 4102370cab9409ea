"""What people do to titles, each on a document; through the one door."""

from typing import Unpack

from designation.organizations.models import Person
from designation.register.models import Designation

from .. import door
from .case import TitleAct
from .flow import TitleCourse


def carry_out(
    name: str,
    title: Designation,
    act: TitleAct,
    *,
    actor: Person,
    seen: int | None = None,
    **how: Unpack[door.How],
) -> Designation:
    """Do what ``PASSAGES`` calls ``name``, on the document that ``act`` says.

    ``seen`` is the last that had happened to the title by the page that was acted on. Raises
    Refusal with every finding.
    """
    action = f"{TitleCourse.KIND}.{name}"
    found: Designation = door.perform(
        action, title.pk, actor=actor, expected_version=seen, act=act, **how
    )
    return found
