"""Typed values that do not fit their check, and those that may be meant in two ways."""

from collections.abc import Sequence


class ValueRefused(ValueError):
    """A typed value that does not fit its check; ``str()`` tells the person what to do.

    Of its own shape: the kinds know nothing of the record above them. Forms tell it at its field.
    ``place`` counts from 0 which of several named figures it was.
    """

    def __init__(self, code: str, message: str, place: int = 0) -> None:
        super().__init__(message)
        self.code = code
        self.place = place


class ValueAsked(ValueRefused):
    """A value that may be meant in two ways; ``ways`` are texts that are taken, and in words."""

    def __init__(self, code: str, message: str, ways: Sequence[tuple[str, str]]) -> None:
        super().__init__(code, message)
        self.ways = tuple(ways)
