"""``manage.py load_demo``: the demo county, once; later runs keep what is there."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from demo import clock, county


class Command(BaseCommand):
    help = "Load the demo county, or keep what an earlier run left."

    def handle(self, *_args: Any, **_options: Any) -> None:
        call_command("load_standards", verbosity=0, stdout=self.stdout)
        call_command("load_calendar", verbosity=0, stdout=self.stdout)
        clock.resume()
        made = county.load()
        if made:
            county.load_hearing()
            county.load_notice()
            county.load_office()
            county.load_appeal()
            county.load_titles()
            county.load_rechecks()
            county.load_rights()
            county.load_certificates()
        state = "loaded" if made else "kept from the run before"
        self.stdout.write(f"Demo county: {state}.")
