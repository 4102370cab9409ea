"""``manage.py load_standards``: the standards that come with the system."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand

from standards.loading import DATA, load


class Command(BaseCommand):
    help = "Load the published standards that come with the system; a second run changes nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        # The source document's own year: these texts were in force before any round of ours.
        published_at = datetime(2021, 12, 31, tzinfo=UTC)
        for path in sorted(DATA.glob("*.yaml")):
            version, is_new = load(path, published_at=published_at)
            state = "loaded" if is_new else "already there"
            self.stdout.write(f"{version.category} v{version.number}: {state}")
