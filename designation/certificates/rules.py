"""Who issues certificates, who says how they look, and who fetches them.

Two hands: the coordinator says how the county's certificates look, the deciding officer, who gives
titles, issues them, and none of their own organization. Who reads the whole life of a title fetches
its certificate; everybody checks it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from designation.organizations.models import Jurisdiction, Level, Person, Role, county_code
from designation.organizations.rules import seats
from designation.register import rules as register
from designation.register.models import Designation, DesignationDecision
from designation.register.queries import in_force
from designation.register.rules import LOOKING_AFTER, giving_role, lives_read_by, looked_after_by
from designation.site import clock
from designation.site.refusal import Finding

from .models import Certificate

_COORDINATES = Role.COUNTY_COORDINATOR


def issuing_role(person: Person, county: Jurisdiction) -> Role | None:
    return giving_role(person, county.code)


def own_organization(title: Designation, person: Person, county: Jurisdiction) -> Finding | None:
    """Why another has to issue the certificate of this title, where that is so."""
    own = register.of_own_units(person, county.code)
    return register.own_organization() if own.filter(pk=title.pk).exists() else None


def but_their_own(titles: Iterable[int], person: Person, county: Jurisdiction) -> list[int]:
    """Of titles by key those that are not of the person's own organization."""
    keys = list(titles)
    own = set(register.of_own_units(person, county.code).filter(pk__in=keys).values_list("pk"))
    return [key for key in keys if (key,) not in own]


def designing_role(person: Person, county: Jurisdiction) -> Role | None:
    return seats(person).role_over(county.code, _COORDINATES)


def designed_by(person: Person) -> QuerySet[Jurisdiction]:
    """The counties of whose certificates the person says how they look."""
    rows = Jurisdiction.objects.filter(level=Level.COUNTY)
    return rows.filter(seats(person).within("code", _COORDINATES))


def seen_by(person: Person) -> QuerySet[Jurisdiction]:
    """The counties of whose certificates the person sees how they look, and packs them."""
    rows = Jurisdiction.objects.filter(level=Level.COUNTY)
    return rows.filter(seats(person).within("code", *LOOKING_AFTER))


def decisions(person: Person) -> QuerySet[DesignationDecision]:
    """The decisions whose titles the person looks after."""
    mine = looked_after_by(person).order_by().values("decision")
    return DesignationDecision.objects.filter(pk__in=mine)


def fetched_by(person: Person) -> QuerySet[Certificate]:
    titles = lives_read_by(person).order_by().values("pk")
    return Certificate.objects.filter(title__in=titles)


def packing_role(person: Person, county: Jurisdiction) -> Role | None:
    """The role in which the person takes away the certificates of a county together."""
    return seats(person).role_over(county.code, *LOOKING_AFTER)


@dataclass(frozen=True, slots=True)
class Office:
    """What one person may do about the certificates of a title, for the links of its page."""

    may_issue: bool
    may_pack: bool
    # Whose design they keep, by key; None where it is not theirs.
    designs: int | None


def office(title: Designation, person: Person | AnonymousUser) -> Office:
    if not isinstance(person, Person):
        return Office(may_issue=False, may_pack=False, designs=None)
    code = county_code(title.jurisdiction.code)
    mine = seats(person)
    packs = mine.holds_over(code, *LOOKING_AFTER)
    designs = mine.holds_over(code, _COORDINATES)
    county = Jurisdiction.objects.filter(code=code).first() if designs else None
    issues = giving_role(person, code) is not None
    return Office(
        may_issue=issues and _may_be_issued(title, person, code),
        may_pack=packs,
        designs=county.pk if county else None,
    )


def _may_be_issued(title: Designation, person: Person, code: str) -> bool:
    """In force, and not of the person's own organization."""
    own = register.of_own_units(person, code)
    return in_force(clock.today()).filter(pk=title.pk).exclude(pk__in=own.values("pk")).exists()
