"""A figure from what a person types: its digits, its unit, and what it cannot be."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from standards.characters import plain
from standards.engine.judging import LARGEST, PERCENT, Check
from standards.units import is_spelling_of, unit_name

from .refusals import ValueAsked, ValueRefused

# Digits grouped by thousands or not at all: 「1,5」 is neither 1.5 nor 15, so it is refused.
_NUMBER = re.compile(
    r"(?:百分之)?([+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)\s*([^0-9.,+\-—–~\s].*)?"
)
_PERCENT_PREFIX = "百分之"


def number(check: Check, typed: str) -> int | float:
    """The figure of ``typed`` in the check's unit. Raises ValueRefused, or ValueAsked."""
    return in_range(check, figure(check, typed))


def figure(check: Check, typed: str) -> Decimal:
    """The digits of ``typed``, its unit being the check's. Raises ValueRefused, or ValueAsked."""
    # Full-width digits, ％ and ㎡ become plain ones; U+2212 is the minus sign of some keyboards.
    text = plain(typed)
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise ValueRefused("not_a_number", _number_wanted(check))
    digits, unit = match.group(1).replace(",", ""), (match.group(2) or "").strip().lower()
    if text.startswith(_PERCENT_PREFIX):
        unit = "%"
    if unit and not check.unit:
        raise ValueRefused("wrong_unit", _("这里只填数字，不写单位。"))
    if unit and not is_spelling_of(check.unit, unit):
        raise ValueRefused(
            "wrong_unit",
            _("单位不符：这里应填“%(unit)s”，您填的是“%(typed)s”。请换算后重新填写。")
            % {"unit": unit_name(check.unit), "typed": unit},
        )
    read = Decimal(digits)
    if check.unit == "%" and not unit:
        _ask_about_a_fraction(check, read)
    return read


def _number_wanted(check: Check) -> str:
    wanted = (
        _("请填写数字，单位为“%(unit)s”，例如 %(example)s。")
        if check.unit
        else _("请填写数字，例如 %(example)s。")
    )
    return wanted % {"unit": unit_name(check.unit), "example": check.threshold}


def _ask_about_a_fraction(check: Check, read: Decimal) -> None:
    """Our default: a share between 0 and 1 written without % asks, but where the limit is as small.

    Raises ValueAsked.
    """
    threshold = check.threshold
    if not 0 < read < 1 or (threshold is not None and 0 < threshold < 1):
        return
    raise ValueAsked("fraction", fraction_question(read), fraction_ways(read))


def fraction_question(read: Decimal) -> str:
    """What is asked of a share below 1 without its sign."""
    small, large = _shares(read)
    return _("您填的是 %(typed)s：是 %(small)s，还是 %(large)s？请在下面选一个。") % {
        "typed": f"{read:f}",
        "small": small,
        "large": large,
    }


def fraction_ways(read: Decimal) -> list[tuple[str, str]]:
    """The two shares that it may be, as ``number`` takes them, and in words."""
    small, large = _shares(read)
    return [(small, _("%(share)s（不到百分之一）") % {"share": small}), (large, large)]


def _shares(read: Decimal) -> tuple[str, str]:
    small, large = read.normalize(), (read * PERCENT).normalize()
    return f"{small:f}%", f"{large:f}%"


def in_range(check: Check, read: Decimal) -> int | float:
    """The figure as it is stored. Raises ValueRefused for one that cannot be."""
    if read < 0:
        raise ValueRefused("negative", _("不能填负数，请核对。"))
    if check.unit == "%" and read > PERCENT:
        raise ValueRefused("over_hundred", _("百分比不能超过 100，请核对。"))
    if read > LARGEST:
        raise ValueRefused("too_large", _("数字过大，请核对单位。"))
    if read == int(read):
        return int(read)
    if check.whole_numbers:
        raise ValueRefused(
            "not_whole", _("请填写整数，单位为“%(unit)s”。") % {"unit": unit_name(check.unit)}
        )
    return float(read)
