"""Whether it is proposed to revoke a title: the rooms above know, and each says so once."""

from collections.abc import Callable

from .models import Designation

Teller = Callable[[Designation], bool]
_TELLERS: list[Teller] = []


def told_by(teller: Teller) -> None:
    """Said by a room above when it starts."""
    _TELLERS.append(teller)


def is_proposed(title: Designation) -> bool:
    """Under the lock of the title nobody proposes it meanwhile."""
    return any(teller(title) for teller in _TELLERS)
