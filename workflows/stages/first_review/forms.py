"""The marks of a review, and the decision with its opinion or its correction list."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import QueryDict

from designation.applications.models import Conclusion

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class TypedMark:
    """A mark as typed: the verdict may still be missing."""

    verdict: str
    comment: str


def marks(data: QueryDict, codes: Iterable[str]) -> dict[str, TypedMark]:
    """Marks by item code, of the items for which the form carries a verdict or a comment."""
    typed = {
        code: TypedMark(
            data.get(f"verdict-{code}", ""), data.get(f"comment-{code}", "").strip()[:LONGEST]
        )
        for code in codes
    }
    return {
        code: mark
        for code, mark in typed.items()
        if mark.verdict in Conclusion.values or mark.comment
    }


@dataclass(frozen=True, slots=True)
class TypedDecision:
    """What the person decided, as typed; kept on the page when it is refused."""

    name: str = ""
    opinion: str = ""
    corrections: dict[str, str] = field(default_factory=dict)


def decision(data: QueryDict, codes: Iterable[str]) -> TypedDecision:
    """A reason without its tick counts as ticked: nobody types one by accident."""
    reasons = {code: data.get(f"reason-{code}", "").strip()[:LONGEST] for code in codes}
    ticked = set(data.getlist("return"))
    corrections = {code: reason for code, reason in reasons.items() if reason or code in ticked}
    return TypedDecision(
        name=data.get("decision", ""),
        opinion=data.get("opinion", "").strip()[:LONGEST],
        corrections=corrections,
    )
