"""What judging says of a row of the table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from designation.register.models import Designation

from ...organizations.models import Seat
from ..models import Outcome, TableRow
from ..rules import Entered


class Fault(Exception):
    """A value that cannot be; ``column`` says where it stands, ``str()`` what to do."""

    def __init__(self, column: str, message: str) -> None:
        self.column = column
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What entering would do: ``values`` given to ``held``, or to a new row where that is None.

    ``kind`` is what is entered. ``differences`` by column, before and after in words.
    """

    outcome: Outcome
    kind: type[Entered | Seat | Designation] | None = None
    held: Any = None
    values: Mapping[str, Any] = field(default_factory=dict)
    differences: Mapping[str, list[str]] = field(default_factory=dict)
    findings: tuple[tuple[str, str, bool], ...] = ()

    def is_as(self, row: TableRow) -> bool:
        """Whether the row was shown so."""
        return (self.outcome, dict(self.differences)) == (row.outcome, row.differences)

    @property
    def waits(self) -> bool:
        """Whether something that it names is not entered yet."""
        named = [one for one in self.values.values() if isinstance(one, Model)]
        return any(one.pk is None for one in named)
