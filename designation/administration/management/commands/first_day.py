"""``manage.py first_day``: prints the one link behind which a county is set up."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from designation.administration.first_day import links
from designation.site.refusal import Refusal


class Command(BaseCommand):
    help = (
        "Print the link behind which a county and its three administrators are set up in the "
        "browser. It works once, for 24 hours; a new one ends the one before. Refused once "
        "somebody administers, unless another county was asked for."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--another-county",
            action="store_true",
            help="although this site has administrators: for a county that is not below them",
        )

    def handle(self, *_args: Any, another_county: bool, **_options: Any) -> None:
        try:
            path = links.make(for_another_county=another_county)
        except Refusal as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(settings.SITE_ADDRESS + path)
