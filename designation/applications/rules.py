"""Who fills in an application: the head and the preparers of the organization that applies.

Of a unit without a computer, whoever of the township types it from the signed paper, until the
unit's own people take it over.

When they may, and which item, is asked by the stage that holds it (``workflows``).
"""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from designation.organizations.models import Person, Role, Seat
from designation.organizations.rules import seats
from designation.site.refusal import Refusal

from .models import Application


def filling_role(application: Application, person: Person) -> Role | None:
    """The role in which the person fills the application in."""
    own = seats(person).role_in(application.organization_id, Role.HEAD, Role.PREPARER)
    return own or typing_role(application, person)


def typing_role(application: Application, person: Person) -> Role | None:
    """The role in which the person types it from paper; None for everybody else."""
    if application.typed_by_id != person.pk or application.taken_over_at is not None:
        return None
    return seats(person).role_in(application.reviewing_body_id, Role.FIRST_REVIEWER)


def typed_now(person: Person) -> Q:
    """Of applications: that ``typing_role`` lets the person in."""
    bodies = seats(person).organizations(Role.FIRST_REVIEWER)
    return Q(typed_by=person, taken_over_at__isnull=True, reviewing_body__in=bodies)


def has_its_typist() -> Exists:
    """Of applications: that whoever types it from paper holds the seat for it still."""
    return Exists(
        Seat.objects.in_force()
        .filter(
            role=Role.FIRST_REVIEWER,
            organization=OuterRef("reviewing_body"),
            person=OuterRef("typed_by"),
            person__is_active=True,
        )
        .order_by()
    )


def left_by_their_typists(person: Person) -> Q:
    """Of applications of the person's bodies: typed from paper, by nobody now, and to go on with.

    Whoever brings the signed paper anew types it from then on.
    """
    bodies = seats(person).organizations(Role.FIRST_REVIEWER)
    is_typed = Q(typed_by__isnull=False, taken_over_at__isnull=True, reviewing_body__in=bodies)
    return is_typed & Q(holder_role__in=(Role.PREPARER, Role.HEAD)) & ~Q(has_its_typist())


def refuse_unless_applicant(application: Application, person: Person) -> None:
    """Raises Refusal for whoever has no ``filling_role``."""
    if filling_role(application, person) is None:
        raise Refusal.because("not_allowed", _("只有申报单位的填报人和负责人可以填写。"))
