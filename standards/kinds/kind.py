"""What hangs on a kind of check, and the register of kinds."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from typing import Any, Final, cast

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standards.engine.judging import (
    BROADLY,
    CONFORMS,
    FAILS,
    KINDS,
    LARGEST,
    PERCENT,
    Check,
    Rule,
)
from standards.units import behind, with_unit

Words = str | Promise

# The shapes of an input: one line, one of a few, several lines, months to be ticked.
LINE, ONE_OF, LONG_TEXT, MONTHS = "line", "one_of", "long_text", "months"
# Among months to be ticked: that there was none.
NO_MONTH: Final = "none"
ROOM: Final = "________"


@dataclass(frozen=True, slots=True)
class Input:
    """What a person is given to answer in.

    ``options`` are pairs of what is sent and what is read. ``hint`` stands for the rule beside
    the input; ``lists_parts``: what the phrase lists follows it. ``keyboard`` is what a phone
    offers for a line.
    """

    shape: str
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    lists_parts: bool = False
    keyboard: str = "decimal"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader of documents found a clause to ask for.

    ``bound`` is ``least`` or ``most``; ``per`` the period that is counted by, ``year`` or
    ``month``; ``forbidden``: it must not happen, and there is no figure.
    """

    unit: str = ""
    bound: str = ""
    per: str = ""
    forbidden: bool = False


class Naming(Enum):
    """What the reader takes out of a phrase, so that the rest names what is asked for."""

    NOTHING = auto()
    DEMAND = auto()
    NEGATION = auto()


@dataclass(frozen=True, kw_only=True, eq=False)
class Kind(ABC):
    """A kind of check.

    ``asks`` is the rule, with ``%(metric)s`` and ``%(threshold)s``. ``sort``: kinds of the same
    take the same values. ``unit`` is the only one there is; empty where a person chooses it.
    ``most`` is the largest figure, ``figures`` how many make a value (12 months; 0: any number).
    ``fixed`` stands for the threshold of a kind that has none. ``proposed_from`` is a clause from
    which the reader of documents proposes the kind; empty: it never does, a person chooses it.
    ``question`` is how a person is asked, with ``%(metric)s``. ``is_grouped``: several of the kind
    may be answered by one press, as they are asked for. ``may_last``: what is answered may still be
    true a year later, where it looks at no period.
    """

    code: str
    name: Words
    asks: Words
    sort: str
    proposed_from: str
    unit: str = ""
    has_threshold: bool = True
    fixed: bool | None = None
    most: int = LARGEST
    figures: int = 0
    naming: Naming = Naming.DEMAND
    is_chosen: bool = True
    has_parts: bool = False
    is_compared: bool = True
    question: Words = "%(metric)s"
    is_grouped: bool = False
    may_last: bool = False

    @property
    def is_share(self) -> bool:
        """Whether it is about percentages, which may be made of two counts (a rate)."""
        return self.unit == "%"

    @abstractmethod
    def judge(self, check: Check, *, judged: bool) -> Rule:
        """The rule that values are judged by; ``judged``: on site."""

    @abstractmethod
    def input(self, check: Check, *, judged: bool) -> Input:
        """What a person answers in; ``judged``: on site."""

    @abstractmethod
    def read(self, check: Check, typed: str, *, judged: bool) -> Any:
        """The value of one typed text. Raises ValueRefused with what to do."""

    @abstractmethod
    def misfit(self, check: Check) -> str:
        """What is said of a value that is of another sort; may hold ``%(unit)s``."""

    @abstractmethod
    def room(self, check: Check) -> Iterable[str]:
        """What stands on the printed sheet to be filled in, line by line."""

    @abstractmethod
    def just_passing(self, check: Check, *, judged: bool) -> Any:
        """The least answer that ``check`` is satisfied with; ``judged`` as on site."""

    @abstractmethod
    def just_failing(self, check: Check, *, judged: bool) -> Any:
        """The nearest answer that is not enough; None where every answer is."""

    def read_several(self, check: Check, typed: list[str], *, judged: bool) -> Any:
        """The value of several typed texts, some of them empty."""
        return [self.read(check, each, judged=judged) if each else None for each in typed]

    def show(self, check: Check, value: Any) -> str:
        """A value as a person reads it, in the active language; one of another sort too."""
        if isinstance(value, bool):
            return _("是") if value else _("否")
        if isinstance(value, str):
            return judgement_label(value)
        if isinstance(value, Mapping) and check.rate:
            return rate_shown(*(value.get(name) for name in check.rate)) or joined(value)
        if isinstance(value, Mapping | list | tuple):
            return self.with_unit(joined(value), check)
        return self.with_unit(value, check)

    def requires(self, check: Check) -> str | None:
        """What is asked for, beside a question; empty where that says it, None where the rule."""
        return None

    def standing(self, check: Check, value: Any) -> str:
        """A value as it stands to what is asked for: 「1 人，要求 ≥ 2 人，差 1 人」."""
        return self.show(check, value)

    def with_unit(self, figure: Any, check: Check) -> str:
        """A figure, or several in a row, with the unit behind."""
        return with_unit(figure, check.unit)

    def in_input(self, check: Check, stored: Any) -> Any:
        """What the input shows for a stored value, so that sending it again changes nothing."""
        if isinstance(stored, bool):
            return "yes" if stored else "no"
        return shown_figure(stored, check.unit)

    def threshold_refused(self, threshold: Decimal) -> str:
        """Why a standard cannot ask for ``threshold``; empty where it can."""
        return _("标准值不能是负数。") if threshold < 0 else ""

    def answers(self, asked: Asked) -> bool:
        """Whether the kind is the one for what the reader found."""
        return False

    def own_words(self, clause: str) -> Decimal | None:
        """The threshold that ``clause`` sets in words of this kind's own; None: it does not."""
        return None


_JUDGEMENTS = {
    CONFORMS: gettext_lazy("符合"),
    BROADLY: gettext_lazy("基本符合"),
    FAILS: gettext_lazy("不符合"),
}


def judgement_label(value: str) -> str:
    """What a verifier judged, in the active language; any other text as it is."""
    return str(_JUDGEMENTS.get(value, value))


def judgement_labels() -> dict[str, str]:
    """What a verifier may judge, in the active language."""
    return {value: str(label) for value, label in _JUDGEMENTS.items()}


def joined(value: Mapping[str, Any] | Iterable[Any]) -> str:
    """The members of a value in a row."""
    members = value.values() if isinstance(value, Mapping) else value
    return "、".join(_("未填写") if member is None else str(member) for member in members)


def rate_shown(part: Any, whole: Any) -> str:
    """``46 / 50 = 92%``; empty while one of the two is missing."""
    if part is None or not whole:
        return ""
    rate = (Decimal(PERCENT * part) / Decimal(whole)).quantize(Decimal("0.1"))
    return f"{part} / {whole} = {with_unit(rate, '%')}"


def shown_figure(stored: Any, unit: str) -> Any:
    """A share below 1 with its sign, so that what was answered once is not asked again."""
    is_fraction = unit == "%" and isinstance(stored, int | float) and 0 < stored < 1
    return f"{stored}%" if is_fraction else stored


def room_for(unit: str) -> str:
    """Room for a figure, its unit behind it."""
    return behind(ROOM, unit)


# The engine knows of a kind only how it judges; what is registered here is whole.
_KINDS = cast("dict[str, Kind]", KINDS)


def register(kind: Kind) -> None:
    """Make ``kind`` known everywhere. Raises ValueError for a code that is taken."""
    if kind.code in KINDS:
        raise ValueError(f"there is a kind of check {kind.code!r} already")
    KINDS[kind.code] = kind


def of(code: str) -> Kind:
    """The kind of that code. Raises KeyError for an unknown one."""
    return _KINDS[code]


def chosen() -> list[Kind]:
    """The kinds that a check may have, in the order in which they are offered."""
    return [kind for kind in map(of, KINDS) if kind.is_chosen]


def codes() -> list[str]:
    """Their codes."""
    return [kind.code for kind in chosen()]


def choices() -> list[tuple[str, Words]]:
    """Their codes and names."""
    return [(kind.code, kind.name) for kind in chosen()]


def asked_for(asked: Asked) -> Kind | None:
    """The kind for what the reader found; None where there is none."""
    return next((kind for kind in chosen() if kind.answers(asked)), None)
