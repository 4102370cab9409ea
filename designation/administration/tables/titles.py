"""Titles given before the system (称号): what a row of them would enter, and entering it.

A title is told by its document, its holder and its category. What stands in the register is not
changed by a table: what happens to a title has its own acts, each with its document.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from designation.register import giving
from designation.register.models import Designation, DesignationDecision
from designation.site import clock
from designation.site.templatetags.moments import day
from standards.categories import Category

from ...organizations.models import Organization, Person
from ..models import Outcome, TableRow
from .verdicts import Fault, Verdict


def judge(row: TableRow, holder: Organization) -> Verdict:
    """What the row would enter for ``holder``. Raises Fault."""
    said = row.values
    given_on, until = (date.fromisoformat(said[name]) for name in ("decided_on", "valid_until"))
    if given_on > clock.today():
        raise Fault("decided_on", _("决定日期不能晚于今天。"))
    if until <= given_on:
        raise Fault("valid_until", _("有效期至须在决定日期之后，请核对。"))
    decision = _decision(said)
    if decision is not None and decision.decided_on != given_on:
        told = _("这个发文字号已经登记，决定日期是%(on)s，请核对。")
        raise Fault("decided_on", told % {"on": day(decision.decided_on)})
    if decision is not None and holder.pk is not None:
        named = decision.designations.filter(organization=holder, category=said["category"])
        if (title := named.first()) is not None:
            return _as_it_stands(title, until)
    values = {
        "holder": holder,
        "category": Category(said["category"]),
        "document": {name: said[name] for name in ("document_number", "deciding_body")},
        "given_on": given_on,
        "until": until,
        "name_as_given": said.get("name_as_given", ""),
    }
    return Verdict(Outcome.NEW, Designation, values=values)


def _decision(said: Mapping[str, str]) -> DesignationDecision | None:
    return giving.recorded_decision(said["deciding_body"], said["document_number"])


def _as_it_stands(title: Designation, until: date) -> Verdict:
    if title.valid_until == until:
        return Verdict(Outcome.SAME)
    told = _("名册中已有这个称号，有效期至%(until)s。表不能改动名册，请核对。")
    raise Fault("valid_until", told % {"until": day(title.valid_until)})


def enter(values: Mapping[str, Any], *, actor: Person) -> None:
    """Give the title, and record its document where none of its titles was entered before.

    Raises Refusal for who does not decide for the area of the holder.
    """
    document, given_on = values["document"], values["given_on"]
    decision = _decision(document) or giving.record_decision(
        **document, decided_on=given_on, actor=actor
    )
    giving.give(
        values["holder"],
        category=values["category"],
        decision=decision,
        until=values["until"],
        actor=actor,
        name_as_given=values["name_as_given"],
        is_imported=True,
    )
