"""What a notice that is held up writes: more time, or another notice in its place.

Called by the door only, under its lock, as ``step_writing``. What was published stays as it was
read: the notice that is broken off keeps its text and its names, and says which one followed.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from designation.applications.models import NOTICED_STAGES, Stage
from designation.calendar import terms
from designation.calendar.working_days import CalendarUnknown
from designation.organizations.rules import Where
from standards.language import of_the_record

from ... import door
from ...case.facts import Act as CaseAct
from .case import NoticeCase
from .contents import PRINTED_FIELDS
from .counting import LENGTHENED, lengthen
from .models import Cause, Notice, NoticeEntry, NoticeStep
from .steps import ROLES, Act, refusal
from .text import notice_sha256

_TITLE = Notice._meta.get_field("title").max_length  # noqa: SLF001 - Django's way to ask a field


def extended(case: NoticeCase) -> Mapping[str, Any]:
    """Its last day moves by the calendar, and with it the terms of all names that are on it."""
    notice, reason, before = case.notice, case.act.reason.strip(), case.notice.last_day
    if before is None or case.actor is None:
        raise TypeError("Only a person gives more time, and only to what is published.")
    try:
        lengthen(notice, before, case.act.days)
    except CalendarUnknown as unknown:
        raise refusal(str(unknown)) from unknown
    # Sealed anew: the gate has found that it said what was published.
    notice.text_sha256 = notice_sha256(notice)
    notice.save(update_fields=[*LENGTHENED, "text_sha256"])
    for term in terms.open_terms(notice):
        terms.extend(
            term,
            actor=case.actor,
            role=ROLES[Act.EXTENDED],
            reason=reason,
            at=case.now,
            until=notice.ends_at,
        )
    _carry(case, "application.extend_notice", case.names, Stage.ON_NOTICE)
    days = {"before": before.isoformat(), "after": str(notice.last_day)}
    return {"reason": reason, "content": days}


def restarted(case: NoticeCase) -> Mapping[str, Any]:
    """It is over; a draft with the same text and names waits to be mended and proposed.

    The names move to it, and what was raised against them stays theirs. Four steps are taken with
    it as with any notice, and its period runs anew.
    """
    notice, reason = case.notice, case.act.reason.strip()
    notice.status = Notice.Status.STOPPED
    notice.save(update_fields=["status"])
    for term in terms.open_terms(notice):
        terms.end(term, at=case.now, as_=terms.Ending.OVERTAKEN)
    content = {"cause": case.act.cause}
    draft = _draft_instead_of(case)
    NoticeStep.objects.create(
        notice=draft,
        act=Act.RESTARTED,
        role=ROLES[Act.RESTARTED],
        at=case.now,
        reason=reason,
        content=content,
        **_by_whom(case),
    )
    return {"reason": reason, "content": content}


def _by_whom(case: NoticeCase) -> dict[str, Any]:
    """The form that was sent stands with the step of the notice that it was about."""
    where: Where = {"code": case.notice.round.jurisdiction.code}
    asked = case.asked.by_seat(ROLES[Act.RESTARTED], where)
    return asked.on_record | {"request_key": ""}


def _draft_instead_of(case: NoticeCase) -> Notice:
    """As one that was sent back: the coordinator mends it, or proposes it as it is."""
    notice = case.notice
    printed = {name: getattr(notice, name) for name in PRINTED_FIELDS}
    draft = Notice.objects.create(
        round=notice.round,
        restarts=notice,
        people_asked=notice.round.notice_people,
        sent_back_at=case.now,
        **printed | {"title": _title(notice.title, case.act.cause)},
    )
    moving = [one for one in case.names if one.application.stage in NOTICED_STAGES]
    notice.entries.filter(pk__in=[one.pk for one in moving]).update(dropped_at=case.now)
    NoticeEntry.objects.bulk_create(
        NoticeEntry(notice=draft, application_id=one.application_id) for one in moving
    )
    _carry(case, "application.stop_notice", moving, *NOTICED_STAGES)
    return draft


def _carry(case: NoticeCase, passage: str, entries: Iterable[NoticeEntry], *stages: str) -> None:
    """What it means for the applications on it that stand there, each told with the reason."""
    listed = [one.application_id for one in entries if one.application.stage in stages]
    if listed:
        door.follow(passage, listed, asked=case.asked, act=CaseAct(opinion=case.act.reason.strip()))


@of_the_record()
def _title(title: str, cause: str) -> str:
    """As people know such notices: 更正公示 where a name was wrong, else 重新公示."""
    bare = title
    marks = [_("（更正公示）"), _("（重新公示）")]
    for mark in marks:
        bare = bare.removesuffix(mark)
    mark = marks[0] if cause == Cause.CORRECTION else marks[1]
    return bare[: (_TITLE or len(bare)) - len(mark)] + mark
