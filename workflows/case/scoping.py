"""Which applications a person may see: one queryset for lists, pages and files alike."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from designation.applications.models import PRIVATE_STAGES, Application
from designation.applications.rules import typed_now
from designation.organizations.models import Person, Role
from designation.organizations.roles import Office
from designation.organizations.rules import holds, seats

from .records import Decision


def county_roles() -> tuple[Role, ...]:
    """The roles of the county's office, asked at each use: a room may declare one of its own."""
    return tuple(role for role in Role if role.office == Office.COUNTY_OFFICE)


def visible_applications(person: Person) -> QuerySet[Application]:
    """What a person may see.

    Applicants see their own; the reviewing body and the county what was handed in; verifiers
    what they are sent to. Administrators see no case.
    """
    return _seen_by(person, county_roles())


def looks_after_many(person: Person | AnonymousUser) -> bool:
    """Whether what the person sees are many organizations' applications: a body's, an area's."""
    return holds(person, Role.FIRST_REVIEWER, *county_roles())


def looks_after_areas(person: Person | AnonymousUser) -> bool:
    """Whether the person looks after places, each with bodies of its own."""
    return bool(seats(person).areas(*county_roles()))


def overseen_applications(person: Person) -> QuerySet[Application]:
    """Of those, what was handed in to a body in which the person reviews, or in an area of theirs.

    Nothing of their own, nor what they are sent to: what the figures of an office count.
    """
    return Application.objects.filter(_looked_after(person, county_roles()))


def handled_by(person: Person) -> QuerySet[Application]:
    """Of what the person may see, those that they themselves have passed on (已办)."""
    passed_on = Decision.objects.filter(application=OuterRef("pk"), actor=person)
    return visible_applications(person).filter(Exists(passed_on))


def closely_seen_applications(person: Person) -> QuerySet[Application]:
    """Of those, the ones whose personal data the person reads: their own, and those they review.

    Who handles a notice, an objection or a decision needs none of it (our default).
    """
    return _seen_by(person, (Role.COUNTY_COORDINATOR,))


def _seen_by(person: Person, county_roles: tuple[Role, ...]) -> QuerySet[Application]:
    mine = seats(person)
    own = Q(organization_id__in=mine.organizations(Role.PREPARER, Role.HEAD))
    if Role.FIRST_REVIEWER in mine.roles:
        own |= typed_now(person)
    sent = Q(pk__in=()) if Role.VERIFIER not in mine.roles else _sent_to(person)
    seen = Application.objects.filter(own | _looked_after(person, county_roles) | sent)
    return seen.distinct() if Role.VERIFIER in mine.roles else seen


def _looked_after(person: Person, county_roles: tuple[Role, ...]) -> Q:
    mine = seats(person)
    handed_in = ~Q(stage__in=PRIVATE_STAGES) & Q(submission__isnull=False)
    review = Q(reviewing_body_id__in=mine.organizations(Role.FIRST_REVIEWER))
    return (review | mine.within("area_code", *county_roles)) & handed_in


def _sent_to(person: Person) -> Q:
    """A verifier sees what they are sent to, as long as they are on the team."""
    return Q(visits__members__person=person, visits__members__left_at__isnull=True)


def waiting_for(person: Person) -> QuerySet[Application]:
    """Applications whose present stage is held by a seat of this person.

    A verifier's first act, to declare no interest, comes while the coordinator still holds it.
    """
    mine = seats(person)
    condition = Q(pk__in=())
    for seat in mine.held:
        if seat.role == Role.VERIFIER:
            condition |= Q(
                holder_role=Role.VERIFIER,
                visits__closed_at__isnull=True,
                visits__members__person=person,
                visits__members__left_at__isnull=True,
            )
            condition |= Q(
                holder_role=Role.COUNTY_COORDINATOR,
                visits__closed_at__isnull=True,
                visits__members__person=person,
                visits__members__left_at__isnull=True,
                visits__members__no_interest_declared_at__isnull=True,
            )
        elif seat.organization_id is not None:
            # What the preparer fills in waits for the head's confirmation, too.
            held_by = [seat.role, *([Role.PREPARER] if seat.role == Role.HEAD else [])]
            held = Q(holder_role__in=held_by, holder_organization_id=seat.organization_id)
            if seat.role == Role.FIRST_REVIEWER:
                # Who typed it from paper does not review it, nor their deputy.
                held &= ~Q(typed_by__in=[key for key in (person.pk, seat.deputises) if key])
            condition |= held
        else:
            condition |= Q(holder_role=seat.role, area_code__startswith=seat.area)
    if Role.FIRST_REVIEWER in mine.roles:
        # What the organization would fill in, whoever types it does.
        condition |= Q(typed_now(person), holder_role__in=(Role.PREPARER, Role.HEAD))
    return Application.objects.filter(condition).distinct()
