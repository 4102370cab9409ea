"""What re-checks and reports take from elsewhere: a visit that is concluded, a title that ends."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from designation.organizations.models import Person
from designation.organizations.succession import Done as Reorganized
from designation.organizations.succession import Fate, Proposal, Room
from designation.register import proposed
from designation.register import queries as register
from designation.register.models import Designation, TitleStep
from designation.register.standing import ENDINGS, Act
from designation.site import clock

from .. import door
from ..stages.verification import belonging
from ..stages.verification import course as visits
from ..stages.verification.models import Visit
from ..titles import flow as titles
from . import queries, reports
from .flow import RecheckCourse
from .models import Recheck, Standing


def take_findings(visit: Visit, _done: door.Done) -> None:
    """Let the unit be told what was found, within the conclusion of the visit.

    Whatever the visit was arranged from: what is known of a title is known. One that ended while
    its visit was held has nothing to answer for: its re-check waits to be dropped.
    """
    title = visit.title_id
    if title is None or not register.in_force(clock.today()).filter(pk=title).exists():
        return
    waiting = Recheck.objects.filter(title=title, standing=Standing.DUE)
    recheck = waiting.order_by("year", "pk").first()
    if recheck is not None:
        asked = door.Asked(None)
        door.follow(f"{RecheckCourse.KIND}.tell", [recheck.pk], asked=asked, act=visit)


def is_proposed(title: Designation) -> bool:
    return Recheck.objects.filter(title=title, standing=Standing.PROPOSED).exists()


def settle_what_was_proposed(step: TitleStep, done: door.Done) -> None:
    """A title that is revoked while that is proposed: the proposal is decided by it."""
    if step.act != Act.REVOKED:
        return
    waiting = Recheck.objects.filter(title=step.title_id, standing=Standing.PROPOSED)
    keys = list(waiting.values_list("pk", flat=True))
    if keys:
        door.follow(f"{RecheckCourse.KIND}.revoke", keys, asked=done.asked, act=step)


def excuse_its_report(step: TitleStep, done: door.Done) -> None:
    """A title that is revoked or cancelled has nothing to report any more."""
    if step.act in ENDINGS:
        title = Q(pk=step.title_id)
        reports.excuse_those_of_ended(title, actor=done.asked.actor, role=done.role)


def _told_with_the_titles(_proposal: Proposal) -> Iterator[Fate]:
    yield from ()


def _excuse_the_reports(done: Reorganized) -> None:
    """The same of a title that a reorganization cancels."""
    held = register.held_by(done.proposal.sources or done.proposal.before)
    reports.excuse_those_of_ended(held, actor=done.actor, role=done.role)


def _recheck_of(visit: Visit, person: Person) -> belonging.Course | None:
    """That whose findings it gave, or will give once it is concluded."""
    recheck = queries.of_visit(visit, person)
    if recheck is None:
        return None
    address = reverse("rechecks:recheck", args=[recheck.pk])
    return belonging.Course(gettext_lazy("查看这次复核"), address)


def listen() -> None:
    belonging.told_by(_recheck_of)
    visits.followed_by(take_findings)
    proposed.told_by(is_proposed)
    titles.followed_by(settle_what_was_proposed)
    titles.followed_by(excuse_its_report)


# Behind the titles, which are cancelled by then.
OF_REPORTS = Room(25, gettext_lazy("年度自查"), _told_with_the_titles, _excuse_the_reports)
