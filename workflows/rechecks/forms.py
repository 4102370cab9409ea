"""The forms of a year's draw, of entering a re-check, of its passages, and of a self-report."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.papers.number_field import DocumentNumberField
from designation.site import forms
from designation.site.personal_data import without_id_number, without_personal_data
from designation.site.reasons import ReasonField
from designation.site.sure import SureField

from ..titles.case import TitleAct
from ..titles.correcting import ORDER_DAYS
from .case import RecheckAct, RecheckCase
from .flow import CARRIED_OUT_BY, PassageDeclared
from .gates import open_outcomes
from .models import Outcome, SelfReport
from .yearly import Eligible

# What the document of an act upon the title says.
_PAPER = ("document_number", "deciding_body", "decided_on")


class DrawForm(forms.Form):
    """How many, by which public seed."""

    count = forms.IntegerField(label=gettext_lazy("抽取几个"))
    seed = forms.CharField(
        label=gettext_lazy("抽取种子"),
        max_length=80,
        help_text=gettext_lazy(
            "一个公开的、事先不知道的数，如当日公布的彩票开奖号码；照原样填写。"
            "连着的空格按一个记，首尾的不记。"
        ),
    )
    source = forms.CharField(
        label=gettext_lazy("种子来源"),
        max_length=200,
        help_text=gettext_lazy("让别人查得到，如：福彩双色球2026年第30期开奖号码。"),
    )
    sure = SureField(
        gettext_lazy("一年只抽取一次，抽取后不能重抽；列入复核和需要自查的单位随即收到通知。")
    )

    def __init__(self, found: Eligible, data: Any = None) -> None:
        super().__init__(data, initial={"count": found.fewest})
        self.fields["count"].help_text = _("不少于 %(least)s 个（百分之十），可以多抽。") % {
            "least": found.fewest
        }


class EnterForm(forms.Form):
    reason = ReasonField(
        label=gettext_lazy("复核的理由"),
        help_text=gettext_lazy("不少于 10 个字；会告诉单位，不对外公开。"),
        validators=[without_id_number],
    )


class StepForm(forms.Form):
    """What is said in a passage; with a conclusion what becomes of the title, and its document."""

    outcome = forms.ChoiceField(label=gettext_lazy("称号如何处理"), widget=forms.RadioSelect)
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        validators=[without_personal_data],
    )
    document_number = DocumentNumberField(
        must_bear_one=True,
        required=False,
        help_text=gettext_lazy("以下各项，警告、限期整改时填写。"),
        validators=[without_personal_data],
    )
    deciding_body = forms.CharField(
        label=gettext_lazy("作出决定的机关"),
        max_length=120,
        required=False,
        validators=[without_personal_data],
    )
    decided_on = forms.DateField(label=gettext_lazy("文件日期"), required=False)
    correct_by = forms.DateField(label=gettext_lazy("整改期限"), required=False)

    def __init__(
        self, name: str, passage: PassageDeclared, case: RecheckCase, data: Any = None
    ) -> None:
        super().__init__(data, initial=_proposed(case))
        self.concludes = name == "conclude"
        if self.concludes:
            offered: Any = self.fields["outcome"]
            offered.choices = _choices(case, (data or {}).get("outcome"))
            days = {"days": ORDER_DAYS}
            self.fields["correct_by"].help_text = (
                _("限期整改时填写；含当天，不超过 %(days)s 天。") % days
            )
        else:
            for field in ("outcome", *_PAPER, "correct_by"):
                del self.fields[field]
        is_answer = name == "answer"
        self.fields["text"].label = _("答复") if is_answer else _("事实和理由")
        if not is_answer:
            self.fields["text"].help_text = _reason_hint(name)
        if passage.cannot_be_undone:
            self.fields["sure"] = SureField(passage.cannot_be_undone)

    def clean(self) -> dict[str, Any]:
        """A warning or an order rests on its document, all of it."""
        found: dict[str, Any] = super().clean() or {}
        outcome = found.get("outcome")
        if outcome in CARRIED_OUT_BY:
            wanted = [*_PAPER, *(["correct_by"] if outcome == Outcome.ORDERED else [])]
            for field in wanted:
                if not found.get(field) and field not in self.errors:
                    self.add_error(field, _("警告、限期整改须填写这一项。"))
        return found

    @property
    def act(self) -> RecheckAct:
        said = self.cleaned_data
        outcome = said.get("outcome", "")
        paper = None
        if outcome in CARRIED_OUT_BY:
            paper = TitleAct(
                **{field: said[field] for field in _PAPER},
                reason=said["text"],
                correct_by=said["correct_by"] if outcome == Outcome.ORDERED else None,
            )
        return RecheckAct(said["text"], outcome, paper)


def _choices(case: RecheckCase, chosen: str | None) -> list[tuple[str, Any]]:
    """What is open, and what was chosen while it still was: of that the gate says how it stands."""
    known = {*open_outcomes(case), *({chosen} & {Outcome.KEPT, *CARRIED_OUT_BY})}
    return [(one.value, one.label) for one in Outcome if one in known]


def _proposed(case: RecheckCase) -> dict[str, Any]:
    return {"deciding_body": case.title.decision.deciding_body, "decided_on": case.today}


class ReportForm(forms.Form):
    """Nothing changed, or what did: one answer, and a line only where there is something to say."""

    UNCHANGED, CHANGED = "unchanged", "changed"

    said = forms.ChoiceField(
        label=gettext_lazy("与命名时或者上次自查、复核时相比"),
        widget=forms.RadioSelect,
        choices=[
            (UNCHANGED, gettext_lazy("没有变化，仍符合示范标准的强制条目")),
            (CHANGED, gettext_lazy("有变化，或者有条目不再符合（请在下面写明）")),
        ],
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for asked in SelfReport.Question:
            self.fields[asked.value] = forms.CharField(
                label=asked.label,
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=500,
                required=False,
                validators=[without_id_number],
            )
        self.fields["sure"] = SureField(gettext_lazy("以上情况属实；上报后不能改。"))

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        told = [one for one in SelfReport.Question if found.get(one) or one in self.errors]
        if found.get("said") == self.CHANGED and not told:
            self.add_error("said", _("请在下面写明哪里有变化；确实没有的，改选第一项。"))
        if found.get("said") == self.UNCHANGED and told:
            self.add_error(
                "said", _("下面写了变化的，请改选第二项；没有变化的，请清空下面的内容。")
            )
        return found

    @property
    def changes(self) -> dict[str, str]:
        return {one.value: self.cleaned_data[one] for one in SelfReport.Question}


def _reason_hint(name: str) -> str:
    if name == "conclude":
        return _(
            "不少于 10 个字；会记录在案并告诉单位，不对外公开。"
            "警告、限期整改的文件和日期在名册上公开。"
        )
    return _("不少于 10 个字；会记录在案并告诉单位，不对外公开。")
