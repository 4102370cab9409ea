"""When a person last looked at a case under review, and what has changed in it since."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from designation.applications.sittings import ENDS_AFTER
from designation.organizations.models import Person

from ...case.facts import Case
from .facts import Review

_NOTE = """
INSERT INTO workflows_look AS own (application_id, person_id, last_at, before_at)
VALUES (%(application)s, %(person)s, %(at)s, NULL)
ON CONFLICT (application_id, person_id) DO UPDATE SET
  before_at = CASE WHEN own.last_at < %(earlier)s THEN own.last_at ELSE own.before_at END,
  last_at = greatest(own.last_at, EXCLUDED.last_at)
RETURNING before_at
"""


def look(case: Case, person: Person, *, goes_on: timedelta = ENDS_AFTER) -> datetime | None:
    """Note that the person looks at it now; returns when they had looked before; one statement.

    Looks between which less than ``goes_on`` passed are one (our default: as a sitting). None the
    first time.
    """
    said: dict[str, Any] = {
        "application": case.application.pk,
        "person": person.pk,
        "at": case.now,
        "earlier": case.now - goes_on,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, said)
        before: datetime | None = cursor.fetchone()[0]
    return before


def changed_since(case: Case, person: Person, before: datetime | None) -> list[str]:
    """The items that say something else than they did then: handed in anew, or marked by others."""
    if before is None:
        return []
    found = {*_handed_in(case, before), *_marked(case, person, before)}
    return [code for code in case.item_codes if code in found]


def _handed_in(case: Case, before: datetime) -> Iterable[str]:
    submission = case.application.submission
    return submission.changed_items if submission and submission.submitted_at > before else ()


def _marked(case: Case, person: Person, before: datetime) -> Iterable[str]:
    for code, mark in Review.of(case).marks.items():
        if mark.marked_by_id != person.pk and mark.marked_at > before:
            yield code
