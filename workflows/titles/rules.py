"""Who may do what to a title.

Two hands, as everywhere in the county: the coordinator warns, orders, finds the correction made and
cancels where nobody is at fault; what takes a title away for a fault, or gives it anew, is the
deciding officer's, who gives titles. Nobody acts on the title of their own organization.
"""

from designation.organizations.models import Person, Role
from designation.organizations.rules import seats, serves

from ..case.rules import Rule, lets_in
from .case import TitleCase


def _over_its_area(role: Role) -> Rule:
    @lets_in(role)
    def holds(case: TitleCase, person: Person) -> bool:
        mine = seats(person)
        hands = mine.hands(role, code=case.area_code)
        return (
            mine.holds_over(case.area_code, role)
            and not mine.is_administrator
            and not any(serves(one, case.holder) for one in hands)
        )

    return holds


is_coordinator = _over_its_area(Role.COUNTY_COORDINATOR)
is_decider = _over_its_area(Role.DECIDING_OFFICER)
