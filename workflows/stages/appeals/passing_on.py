"""What becomes of appeals when the unit that may appeal, or has appealed, is reorganized.

Whoever goes on with a revoked title speaks for it: may appeal while there is time, and goes on with
what the unit had lodged. Nothing is asked here: the title passes on, and the appeal with it. With a
case that was refused nobody goes on: a unit is not let go before its word on that is heard.
"""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.audit import events
from designation.calendar.templatetags.deadlines import deadline
from designation.organizations.models import Organization
from designation.organizations.succession import Done, Fate, Proposal, Room
from designation.register.models import Designation
from designation.site import clock

from ...case.applicants import GOES_ON
from ...case.records import Decision
from . import against
from .course import entry_of
from .models import OPEN, Appeal, AppealStep
from .queries import has_a_term_left, revocation_of


def may_yet_come(title: Designation) -> str:
    """What may come of the revocation that stands; "" where it is past contesting."""
    step = revocation_of(title)
    if step is None:
        return ""
    appeal = Appeal.objects.filter(title_step=step).first()
    if appeal is None:
        return _in_time(against.until(step))
    if appeal.is_open:
        return _("已申请复核，尚未答复")
    waits = appeal.status == Appeal.Status.UPHELD and has_a_term_left(title)
    return _("复核成立，等待恢复") if waits else ""


def _in_time(until: datetime | None) -> str:
    if until is None:
        return _("还可以申请复核")
    if clock.is_over(until):
        return ""
    return _("%(until)s前可以申请复核") % {"until": deadline(until)}


def _open(keys: Collection[int]) -> QuerySet[Appeal]:
    rows = Appeal.objects.filter(status__in=OPEN, title_step__isnull=False, organization__in=keys)
    return rows.select_for_update(of=("self",)).order_by("pk")


def hold(keys: Collection[int]) -> None:
    """Who attaches a file to one holds it, and names its organization last."""
    list(_open(keys).values_list("pk"))


def told(proposal: Proposal) -> Iterator[Fate]:
    """Of decisions on applications; those on titles are told with the titles."""
    rows = Decision.objects.filter(
        application__organization__in=proposal.gone, transition__in=against.passages()
    )
    told = rows.select_related("application__organization", "application__round", "appeal")
    for decision in told.order_by("pk"):
        if waits := _waits(decision):
            application = decision.application
            what = f"{application.organization} · {application.round} · {_('申请复核')}"
            yield Fate(f"decision-{decision.pk}", what, waits=waits)


def _waits(decision: Decision) -> str:
    """Why the unit has to stay for now; "" where its word was heard or its time is over."""
    if against.against(decision) is None:
        return ""
    appeal = getattr(decision, "appeal", None)
    if appeal is not None:
        return _("申请的复核还没有答复，请等答复后再登记变更。") if appeal.is_open else ""
    until = against.until(decision)
    if until is None or clock.is_over(until):
        return ""
    told = _("%(until)s前可以申请复核，请等期满后再登记变更。")
    return told % {"until": deadline(until)}


def carry(done: Done) -> None:
    """Behind the titles, which have passed on by then."""
    keys = [one.pk for one in done.proposal.sources]
    for appeal in _open(keys).select_related("title_step__title"):
        ground = appeal.title_step
        unit = against.whose(ground) if ground else appeal.organization
        if unit.pk != appeal.organization_id:
            _go_on(appeal, unit, done)


def _go_on(appeal: Appeal, unit: Organization, done: Done) -> None:
    """It stands where it stood, and says whose it is."""
    appeal.organization = unit
    appeal.version += 1
    appeal.save(update_fields=["organization", "version"])
    step = AppealStep.objects.create(
        appeal=appeal, act=GOES_ON, actor=done.actor, role=done.role, at=clock.now()
    )
    events.append(entry_of(step))


ROOM = Room(21, gettext_lazy("申请复核"), told, carry, hold_then=hold)
