"""``manage.py verify_audit``: proves the audit chain or names the first broken link."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from designation.audit.chain import verify

_REASONS = {
    "missing": "the event is missing",
    "link": "it does not name the event before it",
    "content": "its content was changed",
    "tail": "events after the last one were cut off",
}


class Command(BaseCommand):
    help = "Prove the audit chain, or name the first broken link and exit with 1."

    def handle(self, *_args: Any, **_options: Any) -> None:
        verdict = verify()
        if not verdict.whole:
            raise CommandError(
                f"The chain is broken at event {verdict.broken_at}: {_REASONS[verdict.reason]}."
            )
        self.stdout.write(f"The chain is whole: {verdict.count} events.")
