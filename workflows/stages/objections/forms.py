"""Forms of objections: as the public raises one, as an officer enters and handles it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.evidence import library
from designation.evidence.content import Received
from designation.evidence.refusals import EvidenceRefused
from designation.organizations.models import Person
from designation.register.bars import Fault
from designation.site import clock, forms
from designation.site.personal_data import has_id_number
from designation.site.reasons import ReasonField
from designation.site.refusal import Refusal
from designation.site.sure import SureField
from designation.site.uploads import SeveralFiles, UploadField, UploadsField
from standards.engine.evaluation import Item

from .attachments import FIELD, MOST_BYTES, MOST_FILES, faults
from .models import Investigation, Objection

LEAST_SAID = gettext_lazy("不少于 10 个字。")
# In place of a fault, where there is none.
_NEITHER = "none"
# Characters of an item by which it is known in a list of choices.
_SHOWN = 24


class ObjectionForm(forms.Form):
    """An objection as the public raises it; real name, or anonymous."""

    manner = forms.ChoiceField(
        label=gettext_lazy("署名方式"),
        choices=[
            ("named", gettext_lazy("实名（办结后答复）")),
            ("anonymous", gettext_lazy("匿名（可核查的予以调查，不作答复）")),
        ],
        widget=forms.RadioSelect,
        initial="named",
    )
    name = forms.CharField(label=gettext_lazy("姓名或单位"), max_length=60, required=False)
    contact = forms.CharField(
        label=gettext_lazy("电话或电子邮箱"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("仅供受理人联系您，加密保存，被异议单位看不到。请勿填写身份证号。"),
    )
    facts = forms.CharField(
        label=gettext_lazy("异议事实和理由"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=3000,
        help_text=gettext_lazy("请真实、具体。3000 字以内。"),
    )

    attachments = UploadsField(
        label=gettext_lazy("附件（可不附）"),
        required=False,
        widget=SeveralFiles(attrs={"accept": "image/*,application/pdf"}),
        help_text=format_lazy(
            gettext_lazy(
                "照片或 PDF，最多 {files} 个，合计不超过 {size} MB。文件名、拍摄的时间地点和作者等"
                "信息收到时即去掉；文件中写明的姓名、电话请自行遮盖。"
            ),
            files=MOST_FILES,
            size=MOST_BYTES // 1024**2,
        ),
    )

    def clean_attachments(self) -> list[UploadedFile]:
        """How many and how large; each is read when nothing else is in the way."""
        files: list[UploadedFile] = self.cleaned_data[FIELD]
        for finding in faults(files):
            self.add_error(FIELD, finding.message)
        return files

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("manner") == "named":
            for field in ("name", "contact"):
                if not cleaned.get(field, "").strip():
                    self.add_error(field, _("实名提出的，请填写姓名和联系方式；也可选择匿名。"))
        for field in ("name", "contact", "facts"):
            if has_id_number(cleaned.get(field, "")):
                self.add_error(field, _("请不要填写身份证号。"))
        return cleaned

    def identity(self) -> dict[str, str] | None:
        """Name and contact; None for an anonymous objection."""
        if self.cleaned_data["manner"] == "anonymous":
            return None
        return {"name": self.cleaned_data["name"], "contact": self.cleaned_data["contact"]}


class EnteredObjectionForm(ObjectionForm):
    """An objection by phone, letter, e-mail or visit, entered by the objection officer."""

    channel = forms.ChoiceField(
        label=gettext_lazy("收到方式"),
        choices=[c for c in Objection.Channel.choices if c[0] != Objection.Channel.WEB],
    )
    received_at = forms.DateTimeField(
        label=gettext_lazy("收到时间"),
        initial=lambda: clock.now().replace(second=0, microsecond=0),
        help_text=gettext_lazy("来信以邮戳日期为准。"),
    )

    field_order = (
        "channel",
        "received_at",
        "manner",
        "name",
        "contact",
        "facts",
        "attachments",
    )


class HandlingForm(forms.Form):
    reason = ReasonField(
        label=gettext_lazy("意见和理由"),
        rows=3,
        help_text=LEAST_SAID,
    )
    sure = SureField(
        gettext_lazy(
            "不予受理，或者作出成立、不成立的结论以后，不能再改；结论随即通知有关的人。异议成立、不予命名的，"
            "这份申报即告结束。受理不需要勾选。"
        ),
        required=False,
    )

    items = forms.MultipleChoiceField(
        label=gettext_lazy("重新核查的条目"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy(
            "只用于“成立，重新核查”：只退回勾选的条目，其余沿用已有的核查结果；不勾选即全部重新核查。"
        ),
    )
    fault = forms.ChoiceField(
        label=gettext_lazy("是否有下列情形？"),
        choices=[
            (_NEITHER, gettext_lazy("没有，下一批次可以再次申报")),
            *(
                (
                    fault.value,
                    format_lazy(gettext_lazy("{words}，三年内不能申报"), words=fault.label),
                )
                for fault in Fault
            ),
        ],
        widget=forms.RadioSelect,
        initial=_NEITHER,
        required=False,
        help_text=gettext_lazy("只用于“成立，不予命名”：由此限制申报，与核查不通过时相同。"),
    )
    field_order = ("reason", "items", "fault", "sure")

    def __init__(self, *args: Any, offered: Sequence[Item] = (), **kwargs: Any) -> None:
        """``offered`` are the items that an upheld objection may send back."""
        super().__init__(*args, **kwargs)
        if offered:
            items = [(item.code, f"{item.code} {item.text[:_SHOWN]}") for item in offered]
            self.fields["items"].choices = items  # type: ignore[attr-defined]
        else:
            del self.fields["items"], self.fields["fault"]

    def clean(self) -> dict[str, Any]:
        """To accept is the beginning; all else is the end of it."""
        cleaned = super().clean() or {}
        if self.data.get("act") != "accept" and not cleaned.get("sure"):
            self.add_error("sure", self.fields["sure"].error_messages["required"])
        return cleaned


class AssignForm(forms.Form):
    """Who investigates in the officer's place; nobody, where it is taken back."""

    investigator = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("调查人"),
        error_messages={
            "invalid_choice": gettext_lazy(
                "您选的人现在不能调查这件异议，可能已离岗或者须回避，请另选一人。"
            )
        },
    )
    reason = ReasonField(
        label=gettext_lazy("指派、改派或者收回的理由"), rows=3, help_text=LEAST_SAID
    )

    def __init__(
        self, *args: Any, people: QuerySet[Person], standing: Investigation | None, **kwargs: Any
    ) -> None:
        """``people`` are whom it may be given to, ``standing`` who has it now."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["investigator"]
        field.queryset, field.required = people, standing is None
        if standing is not None:
            field.empty_label = gettext_lazy("收回，由受理人自行调查")


class ReportForm(forms.Form):
    """What the investigator found."""

    report = ReasonField(
        label=gettext_lazy("调查报告"),
        rows=8,
        max_length=3000,
        help_text=gettext_lazy("写明怎样调查、向谁核实、查明了什么、依据是什么。"),
    )
    sure = SureField(gettext_lazy("调查报告提交以后，不能再改。"))


class AskLongerForm(forms.Form):
    """How many working days more, and why."""

    days = forms.IntegerField(label=gettext_lazy("延长多少个工作日"), min_value=1)
    reason = ReasonField(
        label=gettext_lazy("延长理由"),
        rows=3,
        help_text=gettext_lazy("审定人不看异议：写为什么还要时间，不写谁提出的。"),
    )

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        """``most`` is as many as the round allows."""
        super().__init__(*args, **kwargs)
        allowed = _("最多 %(days)s 个工作日，接在现在的期限后面。") % {"days": most}
        self.fields["days"].help_text = allowed


class AnswerLongerForm(forms.Form):
    """Granted or not, with an opinion."""

    answer = forms.ChoiceField(
        label=gettext_lazy("审批结果"),
        choices=[("grant", gettext_lazy("同意延长")), ("refuse", gettext_lazy("不同意延长"))],
        widget=forms.RadioSelect,
    )
    opinion = ReasonField(label=gettext_lazy("审批意见"), rows=3, help_text=LEAST_SAID)


class JoiningForm(forms.Form):
    """Which objections say the same as the one at hand, and why they are taken together."""

    objections = forms.ModelMultipleChoiceField(
        Objection.objects.none(),
        label=gettext_lazy("并入这一件的异议"),
        widget=forms.CheckboxSelectMultiple,
    )
    reason = ReasonField(
        label=gettext_lazy("并案的理由"),
        rows=3,
        help_text=gettext_lazy(
            "写明反映的是哪一件事。还没有受理的随之受理，异议人凭查询码看到这里的文字："
            "不写其他异议人，也不写查询码。"
        ),
    )

    def __init__(
        self,
        *args: Any,
        taken: QuerySet[Objection],
        offered: Sequence[Objection],
        **kwargs: Any,
    ) -> None:
        """``offered`` may be joined; of others that are ``taken``, the act says why they may not.

        Something changed since the page was opened.
        """
        super().__init__(*args, **kwargs)
        field: Any = self.fields["objections"]
        field.queryset = taken
        field.choices = [(one.pk, one.receipt_code) for one in offered]


class SeparatingForm(forms.Form):
    """Why it is not taken together with the other any more."""

    reason = ReasonField(label=gettext_lazy("解除并案的理由"), rows=3, help_text=LEAST_SAID)


class RedactionForm(forms.Form):
    """The facts as the organization will read them."""

    facts = ReasonField(
        label=gettext_lazy("告知被异议单位的事实"),
        rows=8,
        max_length=3000,
        help_text=gettext_lazy(
            "只写需要核实的事实，不写谁提出、何时以何种方式提出，也不照抄原话，让人看不出异议人是谁。"
        ),
    )


class ReleaseForm(forms.Form):
    sure = SureField(
        gettext_lazy(
            "告知以后，被异议单位的填报人和负责人随即看到上面的内容，不能收回，也不能再改。"
        )
    )


class StatementForm(forms.Form):
    """What the organization says to the facts."""

    statement = ReasonField(
        label=gettext_lazy("陈述"),
        rows=8,
        max_length=3000,
        help_text=gettext_lazy(
            "逐项说明事实是否属实、有何依据。不要打听、猜测或者追查是谁提出的。"
        ),
    )
    file = UploadField(
        label=gettext_lazy("佐证材料（可不附）"),
        required=False,
        help_text=gettext_lazy("存入本单位资料库，并附在这份陈述后面。"),
    )
    sure = SureField(gettext_lazy("陈述只有一次，提交以后不能再改。"))

    def received(self) -> Received | None:
        """The file, judged; None where there is none. Raises Refusal, told at its field."""
        file = self.cleaned_data.get("file")
        if not file:
            return None
        try:
            return library.receive(file)
        except EvidenceRefused as refused:
            told = [replace(finding, field="file") for finding in refused.findings]
            raise Refusal(told) from refused


class AnswerForm(forms.Form):
    """What whoever objected by name reads by their receipt code."""

    answer = ReasonField(
        label=gettext_lazy("书面答复"),
        rows=8,
        max_length=3000,
        help_text=gettext_lazy("写明查明的事实、结论和理由。异议人凭查询码看到全文和日期。"),
    )
    sure = SureField(gettext_lazy("答复以后，异议人随即看到，不能再改。"))
