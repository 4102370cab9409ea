"""Forms that tell at the field what somebody else changed meanwhile."""

from collections.abc import Mapping

from designation.site.shown import Seen, Told


class TellsConflicts:
    """For a form: ``conflicts`` by the name of the input; ``held`` goes out again with the form."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts: dict[str, Told] = {}
        self.held: dict[str, str] = {}

    def tell(self, conflicts: Mapping[str, Told], seen: Seen) -> None:
        """Show each conflict at its input; what was typed stays."""
        self.conflicts = {self.input_of(name): told for name, told in conflicts.items()}
        self.held = seen.held(conflicts)

    def input_of(self, name: str) -> str:
        """The input at which a field of the record is asked for."""
        return name
