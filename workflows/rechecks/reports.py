"""The yearly self-report: handed in by the unit, once."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from designation.audit import events
from designation.organizations.models import Person
from designation.organizations.rules import seats
from designation.register import queries as register
from designation.site import clock, endings
from designation.site.refusal import Refusal

from ..door import not_permitted
from . import announcements, due
from .models import SelfReport
from .rules import reporting_role


def hand_in(report: SelfReport, *, changes: Mapping[str, str], actor: Person) -> SelfReport:
    """Say that nothing changed, or by question what did; late, too, while it is awaited.

    Raises Refusal for who does not speak for the unit that holds the title, and when it was
    handed in, or excused, already.
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
