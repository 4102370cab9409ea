"""What is known of the departments' opinions on a case."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet

from designation.applications.models import Application
from designation.rounds.models import RoundDepartment
from designation.rounds.queries import departments_asked
from standards import catalogue

from ...case.facts import Case, Facts
from .models import Opinion, OpinionLine

# By department what it was asked of an application, with the opinion that counts.
Lines = dict[int, OpinionLine]


class Opinions(Facts):
    """Which departments the round asks of the case, and what stands of each."""

    @cached_property
    def departments(self) -> list[RoundDepartment]:
        """Those that are asked of it; without a statement where the round asks none."""
        application = self.case.application
        return [
            one for one in departments_asked(application.round) if is_asked_of(one, application)
        ]

    @cached_property
    def lines(self) -> Lines:
        """What each department was asked of it. Two statements."""
        return by_application([self.case.application]).get(self.case.application.pk, {})


def read(cases: Sequence[Case]) -> None:
    """Read at once what the departments said of several cases of one round. Three statements.

    None where the round asks no department.
    """
    departments = departments_asked(cases[0].application.round) if cases else []
    known = by_application(case.application for case in cases) if departments else {}
    for case in cases:
        opinions = Opinions.of(case)
        opinions.departments = [one for one in departments if is_asked_of(one, case.application)]
        opinions.lines = known.get(case.application.pk, {})


def is_asked_of(asked: RoundDepartment, application: Application) -> bool:
    """No department says of itself whether anything speaks against it (our default)."""
    return asked.department_id != application.organization_id


def by_application(applications: Iterable[Application]) -> dict[int, Lines]:
    """By application what each department was asked of it. Two statements."""
    found: dict[int, Lines] = {}
    keys = [application.pk for application in applications]
    for line in with_what_counts(OpinionLine.objects.filter(application__in=keys)):
        found.setdefault(line.application_id, {})[line.department_id] = line
    return found


def with_what_counts(lines: QuerySet[OpinionLine]) -> QuerySet[Any]:
    """Each with its list and its ``counting``: the opinion that none replaces, if there is one."""
    counting = Opinion.objects.filter(replaced_by__isnull=True).select_related("actor", "acted_for")
    return lines.select_related("list__term", "list__department").prefetch_related(
        Prefetch("opinions", counting, to_attr="counting")
    )


def counts(line: OpinionLine | None) -> Opinion | None:
    """What counts of a line that was read ``with_what_counts``."""
    return next(iter(getattr(line, "counting", ())), None)


def vetoes_of(line: OpinionLine, in_force: Iterable[str]) -> list[str]:
    """Of the vetoes that the round has, those on a fact that this line asks about.

    ``in_force`` are their checks. The standard is that of the application.
    """
    known = {check.code for check in catalogue.published(line.application.standard_id).checks}
    return sorted({*line.list.veto_codes} & {*in_force} & known)
