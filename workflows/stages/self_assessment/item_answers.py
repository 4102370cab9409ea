"""What the applicant states on one item, the reply to a correction included: shown and saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from designation.applications import answers, authorship, sittings
from designation.applications.models import Answer, Application, Conclusion, FormerValue, Room
from designation.organizations.models import Person
from designation.site.shown import Seen, Told
from designation.site.tallies import PRESSED, Way
from standards import catalogue, values
from standards.engine.evaluation import Item as Rules
from standards.models import Item

from ...case import replaced, rules
from ...case.facts import Case
from ...door import not_permitted
from . import editing, replies


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent on an item, by field; what is None or missing was not sent and stays.

    ``values`` are in their JSON form by check code, None there for one that was emptied.
    """

    values: Mapping[str, Any]
    conclusion: str | None = None
    note: str | None = None
    reply: str | None = None
    seen: Seen = field(default_factory=Seen)
    way: Way = PRESSED

    @property
    def answers_something(self) -> bool:
        """Whether anything but the reply was sent."""
        return bool(self.values) or self.conclusion is not None or self.note is not None


def record_of(case: Case, code: str) -> dict[str, Any]:
    """What the record says on the item, by field, what is empty too: a form carries its digests."""
    correction = case.corrections.get(code)
    reply = {replies.FIELD: correction.reply} if correction is not None else {}
    checks = catalogue.published(case.application.standard_id).item(code).checks
    fields = [*(check.code for check in checks), *answers.WORDS]
    return dict.fromkeys(fields) | answers.fields(case.answers.get(code)) | reply


def save(case: Case, item: Item, sent: Sent, *, actor: Person) -> dict[str, Told]:
    """Save what was sent; returns what somebody else changed meanwhile, by field.

    That stands until the person has chosen. Raises Refusal when the item is locked.
    """
    with editing.held(case.application, editing.may_edit_item(item.code), actor) as application:
        return save_held(case, application, item, sent, actor=actor)


def save_held(
    case: Case, application: Application, item: Item, sent: Sent, *, actor: Person
) -> dict[str, Told]:
    """As ``save``, while the caller holds ``application``."""
    role = rules.is_applicant.role(case, actor)
    if role is None:
        raise not_permitted()
    told: dict[str, Told] = {}
    names: set[str] = set()
    gave_way: list[FormerValue] = []

    def show(name: str, value: Any) -> str:
        return in_words(case.standard.item(item.code), name, value)

    if sent.answers_something:
        saved = answers.save_item(
            application,
            item,
            values=sent.values,
            conclusion=sent.conclusion,
            note=sent.note,
            actor=actor,
            seen=sent.seen,
        )
        told |= authorship.told(answers.sheet(saved.answer), saved.conflicts, show)
        names |= saved.changed
        gave_way += saved.replaced
        _remember(case, saved.answer)
    correction = None if sent.reply is None else case.corrections.get(item.code)
    if correction is not None and sent.reply is not None:
        correction.application = application
        reply = replies.save_reply(correction, sent.reply, actor=actor, seen=sent.seen)
        told |= authorship.told(replies.sheet(correction), reply.conflicts, show)
        names |= reply.changed
        gave_way += reply.replaced
    sittings.note(
        application,
        sorted(_place(item, name) for name in names),
        room=Room.SELF_ASSESSMENT,
        actor=actor,
        role=role,
        way=sent.way,
    )
    replaced.record(application, gave_way, actor=actor, role=role)
    return told


def _place(item: Item, name: str) -> str:
    """The field's name with its item: check codes bear it already."""
    return name if name.startswith(item.code) else f"{item.code} {name}"


def _remember(case: Case, answer: Answer) -> None:
    """The case says from now on what the record says."""
    case.answers[answer.item.code] = answer
    case.forget("declared", "declared_report")


def in_words(item: Rules, name: str, value: Any) -> str:
    """A field's value as a person reads it."""
    if name == "conclusion":
        return str(Conclusion(value).label) if value in Conclusion.values else ""
    check = next((check for check in item.checks if check.code == name), None)
    if check is None:
        return str(value or "")
    return values.show(check, values.from_json(value))
