"""Figures with their units, and the bound that the words around them set.

The bounds of a check hold the number itself, as 以上, 以下 and 以内 do (Civil Code, article
1259); 超过, 低于, 不满 and other strict bounds have no kind of check, so they are no bound here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from .numerals import number_of

LEAST, MOST, OPEN, UNCLEAR = "least", "most", "open", "unclear"


class Unclear(ValueError):
    """A figure that cannot be read for sure; ``str()`` says why, in the person's language."""


@dataclass(frozen=True)
class Quantity:
    """``bound`` is LEAST, MOST, OPEN (none is written) or UNCLEAR (one that no check has)."""

    number: Decimal
    unit: str
    start: int
    end: int
    bound: str
    is_bounded_after: bool


_NOT = r"(?:不(?:得|应当?|能|宜|可|许|准|要|会|再|允许)?|未|没有|没|无)"
_BOUND_BEFORE = re.compile(
    rf"(?P<most>{_NOT}(?:超过|超出|突破|高于|高出|多于|大于)|最多|至多|(?:小于|低于|少于)或?等于|[≤≦⩽≯]|[<＜]\s*[=＝])"
    rf"|(?P<least>{_NOT}(?:少于|低于|小于|短于|下于)|至少|最少|(?:大于|高于|多于)或?等于|[≥≧⩾≮]|[>＞]\s*[=＝])"
    rf"|(?P<unclear>{_NOT}达|超过|超出|突破|高于|高出|多于|大于|低于|少于|小于|短于|不足|不到"
    r"|不满\s*$|未满|不够|大约|约\s*$|接近|将近|近\s*$|[<>＜＞=＝≠≈±])"
    r"|(?P<reached>达到|达\s*$|满\s*$)"
)
_BOUND_AFTER = re.compile(
    r"\s*(?:及其?|或)?\s*(?:(?P<least>以上|之上)|(?P<most>以下|以内|之内|之下)"
    r"|(?P<unclear>以外|之外|左右|上下|前|后|内|多|余|来))"
)
BOUNDS = re.compile(f"{_BOUND_BEFORE.pattern}|以上|之上|以下|以内|之内|之下".replace("?P<", "?P<_"))
_INCLUDED = re.compile(r"[（(]\s*含\s*(?:本数|本级)?(?P<again>[^（）()]{0,12})[）)]")
_EXCLUDED = re.compile(r"[（(][^（）()]{0,4}不[含包][^（）()]{0,12}[）)]|不含|不包括|除外")

_WORDS = "一二三四五六七八九十百千两半〇零"
# Bounded, so that no text, however odd, is gone over again and again.
_FIGURES = r"\d{1,15}(?:[,，]\d{3}(?!\d)){0,5}(?:\.\d{1,10})?"
_IN_WORDS = rf"[{_WORDS}]{{1,12}}"
_NUMBER = rf"{_FIGURES}|{_IN_WORDS}(?:万(?:{_IN_WORDS})?)?"
# A check cannot hold more digits, before or after the point.
_LARGEST = 10**10
_FINEST = Decimal("0.0001")
_WHOLE = Decimal(100)
_COUNTED = {
    "次": "次", "场次": "次", "场": "次", "人次": "人次", "名": "人", "人": "人", "位": "人",
    "项": "项", "件": "件", "篇": "篇", "户": "户", "册": "册", "处": "处", "种": "种", "起": "起",
    "期": "期", "份": "份", "家": "家", "辆": "辆", "间": "间", "座": "座", "套": "套", "组": "组",
    "台": "台", "支": "支", "批": "批", "块": "块", "张": "张",
}  # fmt: skip
_MEASURED = {
    "%": "%", "％": "%", "‰": "‰", "周岁": "岁", "岁": "岁", "平方米": "平方米", "平方": "平方米",
    "平米": "平方米", "㎡": "平方米", "m²": "平方米", "万元": "万元", "元": "元", "学时": "学时",
    "课时": "学时", "小时": "小时", "分钟": "分钟", "天": "天", "公里": "公里", "亩": "亩",
}  # fmt: skip
_UNITS = _COUNTED | _MEASURED
UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_THINGS = "村民小组|行政村|自然村|村|社区|支部|党支部|品牌|项目|小组|单位"
_QUANTITY = re.compile(
    rf"百分之(?P<percent>{_NUMBER})"
    rf"|(?P<below>{_IN_WORDS})分之(?P<above>{_IN_WORDS})"
    r"|(?P<half>半数(?=以上|以下))"
    rf"|(?P<number>{_NUMBER})(?P<range>\s*(?:—+|[-–~～至到－])\s*(?:{_NUMBER}))?\s*"
    rf"(?P<unit>{UNIT}|个(?P<thing>{_THINGS})?)"
)
# What stands before a figure and makes it part of another one, a share or a rank.
_GLUED = re.compile(r"(?:[\d.．·]|\d\s*[,，、:：∶/／×*^\-–—~～至到－]|[几数约前±]|每(?=\s*$))\s*$")
_FIGURE = re.compile(r"\d+")
# Numbers that name something: 第3次, 附件2, 表1.
_NAMING = re.compile(r"第\s*\d+|(?:附[件表录图]?|表|图)\s*\d+(?:\s*[、和及至\-—]\s*\d+)*")
_DECIMAL_FIRST = re.compile(r"\s*\d+[.．·]\d")


def quantities(clause: str, *, is_periodic: bool) -> list[Quantity]:
    """What ``clause`` counts or measures, in its order.

    一名 and 一项 without a bound count nothing; 一次 does where the clause ``is_periodic``.
    Raises Unclear where any figure of the clause is left unread or could be read two ways.
    """
    if _EXCLUDED.search(clause):
        raise Unclear(_("界限不含本数，检查点都含本数，请自行设定检查点"))
    if _DECIMAL_FIRST.match(clause):
        raise Unclear(_("句首的数字可能是编号，请对照原文自行设定检查点"))
    plain = without_inclusions(clause)
    found = list(_found(plain, is_periodic=is_periodic))
    _check_all_read(plain, found)
    return [quantity for quantity, _span in found if quantity]


def without_inclusions(clause: str) -> str:
    """（含）, （含本数） and （含5%） after 5% only say what our bounds do anyway."""

    def blank(said: re.Match[str]) -> str:
        again = said["again"].strip()
        is_same = not again or clause[: said.start()].rstrip("以上下内及").rstrip().endswith(again)
        return " " * len(said.group()) if is_same else said.group()

    return _INCLUDED.sub(blank, clause)


def _found(clause: str, *, is_periodic: bool) -> Iterator[tuple[Quantity | None, tuple[int, int]]]:
    """Quantities with the places they take; a name or an ordinal takes its place as None."""
    last = 0
    for found in _QUANTITY.finditer(clause):
        before, after = clause[last : found.start()], clause[found.end() :]
        span = found.span()
        bound, is_after = _bound(before, after)
        in_figures = found["number"] is None or found["number"][0].isdecimal()
        is_named = before.rstrip().endswith("第") or after.startswith("制")
        counts_once = found["unit"] == "次" and is_periodic
        if is_named or (not in_figures and bound == OPEN and not counts_once):
            if not is_named or not in_figures:
                continue
            yield None, span
            continue
        number, unit = _read(found)
        _check_plain(clause, found, number, unit)
        last = found.end()
        yield Quantity(number, unit, *span, bound, is_after), span


def _bound(before: str, after: str) -> tuple[str, bool]:
    signs = {sign.lastgroup for sign in _BOUND_BEFORE.finditer(before)}
    behind = _BOUND_AFTER.match(after)
    if behind:
        signs.add(behind.lastgroup)
    told = signs - {"reached"}
    if len(told) > 1 or UNCLEAR in told:
        return UNCLEAR, bool(behind)
    if told:
        return str(told.pop()), bool(behind)
    return (LEAST if signs else OPEN), False


def _check_plain(clause: str, found: re.Match[str], number: Decimal, unit: str) -> None:
    """Raises Unclear for a figure that is part of another, a span, or finer than a check holds."""
    follows = clause[found.end() : found.end() + 1]
    if found["range"]:
        raise Unclear(_("写的是一个区间，请自行设定检查点"))
    if _GLUED.search(clause[: found.start()]) or follows in ("/", "／"):
        raise Unclear(_("数字的写法可以有两种读法，请自行设定检查点"))
    if number >= _LARGEST or number != number.quantize(_FINEST):
        raise Unclear(_("数字无法辨认或者过大，请自行设定检查点"))
    if number % 1 and unit in _COUNTED.values():
        raise Unclear(_("数字的写法可以有两种读法，请自行设定检查点"))


def _read(found: re.Match[str]) -> tuple[Decimal, str]:
    try:
        if found["percent"]:
            return number_of(found["percent"]), "%"
        if found["half"]:
            return Decimal(50), "%"
        if found["below"]:
            return _WHOLE * number_of(found["above"]) / number_of(found["below"]), "%"
        number = number_of(found["number"])
    except (ValueError, ArithmeticError) as odd:
        raise Unclear(_("数字无法辨认或者过大，请自行设定检查点")) from odd
    if found["unit"] == "‰":
        return number / 10, "%"
    named = _UNITS.get(found["unit"]) or (found["unit"] if found["thing"] else "个")
    return number, named


def _check_all_read(clause: str, found: list[tuple[Quantity | None, tuple[int, int]]]) -> None:
    taken = [span for _quantity, span in found]
    taken += [named.span() for named in _NAMING.finditer(clause)]
    for figure in _FIGURE.finditer(clause):
        if not any(start <= figure.start() < end for start, end in taken):
            raise Unclear(_("句中还有没有读懂的数字，请自行设定检查点"))
