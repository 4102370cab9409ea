"""Saving what an organization states on one item."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from designation.organizations.models import Person
from designation.site import clock
from designation.site.shown import Seen
from standards.models import Item

from . import authorship
from .authorship import Authorship, Sheet
from .models import Answer, Application, FormerValue
from .rules import refuse_unless_applicant

# What an answer says beside the values of its checks.
WORDS = ("conclusion", "note")


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save.

    ``changed`` names the fields that are new; ``conflicts`` maps each field that somebody else
    changed meanwhile to what stands there; ``replaced`` are the values of others that gave way.
    """

    answer: Answer
    changed: frozenset[str]
    conflicts: Mapping[str, Any]
    replaced: list[FormerValue]


def fields(answer: Answer | None) -> dict[str, Any]:
    """Everything the answer says by field: values by check code, conclusion and note."""
    if answer is None:
        return {}
    return {**answer.values, "conclusion": answer.conclusion, "note": answer.note}


def sheet(answer: Answer) -> Sheet:
    """The answer's fields with their authors."""
    known = Authorship(answer.saved_by_id, answer.saved_at, answer.saved_at) if answer.pk else None
    submission = answer.application.submission
    settled_at = submission.submitted_at if submission else None
    return Sheet(fields(answer), answer.written, known, settled_at)


def save_item(
    application: Application,
    item: Item,
    *,
    values: Mapping[str, Any],
    conclusion: str | None = None,
    note: str | None = None,
    actor: Person,
    seen: Seen | None = None,
) -> Saved:
    """Bring what was sent on ``item`` together with what stands there, while it is held.

    ``values`` are in their JSON form by check code, None for one that was emptied; a code that
    is missing, and a conclusion or note of None, was not sent and stays. ``seen`` is what came
    back of what the person saw. Whether the item may be changed is the caller's question
    (``workflows.editing``). Raises Refusal for who is not of the applicant, as all that fills in.
    """
    refuse_unless_applicant(application, actor)
    answer = Answer.objects.filter(application=application, item=item).first()
    answer = answer or Answer(application=application, item=item)
    answer.application = application
    answer.item = item
    before = sheet(answer)
    sent = dict(values) | {
        name: text for name, text in zip(WORDS, (conclusion, note), strict=True) if text is not None
    }
    merged = before.merge(seen or Seen(), sent, actor=actor)
    superseded = before.rewrite(merged.changed, actor=actor, at=clock.now())
    if merged.changed or answer.pk is None:
        _write(answer, merged.values, actor)
    kept = authorship.keep(superseded, application, FormerValue.Subject.ANSWER, item=item)
    return Saved(answer, merged.changed, merged.conflicts, authorship.of_others(kept))


def _write(answer: Answer, said: Mapping[str, Any], actor: Person) -> None:
    answer.conclusion, answer.note = said.get("conclusion") or "", said.get("note") or ""
    answer.values = {
        code: value for code, value in said.items() if code not in WORDS and value is not None
    }
    answer.saved_at, answer.saved_by = clock.now(), actor
    answer.save()
