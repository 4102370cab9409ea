"""``manage.py load_calendar``: the official calendar 2004 to 2026, or a later year from a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from designation.calendar import loading, proposals

_LONGEST_DOCUMENT = 200


class Command(BaseCommand):
    help = (
        "Load the calendar years that come with the system; a second run changes nothing. "
        "A later year comes from a CSV file with the columns date and kind (holiday or make_up), "
        "written from the State Council's notice, whose number --document names. The year is "
        "printed to be compared with the notice, and loaded only with --confirm."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, help="CSV file with the exceptions of one year")
        parser.add_argument("--document", help="number of the notice the file was written from")
        parser.add_argument(
            "--confirm", action="store_true", help="load the year: what was printed is the notice"
        )
        parser.add_argument(
            "--replace", action="store_true", help="write the year anew if it is there already"
        )
        parser.add_argument(
            "--days-off", type=int, help="days off of the notice, where they are not the law's"
        )

    def handle(
        self,
        *_args: Any,
        file: Path | None = None,
        document: str | None = None,
        days_off: int | None = None,
        confirm: bool = False,
        replace: bool = False,
        **_options: Any,
    ) -> None:
        if (file is None) != (document is None):
            raise CommandError("--file and --document go together.")
        if file is None or document is None:
            self._say_loaded(loading.load(replace=replace), is_anew=replace)
            return
        if not 0 < len(document.strip()) <= _LONGEST_DOCUMENT:
            raise CommandError("--document is the number of the notice, at most 200 characters.")
        try:
            year = proposals.proposed(file, days_off=days_off)
            year.check()
            self._show(year)
            if not confirm:
                self.stdout.write(f"Not loaded. Compare with {document}, then add --confirm.")
                return
            if not replace and loading.is_there_otherwise(year):
                raise CommandError(f"{year.year} is there with other days; add --replace.")
            loaded = loading.load(file, document.strip(), replace=replace, days_off=days_off)
        except (OSError, ValueError, proposals.NotWhole) as error:
            raise CommandError(str(error)) from error
        self._say_loaded(loaded, is_anew=replace)

    def _show(self, year: proposals.ProposedYear) -> None:
        for line in (*proposals.table(year), *year.remarks()):
            self.stdout.write(line)

    def _say_loaded(self, count: int, *, is_anew: bool) -> None:
        self.stdout.write(f"{count} calendar years loaded.")
        if is_anew:
            self.stdout.write(
                "Restart the web and worker processes: they keep the years they read."
            )
