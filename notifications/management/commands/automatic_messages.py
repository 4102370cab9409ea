"""``manage.py automatic_messages``: prints docs/messages.md, the list of automatic messages."""

from typing import Any

from django.core.management.base import BaseCommand

from notifications.automatic import document


class Command(BaseCommand):
    help = "Print every automatic message in both languages: docs/messages.md."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(document(), ending="")
