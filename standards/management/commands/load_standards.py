"""``manage.py load_standards``: the standards that come with the system."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand

from standards.loading import DATA, SAMPLES, load, load_sample
from standards.models import StandardVersion


class Command(BaseCommand):
    help = (
        "Load the published standards and the drafted samples that come with the system; "
        "a second run changes nothing."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        # The source document's own year: these texts were in force before any round of ours.
        published_at = datetime(2021, 12, 31, tzinfo=UTC)
        for path in sorted(DATA.glob("*.yaml")):
            self._tell("", *load(path, published_at=published_at))
        for path in sorted(SAMPLES.glob("*.yaml")):
            self._tell(" (sample)", *load_sample(path))

    def _tell(self, kind: str, version: StandardVersion, is_new: bool) -> None:
        state = "loaded" if is_new else "already there"
        self.stdout.write(f"{version.category} v{version.number}{kind}: {state}")
