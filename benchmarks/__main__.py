"""Run every benchmark on a database of its own, and print the figures."""
# ruff: noqa: E402 - Django must be set up before its models are imported

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "designation.settings.test")

import django

django.setup()

from django.db import connection
from django.test.utils import setup_test_environment

from benchmarks import evaluation, pages, transition


def main() -> None:
    setup_test_environment()
    connection.settings_dict["TEST"]["NAME"] = "benchmark_designation"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        evaluation.main()
        transition.main()
        pages.main()
    finally:
        connection.creation.destroy_test_db("postgres", verbosity=0)


if __name__ == "__main__":
    main()
