"""Fill the database that DATABASE_URL names: ``python -m benchmarks.data SIZE [TITLES]``.

Demo settings unless others are named; ``make data`` brings an embedded server along.
"""
# ruff: noqa: E402 - Django must be set up before its models are imported

import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "designation.settings.demo")
# Refused by name: production's own settings would ask for its secrets first.
if os.environ["DJANGO_SETTINGS_MODULE"].rpartition(".")[2] not in ("demo", "development", "test"):
    sys.exit(
        f"Not under {os.environ['DJANGO_SETTINGS_MODULE']}: data to measure with is written under"
        " demo, development or test settings only."
    )

import django

django.setup()

from django.apps import apps
from django.core.management import call_command
from django.db import connection

from benchmarks.data import filling, sizes


def main() -> int:
    name, *titles = sys.argv[1:] or ["county"]
    try:
        size = sizes.size(name, int(titles[0]) if titles and titles[0] else None)
        filling.refuse_unless_empty()
    except (ValueError, filling.NotEmpty) as refused:
        print(refused, file=sys.stderr)
        return 1
    begun = time.perf_counter()
    call_command("migrate", verbosity=0)
    call_command("load_standards", verbosity=0)
    call_command("load_calendar", verbosity=0)
    print(f"{name}: {size.counties} counties, {size.applications:,} applications", flush=True)
    filling.fill(size, lambda what, seconds: print(f"  {seconds:6.1f} s  {what}", flush=True))
    _set_the_clock()
    # What a long-running database has done to itself: pages read rows, not what is left to tidy.
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    print(f"  {time.perf_counter() - begun:6.1f} s  altogether")
    return 0


def _set_the_clock() -> None:
    """Under the demo's settings the site lives at the moment at which the data stands."""
    if apps.is_installed("demo"):
        from demo.models import DemoClock
        from designation.site.clock import system_now

        DemoClock.objects.update_or_create(
            pk=1, defaults={"moment": sizes.MOMENT, "anchored_at": system_now()}
        )


if __name__ == "__main__":
    sys.exit(main())
