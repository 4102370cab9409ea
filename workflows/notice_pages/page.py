"""What the page of a notice shows: its content, its steps, and what keeps each of them shut."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from designation.calendar.working_days import calendar
from designation.organizations import names
from designation.organizations.models import Person
from designation.site import clock, seen_whole

from ..door import Gate
from ..findings import GateFinding
from ..stages.objections.queries import hearing, received_by_day
from ..stages.public_notice import course, notices, postings, queries, step_gates, steps
from ..stages.public_notice.case import NoticeCase
from ..stages.public_notice.day_by_day import NoticeDay, Span, day_by_day
from ..stages.public_notice.forms import ExtendForm, PostingForm, RestartForm, SendBackForm
from ..stages.public_notice.held_up import HeldUp, told
from ..stages.public_notice.hindrances import hindrances
from ..stages.public_notice.models import Notice, NoticeEntry, NoticeStep
from ..stages.public_notice.papers import corrects
from ..stages.public_notice.preview import Preview, of_draft
from .queries import raised_against

# By the name of its address: the step, and what carries it out.
STEPS: Mapping[str, tuple[steps.Act, Callable[..., Any]]] = {
    "secrecy": (steps.Act.SECRECY_REVIEWED, notices.review_secrecy),
    "approve": (steps.Act.APPROVED, notices.approve),
    "publish": (steps.Act.PUBLISHED, notices.publish),
    "discard": (steps.Act.DISCARDED, notices.discard),
    "close-register": (steps.Act.REGISTER_CLOSED, notices.close_register),
}


# What whoever took it reads: that it is done, and what comes next.
DONE: Mapping[str, Any] = {
    "secrecy": _("保密审查已通过。接着由审定人审批。"),
    "approve": _("公示已批准。接着由公示发布人发布。"),
    "publish": _("公示已发布，对外公开。公示期内的异议由异议受理人办理；期满后由审定人命名。"),
    "discard": _("拟稿已作废。名单上的申报仍是“拟命名”，县级经办人可以重新拟定公示。"),
    "close-register": _("异议登记已关闭。接着由审定人作出命名决定。"),
}


def cannot_be_undone(name: str) -> Any:
    """What the step of this address does for good, in words; "" where something takes it back."""
    act, _carry_out = STEPS[name]
    return next(one.cannot_be_undone for one in course.STEPS.values() if one.act == act)


def shown(notice: Notice, person: Person) -> dict[str, Any]:
    """The context of the page, for a notice with ``is_vacant``."""
    entries = queries.listed(notice)
    history = queries.history(notice)
    _read_names(notice, history)
    held_up = told(notice)
    preview = _preview(notice, entries)
    return {
        "notice": notice,
        "entries": hearing(entries, person),
        "send_back_form": SendBackForm(),
        "extend_form": ExtendForm(),
        "restart_form": RestartForm(),
        "held_up": held_up,
        **_posting(notice, person),
        "days": _days(notice, held_up),
        "corrects": preview.correction is not None if preview else corrects(notice),
        "history": history,
        "seen": seen_whole.as_shown(notices.state(notice)),
        "objections": raised_against(notice, person),
        "preview": preview,
        **_publishing(notice, entries),
        **_steps(notice, entries, person),
    }


def _posting(notice: Notice, person: Person) -> dict[str, Any]:
    """Where it was posted, and the form for who may say so; nothing of a draft."""
    if notice.status == Notice.Status.DRAFT:
        return {}
    posted = list(postings.of(notice))
    notice.posted_through = frozenset(one.channel for one in posted)
    may = postings.recording_role(notice, person) is not None
    return {
        "postings": posted,
        "channels_wanting": postings.wanting(notice.round, notice),
        "posting_form": PostingForm() if may else None,
    }


def _days(notice: Notice, held_up: HeldUp) -> tuple[NoticeDay, ...]:
    """The record of what was published, day by day; one statement, none of a draft."""
    published, first, last = notice.published_at, notice.first_day, notice.last_day
    if published is None or first is None or last is None:
        return ()
    on = published.astimezone(clock.SHANGHAI).date()
    span = Span(on, first, last, held_up.stopped_on, notice.counts_calendar_days)
    return day_by_day(span, calendar(), received_by_day(notice))


def _read_names(notice: Notice, history: list[tuple[NoticeStep, bool]]) -> None:
    """The names of everybody on the page, as of the day of each step, are read at once."""
    signed = (notice.proposed_by, notice.secrecy_reviewed_by, notice.approved_by)
    taken = names.who_acted(step for step, _withdrawn in history)
    names.read((*signed, notice.published_by, notice.register_closed_by, *taken))


def _preview(notice: Notice, entries: list[NoticeEntry]) -> Preview | None:
    """What is signed for, as everybody will read it; nothing of a draft without names."""
    is_draft = notice.status == Notice.Status.DRAFT
    return of_draft(notice, entries) if is_draft and entries else None


def _publishing(notice: Notice, entries: list[NoticeEntry]) -> dict[str, Any]:
    """What publishing a draft still waits for."""
    is_draft = notice.status == Notice.Status.DRAFT
    shared, apart = hindrances(entries) if is_draft else ([], [])
    return {"shared_findings": shared, "findings": apart}


def _steps(notice: Notice, entries: list[NoticeEntry], person: Person) -> dict[str, Any]:
    """Which steps the person's roles are for, and why the button of each is shut."""
    in_force = [entry for entry in entries if entry.dropped_at is None]
    interests = list(steps.interested_in(person, in_force))
    return {
        "may": {
            name: steps.may(notice, person, steps.ROLES[act]) for name, (act, _do) in STEPS.items()
        },
        "roles": {act: role.label for act, role in steps.ROLES.items()},
        "shut": {
            name: _shut(notice, person, act, interests)
            for name, (act, _do) in STEPS.items()
            if act in steps.SIGNED
        },
        "holding_up": _holding_up(notice, person, in_force, interests),
        "may_send_back": in_force and steps.sends_back_as(notice, person, interests),
        "awaited": steps.awaited(notice),
        "cannot_be_undone": {name: cannot_be_undone(name) for name in STEPS},
    }


# By the name of its address: what holds a published notice up.
HOLDING_UP: Mapping[str, steps.Act] = {
    "extend": steps.Act.EXTENDED,
    "restart": steps.Act.RESTARTED,
}


# What of the names keeps it shut for everybody, told before anybody types a reason.
_KEEP_SHUT: Mapping[str, tuple[Gate, ...]] = {
    "extend": (),
    "restart": (step_gates.nobody_is_named_yet, step_gates.names_wait_for_a_notice),
}


def _holding_up(
    notice: Notice,
    person: Person,
    in_force: list[NoticeEntry],
    interests: list[GateFinding],
) -> dict[str, Any]:
    """By the name of its address, what is offered to the person, and what keeps it shut."""
    offered = {"extend": notice.is_running, "restart": _may_be_broken_off(notice)}
    case = NoticeCase(notice)
    case.names = in_force
    return {
        name: {
            "why": [
                *steps.taken_by_the_same(notice, person, act),
                *interests,
                *(found for gate in _KEEP_SHUT[name] for found in gate(case)),
            ],
            "what": course.STEPS[name].cannot_be_undone,
        }
        for name, act in HOLDING_UP.items()
        if offered[name] and in_force and steps.may(notice, person, steps.ROLES[act])
    }


def _may_be_broken_off(notice: Notice) -> bool:
    """Also when its period is over and its register closed: until a name on it is designated."""
    return notice.status in (Notice.Status.PUBLISHED, Notice.Status.ENDED)


def _shut(
    notice: Notice, person: Person, act: steps.Act, interests: list[GateFinding]
) -> list[GateFinding]:
    """Why the button of a step is shut; what publishing waits for is listed below it, once."""
    found = steps.why_not(notice, person, act, interests)
    waits = act == steps.Act.PUBLISHED
    return [one for one in found if not (waits and one.code == "not_its_turn")]
