"""What becomes of a title, as the paper on which it rests: an order to correct, a revocation."""

from collections.abc import Callable, Mapping
from typing import Any

from designation.papers.dates import in_words
from designation.papers.fields import Paper, RectificationOrder, Revocation
from designation.register.models import TitleStep
from designation.register.standing import Act
from standards.language import of_the_record

from .case import TitleCase


def written(case: TitleCase, pk: int) -> TitleStep | None:
    """The step of the title with this key, where there is a paper of it."""
    return next((step for step in case.life if step.pk == pk and step.act in WRITTEN), None)


@of_the_record()
def of_step(case: TitleCase, step: TitleStep) -> Paper:
    return _MADE[Act(step.act)](case, step)


def _said(case: TitleCase, step: TitleStep) -> dict[str, Any]:
    """The name is that of the day, whatever the holder is called later."""
    title, round_ = case.title, case.title.decision.round
    holder = case.holder.name_on(step.effective_on)
    given_by = title.decision
    return {
        "issuing_body": step.deciding_body,
        "document_number": step.document_number,
        "dated": in_words(step.effective_on),
        "addressee": holder,
        "issued_by": round_.managing_office if round_ else step.deciding_body,
        "holder": holder,
        "category": title.get_category_display(),
        "title_number": title.number,
        "given_by": f"{given_by.deciding_body} {given_by.document_number}",
        "given_on": in_words(title.designated_on),
        "reason": step.reason,
    }


def _order(case: TitleCase, step: TitleStep) -> RectificationOrder:
    return RectificationOrder(**_said(case, step), correct_by=in_words(step.correct_by))


def _revocation(case: TitleCase, step: TitleStep) -> Revocation:
    return Revocation(**_said(case, step) | {"addressee": "各有关单位"})


_MADE: Mapping[Act, Callable[[TitleCase, TitleStep], Paper]] = {
    Act.ORDERED: _order,
    Act.REVOKED: _revocation,
}
# The acts of which there is a paper.
WRITTEN = frozenset(_MADE)
