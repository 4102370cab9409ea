"""That a verifier has to step aside, said to others and to themselves."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.organizations.models import Person
from designation.site.refusal import Refusal

from ...case.facts import Case
from ...case.held import lock_for
from ...findings import GateFinding
from . import apart
from .models import Visit
from .rules import is_named, why_not


def recusal(name: str, reasons: Iterable[str]) -> GateFinding:
    """That a verifier has to step aside, and why."""
    return GateFinding(
        "verifier_must_recuse",
        _("核查组遵守回避规定"),
        _("%(name)s%(reasons)s，应当回避，请更换。")
        % {"name": name, "reasons": "、".join(reasons)},
    )


def recused(case: Case, person: Person) -> Refusal | None:
    """What is said to a member of the team who has to step aside; None to everybody else."""
    if not is_named(case, person):
        return None
    reasons = why_not(case, person)
    return Refusal([recusal(person.full_name, reasons)]) if reasons else None


def hold_for(
    application: Application, may: Callable[[Case, Person], bool], actor: Person
) -> Application:
    """As ``held.lock_for``, for work of the team: who has to step aside is told so."""
    return lock_for(application, may, actor, instead=recused)


def hold(visit: Visit, may: Callable[[Case, Person], bool], actor: Person) -> Case:
    """As ``hold_for``, of the application that carries the visit along, else of the visit itself.

    Returns the case as it now stands.
    """
    if visit.application is not None:
        return Case(hold_for(visit.application, may, actor), actor=actor)
    held = apart.lock(Visit.objects.all(), visit.pk)
    case = apart.Apart(held, actor=actor)
    if not may(case, actor):
        raise recused(case, actor) or apart.moved(held)
    return case
