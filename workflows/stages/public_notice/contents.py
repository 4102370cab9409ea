"""What a notice says and whom it may list, for printing and for comparing what was seen."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from designation.applications.models import NOTICED_STAGES, Application
from designation.rounds.models import Round

from ... import door
from .models import Notice, NoticeEntry

PRINTED_FIELDS = (
    "title",
    "basis",
    "procedure",
    "meeting_name",
    "meeting_on",
    "meeting_attendance",
    "meeting_result",
    "contact_unit",
    "contact_phone",
    "contact_email",
    "contact_address",
)


def publishing_passage(application: Application) -> str:
    """By which passage a name goes on notice: for the first time, or on another notice."""
    anew = application.stage in NOTICED_STAGES
    return "application.publish_anew" if anew else "application.publish"


def publishing_passages(entries: Iterable[NoticeEntry]) -> dict[str, list[int]]:
    """The keys of the applications, by the passage by which they go on notice."""
    listed: dict[str, list[int]] = {}
    for entry in entries:
        listed.setdefault(publishing_passage(entry.application), []).append(entry.application_id)
    return listed


def eligible(round_: Round) -> QuerySet[Application]:
    """Applications of the round that a notice may list and that stand on none yet."""
    standing = NoticeEntry.objects.filter(application=OuterRef("pk"), dropped_at__isnull=True)
    awaited = door.sources("application.publish")
    return (
        Application.objects.filter(~Exists(standing), round=round_, stage__in=awaited)
        .select_related("organization__jurisdiction")
        .order_by("category", "area_code", "pk")
    )


def state(notice: Notice) -> list[Any]:
    """All that a step confirms, for comparing what was seen. Two statements.

    Each change of the text is a step; a name may leave the list, or change, without one; and the
    register is closed over the objections that it holds.
    """
    steps_taken = notice.steps.order_by("-pk").values_list("pk", flat=True)
    names = notice.entries.filter(dropped_at__isnull=True).order_by("pk")
    named = names.values_list("pk", "application__organization__name_zh")
    raised = notice.entries.filter(objections__isnull=False).order_by("objections__pk")
    register = raised.values_list("objections__pk", "objections__status")
    rows = named if notice.status == Notice.Status.DRAFT else register
    return [steps_taken.first(), [list(row) for row in rows]]


def to_be_listed(round_: Round) -> list[list[Any]]:
    """Whom the page of a new notice offers, for comparing what was seen. One statement."""
    rows = eligible(round_).values_list("pk", "organization__name_zh")
    return [list(row) for row in rows]


def to_mend(notice: Notice) -> list[Any]:
    """What the page shows on which a notice is mended, for comparing what was seen."""
    return [state(notice), to_be_listed(notice.round)]
