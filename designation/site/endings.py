"""What a transaction leaves for its end.

Some writing takes what everybody waits for, as the head of the audit log. Within an ``act`` it is
put off until all else is done, so that it is held for no longer than it takes to write; what an
inner savepoint took back is not written.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction

Writer = Callable[[list[Any]], object]

_is_open: ContextVar[bool] = ContextVar("an act is open", default=False)


class _PutOff:
    """Waits among what Django does on commit, for that is dropped with its savepoint."""

    def __init__(self, write: Writer, rows: Sequence[Any]) -> None:
        self.write, self.rows = write, rows

    def __call__(self) -> None:
        """Never called: an act takes it out before it ends."""


@contextmanager
def act() -> Iterator[None]:
    """One transaction that ends with what ``at_the_end`` was given; a part of one under way."""
    with transaction.atomic():
        if _is_open.get():
            yield
            return
        token = _is_open.set(True)
        try:
            yield
            waiting = _take_out()
        finally:
            _is_open.reset(token)
        for write, rows in waiting.items():
            write(rows)


def at_the_end(write: Writer, rows: Sequence[Any]) -> None:
    """``write`` the rows as the last thing of the act under way, at once where there is none.

    Whatever one act gives to the same writer is written in one call, in the order given.
    """
    if _is_open.get():
        transaction.on_commit(_PutOff(write, rows))
    else:
        write(list(rows))


def _take_out() -> dict[Writer, list[Any]]:
    waiting: dict[Writer, list[Any]] = {}
    left = []
    for hook in connection.run_on_commit:
        if isinstance(hook[1], _PutOff):
            waiting.setdefault(hook[1].write, []).extend(hook[1].rows)
        else:
            left.append(hook)
    connection.run_on_commit = left
    return waiting
