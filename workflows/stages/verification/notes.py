"""A site record on its way: read by those at work on it, by others once released.

As the marks of the first review: a recorded act releases it (``released_at``).
"""

from designation.applications.models import Conclusion
from designation.organizations.models import Person
from standards import values

from ...case.facts import Case
from ...case.found_unmet import Found
from ...case.rules import is_county_coordinator
from ...case.shown_items import Side
from .facts import OnSite
from .models import Measurement
from .rules import is_on_team
from .standing import released


def readable(case: Case, person: Person) -> Side:
    """The site record, not yet released, is for the team and the county coordinator."""
    if not _reads_the_visit(case, person):
        return Side({})
    measured = OnSite.of(case).measurements
    return Side(measured, values.from_rows(row.values for row in measured.values()))


def _reads_the_visit(case: Case, person: Person) -> bool:
    visit = OnSite.of(case).visit
    if visit is None or visit.released_at is not None:
        return True
    return is_on_team(case, person) or is_county_coordinator(case, person)


def found_unmet() -> Found:
    """What was released of visits and said of an item that it is not met."""
    found = Measurement.objects.filter(released("visit__"), verdict=Conclusion.NOT_MET)
    return found, "visit__application", "item"
