"""Password links on paper: a slip each, cut out and handed over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings

from designation.site import clock

from ..organizations.models import Person


@dataclass(frozen=True, slots=True)
class Slip:
    """What one person is handed: ``path`` is shown this once and kept nowhere.

    ``what`` says as what they are here, a role or their organization.
    """

    person: Person
    path: str
    what: str
    until: datetime

    @classmethod
    def of(cls, person: Person, path: str, *, what: str) -> Self:
        """The slip of a link that was made just now."""
        lives = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
        return cls(person, path, str(what), clock.system_now() + lives)
