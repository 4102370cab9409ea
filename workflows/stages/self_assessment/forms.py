"""The self-assessment form of one item: a typed field for each check, a conclusion, a note."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.applications import postings
from designation.applications.models import Application, Conclusion, Posting
from designation.evidence.forms import JudgedForm, SeveralForm
from designation.evidence.models import LONGEST_TITLE
from designation.organizations.models import Organization
from designation.rounds import postings as asked
from designation.rounds.models import Round
from designation.rounds.rules import organizations_called
from designation.site import clock, forms
from designation.site.shown import Seen
from designation.site.tallies import PRESSED, Way
from designation.site.telling import tell
from designation.site.uploads import UploadField, UploadsField
from standards import wording
from standards.engine.evaluation import Check, Item

from ...case.conflicts import TellsConflicts
from ...case.values_form import MonthsField, ValuesForm, shown_values
from . import typed
from .item_answers import Sent


class ItemForm(ValuesForm):
    """What the organization states on one item."""

    conclusion = forms.ChoiceField(
        label=gettext_lazy("自评结论"),
        choices=Conclusion,
        widget=forms.RadioSelect,
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("说明"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("未达标、不适用，或低于原则性要求的，请写明原因。2000 字以内。"),
    )

    def __init__(self, item: Item, *args: Any, correction: bool = False, **kwargs: Any) -> None:
        super().__init__(item, *args, auto_id=_own_id(item.code), **kwargs)
        self.of = f"{item.code}-"
        if correction:
            self.fields["reply"] = forms.CharField(
                label=_("补正说明"),
                widget=forms.Textarea(attrs={"rows": 2}),
                required=False,
                max_length=1000,
                help_text=_("说明本条如何补正，审核人员会先看这里。"),
            )

    @cached_property
    def inputs(self) -> dict[str, list[forms.BoundField]]:
        """The inputs of each check, by its code."""
        found: dict[str, list[forms.BoundField]] = {}
        for bound in self.visible_fields():
            found.setdefault(self.field_of(bound.name), []).append(bound)
        return found

    @cached_property
    def yeses(self) -> dict[str, str]:
        """By check code, the id of the box that says yes."""
        return {
            name: box.id_for_label
            for name, (bound, *_more) in self.inputs.items()
            for box in _boxes(bound)
            if box.data["value"] == "yes"
        }

    @cached_property
    def months(self) -> dict[str, str]:
        """By check code, the ids of the twelve boxes, where months are ticked."""
        return {
            name: " ".join(box.id_for_label for box in _boxes(bound)[:-1])
            for name, (bound, *_more) in self.inputs.items()
            if isinstance(bound.field, MonthsField)
        }

    def sent(self, *, seen: Seen, only: frozenset[str] | None = None, way: Way = PRESSED) -> Sent:
        """What is good of what was typed; ``only`` names the fields of the record it is about."""
        self.is_valid()
        refused = self.refused_codes()
        checks = [check.code for check in self.item.checks if check.code not in refused]
        words = {name: self.cleaned_data.get(name) for name in ("conclusion", "note", "reply")}
        if only is not None:
            checks = [code for code in checks if code in only]
            words = {name: text for name, text in words.items() if name in only}
        return Sent(
            values={code: self.accepted.get(code) for code in checks},
            **words,
            seen=seen,
            way=way,
        )


def _own_id(code: str) -> str:
    """Several items stand on a page: their inputs are told apart by their ids."""
    return f"id_{code}_%s"


def _boxes(bound: forms.BoundField) -> list[Any]:
    """The boxes of a choice; none of another input."""
    return list(bound.subwidgets) if isinstance(bound.field, forms.ChoiceField) else []


class VetoesForm(ValuesForm):
    """The vetoes of a category, asked before any work is done: each has to be answered."""

    def __init__(self, checks: tuple[Check, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(Item("vetoes", "", checks), *args, **kwargs)

    @property
    def vetoes(self) -> list[tuple[str, list[forms.BoundField]]]:
        """What each means, said before its inputs."""
        return [
            (
                wording.consequence(check),
                [one for one in self.visible_fields() if self.field_of(one.name) == check.code],
            )
            for check in self.item.checks
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for check in self.item.checks:
            if check.code not in self.accepted and check.code not in self.refused_codes():
                told = ValidationError(_("请先回答这一项。"), code="required")
                self.add_error(self.input_of(check.code), told)
        return cleaned


def initial(item: Item, stored: Mapping[str, Any], conclusion: str, note: str) -> dict[str, Any]:
    """What the form shows for a stored answer."""
    return {"conclusion": conclusion, "note": note} | shown_values(item, dict(stored))


class PostingForm(TellsConflicts, forms.ModelForm):
    """When and where it hung; what is not known yet stays empty until it is handed in."""

    class Meta:
        model = Posting
        fields = postings.FIELDS
        help_texts = {
            "posted_to": gettext_lazy("起止两日都计入；公示期满后再登记。"),
            "place": gettext_lazy("例如：村务公开栏、单位公告栏。"),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        days = (cleaned.get("posted_from"), cleaned.get("posted_to"))
        tell(self, asked.faults(self.instance.application.round, *days))
        return cleaned


class SummaryForm(TellsConflicts, forms.ModelForm):
    class Meta:
        model = Application
        fields = ("summary", "approving_meeting_on", "term_began_on")
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 8}),
        }
        help_texts = {
            "summary": gettext_lazy("1500 字以内。不要填写个人信息和涉密内容。"),
            "approving_meeting_on": gettext_lazy("研究通过自评结果的会议日期，不能晚于今天。"),
            "term_began_on": gettext_lazy(
                "标准中“本届班子任期以来”的事项，从这一天起算。标准没有这类事项的可以不填。"
            ),
        }

    def __init__(
        self,
        *args: Any,
        last_term: date | None = None,
        only: frozenset[str] = frozenset(),
        **kwargs: Any,
    ) -> None:
        """``last_term``: the leadership may be that of last time; it is entered by saving.

        ``only`` are the fields that may be changed; all of them where none is named.
        """
        offered = {"term_began_on": last_term} if last_term else {}
        super().__init__(*args, initial=offered, **kwargs)
        for name in set(self.fields) - (only or set(self.fields)):
            del self.fields[name]
        if last_term and "term_began_on" in self.fields:
            field, told = self.fields["term_began_on"], _("已填入上次的日期，请核对后按“保存”。")
            field.help_text = f"{field.help_text}{told}"

    def clean_approving_meeting_on(self) -> Any:
        meeting = self.cleaned_data["approving_meeting_on"]
        if meeting is not None and meeting > clock.today():
            raise ValidationError(_("会议日期不能晚于今天，请核对。"), code="in_future")
        return meeting

    def clean_term_began_on(self) -> Any:
        began = self.cleaned_data["term_began_on"]
        if began is not None and began > clock.today():
            raise ValidationError(_("任期开始日期不能晚于今天，请核对。"), code="in_future")
        return began


class EvidenceForm(SeveralForm):
    """Files for the item ``of``: its inputs belong to that item's form, and are sent with it."""

    title = forms.CharField(
        label=gettext_lazy("材料名称"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=gettext_lazy("不填则用文件名；一次选了几个的，在后面编号。"),
    )
    file = UploadsField(
        label=gettext_lazy("选择文件"),
        help_text=gettext_lazy(
            "PDF、JPG、PNG、HEIC 照片、Word（docx）或 Excel（xlsx），单个不超过 20 MB，"
            "可以一次选几个。照片里的拍摄地点等信息会自动清除。"
        ),
    )

    def __init__(self, *args: Any, of: str, is_taken: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": _own_id(of)})
        self.of = f"{of}-"
        for field in self.fields.values():
            field.widget.attrs["form"] = f"form-{of}"
        if is_taken:
            self.fields["file"].widget.attrs["data-taken"] = "yes"


class PaperForm(JudgedForm):
    """The paper that the head of a unit signed."""

    signed_by = forms.CharField(label=gettext_lazy("签字的单位负责人"), max_length=60)
    signed_on = forms.DateField(label=gettext_lazy("签字日期"))
    file = UploadField(
        label=gettext_lazy("签字纸质件（照片或扫描件）"),
        help_text=gettext_lazy(
            "PDF 或照片（JPG、PNG、HEIC），单个不超过 20 MB；多页请合成一个 PDF。"
            "只有本单位和审核、核查这份申报的人能看。"
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"signed_by", "signed_on"} <= cleaned.keys() and cleaned["signed_on"]:
            tell(self, typed.faults(cleaned["signed_by"], cleaned["signed_on"]))
        return cleaned

    @property
    def signed(self) -> dict[str, Any]:
        """By whom and when, as ``typed`` takes it."""
        return {name: self.cleaned_data[name] for name in ("signed_by", "signed_on")}


class TypedForm(PaperForm):
    """The first paper of a unit: which unit, and that it wants the township to type for it."""

    organization = forms.CharField(
        label=gettext_lazy("为哪个单位代录"),
        max_length=120,
        help_text=gettext_lazy("填写单位全称。"),
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("本单位没有条件上网填报，已同意由乡镇(街道)按签字纸质件代录。")
    )

    field_order = ("organization", "agreed", "signed_by", "signed_on", "file")

    def __init__(self, round_: Round, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round_

    def clean_organization(self) -> Organization:
        found = list(organizations_called(self.round, self.cleaned_data["organization"])[:2])
        if not found:
            told = _("本批次没有这个名称的单位，请填写单位全称。")
            raise ValidationError(told, code="no_such_organization")
        if len(found) > 1:
            told = _("有几个单位叫这个名称，不能确定是哪一个，请与系统管理员联系。")
            raise ValidationError(told, code="several_organizations")
        return found[0]


class ProofForm(JudgedForm):
    """A file that proves the internal posting."""

    title = forms.CharField(
        label=gettext_lazy("证明名称"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=gettext_lazy("不填则用文件名。"),
    )
    # The days may be kept before there is a proof; handing in asks for one.
    file = UploadField(
        required=False,
        label=gettext_lazy("证明（照片或文件）"),
        help_text=gettext_lazy(
            "公示栏照片（JPG、PNG、HEIC）或 PDF、Word（docx），单个不超过 20 MB。"
            "请不要拍到身份证号码和手机号码。"
        ),
    )

    def __init__(self, *args: Any, is_taken: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_taken:
            self.fields["file"].widget.attrs["data-taken"] = "yes"


class SignedPageForm(JudgedForm):
    """A picture or PDF of the form as it was signed and sealed."""

    title = forms.CharField(
        label=gettext_lazy("名称"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=gettext_lazy("不填则记为“签章页”。"),
    )
    file = UploadField(
        label=gettext_lazy("签字盖章后的扫描件或照片"),
        help_text=gettext_lazy("PDF、JPG、PNG、HEIC，单个不超过 20 MB。请拍清签名、日期和印章。"),
        required=True,
    )
