"""A published notice as it hung, with the names on it and the steps that were taken."""

from typing import Any

from django.utils.translation import gettext as _

from designation.organizations import names
from workflows.stages.public_notice.contents import PRINTED_FIELDS
from workflows.stages.public_notice.models import Notice
from workflows.stages.public_notice.text import names_on

from .packing import Piece, written_as_json
from .tables import day, moment


def piece(root: str, notice: Notice, number: int) -> Piece:
    name = _("公示-%(number)s.json") % {"number": number}
    about = {"what": "notice", "text_sha256": notice.text_sha256}
    return written_as_json(f"{root}{name}", _record(notice), **about)


def _record(notice: Notice) -> dict[str, Any]:
    printed = {name: _text(getattr(notice, name)) for name in PRINTED_FIELDS}
    entries = names_on(notice).select_related("application__organization__jurisdiction")
    listed = [
        {"category": one.application.category, "name": one.printed_name, "area": one.printed_area}
        for one in entries.order_by("pk")
    ]
    period = [_text(notice.first_day), _text(notice.last_day), notice.working_days]
    return printed | {
        "number": notice.number,
        "period": period,
        "calendar_days": notice.calendar_days,
        "text_sha256": notice.text_sha256,
        "names": listed,
        "postings": _postings(notice),
        "steps": _steps(notice),
    }


def _postings(notice: Notice) -> list[dict[str, str]]:
    return [
        {
            "channel": str(one.get_channel_display()),
            "place": one.place,
            "by": one.posted_by,
            "on": one.posted_on.isoformat(),
        }
        for one in notice.postings.all()
    ]


def _steps(notice: Notice) -> list[dict[str, str]]:
    steps = list(notice.steps.select_related("actor", "acted_for"))
    names.read(names.who_acted(steps))
    return [
        {
            "act": str(step.get_act_display()),
            "by": names.by_whom(step, day(step.at)),
            "role": str(step.get_role_display()),
            "at": moment(step.at),
            "reason": step.reason,
        }
        for step in steps
    ]


def _text(value: Any) -> str:
    return str(value) if value is not None else ""
