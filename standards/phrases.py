"""Where the phrases of checks stand in the text of their item."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an item's text, and the codes of the checks whose phrase covers it."""

    text: str
    check_codes: tuple[str, ...] = ()


def passages(text: str, phrases: Iterable[tuple[str, str]]) -> tuple[Passage, ...]:
    """``text`` cut wherever a phrase begins or ends; joined again the passages are ``text``.

    ``phrases`` are pairs of check code and phrase. A phrase is taken where it first stands; one
    that does not stand in the text marks nothing. Phrases may overlap or be the same.
    """
    spans = [
        (start, start + len(phrase), code)
        for code, phrase in phrases
        if phrase and (start := text.find(phrase)) >= 0
    ]
    cuts = sorted({0, len(text), *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    return tuple(
        Passage(text[begin:end], tuple(code for s, e, code in spans if s <= begin and end <= e))
        for begin, end in pairwise(cuts)
    )


def lead(number: str | None) -> str:
    """``number`` as it stands before its text: 1 and 60%以上 do not run into 160%."""
    return f"{number} " if number and number[-1].isalnum() else number or ""
