"""To which course a visit apart belongs, for its page: each that has visits made says so once.

An objection's stays with whoever hears it; an appeal is below this room, and a re-check above it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from designation.organizations.models import Person

from ..appeals.rules import readable
from .models import Visit


@dataclass(frozen=True, slots=True)
class Course:
    """Its page, where the person may read it."""

    label: Any
    address: str


Finder = Callable[[Visit, Person], Course | None]
_FINDERS: list[Finder] = []


def told_by(finder: Finder) -> None:
    _FINDERS.append(finder)


def course_of(visit: Visit, person: Person) -> Course | None:
    found = (finder(visit, person) for finder in _FINDERS)
    return next((one for one in found if one is not None), None)


def _of_an_appeal(visit: Visit, person: Person) -> Course | None:
    if visit.decision_id is None:
        return None
    appeal = readable(person).filter(decision=visit.decision_id).first()
    if appeal is None:
        return None
    return Course(gettext_lazy("查看复核申请"), reverse("appeals:appeal", args=[appeal.pk]))


told_by(_of_an_appeal)
