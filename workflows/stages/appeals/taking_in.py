"""Taking an appeal in: once, in time, with all that it says; its answer is awaited from then on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.audit import events
from designation.calendar import awaited, terms
from designation.calendar.models import Term
from designation.calendar.terms import Whose
from designation.calendar.working_days import CalendarUnknown
from designation.evidence import library
from designation.evidence.content import Received
from designation.organizations.models import Role
from designation.register.models import Designation, TitleStep
from designation.register.standing import ENDINGS, Act
from designation.site import clock
from designation.site.refusal import Finding, Refusal

from ... import door
from ...case import held
from ...case.records import Decision
from . import against, announcements, attached, gates
from .course import entry_of
from .models import OF_A_MEETING, Against, Appeal, AppealStep, Ground
from .rules import HEARING

ANSWERING = "appeal.lodged"
awaited.register(awaited.Kind(ANSWERING, gettext_lazy("答复复核申请"), reminds=True))


@dataclass(frozen=True, slots=True)
class Brought:
    """What an appeal says; ``received_at`` is when it came on paper, None as it is sent."""

    reason: str
    grounds: Collection[str] = ()
    files: Sequence[Received] = ()
    received_at: datetime | None = None


def what_keeps_it_back(
    ground: Decision | TitleStep, received_at: datetime | None = None
) -> list[Finding]:
    """Told before anything is typed."""
    return [
        *_stands(ground),
        *gates.somebody_speaks_for_it(ground),
        *gates.it_is_the_only_one(ground),
        *gates.it_is_in_time(ground, received_at),
    ]


def _stands(ground: Decision | TitleStep) -> list[Finding]:
    if against.against(ground) and _is_the_last(ground):
        return []
    told = _("这个决定不在申请复核之列，或者已经改变，请查看最新情况。")
    return [Finding("nothing_to_appeal", _("对仍然有效的决定申请复核"), told)]


def _is_the_last(ground: Decision | TitleStep) -> bool:
    if isinstance(ground, Decision):
        return ground.to_stage == ground.application.stage and not _moved_since(ground)
    ended = ground.title.steps.filter(act__in=(*ENDINGS, Act.RESTORED)).last()
    return ended is not None and ended.pk == ground.pk


def _moved_since(ground: Decision) -> bool:
    return Decision.objects.filter(application=ground.application_id, pk__gt=ground.pk).exists()


def lock(ground: Decision | TitleStep) -> None:
    """The row of what it is about: two who appeal at once wait for each other."""
    if isinstance(ground, Decision):
        ground.application = held.lock([ground.application_id])[0]
    else:
        Designation.objects.select_for_update(no_key=True).get(pk=ground.title_id)


def take_in(
    ground: Decision | TitleStep, brought: Brought, *, asked: door.Asked, role: Role
) -> Appeal:
    """Of what is locked; ``role`` is that in which it is lodged, or typed from paper.

    Raises Refusal with all that is amiss.
    """
    appeal = _made(ground, brought, _what(ground, brought))
    if role != Role.HEAD:
        appeal.entered_by = asked.person
    appeal.term = _term(appeal, against.days_to_answer(ground))
    appeal.save(update_fields=["entered_by", "term"])
    _keep_files(ground, appeal, brought, asked)
    step = _first_step(appeal, _by_seat(appeal, asked, role), role)
    announcements.happened(appeal, Appeal.Status.LODGED, actor=asked.person, role=role)
    events.append(entry_of(step))
    return appeal


def _by_seat(appeal: Appeal, asked: door.Asked, role: Role) -> door.Asked:
    if role == Role.HEAD:
        return asked.by_seat(role, {"organization_id": appeal.organization_id})
    return asked.by_seat(role, {"code": appeal.area_code})


def _what(ground: Decision | TitleStep, brought: Brought) -> Against:
    """What is appealed against."""
    what = against.against(ground)
    found = [
        *what_keeps_it_back(ground, brought.received_at),
        *gates.it_came_after_the_decision(ground, brought.received_at),
        *gates.it_says_why(brought.reason),
        *gates.it_names_its_grounds(brought.grounds, of_a_meeting=what in OF_A_MEETING),
    ]
    if found or what is None:
        raise Refusal(found)
    return what


def _made(ground: Decision | TitleStep, brought: Brought, what: Against) -> Appeal:
    of_a_meeting = what in OF_A_MEETING
    return Appeal.objects.create(
        **gates.of(ground),
        against=what,
        organization=against.whose(ground),
        area_code=_where(ground),
        above=against.above(ground.application, what) if isinstance(ground, Decision) else "",
        grounds=[one for one in Ground.values if of_a_meeting and one in brought.grounds],
        reason=brought.reason.strip(),
        lodged_at=brought.received_at or clock.now(),
    )


def _where(ground: Decision | TitleStep) -> str:
    if isinstance(ground, Decision):
        return ground.application.area_code
    return ground.title.jurisdiction.code


def _keep_files(
    ground: Decision | TitleStep, appeal: Appeal, brought: Brought, asked: door.Asked
) -> None:
    """The unit's go into its own library; what came on paper into that of the area."""
    holder: library.Holder = appeal.organization
    if appeal.entered_by is not None:
        holder = against.area_of(ground)
    attached.keep(appeal, brought.files, holder=holder, by=asked.person)


def _term(appeal: Appeal, days: int) -> Term | None:
    """None where the calendar ends: an appeal is taken in all the same."""
    try:
        return terms.begin(
            ANSWERING,
            about=appeal,
            at=appeal.lodged_at,
            days=days,
            whose=Whose(HEARING[0], jurisdiction_code=appeal.area_code),
        )
    except CalendarUnknown:
        return None


def _first_step(appeal: Appeal, asked: door.Asked, role: Role) -> AppealStep:
    """Of what came on paper it says when it was typed, and by whom."""
    return AppealStep.objects.create(
        appeal=appeal, act=Appeal.Status.LODGED, role=role, at=clock.now(), **asked.on_record
    )
