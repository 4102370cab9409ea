"""Who is at work on a case: said to colleagues so that no two read the same, binding nobody."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from designation.applications.models import Application, Stage
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.site import clock

from ...case.held import lock_for
from ...door import not_permitted
from .marks import may_review
from .models import Claim

# Our default: long enough for a day's pile, short enough that nothing lies with somebody ill.
LASTS = timedelta(hours=24)


@transaction.atomic
def claim(application: Application, *, actor: Person) -> Claim:
    """Say that ``actor`` is at work on it from now on, in whosever stead.

    Raises Refusal when it has moved on, or is not theirs to review.
    """
    locked, now = lock_for(application, may_review, actor), clock.now()
    taken, _is_new = Claim.objects.update_or_create(
        application=locked, defaults={"person": actor, "since": now, "until": now + LASTS}
    )
    return taken


@transaction.atomic
def release(application: Application, *, actor: Person) -> None:
    """Put down what ``actor`` has claimed; nothing where a colleague has taken it over.

    Raises Refusal as ``claim``.
    """
    locked = lock_for(application, may_review, actor)
    Claim.objects.filter(application=locked, person=actor).delete()


@transaction.atomic
def hand_over(application: Application, successor: Person, *, actor: Person) -> None:
    """Let ``successor`` be at work on it in the place of whoever claimed it and leaves.

    ``actor`` gives the seat by which it is reviewed. Raises Refusal as ``claim``, of the successor,
    and for whoever does not give such seats.
    """
    if not _gives_the_seat(application, actor):
        raise not_permitted()
    claim(application, actor=successor)


def claimed_by(person: Person) -> QuerySet[Application]:
    """The cases under review that the person says to be at work on."""
    rows = Application.objects.filter(
        claim__person=person,
        claim__until__gt=clock.now(),
        stage__in=(Stage.SUBMITTED, Stage.RECOMMENDED),
    )
    return rows.select_related("organization").order_by("pk")


def is_the_bodys(application: Application) -> bool:
    """Whether it is the reviewing body's to review, not the county's to check."""
    return application.stage == Stage.SUBMITTED


def _gives_the_seat(application: Application, person: Person) -> bool:
    role = Role(application.holder_role) if application.holder_role in Role else None
    return role is not None and seats(person).holds_over(application.area_code, Role(role.given_by))
