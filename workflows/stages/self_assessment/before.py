"""What the system knows before an application is begun, and what is asked then: the vetoes only."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from designation.applications.models import Application, Stage
from designation.organizations.models import Organization, Person, Role, Seat
from designation.register.standing import RENEWAL_OPENS
from designation.rounds import extending, places, routing
from designation.rounds.models import Round, RoundCategory
from designation.site import clock
from standards import values
from standards.engine import evaluation as ev

from ...bars import queries as bars
from ...bars import recourse, words
from ...bars.recourse import Recourse
from ...case.facts import Case
from ...findings import GateFinding, from_engine
from .facts import Applicant

_APPLICANTS = (Role.PREPARER, Role.HEAD)


@dataclass(frozen=True, slots=True)
class Places:
    """How many of the category the body may recommend, None for no limit, and did already."""

    most: int | None
    taken: int


class Before:
    """An organization before a round that takes its category; nothing of it is on record.

    Each fact is one statement, read when first asked for.
    """

    def __init__(
        self, entry: RoundCategory, organization: Organization, reader: Person | None = None
    ) -> None:
        self.entry, self.round, self.organization = entry, entry.round, organization
        self.reader = reader
        self.case = Case(
            Application(
                round=entry.round,
                organization=organization,
                category=entry.category,
                standard=entry.standard,
                stage=Stage.DRAFT,
            )
        )

    @cached_property
    def closes_at(self) -> datetime:
        return extending.closes_for(self.round, self.organization.pk)

    @property
    def is_open(self) -> bool:
        return self.round.opens_at <= self.case.now and not clock.is_over(self.closes_at)

    @cached_property
    def body(self) -> Organization | None:
        """Who reviews it first; None where nobody was found."""
        return routing.of_round(self.round).route(self.organization).body

    @cached_property
    def places(self) -> Places | None:
        """Of the reviewing body, for this category."""
        if self.body is None:
            return None
        cell = (self.body.pk, self.entry.category)
        most = places.of_round(self.round).get(cell)
        return Places(most, places.taken(self.round).get(cell, 0) if most is not None else 0)

    @cached_property
    def titled_until(self) -> date | None:
        """The last day of the title that is valid now."""
        return Applicant.of(self.case).titled_until

    @property
    def renews_from(self) -> date | None:
        """From when on it may be handed in all the same."""
        return self.titled_until - RENEWAL_OPENS if self.titled_until else None

    @property
    def is_too_early(self) -> bool:
        """Whether the title lasts so long that nothing can be handed in in this round."""
        closes_on = self.closes_at.astimezone(clock.SHANGHAI).date()
        return self.renews_from is not None and self.renews_from > closes_on

    @cached_property
    def barred_by(self) -> list[tuple[str, str, str, Recourse]]:
        """What keeps it from beginning here: why, its reason, and what can be done."""
        found = bars.bars_of(self.organization)[self.organization.pk]
        return [
            (
                words.sentence(bar),
                bar.reason,
                words.what_can_be_done(bar),
                recourse.against(bar, self.reader),
            )
            for bar in bars.keeping_from(self.round.opens_at, found)
        ]

    @cached_property
    def people(self) -> Mapping[str, list[str]]:
        """Names of who holds the seats of the applicant now, by role."""
        rows = Seat.objects.in_force().filter(
            organization=self.organization, role__in=_APPLICANTS, person__is_active=True
        )
        found = defaultdict(list)
        for role, name in rows.order_by("pk").values_list("role", "person__full_name"):
            found[role].append(name)
        return found

    @property
    def preparers(self) -> list[str]:
        return self.people.get(Role.PREPARER, [])

    @property
    def heads(self) -> list[str]:
        return self.people.get(Role.HEAD, [])

    @property
    def vetoes(self) -> tuple[ev.Check, ...]:
        """The checks of its category that end an application at once in this round."""
        return tuple(check for check in self.case.standard.checks if check.document)


def before(
    round_: Round, organization: Organization, reader: Person | None = None
) -> Before | None:
    """None where the round does not ask the organization's category."""
    entries = round_.categories.select_related("round__jurisdiction", "standard")
    entry = entries.filter(category=organization.category).first()
    return Before(entry, organization, reader) if entry else None


def declared_vetoes(case: Case, answers: Mapping[str, Any]) -> list[GateFinding]:
    """What ends the application at once, of ``answers`` in their JSON form by check code."""
    report = ev.evaluate(case.standard, values.from_rows([answers]), "self_assessment")
    declared = (one for one in report.findings if one.reason == ev.VETO)
    return list(from_engine(case.standard, declared))
