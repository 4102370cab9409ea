"""A paper: what an organization hands in beside its answers: facts, parts, and room for seals.

An application form, a report and a list of files are papers; each is laid out as Word and PDF.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """Paragraphs under a title, then a table, where it has ``columns``: rows of as many texts.

    ``widths`` are the shares of the columns.
    """

    title: str
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def place(self) -> str:
        """By what a remark calls it."""
        return self.title


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a body says: ``said`` in paragraphs, none where it is left to be written by hand.

    ``lines`` are who signs, when and under which seal.
    """

    title: str
    lines: tuple[str, ...]
    said: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """By what a remark calls it."""
        return self.title


@dataclass(frozen=True, slots=True)
class Paper:
    """``mark`` stands across a page that is not final; ``facts`` are pairs, an even number."""

    title: str
    mark: str
    under_title: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    opinions: tuple[Opinion, ...]
    remarks: tuple[str, ...]
