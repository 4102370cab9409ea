"""What the site refuses to start with: a stage on which nothing hangs, or what hangs on none."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import Error
from django.urls import NoReverseMatch, reverse

from designation.applications.stages import Stage

from . import declared


def stages_are_whole(**_asked: Any) -> list[Error]:
    """A system check of Django's: every stage has its place, every place its stage."""
    return [Error(told, id=f"workflows.{code}") for code, told in _lacking()]


def _lacking() -> Iterator[tuple[str, str]]:
    places, passages = declared.places(), declared.passages()
    for stage in Stage:
        if stage not in places:
            yield "E001", f"Stage {stage}: no Place says what hangs on it (workflows.declared)."
    for place in places.values():
        if place.stage not in Stage:
            yield "E002", f"Place {place.stage}: there is no such stage."
        if place.page and not _leads_somewhere(place.page):
            yield "E004", f"Place {place.stage}: no page is called {place.page}."
        for name in place.towards:
            if name not in passages:
                yield "E003", f"Place {place.stage}: there is no passage {name} to work towards."


def _leads_somewhere(page: str) -> bool:
    try:
        return bool(reverse(page, args=[1]))
    except NoReverseMatch:
        return False
