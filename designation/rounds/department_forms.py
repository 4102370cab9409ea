"""The form of the departments whose opinion a round asks for: a row for each."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.audit.recorded_form import RecordedForm
from designation.organizations.models import Organization
from designation.site import forms

from . import departments, queries
from .departments import MOST, AskedOf, name_of
from .models import Round, Secrecy
from .words import DEPARTMENT_DAYS

_ROWS = range(1, MOST + 1)
_PARTS = ("name", "question", "secrecy", "vetoes")


class DepartmentsForm(RecordedForm, forms.Form):
    """A department is called by its name; a row without one is left out.

    A round that names none yet is shown what the methods ask: nothing of it counts until saved.
    """

    def __init__(self, round_: Round, data: Any = None) -> None:
        super().__init__(data)
        self.round = round_
        self.standing = departments.of_round(round_)
        self.vetoes = list(queries.checks_with_veto(round_))
        # What was typed, as the writer takes it; filled as the form is checked.
        self.named: dict[int, AskedOf] = {}
        days = round_.department_days if self.standing else departments.DAYS
        self.fields[DEPARTMENT_DAYS] = forms.IntegerField(
            label=_("部门答复期限（工作日）"),
            required=False,
            min_value=1,
            max_value=departments.MOST_DAYS,
            initial=days,
            help_text=_("到期没有答复的，提醒一次；不答复不算同意。一个部门也不列，就不征求意见。"),
        )
        initial = self._initial()
        for number in _ROWS:
            self._add_row(number, initial.get(number, {}))

    def _initial(self) -> dict[int, dict[str, Any]]:
        if self.standing:
            return {
                number: {
                    "name": one.department.name_zh,
                    "question": one.question,
                    "secrecy": one.secrecy,
                    "vetoes": list(one.vetoes),
                }
                for number, one in self.standing.items()
            }
        return {
            number: {
                "name": found.name_zh if found else "",
                "question": one.question,
                "secrecy": one.secrecy,
                "vetoes": self._known_by(one.words),
                "hint": "" if found else one.words[0],
            }
            for number, (one, found) in enumerate(departments.proposals(self.round), 1)
        }

    def _known_by(self, words: tuple[str, ...]) -> list[str]:
        """The vetoes of which the standard itself says that such a department confirms them."""
        return [
            check.code
            for check in self.vetoes
            if any(word in body for word in words for body in check.confirm_with)
        ]

    def _add_row(self, number: int, shown: Mapping[str, Any]) -> None:
        said = {"number": number}
        hint = shown.get("hint", "")
        self.fields[name_of(number)] = forms.CharField(
            label=_("第 %(number)d 个部门") % said,
            required=False,
            max_length=120,
            initial=shown.get("name", ""),
            help_text=_("例如%(name)s；本县还没有录入这样的组织，请系统管理员先录入。")
            % {"name": hint}
            if hint
            else "",
        )
        self.fields[name_of(number, "question")] = forms.CharField(
            label=_("问它的一个问题"),
            required=False,
            max_length=departments.LONGEST_QUESTION,
            initial=shown.get("question", ""),
            help_text=_("用“有”或者“没有”就能回答的问题，每个单位答一次。"),
        )
        self.fields[name_of(number, "secrecy")] = forms.ChoiceField(
            label=_("答复由谁查看"),
            required=False,
            choices=Secrecy.choices,
            initial=shown.get("secrecy", Secrecy.OPEN.value),
        )
        self.fields[name_of(number, "vetoes")] = forms.MultipleChoiceField(
            label=_("它答“有”即为一票否决事项的"),
            required=False,
            choices=[(one.code, f"{one.code} {one.metric_name}") for one in self.vetoes],
            initial=shown.get("vetoes", []),
            widget=forms.CheckboxSelectMultiple,
            help_text=_("批次启用这一否决的，部门答“有”时须写明依据文件。"),
        )

    @property
    def subject(self) -> Round:
        return self.round

    def is_proposed(self, name: str) -> bool:  # noqa: ARG002 - all of them, or none
        return not self.standing

    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each row; those of vetoes only where there are any."""
        parts = _PARTS if self.vetoes else _PARTS[:-1]
        return [[self[name_of(number, part)] for part in parts] for number in _ROWS]

    @property
    def days(self) -> forms.BoundField:
        return self[DEPARTMENT_DAYS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in _ROWS:
            if typed := cleaned.get(name_of(number), ""):
                self._take(number, typed, cleaned)
        if self.named and not cleaned.get(DEPARTMENT_DAYS) and DEPARTMENT_DAYS not in self.errors:
            self.add_error(DEPARTMENT_DAYS, _("请填写部门答复的期限。"))
        return cleaned

    def _take(self, number: int, typed: str, cleaned: Mapping[str, Any]) -> None:
        department = self._department(number, typed)
        question = cleaned.get(name_of(number, "question"), "")
        if not question and name_of(number, "question") not in self.errors:
            self.add_error(name_of(number, "question"), _("请写明问这个部门的一个问题。"))
        if department is not None:
            self.named[number] = AskedOf(
                department,
                question,
                cleaned.get(name_of(number, "secrecy")) or Secrecy.OPEN.value,
                tuple(cleaned.get(name_of(number, "vetoes")) or ()),
            )

    def _department(self, number: int, typed: str) -> Organization | None:
        try:
            return _called(self.round, typed)
        except forms.ValidationError as unknown:
            self.add_error(name_of(number), unknown)
        return None

    def kept(self) -> tuple[dict[int, AskedOf], int | None]:
        """By row who is asked, and within how many working days."""
        return self.named, self.cleaned_data[DEPARTMENT_DAYS]

    def read(self) -> dict[str, Any]:
        """What stood there as this person read it."""
        return departments.as_read(self.standing, self.round.department_days)


def _called(round_: Round, typed: str) -> Organization:
    """The one organization of the round's area of this name. Raises ValidationError."""
    found = list(departments.called(round_, typed).select_related("jurisdiction")[:2])
    if len(found) == 1:
        return found[0]
    told = _("本辖区没有这个组织，请填写全称；还没有录入的，请系统管理员先录入。")
    if found:
        told = _("有几个组织用这个名称，请系统管理员先改成不同的名称。")
    raise forms.ValidationError(told)


def _reason(told: Any) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=told,
    )


class AddedDepartmentForm(forms.Form):
    """One more department of a round that is open, and why."""

    name = forms.CharField(label=gettext_lazy("部门"), max_length=120)
    question = forms.CharField(
        label=gettext_lazy("问它的一个问题"),
        max_length=departments.LONGEST_QUESTION,
        help_text=gettext_lazy("用“有”或者“没有”就能回答的问题，每个单位答一次。"),
    )
    secrecy = forms.ChoiceField(label=gettext_lazy("答复由谁查看"), choices=Secrecy.choices)
    vetoes = forms.MultipleChoiceField(
        label=gettext_lazy("它答“有”即为一票否决事项的"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("批次启用这一否决的，部门答“有”时须写明依据文件。"),
    )
    reason = _reason(gettext_lazy("不少于 10 个字；写入批次页面和日志。"))

    def __init__(self, round_: Round, data: Any = None) -> None:
        super().__init__(data, initial={"secrecy": Secrecy.OPEN.value})
        self.round = round_
        vetoes = [(one.code, f"{one.code} {one.metric_name}") for one in _vetoes(round_)]
        self.fields["vetoes"].choices = vetoes  # type: ignore[attr-defined]
        if not vetoes:
            del self.fields["vetoes"]
        if round_.department_days is None:
            self.fields[DEPARTMENT_DAYS] = forms.IntegerField(
                label=_("部门答复期限（工作日）"),
                min_value=1,
                max_value=departments.MOST_DAYS,
                initial=departments.DAYS,
            )
            self.order_fields(("name", "question", "secrecy", "vetoes", DEPARTMENT_DAYS))

    def clean_name(self) -> Organization:
        return _called(self.round, self.cleaned_data["name"])

    def kept(self) -> dict[str, Any]:
        """As the writer takes it."""
        said = self.cleaned_data
        vetoes = tuple(said.get("vetoes") or ())
        return {
            "one": AskedOf(said["name"], said["question"], said["secrecy"], vetoes),
            "days": said.get(DEPARTMENT_DAYS),
            "reason": said["reason"],
        }


class RemovedDepartmentForm(forms.Form):
    """Why a department is asked no more."""

    reason = _reason(gettext_lazy("不少于 10 个字；写入批次页面和日志。"))


def _vetoes(round_: Round) -> list[Any]:
    return list(queries.checks_with_veto(round_))
