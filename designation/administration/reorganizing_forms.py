"""What is typed of a reorganization, and what becomes of everything, as forms."""

from collections.abc import Iterable
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.papers.number_field import DocumentNumberField
from designation.site import forms
from designation.site.personal_data import without_personal_data
from designation.site.sameness import key_of
from designation.site.sure import SureField

from ..organizations.lineage import Kind
from ..organizations.models import Organization
from ..organizations.succession import Document, Fate, Proposal

# Units in one act; our default.
MOST_UNITS = 20


class ReorganizationForm(forms.Form):
    """What happened to an organization, from which day, and by which document.

    Other units are typed by name, one a line: a list of them all would be longer than a county's
    page. ``mine`` are those that the administrator enters. A name that none of them bears is that
    of a new unit, which the next page says before anything is written.
    """

    kind = forms.ChoiceField(
        label=gettext_lazy("变更情形"), choices=Kind.choices, widget=forms.RadioSelect
    )
    together = forms.CharField(
        label=gettext_lazy("一同合并的其他单位"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("只在合并时填写，一行一个全称；只有本单位并入的不用填。"),
    )
    after = forms.CharField(
        label=gettext_lazy("变更后的单位"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "更名写新名称；合并写合并后的单位；分立一行写一个；撤销不用填。系统中还没有的，作为新单位录入。"
        ),
    )
    on = forms.DateField(label=gettext_lazy("生效日期"), help_text=gettext_lazy("按文件所写。"))
    # What becomes of titles by it, the public reads with its document.
    document_number = DocumentNumberField(validators=[without_personal_data])
    decided_by = forms.CharField(
        label=gettext_lazy("批准机关"), max_length=120, validators=[without_personal_data]
    )

    def __init__(
        self, unit: Organization, mine: QuerySet[Organization], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.mine = unit, mine
        self.proposal: Proposal | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        kind = Kind(cleaned["kind"])
        beside = self._units("together", new=False) if kind == Kind.MERGED else []
        after = self._after(kind)
        if not self.errors:
            before = tuple({one.pk: one for one in (self.unit, *beside)}.values())
            document = Document(cleaned["document_number"], cleaned["decided_by"])
            self.proposal = Proposal(kind, cleaned["on"], before, tuple(after), document)
        return cleaned

    def _after(self, kind: Kind) -> list[Organization]:
        if kind == Kind.DISSOLVED:
            return []
        typed = self._lines("after")
        if not typed:
            self.add_error("after", ValidationError(_("请填写变更后的单位。"), "required"))
        elif kind != Kind.SPLIT and len(typed) > 1:
            self.add_error("after", ValidationError(_("更名、合并之后只有一个单位。"), "too_many"))
        elif kind == Kind.RENAMED:
            renamed = copy(self.unit)
            renamed.name_zh = typed[0]
            return [renamed]
        else:
            return self._units("after", new=True)
        return []

    def _lines(self, name: str) -> list[str]:
        """The names typed, each once, in their order."""
        lines = (line.strip() for line in self.cleaned_data.get(name, "").splitlines())
        return list({key_of(line): line for line in lines if line}.values())

    def _units(self, field: str, *, new: bool) -> list[Organization]:
        typed = self._lines(field)
        if len(typed) > MOST_UNITS:
            told = _("一次最多写 %(most)d 个单位。") % {"most": MOST_UNITS}
            self.add_error(field, ValidationError(told, "too_many"))
            return []
        found = (self._unit(field, name, new=new) for name in typed)
        return [one for one in found if one is not None]

    def _unit(self, field: str, name: str, *, new: bool) -> Organization | None:
        """The unit of this name: beside ours, else in all that is administered, else a new one."""
        called = list(self.mine.filter(name_key=key_of(name)).order_by("pk"))
        near = [one for one in called if one.jurisdiction_id == self.unit.jurisdiction_id]
        found = near or called
        if len(found) == 1:
            return self._in_use(field, found[0])
        if found:
            told = _("有几个单位叫“%(name)s”，请先在“组织”中改成不同的名称。")
        elif new:
            return self._new(name)
        else:
            told = _("没有找到“%(name)s”，请填写现在的全称。")
        self.add_error(field, ValidationError(told % {"name": name}, "unknown"))
        return None

    def _in_use(self, field: str, found: Organization) -> Organization:
        if not found.is_active and found.pk != self.unit.pk:
            told = _("“%(name)s”已经停用或者不再存在，请写它现在的单位。")
            self.add_error(field, ValidationError(told % {"name": found.name_zh}, "gone"))
        return found

    def _new(self, name: str) -> Organization:
        """Of the same kind and in the same place as ours."""
        return Organization(
            name_zh=name,
            category=self.unit.category,
            body_kind=self.unit.body_kind,
            jurisdiction=self.unit.jurisdiction,
            superior=self.unit.superior,
        )


class FatesForm(forms.Form):
    """What becomes of everything: a question only where there is more than one answer.

    What came up since the page was shown was not answered: there the way proposed stands.
    """

    def __init__(self, fates: Iterable[Fate], what: str, sent: QueryDict | None = None) -> None:
        asked = [fate for fate in fates if fate.is_choice]
        proposed = {fate.key: fate.ways[0].value for fate in asked}
        super().__init__(None if sent is None else proposed | sent.dict())
        for fate in asked:
            self.fields[fate.key] = forms.ChoiceField(
                label=fate.what,
                choices=[(way.value, way.label) for way in fate.ways],
                initial=fate.ways[0].value,
                widget=forms.RadioSelect,
            )
        self.fields["sure"] = SureField(what)

    def chosen(self) -> dict[str, str]:
        return {name: way for name, way in self.cleaned_data.items() if name != "sure"}
