"""The least value that satisfies a check, and the nearest one that does not.

Made for trying a standard before it is published: what passes there passes everywhere, since
the examples are answers as ``evaluation.evaluate`` takes them.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from django.utils.translation import gettext as _

from .engine.evaluation import BROADLY, CONDITION, FAILS, LARGEST, OLDEST, Check

_PERCENT = 100
_MOST = {"percent_at_least": _PERCENT, "percent_at_most": _PERCENT, "age_at_most": OLDEST}


def just_passing(check: Check, *, judged: bool) -> Any:
    """The least answer that ``check`` is satisfied with; ``judged`` as on site."""
    if check.kind == "declared_qualitative":
        return BROADLY if judged else _("示例")
    if check.kind in (CONDITION, "must_be_true", "must_be_false"):
        return _derived(check, 1) if _is_compared(check) else check.kind != "must_be_false"
    if check.rate:
        return _rate(check, _fewest(check))
    return _plain(_bound(check))


def just_failing(check: Check, *, judged: bool) -> Any:
    """The nearest answer that is not enough; None where every answer is.

    A condition is a question, and before the visit a qualitative check takes any text.
    """
    if check.kind == "declared_qualitative":
        return FAILS if judged else None
    if check.kind == CONDITION:
        return None
    if check.kind in ("must_be_true", "must_be_false"):
        return _derived(check, 0) if _is_compared(check) else check.kind == "must_be_false"
    if check.rate:
        part = _fewest(check) + (-1 if _is_least(check) else 1)
        return _rate(check, part) if 0 <= part <= _whole(check) else None
    beyond = _bound(check) + (-_step(check) if _is_least(check) else _step(check))
    return _plain(beyond) if 0 <= beyond <= _MOST.get(check.kind, LARGEST) else None


def _is_compared(check: Check) -> bool:
    """Whether a person is asked for two figures instead of yes or no."""
    return bool(check.derive and check.asked_as)


def _is_least(check: Check) -> bool:
    return check.kind.endswith("_at_least")


def _threshold(check: Check) -> Decimal:
    return Decimal(str(check.threshold))


def _rounding(check: Check) -> str:
    return ROUND_CEILING if _is_least(check) else ROUND_FLOOR


def _bound(check: Check) -> Decimal:
    """The threshold, or the last whole number on its good side where only whole ones count."""
    if not check.whole_numbers:
        return _threshold(check)
    return _threshold(check).quantize(Decimal(1), _rounding(check))


def _step(check: Check) -> Decimal:
    """One of what is counted; otherwise a tenth of the threshold's last decimal place."""
    if check.whole_numbers:
        return Decimal(1)
    exponent = _threshold(check).normalize().as_tuple().exponent
    return Decimal(1).scaleb(min(int(exponent), 0) - 1)


def _whole(check: Check) -> int:
    return max(check.least, 1)


def _fewest(check: Check) -> int:
    """The count, of the fewest sheets that give a rate, that lies on the threshold."""
    exact = _threshold(check) * _whole(check) / _PERCENT
    return int(exact.quantize(Decimal(1), _rounding(check)))


def _rate(check: Check, part: int) -> dict[str, int]:
    first, second = check.rate or ("", "")
    return {first: part, second: _whole(check)}


def _derived(check: Check, ahead: int) -> dict[str, int]:
    greater, smaller = check.derive or ("", "")
    return {greater: 1 + ahead, smaller: 1}


def _plain(figure: Decimal) -> int | float:
    return int(figure) if figure == int(figure) else float(figure)
