"""What a decision will send, before it is taken: composed by the code that will compose it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from designation.organizations.models import Person
from standards.language import of_the_record

from ... import declared, door
from ...case.facts import Act, Case
from ...case.records import Decision, Part
from ...findings import GateFinding
from .facts import Review
from .models import ItemMark

# Subject and body of the message to the applicant; the room that sends it says how (``told_by``).
Told = Callable[[Case, Decision, Iterable[tuple[str, str]]], tuple[str, str]]
_TOLD: list[Told] = []


def told_by(told: Told) -> None:
    """Say what the applicant is told of a passage; called once, when the site starts."""
    _TOLD[:] = [told]


@dataclass(frozen=True, slots=True)
class Preview:
    """``findings`` keep it from being sent; ``released`` are the marks that it lets be read."""

    name: str
    label: str
    subject: str
    lines: tuple[str, ...]
    released: tuple[ItemMark, ...]
    findings: tuple[GateFinding, ...]


def preview(case: Case, person: Person, name: str, act: Act) -> Preview | None:
    """What the applicant would get; None where ``name`` is not the person's to carry out."""
    offered = {way.slug: way for way, _findings in door.offered("application", case, person)}
    if name not in offered:
        return None
    way = offered[name]
    decision = Decision(
        application=case.application,
        transition=name,
        from_stage=case.application.stage,
        to_stage=str(way.target),
        actor=person,
        at=case.now,
        opinion=act.opinion.strip(),
        fault=act.fault,
    )
    subject, body = _TOLD[0](case, decision, _in_order(case, act))
    acting = case.with_application(case.application)
    acting.act = act
    return Preview(
        name=name,
        label=str(way.label),
        subject=subject,
        lines=tuple(body.splitlines()[1:]),
        released=tuple(mark for mark in Review.of(case).marks.values() if mark.released_at is None),
        findings=(*_unsure(name), *door.findings(f"application.{name}", acting)),
    )


def _in_order(case: Case, act: Act) -> list[tuple[str, str]]:
    """The list as it will stand on record: in the order of the standard, then the parts."""
    listed = act.corrections
    with of_the_record():
        words = {code: code for code in case.item_codes} | {
            part.value: str(part.label) for part in Part
        }
    return [(words[code], listed[code].strip()) for code in words if code in listed]


def _unsure(name: str) -> Iterable[GateFinding]:
    """What is asked for beside the button, and is no reason yet."""
    if declared.passage(name).cannot_be_undone:
        yield GateFinding(
            "asked_once_more",
            _("不能恢复的办理"),
            _("办理时还要勾选“我已看清，确认办理”。"),
            blocking=False,
        )
