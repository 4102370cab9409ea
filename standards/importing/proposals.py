"""An item's text into proposed checks, by the wording of its clauses alone.

What could be read two ways is listed for a person: to list is always right, to bend never.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from standards import kinds
from standards.kinds import Asked

from . import negations, sentences
from .quantities import (
    BOUNDS,
    LEAST,
    MOST,
    OPEN,
    UNCLEAR,
    Quantity,
    Unclear,
    quantities,
    without_inclusions,
)


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
    """A passage from which no check is proposed though it asks or measures something, and why."""

    phrase: str
    reason: str


@dataclass(frozen=True)
class _Clause:
    """``plain`` is what is read of ``phrase``; the rest is what its sentence said before."""

    phrase: str
    plain: str
    period: re.Match[str] | None
    in_term: bool
    hangs_on: str

    @property
    def own_period(self) -> re.Match[str] | None:
        return _PERIOD.search(self.plain)


_PERIOD = re.compile(
    r"每一?个?(?P<each>半年|学年|学期|年度|年|季度|季|月份|月)"
    r"|(?<![\d.第近前])(?:一|1|全)(?P<one>年|个月)(?=.{0,6}次)"
)
_LONG_PERIOD = re.compile(
    r"每\s*(?:[2-9二两三四五六七八九十]|1\d)\s*(?:个?月|年)|每(?:周|星期|天|日)"
)
_PERIOD_WITHOUT_EACH = re.compile(r"半年|季度|学期|[月年周]度|(?:一|1)[周天日]|[月日]次")
_PER_YEAR = {"半年": 2, "学期": 2, "学年": 1, "年度": 1, "年": 1, "季度": 4, "季": 4}
_WHOLE_YEAR = ("年", "年度", "学年")
_AMOUNTS = re.compile(r"数额|比例|资金|经费|投入|收入|增长|金额|补贴|预算")
_ADVISORY = re.compile(
    r"一般(?=应|要|须|不|在|为|每|达|按|有|面积|至少|控制|保持|设|配)|原则上|鼓励|提倡|倡导|力争"
)
# 一般案件, 一般群众: a kind of thing, not how much is asked.
_ORDINARY = re.compile(
    r"一般(?:及?以上|治安|安全|刑事|民事|事故|案件|违|隐患|群众|党员|干部|居民|村民|职工|教师|员工)"
)
_NO_SUCH_PEOPLE = re.compile(
    r"(?:无|没有)(?:失联|失管|漏管|脱管|失学|辍学|违[纪法规]{1,2}|犯罪|吸毒|涉毒|涉黑|参赌|不合格|返贫)[^、和及与或]{0,4}"
    r"(?:党员|人员|干部|职工|群众|居民|村民|学生|儿童)$"
)
_BAD_MEASURE = re.compile(
    r"不满|投诉|违[法纪规约章]|失信|失学|辍学|差评|空缺|空置|事故|伤亡|死亡|发案|案件|返贫|逾期|欠|[上信]访"
    r"|纠纷|流失|犯罪|超标|污染|隐患"
)
_GOOD_MEASURE = re.compile(
    r"(?<!不)(?:满意|合格|达标|覆盖|参与|参会|参加|普及|办结|知晓|化解|到会|出勤|完成|入户|调解|成功|整改|绿化|回收|处[理置]"
    r"|入会|结案|破案|回复)[率度]"
)
_HAS = re.compile(r"有|配|设|建|聘")
_TERM = re.compile(r"本届|任期")
_CLAUSE = re.compile(r"[^，；;\n,]+(?:(?<=\d)[，,](?=\d{3}(?!\d))[^，；;\n,]+)*")
_PASSAGE = re.compile(r"[^。！!？?\n]+")
_QUOTED = re.compile(r"[“‘《「][^”’》」]{0,200}[”’》」]")
_NONE: Mapping[str, Any] = {}
# No sentence is so long; one that is would be gone over for ever.
_LONGEST_CLAUSE = 500


def proposals(text: str, heading: str = "") -> list[Proposal | NotProposed]:
    """What ``text``, an item under ``heading``, asks, in its order.

    Quoted names of methods hold no numbers.
    """
    masked = _masked(_QUOTED, text, "□")
    unweighted = _masked(sentences.WEIGHT, masked, " ")
    deducts = sentences.is_not_demanded(heading)
    found: list[Proposal | NotProposed] = []
    for passage in _PASSAGE.finditer(unweighted):
        plain, phrase = passage.group(), text[passage.start() : passage.end()].strip()
        if deducts:
            found.append(NotProposed(phrase, _("所在部分写的是加分、扣分或否决，请对照原文")))
        elif reason := sentences.what_it_is(plain):
            found.append(NotProposed(phrase, reason))
        else:
            found.extend(_of_passage(plain, text[passage.start() : passage.end()]))
        if not deducts and sentences.WEIGHT.search(masked[passage.start() : passage.end()]):
            found.append(NotProposed(phrase, _("写有分值，系统没有读作分数，请对照原文")))
    return found


def _masked(pattern: re.Pattern[str], text: str, sign: str) -> str:
    return pattern.sub(lambda found: sign * len(found.group()), text)


def _of_passage(plain: str, text: str) -> Iterator[Proposal | NotProposed]:
    """A lead such as 每年 or 本届任期以来 speaks for the later clauses of its sentence."""
    in_term, period, hangs_on = False, None, ""
    for found in _CLAUSE.finditer(plain):
        if plain[: found.start()].rstrip().endswith(("；", ";")):
            in_term, period, hangs_on = False, None, ""
        words = found.group()
        lead = len(words) - len(words.lstrip())
        phrase = text[found.start() + lead : found.end()].rstrip()
        if not phrase:
            continue
        in_term = in_term or bool(_TERM.search(words))
        clause = _Clause(phrase, words.strip(), period, in_term, hangs_on)
        asked = list(_of_clause(clause))
        yield from asked
        period = clause.own_period or period
        hangs_on = hangs_on or sentences.hangs_on(
            clause.plain, [passed.reason for passed in asked if isinstance(passed, NotProposed)]
        )


def _of_clause(clause: _Clause) -> Iterator[Proposal | NotProposed]:
    if len(clause.plain) > _LONGEST_CLAUSE:
        yield NotProposed(clause.phrase, _("句子过长，没有读，请自行设定检查点"))
        return
    if own := _in_own_words(clause):
        yield from _checked(clause, own)
        return
    period = clause.own_period or clause.period
    try:
        found = quantities(clause.plain, is_periodic=bool(period))
    except Unclear as unclear:
        yield NotProposed(clause.phrase, str(unclear))
        return
    if _LONG_PERIOD.search(clause.plain):
        yield NotProposed(clause.phrase, _("每周、每日或几年一次的周期，请自行设定检查点"))
    elif found or clause.own_period:
        yield from _checked(clause, _asked(clause, period, found))
    else:
        yield from _forbidden(clause)


def _in_own_words(clause: _Clause) -> Proposal | None:
    """What a kind with words of its own reads in the clause."""
    for kind in kinds.chosen():
        threshold = kind.own_words(clause.plain)
        if threshold is not None:
            return Proposal(kind.code, clause.phrase, kind.unit, threshold, _is_strict(clause))
    return None


def _checked(clause: _Clause, asked: Proposal | NotProposed) -> Iterator[Proposal | NotProposed]:
    """What is asked, or why it is not proposed where the rest of the clause stands against it."""
    if isinstance(asked, Proposal):
        reason = clause.hangs_on or sentences.hindrance(clause.plain) or _softened(clause)
        if not reason and clause.in_term:
            reason = _("考察的年限没有对应的时段，请自行设定检查点")
        if not reason and negations.is_negated(BOUNDS.sub("", clause.plain)):
            reason = _("句中有否定，请对照原文自行设定检查点")
        asked = NotProposed(clause.phrase, reason) if reason else asked
    yield asked


def _softened(clause: _Clause) -> str:
    """一般 may say how much is asked, or name a kind of thing."""
    plain = _ORDINARY.sub("", _ADVISORY.sub("", clause.plain))
    return _("“一般”有两种读法，请自行设定检查点") if "一般" in plain else ""


def _is_strict(clause: _Clause) -> bool:
    return not _ADVISORY.search(_ORDINARY.sub("", clause.plain))


def _forbidden(clause: _Clause) -> Iterator[Proposal | NotProposed]:
    plain, negated = clause.plain, _("句中有否定，请对照原文自行设定检查点")
    if clause.hangs_on and negations.is_doubtful(plain):
        yield NotProposed(clause.phrase, clause.hangs_on)
    elif _NO_SUCH_PEOPLE.fullmatch(plain):
        yield _proposal(clause, Asked("人", MOST), Decimal(0), otherwise=negated)
    elif negations.forbids(plain):
        span = sentences.other_span(plain, in_term=clause.in_term)
        if span or _softened(clause):
            yield NotProposed(clause.phrase, span or _softened(clause))
            return
        year = "year" if negations.is_within_year(plain) else "current"
        scope = "term" if clause.in_term else year
        yield _proposal(clause, Asked(forbidden=True), None, scope, otherwise=negated)
    elif negations.is_doubtful(plain):
        yield NotProposed(clause.phrase, negated)


def _proposal(
    clause: _Clause,
    asked: Asked,
    threshold: Decimal | None,
    scope: str = "current",
    *,
    otherwise: str,
    parameters: Mapping[str, Any] = _NONE,
) -> Proposal | NotProposed:
    """The check that asks for it; where no kind does, ``otherwise`` is why nothing is proposed."""
    kind = kinds.asked_for(asked)
    if kind is None:
        return NotProposed(clause.phrase, otherwise)
    unit, strict = kind.unit or asked.unit, _is_strict(clause)
    return Proposal(kind.code, clause.phrase, unit, threshold, strict, scope, dict(parameters))


def _asked(
    clause: _Clause, period: re.Match[str] | None, found: list[Quantity]
) -> Proposal | NotProposed:
    times = next((quantity for quantity in found if quantity.unit == "次"), None)
    if period and (times or not found):
        return _frequency(clause, period, found)
    asked = _measured(clause, found)
    if isinstance(asked, NotProposed):
        return asked
    if times and _PERIOD_WITHOUT_EACH.search(clause.plain):
        return NotProposed(clause.phrase, _("次数的周期没有写明，请自行设定检查点"))
    if clause.own_period:
        if _each(clause.own_period) not in _WHOLE_YEAR:
            return NotProposed(clause.phrase, _("按月、按季的数量没有对应的检查点种类"))
        return replace(asked, scope="year")
    return replace(asked, scope="year") if negations.is_within_year(clause.plain) else asked


def _each(period: re.Match[str]) -> str:
    return period["each"] or {"年": "年", "个月": "月"}[period["one"]]


def _frequency(
    clause: _Clause, period: re.Match[str], found: list[Quantity]
) -> Proposal | NotProposed:
    """An open count of times, 每年2次, asks for so many at least."""
    if not found and _AMOUNTS.search(clause.plain):
        return NotProposed(clause.phrase, _("按周期的金额或比例，没有写明数字"))
    if len(found) > 1:
        return _several(clause)
    if found and found[0].bound == UNCLEAR:
        return _unclear(clause)
    count = found[0].number if found else Decimal(1)
    bound = MOST if found and found[0].bound == MOST else LEAST
    each = _each(period)
    per, times = ("year", _PER_YEAR[each]) if each in _PER_YEAR else ("month", 1)
    return _proposal(
        clause,
        Asked("次", bound, per),
        count * times,
        "year",
        otherwise=_("次数的上限没有对应的检查点种类"),
    )


def _several(clause: _Clause) -> NotProposed:
    return NotProposed(clause.phrase, _("一句中有几个数字，请自行设定检查点"))


def _unclear(clause: _Clause) -> NotProposed:
    return NotProposed(clause.phrase, _("界限的写法没有对应的检查点种类，请自行设定检查点"))


def _measured(clause: _Clause, found: list[Quantity]) -> Proposal | NotProposed:
    quantity, *others = found
    if others and not (len(others) == 1 and _qualifies(quantity, others[0])):
        return _several(clause)
    parameters = {"age_max": int(others[0].number), "age_inclusive": True} if others else {}
    if quantity.bound == UNCLEAR:
        return _unclear(clause)
    if quantity.bound == OPEN and (quantity.unit, quantity.number) != ("%", 100):
        return NotProposed(clause.phrase, _("没有写明是上限还是下限"))
    if reason := _contradicted(clause.plain, quantity) or _of_whom(clause.plain, quantity, others):
        return NotProposed(clause.phrase, reason)
    return _one(clause, quantity, parameters)


def _qualifies(quantity: Quantity, age: Quantity) -> bool:
    """2名50岁以下干部: the age says which persons are counted."""
    return (
        quantity.unit == "人"
        and quantity.bound == LEAST
        and age.unit == "岁"
        and age.start == quantity.end
        and age.bound == MOST
        and age.number == int(age.number)
    )


def _contradicted(plain: str, quantity: Quantity) -> str:
    """Nobody asks for many complaints, or for little content."""
    measure = plain[: quantity.start]
    is_good = bool(_GOOD_MEASURE.search(measure))
    is_bad = bool(_BAD_MEASURE.search(measure)) and not is_good
    if (quantity.bound == MOST and is_good) or (quantity.bound != MOST and is_bad):
        return _("上下限与所说的事不相称，请对照原文自行设定检查点")
    return ""


def _of_whom(plain: str, quantity: Quantity, others: list[Quantity]) -> str:
    """80人以上企业: words behind the bound are what the figure is about, no demand of it."""
    if others or quantity.unit == "%":
        return ""
    rest = without_inclusions(plain)[quantity.end :]
    if quantity.is_bounded_after:
        rest = BOUNDS.sub("", rest, count=1).strip(" 及或（）()")
        if rest and not rest.startswith("、") and not _HAS.search(plain[: quantity.start]):
            return str(sentences.APPLIES_TO)
    elif rest.startswith("的"):
        return str(sentences.APPLIES_TO)
    return ""


def _one(clause: _Clause, quantity: Quantity, parameters: dict[str, Any]) -> Proposal | NotProposed:
    asked = Asked(quantity.unit, MOST if quantity.bound == MOST else LEAST)
    return _proposal(
        clause,
        asked,
        quantity.number,
        otherwise=_("年龄的下限没有对应的检查点种类"),
        parameters=parameters,
    )
