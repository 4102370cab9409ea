"""What may yet come of a title that was revoked: the room of appeals knows, and says so once."""

from collections.abc import Callable

from .models import Designation

# In words; "" where the revocation is past contesting.
Teller = Callable[[Designation], str]
_TELLERS: list[Teller] = []


def told_by(teller: Teller) -> None:
    """Said by a room above when it starts."""
    _TELLERS.append(teller)


def contest(title: Designation) -> str:
    """Under the lock of the title nobody appeals meanwhile."""
    return "、".join(filter(None, (teller(title) for teller in _TELLERS)))
