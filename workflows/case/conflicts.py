"""Forms that tell at the field what somebody else changed meanwhile."""

from collections.abc import Mapping
from typing import Any

from designation.site.shown import Seen, Told, digest


class TellsConflicts:
    """For a form: ``conflicts`` by the name of the input; ``held`` goes out again with the form."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts: dict[str, Told] = {}
        self.held: dict[str, str] = {}

    def tell(self, conflicts: Mapping[str, Told]) -> None:
        """Show each conflict at its input; what was typed stays."""
        self.conflicts = {self.input_of(name): told for name, told in conflicts.items()}

    def hold(self, seen: Seen, record: Mapping[str, Any], sent: Mapping[str, Any]) -> None:
        """A page that comes back shows what was typed, not the record: it is not seen by that.

        Of each field of ``record`` that says something else than was ``sent`` (asked about,
        refused, or changed by another alone), what was seen first goes out again.
        """
        self.held = seen.held(
            name
            for name, stands in record.items()
            if name not in sent or digest(sent[name]) != digest(stands)
        )

    def input_of(self, name: str) -> str:
        """The input at which a field of the record is asked for."""
        return name
