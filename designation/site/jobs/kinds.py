"""The kinds of long work: each room registers its own when it starts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from ..registered import Registered

# Our default: what a worker does in one transaction, and so loses at most when it is killed.
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says of a job of this kind, lazily translated.

    ``progress`` holds %(done)d and %(total)d; ``running`` is the state while it runs, ``bar`` what
    the bar measures, ``cancel`` the button; ``under_way`` is told to who asks for another one
    before the first has ended.
    """

    running: Any
    progress: Any
    bar: Any
    cancel: Any
    under_way: Any


def _nothing() -> None:
    """For a chunk that leaves nothing in the database."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """What was done of at most CHUNK rows.

    ``count`` rows; ``memo`` is where to go on from, and all that was found so far, as JSON holds
    it; ``write`` leaves in the database what came of them, in the transaction that keeps ``memo``.
    """

    count: int
    memo: dict[str, Any]
    write: Callable[[], object] = _nothing


class Work(Protocol):
    """A job taken up by one worker.

    ``source`` stands for all that the work is done by: a job that is resumed by another one
    begins anew.
    """

    source: str

    def total(self) -> int:
        """How many rows there are."""

    def chunk(self, memo: dict[str, Any]) -> Chunk | None:
        """The next rows after ``memo`` (empty at the beginning); None when none are left.

        Called outside of any transaction.
        """

    def finish(self, memo: dict[str, Any]) -> None:
        """Leave the result, in the transaction that ends the job."""


@dataclass(frozen=True, slots=True)
class Kind:
    """``begin`` takes a Job up, and may raise Refusal; ``undo`` takes back what its chunks left."""

    code: str
    words: Words
    begin: Callable[[Any], Work]
    undo: Callable[[Any], object]


_KINDS: Registered[Kind] = Registered("kind of job")


def register(kind: Kind) -> None:
    """Make a kind known; called when its room starts."""
    _KINDS[kind.code] = kind


def known() -> list[str]:
    """The codes of all kinds that this process can work on."""
    return list(_KINDS)


def of(code: str) -> Kind:
    """Raises NotRegistered."""
    return _KINDS[code]
