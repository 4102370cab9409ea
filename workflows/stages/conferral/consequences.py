"""What a designation writes beside the stage. Called by the door only, under its lock."""

from typing import cast

from designation.organizations.models import Person
from designation.register import giving
from designation.site.years import years_after

from ...case.facts import Case
from . import announcements


def enter_in_the_register(case: Case) -> None:
    application, round_ = case.application, case.application.round
    decision = round_.decisions.get(pk=case.act.decision_id or 0)
    # The rule of this passage lets people in only.
    actor = cast("Person", case.actor)
    title = giving.give_for(
        application,
        decision=decision,
        until=years_after(decision.decided_on, round_.valid_years),
        actor=actor,
    )
    announcements.given(title, area_code=application.area_code, actor=actor)
