"""A notice as it is put up on the wall, and what corrects it: without red head."""

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse

from designation.calendar.working_days import calendar
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.papers.composed import period_said
from designation.papers.dates import in_words
from designation.papers.fields import Corrected, Listed, NoticeCorrection
from designation.papers.fields import Notice as Paper
from designation.papers.slots import Slot
from designation.site import clock
from standards.language import of_the_record

from .models import Cause, Notice, NoticeEntry, NoticeStep
from .queries import listed
from .scoping import handled_notices


@of_the_record()
def paper(notice: Notice) -> Paper:
    """As it was published; before that as it would be now, and marked as a draft."""
    names = tuple(
        Listed(
            place=str(place),
            name=entry.printed_name or entry.application.organization.name_zh,
            area=entry.printed_area or entry.application.organization.jurisdiction.name_zh,
            category=entry.application.get_category_display(),
        )
        for place, entry in enumerate(listed(notice), start=1)
    )
    return Paper(
        issuing_body=notice.contact_unit,
        dated=_day(notice.published_at or clock.now()),
        is_draft=notice.status == Notice.Status.DRAFT,
        number=notice.number,
        title=notice.title,
        basis=notice.basis,
        procedure=notice.procedure,
        meeting=f"{in_words(notice.meeting_on)}{notice.meeting_name}研究",
        **_period(notice),
        contact_unit=notice.contact_unit,
        contact_phone=notice.contact_phone,
        contact_email=notice.contact_email,
        contact_address=notice.contact_address,
        names=names,
    )


def _period(notice: Notice) -> dict[str, str]:
    """As it is now; of one that was extended also as it was published, and what came to it."""
    steps = [] if notice.status == Notice.Status.DRAFT else _extensions(notice)
    return _days(notice) | {
        "at_first": period_said(*_days(_before(notice, steps[0])).values()) if steps else "",
        "longer": "，".join(
            f"于{_day(one.at)}延长至{in_words(date.fromisoformat(one.content['after']))}"
            for one in steps
        ),
    }


def _extensions(notice: Notice) -> list[NoticeStep]:
    return list(notice.steps.filter(act=NoticeStep.Act.EXTENDED).order_by("pk"))


def _days(notice: Notice) -> dict[str, str]:
    return {
        "first_day": in_words(notice.first_day),
        "last_day": in_words(notice.last_day),
        "working_days": str(notice.working_days or ""),
        "calendar_days": str(notice.calendar_days or ""),
    }


def _before(notice: Notice, extended: NoticeStep) -> Notice:
    """The notice as it was read before it was extended first."""
    then, last = copy(notice), date.fromisoformat(extended.content["before"])
    then.last_day = last
    if notice.last_day is not None:
        more = calendar().between(last, notice.last_day)
        then.working_days = (notice.working_days or 0) - more
    return then


def corrects(notice: Notice) -> bool:
    """Whether it was published in the place of one that was wrong. One statement where it may."""
    return notice.published_at is not None and _correcting(notice) is not None


def _correcting(notice: Notice) -> NoticeStep | None:
    """The step that broke off the one before because it was wrong.

    Where that one had come by a restart itself, the later of its two.
    """
    if notice.restarts_id is None:
        return None
    broken_off = NoticeStep.objects.filter(
        notice=notice.restarts_id, act=NoticeStep.Act.RESTARTED
    ).latest("pk")
    return broken_off if broken_off.content.get("cause") == Cause.CORRECTION else None


def correction(notice: Notice) -> NoticeCorrection | None:
    """What it corrects, as it was published; None for a draft and for one that corrects none."""
    return correcting(notice, listed(notice)) if corrects(notice) else None


@of_the_record()
def correcting(notice: Notice, entries: Sequence[NoticeEntry]) -> NoticeCorrection | None:
    """What it corrects, beside the notice that takes the place; None for one that corrects none.

    One statement. A draft comes as it would be published, and says that it is one.
    """
    former, restart = notice.restarts, _correcting(notice)
    if former is None or restart is None:
        return None
    return NoticeCorrection(
        issuing_body=notice.contact_unit,
        dated=_day(notice.published_at),
        is_draft=notice.status == Notice.Status.DRAFT,
        former_title=former.title,
        former_number=former.number,
        former_published_on=_day(former.published_at),
        stopped_on=_day(restart.at),
        reason=restart.reason,
        number=notice.number,
        title=notice.title,
        **_period(notice),
        contact_unit=notice.contact_unit,
        contact_phone=notice.contact_phone,
        corrections=_corrected(entries),
    )


def _day(at: datetime | None) -> str:
    return in_words(at.astimezone(clock.SHANGHAI).date() if at else None)


def _corrected(entries: Sequence[NoticeEntry]) -> tuple[Corrected, ...]:
    """The names that were printed wrong; where it was something else, that it was."""
    named = [(one.corrected_from, one.name) for one in entries if one.corrected_from]
    told = named or [("名单以外的内容", "以重新发布的公示为准")]
    return tuple(
        Corrected(place=str(place), before=before, after=after)
        for place, (before, after) in enumerate(told, start=1)
    )


def _published(person: Person) -> QuerySet[Notice]:
    rows = handled_notices(person).filter(published_at__isnull=False)
    return rows.select_related("round__jurisdiction", "restarts")


def _issuing_role(notice: Notice, person: Person) -> Role | None:
    return seats(person).role_over(notice.round.jurisdiction.code, Role.NOTICE_PUBLISHER)


SLOT = Slot(
    read_by=lambda person: (
        handled_notices(person)
        .filter(published_at__isnull=False)
        .select_related("round__jurisdiction")
    ),
    role=_issuing_role,
    area=lambda notice: notice.round.jurisdiction,
    paper=paper,
    address=lambda notice: reverse("notices:manage", args=[notice.pk]),
)
CORRECTIONS = replace(SLOT, paper=correction)
