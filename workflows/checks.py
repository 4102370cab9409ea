"""What the site refuses to start with: a stage on which nothing hangs, or what hangs on none."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import Error
from django.urls import NoReverseMatch, reverse

from designation.applications.stages import Stage

from . import declared


def stages_are_whole(**_asked: Any) -> list[Error]:
    """A system check of Django's: every stage has its place, every place its stage."""
    found = (*_stages_without_a_place(), *_places_that_lead_nowhere(), *_pages_that_are_not_there())
    return [Error(told, id=f"workflows.{code}") for code, told in found]


def _stages_without_a_place() -> Iterator[tuple[str, str]]:
    for stage in Stage:
        if stage not in declared.places():
            yield "E001", f"Stage {stage}: no Place says what hangs on it (workflows.declared)."


def _places_that_lead_nowhere() -> Iterator[tuple[str, str]]:
    passages = declared.passages()
    for place in declared.places().values():
        if place.stage not in Stage:
            yield "E002", f"Place {place.stage}: there is no such stage."
        for link in place.links:
            if not _leads_somewhere(link.page):
                yield "E004", f"Place {place.stage}: no page is called {link.page}."
        for name in place.towards:
            if name not in passages:
                yield "E003", f"Place {place.stage}: there is no passage {name} to work towards."


def _pages_that_are_not_there() -> Iterator[tuple[str, str]]:
    for one in declared.shown_always():
        if not _leads_somewhere(one.page):
            yield "E005", f"{one.label}: no page is called {one.page}."


def _leads_somewhere(page: str) -> bool:
    try:
        return bool(reverse(page, args=[1]))
    except NoReverseMatch:
        return False
