"""What the list of writing forms is made of: a page, the people before it, and what they do.

``Edit``: two people have the form of one record open. ``Make``: a form that creates is sent twice.
``Sign``: one person presses for what they saw, while another changes it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Scene:
    """``page`` holds the form, ``to`` the end of the address it is sent to, if several do.

    ``people`` are who have it open, in the order in which they send. ``stands(name)`` reads the
    record under a field; ``meanwhile`` is what the first does on another page.
    """

    page: str
    people: tuple
    stands: Callable[[str], Any] = lambda _name: None
    to: str | None = None
    press: str | None = None
    meanwhile: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class Edit:
    """``field`` is changed by both, to ``first`` and ``second``; ``other`` by the second alone.

    ``first_in_words`` is how the page says the first's value, where it is not as typed.
    """

    address: str
    arrange: Callable[[Any], Scene]
    field: str
    first: Any
    second: Any
    other: tuple[str, Any]
    first_in_words: str = ""
    is_personal: bool = False
    # Whether the log holds the words; of an application it holds fields and counts alone.
    in_log: bool = True

    @property
    def words(self):
        return self.first_in_words or str(self.first)


@dataclass(frozen=True)
class Make:
    """``typed`` makes one more of ``count``; ``otherwise`` is typed over it the second time.

    ``again`` says whether a second one may be made at all.
    """

    address: str
    arrange: Callable[[Any], Scene]
    typed: dict[str, Any]
    otherwise: dict[str, Any]
    count: Callable[[], int]
    wrong: dict[str, Any] = field(default_factory=dict)
    again: bool = True


@dataclass(frozen=True)
class Sign:
    """``typed`` goes with the press; ``done`` says whether the act was carried out."""

    address: str
    arrange: Callable[[Any], Scene]
    done: Callable[[Any], bool]
    told: str
    typed: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Late:
    """Two people press for the same; ``told`` is what the second reads, who may press no more."""

    address: str
    arrange: Callable[[Any], Scene]
    told: str
    typed: dict[str, Any] = field(default_factory=dict)
    second: dict[str, Any] | None = None


def in_row(row):
    """Reads a record's field as it stands in the database."""

    def stands(name):
        return type(row).objects.values_list(name, flat=True).get(pk=row.pk)

    return stands
