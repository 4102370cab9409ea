"""The marks of a review, and the decision with its opinion or its correction list."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from django.http import QueryDict

from designation.applications.models import Conclusion
from designation.site.text import typed_text

from .models import ItemMark


@dataclass(frozen=True, slots=True)
class TypedMark:
    """A mark as typed: the verdict may still be missing."""

    verdict: str
    comment: str

    @property
    def lacks_its_verdict(self) -> bool:
        return bool(self.comment) and not self.verdict

    def says_no_more_than(self, mark: ItemMark) -> bool:
        """A verdict that was not chosen again is as it was."""
        return self.verdict in ("", mark.verdict) and self.comment == mark.comment

    @classmethod
    def of(cls, mark: ItemMark) -> Self:
        return cls(mark.verdict, mark.comment)


def marks(data: QueryDict, codes: Iterable[str]) -> dict[str, TypedMark]:
    """Marks by item code, of all items on the page."""
    return {
        code: TypedMark(
            _verdict(data.get(f"verdict-{code}", "")), typed_text(data, f"comment-{code}")
        )
        for code in codes
        if f"comment-{code}" in data
    }


def rest(data: QueryDict) -> str:
    """The verdict of every item on the page that has none in the record; "" when not asked."""
    return _verdict(data.get("rest", ""))


def _verdict(typed: str) -> str:
    return typed if typed in Conclusion.values else ""


@dataclass(frozen=True, slots=True)
class TypedDecision:
    """What the person decided, as typed; kept on the page when it is refused."""

    name: str = ""
    opinion: str = ""
    corrections: dict[str, str] = field(default_factory=dict)


def decision(data: QueryDict, codes: Iterable[str]) -> TypedDecision:
    """A reason without its tick counts as ticked: nobody types one by accident."""
    reasons = {code: typed_text(data, f"reason-{code}") for code in codes}
    ticked = set(data.getlist("return"))
    corrections = {code: reason for code, reason in reasons.items() if reason or code in ticked}
    return TypedDecision(
        name=data.get("decision", ""),
        opinion=typed_text(data, "opinion"),
        corrections=corrections,
    )
