"""Notices as they are read: on the wall by everybody, and with their record by who handles them."""

from typing import Any

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from designation.organizations.models import Person
from designation.rounds.rules import managed_rounds

from .models import Notice, NoticeEntry, NoticeStep
from .scoping import handled_notices
from .text import names_on


def on_the_wall() -> QuerySet[Notice]:
    """What was published, the newest first: everybody's to read."""
    return Notice.objects.exclude(status=Notice.Status.DRAFT).order_by("-published_at")


def with_what_held_it_up(rows: QuerySet[Notice]) -> QuerySet[Any]:
    """The notices with ``held_up``: more time and a restart, each as its step keeps it; read along.

    And with the notice whose place it takes, and the one that takes its own.
    """
    acts = (NoticeStep.Act.EXTENDED, NoticeStep.Act.RESTARTED)
    told = JSONObject(act="act", reason="reason", at="at", content="content")
    taken = NoticeStep.objects.filter(notice=OuterRef("pk"), act__in=acts).order_by()
    held_up = taken.values("notice").annotate(told=JSONBAgg(told, order_by="pk")).values("told")
    going_on = NoticeEntry.objects.filter(notice__restarts=OuterRef("pk"), dropped_at__isnull=True)
    return rows.select_related("restarts", "restarted_as").annotate(
        held_up=Subquery(held_up), is_awaited=Exists(going_on)
    )


def names_on_the_wall(notice_id: int) -> QuerySet[NoticeEntry]:
    """The names of one notice; none while it is not published."""
    rows = NoticeEntry.objects.filter(notice_id=notice_id)
    return rows.exclude(notice__status=Notice.Status.DRAFT).select_related(
        "notice", "application__organization", "application__round"
    )


def notices_to_mend(person: Person) -> QuerySet[Notice]:
    """Handled notices of the rounds that the person coordinates."""
    return handled_notices(person).filter(round__in=managed_rounds(person))


def listed(notice: Notice) -> list[NoticeEntry]:
    """The names of a draft that are still on it, or the list as it was published."""
    is_draft = notice.status == Notice.Status.DRAFT
    rows = notice.entries.filter(dropped_at__isnull=True) if is_draft else names_on(notice)
    return list(
        rows.select_related(
            "notice", "application__organization__jurisdiction", "application__round__jurisdiction"
        )
    )


def history(notice: Notice) -> list[tuple[NoticeStep, bool]]:
    """Every step ever taken, the newest first, and whether it was withdrawn since."""
    taken = list(notice.steps.select_related("actor", "acted_for"))
    notice.in_whose_places = {one.act: one.acted_for_id for one in taken}
    back = NoticeStep.Act.SENT_BACK
    last = max((n for n, one in enumerate(taken) if one.act == back), default=-1)
    return [(one, n < last and one.act != back) for n, one in enumerate(taken)][::-1]


def last_return(notice: Notice) -> NoticeStep | None:
    """The step by which it was last sent back, or came in another's place."""
    mended = (NoticeStep.Act.SENT_BACK, NoticeStep.Act.RESTARTED)
    steps = (step for step, _withdrawn in history(notice))
    return next((step for step in steps if step.act in mended), None)
