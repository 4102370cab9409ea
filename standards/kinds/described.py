"""The kind that is described in words, and judged by the verifiers on site."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standards import units
from standards.engine.judging import (
    BROADLY,
    FAILS,
    JUDGEMENTS,
    Check,
    Rule,
    is_judged,
    is_text,
)

from .kind import LONG_TEXT, ONE_OF, Input, Kind, Naming, judgement_labels
from .refusals import ValueRefused


class Described(Kind):
    def judge(self, check: Check, *, judged: bool) -> Rule:
        return is_judged if judged else is_text

    def input(self, check: Check, *, judged: bool) -> Input:
        if judged:
            return Input(ONE_OF, tuple(judgement_labels().items()))
        return Input(LONG_TEXT, hint=_("请写明做法和依据，可引用佐证材料。"), lists_parts=True)

    def read(self, check: Check, typed: str, *, judged: bool) -> Any:
        return judgement(typed) if judged else typed

    def read_several(self, check: Check, typed: list[str], *, judged: bool) -> Any:
        return "、".join(filter(None, typed))

    def requires(self, check: Check) -> str:
        return ""

    def standing(self, check: Check, value: Any) -> str:
        return self.show(check, value) if value in JUDGEMENTS else _("已写明")

    def misfit(self, check: Check) -> str:
        return _("填写的内容不符：自评请写文字说明，核查请选择“符合”“基本符合”或“不符合”。")

    def room(self, check: Check) -> Iterable[str]:
        """None: the sheet has room for texts."""
        return []

    def just_passing(self, check: Check, *, judged: bool) -> Any:
        return BROADLY if judged else _("示例")

    def just_failing(self, check: Check, *, judged: bool) -> Any:
        return FAILS if judged else None


def judgement(typed: str) -> str:
    """A verifier's judgement. Raises ValueRefused for another word."""
    if typed not in JUDGEMENTS:
        raise ValueRefused("unknown_judgement", _("请选择“符合”“基本符合”或“不符合”。"))
    return typed


DESCRIBED = Described(
    code="declared_qualitative",
    name=gettext_lazy("定性说明"),
    asks=gettext_lazy("%(metric)s：需如实说明情况"),
    sort="declared_qualitative",
    unit=units.WORDS,
    has_threshold=False,
    naming=Naming.NOTHING,
    is_compared=False,
    may_last=True,
    proposed_from="",
)
