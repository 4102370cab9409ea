"""The marks of a review, and the decision with its opinion or its correction list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from django.http import QueryDict

from designation.applications.models import Conclusion
from designation.register.bars import Fault
from designation.site.text import typed_text

from ...case.facts import Case
from ...case.records import Part
from . import decision_drafts, internal_notes
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
    fault: str = ""

    @classmethod
    def of(cls, said: Mapping[str, Any], codes: Iterable[str], name: str = "") -> Self:
        """From the fields of a form or a draft.

        A reason without its tick counts as ticked: nobody types one by accident.
        """
        reasons = {code: said.get(decision_drafts.reason_of(code), "") for code in codes}
        ticked = said.get(decision_drafts.RETURN, ())
        listed = {code: reason for code, reason in reasons.items() if reason or code in ticked}
        return cls(name, said.get(decision_drafts.OPINION, ""), listed)


def returnable(case: Case) -> tuple[str, ...]:
    """What a list may hold: the items, then the parts of the application beside them."""
    return (*case.item_codes, *Part.values)


def draft(data: QueryDict, codes: Iterable[str]) -> dict[str, Any]:
    """What the form says of the decision, by field."""
    listed, ticked = list(codes), set(data.getlist(decision_drafts.RETURN))
    return {
        decision_drafts.RETURN: [code for code in listed if code in ticked],
        decision_drafts.OPINION: typed_text(data, decision_drafts.OPINION),
        **{name: typed_text(data, name) for name in map(decision_drafts.reason_of, listed)},
    }


def notes(data: QueryDict, codes: Iterable[str]) -> dict[str, str]:
    """Internal notes by item code, of those items that the form has one for."""
    names = {code: internal_notes.field_of(code) for code in codes}
    return {code: typed_text(data, name) for code, name in names.items() if name in data}


def decision(data: QueryDict, codes: Iterable[str]) -> TypedDecision:
    """The decision as it was typed."""
    listed = list(codes)
    typed = TypedDecision.of(draft(data, listed), listed, data.get("decision", ""))
    return replace(typed, fault=Fault.typed(data.get("fault")))
