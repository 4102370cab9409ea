"""The sheet of a meeting: the outcome of everybody verified, and the meeting's own fields."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.applications.models import Application
from designation.rounds.figures import FigureKind
from designation.rounds.models import Method
from designation.site import forms
from designation.site.sure import SureField
from designation.site.text import whole_number
from standards.characters import plain

from .candidates import Candidates, left
from .choosing import Meeting, NotDecided, Said, about_the_day
from .models import Selection, SelectionRow
from .order import Decided, Outcome

# The field of a row at which a finding of it is told; else its outcome.
_TOLD_AT = {"reason_missing": "reason", "number_missing": "number"}
# The names of those that the form listed when it was shown.
LISTED = "listed"
# Our default: no meeting has more members.
MOST_VOTES = 9999


class RowForm(forms.Form):
    """What the meeting decides of one."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("研究结果"),
        choices=SelectionRow.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选择研究结果。")},
    )
    number = forms.IntegerField(
        label=gettext_lazy("候补次序"), required=False, min_value=1, max_value=9999
    )
    votes = forms.IntegerField(
        label=gettext_lazy("得票"), required=False, min_value=0, max_value=MOST_VOTES
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("与排序不一致的，须写明。"),
    )

    def said(self) -> Said:
        cleaned = self.cleaned_data
        outcome = Outcome(cleaned["outcome"])
        number = cleaned["number"] if outcome == Outcome.RESERVE else None
        return Said(outcome, number, cleaned["reason"], cleaned["votes"])


class SelectionForm(forms.ModelForm):
    """The meeting, and a row for everybody verified, in the order of the rule."""

    sure = SureField(
        gettext_lazy(
            "登记后不能修改：各单位随即收到结果，达标未入选的申报即告结束，名额空出时按候补次序递补。"
        )
    )

    class Meta:
        model = Selection
        fields = (
            "tie_decided",
            "meeting_name",
            "meeting_on",
            "meeting_attendance",
            "stood_aside",
            "voting",
            "meeting_result",
        )
        widgets = {
            "tie_decided": forms.Textarea(attrs={"rows": 2}),
            "meeting_result": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "tie_decided": gettext_lazy("会议在并列的单位中取舍的，写明怎样决定；没有的不填。"),
            "meeting_attendance": gettext_lazy("例如：应到9人，实到8人。"),
            "stood_aside": gettext_lazy("写明回避的人；没有的写“无”。"),
            "voting": gettext_lazy("没有表决的不填。"),
        }

    def __init__(self, candidates: Candidates, data: Any = None, typed: Any = None) -> None:
        """``typed`` is shown as it was typed, and not checked: to see another order."""
        given = data if data is not None else typed
        super().__init__(data, initial=typed and {name: typed.get(name) for name in self._names()})
        self.candidates = candidates
        self.listed = [plain(pk) for pk in given.getlist(LISTED)] if given is not None else []
        if not candidates.placed:
            del self.fields["tie_decided"]
        applications = {case.application.pk: case.application for case in candidates.cases}
        self.rows = {
            pk: self._row(applications[pk], data, typed, candidates.proposed.get(pk))
            for pk in candidates.order
        }

    @classmethod
    def _names(cls) -> Iterable[str]:
        return cls.Meta.fields

    @staticmethod
    def _row(row: Application, data: Any, typed: Any, proposed: Decided | None) -> RowForm:
        prefix = str(row.pk)
        initial: dict[str, Any] = {"outcome": proposed.outcome.value} if proposed else {}
        if proposed and proposed.number:
            initial["number"] = proposed.number
        if typed is not None:
            given = {name: typed.get(f"{prefix}-{name}") for name in RowForm.base_fields}
            initial |= {name: text for name, text in given.items() if text}
        return RowForm(data, prefix=prefix, initial=initial)

    @property
    def asks_votes(self) -> bool:
        """Where the meeting itself decides, it may vote; else where the document names votes."""
        return self.candidates.entry.method == Method.MEETING or self.orders_by_votes

    @property
    def orders_by_votes(self) -> bool:
        """Whether the order hangs on what is typed here."""
        return any(figure.kind == FigureKind.VOTES for figure in self.candidates.named)

    @property
    def chosen(self) -> int:
        """How many are ticked, as it stands."""
        return sum(row["outcome"].value() == Outcome.CHOSEN.value for row in self.rows.values())

    @property
    def over(self) -> int:
        """How many more are ticked than there are places."""
        left = self.candidates.places_left
        return 0 if left is None else max(self.chosen - left, 0)

    def is_valid(self) -> bool:
        """The meeting and every row: all of them are checked, whatever the first says."""
        return all([super().is_valid(), *(row.is_valid() for row in self.rows.values())])

    @property
    def is_refused(self) -> bool:
        return bool(self.is_bound and (self.errors or any(r.errors for r in self.rows.values())))

    def clean_meeting_on(self) -> Any:
        held_on = self.cleaned_data["meeting_on"]
        for finding in about_the_day(self.candidates.entry, held_on):
            raise ValidationError(finding.message, code=finding.code)
        return held_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        listed = [whole_number(pk) for pk in self.listed]
        gone = [pk for pk in listed if pk is not None and pk not in self.rows]
        for row in left(self.candidates.entry, gone):
            told = _("%(organization)s现为“%(stage)s”，已不在名单中，请核对后再登记。")
            self.add_error(
                None,
                told % {"organization": row.organization.name, "stage": row.get_stage_display()},
            )
        return cleaned

    def meeting(self) -> Meeting:
        cleaned = self.cleaned_data
        return Meeting(
            name=cleaned["meeting_name"],
            held_on=cleaned["meeting_on"],
            attendance=cleaned["meeting_attendance"],
            stood_aside=cleaned["stood_aside"],
            voting=cleaned["voting"],
            result=cleaned["meeting_result"],
            tie_decided=cleaned.get("tie_decided", ""),
        )

    def said(self) -> dict[int, Said]:
        return {pk: row.said() for pk, row in self.rows.items()}

    def tell(self, refused: NotDecided) -> None:
        """What the record is refused for, each at its row or above the form."""
        for finding in refused.general:
            at = "tie_decided" if finding.code == "tie_undecided" else None
            self.add_error(at, finding.message)
        for pk, findings in refused.by_row.items():
            for finding in findings:
                at = _TOLD_AT.get(finding.code, "outcome")
                self.rows[pk].add_error(at, finding.message)


def votes_typed(data: Mapping[str, Any], pks: Iterable[int]) -> dict[int, int | None]:
    """By application the votes as they are typed so far; what is no such number is none."""
    typed = {pk: whole_number(data.get(f"{pk}-votes", "")) for pk in pks}
    return {
        pk: votes if votes is not None and 0 <= votes <= MOST_VOTES else None
        for pk, votes in typed.items()
    }
