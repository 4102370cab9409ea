"""A paper as it is laid out: the parts of an official document, after GB/T 9704-2012, 7."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One of the body; ``is_heading`` of the first level (一、), in 黑体."""

    text: str
    is_heading: bool = False

    @property
    def place(self) -> str:
        """By what a remark calls it."""
        return self.text[:12]


@dataclass(frozen=True, slots=True)
class Annex:
    """A list on pages of its own (附件); ``widths`` are the shares of the columns."""

    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def place(self) -> str:
        """By what a remark calls it."""
        return self.title


@dataclass(frozen=True, slots=True)
class Official:
    """The parts in the order in which they stand; an empty one is not printed.

    ``issuer`` is the mark of the red head, without which there is neither number nor rule: 公示
    is none of the kinds of document, and a letter to one person needs none. ``mark`` stands across
    a page that is not final. ``is_sealed``: room is left for the seal over signature and date.
    """

    title: str
    title_lines: tuple[str, ...]
    body: tuple[Paragraph, ...]
    signature: str
    dated: str
    addressees: str = ""
    issuer: str = ""
    number: str = ""
    mark: str = ""
    is_sealed: bool = True
    annexes: tuple[Annex, ...] = ()
    copied_to: str = ""
    issued_by: str = ""
    issued_on: str = ""
    remarks: tuple[str, ...] = ()


# How a kind of paper is worded from its fields.
Composed = Callable[..., Official]
