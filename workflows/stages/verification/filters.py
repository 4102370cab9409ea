"""What the list of the visits that stand apart may be narrowed by."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from designation.organizations import names
from designation.organizations.models import Organization
from designation.register import queries as register
from designation.register.models import Designation
from designation.site.lists import Choice, Filters, Order, Search, Way
from standards.categories import Category

from . import queries
from .models import STANDS_ON, Visit
from .standing import ROWS, Standing

_ORGANIZATIONS = (
    "title__organization",
    "objection__entry__application__organization",
    "decision__application__organization",
)
_APART = [code for field, codes in STANDS_ON.items() if field != "application" for code in codes]
_STATES = (Standing.PLANNED, Standing.UNDER_WAY, Standing.CONCLUDED, Standing.CALLED_OFF)


class VisitFilters(Filters):
    in_order = ("-planned_on", "-pk")
    none = unmatched = _("没有专项核查")
    none_hint = _("对称号复核、异议调查、申诉复查安排的实地核查，会列在这里。")

    text = Search(label=_("组织名称"), method="called")
    reason = Choice(
        field_name="reason",
        label=_("核查事由"),
        choices=[(code, Visit.Reason(code).label) for code in _APART],
    )
    state = Choice(
        label=_("状态"), choices=[(one.value, one.label) for one in _STATES], method="stands"
    )
    mine = Choice(
        label=_("与我的关系"),
        choices=[("team", _("我参加的")), ("arranged", _("我安排的"))],
        method="is_mine",
    )
    order = Order(planned_on=Way(_("计划核查日期"), "planned_on", "pk"))

    def called(self, rows: QuerySet[Visit], _name: str, text: str) -> QuerySet[Visit]:
        found = Q()
        for path in _ORGANIZATIONS:
            found |= names.called(text, Organization, path)
        return rows.filter(found)

    def stands(self, rows: QuerySet[Visit], _name: str, state: str) -> QuerySet[Visit]:
        return rows.filter(ROWS[Standing(state)])

    def is_mine(self, rows: QuerySet[Visit], _name: str, how: str) -> QuerySet[Visit]:
        person = self.request.user
        if how == "arranged":
            return rows.filter(arranged_by=person)
        return rows.filter(pk__in=queries.of_the_team(person))


class TitlesToVisit(Filters):
    """Titles for which a visit may be arranged: in the order in which their terms end."""

    in_order = ("valid_until", "number")
    none = unmatched = _("没有可以安排复核的称号")
    none_hint = _("在有效期内、没有核查在办的称号，会列在这里。")

    text = Search(label=_("组织名称或名册编号"), method="called")
    category = Choice(field_name="category", label=_("类别"), choices=Category.choices)
    order = Order(
        valid_until=Way(_("有效期至"), "valid_until", "number"),
        number=Way(_("名册编号"), "number"),
    )

    def called(self, rows: QuerySet[Designation], _name: str, text: str) -> QuerySet[Designation]:
        return rows.filter(register.called(text))
