"""Taking the conclusions that the checks propose, by the press that ends a section."""

from collections.abc import Mapping

from designation.organizations.models import Person
from designation.site import shown
from designation.site.shown import Seen

from ...case import items
from ...case.facts import Case
from . import editing, item_answers, sections
from .item_answers import Sent


def conclude(case: Case, proposed: Mapping[str, str], *, actor: Person) -> list[str]:
    """Enter the conclusions that the page ``proposed``, by item code, where none stands.

    One that the checks do not lead to any more, for somebody changed an answer meanwhile, is not
    entered; returns the codes of those. Raises Refusal when the application has moved on.
    """

    def may(held: Case, person: Person) -> bool:
        unlocked = editing.unlocked_items(held, person)
        return bool(unlocked) and proposed.keys() <= unlocked

    passed_over = []
    with editing.held(case.application, may, actor) as application:
        case.forget("answers", "declared", "declared_report")
        for code, conclusion in proposed.items():
            card = sections.card_of(case, case.standard.item(code))
            if card.concluded:
                continue
            if card.proposed != conclusion:
                passed_over.append(code)
                continue
            item = items.known(application.standard_id, code)
            sent = Sent({}, conclusion, seen=Seen({"conclusion": shown.digest("")}))
            item_answers.save_held(case, application, item, sent, actor=actor)
    return passed_over
