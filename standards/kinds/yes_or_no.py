"""Kinds that are answered by yes or no: what must be done, what must not happen, a condition."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standards import units
from standards.engine import judging
from standards.engine.judging import Check, Rule

from .kind import ONE_OF, Asked, Input, Kind, Naming
from .refusals import ValueRefused

_WORDS = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}


class YesOrNo(Kind):
    """Where ``has_parts``, the parts that are fulfilled may be ticked instead."""

    def judge(self, check: Check, *, judged: bool) -> Rule:
        return judging.done(check) if self.fixed else judging.not_happened

    def input(self, check: Check, *, judged: bool) -> Input:
        return Input(ONE_OF, (("yes", _("是")), ("no", _("否"))), lists_parts=not judged)

    def read(self, check: Check, typed: str, *, judged: bool) -> Any:
        try:
            return _WORDS[typed.lower()]
        except KeyError:
            raise ValueRefused("not_yes_or_no", _("请选择“是”或“否”。")) from None

    def read_several(self, check: Check, typed: list[str], *, judged: bool) -> Any:
        parts = [part for part in typed if part]
        if not self.has_parts or not set(parts) <= set(check.parts):
            raise ValueRefused("unknown_part", _("请只勾选列出的内容。"))
        return parts

    def misfit(self, check: Check) -> str:
        return _("填写的内容不符，请选择“是”或“否”。")

    def with_unit(self, figure: Any, check: Check) -> str:
        return str(figure)

    def requires(self, check: Check) -> str:
        return ""

    def standing(self, check: Check, value: Any) -> str:
        words = {True: _("已做到"), False: _("没有做到，未达到要求")}
        return words[value] if isinstance(value, bool) else self.show(check, value)

    def room(self, check: Check) -> Iterable[str]:
        return [_("□ 是　　□ 否")]

    def just_passing(self, check: Check, *, judged: bool) -> Any:
        return _compared(check, ahead=1) or self.fixed

    def just_failing(self, check: Check, *, judged: bool) -> Any:
        return _compared(check, ahead=0) or not self.fixed


_HAPPENED = _WORDS | {"有": True, "没有": False, "无": False}


class Forbidden(YesOrNo):
    """Asked whether it happened: yes and no beside a negative are read either way."""

    def input(self, check: Check, *, judged: bool) -> Input:
        return Input(ONE_OF, (("no", _("没有")), ("yes", _("有"))))

    def read(self, check: Check, typed: str, *, judged: bool) -> Any:
        try:
            return _HAPPENED[typed.lower()]
        except KeyError:
            raise ValueRefused("not_yes_or_no", _("请选择“没有”或“有”。")) from None

    def misfit(self, check: Check) -> str:
        return _("填写的内容不符，请选择“没有”或“有”。")

    def standing(self, check: Check, value: Any) -> str:
        words = {True: _("发生过，未达到要求"), False: _("没有发生")}
        return words[value] if isinstance(value, bool) else self.show(check, value)

    def show(self, check: Check, value: Any) -> str:
        if isinstance(value, bool):
            return _("有") if value else _("没有")
        return super().show(check, value)

    def room(self, check: Check) -> Iterable[str]:
        return [_("□ 没有　　□ 有")]

    def answers(self, asked: Asked) -> bool:
        return asked.forbidden


class Conditions(YesOrNo):
    """The question of an item that takes it out where it is answered by no; no demand."""

    def judge(self, check: Check, *, judged: bool) -> Rule:
        return judging.yes_or_no

    def standing(self, check: Check, value: Any) -> str:
        words = {True: _("本条适用"), False: _("本条不适用")}
        return words[value] if isinstance(value, bool) else self.show(check, value)

    def requires(self, check: Check) -> str:
        return _("选“否”的，本条不适用")

    def just_failing(self, check: Check, *, judged: bool) -> Any:
        return None


DEMANDS = (
    YesOrNo(
        code="must_be_true",
        name=gettext_lazy("应当做到"),
        asks=gettext_lazy("%(metric)s：应当做到"),
        sort="must_be_true",
        unit=units.YES_OR_NO,
        has_threshold=False,
        fixed=True,
        naming=Naming.NOTHING,
        has_parts=True,
        question=gettext_lazy("是否做到：%(metric)s？"),
        is_grouped=True,
        may_last=True,
        proposed_from="",
    ),
    Forbidden(
        code="must_be_false",
        name=gettext_lazy("不得发生"),
        asks=gettext_lazy("%(metric)s：不得发生"),
        sort="must_be_false",
        unit=units.YES_OR_NO,
        has_threshold=False,
        fixed=False,
        naming=Naming.NEGATION,
        question=gettext_lazy("是否发生过：%(metric)s？"),
        proposed_from="没有违纪违法现象",
    ),
)
CONDITION = Conditions(
    code=judging.CONDITION,
    name=gettext_lazy("适用条件"),
    asks=gettext_lazy("%(metric)s：选“否”的，本条不适用"),
    sort=judging.CONDITION,
    unit=units.YES_OR_NO,
    has_threshold=False,
    fixed=True,
    naming=Naming.NOTHING,
    is_chosen=False,
    question=gettext_lazy("本条是否适用：%(metric)s？"),
    proposed_from="",
)


def _compared(check: Check, *, ahead: int) -> dict[str, int]:
    """The greater figure and the smaller, where a person is asked for two; else nothing."""
    if not (check.derive and check.asked_as):
        return {}
    greater, smaller = check.derive
    return {greater: 1 + ahead, smaller: 1}
