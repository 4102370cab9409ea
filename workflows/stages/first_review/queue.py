"""The queue of a reviewer: what waits for their decision, first what presses, with the reason said.

The order is our default: what is late, due today or tomorrow, came back corrected, was sent back by
the county, was begun, is new; within each what is due first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from designation.applications.models import Application, Stage
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.site import clock
from standards import catalogue

from ...case import interests
from ...case.interests import Tie
from ...case.records import Decision
from .models import Claim, ItemMark

# Of what waits beyond, the list of applications tells.
MOST = 50


def to_review(person: Person) -> QuerySet[Any]:
    """What the person may decide on now: first reviews of their body, the papers of their area.

    What they applied for or prepared themselves is not theirs; nor is what a visit is planned for.
    """
    mine = seats(person)
    bodies = mine.organizations(Role.FIRST_REVIEWER)
    first = Q(stage=Stage.SUBMITTED, reviewing_body_id__in=bodies)
    papers = mine.within("area_code", Role.COUNTY_COORDINATOR) & Q(stage=Stage.RECOMMENDED)
    visited = Application.objects.filter(visits__isnull=False, visits__closed_at__isnull=True)
    rows = Application.objects.filter(first | papers)
    elsewhere = Q(pk__in=visited.values("pk")) | interests.tied_by(person, [Tie.VERIFIED])
    own = interests.belongs_to(person) | interests.tied_by(person, [Tie.PREPARED])
    return rows.exclude(Q(stage=Stage.RECOMMENDED) & elsewhere).exclude(own)


def ranked(person: Person) -> QuerySet[Any]:
    """``to_review`` in the order of the queue, with what its reasons rest on."""
    now = clock.now()
    midnight = datetime.combine(clock.today() + timedelta(days=1), time(), clock.SHANGHAI)
    came = Decision.objects.filter(application=OuterRef("pk"), at__gte=OuterRef("stage_since"))
    in_force = ItemMark.objects.filter(application=OuterRef("pk"), voided_at__isnull=True)
    counted = in_force.order_by().values("application").annotate(count=Count("pk"))
    claimed = Claim.objects.filter(application=OuterRef("pk"), until__gt=now)
    rows = to_review(person).annotate(
        is_answered=Exists(came.filter(transition="resubmit")),
        is_sent_back=Exists(came.filter(transition="return_to_review")),
        marked=Coalesce(Subquery(counted.values("count")), 0),
        claimed_by=Subquery(claimed.values("person")),
    )
    order = (
        clock.over("term__due_at"),
        Q(term__due_at__lte=midnight),
        Q(term__due_at__lte=midnight + timedelta(days=1)),
        Q(is_answered=True),
        Q(is_sent_back=True),
        Q(marked__gt=0),
    )
    rank = Case(
        *(When(holds, then=Value(place)) for place, holds in enumerate(order)),
        default=Value(len(order)),
        output_field=IntegerField(),
    )
    columns = ("organization", "round", "term", "submission", "claim__person")
    rows = rows.annotate(rank=rank).select_related(*columns).defer("submission__content")
    return rows.order_by("rank", F("term__due_at").asc(nulls_last=True), "pk")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One that waits: why it stands where it stands, how far it is, and who is at it."""

    application: Application
    reasons: tuple[str, ...]
    marked: int
    total: int
    claim: Claim | None

    @property
    def is_marked_whole(self) -> bool:
        return self.marked == self.total


def waiting(person: Person, most: int = MOST) -> list[Waiting]:
    """The first of what waits; one statement."""
    return [_waiting(row) for row in ranked(person)[:most]]


def _waiting(row: Any) -> Waiting:
    claim = row.claim if row.claimed_by is not None else None
    return Waiting(
        application=row,
        reasons=tuple(_reasons(row)),
        marked=row.marked,
        total=len(catalogue.item_codes(row.standard_id)),
        claim=claim,
    )


def _reasons(row: Any) -> Iterable[str]:
    """Every reason that holds, the first being that of its place."""
    urgent = (_("逾期"), _("今天到期"), _("明天到期"))
    if row.rank < len(urgent):
        yield urgent[row.rank]
    if row.is_answered:
        yield _("补正已回")
    if row.is_sent_back:
        yield _("县级退回重审")
    if row.marked and not (row.is_answered or row.is_sent_back):
        yield _("已开始审核")
    if not (row.rank < len(urgent) or row.is_answered or row.is_sent_back or row.marked):
        yield _("新提交")


def next_after(person: Person, application: Application) -> int | None:
    """The key of what comes after ``application`` in the queue; behind the last the first.

    What a colleague has claimed is passed over. None when nothing else waits. One statement, asked
    before a decision takes ``application`` out of the queue.
    """
    rows = ranked(person).values_list("pk", "claimed_by")[: MOST + 1]
    keys = [pk for pk, by in rows if by in (None, person.pk) or pk == application.pk]
    place = keys.index(application.pk) + 1 if application.pk in keys else 0
    in_turn = [pk for pk in (*keys[place:], *keys[:place]) if pk != application.pk]
    return in_turn[0] if in_turn else None
