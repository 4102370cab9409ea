"""The table of applications (汇总表) as an office prints it, in the list's order."""

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from designation.applications.models import Application
from designation.organizations.models import Role
from designation.site import clock
from designation.site.tables import Asked, Column, Table, local

from .. import declared
from ..case import scoping
from .filters import ApplicationFilters, DoneFilters, OverseenFilters, WaitingFilters

_WITH = (
    "organization__jurisdiction",
    "round",
    "term",
    "holder_organization",
)


def _looking_after() -> tuple[Role, ...]:
    """Those who look after many; whoever applies has few."""
    return (Role.FIRST_REVIEWER, *scoping.county_roles())


def _all(asked: Asked) -> QuerySet[Application]:
    return scoping.visible_applications(asked.user).select_related(*_WITH)


def _waiting(asked: Asked) -> QuerySet[Application]:
    return scoping.waiting_for(asked.user).select_related(*_WITH)


def _done(asked: Asked) -> QuerySet[Application]:
    return scoping.handled_by(asked.user).select_related(*_WITH)


def _overseen(asked: Asked) -> QuerySet[Application]:
    return scoping.overseen_applications(asked.user).select_related(*_WITH)


def _held_by(one: Application) -> str:
    body = one.holder_organization.name_zh if one.holder_organization else ""
    return " ".join(word for word in (str(one.get_holder_role_display()), body) if word)


def _is_late(one: Application) -> Any:
    return str(_("是")) if one.due_at and clock.is_over(one.due_at) else ""


APPLICATIONS = Table(
    "applications",
    _("申报汇总表"),
    "applications:list",
    ApplicationFilters,
    _all,
    (
        Column("organization", _("申报组织"), lambda one: one.organization.name_zh, 32),
        Column(
            "area",
            _("所在乡镇（街道）"),
            lambda one: one.organization.jurisdiction.name_zh,
            18,
        ),
        Column("round", _("批次"), lambda one: one.round.name_zh, 28),
        Column("category", _("类别"), lambda one: str(one.get_category_display()), 14),
        Column("stage", _("环节"), lambda one: str(declared.place(one.stage).words), 16),
        Column("holder", _("办理方"), _held_by, 18),
        Column("since", _("进入本环节"), lambda one: _day(one.stage_since), 14),
        Column("due", _("办理期限"), lambda one: _day(one.due_at), 12),
        Column("late", _("逾期"), _is_late, 8),
    ),
    _looking_after,
)


def _day(moment: Any) -> Any:
    told = local(moment)
    return told and told.date()


WAITING = replace(
    APPLICATIONS,
    code="waiting",
    title=_("等我办理的申报"),
    filters=WaitingFilters,
    rows=_waiting,
)
DONE = replace(APPLICATIONS, code="done", title=_("我已办的申报"), filters=DoneFilters, rows=_done)
OVERSEEN = replace(
    APPLICATIONS,
    code="overseen",
    title=_("所辖申报"),
    filters=OverseenFilters,
    rows=_overseen,
)
TABLES = (APPLICATIONS, WAITING, DONE, OVERSEEN)
