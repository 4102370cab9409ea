"""The draw (抽取): from a list, a seed and a count, the same titles for whoever repeats it.

Pure, and small enough to be done by hand with any tool that counts SHA-256; in words it stands on
the page of each draw and in decision 116.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256

from designation.site.years import years_after

# Of a hundred titles so many are drawn at least (methods that were read name 10 %; our default).
LEAST_SHARE = 10


def fewest(count: int) -> int:
    """How many of ``count`` titles are drawn at least: the share, rounded up."""
    return -(-count * LEAST_SHARE // 100)


def as_seen(seed: str) -> str:
    """The seed as a page shows it: of blanks in a row a browser shows one, and none at the ends."""
    return " ".join(seed.split())


def digest(numbers: Sequence[str]) -> str:
    """What stands for the list: its numbers in order, a line each."""
    return _hash("\n".join(numbers))


def drawn(numbers: Iterable[str], *, seed: str, count: int) -> list[str]:
    """The ``count`` numbers that the seed puts first, in that order."""
    listed = in_order(numbers)
    mark = digest(listed)
    return sorted(listed, key=lambda number: _hash(f"{seed}|{mark}|{number}"))[:count]


def in_order(numbers: Iterable[str]) -> list[str]:
    """As the list is published: whoever entered them first or last, it is the same."""
    return sorted(set(numbers))


def last_year_until(day: date) -> date:
    """Who has their last day by then is on ``day`` in the last year of the term."""
    return years_after(day, 1)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
