"""What the self-assessment asks about the applicant."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from designation.applications.models import SignedPaper
from designation.register import queries as register
from designation.register.models import Designation
from designation.register.standing import IN_FORCE, RENEWAL_OPENS
from designation.rounds import extending
from designation.site.prepared import Prepared

from ...case.facts import Facts


@Prepared
def _titles(organization: Any, category: Any, day: Any) -> QuerySet[Designation, Any]:
    held = register.in_force(day).filter(
        register.held_where(organization=organization), category=category
    )
    return held.order_by().values_list("pk")[:1]


class Applicant(Facts):
    """What stands of the organization beside its application."""

    @cached_property
    def has_valid_title(self) -> bool:
        application = self.case.application
        day = self.case.today + RENEWAL_OPENS
        return bool(_titles(application.organization_id, application.category, day))

    @cached_property
    def titled_until(self) -> date | None:
        """The last day of the title of the category that is valid today; None without one."""
        application, today = self.case.application, self.case.today
        given = Designation.objects.filter(
            register.held_by([application.organization]), category=application.category
        )
        titles = register.as_of(today, given)
        valid = (one.until for one in titles if one.status in IN_FORCE)
        return max(valid, default=None)

    @cached_property
    def has_signed_paper(self) -> bool:
        """Whether its head signed one since it was handed in last."""
        application = self.case.application
        papers = SignedPaper.objects.filter(application=application)
        if application.submission is not None:
            papers = papers.filter(at__gt=application.submission.submitted_at)
        return papers.exists()

    @cached_property
    def has_time_of_its_own(self) -> bool:
        """Whether the applicant was given more time than the round, and it runs."""
        application = self.case.application
        return extending.runs_for(application.round, application.organization_id, self.case.now)
