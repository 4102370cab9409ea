"""An appeal as the subject of messages: its page, and who is kept from hearing of it."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.announcements.subjects import Asked, SubjectKind
from designation.organizations.models import Person

from ...case.interests import Ties, ties_of
from .models import Appeal
from .rules import HEARING, KEEP_FROM_APPEALS, readable

_KEPT = frozenset(KEEP_FROM_APPEALS)


def _label(appeal: Appeal) -> str:
    return _("%(organization)s的复核申请") % {"organization": appeal.organization.name}


def _may_see(person: Person, appeal: str) -> bool:
    return readable(person).filter(pk=appeal).exists()


def _admitted(asked: Collection[Asked]) -> Collection[Asked]:
    """Without those who had a hand in it: a few statements, whatever the number of appeals."""
    keys = {int(one.subject_id) for one in asked}
    rows = Appeal.objects.filter(pk__in=keys).select_related("decision", "title_step")
    appeals = {str(row.pk): row for row in rows}
    ties = ties_of({row.decision.application_id for row in appeals.values() if row.decision})
    took_part = _took_part(appeals.values())
    return [one for one in asked if _is_admitted(one, appeals[one.subject_id], ties, took_part)]


def _is_admitted(
    one: Asked, appeal: Appeal, ties: dict[int, Ties], took_part: dict[int, set[Any]]
) -> bool:
    if one.role not in HEARING:
        return True
    if one.person.home_organization_id == appeal.organization_id:
        return False
    if one.person.pk == appeal.entered_by_id:
        return False
    if appeal.decision is None:
        return one.person.pk not in took_part[appeal.pk]
    found = ties[appeal.decision.application_id].get(one.person.pk, frozenset())
    return found.isdisjoint(_KEPT)


def _took_part(appeals: Iterable[Appeal]) -> dict[int, set[Any]]:
    found: dict[int, set[Any]] = {one.pk: set() for one in appeals}
    rows = Appeal.objects.filter(pk__in=found, title_step__isnull=False).order_by()
    of = "title_step__title__steps__"
    for pk, actor, acted_for in rows.values_list("pk", f"{of}actor", f"{of}acted_for"):
        found[pk] |= {actor, acted_for}
    return found


APPEAL = SubjectKind(
    opens=gettext_lazy("查看复核申请"),
    page=lambda appeal: ("appeals:appeal", [appeal.pk]),
    may_see=_may_see,
    admits=_admitted,
    label=_label,
)
