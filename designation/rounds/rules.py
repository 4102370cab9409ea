"""Whose rounds are whose, and which organizations a round takes: those of its jurisdiction.

One rule, asked before pressing (``open_to``, ``organizations_taken``) and at every later use
(``takes``), for an organization may have been moved to another area meanwhile.
"""

from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from designation.organizations.divisions import codes_around
from designation.organizations.models import Jurisdiction, Level, Organization, Person, Role
from designation.organizations.roles import NOTICE_ROLES
from designation.organizations.rules import seats
from designation.site import clock
from designation.site.sameness import key_of

from .models import Round, RoundDefinition, RoundExtension


def managing_role(person: Person | AnonymousUser, round_: Round) -> Role | None:
    """The role in which the person looks after the round: as county coordinator, or not at all."""
    return seats(person).role_over(round_.jurisdiction.code, Role.COUNTY_COORDINATOR)


def may_manage(person: Person | AnonymousUser, round_: Round) -> bool:
    return managing_role(person, round_) is not None


def may_follow(person: Person | AnonymousUser, round_: Round) -> bool:
    """Whether the person, of the county's office, reads the cases of the round."""
    return seats(person).holds_over(round_.jurisdiction.code, *NOTICE_ROLES)


def managed_rounds(person: Person | AnonymousUser) -> QuerySet[Round]:
    """Every round for which ``may_manage`` holds."""
    return Round.objects.filter(_managed(person, "jurisdiction__code"))


def rounds_in_preparation(person: Person | AnonymousUser) -> QuerySet[Round]:
    """Those of them that may still be changed: once open, the rules of a round stand."""
    return managed_rounds(person).filter(status=Round.Status.DRAFT)


def rounds_not_over(person: Person | AnonymousUser) -> QuerySet[Round]:
    """Those of them that are not closed."""
    return managed_rounds(person).exclude(status=Round.Status.CLOSED)


def rounds_begun(person: Person | AnonymousUser) -> QuerySet[Round]:
    """Those of them that were opened, closed ones too."""
    return managed_rounds(person).exclude(status=Round.Status.DRAFT)


def definitions_of_rounds_begun(person: Person | AnonymousUser) -> QuerySet[RoundDefinition]:
    """What those rounds say of local terms, what was corrected since too."""
    return RoundDefinition.objects.filter(round__in=rounds_begun(person))


def rounds_open(person: Person | AnonymousUser) -> QuerySet[Round]:
    """Those of them that are open."""
    return managed_rounds(person).filter(status=Round.Status.OPEN)


def public_rounds() -> QuerySet[Round]:
    """The rounds that everybody may read: all but drafts."""
    return Round.objects.exclude(status=Round.Status.DRAFT)


def shown_rounds(person: Person | AnonymousUser) -> QuerySet[Round]:
    """The rounds that are public, and the drafts of those who manage them."""
    managed = _managed(person, "jurisdiction__code")
    return Round.objects.filter(~Q(status=Round.Status.DRAFT) | managed)


def rounds_around(codes: Iterable[str]) -> QuerySet[Round]:
    """The public rounds of the areas with these codes, of those around them and within them.

    A code is whole or the head that an area's codes share.
    """
    around = Q(pk__in=())
    for code in codes:
        around |= Q(jurisdiction__code__startswith=code) | taking([code])
    return public_rounds().filter(around)


def rounds_overseen(person: Person | AnonymousUser) -> QuerySet[Round]:
    """The public rounds in which the person looks after applications, of their office or body.

    One statement beside their own where the person reviews for a body.
    """
    held = seats(person)
    codes = held.areas(*NOTICE_ROLES)
    if bodies := held.organizations(Role.FIRST_REVIEWER):
        of_bodies = Organization.objects.filter(pk__in=bodies)
        codes |= set(of_bodies.values_list("jurisdiction__code", flat=True))
    return rounds_around(codes)


def is_overseen(round_: Round, person: Person | AnonymousUser) -> bool:
    """Whether it is one of ``rounds_overseen``; no statement for its office."""
    if round_.status == Round.Status.DRAFT:
        return False
    held = seats(person)
    if held.roles.isdisjoint((*NOTICE_ROLES, Role.FIRST_REVIEWER)):
        return False
    if held.holds_over(round_.jurisdiction.code, *NOTICE_ROLES):
        return True
    return rounds_overseen(person).filter(pk=round_.pk).exists()


def opened_in(year: int, path: str = "") -> Q:
    """Of rounds, or of what names its round at ``path``: that it was opened in that year.

    By the clock of Beijing: a round belongs to the year in which it takes applications.
    """
    if not MINYEAR <= year < MAXYEAR:
        return Q(pk__in=())
    begins, ends = (datetime(number, 1, 1, tzinfo=clock.SHANGHAI) for number in (year, year + 1))
    return Q(**{f"{path}opens_at__gte": begins, f"{path}opens_at__lt": ends})


def rounds_under_way() -> QuerySet[Round]:
    """Those that are open and still take applications, or will."""
    return Round.objects.filter(clock.running("closes_at"), status=Round.Status.OPEN)


def is_under_way(round_: Round) -> bool:
    """Whether it is one of ``rounds_under_way``."""
    return round_.status == Round.Status.OPEN and not clock.is_over(round_.closes_at)


def rounds_to_apply_in(area_codes: Iterable[str], *, late: Iterable[int] = ()) -> QuerySet[Round]:
    """The rounds that take applications now from one of the 12-digit codes.

    ``late`` are the keys of rounds in which somebody has time of their own.
    """
    under_way = Q(clock.running("closes_at"), status=Round.Status.OPEN) & taking(area_codes)
    rounds = Round.objects.filter(under_way | Q(pk__in=set(late)))
    return rounds.filter(opens_at__lte=clock.now())


def areas_to_open_in(person: Person | AnonymousUser) -> QuerySet[Jurisdiction]:
    """Where the person may begin a round: a township organizes none."""
    return Jurisdiction.objects.filter(_managed(person, "code")).exclude(level=Level.TOWNSHIP)


def opens_rounds(person: Person | AnonymousUser) -> bool:
    return seats(person).is_county_coordinator


def may_try_standards(person: Person | AnonymousUser, round_: Round) -> bool:
    """Whether the person may ask how the round would have come out by another standard."""
    return seats(person).holds_over(
        round_.jurisdiction.code, Role.COUNTY_COORDINATOR, Role.STANDARDS_MANAGER
    )


def rounds_to_learn_from(person: Person | AnonymousUser) -> QuerySet[Round]:
    """Every round that was opened, of those for which ``may_try_standards`` holds."""
    roles = (Role.COUNTY_COORDINATOR, Role.STANDARDS_MANAGER)
    covered = seats(person).within("jurisdiction__code", *roles)
    return Round.objects.filter(covered).exclude(status=Round.Status.DRAFT)


def _managed(person: Person | AnonymousUser, path: str) -> Q:
    return seats(person).within(path, Role.COUNTY_COORDINATOR)


def takes(round_: Round, organization: Organization) -> bool:
    """Whether the organization lies in the round's jurisdiction."""
    return organization.jurisdiction.code.startswith(round_.jurisdiction.prefix)


def taking(area_codes: Iterable[str]) -> Q:
    """Of rounds: that their jurisdiction contains one of the 12-digit codes."""
    around = {code for area in area_codes for code in codes_around(area)}
    return Q(jurisdiction__code__in=around)


def applying_organizations(person: Person | AnonymousUser) -> QuerySet[Organization]:
    """Organizations that the person may apply for, in whatever round takes them."""
    ids = seats(person).organizations(Role.PREPARER, Role.HEAD)
    return Organization.objects.filter(pk__in=ids, is_active=True).select_related("jurisdiction")


def organizations_called(round_: Round, name: str) -> QuerySet[Organization]:
    """Those that the round takes and that bear this name."""
    categories = round_.categories.values("category")
    within = Q(jurisdiction__code__startswith=round_.jurisdiction.prefix, is_active=True)
    named = Q(name_key=key_of(name))
    return Organization.objects.filter(within, named, category__in=categories)


def organizations_late(round_: Round, organizations: Iterable[Organization]) -> set[int]:
    """Which of them have time of their own that runs now; asked where the round's is over."""
    rows = RoundExtension.objects.filter(
        clock.running("closes_after"), round=round_, organization__in=organizations
    )
    return set(rows.values_list("organization", flat=True))


def late_rounds(organizations: Iterable[Organization]) -> dict[int, set[int]]:
    """By organization the rounds in which it alone still has time; one statement."""
    rows = RoundExtension.objects.filter(
        clock.running("closes_after"), organization__in=organizations
    )
    found: dict[int, set[int]] = {}
    for organization, round_ in rows.values_list("organization", "round"):
        found.setdefault(organization, set()).add(round_)
    return found


def may_apply(round_: Round, person: Person | AnonymousUser) -> bool:
    """Whether one of the person's organizations may begin an application now."""
    taken = organizations_taken(round_, person)
    if not taken or round_.status == Round.Status.DRAFT:
        return False
    if is_under_way(round_):
        return True
    return bool(organizations_late(round_, taken))


def organizations_taken(round_: Round, person: Person | AnonymousUser) -> list[Organization]:
    """Those of the person's organizations that the round takes, as to area and category."""
    asked = {entry.category for entry in round_.categories.all()}
    return [
        organization
        for organization in applying_organizations(person)
        if organization.category in asked and takes(round_, organization)
    ]
