"""Who may read, cite and look after which entries of the libraries.

An entry of an organization is its own people's. Everybody else, and everybody for an entry of an
area, reads what is cited where they may look; personal data only those whom the citing room lets
look closely. To know a hash, or to have the same file, gives no right.
"""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from designation.organizations.models import Jurisdiction, Organization, Person, Role
from designation.organizations.rules import seats

from . import citing
from .models import LibraryEntry, Sensitivity

# In the order in which they let a person in.
_OWN = (Role.PREPARER, Role.HEAD)


def own(person: Person) -> QuerySet[LibraryEntry]:
    """What the organizations hold whose applications the person prepares or answers for.

    With what was taken out: of that, all but the content is still to be seen.
    """
    return LibraryEntry.objects.filter(organization_id__in=seats(person).organizations(*_OWN))


def organizations(person: Person) -> QuerySet[Organization]:
    """Whose libraries the person looks after."""
    return Organization.objects.filter(pk__in=seats(person).organizations(*_OWN))


def readable(person: Person, entries: Collection[int]) -> QuerySet[LibraryEntry]:
    """Those of ``entries`` whose content the person may read now.

    Asked of no kind but those that cite them: a page of pictures asks this of each.
    """
    condition = Q(organization_id__in=seats(person).organizations(*_OWN))
    for kind in citing.kinds_citing(entries):
        seen, closely = (
            Exists(citations.order_by().filter(entry=OuterRef("pk")))
            for citations in (kind.read_by(person), kind.read_closely_by(person))
        )
        condition |= Q(seen, sensitivity=Sensitivity.ORDINARY) | Q(closely)
    return LibraryEntry.objects.filter(condition, pk__in=entries, taken_out_at__isnull=True)


def role_in_library_of(holder: Organization | Jurisdiction, person: Person) -> Role | None:
    """The role in which the person may put something into this library.

    Into that of an area: whoever holds a seat over it that is no administrator's; what they bring
    is read by what cites it alone.
    """
    mine = seats(person)
    if isinstance(holder, Organization):
        return mine.role_in(holder.pk, *_OWN)
    held = (seat.role for seat in mine.held if seat.area and holder.code.startswith(seat.area))
    return None if mine.is_administrator else next(held, None)


def may_cite(entry: LibraryEntry, person: Person) -> bool:
    """What one may read, and what one brought oneself."""
    return entry.uploaded_by_id == person.pk or readable(person, [entry.pk]).exists()


def describing_role(entry: LibraryEntry, person: Person) -> Role | None:
    """The preparer or the head of the organization; nobody describes what an area holds."""
    return seats(person).role_in(entry.organization_id, *_OWN)


def taking_out_role(entry: LibraryEntry, person: Person) -> Role | None:
    """The head of the organization; of an area's library the county coordinator."""
    if entry.organization_id is not None:
        return seats(person).role_in(entry.organization_id, Role.HEAD)
    return seats(person).role_over(entry.area_code, Role.COUNTY_COORDINATOR)
