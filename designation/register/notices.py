"""The public notice before a title was given: known to the rooms above, asked for by its page."""

from collections.abc import Callable
from dataclasses import dataclass

from .models import Designation


@dataclass(frozen=True, slots=True)
class Noticed:
    """The notice on which the name stood: its title, and the key of its public page."""

    title: str
    key: int


_FINDERS: list[Callable[[Designation], Noticed | None]] = []


def found_by(finder: Callable[[Designation], Noticed | None]) -> None:
    """Say who knows; called once, when the site starts."""
    _FINDERS[:] = [finder]


def notice_of(title: Designation) -> Noticed | None:
    """None where the title rests on no application here, or stood on none that is public."""
    if title.application_id is None:
        return None
    return next((found for finder in _FINDERS if (found := finder(title))), None)
