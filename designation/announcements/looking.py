"""That a person looked at a subject: whoever keeps what they were told of it may listen."""

from django.db import models
from django.dispatch import Signal

from designation.organizations.models import Person

# Sent with ``person`` and ``subject``, the row whose page is shown.
looked_at = Signal()


def look(subject: models.Model, person: Person) -> None:
    """Say that the page of ``subject`` is shown to ``person``."""
    looked_at.send(type(subject), subject=subject, person=person)
