"""``manage.py load_calendar``: the official calendar 2004 to 2026, or a later year from a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from designation.calendar import loading, loads, proposals
from designation.calendar.year_files import Unreadable
from designation.site.refusal import Refusal

_LONGEST_DOCUMENT = 200


class Command(BaseCommand):
    help = (
        "Load the calendar years that come with the system; a second run changes nothing. "
        "A later year comes from a file (CSV, xlsx or JSON) with the columns date and kind "
        "(holiday or make_up), written from the State Council's notice, whose number --document "
        "names. The year is printed to be compared with the notice; with --propose it is handed "
        "in, and counts once a system administrator or county coordinator has confirmed it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, help="file with the exceptions of one year")
        parser.add_argument("--document", help="number of the notice the file was written from")
        parser.add_argument("--propose", action="store_true", help="hand in what was printed")
        parser.add_argument(
            "--replace", action="store_true", help="write the system's own years anew"
        )
        parser.add_argument(
            "--days-off", type=int, help="days off of the notice, where they are not the law's"
        )

    # Commands speak English: the sentences of the page are used here too.
    @translation.override("en")
    def handle(
        self,
        *_args: Any,
        file: Path | None = None,
        document: str | None = None,
        days_off: int | None = None,
        propose: bool = False,
        replace: bool = False,
        **_options: Any,
    ) -> None:
        if (file is None) != (document is None):
            raise CommandError("--file and --document go together.")
        if file is None or document is None:
            self._load(is_anew=replace)
            return
        if not 0 < len(document.strip()) <= _LONGEST_DOCUMENT:
            raise CommandError("--document is the number of the notice, at most 200 characters.")
        try:
            year = proposals.proposed_in(file, days_off=days_off)
            year.check()
            for line in (*proposals.table(year), *year.remarks()):
                self.stdout.write(line)
            if propose:
                loads.bring(year, document.strip(), actor=None)
        except (OSError, Unreadable, Refusal) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Handed in: {year.year} counts once it is confirmed on the page of the calendar."
            if propose
            else f"Not handed in. Compare with {document}, then add --propose."
        )

    def _load(self, *, is_anew: bool) -> None:
        self.stdout.write(f"{loading.load(replace=is_anew)} calendar years loaded.")
