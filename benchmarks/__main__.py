"""Run the benchmarks named, or all, on a database of their own, and print the figures."""
# ruff: noqa: E402 - Django must be set up before its models are imported

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "designation.settings.test")

import django

django.setup()

from django.db import connection
from django.test.utils import setup_test_environment

from benchmarks import (
    archives,
    boards,
    certificates,
    evaluation,
    exports,
    importing,
    log,
    order,
    pages,
    register,
    replays,
    tables,
    transition,
)
from benchmarks.fresh import begin_anew

# Beside those of tests, also where these run meanwhile on the same server.
DATABASE = f"benchmark_designation{os.environ.get('TEST_DB_SUFFIX', '')}"

BENCHMARKS = {
    "evaluation": evaluation.main,
    "order": order.main,
    "importing": importing.main,
    "transition": transition.main,
    "pages": pages.main,
    "register": register.main,
    "replays": replays.main,
    "log": log.main,
    "exports": exports.main,
    "tables": tables.main,
    "archives": archives.main,
    "boards": boards.main,
    "certificates": certificates.main,
}


def chosen() -> list[str]:
    """Those named on the command line; all when none is."""
    unknown = set(sys.argv[1:]) - set(BENCHMARKS)
    if unknown:
        sys.exit(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(BENCHMARKS)}.")
    return sys.argv[1:] or list(BENCHMARKS)


def main() -> None:
    setup_test_environment()
    connection.settings_dict["TEST"]["NAME"] = DATABASE
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        for benchmark in chosen():
            begin_anew()
            BENCHMARKS[benchmark]()
    finally:
        connection.creation.destroy_test_db("postgres", verbosity=0)


if __name__ == "__main__":
    main()
