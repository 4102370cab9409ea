"""An act in a process of its own: the most memory that it holds, and processor time of it.

A process that has done something before shows a peak that is not this act's.
"""

import multiprocessing
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection

_NANOSECONDS = 1_000_000_000
_KILO = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """``megabytes`` is the peak; ``seconds`` are of the process, ``database`` of its backend."""

    result: Any
    megabytes: int
    seconds: float
    database: float

    @property
    def processor(self) -> float:
        return self.seconds + self.database


def measured(act: Callable[..., Any], *arguments: Any) -> Cost:
    """What ``act``, a function of a module, costs in a fresh process on the same database."""
    place = connection.settings_dict["NAME"], str(settings.MEDIA_ROOT), settings.CLOCK
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, fresh, _arrive, place) as process:
        cost: Cost = process.submit(_measure, act, *arguments).result()
    return cost


def _arrive(database: str, media: str, clock: str) -> None:
    # The process has run nothing of ours: who started it is not imported here.
    django.setup()
    connection.settings_dict["NAME"] = database
    settings.MEDIA_ROOT, settings.CLOCK = media, clock


def _measure(act: Callable[..., Any], *arguments: Any) -> Cost:
    backend, began = backend_time(), time.process_time()
    in_database = backend()
    result = act(*arguments)
    return Cost(
        result,
        peak(),
        time.process_time() - began,
        backend() - in_database,
    )


def peak() -> int:
    """The most memory that this process held, megabytes.

    Where the kernel says it of the program that runs now: ``getrusage`` of a process that was
    started by a larger one still shows what that one held.
    """
    status = Path("/proc/self/status")
    if status.exists():
        held = status.read_text().partition("VmHWM:")[2]
        return int(held.split()[0]) // _KILO
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _KILO


def backend_time() -> Callable[[], float]:
    """Processor seconds of the connection's own backend; zero where it runs elsewhere."""
    connection.ensure_connection()
    place = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    if not place.exists():
        return lambda: 0.0
    return lambda: int(place.read_text().split()[0]) / _NANOSECONDS
