"""Who makes standards: the standards manager, for the areas that the seat covers."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from designation.organizations.models import Jurisdiction, Level, Person, Role
from designation.organizations.rules import seats
from standards.models import StandardVersion


def manages_standards(person: Person | AnonymousUser) -> bool:
    return seats(person).is_standards_manager


def may_manage(person: Person | AnonymousUser, version: StandardVersion) -> bool:
    """What came with the system belongs to no area, so nobody manages it: it is copied."""
    return bool(version.area_code) and seats(person).holds_over(
        version.area_code, Role.STANDARDS_MANAGER
    )


def managed_areas(person: Person | AnonymousUser) -> QuerySet[Jurisdiction]:
    """A township organizes no round, so it has no standards."""
    covered = seats(person).within("code", Role.STANDARDS_MANAGER)
    return Jurisdiction.objects.filter(covered).exclude(level=Level.TOWNSHIP)


def managed_standards(person: Person | AnonymousUser) -> QuerySet[StandardVersion]:
    """Every version for which ``may_manage`` holds."""
    covered = seats(person).within("area_code", Role.STANDARDS_MANAGER)
    return StandardVersion.objects.filter(covered).exclude(area_code="")


def managed_drafts(person: Person | AnonymousUser) -> QuerySet[StandardVersion]:
    """The drafts among them: what may still be changed."""
    return managed_standards(person).filter(status=StandardVersion.Status.DRAFT)
