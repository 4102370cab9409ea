"""Forms of a round: its legal frame, its categories, the county's terms, its vetoes."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.audit.recorded_form import RecordedForm
from designation.organizations.models import Jurisdiction, Organization
from designation.site import forms
from designation.site.refusal import Finding
from designation.site.telling import tell
from standards.categories import Category
from standards.characters import plain
from standards.models import Check

from . import conditions, configuring, pasted_places, places, queries, routing, rules
from .conditions import NO_LIMIT
from .figure_choices import figure_choices, figure_named, figure_value
from .methods import Rule, rule_of
from .models import Method, NoticeChannel, Round, RoundCategory, RoundDefinition, TieRule, Veto
from .words import (
    BODY,
    DOCUMENT,
    FIGURE,
    METHOD,
    PLACES,
    RESERVE,
    TERM,
    TIES,
    UNLIMITED,
    part_field,
)

# Our default: no document of those we read names more.
FIGURES = (1, 2, 3)


# What stands as it was where the form leaves it empty.
_USUAL = (
    "notice_unit",
    "notice_people",
    "notice_months_shown",
    "posting_unit",
    "objection_receive_days",
    "objection_days",
    "objection_longer_days",
    "objection_answer_days",
    "appeal_days",
    "appeal_answer_days",
    "appeals_to",
)


class RoundForm(RecordedForm, forms.ModelForm):
    notice_channels = forms.MultipleChoiceField(
        label=gettext_lazy("公示须有张贴证明的渠道"),
        required=False,
        choices=NoticeChannel.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "不选即不要求。选了的，每个渠道都登记了张贴情况并附照片，才能作出命名决定。"
        ),
    )

    class Meta:
        model = Round
        fields = configuring.FRAME
        help_texts = {
            "posting_days": gettext_lazy(
                "不填即不要求。要求的，申报单位提交前须登记公示的起止日期、地点并上传证明。"
            ),
            "notice_unit": gettext_lazy(
                "按自然日的，末日逢休息日，顺延到下一个工作日；其中的工作日不得少于 3 个。"
            ),
            "notice_months_shown": gettext_lazy("期满后公示页面只保留标题和结果。"),
            "appeals_to": gettext_lazy(
                "达标未入选、不予命名由会议研究决定：复核时再报原会议研究，或者报上级决定。"
            ),
            "year_from": gettext_lazy("起止都不填的，按申报开始前的十二个月考察。"),
        }

    def __init__(self, areas: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].queryset = areas  # type: ignore[attr-defined]
        self.fields["jurisdiction"].empty_label = None  # type: ignore[attr-defined]
        for name in _USUAL:
            self.fields[name].required = False
        if isinstance(areas.first(), Jurisdiction) and not self.instance.pk:
            self.fields["jurisdiction"].initial = areas.first()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in set(_USUAL) - set(self.errors):
            if cleaned.get(name) in (None, ""):
                cleaned[name] = getattr(self.instance, name)
        if level := cleaned.get("organizer_level"):
            tell(self, conditions.of_organizer(level))
        if (opens := cleaned.get("opens_at")) and (closes := cleaned.get("closes_at")):
            tell(self, conditions.of_window(opens, closes))
        tell(self, conditions.of_year(cleaned.get("year_from"), cleaned.get("year_to")))
        return cleaned


class _PartForm(RecordedForm, forms.Form):
    """One part of a draft round; the events of a part are about its round."""

    round: Round

    @property
    def subject(self) -> Round:
        return self.round

    def read(self) -> Mapping[Any, Any]:
        """What this person read of what ``kept`` gives, where they change it."""
        raise NotImplementedError

    def kept(self) -> Mapping[Any, Any]:
        """The values that ``configuring`` takes."""
        raise NotImplementedError


class CategoriesForm(_PartForm):
    """Places per category; one with neither places nor the tick "no limit" is left out."""

    def __init__(self, round_: Round, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round_
        self.standards = configuring.standards_to_choose(round_)
        self.entries = {entry.category: entry for entry in round_.categories.all()}
        for category in Category:
            entry = self.entries.get(category.value)
            self.fields[category.value] = self._field(category, entry.quota if entry else None)
            self.fields[f"{category.value}{UNLIMITED}"] = self._limit(category)

    def _limit(self, category: Category) -> forms.BooleanField:
        entry = self.entries.get(category.value)
        return forms.BooleanField(
            label=_("%(category)s：名额不限") % {"category": category.label},
            required=False,
            initial=entry is not None and entry.quota is None,
            disabled=self.fields[category.value].disabled,
        )

    def _field(self, category: Category, quota: int | None) -> forms.IntegerField:
        version = self.standards.get(category.value)
        # What was typed before the standard went out of use is told, not dropped.
        is_in = category.value in self.entries or bool(self.data.get(category.value))
        is_shut = version is None and not is_in
        return forms.IntegerField(
            label=_("%(category)s：名额") % {"category": category.label},
            required=False,
            min_value=conditions.LEAST_PLACES,
            max_value=conditions.MOST_PLACES,
            initial=quota,
            disabled=is_shut,
            help_text=str(version) if version else _without_standard(is_in=is_in),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for category in Category:
            count, unlimited = self._typed(category.value)
            if count is not None and unlimited:
                told = _("已选“名额不限”，请清空名额，或者去掉“名额不限”。")
                self.add_error(category.value, told)
            asked = NO_LIMIT if unlimited else count
            tell(self, conditions.of_places(category.value, asked, self.standards))
        return cleaned

    def _typed(self, category: str) -> tuple[int | None, bool]:
        said = self.cleaned_data
        return said.get(category), bool(said.get(f"{category}{UNLIMITED}"))

    def read(self) -> dict[str, int | None]:
        return {name: configuring.places_of(self.entries.get(name)) for name in self._open()}

    def kept(self) -> dict[str, int | None]:
        """Those left as they were too: they go over to the standard that is in use now."""
        found = {}
        for name in self._open():
            count, unlimited = self._typed(name)
            found[name] = NO_LIMIT if unlimited else count
        return found

    def _open(self) -> list[str]:
        return [one.value for one in Category if not self.fields[one.value].disabled]


def _without_standard(*, is_in: bool) -> str:
    if not is_in:
        return _("待录入：录入正式文本，或者采用示例标准后，才能列入批次。")
    return _("所选的标准现在不能使用。清空名额，这一类就移出批次。")


class MethodsForm(_PartForm):
    """How it is settled who is put forward in each category, as its document says it.

    The product proposes no figure and mixes none: they are named one after another.
    """

    def __init__(self, round_: Round, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round_
        self.entries = list(
            round_.categories.select_related("standard").prefetch_related("figures")
        )
        for entry in self.entries:
            self._add_fields(entry)

    def _add_fields(self, entry: RoundCategory) -> None:
        kind = entry.category
        words = {"category": entry.get_category_display()}
        self.fields[f"{kind}{METHOD}"] = forms.ChoiceField(
            label=_("%(category)s：择优办法") % words,
            choices=Method.choices,
            initial=entry.method,
            widget=forms.RadioSelect,
        )
        self.fields[f"{kind}{DOCUMENT}"] = forms.CharField(
            label=_("%(category)s：择优办法所依据的文件") % words,
            required=False,
            max_length=conditions.LONGEST_DOCUMENT,
            initial=entry.method_document,
            help_text=_("按文件所列数据排序的，必须填写。"),
        )
        figures = list(entry.figures.all())
        known = [("", _("不用")), *figure_choices(entry)]
        for number in FIGURES:
            named = figures[number - 1] if len(figures) >= number else None
            self.fields[f"{kind}{FIGURE}{number}"] = forms.ChoiceField(
                label=_("%(category)s：第 %(number)s 项数据") % (words | {"number": number}),
                required=False,
                choices=known,
                initial=figure_value(named) if named else "",
            )
        self.fields[f"{kind}{TIES}"] = forms.ChoiceField(
            label=_("%(category)s：并列的处理") % words,
            required=False,
            choices=TieRule.choices,
            initial=entry.ties,
        )
        self.fields[f"{kind}{RESERVE}"] = forms.IntegerField(
            label=_("%(category)s：候补名额") % words,
            required=False,
            min_value=0,
            max_value=conditions.MOST_PLACES,
            initial=entry.reserve,
            help_text=_("不填的，由会议决定候补几家；不设候补的填 0。"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for entry in self.entries:
            self._clean_rule(entry.category, cleaned)
        return cleaned

    def _clean_rule(self, kind: str, cleaned: dict[str, Any]) -> None:
        named = [cleaned.get(f"{kind}{FIGURE}{number}") or "" for number in FIGURES]
        if any(later and not earlier for earlier, later in pairwise(named)):
            self.add_error(f"{kind}{FIGURE}2", _("数据要依次填写，中间不要空着。"))
        if f"{kind}{METHOD}" in cleaned and f"{kind}{DOCUMENT}" in cleaned:
            rule = self._rule(kind, cleaned)
            found = conditions.of_method(kind, rule.method, rule.document, rule.figures)
            tell(self, found)

    def read(self) -> dict[str, Rule]:
        changed = (entry for entry in self.entries if self._changed(entry.category))
        return {entry.category: rule_of(entry) for entry in changed}

    def kept(self) -> dict[str, Rule]:
        return {
            entry.category: self._rule(entry.category, self.cleaned_data)
            for entry in self.entries
            if self._changed(entry.category)
        }

    def _changed(self, kind: str) -> bool:
        return any(name.startswith(f"{kind}-") for name in self.changes)

    def _rule(self, kind: str, said: dict[str, Any]) -> Rule:
        named = [said.get(f"{kind}{FIGURE}{number}") for number in FIGURES]
        return Rule(
            method=said[f"{kind}{METHOD}"],
            document=said[f"{kind}{DOCUMENT}"].strip(),
            ties=said.get(f"{kind}{TIES}") or TieRule.MEETING,
            reserve=said.get(f"{kind}{RESERVE}"),
            figures=tuple(figure_named(value) for value in named if value),
        )


class TermsForm(_PartForm):
    """The county's own definition of each local term that the round's standards use.

    A field bears the name of its term: which terms are asked for may change while one types.
    """

    def __init__(self, round_: Round, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round_
        self.known = queries.definitions(round_)
        self.terms = {f"{TERM}{term}": term for term in queries.used_terms(round_)}
        for name, term in self.terms.items():
            definition, document = self.known.get(term, ("", ""))
            self.fields[name] = definition_field(f"“{term}”", definition)
            of_document = f"{name}{DOCUMENT}"
            self.fields[of_document] = document_field(part_field(of_document), document)

    def about(self) -> Q:
        """The definitions are the jurisdiction's: another round's page changes them too."""
        return queries.events_of_terms(self.round)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        used = set(self.terms.values())
        for name, term in self.terms.items():
            if name in cleaned and f"{name}{DOCUMENT}" in cleaned:
                tell(self, conditions.of_definition(term, self._said(name), self.known, used))
        return cleaned

    def read(self) -> dict[str, tuple[str, str]]:
        """Of a term of which only the document was changed too: one is read with the other."""
        return {term: self.known.get(term, ("", "")) for term in self._changed().values()}

    def kept(self) -> dict[str, tuple[str, str]]:
        return {term: self._said(name) for name, term in self._changed().items()}

    def _changed(self) -> dict[str, str]:
        return {
            name: term
            for name, term in self.terms.items()
            if not self.changes.keys().isdisjoint({name, f"{name}{DOCUMENT}"})
        }

    def _said(self, name: str) -> tuple[str, str]:
        return self.cleaned_data[name].strip(), self.cleaned_data[f"{name}{DOCUMENT}"].strip()


def definition_field(label: str, definition: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        initial=definition,
        max_length=conditions.LONGEST_DEFINITION,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def document_field(label: str, document: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        initial=document,
        max_length=conditions.LONGEST_DOCUMENT,
        help_text=_("写明文件名称和文号；没有的可以不填。"),
    )


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
            max_length=conditions.LONGEST_DOCUMENT,
            initial=veto.document if veto else "",
            help_text=_("依据文件，不填即不启用。"),
        )
        self.fields[f"{check.code}{BODY}"] = forms.CharField(
            label=_("%(code)s 核实机关") % {"code": check.code},
            required=False,
            max_length=conditions.LONGEST_BODY,
            initial=veto.confirming_body if veto else "、".join(check.confirm_with),
            help_text=_("由哪个机关核实这一事实；核查时要写明它的答复。"),
        )

    def is_proposed(self, name: str) -> bool:
        """Where no veto is on, the body in its field is the one that the standard suggests."""
        return name.removesuffix(BODY) not in (name, *self.on)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        codes = [check.code for check in self.checks]
        for code in codes:
            if code in cleaned and f"{code}{BODY}" in cleaned:
                tell(self, conditions.of_veto(code, *self._ground(code), codes))
        return cleaned

    def read(self) -> dict[str, tuple[str, str]]:
        found = ((code, self.on.get(code)) for code in self._changed())
        return {
            code: (veto.document, veto.confirming_body) if veto else ("", "")
            for code, veto in found
        }

    def kept(self) -> dict[str, tuple[str, str]]:
        return {code: self._ground(code) for code in self._changed()}

    def _changed(self) -> list[str]:
        codes = (check.code for check in self.checks)
        return [
            code for code in codes if not self.changes.keys().isdisjoint({code, f"{code}{BODY}"})
        ]

    def _ground(self, code: str) -> tuple[str, str]:
        """The document that a veto rests on, and who confirms the fact."""
        return self.cleaned_data[code].strip(), self.cleaned_data[f"{code}{BODY}"].strip()


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
        routes = routing.of_round(round_)
        for body in self.bodies:
            for category in self.asked:
                if routes.may_get(body, category):
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
        """By field how the log calls it."""
        bodies = {body.pk: body for body in self.bodies}
        return {
            name: places.called(bodies[body], category)
            for name, (body, category) in self.cells().items()
        }

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
        """What was changed."""
        return self._changed(self.cleaned_data)

    def read(self) -> dict[places.Cell, int | None]:
        cells = self.cells()
        return {
            cells[name]: before for name, (before, _after) in self.changes.items() if name in cells
        }


def _places_field(body: Organization, category: Category, count: int | None) -> forms.IntegerField:
    return forms.IntegerField(
        label=f"{body.name} · {category.label}",
        required=False,
        min_value=0,
        max_value=conditions.MOST_PLACES,
        initial=count,
        widget=forms.NumberInput(
            attrs={"placeholder": gettext_lazy("不限"), "inputmode": "numeric"}
        ),
    )


class CorrectionForm(forms.Form):
    """Another definition of one term for a round that is open, and why."""

    reason = forms.CharField(
        label=gettext_lazy("更正原因"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("写入批次页面，并告知申报单位和初审机构。"),
    )
    field_order = ("definition", "document", "reason")

    def __init__(self, former: RoundDefinition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["definition"] = definition_field(f"“{former.term}”", former.definition)
        self.fields["document"] = document_field(_("依据文件"), former.source_document)
        self.order_fields(self.field_order)


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
