"""A visit as the subject of messages: its page, and who is kept from hearing of it."""

from collections.abc import Collection
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from designation.announcements.subjects import Asked, SubjectKind
from designation.organizations.models import Person, Role

from ...case.interests import KEEP_FROM_OBJECTIONS, Tie, ties_of
from ...case.scoping import visible_applications
from . import apart
from .models import Visit

# What nobody may be to a case who is told of a visit beside its course, by the role in which they
# would be: the same that keeps them from reading it. Who is on the team was asked when named.
_KEPT: dict[str, frozenset[Tie]] = {
    Role.OBJECTION_OFFICER: frozenset({Tie.APPLIES, *KEEP_FROM_OBJECTIONS}),
    Role.COUNTY_COORDINATOR: frozenset({Tie.APPLIES, *apart.KEEP_FROM_READING}),
}


def _page(visit: Visit) -> tuple[str, list[int]]:
    if visit.application_id is None:
        return "visits:verify", [visit.pk]
    return "applications:verify", [visit.application_id]


def _may_see(person: Person, visit: str) -> bool:
    along = visible_applications(person).filter(visits__pk=visit)
    return along.exists() or apart.in_scope(person).filter(pk=visit).exists()


def _admitted(asked: Collection[Asked]) -> Collection[Asked]:
    """Two statements, whatever the number of visits and people."""
    about = Visit.objects.filter(
        pk__in={int(one.subject_id) for one in asked}, application__isnull=True
    )
    cases = {
        str(pk): (application, organization)
        for pk, application, organization in about.values_list(
            "pk",
            Coalesce("objection__entry__application", "decision__application"),
            Coalesce(
                "objection__entry__application__organization",
                "decision__application__organization",
                F("title__organization"),
            ),
        )
    }
    ties = ties_of({application for application, _organization in cases.values() if application})
    return [
        one
        for one in asked
        if one.subject_id not in cases or _may_be_told(one, *cases[one.subject_id], ties)
    ]


def _may_be_told(one: Asked, application: int | None, organization: int, ties: Any) -> bool:
    kept = _KEPT.get(one.role)
    if kept is None:
        return True
    found = ties[application].get(one.person.pk, frozenset()) if application else frozenset()
    return one.person.home_organization_id != organization and found.isdisjoint(kept)


VISIT = SubjectKind(opens=_("查看核查安排"), page=_page, may_see=_may_see, admits=_admitted)
