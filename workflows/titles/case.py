"""A title as seen by one person about to act on it, and what they bring."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from designation.organizations.models import Organization
from designation.register import proposed, standing
from designation.register import queries as register
from designation.register.giving import is_called
from designation.register.models import Designation, DesignationDecision, TitleStep
from designation.register.standing import MARKS, OF_THE_HOLDER, Act, Standing, Status
from designation.site import clock

from .. import door


@dataclass(frozen=True, slots=True)
class TitleAct:
    """The document that says what becomes of the title, and what it says.

    ``decided_on`` is the day of the document, from which the act holds. ``correct_by`` is the last
    day of an order, ``until`` the title's own where it is renewed or set right. ``fault``
    is a ``Fault`` for which it is revoked.
    """

    document_number: str = ""
    deciding_body: str = ""
    decided_on: date | None = None
    reason: str = ""
    correct_by: date | None = None
    until: date | None = None
    fault: str = ""


class TitleCase:
    """What the gates ask; ``act`` is None where a page only shows what may be done."""

    def __init__(
        self, title: Designation, *, asked: door.Asked, act: TitleAct | None = None
    ) -> None:
        self.title, self.asked, self.act = title, asked, act
        self.now, self.today = clock.now(), clock.today()

    @property
    def area_code(self) -> str:
        return self.title.jurisdiction.code

    @cached_property
    def life(self) -> list[TitleStep]:
        return list(register.life(self.title))

    @cached_property
    def standing(self) -> Standing:
        """As of today: a title is entered on the day of its decision, or later."""
        found = standing.standing(self.title, self.life, self.today)
        assert found is not None  # noqa: S101 - the day of a decision is never ahead
        return found

    @cached_property
    def on_its_day(self) -> Standing | None:
        """As of the day of the document, today where none is brought; None before it was given."""
        dated = self.act.decided_on if self.act else None
        return standing.standing(self.title, self.life, min(dated or self.today, self.today))

    @cached_property
    def decision_named(self) -> DesignationDecision | None:
        """The document that is brought, where it is one that gave the title or renewed it."""
        act = self.act
        if act is None:
            return None
        given_by = (step.decision for step in self.life if step.decision)
        body, number = act.deciding_body.strip(), act.document_number.strip()
        return next((one for one in given_by if is_called(one, body, number)), None)

    @property
    def given_last_by(self) -> DesignationDecision:
        """The decision on which its last day rests, for all that is on record."""
        return [step.decision for step in self.life if step.decision][-1]

    @cached_property
    def revocation_is_proposed(self) -> bool:
        return proposed.is_proposed(self.title)

    @cached_property
    def order(self) -> TitleStep | None:
        """The order that nobody concluded, as it was given last; it outlives the title's term."""
        marks = [step for step in self.life if step.act in MARKS]
        ordered = bool(marks) and MARKS[Act(marks[-1].act)] == Status.ORDERED
        may_be_concluded = self.standing.status in (Status.ORDERED, Status.EXPIRED)
        return marks[-1] if ordered and may_be_concluded else None

    @property
    def stage(self) -> Status:
        """From where its course goes on: from an order until that is concluded."""
        return Status.ORDERED if self.order else self.standing.status

    @property
    def acted_on(self) -> TitleStep:
        """What was last done to it; a reorganization speaks of who holds it."""
        return [step for step in self.life if step.act not in OF_THE_HOLDER][-1]

    @cached_property
    def holder(self) -> Organization:
        return register.holder(self.title)

    def holder_on(self, day: date) -> Organization:
        """Who held it on ``day``: whom a revocation of that day bars (``queries.revocations``)."""
        held = [one.organization for one in self.life if one.effective_on <= day]
        return next((unit for unit in reversed(held) if unit), self.title.organization)

    def holder_at(self, step: TitleStep) -> Organization:
        """Who held it for all that was on record at the step: what it was addressed to.

        A merger that was recorded later speaks of no paper of before, whatever its day.
        """
        until = self.life[: self.life.index(step) + 1]
        held = [one.organization for one in until if one.organization and one.at <= step.at]
        return held[-1] if held else self.title.organization

    @property
    def is_overdue(self) -> bool:
        """Whether it stands under an order whose last day is past."""
        last = self.standing.correct_by
        return last is not None and last < self.today

    @property
    def was_prolonged(self) -> bool:
        """Whether the order that stands was given more time."""
        acts = [step.act for step in self.life]
        since = len(acts) - 1 - acts[::-1].index(Act.ORDERED) if Act.ORDERED in acts else 0
        return Act.PROLONGED in acts[since:]
