"""``manage.py paper_fields``: prints docs/paper_fields.md, what a Word template may say."""

from typing import Any

from django.core.management.base import BaseCommand

from designation.papers.fields_document import document


class Command(BaseCommand):
    help = "Print the fields of each paper for Word templates: docs/paper_fields.md."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(document(), ending="")
