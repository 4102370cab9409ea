"""What a case knows of what bars its applicant."""

from functools import cached_property

from designation.register.bars import Bar, Ground

from ..case.facts import Facts
from .queries import bars_of, by_days


class Barred(Facts):
    """What bars the applicant today."""

    @cached_property
    def barred_by(self) -> list[Bar]:
        organization = self.case.application.organization
        return bars_of(organization)[organization.pk]

    @property
    def until_a_day(self) -> list[Bar]:
        """Without what only waits for the next round: whoever had begun goes on."""
        return by_days(self.barred_by)

    @property
    def by_a_revocation(self) -> list[Bar]:
        return [bar for bar in self.barred_by if bar.ground == Ground.REVOKED]
