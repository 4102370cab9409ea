"""Forms of the administrators."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.audit.recorded_form import RecordedForm
from designation.site import forms
from designation.site.reasons import LEAST_REASON
from designation.site.telling import tell
from designation.site.uploads import UploadField

from ..organizations import handover, names
from ..organizations.divisions import code_above
from ..organizations.models import Jurisdiction, Organization, Person, Role, Seat
from ..organizations.roles import ORGANIZATION_ROLES
from ..organizations.spellings import AccountField, DivisionCodeField
from . import conditions, entering, seating
from .deputy_conditions import LONGEST


class RenamingForm(RecordedForm, forms.ModelForm):
    """Of what keeps its former names: asks since when a changed name holds."""

    NEVER_SHOWN = ("renamed_on",)

    renamed_on = forms.DateField(
        label=gettext_lazy("更名日期"),
        required=False,
        help_text=gettext_lazy("名称有改动时填写新名称启用之日；不填按今天。原名仍可查到。"),
    )
    field_order = ("code", "name_zh", "name_en", "renamed_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            del self.fields["renamed_on"]

    def clean(self) -> dict[str, Any]:
        """A name stands once among those beside it, in whatever spelling."""
        cleaned = super().clean() or {}
        if name := cleaned.get("name_zh"):
            bearers = list(conditions.bearing(name, self.beside(cleaned)))
            tell(self, conditions.of_name(name, self.instance, bearers))
            # The database asks it of what is no old double: so does the form's own question.
            if self.instance.pk not in {bearer.pk for bearer in bearers}:
                self.instance.is_old_double = False
        if "name_zh" in self.changed_data:
            tell(self, conditions.of_renaming(self.instance, cleaned.get("renamed_on")))
        return cleaned

    def beside(self, cleaned: dict[str, Any]) -> QuerySet[Any]:
        """The rows among which the name stands once, with the form's own."""
        raise NotImplementedError


class JurisdictionForm(RenamingForm):
    """The code says level and superior; once entered it stays, for scopes are made of it."""

    code = DivisionCodeField(
        label=gettext_lazy("区划代码"),
        max_length=12,
        help_text=gettext_lazy("12 位统计用区划代码，例如 341821104000。保存后不能修改。"),
    )

    class Meta:
        model = Jurisdiction
        fields = entering.COLUMNS[Jurisdiction]

    def __init__(self, areas: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = areas
        if self.instance.pk:
            self.fields["code"].disabled = True

    def clean(self) -> dict[str, Any]:
        code = self.cleaned_data.get("code")
        if code and not self.instance.pk:
            above = self.areas.filter(code=code_above(code)).first()
            self.instance.parent = above
            tell(self, conditions.of_code(code, above))
        return super().clean()

    def beside(self, cleaned: dict[str, Any]) -> QuerySet[Jurisdiction]:  # noqa: ARG002 - by code
        return names.areas_beside(self.instance)


class OrganizationForm(RenamingForm):
    class Meta:
        model = Organization
        fields = entering.COLUMNS[Organization]
        help_texts = {
            "category": gettext_lazy("申报组织选类别；审核机构可不选。"),
            "body_kind": gettext_lazy("审核机构选类型；申报组织可不选。"),
            "superior": gettext_lazy(
                "初审机构由上级党组织按类别自动确定；批次的“初审分工”另有规则的，按规则。"
            ),
        }

    def __init__(self, areas: Any, organizations: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].queryset = areas  # type: ignore[attr-defined]
        others = organizations.exclude(pk=self.instance.pk)
        self.fields["superior"].queryset = others  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        tell(self, conditions.of_kind(cleaned.get("category", ""), cleaned.get("body_kind", "")))
        superior, area = cleaned.get("superior"), cleaned.get("jurisdiction")
        tell(self, conditions.of_superior(self.instance, superior, area))
        return cleaned

    def beside(self, cleaned: dict[str, Any]) -> QuerySet[Organization]:
        return names.organizations_in(cleaned.get("jurisdiction"))


class PersonForm(RecordedForm, forms.ModelForm):
    """People are deactivated, never deleted. Nobody but they themselves sets their password.

    Once they have one, their e-mail address is theirs to change too: links go there.
    """

    username = AccountField(label=gettext_lazy("账号"), max_length=60)

    class Meta:
        model = Person
        fields = entering.COLUMNS[Person]

    def __init__(self, organizations: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home_organization"].queryset = organizations  # type: ignore[attr-defined]
        if self.instance.pk and self.instance.has_usable_password():
            email = self.fields["email"]
            email.disabled = True
            email.help_text = conditions.email_is_ones_own()
        self.is_leaving = self.data.get("leaving") == "yes"
        self.waiting: list[tuple[Seat, list[handover.Waiting]]] = []

    def clean(self) -> dict[str, Any]:
        """Who is switched off leaves what waits in their seats: that is shown, and asked once."""
        cleaned = super().clean() or {}
        leaves = self.initial.get("is_active") and cleaned.get("is_active") is False
        if leaves and self.instance.pk and not self.is_leaving:
            self.waiting = handover.waiting_for(self.instance)
            tell(self, conditions.of_leaving(self.waiting))
        return cleaned


class TableForm(forms.Form):
    """A filled-in table, as a file."""

    file = UploadField(
        label=gettext_lazy("填好的录入表"),
        help_text=gettext_lazy(".xlsx，最大 20 MB，最多 30000 行。上传后先预览，确认后才录入。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class SeatForm(forms.Form):
    """A role is held in an organization or over a jurisdiction, as the role asks, for a time."""

    person = forms.ModelChoiceField(label=gettext_lazy("人员"), queryset=Person.objects.none())
    role = forms.ChoiceField(label=gettext_lazy("角色"))
    organization = forms.ModelChoiceField(
        label=gettext_lazy("所在组织"), queryset=Organization.objects.none(), required=False
    )
    jurisdiction = forms.ModelChoiceField(
        label=gettext_lazy("所在辖区"),
        queryset=Jurisdiction.objects.none(),
        required=False,
        help_text=gettext_lazy("其他角色须选辖区。"),
    )
    starts_on = forms.DateField(
        label=gettext_lazy("开始日期"),
        required=False,
        help_text=gettext_lazy("从这一天起可以办理；不填即从现在起。"),
    )
    ends_on = forms.DateField(
        label=gettext_lazy("到期日期"),
        required=False,
        help_text=gettext_lazy("这一天仍可以办理，过后岗位自动终止；不填即长期有效，直到终止。"),
    )

    def __init__(
        self,
        roles: Sequence[Role],
        people: Any,
        organizations: Any,
        areas: Any,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
        self.fields["organization"].help_text = _("%(roles)s须选组织。") % {
            "roles": "、".join(str(role.label) for role in roles if role in ORGANIZATION_ROLES)
        }
        self.fields["jurisdiction"].queryset = areas  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        in_organization = cleaned.get("role") in ORGANIZATION_ROLES
        if in_organization and not cleaned.get("organization"):
            self.add_error("organization", _("这个角色须在组织中担任，请选择组织。"))
        if "role" in cleaned and not in_organization and not cleaned.get("jurisdiction"):
            self.add_error("jurisdiction", _("这个角色须在辖区中担任，请选择辖区。"))
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if fault := seating.fault_of_term(starts_on, None):
            self.add_error("starts_on", fault)
        elif fault := seating.fault_of_term(starts_on, ends_on):
            self.add_error("ends_on", fault)
        return cleaned

    def place(self) -> Organization | Jurisdiction:
        return self.cleaned_data[Role(self.cleaned_data["role"]).held_in.value]


class SwitchOnForm(forms.Form):
    """Why an account is switched on again."""

    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=format_lazy(
            gettext_lazy("不少于 {least} 个字；会留在记录里。例如：产假结束返岗，本人来电核实。"),
            least=LEAST_REASON,
        ),
    )


class DeputyForm(forms.Form):
    """Who stands in, from their own seat, and for which days."""

    colleague = forms.ModelChoiceField(
        label=gettext_lazy("代理人"),
        queryset=Seat.objects.none(),
        help_text=gettext_lazy("只列出可以代理的同事，以及其本人的岗位。"),
    )
    starts_on = forms.DateField(label=gettext_lazy("开始日期"))
    ends_on = forms.DateField(
        label=gettext_lazy("截止日期"),
        help_text=format_lazy(
            gettext_lazy("这一天仍可以代理，过后自动终止；一次最多 {days} 天。"), days=LONGEST.days
        ),
    )

    def __init__(self, colleagues: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = colleagues.select_related("person", "organization", "jurisdiction")
        self.fields["colleague"].queryset = rows  # type: ignore[attr-defined]
