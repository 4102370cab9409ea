"""The press that ends a section: it confirms what was carried over, and takes what is proposed."""

from collections.abc import Collection, Mapping
from typing import Any

from designation.applications.models import Application
from designation.organizations.models import Person
from designation.site import shown
from designation.site.shown import Seen
from standards import values
from standards.engine.evaluation import Item

from ...case import items
from ...case.facts import Case
from . import editing, item_answers, sections
from .item_answers import Sent
from .last_time import LastTime


def conclude(
    case: Case, proposed: Mapping[str, str], *, actor: Person, confirmed: Collection[str] = ()
) -> list[str]:
    """Enter what the page showed: answers of last time, and conclusions where none stands.

    ``confirmed`` are the checks whose answer of last time was shown as waiting; each becomes an
    answer of its own, by who confirmed it, unless another stands there meanwhile. ``proposed``
    are conclusions by item code. One that the checks do not lead to any more, for somebody
    changed an answer meanwhile, is not entered; returns the codes of those. Raises Refusal when
    the application has moved on.
    """
    wanted = {
        item.code: item
        for item in case.standard.items
        if item.code in proposed or any(check.code in confirmed for check in item.checks)
    }

    def may(held: Case, person: Person) -> bool:
        unlocked = editing.unlocked_items(held, person)
        return bool(unlocked) and wanted.keys() <= unlocked

    passed_over = []
    with editing.held(case.application, may, actor) as application:
        case.forget("answers", "declared", "declared_report")
        for code, item in wanted.items():
            conclusion = _conclusion(case, item, proposed.get(code, ""))
            if conclusion is None:
                passed_over.append(code)
            said = conclusion or ""
            _enter(case, application, item, said, confirmed=confirmed, actor=actor)
    return passed_over


def _conclusion(case: Case, item: Item, proposed: str) -> str | None:
    """What to conclude: nothing where it was, None where the checks lead elsewhere now."""
    card = sections.card_of(case, item)
    if card.concluded or not proposed:
        return ""
    return proposed if card.proposed == proposed else None


def _enter(
    case: Case,
    application: Application,
    item: Item,
    conclusion: str,
    *,
    confirmed: Collection[str],
    actor: Person,
) -> None:
    own = {check.code for check in item.checks} & set(confirmed)
    waiting = LastTime.of(case).carried if own else {}
    said: dict[str, Any] = {code: values.to_json(waiting[code]) for code in own if code in waiting}
    if not (said or conclusion):
        return
    # Nothing stood there when it was shown.
    seen = Seen(dict.fromkeys((*said, "conclusion"), shown.digest("")))
    sent = Sent(said, conclusion or None, seen=seen)
    stored = items.known(application.standard_id, item.code)
    item_answers.save_held(case, application, stored, sent, actor=actor)
