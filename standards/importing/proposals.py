"""An item's text into proposed checks, by the wording of its clauses alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from .numerals import number_of


@dataclass(frozen=True)
class Proposal:
    """A check as the wording suggests it; ``phrase`` stands verbatim in the item's text."""

    kind: str
    phrase: str
    unit: str
    threshold: Decimal | None = None
    strict: bool = True
    scope: str = "current"
    parameters: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NotProposed:
    """A clause with a number that no kind of check expresses, and why."""

    phrase: str
    reason: str


@dataclass(frozen=True)
class _Quantity:
    number: Decimal
    unit: str
    in_figures: bool
    start: int
    end: int
    before: str
    after: str

    @property
    def direction(self) -> str:
        """``least``, ``most`` or empty, by the words around the number."""
        if re.match(r"(?:及|\(含\)|（含）)?(?:以下|以内|之内|之下)", self.after):
            return "most"
        if re.match(r"(?:及|\(含\)|（含）)?(?:以上|之上)", self.after):
            return "least"
        if _AT_MOST.search(self.before):
            return "most"
        return "least" if _AT_LEAST.search(self.before) else ""


_AT_MOST = re.compile(
    r"不(?:得|应|能|宜|可)?(?:超过|超出|高于|多于|大于)|最多|至多|控制在|(?<!不)(?<!不[得应能可])(?:低于|少于|小于)"
)
_AT_LEAST = re.compile(
    r"至少|最少|不(?:得|应|能|宜|可)?(?:少于|低于|小于)|达到?|(?<!不)(?<!不[得应能宜可])(?:超过|高于|多于|大于)"
)
_WORDS = "一二三四五六七八九十百千两半〇零"
# Bounded, so that no text, however odd, is gone over again and again.
_FIGURES = r"\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,10})?"
_IN_WORDS = rf"[{_WORDS}]{{1,12}}"
_NUMBER = rf"{_FIGURES}|{_IN_WORDS}(?:万(?:{_IN_WORDS})?)?"
# A check cannot hold more digits.
_LARGEST = 10**10
_UNITS = {
    "%": "%", "％": "%", "周岁": "岁", "岁": "岁", "次": "次", "场次": "次", "场": "次",
    "平方米": "平方米", "平方": "平方米", "平米": "平方米", "㎡": "平方米", "m²": "平方米",
    "万元": "万元", "元": "元", "名": "人", "人": "人", "位": "人", "项": "项", "件": "件",
    "篇": "篇", "学时": "学时", "课时": "学时", "小时": "小时", "天": "天", "户": "户",
    "公里": "公里", "册": "册",
}  # fmt: skip
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_QUANTITY = re.compile(
    rf"百分之(?P<percent>{_NUMBER})"
    rf"|(?P<below>{_IN_WORDS})分之(?P<above>{_IN_WORDS})"
    r"|(?P<half>半数(?=以上|以下)|过半数?)"
    rf"|(?P<number>{_NUMBER})(?:\s*(?:—+|[-–~～至到])\s*(?:{_NUMBER}))?\s*"
    rf"(?P<unit>{_UNIT}|个(?P<thing>村民小组|行政村|自然村|村|社区|支部|党支部|品牌|项目|小组|单位)?)"
)
_PERIOD = re.compile(
    r"每一?个?(?P<each>半年|学年|学期|年度|年|季度|季|月份|月)|(?<![\d.第近前])(?:一|1|全)(?P<one>年|个月)(?=.{0,6}次)"
)
_LONG_PERIOD = re.compile(
    r"每\s*(?:[2-9二两三四五六七八九十]|1\d)\s*(?:个?月|年)|每(?:周|星期|天|日)"
)
_PER_YEAR = {"半年": 2, "学期": 2, "学年": 1, "年度": 1, "年": 1, "季度": 4, "季": 4}
# 50人以上的建立…: the number says whom the demand is for, not what is demanded.
_CONDITION = re.compile(
    r"不足|^[^有配]*(?:以上|以下|超过[^的]+|达到[^的]+)的"
    r"(?:$|.*?(?:建立|成立|设|选举|有|单独|应当|可以|要))"
)
_AMOUNTS = re.compile(r"数额|比例|资金|经费|投入|收入|增长|金额|补贴|预算")
_ADVISORY = re.compile(
    r"一般(?!群众|党员|干部|居民|村民|职工|教师|员工)|原则上|鼓励|提倡|倡导|有条件的|力争"
)
_NEGATIVE = re.compile(
    r"^(?:[^无没未]{0,14}[，,])?(?:没有|无(?!论|私|缝|偿|障碍)|未(?:发生|出现|受到)|不得(?!少于|低于|超过)|严禁|杜绝|不存在)"
)
_NEGATIVE_WITHIN = re.compile(r"没有(?:出现|发生|被)?|未发生|未出现|严禁")
_NO_SUCH_PEOPLE = re.compile(r"(?:无|没有)[^、和及与或]{1,8}(?:党员|人员|干部|职工|群众|居民)$")
_DISCONTENT = re.compile(r"不满|投诉|违|失|差评|空缺")
_TERM = re.compile(r"本届|任期")
_CLAUSE = re.compile(r"[^，。；;！!\n,]+(?:,\d{3}(?!\d)[^，。；;！!\n,]*)*")
_QUOTED = re.compile(r"[“‘《「][^”’》」]{0,200}[”’》」]")
# No sentence is so long; one that is would be gone over for ever.
_LONGEST_CLAUSE = 500


def proposals(text: str) -> list[Proposal | NotProposed]:
    """What the clauses of ``text`` ask, in their order. Quoted names of methods hold no numbers."""
    masked = _QUOTED.sub(lambda quoted: "□" * len(quoted.group()), text)
    found: list[Proposal | NotProposed] = []
    term, period = False, None
    for clause in _CLAUSE.finditer(masked):
        lead = len(clause.group()) - len(clause.group().lstrip())
        phrase = text[clause.start() + lead : clause.end()].rstrip()
        # A lead such as 本届任期以来 speaks for the clauses of its own sentence.
        if clause.start() and masked[clause.start() - 1] in "。；;\n":
            term, period = False, None
        term = term or bool(_TERM.search(phrase))
        plain = clause.group().strip()
        # 每年…,开展评议不少于1次: the period of a sentence holds until another is named.
        period = _PERIOD.search(plain) or period
        found.extend(_of_clause(plain, phrase, period, in_term=term))
    return found


def _of_clause(
    masked: str, phrase: str, period: re.Match[str] | None, *, in_term: bool
) -> Iterator[Proposal | NotProposed]:
    if len(masked) > _LONGEST_CLAUSE:
        yield NotProposed(phrase, _("句子过长，没有读，请自行设定检查点"))
        return
    strict = not _ADVISORY.search(masked)
    try:
        quantities = list(_quantities(masked))
    except ValueError:
        yield NotProposed(phrase, _("数字无法辨认或者过大，请自行设定检查点"))
        return
    if _LONG_PERIOD.search(masked):
        yield NotProposed(phrase, _("每周、每日或几年一次的周期，请自行设定检查点"))
    elif quantities and _CONDITION.search(masked):
        yield NotProposed(phrase, _("数字是适用条件，请自行设定检查点"))
    elif period and (_PERIOD.search(masked) or any(found.unit == "次" for found in quantities)):
        yield from _frequency(masked, phrase, period, quantities, strict=strict)
    elif quantities:
        yield from _measured(masked, phrase, quantities, strict=strict)
    elif _NO_SUCH_PEOPLE.fullmatch(masked):
        yield Proposal("number_at_most", phrase, "人", Decimal(0), strict)
    elif _NEGATIVE.search(masked) or _NEGATIVE_WITHIN.search(masked):
        scope = "term" if in_term else "current"
        yield Proposal("must_be_false", phrase, "boolean", None, strict, scope)


def _quantities(masked: str) -> Iterator[_Quantity]:
    """Raises ValueError where a number cannot be made out."""
    last = 0
    for found in _QUANTITY.finditer(masked):
        number, unit, in_figures = _read(found)
        if number >= _LARGEST:
            raise ValueError("more digits than a check can hold")
        before = masked[last : found.start()]
        after = masked[found.end() : found.end() + 6]
        # 一名、一项 without a comparing word count nothing, and 第3次 is an ordinal.
        if before.endswith("第") or masked[found.end() : found.end() + 1] == "制":
            continue
        quantity = _Quantity(number, unit, in_figures, found.start(), found.end(), before, after)
        last = found.end()
        if in_figures or quantity.direction or _PERIOD.search(masked[: found.start()]):
            yield quantity


def _read(found: re.Match[str]) -> tuple[Decimal, str, bool]:
    if found["percent"]:
        return number_of(found["percent"]), "%", True
    if found["half"]:
        return Decimal(50), "%", True
    if found["below"]:
        whole = number_of(found["below"])
        if not whole:
            raise ValueError("a share of nothing")
        share = 100 * number_of(found["above"]) / whole
        return share.quantize(Decimal("0.01")).normalize(), "%", True
    unit = found["unit"]
    named = _UNITS.get(unit) or (unit if found["thing"] else "个")
    return number_of(found["number"]), named, found["number"][0].isdigit()


def _frequency(
    masked: str,
    phrase: str,
    period: re.Match[str],
    quantities: list[_Quantity],
    *,
    strict: bool,
) -> Iterator[Proposal | NotProposed]:
    times = next((quantity for quantity in quantities if quantity.unit == "次"), None)
    if times is None and quantities:
        for found in _measured(masked, phrase, quantities, strict=strict):
            yield found if isinstance(found, NotProposed) else _of_year(found)
        return
    if times is None and _AMOUNTS.search(masked):
        yield NotProposed(phrase, _("按周期的金额或比例，没有写明数字"))
        return
    if times and times.direction == "most":
        yield NotProposed(phrase, _("次数的上限没有对应的检查点种类"))
        return
    count = times.number if times else Decimal(1)
    each = period["each"] or {"年": "年", "个月": "月"}[period["one"]]
    if each in _PER_YEAR:
        kind, unit, count = "frequency_per_year_at_least", "次/年", count * _PER_YEAR[each]
    else:
        kind, unit = "frequency_per_month_at_least", "次/月"
    yield Proposal(kind, phrase, unit, count, strict, "year")


def _of_year(found: Proposal) -> Proposal:
    return Proposal(
        found.kind, found.phrase, found.unit, found.threshold, found.strict, "year",
        found.parameters,
    )  # fmt: skip


def _measured(
    masked: str, phrase: str, quantities: list[_Quantity], *, strict: bool
) -> Iterator[Proposal | NotProposed]:
    skip = False
    followers = [*quantities[1:], None]
    for quantity, follower in zip(quantities, followers, strict=True):
        if skip:
            skip = False
            continue
        skip = _qualifies(quantity, follower)
        parameters = (
            {"age_max": int(follower.number), "age_inclusive": True} if skip and follower else {}
        )
        yield _one(masked, phrase, quantity, strict=strict, parameters=parameters)


def _qualifies(quantity: _Quantity, follower: _Quantity | None) -> bool:
    """2名50岁以下干部: the age says which persons are counted."""
    return bool(
        follower
        and quantity.unit == "人"
        and follower.unit == "岁"
        and follower.start == quantity.end
        and follower.direction == "most"
    )


def _one(
    masked: str, phrase: str, quantity: _Quantity, *, strict: bool, parameters: dict[str, Any]
) -> Proposal | NotProposed:
    direction = quantity.direction
    if quantity.unit == "岁":
        if direction != "most":
            return NotProposed(phrase, _("年龄的下限没有对应的检查点种类"))
        return Proposal("age_at_most", phrase, "岁", quantity.number, strict)
    if not direction and quantity.unit == "%" and _DISCONTENT.search(masked):
        return NotProposed(phrase, _("没有写明是上限还是下限"))
    family = "percent" if quantity.unit == "%" else "number"
    kind = f"{family}_at_{direction or 'least'}"
    return Proposal(kind, phrase, quantity.unit, quantity.number, strict, parameters=parameters)
