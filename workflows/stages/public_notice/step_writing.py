"""What each step of a notice writes. Called by the door only, under its lock.

Each returns what of the step is kept with it, beside who took it and when.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.calendar import terms
from designation.calendar.terms import Whose
from designation.calendar.working_days import CalendarUnknown
from designation.organizations.models import Organization, Person
from designation.organizations.rules import seats
from designation.site import clock
from designation.site.refusal import Refusal

from ... import door
from . import proofs
from .case import NoticeCase
from .contents import PRINTED_FIELDS, eligible, publishing_passages
from .counting import fix_period
from .meetings import apart, meetings_of
from .models import Notice, NoticeEntry, NoticeStep
from .numbers import give_number
from .periods import PERIOD
from .step_gates import no_personal_data
from .steps import ROLES, interested_in, names_in_force, refusal
from .text import notice_sha256

Written = Callable[[NoticeCase], Mapping[str, Any]]


def signed(act: NoticeStep.Act) -> Written:
    """The person's signature for a step."""

    def write(case: NoticeCase) -> Mapping[str, Any]:
        setattr(case.notice, f"{act}_by", case.actor)
        setattr(case.notice, f"{act}_at", case.now)
        case.notice.save(update_fields=[f"{act}_by", f"{act}_at"])
        return {}

    return write


def sent_back(case: NoticeCase) -> Mapping[str, Any]:
    """What was already given is withdrawn in the open: its rows in ``NoticeStep`` stay."""
    notice = case.notice
    notice.sent_back_at = case.now
    notice.secrecy_reviewed_by = notice.secrecy_reviewed_at = None
    notice.approved_by = notice.approved_at = None
    notice.save()
    return {"reason": case.act.reason.strip()}


def published(case: NoticeCase) -> Mapping[str, Any]:
    """Fix period, names and number, seal the text, put every application on notice."""
    notice = case.notice
    _fix_period(case)
    _fix_names(notice)
    give_number(notice, case.now)
    notice.status, notice.published_by = Notice.Status.PUBLISHED, case.actor
    notice.text_sha256 = notice_sha256(notice)
    notice.save()
    _put_on_notice(case)
    terms.begin(
        PERIOD,
        about=notice,
        at=case.now,
        until=notice.ends_at,
        whose=Whose(jurisdiction_code=notice.round.jurisdiction.code),
    )
    proofs.await_them(notice, case.now)
    return {}


def _put_on_notice(case: NoticeCase) -> None:
    """Those that stood on the notice that was broken off already are on notice: they go on."""
    for passage, listed in publishing_passages(case.names).items():
        door.follow(passage, listed, asked=case.asked)


def ended(case: NoticeCase) -> Mapping[str, Any]:
    """The period is over: nobody's signature, but that of time."""
    case.notice.status = Notice.Status.ENDED
    case.notice.save(update_fields=["status"])
    for term in terms.open_terms(case.notice).filter(kind=PERIOD):
        terms.end(term, at=case.now, as_=terms.Ending.OVER)
    return {}


def _fix_period(case: NoticeCase) -> None:
    try:
        fix_period(case.notice, case.now)
    except CalendarUnknown as unknown:
        raise refusal(str(unknown)) from unknown


def _fix_names(notice: Notice) -> None:
    listed = Organization.objects.filter(applications=OuterRef("application"))
    named = notice.entries.filter(dropped_at__isnull=True)
    named.update(
        printed_name=Subquery(listed.values("name_zh")),
        printed_area=Subquery(listed.values("jurisdiction__name_zh")),
    )
    if notice.restarts_id is not None:
        before = NoticeEntry.objects.filter(
            ~Q(printed_name=OuterRef("printed_name")),
            notice=notice.restarts_id,
            application=OuterRef("application"),
        )
        wrong = Subquery(before.values("printed_name")[:1])
        named.filter(Exists(before)).update(corrected_from=wrong)


def discarded(case: NoticeCase) -> Mapping[str, Any]:
    case.notice.entries.filter(dropped_at__isnull=True).update(dropped_at=case.now)
    return {}


def register_closed(case: NoticeCase) -> Mapping[str, Any]:
    notice = case.notice
    if notice.status != Notice.Status.ENDED:
        ended(case)
    notice.register_closed_by, notice.register_closed_at = case.actor, case.now
    notice.save(update_fields=["register_closed_by", "register_closed_at"])
    return {}


def proposed_again(case: NoticeCase) -> Mapping[str, Any]:
    """Mended: names may go and come, and every step begins again."""
    if case.actor is None or case.act.printed is None:
        raise TypeError("Only a person proposes, with what is to be printed.")
    gone = case.notice.entries.filter(dropped_at__isnull=True).exclude(
        application__in=case.act.chosen
    )
    gone.update(dropped_at=case.now)
    return put_forward(case.notice, case.act.printed, case.act.chosen, case.actor)


def put_forward(
    notice: Notice, printed: Mapping[str, Any], chosen: frozenset[int], actor: Person
) -> Mapping[str, Any]:
    """Write what is printed and who is listed; returns both as they were put forward.

    Raises Refusal when the text holds personal data, when an application is not chosen or
    stands on another notice, when the actor belongs to an applicant, and when names have to
    stand on notices of their own.
    """
    for name in PRINTED_FIELDS:
        setattr(notice, name, printed[name])
    notice.people_asked = notice.round.notice_people
    notice.proposed_by, notice.proposed_at, notice.sent_back_at = actor, clock.now(), None
    if found := list(no_personal_data(NoticeCase(notice))):
        raise Refusal(found)
    standing = (
        set(names_in_force(notice).values_list("application_id", flat=True)) if notice.pk else set()
    )
    _lock_eligible(notice, chosen, standing)
    notice.save()
    NoticeEntry.objects.bulk_create(
        NoticeEntry(notice=notice, application_id=pk) for pk in sorted(chosen - standing)
    )
    listed = list(names_in_force(notice))
    code = notice.round.jurisdiction.code
    hands = seats(actor).hands(ROLES[NoticeStep.Act.PROPOSED], code=code)
    if interests := [found for one in hands for found in interested_in(one, listed)]:
        raise Refusal(interests)
    if told := apart(meetings_of(entry.application for entry in listed).values()):
        raise refusal(told)
    names = [entry.application.organization.name_zh for entry in listed]
    return {"content": content_of(printed, names)}


def content_of(printed: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """What the step of a proposal keeps: the printed fields as texts, and the names."""
    texts = {name: str(printed[name] or "") for name in PRINTED_FIELDS}
    return {"printed": texts, "names": list(names)}


def _lock_eligible(notice: Notice, chosen: frozenset[int], standing: set[int]) -> None:
    """Lock what is chosen; what already stands on this very notice may stay on it."""
    list(Application.objects.select_for_update(of=("self",)).filter(pk__in=chosen).order_by("pk"))
    free = set(eligible(notice.round).filter(pk__in=chosen).values_list("pk", flat=True))
    if not chosen or free | standing != chosen:
        raise refusal(_("名单中有申报已列入其他公示，或已不是拟命名，请重新勾选。"))
