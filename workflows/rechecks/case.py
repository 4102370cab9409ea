"""A re-check as seen by one person about to act in it, and what they bring."""

from dataclasses import dataclass
from functools import cached_property

from designation.organizations.models import Organization
from designation.register import queries as register
from designation.register import standing
from designation.register.standing import Standing
from designation.site import clock

from .. import door
from ..titles.case import TitleAct
from .models import Outcome, Recheck, RecheckStep


@dataclass(frozen=True, slots=True)
class RecheckAct:
    """What is said, what becomes of the title, and the document of the act upon it."""

    text: str = ""
    outcome: str = ""
    paper: TitleAct | None = None


class RecheckCase:
    """What the gates ask; ``act`` is None where a page only shows what may be done."""

    def __init__(
        self, recheck: Recheck, *, asked: door.Asked, act: RecheckAct | None = None
    ) -> None:
        self.recheck, self.asked, self.act = recheck, asked, act
        self.title = recheck.title
        self.now, self.today = clock.now(), clock.today()

    @property
    def area_code(self) -> str:
        return self.title.jurisdiction.code

    @cached_property
    def holder(self) -> Organization:
        return register.holder(self.title)

    @cached_property
    def of_the_title(self) -> Standing:
        found = standing.standing(self.title, register.life(self.title), self.today)
        assert found is not None  # noqa: S101 - what is re-checked was given
        return found

    @cached_property
    def course(self) -> list[RecheckStep]:
        return list(self.recheck.steps.select_related("actor", "acted_for"))

    @cached_property
    def team(self) -> frozenset[int]:
        """Whoever was on the visit, also for a while."""
        visit = self.recheck.visit
        return (
            frozenset(visit.members.values_list("person_id", flat=True)) if visit else frozenset()
        )

    @property
    def answer(self) -> RecheckStep | None:
        """The unit's last answer to what was found; None where it was silent, or has time."""
        return next((step for step in reversed(self.course) if step.act == "answer"), None)

    @property
    def was_proposed(self) -> bool:
        return any(step.outcome == Outcome.PROPOSED for step in self.course)
