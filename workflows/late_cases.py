"""Reminding of many at once (催办): the coordinator ticks late cases of a list, a result a row.

Each is reminded by itself, under the rules of ``reminding``: what is refused keeps no other back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.applications.models import Application, Stage
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.site import clock
from designation.site.refusal import Finding, Refusal

from . import reminding
from .case.scoping import visible_applications
from .case.vacancies import with_vacancies

# Our default: so many stand on the page, the longest late first; the others come when these are
# done, or reminded of.
MOST = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """One that was ticked, as seen at which version."""

    application_id: int
    version: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one: reminded, or why not."""

    application: Application
    findings: tuple[Finding, ...] = ()


def late(person: Person) -> QuerySet[Any]:
    """The late cases of the coordinator's area that wait for another seat, but those reminded of.

    Drafts are none of them: that one is late is its applicant's own affair.
    """
    rows = visible_applications(person).filter(
        seats(person).within("area_code", Role.COUNTY_COORDINATOR),
        clock.over("term__due_at"),
        stage__in=[stage for stage in Stage.values if reminding.waits_for_another(stage)],
    )
    rows = rows.exclude(pk__in=reminding.reminded_today().values("application"))
    listed = rows.select_related("organization", "round", "term", "holder_organization")
    return with_vacancies(listed).order_by("term__due_at", "pk")


def remind_each(asked: Iterable[Asked], text: str, *, actor: Person) -> list[Result]:
    """Remind of one after the other with the same words; what the person does not see is left.

    Raises Refusal where nothing was ticked, and without a text.
    """
    wanted = {one.application_id: one for one in asked}
    if not text.strip():
        told = _("请写明催办什么、请对方怎么做。")
        raise Refusal([Finding("no_text", "", told, field="text")])
    seen = visible_applications(actor).select_related("organization").in_bulk(list(wanted)[:MOST])
    if not seen:
        raise Refusal.because("nothing_ticked", _("请先勾选要催办的申报。"))
    return [_reminded(seen[pk], one, text, actor) for pk, one in wanted.items() if pk in seen]


def _reminded(application: Application, one: Asked, text: str, actor: Person) -> Result:
    try:
        reminding.remind(application, text, actor=actor, expected_version=one.version)
    except Refusal as refused:
        return Result(application, tuple(refused.findings))
    return Result(application)
