"""What becomes of a title, as the paper on which it rests: an order to correct, a revocation."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from designation.organizations.models import Person, Role
from designation.papers.dates import in_words
from designation.papers.fields import Paper, RectificationOrder, Revocation
from designation.papers.slots import Slot
from designation.register.models import TitleStep
from designation.register.rules import lives_read_by
from designation.register.standing import Act
from standards.language import of_the_record

from .. import door
from ..case.rules import Rule
from ..stages.appeals import told as appeals
from .case import TitleCase
from .rules import is_coordinator, is_decider


def written(case: TitleCase, pk: int) -> TitleStep | None:
    """The step of the title with this key, where there is a paper of it."""
    return next((step for step in case.life if step.pk == pk and step.act in WRITTEN), None)


@of_the_record()
def of_step(case: TitleCase, step: TitleStep) -> Paper:
    return _MADE[Act(step.act)](case, step)


def _said(case: TitleCase, step: TitleStep) -> dict[str, Any]:
    """Holder and name are those of the day, whoever holds it and whatever they are called later."""
    title, round_ = case.title, case.title.decision.round
    holder = case.holder_at(step).name_on(step.effective_on)
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
    return Revocation(**_said(case, step) | {"addressee": "各有关单位"} | appeals.in_a_paper(step))


_MADE: Mapping[Act, Callable[[TitleCase, TitleStep], Paper]] = {
    Act.ORDERED: _order,
    Act.REVOKED: _revocation,
}
# By the acts of which there is a paper, its kind.
WRITTEN: Mapping[str, str] = {
    Act.ORDERED: RectificationOrder.KIND,
    Act.REVOKED: Revocation.KIND,
}
_ISSUED_BY: Mapping[str, Rule] = {Act.ORDERED: is_coordinator, Act.REVOKED: is_decider}


def _slot(act: Act) -> Slot:
    """Whoever may do it now puts the sealed copy there, whoever reads the title's life reads it."""

    def read_by(person: Person) -> QuerySet[TitleStep]:
        titles = lives_read_by(person).order_by().values("pk")
        rows = TitleStep.objects.filter(act=act, title__in=titles)
        return rows.select_related("title__decision__round", "title__jurisdiction")

    def role(step: TitleStep, person: Person) -> Role | None:
        case = TitleCase(step.title, asked=door.Asked(person))
        return next((one for one, let in _ISSUED_BY[act].ways if let(case, person)), None)  # type: ignore[return-value]

    return Slot(
        read_by=read_by,
        role=role,
        area=lambda step: step.title.jurisdiction,
        paper=lambda step: of_step(TitleCase(step.title, asked=door.Asked(None)), step),
        address=lambda step: reverse("titles:title", args=[step.title_id]),
    )


SLOTS = {WRITTEN[act]: _slot(act) for act in _MADE}
