"""Forms of a round: its legal frame, its categories, the county's terms, its vetoes."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.audit.recorded_form import RecordedForm
from designation.organizations.models import Jurisdiction
from designation.site import forms
from designation.site.telling import tell
from standards.categories import Category
from standards.models import Check

from . import conditions, configuring, queries
from .models import Round, Veto
from .words import BODY, TERM


class RoundForm(RecordedForm, forms.ModelForm):
    class Meta:
        model = Round
        fields = configuring.FRAME
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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
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

    def read(self) -> Mapping[str, Any]:
        """What this person read of what ``kept`` gives, where they change it."""
        raise NotImplementedError

    def kept(self) -> Mapping[str, Any]:
        """The values that ``configuring`` takes."""
        raise NotImplementedError


class CategoriesForm(_PartForm):
    """Places per category; an empty field leaves the category out of the round."""

    def __init__(self, round_: Round, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round_
        self.standards = configuring.standards_to_choose(round_)
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
            min_value=conditions.LEAST_PLACES,
            max_value=conditions.MOST_PLACES,
            initial=quota,
            disabled=is_shut,
            help_text=str(version) if version else _without_standard(quota),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for category in Category:
            count = cleaned.get(category.value)
            tell(self, conditions.of_places(category.value, count, self.standards))
        return cleaned

    def read(self) -> dict[str, int | None]:
        return {name: self.on_record(name) for name in self._open()}

    def kept(self) -> dict[str, int | None]:
        """Those left as they were too: they go over to the standard that is in use now."""
        return {name: self.cleaned_data[name] for name in self._open()}

    def _open(self) -> list[str]:
        return [name for name, field in self.fields.items() if not field.disabled]


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
        self.known = queries.definitions(round_)
        self.terms = {f"{TERM}{term}": term for term in queries.used_terms(round_)}
        for name, term in self.terms.items():
            self.fields[name] = forms.CharField(
                label=f"“{term}”",
                required=False,
                initial=self.known.get(term, ""),
                max_length=conditions.LONGEST_DEFINITION,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def about(self) -> Q:
        """The definitions are the jurisdiction's: another round's page changes them too."""
        return queries.events_of_terms(self.round)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        used = set(self.terms.values())
        for name, term in self.terms.items():
            if name in cleaned:
                found = conditions.of_definition(term, cleaned[name].strip(), self.known, used)
                tell(self, found)
        return cleaned

    def read(self) -> dict[str, str]:
        return {self.terms[name]: before for name, (before, _after) in self.changes.items()}

    def kept(self) -> dict[str, str]:
        return {self.terms[name]: after for name, (_before, after) in self.changes.items()}


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
