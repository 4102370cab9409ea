"""``manage.py permissions``: prints docs/permissions.md, who may do what and what guards it."""

from typing import Any

from django.core.management.base import BaseCommand

from workflows.permissions import document


class Command(BaseCommand):
    help = "Print who may carry out each passage, and its gates: docs/permissions.md."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(document(), ending="")
