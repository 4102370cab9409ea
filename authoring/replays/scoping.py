"""Who sees and makes replays: standards managers and county coordinators, within their areas."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from designation.adoptions.adopting import usable_standards
from designation.organizations.divisions import codes_around
from designation.organizations.models import Person, Role
from designation.organizations.rules import holds, seats
from designation.rounds.models import Round, RoundCategory
from standards.models import StandardVersion

from .models import Replay

ROLES = (Role.STANDARDS_MANAGER, Role.COUNTY_COORDINATOR)


def replays_standards(person: Person | AnonymousUser) -> bool:
    return holds(person, *ROLES)


def acting_role(person: Person, entry: RoundCategory) -> Role | None:
    """The role in which a person replays a category of a round."""
    return seats(person).role_over(entry.round.jurisdiction.code, *ROLES)


def visible_replays(person: Person | AnonymousUser) -> QuerySet[Replay]:
    within = seats(person).within("entry__round__jurisdiction__code", *ROLES)
    return Replay.objects.filter(within)


def entries_to_replay(person: Person | AnonymousUser) -> QuerySet[RoundCategory]:
    """Categories of rounds that were opened: only these have submissions."""
    within = seats(person).within("round__jurisdiction__code", *ROLES)
    return RoundCategory.objects.filter(within).exclude(round__status=Round.Status.DRAFT)


def versions_to_try(
    person: Person | AnonymousUser, entry: RoundCategory
) -> QuerySet[StandardVersion]:
    """The round's own standard, those usable in its area, samples, and drafts of one's areas.

    A draft of another county is left out, and an empty one: nobody falls short of nothing.
    """
    around = codes_around(entry.round.jurisdiction.code)
    usable = Q(pk__in=usable_standards(entry.round.jurisdiction).order_by().values("pk"))
    sample = Q(is_sample=True)
    own = seats(person).within("area_code", *ROLES) & Q(area_code__in=around)
    return (
        StandardVersion.objects.filter(
            Q(pk=entry.standard_id) | usable | sample | own,
            category=entry.category,
            pk__in=StandardVersion.objects.filter(items__checks__isnull=False).values("pk"),
        )
        .distinct()
        .order_by("-number", "area_code")
    )
