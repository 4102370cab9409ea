"""What a re-check takes from elsewhere: a visit that is concluded, a title that is revoked."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from designation.organizations.models import Person
from designation.register.models import Designation, TitleStep
from designation.register.standing import Act

from .. import door
from ..stages.verification import belonging
from ..stages.verification import course as visits
from ..stages.verification.models import Visit
from ..titles import flow as titles
from ..titles import proposed
from . import queries
from .flow import RecheckCourse
from .models import Recheck, Standing


def take_findings(visit: Visit, _done: door.Done) -> None:
    """Let the unit be told what was found, within the conclusion of the visit.

    Whatever the visit was arranged from: what is known of a title is known.
    """
    waiting = Recheck.objects.filter(title=visit.title_id, standing=Standing.DUE)
    recheck = waiting.order_by("year", "pk").first() if visit.title_id else None
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
