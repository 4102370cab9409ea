"""Appeals: made by the unit's head, once and in time; heard and answered through the one door."""

from collections.abc import Collection
from typing import Any, Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.audit import events
from designation.calendar import awaited, terms
from designation.calendar.models import Term
from designation.calendar.terms import Whose
from designation.calendar.working_days import CalendarUnknown
from designation.organizations.models import Organization, Person, Role
from designation.register import queries as register
from designation.register.models import Designation, TitleStep
from designation.register.standing import ENDINGS, Act
from designation.site import clock, endings
from designation.site.refusal import Finding, Refusal

from ... import door
from ...case import held
from ...case.records import Decision
from . import against, announcements, gates
from .case import AppealAct
from .course import AppealCourse, entry_of
from .models import OF_A_MEETING, Against, Appeal, AppealStep, Ground
from .rules import HEARING, may_give_the_units_word

ANSWERING = "appeal.lodged"
awaited.register(awaited.Kind(ANSWERING, gettext_lazy("答复复核申请"), reminds=True))


def whose(ground: Decision | TitleStep) -> Organization:
    """Whose it is to appeal: the applicant's, or whoever holds the title now."""
    if isinstance(ground, Decision):
        return ground.application.organization
    return register.holder(ground.title)


def what_keeps_it_back(ground: Decision | TitleStep) -> list[Finding]:
    """Told before anything is typed."""
    return [*_stands(ground), *gates.it_is_the_only_one(ground), *gates.it_is_in_time(ground)]


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


@endings.act()
def lodge(
    ground: Decision | TitleStep,
    *,
    reason: str,
    grounds: Collection[str] = (),
    actor: Person,
    request_key: str = "",
) -> Appeal:
    """Appeal against a decision, or against the step that revoked a title.

    Raises Refusal for who does not lead the unit, a minute late, a second time, without a reason,
    and of a meeting's decision without its grounds.
    """
    _lock(ground)
    unit = whose(ground)
    if not may_give_the_units_word(unit, actor):
        raise Refusal.because("not_permitted", _("申请复核由单位负责人提出。"))
    appeal = _made(ground, unit, _what(ground, reason, grounds), reason, grounds)
    asked = door.Asked(actor, request_key=request_key)
    step = _first_step(appeal, asked.by_seat(Role.HEAD, {"organization_id": unit.pk}))
    announcements.happened(appeal, Appeal.Status.LODGED, actor=actor, role=Role.HEAD)
    events.append(entry_of(step))
    return appeal


def _what(ground: Decision | TitleStep, reason: str, grounds: Collection[str]) -> Against:
    """What is appealed against. Raises Refusal with all that is amiss."""
    what = against.against(ground)
    found = [
        *what_keeps_it_back(ground),
        *gates.it_says_why(reason),
        *gates.it_names_its_grounds(grounds, of_a_meeting=what in OF_A_MEETING),
    ]
    if found or what is None:
        raise Refusal(found)
    return what


def _made(
    ground: Decision | TitleStep,
    unit: Organization,
    what: Against,
    reason: str,
    grounds: Collection[str],
) -> Appeal:
    of_a_meeting = what in OF_A_MEETING
    appeal = Appeal.objects.create(
        **gates.of(ground),
        against=what,
        organization=unit,
        area_code=_where(ground),
        above=against.above(ground.application, what) if isinstance(ground, Decision) else "",
        grounds=[one for one in Ground.values if of_a_meeting and one in grounds],
        reason=reason.strip(),
        lodged_at=clock.now(),
    )
    appeal.term = _term(appeal, against.days_to_answer(ground))
    appeal.save(update_fields=["term"])
    return appeal


def _where(ground: Decision | TitleStep) -> str:
    if isinstance(ground, Decision):
        return ground.application.area_code
    return ground.title.jurisdiction.code


def _lock(ground: Decision | TitleStep) -> None:
    """The row of what it is about: two who appeal at once wait for each other."""
    if isinstance(ground, Decision):
        ground.application = held.lock([ground.application_id])[0]
    else:
        Designation.objects.select_for_update(no_key=True).get(pk=ground.title_id)


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


def _first_step(appeal: Appeal, asked: door.Asked) -> AppealStep:
    return AppealStep.objects.create(
        appeal=appeal,
        act=Appeal.Status.LODGED,
        role=Role.HEAD,
        at=appeal.lodged_at,
        **asked.on_record,
    )


def carry_out(
    name: str,
    appeal: Appeal,
    act: AppealAct,
    *,
    actor: Person,
    seen: int | None = None,
    **how: Unpack[door.How],
) -> Appeal:
    """Do what ``course.PASSAGES`` calls ``name``; ``seen`` is the version of the page acted on.

    Raises Refusal with every finding.
    """
    action = f"{AppealCourse.KIND}.{name}"
    found: Any = door.perform(action, appeal.pk, actor=actor, expected_version=seen, act=act, **how)
    return found  # type: ignore[no-any-return]
