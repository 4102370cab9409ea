"""The sheets of the table and their columns, as data/tables.yaml declares them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import override

from standards.categories import Category
from standards.characters import line, sameness_key
from standards.language import of_the_record

from ...organizations.models import BodyKind, Role

_DECLARED = Path(__file__).parents[1] / "data" / "tables.yaml"
YES, NO = "yes", "no"
_YES_OR_NO = {
    YES: ("是", "TRUE", "1", "yes", "有效", "启用"),
    NO: ("否", "FALSE", "0", "no", "停用"),
}


# By the codes of a list its words: looked up in two catalogues, and asked for each cell.
_LABELLED: dict[tuple[str, ...], Mapping[str, tuple[str, ...]]] = {}
# Of a word of a list; there are few.
_key_of = cache(sameness_key)


def _labelled(choices: Iterable[tuple[str, object]]) -> Mapping[str, tuple[str, ...]]:
    """By code what it is called in Chinese, in English, and the code itself."""
    pairs = tuple(choices)
    codes = tuple(code for code, _label in pairs)
    if codes not in _LABELLED:
        _LABELLED[codes] = _in_both_languages(pairs)
    return _LABELLED[codes]


def _in_both_languages(choices: Iterable[tuple[str, object]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, label in choices:
        with of_the_record():
            chinese = str(label)
        with override("en"):
            english = str(label)
        found[code] = (chinese, english, code)
    return found


# By name of the list: by code the words that may be written for it, the first of them offered.
_CHOICES: dict[str, Callable[[], Mapping[str, tuple[str, ...]]]] = {
    "category": lambda: _labelled(Category.choices),
    "body_kind": lambda: _labelled(BodyKind.choices),
    "role": lambda: _labelled(Role.choices),
    "yes_or_no": lambda: _YES_OR_NO,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``choices`` names the list of what may be written in it, "" for any text."""

    name: str
    heading: str
    help: str
    help_en: str
    example: str
    width: int
    key: bool = False
    needed: bool = False
    is_day: bool = False
    choices: str = ""

    @property
    def words(self) -> Mapping[str, tuple[str, ...]]:
        """By code what may be written for it; empty where any text may."""
        return _CHOICES[self.choices]() if self.choices else {}

    @property
    def offered(self) -> list[str]:
        """What the list of the cell offers."""
        return [words[0] for words in self.words.values()]

    def code_of(self, written: str) -> str | None:
        """The code that a word stands for, in whatever spelling; None when it is no such word."""
        key = sameness_key(written)
        found = (
            code for code, words in self.words.items() if key in {_key_of(word) for word in words}
        )
        return next(found, None)

    def said(self, value: str) -> str:
        """A value as it is read into the table, for people."""
        return self.words[value][0] if value in self.words else value


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; ``code`` is what its rows are called in code."""

    code: str
    title: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """Raises KeyError."""
        return {column.name: column for column in self.columns}[name]

    def heading(self, name: str) -> str:
        """What stands above a value; "" for what stands above none."""
        return next((column.heading for column in self.columns if column.name == name), "")

    def is_ours(self, cells: Mapping[str, str]) -> bool:
        """Whether a row, by name of its columns, is one that the template came with."""
        written = {name: line(text) for name, text in cells.items() if text}
        shipped = (
            {column.name: column.example for column in self.columns},
            {column.name: help_text(column) for column in self.columns},
        )
        return any(
            all(line(row[name]) == text for name, text in written.items()) for row in shipped
        )


def help_text(column: Column) -> str:
    """What stands below the heading, in both languages."""
    return f"{column.help}\n{column.help_en}"


@cache
def sheets() -> tuple[Sheet, ...]:
    """The sheets, in the order in which their rows are entered."""
    declared = yaml.safe_load(_DECLARED.read_text(encoding="utf-8"))
    return tuple(
        Sheet(one["sheet"], one["title"], tuple(Column(**column) for column in one["columns"]))
        for one in declared
    )


def sheet(code: str) -> Sheet:
    """Raises KeyError."""
    return {one.code: one for one in sheets()}[code]
