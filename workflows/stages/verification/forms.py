"""The visit, its team, and the site record of one item."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.applications.models import Application, Conclusion
from designation.audit.recorded_form import RecordedForm
from designation.organizations.models import Person
from designation.site import clock, forms
from designation.site.reasons import ReasonField
from designation.site.telling import tell
from standards import values, wording
from standards.engine.evaluation import Check, Item

from ...case.conflicts import TellsConflicts
from ...case.values_form import ValuesForm, shown_values
from . import plan
from .models import Visit

# Characters of an item by which it is known in a list of choices.
_SHOWN = 24


def _named(person: Person, reasons: list[str]) -> str:
    """Who is not offered, from where, and why."""
    home = person.home_organization
    said = ["、".join(reasons)] if home is None else [home.name, "、".join(reasons)]
    return f"{person.full_name}（{'；'.join(said)}）"


_NOT_ON_THE_LIST = {
    "invalid_choice": gettext_lazy(
        "您选的人现在不在名单中，可能已离岗或者须回避，请按现在的名单选择。"
    )
}


class VisitForm(RecordedForm, forms.Form):
    """The plan of a visit; ``is_planned`` says whether there is one already.

    ``people`` are the verifiers of the area, each with why they have to step aside.

    Before, day and place are proposals.
    """

    planned_on = forms.DateField(label=gettext_lazy("计划核查日期"))
    place = forms.CharField(label=gettext_lazy("核查地点"), max_length=200)
    team = forms.MultipleChoiceField(
        label=gettext_lazy("核查组成员"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "至少 2 人，建议 3 人。来自申报单位、初审机构或其所在乡镇(街道)的人员，"
            "以及在本案中办理过其他事项的人员须回避。"
        ),
        error_messages=_NOT_ON_THE_LIST,
    )
    leader = forms.ChoiceField(label=gettext_lazy("组长"), error_messages=_NOT_ON_THE_LIST)
    items = forms.MultipleChoiceField(
        label=gettext_lazy("核查条目"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("勾选要核查的条目，其余沿用已有的核查结果；不勾选即全部核查。"),
    )

    def __init__(
        self,
        subject: Application | Visit,
        people: list[tuple[Person, list[str]]],
        *args: Any,
        is_planned: bool,
        offered: Sequence[Item] = (),
        **kwargs: Any,
    ) -> None:
        """``subject`` is what the log tells of its changes under.

        ``offered`` are the items that may be chosen: where it is verified anew, or on its own.
        """
        super().__init__(*args, **kwargs)
        if offered:
            items = [(item.code, f"{item.code} {item.text[:_SHOWN]}") for item in offered]
            self.fields["items"].choices = items  # type: ignore[attr-defined]
        else:
            del self.fields["items"]
        self._subject, self.is_planned = subject, is_planned
        self.people = {str(person.pk): person for person, reasons in people if not reasons}
        self.recused = [_named(person, reasons) for person, reasons in people if reasons]
        choices = [(key, person.full_name) for key, person in self.people.items()]
        self.fields["team"].choices = choices  # type: ignore[attr-defined]
        self.fields["leader"].choices = choices  # type: ignore[attr-defined]

    @property
    def subject(self) -> Application | Visit:
        return self._subject

    def is_proposed(self, name: str) -> bool:
        return not self.is_planned and name in {"planned_on", "place"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["items"] = cleaned.get("items") or []
        if planned := cleaned.get("planned_on"):
            before = self.initial.get("planned_on")
            tell(self, plan.of_day(planned, before=before, today=clock.today()))
        if "team" in cleaned:
            tell(self, plan.of_team(cleaned["team"], cleaned.get("leader")))
        return cleaned

    def chosen_team(self) -> list[Person]:
        return [self.people[key] for key in self.cleaned_data["team"]]

    def chosen_leader(self) -> Person:
        return self.people[self.cleaned_data["leader"]]


class SiteForm(TellsConflicts, forms.Form):
    """Arrival, departure and summary of the visit."""

    started_at = forms.DateTimeField(label=gettext_lazy("到达时间"))
    ended_at = forms.DateTimeField(label=gettext_lazy("离开时间"), required=False)
    summary = forms.CharField(
        label=gettext_lazy("核查情况"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        started, ended = cleaned.get("started_at"), cleaned.get("ended_at")
        if started and ended and ended < started:
            self.add_error("ended_at", _("离开时间不能早于到达时间。"))
        latest = max((m for m in (started, ended) if m), default=None)
        if latest and latest > clock.now() + timedelta(minutes=5):
            self.add_error("ended_at" if latest == ended else "started_at", _("时间不能晚于现在。"))
        return cleaned


class CallOffForm(forms.Form):
    """Why nobody goes there any more."""

    reason = ReasonField(
        label=gettext_lazy("理由"),
        help_text=gettext_lazy("不少于 10 个字；会记录在案，并告诉核查组和有关人员。"),
    )


class MeasureForm(ValuesForm):
    """What was measured on one item."""

    judged = True

    verdict = forms.ChoiceField(
        label=gettext_lazy("核查结论"),
        choices=Conclusion,
        widget=forms.RadioSelect,
        required=False,
    )
    basis = forms.CharField(
        label=gettext_lazy("核查依据"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("听、查、看、谈、测的情况；低于原则性要求的写明原因。"),
    )

    def __init__(self, item: Item, declared: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        self.declared = declared
        super().__init__(item, *args, **kwargs)

    def beside(self, check: Check) -> str:
        """What is asked for, what was declared, and who confirms it."""
        shown = values.show(check, self.declared.get(check.code))
        declared = _("申报：%(value)s") % {"value": shown}
        confirming = (
            _("。由%(body)s核实，请在核查依据中写明其答复") % {"body": check.confirmed_by}
            if check.confirmed_by
            else ""
        )
        required = wording.requirement(check)
        if required:
            declared = _("%(rule)s。%(declared)s") % {"rule": required, "declared": declared}
        return declared + confirming


def measured_initial(
    item: Item, stored: Mapping[str, Any], verdict: str, basis: str
) -> dict[str, Any]:
    """What the form shows for a stored measurement."""
    return {"verdict": verdict, "basis": basis} | shown_values(item, dict(stored))
