"""An appeal as the subject of messages: its page, and who is kept from hearing of it."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.announcements.subjects import Asked, SubjectKind
from designation.organizations.models import Person, Role, Seat
from designation.organizations.tenure import in_force, stands_with_its_seats

from ...case.interests import ties_of
from .models import Appeal
from .rules import HEARING, KEEP_FROM_APPEALS, readable

_KEPT = frozenset(KEEP_FROM_APPEALS)
_OF_THE_UNIT = (Role.HEAD, Role.PREPARER)


def _label(appeal: Appeal) -> str:
    return _("%(organization)s的复核申请") % {"organization": appeal.organization.name}


def _may_see(person: Person, appeal: str) -> bool:
    return readable(person).filter(pk=appeal).exists()


def _admitted(asked: Collection[Asked]) -> Collection[Asked]:
    """Without those whose own hand it is about: a few statements, whatever the number of appeals.

    The unit hears of its appeal; of those over the area, who may hear it: a task that is not
    theirs is none. Others over the area hear of it unless they decided what it is against.
    """
    keys = {int(one.subject_id) for one in asked}
    rows = list(Appeal.objects.filter(pk__in=keys).select_related("decision", "title_step"))
    known = _Known(rows, {one.person.pk for one in asked if one.role in HEARING})
    return [one for one in asked if one.role in _OF_THE_UNIT or known.admits(one)]


class _Known:
    """What is asked of all the appeals, and of all who might be told, read at once."""

    def __init__(self, appeals: list[Appeal], people: Collection[int]) -> None:
        self.appeals = {str(one.pk): one for one in appeals}
        self.ties = ties_of({one.decision.application_id for one in appeals if one.decision})
        self.took_part = _took_part(appeals)
        held = Seat.objects.filter(
            in_force(), stands_with_its_seats(), person__in=people, jurisdiction__isnull=False
        )
        self.seats = list(held.select_related("jurisdiction", "deputy_of__person"))

    def admits(self, one: Asked) -> bool:
        appeal = self.appeals[one.subject_id]
        if one.role in HEARING:
            return self._may_hear(appeal, one.person, one.role)
        decided = appeal.decision or appeal.title_step
        return decided is None or one.person.pk not in (decided.actor_id, decided.acted_for_id)

    def _may_hear(self, appeal: Appeal, person: Person, role: str) -> bool:
        """As ``rules.hears_it``: there, and by hands that had none in it."""
        there = [seat for seat in self.seats if _is_there(seat, appeal, person, role)]
        if not any(not appeal.above or len(_area(seat)) < len(appeal.above) for seat in there):
            return False
        own = any(seat.deputy_of is None for seat in there)
        others = [] if own else [seat.deputy_of.person for seat in there if seat.deputy_of]
        return not any(self._had_a_hand(appeal, one) for one in (person, *others))

    def _had_a_hand(self, appeal: Appeal, person: Person) -> bool:
        if appeal.organization_id == person.home_organization_id:
            return True
        if person.pk == appeal.entered_by_id:
            return True
        if appeal.decision is None:
            return person.pk in self.took_part[appeal.pk]
        found = self.ties[appeal.decision.application_id].get(person.pk, frozenset())
        return not found.isdisjoint(_KEPT)


def _is_there(seat: Seat, appeal: Appeal, person: Person, role: str) -> bool:
    mine = seat.person_id == person.pk and seat.role == role
    return mine and appeal.area_code.startswith(_area(seat))


def _area(seat: Seat) -> str:
    return seat.jurisdiction.prefix if seat.jurisdiction else ""


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
