"""Findings as sentences: which rule, which value, and what to do about it."""

from collections.abc import Mapping
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


def metric(check: ev.Check) -> str:
    return in_language(check.metric_zh, check.metric_en)


def threshold(check: ev.Check) -> str:
    return kinds.of(check.kind).with_unit(check.threshold, check)


def rule(check: ev.Check) -> str:
    """What the check asks for, e.g. 「满意率：不低于 80%」."""
    asks = str(kinds.of(check.kind).asks)
    said = asks % {"metric": metric(check), "threshold": threshold(check)}
    if check.group:
        return _("%(rule)s（“%(group)s”各项满足其一即可）") % {"rule": said, "group": check.group}
    return said


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
