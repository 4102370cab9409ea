"""Filling an empty database, in one transaction: what breaks leaves nothing behind."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, transaction

from . import (
    announcements,
    answers,
    areas,
    course,
    evidence,
    log,
    messages,
    passages,
    people,
    rounds,
    selections,
    terms,
    titles,
    visits,
)
from .rows import number_on, run, take_away
from .sizes import Size

# What a database may hold that is called empty: what every installation comes with.
_COMES_WITH_IT = {"standards", "calendar_days", "contenttypes", "auth", "sessions"}


# Of the one transaction: room to sort, and time to hash between two batches of the log.
_SETTINGS = (
    "work_mem = '256MB'",
    "maintenance_work_mem = '512MB'",
    "jit = off",
    "idle_in_transaction_session_timeout = 0",
)


class NotEmpty(Exception):
    """Somebody's data stands there; ``str()`` names the first table that holds any."""


def refuse_unless_empty() -> None:
    """Raises NotEmpty when any table of the site holds rows beyond standards and calendar."""
    present = set(connection.introspection.table_names())
    for kind in apps.get_models():
        label = kind._meta.label
        if kind._meta.app_label in _COMES_WITH_IT or label in ("audit.ChainHead", "demo.DemoClock"):
            continue
        if kind._meta.db_table in present and kind._base_manager.exists():
            raise NotEmpty(
                f"The database holds data already ({label}): data to measure with goes into an"
                " empty one only."
            )


def fill(size: Size, tell: Callable[[str, float], None] = lambda _what, _seconds: None) -> None:
    """Write everything. Standards and calendar must be loaded. Raises NotEmpty.

    ``tell`` hears what was written, and in how many seconds.
    """

    @contextmanager
    def step(name: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        tell(name, time.perf_counter() - begun)

    with transaction.atomic():
        refuse_unless_empty()
        for setting in _SETTINGS:
            run(f"SET LOCAL {setting}")
        stored = evidence.store()
        laid = take_away()
        with step("areas, people, rounds"):
            areas.write(size)
            people.write(size)
            rounds.write(size)
        with step("applications"):
            course.lay_out(size)
            terms.lay_out()
            course.write()
            terms.write()
        with step("answers"):
            answers.lay_out()
            answers.write()
        with step("evidence"):
            evidence.write(stored)
        with step("submissions"):
            answers.write_submissions()
            answers.write_receipts()
        with step("records of the stages"):
            passages.write()
            visits.write()
            selections.write()
            announcements.write()
            titles.write(size)
        with step("messages"):
            messages.write()
        with step("log"):
            log.write()
        with step("keys laid anew"):
            laid.lay_anew()
        number_on()
    _count_rows()


def _count_rows() -> None:
    """Tell the planner; our own tables only: those of the whole server may be held by others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(oid::regclass::text, ', ') FROM pg_class"
            " WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
        )
        cursor.execute(f"ANALYZE {cursor.fetchone()[0]}")
