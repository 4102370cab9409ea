"""What of a case may be appealed against, and what was."""

from datetime import datetime
from functools import cached_property

from designation.site import clock

from ...case.facts import Facts
from ...case.records import Decision
from .against import against, until
from .models import Appeal
from .rules import may_enter, may_give_the_units_word


class Appealed(Facts):
    """Without a statement where nothing was ever decided that may be appealed against."""

    @cached_property
    def decision(self) -> Decision | None:
        """The one that ended the case and may be appealed against; None where none did."""
        moves = [one for one in self.case.decisions if one.from_stage != one.to_stage]
        last = moves[-1] if moves else None
        stands = last is not None and last.to_stage == self.case.application.stage
        return last if stands and last is not None and against(last) else None

    @cached_property
    def appeals(self) -> list[Appeal]:
        """All that were made in the case, the first first."""
        decided = [one.pk for one in self.case.decisions if against(one)]
        rows = Appeal.objects.filter(decision__in=decided).select_related("term", "organization")
        return list(rows.order_by("pk")) if decided else []

    @cached_property
    def until(self) -> datetime | None:
        """Until when what ended the case may be appealed against; None where nobody can count."""
        return until(self.decision) if self.decision else None

    @property
    def is_open_to_appeal(self) -> bool:
        if self.decision is None or self.present is not None:
            return False
        return self.until is None or not clock.is_over(self.until, self.case.now)

    @property
    def may_be_made(self) -> bool:
        """Whether it is the reader who may appeal now."""
        unit, person = self.case.application.organization, self.case.actor
        return (
            person is not None and self.is_open_to_appeal and may_give_the_units_word(unit, person)
        )

    @property
    def may_be_entered(self) -> bool:
        """Whether the reader may type one that came on paper, in time or not: its day counts."""
        if self.decision is None or self.present is not None or self.case.actor is None:
            return False
        application = self.case.application
        area = application.round.jurisdiction
        return may_enter(application.organization, area, self.case.actor)

    @cached_property
    def present(self) -> Appeal | None:
        """The one against what ended the case."""
        wanted = self.decision.pk if self.decision else None
        return next((one for one in self.appeals if one.decision_id == wanted), None)
