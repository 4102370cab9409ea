"""A round made after a former one (照此新建): its frame and all its parts.

What belongs to its own year is left to be filled in: the number of the approval.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from designation.adoptions.adopting import nearest_standards
from designation.organizations.models import Person, Role
from designation.site import endings
from designation.site.clock import SHANGHAI
from designation.site.years import years_after

from . import departments, methods
from .configuring import RoundRefused, record
from .models import RecommendationQuota, Round, RoundCategory, RoutingRule, Veto
from .rules import managing_role

_YEAR = re.compile(r"20[0-9]{2}")


# Copies what another room keeps of a round, from the former one to the one made after it.
Part = Callable[[Round, Round], None]
_parts: list[Part] = []


def copied_with(*parts: Part) -> None:
    """Said by a room above when it starts."""
    _parts.extend(parts)


@endings.act()
def copy(former: Round, *, actor: Person) -> Round:
    """Make a draft for the next year after ``former``, whatever that one's state.

    Days lie a year later; each category is judged by the standard that may be used now. Raises
    RoundRefused for who does not manage the former one.
    """
    role = managing_role(actor, former)
    if role is None:
        raise RoundRefused.because("not_allowed", _("只有本辖区的县级经办人可以填写批次。"))
    made = Round(**_fields(former))
    made.status = Round.Status.DRAFT
    made.approval_document_number = ""
    if (default := made.default_reviewing_body) and not default.is_active:
        made.default_reviewing_body = None
    made.name_zh, made.name_en = (_next_name(name) for name in (former.name_zh, former.name_en))
    made.opens_at, made.closes_at = (
        _moment_later(at) for at in (former.opens_at, former.closes_at)
    )
    made.year_from, made.year_to = (
        day and years_after(day, 1) for day in (former.year_from, former.year_to)
    )
    made.save()
    _copy_parts(former, made)
    for copy_part in _parts:
        copy_part(former, made)
    _record(former, made, actor, role)
    return made


def _record(former: Round, made: Round, actor: Person, role: Role) -> None:
    record(made, "round.copy", {"copied_from": former.name_zh}, actor=actor, role=role)


def _fields(row: models.Model, *others: str) -> dict[str, Any]:
    columns = row._meta.concrete_fields  # noqa: SLF001 - Django's public name for it
    return {
        column.attname: getattr(row, column.attname)
        for column in columns
        if not column.primary_key and column.name not in others
    }


def _copy_parts(former: Round, made: Round) -> None:
    usable = nearest_standards(made.jurisdiction)
    categories = [entry for entry in former.categories.all() if entry.category in usable]
    RoundCategory.objects.bulk_create(
        RoundCategory(
            round=made, standard=usable[entry.category], **_fields(entry, "round", "standard")
        )
        for entry in categories
    )
    made_categories = {entry.category: entry for entry in made.categories.all()}
    for entry in categories:
        methods.copy(entry, made_categories[entry.category])
    kept = {entry.category for entry in categories}
    RecommendationQuota.objects.bulk_create(
        RecommendationQuota(round=made, **_fields(quota, "round"))
        for quota in former.recommendation_quotas.filter(reviewing_body__is_active=True)
        if quota.category in kept
    )
    RoutingRule.objects.bulk_create(
        RoutingRule(round=made, **_fields(rule, "round"))
        for rule in former.routing_rules.filter(body__is_active=True)
        if rule.category in {*kept, ""}
    )
    departments.copy(former, made)
    Veto.objects.bulk_create(
        Veto(round=made, **_fields(veto, "round")) for veto in former.vetoes.filter(is_on=True)
    )


def _next_name(name: str) -> str:
    """2026年评定 becomes 2027年评定; a name without a year stays."""
    return _YEAR.sub(lambda found: str(int(found.group()) + 1), name)


def _moment_later(at: datetime) -> datetime:
    local = at.astimezone(SHANGHAI)
    return datetime.combine(years_after(local.date(), 1), local.time(), SHANGHAI)
