"""Who keeps the templates of a county: its coordinator, as the office that draws its papers up.

The deciding officer signs what was drawn up; the form of a paper is the managing office's (GB/T
9704-2012 is kept by whoever drafts), so nobody needs a second person for it (our default).
"""

from django.db.models import QuerySet

from designation.organizations.models import Jurisdiction, Level, Person, Role
from designation.organizations.rules import seats


def kept_areas(person: Person) -> QuerySet[Jurisdiction]:
    """The areas whose templates the person keeps; a township issues none of them."""
    mine = seats(person).within("code", Role.COUNTY_COORDINATOR)
    return Jurisdiction.objects.filter(mine).exclude(level=Level.TOWNSHIP)


def keeps(person: Person, area: Jurisdiction) -> bool:
    return kept_areas(person).filter(pk=area.pk).exists()
