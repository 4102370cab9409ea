"""How who applied was called when a paper was made: a merger may have passed the case on since."""

from collections.abc import Iterable
from datetime import date, datetime

from designation.applications.models import Application, Submission

from .records import Decision

# The passage by which a successor goes on with what another had applied for.
GOES_ON = "go_on"


def name_at(application: Application, at: datetime, day: date) -> str:
    """As ``names_at``, of one."""
    return names_at([application], at, day)[application.pk]


def names_at(applications: Iterable[Application], at: datetime, day: date) -> dict[int, str]:
    """By application the name of its unit, as borne on ``day``; ``at`` is the paper's moment.

    One that was passed on since is called as it had last been handed in by then. One statement,
    two where there is such a one.
    """
    rows = {row.pk: row for row in applications}
    since = Decision.objects.filter(transition=GOES_ON, application__in=rows, at__gt=at)
    passed_on = set(since.values_list("application_id", flat=True))
    handed_in = Submission.objects.filter(application__in=passed_on, submitted_at__lte=at)
    named = handed_in.order_by("number").values_list(
        "application_id", "content__names__organization"
    )
    then = dict(named) if passed_on else {}
    return {pk: then.get(pk) or row.organization.name_on(day) for pk, row in rows.items()}
