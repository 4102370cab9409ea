"""What those above the workflow may listen to."""

from dataclasses import dataclass

from django.dispatch import Signal

from designation.applications.models import Application
from designation.organizations.models import Person

from .case.records import Decision


@dataclass(frozen=True, slots=True)
class Passed:
    """One transition that has just happened, inside its still open transaction."""

    application: Application
    decision: Decision
    actor: Person | None


# Sent once a transition, inside its transaction: a receiver that raises refuses the passage.
passed = Signal()
