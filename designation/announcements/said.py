"""The forms in which an event keeps what was said, so that each reader has it in their language.

Prose stays as it was written; all else is one of these, in the types of JSON.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol

from django.utils.encoding import force_str
from django.utils.translation import override

from standards.language import RECORD


class Named(Protocol):
    """What has a Chinese name and, beside it or empty, an English one."""

    @property
    def name_zh(self) -> str: ...

    @property
    def name_en(self) -> str: ...


class NamedWithKey(Named, Protocol):
    """One that is told apart by its key, too."""

    @property
    def pk(self) -> int: ...


def name(thing: Named | None) -> Any:
    """Both names of that day."""
    return {"zh": thing.name_zh, "en": thing.name_en or thing.name_zh} if thing else ""


def of_round(round_: NamedWithKey | None) -> Any:
    """As ``name``, with its key: the county may say in its own words what is told of its round."""
    return {**name(round_), "key": round_.pk} if round_ else ""


def words(label: Any) -> dict[str, str]:
    """A lazily translated word of ours, in both languages as of that day."""
    said = {}
    for key, language in (("zh", RECORD), ("en", "en")):
        with override(language):
            said[key] = force_str(label)
    return said


def deadline(moment: datetime | None) -> Any:
    """A moment by which something is due; empty where no time runs."""
    return {"deadline": moment.isoformat()} if moment else ""


def day(on: date | None) -> Any:
    return {"day": on.isoformat()} if on else ""


def rows(pairs: Iterable[tuple[str, str]]) -> Any:
    """A list, a line each: of what, and what is said of it. Empty when there is none."""
    found = [list(pair) for pair in pairs]
    return {"rows": found} if found else ""
