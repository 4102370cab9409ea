"""The yearly self-report: handed in by the unit, once; excused where its title has ended."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from designation.audit import events
from designation.audit.models import WithoutSeat
from designation.calendar.models import Term
from designation.organizations.models import Person
from designation.organizations.rules import seats
from designation.register import queries as register
from designation.register.models import Designation
from designation.site import clock, endings
from designation.site.refusal import Refusal

from ..door import not_permitted
from . import announcements, due
from .models import SelfReport
from .queries import REPORTED
from .rules import reporting_role


def hand_in(report: SelfReport, *, changes: Mapping[str, str], actor: Person) -> SelfReport:
    """Say that nothing changed, or by question what did; late, too, while it is awaited.

    Raises Refusal for who does not speak for the unit that holds the title, when it was handed
    in, or excused, already, and of a title that is in force no more.
    """
    with endings.act():
        held = SelfReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
        holder = register.holder(held.title)
        role = reporting_role(actor, holder)
        if role is None:
            raise not_permitted()
        if not held.is_awaited:
            raise Refusal.because(
                "report_not_awaited",
                _("这份年度自查现为“%(state)s”，不用再上报。") % {"state": held.state},
                rule=_("一年上报一次"),
            )
        if why := why_not_asked(held):
            raise Refusal.because("title_not_in_force", why, rule=_("有效的称号才上报年度自查"))
        said = {code: text.strip() for code, text in changes.items() if text.strip()}
        held.changes, held.handed_in_at = said, clock.now()
        held.actor, held.role = actor, role
        held.acted_for = seats(actor).in_whose_place(role, organization_id=holder.pk)
        held.save()
        due.end(held, due.REPORT)
        if said:
            announcements.of_report("self_report.changed", held, holder, actor, role)
        events.append(_event(held, holder.name_zh))
    return held


def why_not_asked(report: SelfReport) -> str:
    """Why nothing is asked for any more, of a title that is in force no more; else "".

    Time ends a title at midnight, and excuses its report with the next look.
    """
    stands = report.title.standing_on(clock.today())
    if stands is None or stands.is_in_force or report.handed_in_at is not None:
        return ""
    return _("称号现为“%(status)s”，不用再上报年度自查。") % {"status": stands.status.label}


@transaction.atomic
def excuse_those_of_ended(
    titles: Q | None = None, *, actor: Person | None = None, role: str = WithoutSeat.SYSTEM
) -> None:
    """Excuse what is still awaited of titles in force no more; of ``titles``, or of any.

    Their years count it as awaited and late no longer. What was handed in stands.
    """
    rows = SelfReport.objects.select_for_update(of=("self",)).filter(REPORTED["awaited"])
    if titles is not None:
        rows = rows.filter(title__in=Designation.objects.filter(titles).order_by().values("pk"))
    in_force = register.in_force(clock.today()).order_by().values("pk")
    ended = rows.exclude(title__in=in_force).select_related("title__jurisdiction")
    for report in ended.order_by("pk"):
        report.excused_at, report.has_ended = clock.now(), True
        report.save(update_fields=["excused_at", "has_ended"])
        due.end(report, due.REPORT, as_=Term.Ending.OVERTAKEN)
        holder = register.holder(report.title)
        announcements.of_report("self_report.ended", report, holder, actor, role)


def _event(report: SelfReport, organization: str) -> events.Entry:
    return events.Entry(
        actor=report.actor,
        action="self_report.hand_in",
        subject=report,
        jurisdiction_code=report.title.jurisdiction.code,
        role=report.role,
        acted_for=report.acted_for,
        details={
            "organization": organization,
            "year": report.year,
            "changes": "、".join(str(label) for label, _text in report.told_changes),
        },
    )
