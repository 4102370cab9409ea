"""What the desk of notices lists: for each role what is theirs, over the area of their seat."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from designation.organizations.models import Person
from designation.rounds.models import Round
from designation.rounds.rules import managed_rounds

from .. import door
from ..stages.objections import objections
from ..stages.objections.models import Objection
from ..stages.public_notice.models import Notice
from ..stages.public_notice.queries import with_what_held_it_up
from ..stages.public_notice.scoping import handled_notices
from ..stages.public_notice.vacancies import with_notice_vacancies

# What waits for an act comes first.
_UNFINISHED = (Objection.Status.RECEIVED, Objection.Status.ACCEPTED)


def with_people(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    """The notices with everybody who took a step that stands."""
    return rows.select_related(
        "round__jurisdiction",
        "proposed_by",
        "secrecy_reviewed_by",
        "approved_by",
        "published_by",
        "register_closed_by",
    )


def for_its_page(person: Person) -> QuerySet[Any]:
    """The notices that the person handles, each with everything that its page shows of it."""
    rows = with_what_held_it_up(with_people(handled_notices(person)))
    return with_notice_vacancies(rows)


def notices(person: Person) -> QuerySet[Any]:
    """Every notice that the person handles, the newest first, with the number of its names."""
    in_force = Q(entries__dropped_at__isnull=True)
    handled = with_people(handled_notices(person)).order_by("-pk")
    return with_notice_vacancies(handled.annotate(names=Count("entries", filter=in_force)))


def rounds_to_notice(person: Person) -> QuerySet[Any]:
    """The rounds that the person coordinates, with the number of applications to be listed.

    A round that takes no more applications still brings those under way to their end.
    """
    awaited = door.sources("application.publish")
    chosen = Count("applications", filter=Q(applications__stage__in=awaited))
    return (
        managed_rounds(person)
        .annotate(chosen=chosen)
        .filter(Q(status=Round.Status.OPEN) | Q(chosen__gt=0))
    )


def received(person: Person) -> QuerySet[Any]:
    """The objections that are the person's to read, those that wait for an act first."""
    return (
        objections.in_scope(person)
        .select_related("entry__application__organization")
        .annotate(unfinished=Q(status__in=_UNFINISHED))
        .order_by("-unfinished", "-pk")
    )


def raised_against(notice: Notice, person: Person) -> QuerySet[Objection]:
    """Those to the names of one notice."""
    return (
        objections.in_scope(person)
        .filter(entry__notice=notice)
        .select_related("entry__application__organization")
    )
