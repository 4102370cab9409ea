"""``manage.py load_calendar``: the official calendar 2004 to 2026."""

from typing import Any

from django.core.management.base import BaseCommand

from designation.calendar.loading import load


class Command(BaseCommand):
    help = "Load the calendar years that come with the system; a second run changes nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{load()} calendar years loaded.")
