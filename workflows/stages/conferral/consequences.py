"""What a designation writes beside the stage. Called by the door only, under its lock."""

from datetime import date

from designation.applications.models import Application
from designation.organizations import names
from designation.register.models import Designation

from ...case.facts import Case
from . import announcements


def enter_in_the_register(case: Case) -> None:
    application, round_ = case.application, case.application.round
    decision = round_.decisions.get(pk=case.act.decision_id or 0)
    decided = decision.decided_on
    title = Designation.objects.create(
        **names.borne_with_the_area(application.organization, decided),
        number=_register_number(application, decided),
        application=application,
        organization_id=application.organization_id,
        jurisdiction_id=application.organization.jurisdiction_id,
        category=application.category,
        decision=decision,
        designated_on=decided,
        valid_until=_years_after(decided, round_.valid_years),
    )
    if case.actor is not None:
        announcements.given(title, area_code=application.area_code, actor=case.actor)


def _register_number(application: Application, decided: date) -> str:
    """County code, year, category and the application's own number: unique without a counter."""
    county = application.round.jurisdiction.code[:6]
    return f"{county}-{decided.year}-{application.category}-{application.pk:05d}"


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
