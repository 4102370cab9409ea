"""Who takes a decision of a review back: whoever took it, in the role in which they did."""

from designation.organizations.models import Person

from ...case import rules
from ...case.facts import Case
from ...case.rules import Rule
from .facts import Review


def _took(rule: Rule, transition: str) -> Rule:
    """Those of ``rule`` by whom the last passage was carried out, if it was ``transition``."""

    def holds(case: Case, person: Person) -> bool:
        if not rule(case, person):
            return False
        last = Review.of(case).last_decision
        return last is not None and last.transition == transition and last.actor_id == person.pk

    return Rule(tuple((role, holds) for role, _holds in rule.ways))


recommended_it = _took(rules.is_first_reviewer, "recommend")
returned_it = _took(rules.is_first_reviewer, "return_for_correction") | _took(
    rules.is_county_coordinator, "return_for_correction"
)
