"""What waits for a person while objections are handled: a panel of the desk for each kind of it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from designation.calendar.models import Term
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats

from ..stages.objections import hearing, investigators, longer
from ..stages.objections.models import Objection


@dataclass(frozen=True, slots=True)
class Line:
    """Where it is done, what it is about, and the term in which it is."""

    address: str
    about: str
    term: Term | None


@dataclass(frozen=True, slots=True)
class Panel:
    title: str
    until: str
    lines: list[Line]


def panels(person: Person, most: int) -> list[Panel]:
    """Those in which anything waits, each of ``most`` lines; a statement for each at most."""
    handled = _("办理期限：")
    every = (
        Panel(_("异议等本单位陈述"), _("陈述期限："), _to_state(person, most)),
        Panel(_("等我调查的异议"), handled, _to_investigate(person, most)),
        Panel(_("延长异议办理期限等我审批"), handled, _to_answer(person, most)),
    )
    return [panel for panel in every if panel.lines]


def _to_state(person: Person, most: int) -> list[Line]:
    """What was put to the person's organization, and waits for its answer."""
    if not seats(person).organizations(Role.PREPARER, Role.HEAD):
        return []
    rows = hearing.waiting_for(person).select_related("term", "objection__entry__notice")
    return [
        Line(reverse("notices:hearing", args=[one.pk]), one.objection.entry.notice.title, one.term)
        for one in rows[:most]
    ]


def _to_investigate(person: Person, most: int) -> list[Line]:
    """What the person was asked to investigate and has not reported on."""
    given = [one.objection for one in investigators.given_to(person) if one.reported_at is None]
    return [_about(one, reverse("notices:objection", args=[one.pk])) for one in given[:most]]


def _to_answer(person: Person, most: int) -> list[Line]:
    if Role.DECIDING_OFFICER not in seats(person).roles:
        return []
    rows = longer.to_answer(person).select_related("objection__entry", "objection__term")
    return [_about(one.objection, reverse("notices:longer", args=[one.pk])) for one in rows[:most]]


def _about(objection: Objection, address: str) -> Line:
    return Line(address, objection.entry.name, objection.term)
