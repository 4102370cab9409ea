"""``manage.py clear_stray_files``: stored files that no row names; shown, or deleted on demand."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from designation.applications.strays import clear, strays
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
        for file in strays(older_than=yesterday):
            length = file.stat().st_size
            if delete and not clear(file, older_than=yesterday):
                continue
            count, size = count + 1, size + length
            self.stdout.write(f"{file}  {length}")
        done = "deleted" if delete else "found; --delete deletes them"
        self.stdout.write(f"{count} stray files, {size} bytes, {done}.")
