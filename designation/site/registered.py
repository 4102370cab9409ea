"""What rooms register when they start, by its code."""

from typing import Never, TypeVar

T = TypeVar("T")


class NotRegistered(LookupError):
    """No room that is installed has registered what is asked for."""


class Registered(dict[str, T]):
    """What was registered so far; ``called`` says in an error what it is that is missing.

    A code that is not there raises NotRegistered.
    """

    def __init__(self, called: str) -> None:
        super().__init__()
        self.called = called

    def __missing__(self, code: str) -> Never:
        raise NotRegistered(f"no {self.called}: {code!r}")
