"""What changed between two versions: item by item and check by check, words marked.

Both are given in the shape of a data file (``exporting.as_data``). Items and checks are the same
ones when they say the same words, and else when their codes are the same: a copy keeps its codes,
but a document read anew numbers its items by their places.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

Change = Literal["added", "removed", "changed"]
Data = Mapping[str, Any]

# Islands of equal text shorter than this, between changes, would make confetti of a sentence.
_LEAST_ISLAND = 2
# Words within words are looked for among so many: of thousands, each with each takes minutes.
_MOST_TO_SEARCH = 500


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of both texts: equal in both, or ``old`` replaced by ``new`` (one may be empty)."""

    old: str
    new: str

    @property
    def is_equal(self) -> bool:
        return self.old == self.new


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing said of an item or a check; ``runs`` for texts, which are compared by words."""

    name: str
    old: Any
    new: Any
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckChange:
    code: str
    change: Change
    fields: tuple[FieldChange, ...]
    old: Data | None
    new: Data | None


@dataclass(frozen=True, slots=True)
class ItemChange:
    """``section_old`` and ``section_new`` differ where the item moved."""

    code: str
    change: Change
    fields: tuple[FieldChange, ...]
    checks: tuple[CheckChange, ...]
    old: Data | None
    new: Data | None


@dataclass(frozen=True, slots=True)
class Differences:
    """In the order of the new version, what was removed after it."""

    items: tuple[ItemChange, ...]
    unchanged: int

    def count(self, change: Change) -> int:
        return sum(item.change == change for item in self.items)

    @property
    def checks(self) -> dict[Change, int]:
        """How many checks were added, removed, changed."""
        made = [check.change for item in self.items for check in item.checks]
        return {"added": made.count("added"), "removed": made.count("removed"),
                "changed": made.count("changed")}  # fmt: skip


_TEXTS = ("text", "phrase", "note", "metric_zh", "condition_zh")
_NOT_SAID = ("checks", "code", "metric", "source_line", "number_printed", "basis", "oddities")


def differences(old: Data, new: Data) -> Differences:
    """What it takes to come from ``old`` to ``new``."""
    pairs = _pairs(_items(old), _items(new), "text")
    found = (_item_change(was, becomes) for was, becomes in pairs)
    changes = tuple(change for change in found if change is not None)
    return Differences(changes, len(pairs) - len(changes))


def _items(data: Data) -> list[dict[str, Any]]:
    return [
        {**item, "section": section["title_printed"]}
        for section in data["sections"]
        for item in section["items"]
    ]


def _pairs(
    old: Iterable[Data], new: Iterable[Data], words: str, *names: str
) -> list[tuple[Data | None, Data | None]]:
    """What was beside what it became, in the order of the new, what was removed after it.

    The same code with the same ``words`` comes first, then the same words, then words that the
    other's contain, then the same under each of ``names``, the code last.
    """
    before, after = list(old), list(new)
    partner: dict[str, Data] = {}

    def pair(find: Callable[[Data], Data | None]) -> None:
        for becomes in after:
            if becomes["code"] not in partner and (was := find(becomes)) is not None:
                partner[becomes["code"]] = was
        taken = {id(was) for was in partner.values()}
        before[:] = [was for was in before if id(was) not in taken]

    pair(_by(before, "code", words))
    pair(_by(before, words))
    if len(before) <= _MOST_TO_SEARCH:
        pair(_containing(before, words))
    for name in (*names, "code"):
        pair(_by(before, name))
    paired = [(partner.get(becomes["code"]), becomes) for becomes in after]
    return [*paired, *((was, None) for was in before)]


def _by(before: Iterable[Data], *names: str) -> Callable[[Data], Data | None]:
    """Finds what says the same under all of ``names``, each once."""
    found: dict[tuple[Any, ...], list[Data]] = {}
    for was in before:
        found.setdefault(tuple(was[name] for name in names), []).append(was)

    def find(becomes: Data) -> Data | None:
        same = found.get(tuple(becomes[name] for name in names))
        return same.pop(0) if same else None

    return find


def _containing(before: Iterable[Data], words: str) -> Callable[[Data], Data | None]:
    """Finds what holds the other's words or is held by them, the same code first, each once."""
    left = list(before)

    def find(becomes: Data) -> Data | None:
        held = [w for w in left if w[words] in becomes[words] or becomes[words] in w[words]]
        was = min(held, key=lambda one: one["code"] != becomes["code"], default=None)
        if was is not None:
            left.remove(was)
        return was

    return find


def _item_change(old: Data | None, new: Data | None) -> ItemChange | None:
    checks = tuple(_check_changes((old or {}).get("checks", ()), (new or {}).get("checks", ())))
    fields = _fields(old, new) if old and new else ()
    if old and new and not checks and not fields:
        return None
    code = (new or old or {})["code"]
    return ItemChange(code, _change(old, new), fields, checks, old, new)


def _check_changes(old: Iterable[Data], new: Iterable[Data]) -> Iterable[CheckChange]:
    for was, becomes in _pairs(old, new, "phrase", "metric"):
        fields = _fields(was, becomes) if was and becomes else ()
        if fields or not (was and becomes):
            code = (becomes or was or {})["code"]
            yield CheckChange(code, _change(was, becomes), fields, was, becomes)


def _change(old: Data | None, new: Data | None) -> Change:
    if old and new:
        return "changed"
    return "added" if new else "removed"


def _fields(old: Data, new: Data) -> tuple[FieldChange, ...]:
    names = [*old, *(name for name in new if name not in old)]
    return tuple(
        _field_change(name, old.get(name), new.get(name))
        for name in names
        if name not in _NOT_SAID and old.get(name) != new.get(name)
    )


def _field_change(name: str, old: Any, new: Any) -> FieldChange:
    runs = reworded(old or "", new or "") if name in _TEXTS else ()
    return FieldChange(name, old, new, runs)


def reworded(old: str, new: str) -> tuple[Run, ...]:
    """The texts as runs; joined, the old sides are ``old`` and the new sides ``new``."""
    runs: list[Run] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        run = Run(old[old_from:old_to], new[new_from:new_to])
        island = tag == "equal" and len(run.old) < _LEAST_ISLAND and 0 < old_from < len(old) - 1
        if runs and not runs[-1].is_equal and (tag != "equal" or island):
            run = Run(runs[-1].old + run.old, runs.pop().new + run.new)
        runs.append(run)
    return tuple(runs)
