"""The form of a round's routing: its default body, its rules, and rows for new ones."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from designation.audit.recorded_form import RecordedForm
from designation.organizations.models import Jurisdiction, Organization
from designation.site import forms
from standards.categories import Category

from . import routing
from .models import Round
from .routing import LEFT_OVER, Cell

# So many rules are added at a time; our default.
NEW = (1, 2, 3)
_PARTS = ("area", "category", "body")


def _new(number: int) -> tuple[str, ...]:
    return tuple(f"new{number}-{part}" for part in _PARTS)


class RoutingForm(RecordedForm, forms.Form):
    """A body is called by its name; a rule whose body is emptied is taken out."""

    NEVER_SHOWN = (*(name for number in NEW for name in _new(number)), "reason")

    def __init__(self, round_: Round, data: Any = None) -> None:
        super().__init__(data)
        self.round = round_
        self.routes = routing.of_round(round_)
        self.standing = routing.standing(self.routes)
        self.areas = {rule.area.code: rule.area for rule in self.routes.rules}
        self.asked = [Category(entry.category) for entry in round_.categories.all()]
        # What was typed, as the writer takes it; filled as the form is checked.
        self.named: dict[Cell, Organization | None] = {}
        self.cells = {routing.field_of(cell): cell for cell in self.standing}
        for name, cell in self.cells.items():
            self.fields[name] = self._body_field(cell)
        for number in NEW:
            self._add_row(number)
        if round_.status == Round.Status.OPEN:
            self.fields["reason"] = forms.CharField(
                label=_("改动原因"),
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("批次已经开展，改动须写明原因，并留在记录中。"),
            )

    def _body_field(self, cell: Cell) -> forms.CharField:
        body = self.standing[cell]
        helped = _("没有规则、也找不到上级党组织的，由它初审。") if cell == LEFT_OVER else ""
        return forms.CharField(
            label=self._label(cell),
            required=False,
            max_length=120,
            initial=body.name_zh if body else "",
            help_text=helped,
            widget=_by_name("reviewers"),
        )

    def _label(self, cell: Cell) -> str:
        if cell == LEFT_OVER:
            return _("默认初审机构")
        kind = Category(cell[1]).label if cell[1] else _("全部类别")
        said = {"area": self.areas[cell[0]].name, "category": kind}
        return _("%(area)s · %(category)s：初审机构") % said

    def _add_row(self, number: int) -> None:
        area, category, body = _new(number)
        said = {"number": number}
        self.fields[area] = forms.CharField(
            label=_("新规则 %(number)d：辖区") % said,
            required=False,
            max_length=120,
            help_text=_("不填就是整个%(area)s。") % {"area": self.round.jurisdiction.name},
            widget=_by_name("areas"),
        )
        kinds = [(one.value, one.label) for one in self.asked]
        self.fields[category] = forms.ChoiceField(
            label=_("新规则 %(number)d：类别") % said,
            required=False,
            choices=[("", _("全部类别")), *kinds],
        )
        self.fields[body] = forms.CharField(
            label=_("新规则 %(number)d：初审机构") % said,
            required=False,
            max_length=120,
            widget=_by_name("reviewers"),
        )

    @property
    def subject(self) -> Round:
        return self.round

    @property
    def default(self) -> forms.BoundField:
        return self[routing.field_of(LEFT_OVER)]

    def of_rules(self) -> Sequence[forms.BoundField]:
        """The field of each rule, as ``routes`` has them."""
        codes = [(rule.area.code, rule.category) for rule in self.routes.rules]
        return [self[routing.field_of(cell)] for cell in codes]

    @property
    def adds(self) -> bool:
        """Whether something was typed into the rows of new rules."""
        return any(self.data.get(name) for number in NEW for name in _new(number))

    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of new rules."""
        return [[self[name] for name in _new(number)] for number in NEW]

    def last_changed(self, names: Iterable[str]) -> Mapping[str, tuple[str, datetime | None]]:
        logged = {
            routing.called(self.cells[name], self.areas.get(self.cells[name][0])): name
            for name in names
        }
        known = super().last_changed(logged)
        return {logged[told]: who for told, who in known.items() if told in logged}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.changes:
            typed = cleaned.get(name, "")
            if body := self._reviewer(name, typed):
                self._take(self.cells[name], body, name)
            elif not typed:
                self.named[self.cells[name]] = None
        for number in NEW:
            self._clean_row(number, cleaned)
        return cleaned

    def _clean_row(self, number: int, cleaned: Mapping[str, Any]) -> None:
        names = _new(number)
        area_name, category, typed = (cleaned.get(name, "") for name in names)
        if not any((area_name, category, typed)):
            return
        if not typed and names[2] not in self.errors:
            told = _("请填写由哪个机构初审；不要这条规则，就清空辖区、选回“全部类别”。")
            self.add_error(names[2], told)
            return
        area, body = self._area(names[0], area_name), self._reviewer(names[2], typed)
        if area is None or body is None:
            return
        cell = (area.code, category)
        standing = self.named.get(cell) or self.standing.get(cell)
        if standing == body:
            return
        if standing is not None:
            told = _("这个辖区和类别已有规则，由“%(body)s”初审。请在那一条里改，或者清空这一行。")
            self.add_error(names[2], told % {"body": standing.name})
            return
        self.areas[area.code] = area
        self._take(cell, body, names[2])

    def _take(self, cell: Cell, body: Organization, name: str) -> None:
        """Keep it, or tell at its field why it cannot be."""
        area = self.areas.get(cell[0], self.round.jurisdiction)
        asked = [one.value for one in self.asked]
        found = [one.message for one in routing.faults(self.round, asked, cell, area, body)]
        for told in found:
            self.add_error(name, told)
        if not found:
            self.named[cell] = body

    def _area(self, name: str, typed: str) -> Jurisdiction | None:
        if not typed:
            return self.round.jurisdiction
        found = routing.areas_called(self.round, typed)
        if len(found) == 1:
            return found[0]
        told = _("本批次的范围内没有这个辖区，请填写全称或者区划代码。")
        if found:
            told = _("有几个辖区用这个名称，请改填区划代码。")
        self.add_error(name, told)
        return None

    def _reviewer(self, name: str, typed: str) -> Organization | None:
        if not typed:
            return None
        found = routing.reviewers_called(self.round, typed)
        if len(found) == 1:
            return found[0]
        told = _("没有这个审核机构，请填写全称；新的机构请系统管理员先录入，并选“审核机构类型”。")
        if found:
            told = _("有几个机构用这个名称，请系统管理员先改成不同的名称。")
        self.add_error(name, told)
        return None

    def kept(self) -> dict[Cell, Organization | None]:
        """What was changed and added."""
        return self.named

    def read(self) -> dict[Cell, Organization | None]:
        """What stood there as this person read it."""
        return {cell: self.standing.get(cell) for cell in self.named}


def _by_name(names: str) -> forms.TextInput:
    """An input that proposes the names of the page's list."""
    return forms.TextInput(attrs={"list": names, "autocomplete": "off"})
