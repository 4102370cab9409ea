"""``manage.py reseal``: every sealed value under the present FIELD_KEY."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from designation.site.resealing import reseal_all


class Command(BaseCommand):
    help = (
        "Seal anew under FIELD_KEY whatever is sealed (identities of objectors, keys of message "
        "gateways), opening it with FORMER_FIELD_KEYS. A former key may be taken away when this "
        "says that none stays shut. A second run changes nothing."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Raises CommandError when a key is missing."""
        done = reseal_all()
        self.stdout.write(f"{done.moved} sealed anew, {done.there} under the present key already.")
        if done.shut:
            raise CommandError(
                f"{done.shut} were sealed under a key that is in neither FIELD_KEY nor "
                "FORMER_FIELD_KEYS; they stay as they are."
            )
