"""What must hold of a draft's parts: small rules over plain values, each finding with its field.

Asked by ``parts`` of whatever is kept, and by the forms beside what is typed.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from designation.site.refusal import Finding
from standards import kinds
from standards.kinds import Kind


def of_text(text: str, phrases: Mapping[str, str]) -> Iterable[Finding]:
    """That an item still says what its checks quote: ``phrases`` by check."""
    if lost := [code for code, phrase in phrases.items() if phrase not in text]:
        told = _("检查点 %(codes)s 引用的词句不在新条文中。请先改检查点，或保留这些词句。")
        yield Finding("phrase_lost", "", told % {"codes": "、".join(lost)}, field="text")


def of_condition(chinese: str, english: str) -> Iterable[Finding]:
    """That a condition is said in the record's language first."""
    if english and not chinese:
        told = _("请先填写中文的适用条件。")
        yield Finding("condition_in_english_alone", "", told, field="condition_zh")


def of_phrase(phrase: str, text: str) -> Iterable[Finding]:
    """That a check quotes its item word for word."""
    if phrase not in text:
        told = _("这句话不在条文中。请从条文中照抄，一字不差。")
        yield Finding("phrase_not_in_text", "", told, field="phrase")


def of_threshold(kind: Kind, threshold: Decimal | None) -> Iterable[Finding]:
    """That a kind with a threshold has one that it can have."""
    if not kind.has_threshold:
        return
    why = _("请填写标准值。") if threshold is None else kind.threshold_refused(threshold)
    if why:
        yield Finding("threshold", "", why, field="threshold")


def of_unit(kind: Kind, unit: str) -> Iterable[Finding]:
    """That a kind without a unit of its own is given one."""
    if not (kind.unit or unit):
        told = _("请填写单位，例如“人”“平方米”。")
        yield Finding("no_unit", "", told, field="unit")


def of_rate(kind: Kind, part: str, whole: str) -> Iterable[Finding]:
    """That a rate is made of two figures, and only where a share is asked for."""
    if bool(part) != bool(whole):
        told = _("分子和分母要一起填写，或者都不填。")
        yield Finding("half_a_rate", "", told, field="rate_whole" if part else "rate_part")
    elif part and not kind.is_share:
        told = _("只有比例类的检查点可以由两个数得出。")
        yield Finding("no_share", "", told, field="rate_part")


def of_parts(kind: Kind | None, parts: Sequence[str]) -> Iterable[Finding]:
    """That only a kind that is made of parts has some."""
    if parts and not (kind and kind.has_parts):
        of_them = "".join(f"“{each.name}”" for each in kinds.chosen() if each.has_parts)
        told = _("只有%(kinds)s的检查点可以分项。") % {"kinds": of_them}
        yield Finding("no_parts", "", told, field="parts")
