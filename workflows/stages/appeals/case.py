"""An appeal as seen by one person about to act on it, and what they bring."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from designation.evidence.content import Received
from designation.site import clock

from ... import door
from ...case.facts import Case
from .models import Appeal


@dataclass(frozen=True, slots=True)
class AppealAct:
    """What is said of an appeal: what was found, what the meeting decided, the written answer.

    ``papers`` are what the unit sent on paper, judged already.
    """

    facts: str = ""
    count: str = ""
    procedure: str = ""
    meeting_name: str = ""
    meeting_on: date | None = None
    meeting_attendance: str = ""
    meeting_result: str = ""
    document_number: str = ""
    answered_on: date | None = None
    answer: str = ""
    papers: tuple[Received, ...] = ()


class AppealCase:
    """What the gates ask; ``act`` is None where a page only shows what may be done."""

    def __init__(self, appeal: Appeal, *, asked: door.Asked, act: AppealAct | None = None) -> None:
        self.appeal, self.asked, self.act = appeal, asked, act
        self.now, self.today = clock.now(), clock.today()

    @cached_property
    def against(self) -> Case | None:
        """The case that was decided; None of a title."""
        application = self.appeal.application
        return Case(application, asked=self.asked) if application else None

    @cached_property
    def took_part(self) -> frozenset[int]:
        """The keys of those who did anything to the title appealed for, since it was given."""
        title = self.appeal.title
        if title is None:
            return frozenset()
        hands = title.steps.values_list("actor_id", "acted_for_id")
        return frozenset(key for pair in hands for key in pair if key is not None)
