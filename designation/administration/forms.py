"""Forms of the administrators."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.audit.recorded_form import RecordedForm
from designation.site import clock, forms
from designation.site.sameness import key_of

from ..organizations import handover, names
from ..organizations.divisions import code_above, level_of
from ..organizations.models import Jurisdiction, Organization, Person, Role, Seat
from ..organizations.roles import ORGANIZATION_ROLES
from ..organizations.routing import may_be_superior
from ..organizations.spellings import AccountField, DivisionCodeField
from . import seating


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
            self._refuse_a_twin(name, self.beside(cleaned).filter(name_key=key_of(name)))
        return cleaned

    def beside(self, cleaned: dict[str, Any]) -> QuerySet[Any]:
        """The rows among which the name stands once, with the form's own."""
        raise NotImplementedError

    def _refuse_a_twin(self, name: str, bear_it: QuerySet[Any]) -> None:
        """One that bore the name before goes on bearing it, be it an old double."""
        bearers = list(bear_it)
        if self.instance.pk in {bearer.pk for bearer in bearers}:
            return
        self.instance.is_old_double = False
        if bearers:
            self.add_error(
                "name_zh",
                _(
                    "“%(name)s”与已有的“%(other)s”是同一个名称（全角半角、空格等写法不同也算同一个）。"
                    "请核对是否重复录入；确是另一个的，请在名称中加以区别。"
                )
                % {"name": name, "other": bearers[0].name_zh},
            )

    def clean_renamed_on(self) -> date | None:
        """Raises ValidationError for a day to come, or before the last renaming."""
        day: date | None = self.cleaned_data["renamed_on"]
        if day is None or "name_zh" not in self.changed_data:
            return None
        if day > clock.today():
            raise ValidationError(_("更名日期不能晚于今天。"), code="in_future")
        last = self.instance.former_names.first()
        if last is not None and day < last.borne_until:
            raise ValidationError(
                _("上一次更名是 %(day)s，更名日期不能早于它。")
                % {"day": date_format(last.borne_until, "DATE_FORMAT")},
                code="before_the_last",
            )
        return day


class JurisdictionForm(RenamingForm):
    """The code says level and superior; once entered it stays, for scopes are made of it."""

    code = DivisionCodeField(
        label=gettext_lazy("区划代码"),
        max_length=12,
        help_text=gettext_lazy("12 位统计用区划代码，例如 341821104000。保存后不能修改。"),
    )

    class Meta:
        model = Jurisdiction
        fields = ("code", "name_zh", "name_en")

    def __init__(self, areas: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = areas
        if self.instance.pk:
            self.fields["code"].disabled = True

    def clean_code(self) -> str:
        """Raises ValidationError for a code that names no level, or lies outside the area."""
        code: str = self.cleaned_data["code"]
        if self.instance.pk:
            return code
        level = level_of(code)
        if level is None:
            raise ValidationError(
                _("辖区到乡镇(街道)为止：代码后三位应为 000。村和社区请在“组织”中录入。"),
                code="below_township",
            )
        above = self.areas.filter(code=code_above(code)).first()
        if above is None:
            raise ValidationError(
                _("上级辖区 %(code)s 不在您管理的范围内，请核对代码。")
                % {"code": code_above(code)},
                code="no_parent",
            )
        self.instance.level, self.instance.parent = level, above
        return code

    def beside(self, cleaned: dict[str, Any]) -> QuerySet[Jurisdiction]:  # noqa: ARG002 - by code
        return names.areas_beside(self.instance)


class OrganizationForm(RenamingForm):
    class Meta:
        model = Organization
        fields = (
            "name_zh",
            "name_en",
            "category",
            "body_kind",
            "jurisdiction",
            "superior",
            "is_active",
        )
        help_texts = {
            "category": gettext_lazy("申报组织选类别；审核机构可不选。"),
            "body_kind": gettext_lazy("审核机构选类型；申报组织可不选。"),
            "superior": gettext_lazy("初审机构由上级党组织按类别自动确定。"),
        }

    def __init__(self, areas: Any, organizations: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].queryset = areas  # type: ignore[attr-defined]
        others = organizations.exclude(pk=self.instance.pk)
        self.fields["superior"].queryset = others  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("category") and not cleaned.get("body_kind"):
            self.add_error("category", _("请选择申报类别，或者审核机构类型。"))
        return cleaned

    def beside(self, cleaned: dict[str, Any]) -> QuerySet[Organization]:
        return names.organizations_in(cleaned.get("jurisdiction"))

    def clean_superior(self) -> Organization | None:
        """A chain of superiors never comes back to the organization itself."""
        superior: Organization | None = self.cleaned_data["superior"]
        above, steps = superior, 0
        while above is not None and self.instance.pk:
            if above.pk == self.instance.pk or steps > 20:  # noqa: PLR2004 - deeper is a loop
                raise ValidationError(_("上级关系不能循环，请重新选择。"), code="loop")
            above, steps = above.superior, steps + 1
        area: Jurisdiction | None = self.cleaned_data.get("jurisdiction")
        if superior is not None and area is not None and not may_be_superior(superior, area):
            raise ValidationError(
                _("上级党组织“%(superior)s”在另一个县，请选择本县或上级地区的党组织。")
                % {"superior": superior.name},
                code="elsewhere",
            )
        return superior


class PersonForm(RecordedForm, forms.ModelForm):
    """People are deactivated, never deleted. Nobody but they themselves sets their password.

    Once they have one, their e-mail address is theirs to change too: links go there. A new person
    belongs to ``area``.
    """

    IS_PERSONAL = True

    username = AccountField(label=gettext_lazy("账号"), max_length=60)

    class Meta:
        model = Person
        fields = ("username", "full_name", "email", "home_organization", "language", "is_active")

    def __init__(self, organizations: Any, area: Jurisdiction, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home_organization"].queryset = organizations  # type: ignore[attr-defined]
        if not self.instance.pk:
            self.instance.jurisdiction = area
            self.instance.set_unusable_password()
        elif self.instance.has_usable_password():
            email = self.fields["email"]
            email.disabled = True
            email.help_text = _("本人已设置密码，电子邮箱由本人在“个人设置”中修改。")
        self.waiting: list[tuple[Seat, list[handover.Waiting]]] = []

    def clean_is_active(self) -> bool:
        """Who is switched off leaves what waits in their seats: that is shown, and asked once."""
        stays: bool = self.cleaned_data["is_active"]
        if not stays and self.initial.get("is_active") and self.data.get("leaving") != "yes":
            self.waiting = handover.waiting_for(self.instance)
        if self.waiting:
            raise ValidationError(
                _("此人的岗位上还有没办完的事，请看下面的清单，确认后再保存。"), code="work_waits"
            )
        return stays


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
