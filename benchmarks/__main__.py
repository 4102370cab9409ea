"""Run the benchmarks named, or all, on a database of their own, and print the figures."""
# ruff: noqa: E402 - Django must be set up before its models are imported

import io
import os
import sys
from unittest.mock import patch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "designation.settings.test")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test.utils import setup_test_environment

from benchmarks import evaluation, exports, importing, log, order, pages, replays, transition
from standards import catalogue
from tests.emptying import as_the_owner

BENCHMARKS = {
    "evaluation": evaluation.main,
    "order": order.main,
    "importing": importing.main,
    "transition": transition.main,
    "pages": pages.main,
    "replays": replays.main,
    "log": log.main,
    "exports": exports.main,
}


def chosen() -> list[str]:
    """Those named on the command line; all when none is."""
    unknown = set(sys.argv[1:]) - set(BENCHMARKS)
    if unknown:
        sys.exit(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(BENCHMARKS)}.")
    return sys.argv[1:] or list(BENCHMARKS)


def begin_anew() -> None:
    """An empty site with its standards and calendar: no benchmark pays for the one before."""
    with patch.object(DatabaseOperations, "sql_flush", as_the_owner()):
        call_command("flush", interactive=False, verbosity=0)
    for data in ("load_standards", "load_calendar"):
        call_command(data, stdout=io.StringIO())
    catalogue.published.cache_clear()
    catalogue.item_codes.cache_clear()


def main() -> None:
    setup_test_environment()
    connection.settings_dict["TEST"]["NAME"] = "benchmark_designation"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        for benchmark in chosen():
            begin_anew()
            BENCHMARKS[benchmark]()
    finally:
        connection.creation.destroy_test_db("postgres", verbosity=0)


if __name__ == "__main__":
    main()
