"""``manage.py reseal``: every sealed identity under the present FIELD_KEY."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows.stages.objections.resealing import reseal_identities


class Command(BaseCommand):
    help = (
        "Seal the identities of objectors anew under FIELD_KEY, opening them with "
        "FORMER_FIELD_KEYS. A former key may be taken away when this says that none stays shut. "
        "A second run changes nothing."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Raises CommandError when a key is missing."""
        done = reseal_identities()
        self.stdout.write(f"{done.moved} sealed anew, {done.there} under the present key already.")
        if done.shut:
            raise CommandError(
                f"{done.shut} were sealed under a key that is in neither FIELD_KEY nor "
                "FORMER_FIELD_KEYS; they stay as they are."
            )
