"""What the pages of archives show."""

from django.db.models import QuerySet

from designation.applications.models import Application
from designation.organizations.models import Person
from designation.rounds.models import Round

from ..models import Archive
from . import rules

# Our default: who wants an older one finds it in the log.
_SHOWN = 10


def of_case(person: Person, application: Application) -> QuerySet[Archive]:
    """The last archives of a case."""
    return rules.made(person).filter(application=application)[:_SHOWN]


def of_round(person: Person, round_: Round) -> QuerySet[Archive]:
    """The last archives of a round."""
    return rules.made(person).filter(round=round_)[:_SHOWN]


def counted(person: Person, round_: Round) -> tuple[int, int]:
    """How many cases of the round have ended, and how many are still under way."""
    ended = rules.concluded(person).filter(round=round_).count()
    handed_in = round_.applications.filter(submission__isnull=False).count()
    return ended, handed_in - ended
