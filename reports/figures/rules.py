"""Who sees the figures of which cases: whoever sees the cases, and of those alone.

The office of an area sees what lies in it, those above it all below them, a body what it reviews.
"""

from django.db.models import Q, QuerySet

from designation.applications.models import Application
from designation.organizations.models import Jurisdiction, Person, Role
from designation.organizations.roles import NOTICE_ROLES
from designation.organizations.rules import seats
from designation.rounds.models import RecommendationQuota, Round
from designation.rounds.rules import opened_in
from workflows.case.scoping import looks_after_areas, overseen_applications


def applications(person: Person, round_: Round, category: str) -> QuerySet[Application]:
    """What of the round is counted for the person; all its categories where none is named."""
    rows = overseen_applications(person).filter(round=round_)
    return rows.filter(category=category) if category else rows


def areas(person: Person) -> QuerySet[Jurisdiction]:
    """The areas whose years the person sees: those of their office, and all below."""
    return Jurisdiction.objects.filter(seats(person).within("code", *NOTICE_ROLES))


def of_the_year(person: Person, area: Jurisdiction, year: int) -> QuerySet[Application]:
    """What is counted of the rounds that were opened in the year, within the area."""
    within = overseen_applications(person).filter(area_code__startswith=area.prefix)
    return within.filter(opened_in(year, "round__"))


def quotas(person: Person, round_: Round, category: str) -> QuerySet[RecommendationQuota]:
    """The places of those bodies whose recommendations the person sees."""
    held = seats(person)
    own = Q(reviewing_body__in=held.organizations(Role.FIRST_REVIEWER))
    below = held.within("reviewing_body__jurisdiction__code", *NOTICE_ROLES)
    rows = RecommendationQuota.objects.filter(own | below, round=round_)
    return rows.filter(category=category) if category else rows


def sees_all(person: Person, round_: Round) -> bool:
    """Whether what is counted for the person is the whole round."""
    return seats(person).holds_over(round_.jurisdiction.code, *NOTICE_ROLES)


def sees_places(person: Person) -> bool:
    """Whether the person looks after places, so that figures are told place by place."""
    return looks_after_areas(person)
