"""Forms of a round: its legal frame, its categories, the county's terms, its vetoes."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.adoptions.adopting import usable_standards
from designation.audit.recorded_form import RecordedForm
from designation.organizations.models import Jurisdiction, Organization
from designation.site import forms
from designation.site.refusal import Finding
from standards.categories import Category
from standards.characters import plain
from standards.language import of_the_record
from standards.models import Check

from . import pasted_places, places, queries, rules
from .configuring import Places
from .models import LAWFUL_ORGANIZERS, OrganizerLevel, Round, Veto
from .words import BODY, PLACES, TERM

_LEAST_PLACES, _MOST_PLACES = 1, 1000


class RoundForm(RecordedForm, forms.ModelForm):
    class Meta:
        model = Round
        fields = (
            "name_zh",
            "name_en",
            "jurisdiction",
            "organizer",
            "organizer_level",
            "managing_office",
            "approving_body",
            "approval_document_number",
            "legal_basis",
            "cycle",
            "opens_at",
            "closes_at",
            "year_from",
            "year_to",
            "first_review_days",
            "correction_days",
            "returns_allowed",
            "paper_check_days",
            "verification_days",
            "notice_days",
            "notice_counts_first_day",
            "notice_people",
            "designation_days",
            "valid_years",
            "contact_unit",
            "contact_phone",
            "contact_email",
            "contact_address",
        )
        help_texts = {
            "year_from": gettext_lazy("起止都不填的，按申报开始前的十二个月考察。"),
        }

    def __init__(self, areas: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].queryset = areas  # type: ignore[attr-defined]
        self.fields["jurisdiction"].empty_label = None  # type: ignore[attr-defined]
        self.fields["notice_people"].required = False
        if isinstance(areas.first(), Jurisdiction) and not self.instance.pk:
            self.fields["jurisdiction"].initial = areas.first()

    def clean_notice_people(self) -> int:
        """Three unless it says otherwise."""
        return self.cleaned_data["notice_people"] or self.instance.notice_people

    def clean_organizer_level(self) -> str:
        """《创建示范活动管理办法(试行)》: who may organize such an activity."""
        level = self.cleaned_data["organizer_level"]
        if level in LAWFUL_ORGANIZERS:
            return level
        if level == OrganizerLevel.TOWNSHIP:
            raise ValidationError(
                _("乡镇(街道)不得主办创建示范活动。请由县级党委、政府主办，乡镇(街道)负责初审。"),
                code="unlawful_organizer",
            )
        raise ValidationError(
            _(
                "市县党委、政府的部门不得以自己名义主办，可作为承办单位；请填写党委或政府为主办单位。"
            ),
            code="unlawful_organizer",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("截止时间须晚于开始时间。"))
        self._clean_year(cleaned.get("year_from"), cleaned.get("year_to"))
        return cleaned

    def _clean_year(self, begins: date | None, ends: date | None) -> None:
        if (begins is None) != (ends is None):
            missing = "year_from" if begins is None else "year_to"
            self.add_error(missing, _("考察时段的起止日期要一起填写，或者都不填。"))
        elif begins and ends and ends <= begins:
            self.add_error("year_to", _("考察时段的止日须晚于起日。"))


class _PartForm(RecordedForm, forms.Form):
    """One part of a draft round; the events of a part are about its round."""

    round: Round

    @property
    def subject(self) -> Round:
        return self.round


class CategoriesForm(_PartForm):
    """Places per category; an empty field leaves the category out of the round."""

    def __init__(self, round_: Round, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round_
        # Of several the last remains: that of the narrowest area around the round.
        self.standards = {
            version.category: version for version in usable_standards(round_.jurisdiction)
        }
        chosen = {entry.category: entry.quota for entry in round_.categories.all()}
        for category in Category:
            self.fields[category.value] = self._field(category, chosen.get(category.value))

    def _field(self, category: Category, quota: int | None) -> forms.IntegerField:
        version = self.standards.get(category.value)
        # What was typed before the standard went out of use is told, not dropped.
        is_shut = version is None and quota is None and not self.data.get(category.value)
        return forms.IntegerField(
            label=_("%(category)s：名额") % {"category": category.label},
            required=False,
            min_value=_LEAST_PLACES,
            max_value=_MOST_PLACES,
            initial=quota,
            disabled=is_shut,
            help_text=str(version) if version else _without_standard(quota),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for category in Category:
            if cleaned.get(category.value) is not None and category.value not in self.standards:
                self.add_error(category.value, _("这一类现在没有可用的标准，请清空名额。"))
        return cleaned

    def kept(self) -> dict[str, Places | None]:
        """By category what ``configuring.set_places`` takes."""
        quotas = {category.value: self.cleaned_data.get(category.value) for category in Category}
        return {
            category: None if quota is None else Places(self.standards[category], quota)
            for category, quota in quotas.items()
        }


def _without_standard(quota: int | None) -> str:
    if quota is None:
        return _("待录入：录入正式文本，或者采用示例标准后，才能列入批次。")
    return _("所选的标准现在不能使用。清空名额，这一类就移出批次。")


class TermsForm(_PartForm):
    """The county's own definition of each local term that the round's standards use.

    A field bears the name of its term: which terms are asked for may change while one types.
    """

    def __init__(self, round_: Round, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round_
        known = queries.definitions(round_)
        self.terms = {f"{TERM}{term}": term for term in queries.used_terms(round_)}
        for name, term in self.terms.items():
            self.fields[name] = forms.CharField(
                label=f"“{term}”",
                required=False,
                initial=known.get(term, ""),
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def about(self) -> Q:
        """The definitions are the jurisdiction's: another round's page changes them too."""
        return queries.events_of_terms(self.round)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, field in self.fields.items():
            if field.initial and name in cleaned and not cleaned[name].strip():
                self.add_error(name, _("已有的定义可以修改，不能清空：申报正按它评定。"))
        return cleaned

    def kept(self) -> dict[str, str]:
        """By term what ``configuring.define_terms`` takes."""
        return {term: self.cleaned_data[name].strip() for name, term in self.terms.items()}


class VetoesForm(_PartForm):
    """A veto is on when the document it rests on is cited, with the body that confirms the fact.

    Emptied, it is off.
    """

    def __init__(self, round_: Round, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round_
        self.on = {veto.check_code: veto for veto in queries.vetoes_in_force(round_)}
        self.checks = list(queries.checks_with_veto(round_))
        for check in self.checks:
            self._add_fields(check, self.on.get(check.code))

    def _add_fields(self, check: Check, veto: Veto | None) -> None:
        self.fields[check.code] = forms.CharField(
            label=f"{check.code} {check.metric_name}",
            required=False,
            max_length=200,
            initial=veto.document if veto else "",
            help_text=_("依据文件，不填即不启用。"),
        )
        self.fields[f"{check.code}{BODY}"] = forms.CharField(
            label=_("%(code)s 核实机关") % {"code": check.code},
            required=False,
            max_length=120,
            initial=veto.confirming_body if veto else "、".join(check.confirm_with),
            help_text=_("由哪个机关核实这一事实；核查时要写明它的答复。"),
        )

    def is_proposed(self, name: str) -> bool:
        """Where no veto is on, the body in its field is the one that the standard suggests."""
        return name.removesuffix(BODY) not in (name, *self.on)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for check in self.checks:
            body = f"{check.code}{BODY}"
            if cleaned.get(check.code, "").strip() and not cleaned.get(body, "-").strip():
                self.add_error(body, _("启用一票否决，须写明由哪个机关核实。"))
        return cleaned

    def kept(self) -> dict[str, tuple[str, str]]:
        """By check what ``configuring.set_vetoes`` takes."""
        return {
            check.code: (
                self.cleaned_data[check.code].strip(),
                self.cleaned_data[f"{check.code}{BODY}"].strip(),
            )
            for check in self.checks
        }


class RecommendationsForm(_PartForm):
    """Places of townships: a field for each body and each category that it reviews.

    A table may be pasted instead: what it says stands in the fields as if it had been typed.
    """

    NEVER_SHOWN = ("table",)

    table = forms.CharField(
        label=gettext_lazy("从表格粘贴"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "从电子表格中连同表头一起复制：第一列是初审机构，其余各列是类别。粘贴的数代替上面的数。"
        ),
    )

    def __init__(self, round_: Round, data: Any = None) -> None:
        self.round = round_
        self.asked = [Category(entry.category) for entry in round_.categories.all()]
        self.bodies = list(places.bodies(round_).select_related("jurisdiction"))
        self.pasted = self._read(data or {})
        if data is not None:
            pasted = {self._name(cell): said for cell, said in self.pasted.values.items()}
            data = {**{name: data[name] for name in data}, **pasted}
        super().__init__(data)
        set_, self.taken = places.of_round(round_), places.taken(round_)
        for body in self.bodies:
            for category in self.asked:
                if places.reviews(body, category):
                    cell = (body.pk, category.value)
                    self.fields[self._name(cell)] = _places_field(body, category, set_.get(cell))

    def _read(self, data: Any) -> pasted_places.Pasted:
        named: dict[str, list[int]] = {}
        for body in self.bodies:
            named.setdefault(plain(body.name_zh), []).append(body.pk)
        codes = [category.value for category in self.asked]
        return pasted_places.read(str(data.get("table", "")), named, codes)

    @staticmethod
    def _name(cell: places.Cell) -> str:
        return f"{PLACES}{cell[0]}-{cell[1]}"

    def _in_log(self) -> dict[str, str]:
        """By field how the log calls it: by what people know, which no key tells them later."""
        names = {body.pk: body.name_zh for body in self.bodies}
        with of_the_record():
            return {
                name: f"{PLACES}{names[body]} · {Category(category).label}"
                for name, (body, category) in self.cells().items()
            }

    def recorded(self) -> dict[str, Any]:
        called = self._in_log()
        changed = super().recorded()["changed"]
        return {"changed": {called[name]: said for name, said in changed.items()}}

    def last_changed(self, names: Iterable[str]) -> Mapping[str, tuple[str, datetime | None]]:
        called = {told: name for name, told in self._in_log().items() if name in set(names)}
        return {
            called[told]: who
            for told, who in super().last_changed(called).items()
            if told in called
        }

    def cells(self) -> dict[str, places.Cell]:
        """The name of each field that a body has."""
        found = {
            self._name((body.pk, category.value)): (body.pk, category.value)
            for body in self.bodies
            for category in self.asked
        }
        return {name: cell for name, cell in found.items() if name in self.fields}

    def rows(self) -> list[tuple[Organization, list[tuple[Category, Any, int]]]]:
        """By body its categories, each with its field, None where it reviews none of them."""
        cells = {cell: self[name] for name, cell in self.cells().items()}
        return [
            (
                body,
                [
                    (one, cells.get((body.pk, one.value)), self.taken.get((body.pk, one.value), 0))
                    for one in self.asked
                ],
            )
            for body in self.bodies
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for fault in self.pasted.faults:
            self.add_error("table", fault)
        for told in self._not_theirs():
            self.add_error("table", told)
        for cell, finding in places.under_taken(self.round, self._changed(cleaned)).items():
            self.add_error(self._name(cell), finding.message)
        return cleaned

    def _not_theirs(self) -> Iterable[str]:
        """Numbers that were pasted for a body that does not review the category."""
        known, names = set(self.cells().values()), {body.pk: body.name for body in self.bodies}
        for (body, category), said in self.pasted.values.items():
            if said and (body, category) not in known:
                yield _("“%(body)s”不负责初审“%(category)s”，请清空这一格。") % {
                    "body": names[body],
                    "category": Category(category).label,
                }

    def _changed(self, cleaned: dict[str, Any]) -> dict[places.Cell, int | None]:
        cells = self.cells()
        return {
            cells[name]: cleaned[name] for name in self.changes if name in cells and name in cleaned
        }

    def kept(self) -> dict[places.Cell, int | None]:
        """By cell what ``places.set_recommendations`` takes: what was changed."""
        return self._changed(self.cleaned_data)


def _places_field(body: Organization, category: Category, count: int | None) -> forms.IntegerField:
    return forms.IntegerField(
        label=f"{body.name} · {category.label}",
        required=False,
        min_value=0,
        max_value=_MOST_PLACES,
        initial=count,
        widget=forms.NumberInput(
            attrs={"placeholder": gettext_lazy("不限"), "inputmode": "numeric"}
        ),
    )


class ExtendForm(forms.Form):
    """A later end for everybody."""

    until = forms.DateTimeField(label=gettext_lazy("新的截止时间"))
    reason = forms.CharField(
        label=gettext_lazy("延长原因"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("写入批次页面，并告知申报单位。"),
    )

    def refuse(self, findings: Iterable[Finding]) -> None:
        """Tell each reason at its field."""
        fields = {"not_later": "until", "calendar_missing": "until", "no_reason": "reason"}
        for finding in findings:
            self.add_error(fields.get(finding.code), finding.message)


class ExtendForForm(ExtendForm):
    """A later end for one organization, called by its name as it is entered."""

    organization = forms.CharField(
        label=gettext_lazy("组织名称"),
        max_length=120,
        help_text=gettext_lazy("填写全称，例如：红旗村党支部。"),
    )
    field_order = ("organization", "until", "reason")

    def __init__(self, round_: Round, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round_
        self.fields["reason"].help_text = _("只告知这一个组织，并留在记录中。")

    def clean_organization(self) -> Organization:
        """Of this name, among those the round takes: one, else it says what is in the way."""
        called = rules.organizations_called(self.round, self.cleaned_data["organization"])
        found = list(called[:2])
        if not found:
            raise ValidationError(_("本批次受理的组织中没有这个名称，请填写全称。"))
        if len(found) > 1:
            raise ValidationError(_("有几个组织用这个名称，请系统管理员先改成不同的名称。"))
        return found[0]
