"""Forms of a list: as the department answers it, and as the coordinator enters what came instead.

What is wrong is said by whoever records it, each thing at its field.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.evidence.forms import JudgedForm
from designation.site import forms
from designation.site.shown import Told
from designation.site.uploads import UploadField

from .answering import (
    ANSWER,
    DATED,
    DOCUMENT,
    LONGEST_NAME,
    LONGEST_NUMBER,
    LONGEST_REMARK,
    NUMBER,
    REMARK,
    Answer,
    answer_in,
    field_of,
)
from .facts import counts, vetoes_of
from .instead import Letter
from .models import OpinionLine

NO, YES = "no", "yes"
_CHOICES = ((NO, gettext_lazy("没有")), (YES, gettext_lazy("有")))
_FOUND = {YES: True, NO: False}


class LineRow:
    """One name with its fields, as a page shows them."""

    def __init__(self, line: OpinionLine, form: forms.Form) -> None:
        self.line = line
        self.answer, self.remark = form[field_of(ANSWER, line)], form[field_of(REMARK, line)]
        names = [field_of(part, line) for part in (DOCUMENT, NUMBER, DATED)]
        self.document = [form[name] for name in names if name in form.fields]

    @property
    def none(self) -> str:
        """The id of the choice that says there is nothing."""
        return f"{self.answer.auto_id}_0"

    @property
    def is_refused(self) -> bool:
        return any(field.errors for field in (self.answer, self.remark, *self.document))


class AnswersForm(forms.Form):
    """A choice for each name, none of them made before; a remark; the document of a veto."""

    def __init__(
        self,
        lines: Iterable[OpinionLine],
        data: Any = None,
        *,
        vetoes: Iterable[str] = (),
        typed: Mapping[str, str] | None = None,
        corrects: bool = False,
    ) -> None:
        """``typed`` is what was kept of it, shown before what is on record."""
        super().__init__(data)
        self.lines, self.conflicts = list(lines), dict[str, Told]()
        in_force = set(vetoes)
        for line in self.lines:
            self._add_line(line, has_document=bool(vetoes_of(line, in_force)))
        if corrects:
            self.fields["reason"] = forms.CharField(
                label=_("更正原因"),
                required=False,
                max_length=LONGEST_REMARK,
                help_text=_("已交回的答复留在记录中；改过的单位以更正后的为准。"),
            )
        for name, text in (typed or {}).items():
            if name in self.fields:
                self.initial[name] = text

    def _add_line(self, line: OpinionLine, *, has_document: bool) -> None:
        stands = answer_in(counts(line))
        found = {True: YES, False: NO}.get(stands.is_found, "")  # type: ignore[arg-type]
        self.fields[field_of(ANSWER, line)] = forms.ChoiceField(
            label=_("%(name)s：答复") % {"name": line.name},
            choices=_CHOICES,
            required=False,
            initial=found,
            widget=forms.RadioSelect,
        )
        self.fields[field_of(REMARK, line)] = forms.CharField(
            label=_("说明"), required=False, max_length=LONGEST_REMARK, initial=stands.remark
        )
        if has_document:
            self._add_document(line, stands)

    def _add_document(self, line: OpinionLine, stands: Answer) -> None:
        for part, label, most, text in (
            (DOCUMENT, _("依据文件名称"), LONGEST_NAME, stands.document_name),
            (NUMBER, _("文号"), LONGEST_NUMBER, stands.document_number),
        ):
            self.fields[field_of(part, line)] = forms.CharField(
                label=label, required=False, max_length=most, initial=text
            )
        self.fields[field_of(DATED, line)] = forms.DateField(
            label=_("文件日期"), required=False, initial=stands.document_date
        )

    def rows(self) -> list[LineRow]:
        return [LineRow(line, self) for line in self.lines]

    def answers(self) -> dict[int, Answer]:
        """What was typed, by the key of the line."""
        said = self.cleaned_data
        return {
            line.pk: Answer(
                _FOUND.get(said.get(field_of(ANSWER, line), "")),
                said.get(field_of(REMARK, line), ""),
                said.get(field_of(DOCUMENT, line), ""),
                said.get(field_of(NUMBER, line), ""),
                said.get(field_of(DATED, line)),
            )
            for line in self.lines
        }

    @property
    def none_of_them(self) -> str:
        """The ids of all choices that say there is nothing, for the one press."""
        return " ".join(row.none for row in self.rows())


class PaperForm(AnswersForm):
    """What a department answered in a letter; a name of which it says nothing stays open."""

    def __init__(self, lines: Iterable[OpinionLine], data: Any = None) -> None:
        super().__init__(lines, data)
        self.fields["document_number"] = forms.CharField(
            label=_("书面答复的文号"), required=False, max_length=LONGEST_NUMBER
        )
        self.fields["document_date"] = forms.DateField(label=_("书面答复的日期"), required=False)
        self.fields["document_name"] = forms.CharField(
            label=_("书面答复的名称"),
            required=False,
            max_length=LONGEST_NAME,
            help_text=_("可以不填。"),
        )

    def of_the_letter(self) -> list[forms.BoundField]:
        return [self[name] for name in ("document_number", "document_date", "document_name")]

    def letter(self) -> Letter:
        said = self.cleaned_data
        return Letter(said["document_number"], said["document_date"], said["document_name"])


class BringForm(JudgedForm):
    """A paper of a list: the document that a fact rests on, or the letter as it came."""

    file = UploadField(
        label=gettext_lazy("依据文件、书面答复的扫描件"),
        help_text=gettext_lazy("PDF、Word（docx）或照片，单个不超过 20 MB。传上的留存，不能移除。"),
        required=True,
    )


class NotAwaitedForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("不再等候的理由"),
        required=False,
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("写进汇总表，这个部门仍记为“未答复”；它以后答复的，以答复为准。"),
    )
