"""Who makes standards: the standards manager, for the areas that the seat covers."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from designation.organizations.models import Jurisdiction, Level, Person, Role
from designation.organizations.rules import seats
from designation.rounds.models import Round
from standards.models import StandardVersion

from .models import Reading


def manages_standards(person: Person | AnonymousUser) -> bool:
    return seats(person).is_standards_manager


def managing_role(person: Person | AnonymousUser, version: StandardVersion) -> Role | None:
    """The role in which the person manages the version: as standards manager, or not at all.

    What came with the system belongs to no area, so nobody manages it: it is copied.
    """
    return _role_over(version.area_code, person) if version.area_code else None


def may_manage(person: Person | AnonymousUser, version: StandardVersion) -> bool:
    return managing_role(person, version) is not None


def role_in_area(person: Person | AnonymousUser, area: Jurisdiction) -> Role | None:
    """The role in which the person begins standards for the area; see ``managed_areas``."""
    return None if area.level == Level.TOWNSHIP else _role_over(area.code, person)


def _role_over(code: str, person: Person | AnonymousUser) -> Role | None:
    return seats(person).role_over(code, Role.STANDARDS_MANAGER)


def managed_areas(person: Person | AnonymousUser) -> QuerySet[Jurisdiction]:
    """Every area for which ``role_in_area`` holds: a township has no rounds, so no standards."""
    covered = seats(person).within("code", Role.STANDARDS_MANAGER)
    return Jurisdiction.objects.filter(covered).exclude(level=Level.TOWNSHIP)


def managed_standards(person: Person | AnonymousUser) -> QuerySet[StandardVersion]:
    """Every version for which ``may_manage`` holds."""
    covered = seats(person).within("area_code", Role.STANDARDS_MANAGER)
    return StandardVersion.objects.filter(covered).exclude(area_code="")


def offered(person: Person | AnonymousUser) -> QuerySet[StandardVersion]:
    """What a new version may begin from: everything published, samples, one's own of any state."""
    own = Q(pk__in=managed_standards(person).values("pk"))
    is_published = Q(status=StandardVersion.Status.PUBLISHED)
    came_with_it = Q(area_code="") & (is_published | Q(is_sample=True))
    return StandardVersion.objects.filter(own | came_with_it).order_by("category", "-number")


def managed_readings(person: Person | AnonymousUser) -> QuerySet[Reading]:
    """The files read for the person's areas."""
    rows = Reading.objects.filter(jurisdiction__in=managed_areas(person))
    return rows.select_related("jurisdiction", "read_by")


def rounds_under(version: StandardVersion) -> QuerySet[Round]:
    """The rounds not yet closed that judge by the version."""
    rows = Round.objects.filter(categories__standard=version)
    return rows.exclude(status=Round.Status.CLOSED)


def managed_drafts(person: Person | AnonymousUser) -> QuerySet[StandardVersion]:
    """The drafts among them: what may still be changed."""
    return managed_standards(person).filter(status=StandardVersion.Status.DRAFT)
