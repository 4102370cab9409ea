"""What the self-assessment asks about the applicant."""

from datetime import timedelta
from functools import cached_property

from designation.register import queries as register

from ...case.facts import Facts

# How long before a title ends its renewal may be applied for; our default.
RENEWAL_OPENS = timedelta(days=60)


class Applicant(Facts):
    """What stands of the organization beside its application."""

    @cached_property
    def has_valid_title(self) -> bool:
        application = self.case.application
        held = register.in_force(self.case.today + RENEWAL_OPENS).filter(
            organization_id=application.organization_id, category=application.category
        )
        return held.exists()
