"""What objections were raised against a case."""

from functools import cached_property

from ...case.facts import Facts
from .models import Objection


class Raised(Facts):
    """Objections to its notices, the present and former ones."""

    @cached_property
    def objections(self) -> list[Objection]:
        """Objections on every notice it stood on: one left open blocks the next notice too."""
        return list(
            Objection.objects.filter(entry__application=self.case.application).order_by("pk")
        )
