"""What the self-assessment asks about the applicant."""

from datetime import timedelta
from functools import cached_property

from designation.register.models import Designation

from ...case.facts import Facts

# How long before a title ends its renewal may be applied for; our default.
RENEWAL_OPENS = timedelta(days=60)


class Applicant(Facts):
    """What stands of the organization beside its application."""

    @cached_property
    def has_valid_title(self) -> bool:
        return Designation.objects.filter(
            organization_id=self.case.application.organization_id,
            category=self.case.application.category,
            status=Designation.Status.VALID,
            valid_until__gte=self.case.today + RENEWAL_OPENS,
        ).exists()
