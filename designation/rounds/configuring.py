"""Filling a draft round: its legal frame, its categories, the county's terms, its vetoes.

Once open, the rules of a round stand. Each function is called while the round is held.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.audit import events
from designation.organizations.models import Jurisdiction, Person, Role
from designation.site.refusal import Finding, Refusal
from designation.site.templatetags.moments import moment
from standards.language import of_the_record
from standards.models import StandardVersion

from .models import LocalTerm, Round, RoundCategory, Veto
from .rules import managing_role


class RoundRefused(Refusal):
    """The round cannot be changed any more, or not by the actor."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a category, and the standard it is judged by."""

    standard: StandardVersion
    count: int


def held(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """The rounds, each held from when it is read to the end of the transaction."""
    return rounds.select_related("jurisdiction").select_for_update(of=("self",))


def hold_terms(round_: Round) -> None:
    """Hold the local terms: they are the area's own, whichever of its rounds shows them."""
    Jurisdiction.objects.select_for_update(no_key=True).get(pk=round_.jurisdiction_id)


def keep_frame(round_: Round, *, actor: Person, changed: Mapping[str, Any]) -> None:
    """Keep a round as it was filled in, new or changed.

    ``changed`` is what the log holds of it. Raises RoundRefused, as all here do.
    """
    is_new = round_._state.adding  # noqa: SLF001 - Django's own mark of a row not yet there
    if not is_new:
        # The round may be moved to another area, by whoever manages it where it stands.
        _role_to_change(held(Round.objects.all()).get(pk=round_.pk), actor)
    role = _role_to_change(round_, actor)
    round_.save()
    record(round_, "round.add" if is_new else "round.edit", changed, actor=actor, role=role)


def set_places(
    round_: Round,
    places: Mapping[str, Places | None],
    *,
    actor: Person,
    changed: Mapping[str, Any],
) -> None:
    """Give each category of ``places`` its places and standard; None takes it out."""
    role = _role_to_change(round_, actor)
    for category, given in places.items():
        if given is None:
            round_.categories.filter(category=category).delete()
        else:
            RoundCategory.objects.update_or_create(
                round=round_,
                category=category,
                defaults={"quota": given.count, "standard": given.standard},
            )
    record(round_, "round.categories", changed, actor=actor, role=role)


def define_terms(
    round_: Round, definitions: Mapping[str, str], *, actor: Person, changed: Mapping[str, Any]
) -> None:
    """Keep the area's own definition of each term; an empty one is left as it is."""
    role = _role_to_change(round_, actor)
    for term, definition in definitions.items():
        if definition:
            LocalTerm.objects.update_or_create(
                jurisdiction=round_.jurisdiction, term=term, defaults={"definition": definition}
            )
    record(round_, "round.terms", changed, actor=actor, role=role)


def set_vetoes(
    round_: Round,
    grounds: Mapping[str, tuple[str, str]],
    *,
    actor: Person,
    changed: Mapping[str, Any],
) -> None:
    """By check the document that its veto rests on and who confirms the fact; "" sets it off."""
    role = _role_to_change(round_, actor)
    for code, (document, body) in grounds.items():
        if document:
            Veto.objects.update_or_create(
                round=round_,
                check_code=code,
                defaults={"document": document, "confirming_body": body, "is_on": True},
            )
        else:
            round_.vetoes.filter(check_code=code).update(is_on=False)
    record(round_, "round.vetoes", changed, actor=actor, role=role)


def obstacles(round_: Round, actor: Person) -> Iterable[Finding]:
    """Why the actor cannot change the round; none when they can."""
    if managing_role(actor, round_) is None:
        yield Finding("not_allowed", "", _("只有本辖区的县级经办人可以填写批次。"))
    if round_.status != Round.Status.DRAFT:
        told = _("批次已经开展，规则不能再改。您填的内容还在下面。")
        yield Finding("not_draft", "", told)


def _role_to_change(round_: Round, actor: Person) -> Role:
    role = managing_role(actor, round_)
    found = list(obstacles(round_, actor))
    if found or role is None:
        raise RoundRefused(found)
    return role


def moment_in_log(at: datetime) -> str:
    """A moment as the log holds it, in the record's language."""
    with of_the_record():
        return moment(at)


def record(
    round_: Round, action: str, details: Mapping[str, Any], *, actor: Person, role: Role
) -> None:
    """Append what was done to a round to the audit log; call inside a transaction.

    ``role`` is the one in which ``rules.managing_role`` let the actor in.
    """
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=round_,
            jurisdiction_code=round_.jurisdiction.code,
            role=role,
            details=details,
        )
    )
