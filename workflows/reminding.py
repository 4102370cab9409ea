"""Reminding by hand (催办): the coordinator urges whoever has to act, in their own words.

An office, or an applicant under correction; never a draft, which is its applicant's own affair,
and nobody who has not begun. At most once a working day where a case stands (our default), so that
it stays a help: regulations on burdens of the grassroots (《整治形式主义为基层减负若干规定》).
"""

from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.announcements import said
from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.happened import Event, tell
from designation.applications.models import FINAL_STAGES, PRIVATE_STAGES, Application
from designation.audit import events
from designation.calendar.working_days import CalendarUnknown, calendar
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.site import clock, endings
from designation.site.refusal import Refusal
from designation.site.templatetags.moments import moment

from . import declared
from .case import rules
from .case.facts import Case
from .case.held import already_moved, lock_for
from .case.records import Reminder
from .case.vacancies import with_vacancies
from .declared import Link, Shown
from .stage_reminders import reminded
from .term_reminders import WHOSE_TURN

REMIND = "application.remind"
LONGEST = 500
_lazy: Any = gettext_lazy


def declare() -> None:
    store(REMIND, said=("organization", "round", "text", "due"), parties=("turn", "beside"))
    sentence = _lazy("县级经办人催办：请尽快办理%(organization)s的申报。")
    body = (_lazy("批次：%(round)s"), _lazy("催办内容：%(text)s"))
    announce(Announcement(REMIND, WHOSE_TURN, sentence, body, asks_to_act=True))
    name_fields({"text": _lazy("催办内容")})


def may_remind(case: Case, person: Person) -> bool:
    """The coordinator, where another seat has to act and not time alone."""
    return waits_for_another(case.application.stage) and rules.is_county_coordinator(case, person)


def waits_for_another(stage: str) -> bool:
    """Whether at that stage another seat has to act, and not time alone."""
    here = declared.place(stage)
    if here.stage in PRIVATE_STAGES or here.stage in FINAL_STAGES:
        return False
    return not here.then and here.holder not in (None, Role.COUNTY_COORDINATOR)


LINK = Link("applications:remind", _lazy("催办"), may_remind, shown=Shown.BESIDE)


def obstacle(application: Application) -> Refusal | None:
    """Why nobody can be reminded now; two statements."""
    before = Reminder.objects.filter(
        application=application, stage=application.stage, day=_counted_for(clock.today())
    )
    if last := before.select_related("actor").first():
        told = _("%(person)s已于%(at)s催办过；同一环节每个工作日最多催办一次。")
        who = {"person": last.actor.full_name, "at": moment(last.at)}
        return Refusal.because("reminded_already", told % who, rule=_("催办不过频"))
    vacant = with_vacancies(Application.objects.filter(pk=application.pk))
    if vacant.values_list("is_vacant", flat=True).first():
        told = _("这一步暂无人担任，催办没有人收到；请安全管理员先授予岗位。")
        return Refusal.because("nobody_to_remind", told, rule=_("有人收到"))
    return None


def reminded_today() -> QuerySet[Reminder]:
    """The reminders that count for today, of cases that stand where they stood then."""
    return Reminder.objects.filter(
        day=_counted_for(clock.today()), stage=F("application__stage")
    ).order_by()


def _counted_for(today: date) -> date:
    """The working day to which a reminder of today belongs: on a day off, the next one."""
    try:
        return today if calendar().is_working(today) else calendar().next_working_day(today)
    except CalendarUnknown:
        return today


@endings.act()
def remind(
    application: Application, text: str, *, actor: Person, expected_version: int | None = None
) -> Reminder:
    """Urge whoever has to act, with ``text``; it is on record in the case and in the log.

    Raises Refusal for whoever does not coordinate the case or where nobody else has to act, when
    the case moved on since ``expected_version``, without a text, and for what ``obstacle`` says.
    """
    held = lock_for(application, may_remind, actor)
    if expected_version not in (None, held.version):
        raise already_moved(held)
    if not text.strip():
        raise Refusal.because("no_text", _("请写明催办什么、请对方怎么做。"))
    if refused := obstacle(held):
        raise refused
    kept = Reminder.objects.create(
        application=held,
        stage=held.stage,
        day=_counted_for(clock.today()),
        role=held.holder_role,
        organization=held.holder_organization,
        text=text.strip(),
        actor=actor,
        acted_for=seats(actor).in_whose_place(Role.COUNTY_COORDINATOR, code=held.area_code),
        actor_role=Role.COUNTY_COORDINATOR,
        at=clock.now(),
    )
    _tell(kept)
    _log(kept)
    return kept


def _tell(kept: Reminder) -> None:
    application, whose = kept.application, reminded(kept.application)
    tell(
        Event(
            action=REMIND,
            subject=application,
            jurisdiction_code=application.area_code,
            actor=kept.actor,
            role=kept.actor_role,
            said={
                "organization": said.name(application.organization),
                "round": said.of_round(application.round),
                "text": kept.text,
                "due": said.deadline(application.due_at),
            },
            parties={"turn": whose.turn, "beside": whose.beside},
            at=kept.at,
        )
    )


def _log(kept: Reminder) -> None:
    entry = events.Entry(
        actor=kept.actor,
        action=REMIND,
        subject=kept.application,
        jurisdiction_code=kept.application.area_code,
        role=kept.actor_role,
        acted_for=kept.acted_for,
        details={"note": kept.text},
    )
    events.append(entry)


def read_by(case: Case, *, for_applicant: bool) -> list[Reminder]:
    """Those of a case, the last first; the applicant reads its own alone.

    One statement, and none where the page that opened the case found that there are none.
    """
    if not getattr(case.application, "has_reminders", True):
        return []
    rows = case.application.reminders.select_related("actor", "acted_for", "organization").order_by(
        "-pk"
    )
    if for_applicant:
        rows = rows.filter(organization=case.application.organization_id)
    return list(rows)
