"""The form of a document that says what becomes of a title."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.papers.number_field import DocumentNumberField
from designation.register.bars import Fault
from designation.register.standing import Act
from designation.site import clock, forms
from designation.site.personal_data import without_personal_data
from designation.site.reasons import ReasonField
from designation.site.sure import SureField
from designation.site.templatetags.moments import day as in_words

from .case import TitleAct, TitleCase
from .correcting import ORDER_DAYS, days_after
from .flow import PassageDeclared

_NEITHER = "neither"
# The field in which a page sends back by which day it said that the title is over.
OVER = "over"
_CHECK_THAT_IT_IS_OVER = gettext_lazy(
    "按这一天，称号已经到期。请核对上面的说明和文件，再确认一次。"
)
# What may rest on a letter: of the unit that gives up, or of those who looked at what it mended.
# The decision that gave a title taken over from before may bear a number of whatever form.
_MAY_BE_A_LETTER = (Act.CANCELLED, Act.LIFTED, Act.PASSED, Act.PROLONGED, Act.CORRECTED)


class ActForm(forms.Form):
    """What every act asks for, and beside it what its passage declares."""

    document_number = DocumentNumberField(
        help_text=gettext_lazy("如：青组发〔2026〕5号；没有文号的来函，写来函单位和日期。"),
        validators=[without_personal_data],
    )
    deciding_body = forms.CharField(
        label=gettext_lazy("作出决定的机关"),
        max_length=120,
        validators=[without_personal_data],
    )
    decided_on = forms.DateField(
        label=gettext_lazy("文件日期"), help_text=gettext_lazy("从这一天起生效。")
    )
    correct_by = forms.DateField(label=gettext_lazy("整改期限"))
    until = forms.DateField(label=gettext_lazy("有效期至"))
    fault = forms.ChoiceField(
        label=gettext_lazy("是否有下列情形？"),
        choices=[(_NEITHER, gettext_lazy("没有，两年内不能申报")), *Fault.choices],
        widget=forms.RadioSelect,
        initial=_NEITHER,
        help_text=gettext_lazy("弄虚作假或者拒不接受监督检查的，三年内不能申报。"),
    )
    reason = ReasonField(label=gettext_lazy("事实和理由"), validators=[without_personal_data])

    def __init__(self, passage: PassageDeclared, case: TitleCase, data: Any = None) -> None:
        super().__init__(data, initial=_proposed(case))
        self.passage = passage
        # The right last day that is brought, where the title is over by it.
        self.over: date | None = None
        if passage.act not in _MAY_BE_A_LETTER:
            self._ask_for_a_number()
        if passage.act == Act.PROLONGED and case.is_overdue:
            self._ask_when_it_was_decided(case.standing.correct_by)
        if passage.may_rest_on_what_gave_it:
            self._propose_what_gave_it(case)
        days = {"days": ORDER_DAYS}
        self.fields["correct_by"].help_text = _("含当天；不超过 %(days)s 天。") % days
        for name in {"correct_by", "until", "fault"} - set(passage.asks):
            del self.fields[name]
        self.fields["reason"].help_text = _reason_hint(passage)
        if passage.cannot_be_undone:
            self.fields["sure"] = SureField(passage.cannot_be_undone)

    def _propose_what_gave_it(self, case: TitleCase) -> None:
        """Mostly the right day stands in the decision itself, and was entered wrongly."""
        decision = case.given_last_by
        self.initial = {
            **self.initial,
            "document_number": decision.document_number,
            "deciding_body": decision.deciding_body,
            "decided_on": decision.decided_on,
        }
        number: Any = self.fields["document_number"]
        number.on_record = decision.document_number
        number.help_text = _("正确的有效期写在哪份文件上，就填那份文件。")
        self.fields["decided_on"].help_text = _(
            "依据原来的命名决定更正的，从登记之日起生效；另行发文更正的，从文件日期起生效。"
        )
        self.fields["until"].help_text = _("含当天；现在登记的是%(day)s。") % {
            "day": in_words(case.standing.until)
        }

    def _ask_for_a_number(self) -> None:
        """A decision bears one, and is told from others by it."""
        field: Any = self.fields["document_number"]
        field.must_bear_one, field.help_text = True, _("如：青组发〔2026〕5号。")

    def _ask_when_it_was_decided(self, last: date | None) -> None:
        """Once the order has run out only a document of before gives more time: not of today."""
        self.initial["decided_on"] = None
        self.fields["decided_on"].help_text = _(
            "整改期限届满（%(day)s）以前作出的文件才能登记。"
        ) % {"day": in_words(last)}

    def clean_until(self) -> date:
        """A right day that is past ends the title: who brings one reads that, and presses again."""
        until: date = self.cleaned_data["until"]
        if self.passage.act == Act.CORRECTED and until < clock.today():
            self.over = until
            if self.data.get(OVER) != until.isoformat():
                raise ValidationError(_CHECK_THAT_IT_IS_OVER)
        return until

    def clean_fault(self) -> str:
        fault: str = self.cleaned_data["fault"]
        return "" if fault == _NEITHER else fault

    @property
    def act(self) -> TitleAct:
        return TitleAct(
            **{name: value for name, value in self.cleaned_data.items() if name != "sure"}
        )


def _proposed(case: TitleCase) -> dict[str, Any]:
    """The longest an order may run, if any; the body that gave the title."""
    begins = case.order.correct_by if case.order else None
    days = days_after(begins or case.today, today=case.today, until=case.standing.until)
    return {
        "deciding_body": case.title.decision.deciding_body,
        "decided_on": clock.today(),
        "correct_by": None if days.are_none else days.last,
    }


def _reason_hint(passage: PassageDeclared) -> str:
    if passage.says_why_in_public:
        return _("不少于 10 个字；在名册上公开，不要写个人信息。")
    return _("不少于 10 个字；会记录在案并告诉单位。名册公开文件和日期，不公开这里写的理由。")
