"""``manage.py load_calendar``: the official calendar 2004 to 2026, or later years from a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from designation.calendar.loading import DATA, SOURCE, load


class Command(BaseCommand):
    help = (
        "Load the calendar years that come with the system; a second run changes nothing. "
        "Later years come from a CSV file with the columns date and kind (holiday or make_up), "
        "written from the State Council's notice, whose number --document names."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, help="CSV file with the exceptions of its years")
        parser.add_argument("--document", help="number of the notice the file was written from")
        parser.add_argument(
            "--replace", action="store_true", help="write years anew that are there already"
        )

    def handle(
        self,
        *_args: Any,
        file: Path | None = None,
        document: str | None = None,
        replace: bool = False,
        **_options: Any,
    ) -> None:
        if (file is None) != (document is None):
            raise CommandError("--file and --document go together.")
        try:
            loaded = load(file or DATA, document or SOURCE, replace=replace)
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{loaded} calendar years loaded.")
        if replace:
            self.stdout.write(
                "Restart the web and worker processes: they keep the years they read."
            )
