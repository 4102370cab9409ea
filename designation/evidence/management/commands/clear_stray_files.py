"""``manage.py clear_stray_files``: stored files that no row names; shown, or deleted on demand."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from designation.evidence.strays import clear, strays
from designation.site import clock


class Command(BaseCommand):
    help = (
        "List stored files of evidence that neither an upload nor a submission names and that "
        "were last written more than a day ago. --delete deletes them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--delete", action="store_true", help="delete what is listed")

    def handle(self, *_args: Any, delete: bool = False, **_options: Any) -> None:
        yesterday = clock.system_now() - timedelta(days=1)
        count = size = 0
        for stray in strays(older_than=yesterday):
            if delete and not clear(stray, older_than=yesterday):
                continue
            count, size = count + 1, size + stray.size
            self.stdout.write(f"{stray.name}  {stray.size}")
        done = "deleted" if delete else "found; --delete deletes them"
        self.stdout.write(f"{count} stray files, {size} bytes, {done}.")
