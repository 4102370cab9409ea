"""Kinds that compare figures with a threshold: numbers, shares, frequencies, ages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standards.engine.judging import OLDEST, PERCENT, Check, Rule, at_least, at_most, compared

from . import numbers
from .kind import LINE, MONTHS, NO_MONTH, Asked, Input, Kind, chosen, room_for
from .refusals import ValueRefused

LEAST: Final = "least"
MOST: Final = "most"
_MONTHS = 12
_TENTH = Decimal("0.1")


@dataclass(frozen=True, kw_only=True, eq=False)
class Figures(Kind):
    """A figure, or several, none of which may be on the wrong side of the threshold."""

    bound: str

    def judge(self, check: Check, *, judged: bool) -> Rule:
        return compared(check, at_least if self.bound == LEAST else at_most, self.most)

    def input(self, check: Check, *, judged: bool) -> Input:
        return Input(LINE)

    def read(self, check: Check, typed: str, *, judged: bool) -> Any:
        return numbers.number(check, typed)

    def requires(self, check: Check) -> str:
        asks = _("要求 ≥ %(threshold)s") if self.bound == LEAST else _("要求 ≤ %(threshold)s")
        return asks % {"threshold": self.with_unit(check.threshold, check)}

    def standing(self, check: Check, value: Any) -> str:
        figures = _judged_by(check, value)
        if not figures:
            return self.show(check, value)
        said = {"value": self.show(check, value), "required": self.requires(check)}
        short = self._short_of(check, figures)
        if not short:
            return _("%(value)s，%(required)s") % said
        told = _("%(value)s，%(required)s，差 %(short)s")
        if self.bound == MOST:
            told = _("%(value)s，%(required)s，超出 %(short)s")
        return told % (said | {"short": short})

    def _short_of(self, check: Check, figures: list[Decimal]) -> str:
        """How much is missing, or too much; empty where nothing is."""
        beyond = (
            _threshold(check) - min(figures)
            if self.bound == LEAST
            else max(figures) - _threshold(check)
        )
        return self.distance(check, _plain(beyond)) if beyond > 0 else ""

    def distance(self, check: Check, figure: float) -> str:
        """A difference of two values."""
        return self.with_unit(figure, check)

    def misfit(self, check: Check) -> str:
        if check.whole_numbers:
            return _("填写的内容不符，请填写整数，单位为“%(unit)s”。")
        return _("填写的内容不符，请填写数字，单位为“%(unit)s”。")

    def room(self, check: Check) -> Iterable[str]:
        return [room_for(check.unit)]

    def just_passing(self, check: Check, *, judged: bool) -> Any:
        if check.rate:
            return _rate(check.rate, self._fewest(check), _whole(check))
        return _plain(self._bound(check))

    def just_failing(self, check: Check, *, judged: bool) -> Any:
        if check.rate:
            part = self._fewest(check) + (-1 if self.bound == LEAST else 1)
            return _rate(check.rate, part, _whole(check)) if 0 <= part <= _whole(check) else None
        step = _step(check)
        beyond = self._bound(check) + (-step if self.bound == LEAST else step)
        return _plain(beyond) if 0 <= beyond <= self.most else None

    def _bound(self, check: Check) -> Decimal:
        """The threshold, or the last whole number on its good side where only whole ones count."""
        threshold = _threshold(check)
        return threshold.to_integral_value(self._rounding) if check.whole_numbers else threshold

    def _fewest(self, check: Check) -> int:
        """The count, of the fewest sheets that give a rate, that lies on the threshold."""
        exact = _threshold(check) * _whole(check) / PERCENT
        return int(exact.to_integral_value(self._rounding))

    @property
    def _rounding(self) -> str:
        return ROUND_CEILING if self.bound == LEAST else ROUND_FLOOR

    def answers(self, asked: Asked) -> bool:
        return asked.bound == self.bound and asked.unit == self.unit and not asked.per


class Numbers(Figures):
    """Figures in any unit that no other kind has for its own."""

    def answers(self, asked: Asked) -> bool:
        own = {kind.unit for kind in chosen()}
        return asked.bound == self.bound and asked.unit not in own and not asked.per


class Shares(Figures):
    """Percentages: of a whole, or made of two counts that are asked for."""

    def distance(self, check: Check, figure: float) -> str:
        rounded = Decimal(str(figure)).quantize(_TENTH, ROUND_CEILING)
        return _("%(figure)s 个百分点") % {"figure": _plain(rounded)}

    def threshold_refused(self, threshold: Decimal) -> str:
        if threshold > PERCENT:
            return _("百分比不能超过 100，请核对。")
        return super().threshold_refused(threshold)


@dataclass(frozen=True, kw_only=True, eq=False)
class Frequencies(Figures):
    """How many times in a year, or in each of twelve months."""

    per: str

    def input(self, check: Check, *, judged: bool) -> Input:
        """Once a month is a question of which months; on site it is counted."""
        is_ticked = self.per == "month" and _threshold(check) == 1 and not judged
        return Input(MONTHS) if is_ticked else super().input(check, judged=judged)

    def read_several(self, check: Check, typed: list[str], *, judged: bool) -> Any:
        """Of ticked months, by their place among twelve: the counts; one figure for all alike."""
        if self.input(check, judged=judged).shape != MONTHS:
            return super().read_several(check, typed, judged=judged)
        if typed == [NO_MONTH]:
            return 0
        if not set(typed) <= {str(place) for place in range(_MONTHS)}:
            raise ValueRefused("unknown_month", _("请勾选有的月份；都没有的，只选“都没有”。"))
        counts = [int(str(place) in typed) for place in range(_MONTHS)]
        return 1 if all(counts) else counts

    def in_input(self, check: Check, stored: Any) -> Any:
        if self.input(check, judged=False).shape != MONTHS:
            return super().in_input(check, stored)
        counts = stored if isinstance(stored, list) else [stored] * _MONTHS
        return [str(place) for place, count in enumerate(counts) if count] or [NO_MONTH]

    def standing(self, check: Check, value: Any) -> str:
        if not (isinstance(value, list | tuple) and self.per == "month"):
            return super().standing(check, value)
        reached = sum(count is not None and count >= _threshold(check) for count in value)
        said = {
            "reached": reached,
            "months": len(value),
            "required": self.requires(check),
            "short": len(value) - reached,
        }
        if said["short"]:
            return _("%(months)s 个月中 %(reached)s 个月有，%(required)s，差 %(short)s 个月") % said
        return _("%(months)s 个月都有，%(required)s") % said

    def answers(self, asked: Asked) -> bool:
        return (asked.bound, asked.per) == (self.bound, self.per)


class Ages(Figures):
    def read(self, check: Check, typed: str, *, judged: bool) -> Any:
        read = numbers.figure(check, typed)
        if read > OLDEST:
            raise ValueRefused(
                "age", _("年龄不能超过 %(oldest)s 岁，请核对。") % {"oldest": OLDEST}
            )
        return numbers.in_range(check, read)


NUMBERS = (
    Numbers(
        code="number_at_least",
        name=gettext_lazy("数值不少于"),
        asks=gettext_lazy("%(metric)s：不少于 %(threshold)s"),
        sort="number",
        bound=LEAST,
        proposed_from="后备干部不少于3人",
    ),
    Numbers(
        code="number_at_most",
        name=gettext_lazy("数值不多于"),
        asks=gettext_lazy("%(metric)s：不多于 %(threshold)s"),
        sort="number",
        bound=MOST,
        proposed_from="村干部不超过7人",
    ),
)
SHARES = (
    Shares(
        code="percent_at_least",
        name=gettext_lazy("比例不低于"),
        asks=gettext_lazy("%(metric)s：不低于 %(threshold)s"),
        sort="percent",
        bound=LEAST,
        unit="%",
        most=PERCENT,
        proposed_from="党员参会率在80%以上",
    ),
    Shares(
        code="percent_at_most",
        name=gettext_lazy("比例不高于"),
        asks=gettext_lazy("%(metric)s：不高于 %(threshold)s"),
        sort="percent",
        bound=MOST,
        unit="%",
        most=PERCENT,
        proposed_from="不满意率不超过10%",
    ),
)
FREQUENCIES = (
    Frequencies(
        code="frequency_per_year_at_least",
        name=gettext_lazy("每年次数不少于"),
        asks=gettext_lazy("%(metric)s：不少于 %(threshold)s"),
        sort="frequency_per_year",
        bound=LEAST,
        per="year",
        unit="次/年",
        proposed_from="每年至少上1次党课",
    ),
    Frequencies(
        code="frequency_per_month_at_least",
        name=gettext_lazy("每月次数不少于"),
        asks=gettext_lazy("%(metric)s：不少于 %(threshold)s"),
        sort="frequency_per_month",
        bound=LEAST,
        per="month",
        unit="次/月",
        figures=_MONTHS,
        proposed_from="每月至少开展1次主题党日",
    ),
)
AGE = Ages(
    code="age_at_most",
    name=gettext_lazy("年龄不超过"),
    asks=gettext_lazy("%(metric)s：不超过 %(threshold)s"),
    sort="age",
    bound=MOST,
    unit="岁",
    most=OLDEST,
    proposed_from="书记年龄不超过60周岁",
)


def _judged_by(check: Check, value: Any) -> list[Decimal]:
    """The figures that a value is judged by; none for a value that cannot be judged."""
    if check.rate:
        counts = value if isinstance(value, Mapping) else {}
        part, whole = (counts.get(name) for name in check.rate)
        return [Decimal(PERCENT * part) / whole] if part is not None and whole else []
    members = value if isinstance(value, list | tuple) else [value]
    are_figures = all(
        isinstance(one, int | float | Decimal) and not isinstance(one, bool) for one in members
    )
    return [Decimal(str(one)) for one in members] if members and are_figures else []


def _threshold(check: Check) -> Decimal:
    return Decimal(str(check.threshold))


def _step(check: Check) -> Decimal:
    """One of what is counted; otherwise a tenth of the threshold's last decimal place."""
    if check.whole_numbers:
        return Decimal(1)
    exponent = _threshold(check).normalize().as_tuple().exponent
    return Decimal(1).scaleb(min(int(exponent), 0) - 1)


def _plain(figure: Decimal) -> int | float:
    return int(figure) if figure == int(figure) else float(figure)


def _whole(check: Check) -> int:
    return max(check.least, 1)


def _rate(names: tuple[str, str], part: int, whole: int) -> dict[str, int]:
    first, second = names
    return {first: part, second: whole}
