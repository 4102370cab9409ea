"""What the standards of a round ask the county to say itself."""

from typing import Any

from django.db.models import Q, QuerySet

from standards.models import Check

from .models import (
    DepartmentChange,
    LocalTerm,
    Round,
    RoundDefinition,
    RoundDepartment,
    RoundExtension,
    Veto,
)


def used_terms(round_: Round) -> list[str]:
    """Local terms that the round's standards use, in order of their names."""
    rows = _checks(round_).exclude(local_term="")
    return sorted(set(rows.values_list("local_term", flat=True)))


def definitions(round_: Round) -> dict[str, tuple[str, str]]:
    """By term its definition in the round's area and the document that this one rests on."""
    rows = LocalTerm.objects.filter(jurisdiction=round_.jurisdiction)
    known = rows.values_list("term", "definition", "source_document")
    return {term: (definition, document) for term, definition, document in known}


def definitions_to_open_with(round_: Round) -> QuerySet[LocalTerm]:
    """What the area says, as the round would take it if it opened now."""
    used = _checks(round_).values("local_term")
    return LocalTerm.objects.filter(jurisdiction=round_.jurisdiction, term__in=used)


def definitions_in_force(round_id: int | None) -> QuerySet[RoundDefinition]:
    """What a round that was opened says of each term, corrections carried out."""
    return RoundDefinition.objects.filter(round=round_id, replaced_by__isnull=True)


def definitions_shown(round_: Round) -> QuerySet[Any]:
    """Those that count for the round, or would if it opened now."""
    if round_.status == Round.Status.DRAFT:
        return definitions_to_open_with(round_)
    return definitions_in_force(round_.pk).select_related("replaces")


def checks_with_veto(round_: Round) -> QuerySet[Check]:
    """The checks of which the standards suggest that they end an application at once."""
    return _checks(round_).filter(veto_suggested=True).order_by("code")


def departments_asked(round_: Round) -> list[RoundDepartment]:
    """The departments that a round asks, in its order; without a statement where it asks none."""
    if round_.department_days is None:
        return []
    return list(round_.departments.select_related("department__jurisdiction"))


def department_changes(round_: Round) -> QuerySet[DepartmentChange]:
    """Which departments were added and taken back since the round opened, in that order."""
    return round_.department_changes.select_related("department", "actor")


def vetoes_in_force(round_: Round) -> QuerySet[Veto]:
    """Those that cite the document they rest on."""
    return round_.vetoes.filter(is_on=True)


def events_of_terms(round_: Round) -> Q:
    """Of events: that they define terms of the round's area, on whatever round's page."""
    return Q(action="round.terms", jurisdiction_code=round_.jurisdiction.code)


def _checks(round_: Round) -> QuerySet[Check]:
    return Check.objects.filter(item__version__in=round_.categories.values("standard"))


def extensions_for_all(round_: Round) -> QuerySet[RoundExtension]:
    """That everybody was given more time, which the public reads."""
    return round_.extensions.filter(organization__isnull=True)


def extensions_for_one(round_: Round) -> QuerySet[RoundExtension]:
    """Whom alone the coordinator gave more time."""
    rows = round_.extensions.filter(organization__isnull=False)
    return rows.select_related("organization")
