"""Findings as sentences: which rule, which value, and what to do about it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import kinds
from .engine import evaluation as ev
from .engine.periods import Period
from .language import in_language
from .units import unit_name
from .values import figure_name, show

_MONTHS = 12


def metric(check: ev.Check) -> str:
    return in_language(check.metric_zh, check.metric_en)


def answered(check: ev.Check, value: Any) -> str:
    """A value with what it is of, on paper: its code is explained nowhere there."""
    return f"{metric(check)}：{show(check, value).rstrip('。；')}"


def threshold(check: ev.Check) -> str:
    return kinds.of(check.kind).with_unit(check.threshold, check)


def rule(check: ev.Check) -> str:
    """What the check asks for, e.g. 「满意率：不低于 80%」."""
    asks = str(kinds.of(check.kind).asks)
    said = asks % {"metric": metric(check), "threshold": threshold(check)}
    if check.group:
        return _("%(rule)s（“%(group)s”各项满足其一即可）") % {"rule": said, "group": check.group}
    return said


def question(check: ev.Check) -> str:
    """The check as it is asked, e.g. 「是否发生过：群体性事件？」."""
    return str(kinds.of(check.kind).question) % {"metric": metric(check)}


def requirement(check: ev.Check) -> str:
    """What is asked for, beside a question that does not say it: 「要求 ≥ 80%」; may be empty."""
    required = kinds.of(check.kind).requires(check)
    if required is None:
        return rule(check)
    if required and not check.strict:
        required = _("原则上%(required)s") % {"required": required}
    if check.group:
        one = _("“%(group)s”各项满足其一即可") % {"group": check.group}
        return _("%(required)s，%(one)s") % {"required": required, "one": one} if required else one
    return required


def consequence(check: ev.Check) -> str:
    """What a veto means, said before it is answered; empty where none is in force."""
    if not check.document:
        return ""
    told = _("一票否决事项：如有，本批次不能申报（依据：%(document)s）。")
    if check.confirmed_by:
        told = _("一票否决事项：如有，本批次不能申报（依据：%(document)s；核实机关：%(body)s）。")
    return told % {"document": check.document, "body": check.confirmed_by}


def standing(check: ev.Check, value: Any) -> str:
    """How an answer stands to what is asked: 「1 人，要求 ≥ 2 人，差 1 人」."""
    if value is None or isinstance(value, ev.NotApplicable):
        return show(check, value)
    return kinds.of(check.kind).standing(check, value)


def parts(check: ev.Check) -> str:
    """What the phrase lists, in brackets to stand behind another text; empty without a list."""
    if not check.parts:
        return ""
    wanted = _("（满足其一：%(parts)s）") if check.any_of else _("（包括：%(parts)s）")
    return wanted % {"parts": "、".join(check.parts)}


_MESSAGES: Mapping[str, Any] = {
    ev.NOT_ANSWERED: gettext_lazy("还没有填写，请补填。"),
    ev.OUT_OF_RANGE: gettext_lazy("填写的数值“%(value)s”超出范围，请核对数值和单位。"),
    ev.NOT_MET: gettext_lazy("现为“%(value)s”，未达到要求。请先整改；如属填写错误，请更正。"),
    ev.ADVISORY_NOT_MET: gettext_lazy("现为“%(value)s”，低于原则性要求，请在说明中写明原因。"),
    ev.TOO_FEW: gettext_lazy("有效数量不足 %(least)s，不能计算比例，请补充后再填。"),
    ev.LOCAL_TERM_UNDEFINED: gettext_lazy("“%(term)s”的本县释义尚未录入，请联系县级经办人。"),
    ev.NOT_APPLICABLE_REFUSED: gettext_lazy("此项不能选“不适用”，请填写。"),
    ev.JUDGED_NOT_CONFORMING: gettext_lazy("核查判定为“不符合”，本项未达到标准。"),
}


def message(check: ev.Check, finding: ev.Finding) -> str:
    """The finding with its value and what to do, in the active language."""
    own = {ev.WRONG_TYPE: _wrong_type, ev.VETO: _veto}.get(finding.reason)
    said = own(check) if own else str(_MESSAGES[finding.reason])
    if "%(" not in said:
        return said
    return said % {
        "unit": unit_name(check.unit),
        "value": show(check, finding.value),
        "document": finding.document,
        "body": check.confirmed_by,
        "least": max(check.least, 1),
        "term": check.local_term,
    }


def period(looked_at: Period) -> str:
    """Which days a check looks at, as a sentence."""
    as_read = _("Y年n月j日")
    begins = date_format(looked_at.begins, as_read)
    if looked_at.ends is None:
        return _("考察时段：%(begins)s以来。") % {"begins": begins}
    return _("考察时段：%(begins)s至%(ends)s。") % {
        "begins": begins,
        "ends": date_format(looked_at.ends, as_read),
    }


def months(looked_at: Period | None) -> list[str]:
    """The twelve months of a period as they are read; by their number where it is not known."""
    if looked_at is None:
        return [_("第 %(place)s 个月") % {"place": place} for place in range(1, _MONTHS + 1)]
    first = looked_at.begins.year * _MONTHS + looked_at.begins.month - 1
    named = (
        date(place // _MONTHS, place % _MONTHS + 1, 1) for place in range(first, first + _MONTHS)
    )
    return [date_format(month, _("Y年n月")) for month in named]


def period_of(scope: str) -> str:
    """The same by its name, where the days are not known: a term not yet dated, a draft."""
    if scope == "year":
        return _("考察时段：本年度。")
    return _("考察时段：本届班子任期以来。") if scope == "term" else ""


def _veto(check: ev.Check) -> str:
    if check.confirmed_by:
        return _(
            "现为“%(value)s”，属一票否决事项（依据：%(document)s；核实机关：%(body)s），"
            "本批次不能申报。"
        )
    return _("现为“%(value)s”，属一票否决事项（依据：%(document)s），本批次不能申报。")


def _wrong_type(check: ev.Check) -> str:
    if check.asked_as:
        return _("请分别填写：%(figures)s，均为整数。") % {
            "figures": "、".join(map(figure_name, check.asked_as))
        }
    return kinds.of(check.kind).misfit(check)
