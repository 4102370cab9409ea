"""Filling a draft round: its legal frame, its categories, the county's terms, its vetoes.

Once open, the rules of a round stand. Each function takes plain values, holds the round while it
compares and keeps them, and tells the log what changed; where nothing does, nothing is written.
``before`` is what the actor read of the same values: what another has changed since is refused.
All raise RoundRefused, with a finding for each value that cannot be, and for who may not.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from designation.adoptions.adopting import nearest_standards
from designation.audit import events
from designation.organizations.models import Jurisdiction, Person, Role
from designation.site import endings, filling
from designation.site.refusal import Finding, Refusal
from designation.site.templatetags.moments import moment
from standards.characters import kept, line
from standards.language import of_the_record
from standards.models import StandardVersion

from . import conditions, queries
from .conditions import NO_LIMIT
from .models import LocalTerm, Round, RoundCategory, Veto
from .rules import managing_role
from .words import BODY, DOCUMENT, TERM

# The legal frame, and who is asked.
FRAME = (
    "name_zh",
    "name_en",
    "jurisdiction",
    "organizer",
    "organizer_level",
    "managing_office",
    "approving_body",
    "approval_document_number",
    "legal_basis",
    "cycle",
    "opens_at",
    "closes_at",
    "year_from",
    "year_to",
    "first_review_days",
    "correction_days",
    "returns_allowed",
    "paper_check_days",
    "verification_days",
    "notice_days",
    "notice_unit",
    "notice_counts_first_day",
    "notice_people",
    "notice_channels",
    "notice_months_shown",
    "objection_receive_days",
    "objection_days",
    "objection_longer_days",
    "objection_answer_days",
    "designation_days",
    "valid_years",
    "appeal_days",
    "appeal_answer_days",
    "appeals_to",
    "posting_days",
    "posting_unit",
    "contact_unit",
    "contact_phone",
    "contact_email",
    "contact_address",
)


class RoundRefused(Refusal):
    """The round cannot be changed any more, not by the actor, or not to what was given."""


@endings.act()
def begin(values: Mapping[str, Any], *, actor: Person) -> Round:
    """Begin a draft round with these columns of its FRAME."""
    round_ = Round()
    filled = filling.fill(round_, values, columns=FRAME)
    refuse(filling.all_of(filled, round_, columns=FRAME))
    role = role_to_change(round_, actor)
    refuse(_faults(round_))
    round_.save()
    record(round_, "round.add", {"changed": list(filled.changes)}, actor=actor, role=role)
    return round_


@endings.act()
def keep_frame(
    round_: Round,
    values: Mapping[str, Any],
    *,
    actor: Person,
    before: Mapping[str, Any] | None = None,
) -> Round:
    """Change columns of the FRAME.

    A round may be moved to another area by whoever manages it there and where it stands.
    """
    held = hold(round_)
    role_to_change(held, actor)
    refuse(filling.overtaken(held, before))
    filled = filling.fill(held, values, columns=FRAME)
    refuse(filled.findings)
    role = role_to_change(held, actor)
    refuse(_faults(held))
    if filled.changes:
        held.save(update_fields=list(filled.changes))
        details = {"changed": filling.in_words(held, filled.changes)}
        record(held, "round.edit", details, actor=actor, role=role)
    return held


@endings.act()
def set_places(
    round_: Round,
    places: Mapping[str, int | None],
    *,
    actor: Person,
    before: Mapping[str, int | None] | None = None,
) -> None:
    """Give each category of ``places`` so many, by the standard in use now; None takes it out.

    ``NO_LIMIT`` stands for no number.
    """
    held = hold(round_)
    role = role_to_change(held, actor)
    present = {entry.category: entry for entry in held.categories.select_related("standard")}
    refuse(overtaken(before, {name: places_of(entry) for name, entry in present.items()}))
    usable = standards_to_choose(held)
    refuse(
        finding
        for category, count in places.items()
        for finding in conditions.of_places(category, count, usable)
    )
    changed = {}
    for category, count in places.items():
        was = present.get(category)
        if count is None:
            held.categories.filter(category=category).delete()
            now = None
        else:
            quota = None if count == NO_LIMIT else count
            now = RoundCategory(
                round=held, category=category, quota=quota, standard=usable[category]
            )
            RoundCategory.objects.update_or_create(
                round=held,
                category=category,
                defaults={"quota": now.quota, "standard": now.standard},
            )
        if _places(was) != _places(now):
            changed[category] = _places_in_words(was, now)
    record_part(held, "round.categories", changed, actor=actor, role=role)


def standards_to_choose(round_: Round) -> dict[str, StandardVersion]:
    """By category the standard that a round is judged by if its places are kept now."""
    return nearest_standards(round_.jurisdiction)


def places_of(entry: RoundCategory | None) -> int | None:
    """The places of a category as ``set_places`` takes them."""
    if entry is None:
        return None
    return NO_LIMIT if entry.quota is None else entry.quota


def _places(entry: RoundCategory | None) -> tuple[int | None, int | None]:
    return (places_of(entry), entry.standard_id) if entry else (None, None)


def _places_in_words(was: RoundCategory | None, now: RoundCategory | None) -> list[str]:
    """How many before and after; by which standard, where that alone is another."""
    with of_the_record():
        no_limit = _("不限")
    counts = [str(entry.quota or no_limit) if entry else "" for entry in (was, now)]
    if was is None or now is None or was.standard_id == now.standard_id:
        return counts
    return [f"{count}：{entry.standard}" for count, entry in zip(counts, (was, now), strict=True)]


@endings.act()
def define_terms(
    round_: Round,
    definitions: Mapping[str, tuple[str, str]],
    *,
    actor: Person,
    before: Mapping[str, tuple[str, str]] | None = None,
) -> None:
    """Keep the area's own definition of each term, and the document that it rests on.

    They are the area's, whichever of its rounds shows them; a round takes them when it opens. A
    term without a definition is left as it is.
    """
    held = hold(round_)
    role = role_to_change(held, actor)
    Jurisdiction.objects.select_for_update(no_key=True).get(pk=held.jurisdiction_id)
    known, used = queries.definitions(held), queries.used_terms(held)
    refuse(overtaken(before, known, lambda term: f"{TERM}{term}", empty=("", "")))
    given = {term: (kept(text), line(document)) for term, (text, document) in definitions.items()}
    refuse(
        finding
        for term, said in given.items()
        for finding in conditions.of_definition(term, said, known, used)
    )
    changed: dict[str, list[str]] = {}
    for term, (definition, document) in given.items():
        was = known.get(term, ("", ""))
        if not definition or (definition, document) == was:
            continue
        LocalTerm.objects.update_or_create(
            jurisdiction=held.jurisdiction,
            term=term,
            defaults={"definition": definition, "source_document": document},
        )
        changed |= definition_changed(term, was, (definition, document))
    record_part(held, "round.terms", changed, actor=actor, role=role)


def definition_changed(
    term: str, was: tuple[str, str], now: tuple[str, str]
) -> dict[str, list[str]]:
    """By the field of the log what a definition, and its document, said before and after."""
    names = (f"{TERM}{term}", f"{TERM}{term}{DOCUMENT}")
    return {
        name: [one, other] for name, one, other in zip(names, was, now, strict=True) if one != other
    }


@endings.act()
def set_vetoes(
    round_: Round,
    grounds: Mapping[str, tuple[str, str]],
    *,
    actor: Person,
    before: Mapping[str, tuple[str, str]] | None = None,
) -> None:
    """By check the document that its veto rests on and who confirms the fact; "" sets it off."""
    held = hold(round_)
    role = role_to_change(held, actor)
    known = {
        veto.check_code: (veto.document, veto.confirming_body)
        for veto in queries.vetoes_in_force(held)
    }
    refuse(overtaken(before, known, empty=("", "")))
    asked = set(queries.checks_with_veto(held).values_list("code", flat=True))
    given = {code: (line(document), line(body)) for code, (document, body) in grounds.items()}
    refuse(
        finding
        for code, (document, body) in given.items()
        for finding in conditions.of_veto(code, document, body, asked)
    )
    changed: dict[str, list[str]] = {}
    for code, (document, body) in given.items():
        was = known.get(code, ("", ""))
        now = (document, body) if document else ("", "")
        if document:
            Veto.objects.update_or_create(
                round=held,
                check_code=code,
                defaults={"document": document, "confirming_body": body, "is_on": True},
            )
        else:
            held.vetoes.filter(check_code=code).update(is_on=False)
        for name, (one, other) in {
            code: (was[0], now[0]),
            f"{code}{BODY}": (was[1], now[1]),
        }.items():
            if one != other:
                changed[name] = [one, other]
    record_part(held, "round.vetoes", changed, actor=actor, role=role)


def obstacles(round_: Round, actor: Person) -> Iterable[Finding]:
    """Why the actor cannot change the round; none when they can."""
    if managing_role(actor, round_) is None:
        yield Finding("not_allowed", "", _("只有本辖区的县级经办人可以填写批次。"))
    if round_.status != Round.Status.DRAFT:
        told = _("批次已经开展，规则不能再改。您填的内容还在下面。")
        yield Finding("not_draft", "", told)


def hold(round_: Round) -> Round:
    """The round as it is on record, held to the end of the transaction."""
    rows = Round.objects.select_related("jurisdiction").select_for_update(of=("self",))
    return rows.get(pk=round_.pk)


def role_to_change(round_: Round, actor: Person) -> Role:
    """The role in which the actor changes the round. Raises RoundRefused where they cannot."""
    role = managing_role(actor, round_)
    found = list(obstacles(round_, actor))
    if found or role is None:
        raise RoundRefused(found)
    return role


def refuse(findings: Iterable[Finding]) -> None:
    """Raises RoundRefused where there are any."""
    filling.refuse(findings, by=RoundRefused)


def _faults(round_: Round) -> Iterable[Finding]:
    yield from conditions.of_area(round_.jurisdiction)
    yield from conditions.of_organizer(round_.organizer_level)
    yield from conditions.of_window(round_.opens_at, round_.closes_at)
    yield from conditions.of_year(round_.year_from, round_.year_to)


def overtaken(
    before: Mapping[Any, Any] | None,
    now: Mapping[Any, Any],
    field: Callable[[Any], str] = str,
    *,
    empty: Any = None,
) -> Iterable[Finding]:
    """The values that are not ``now`` as the actor read them ``before``, each by its field."""
    for name, value in (before or {}).items():
        if (now.get(name, empty) or empty) != (value or empty):
            yield filling.changed_meanwhile(field(name))


def record_part(
    round_: Round, action: str, changed: Mapping[str, Any], *, actor: Person, role: Role
) -> None:
    """Append what changed in a part of the round; nothing where nothing did."""
    if changed:
        record(round_, action, {"changed": changed}, actor=actor, role=role)


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
