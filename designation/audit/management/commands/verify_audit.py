"""``manage.py verify_audit``: proves the audit chain or names the first broken link."""

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from designation.audit.chain import Anchor, verify


def _anchor(text: str) -> Anchor:
    sequence, _colon, digest = text.partition(":")
    if not (sequence.isdigit() and digest):
        raise ArgumentTypeError("write it as the command printed it, SEQUENCE:HASH")
    return Anchor(int(sequence), digest)


class Command(BaseCommand):
    help = (
        "Prove the audit chain, or name the first broken link and exit with 1. Keep the printed "
        "head outside this database and give it back with --anchor: it shows a chain that was "
        "rewritten as a whole."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anchor", type=_anchor, metavar="SEQUENCE:HASH")

    def handle(self, *_args: Any, anchor: Anchor | None = None, **_options: Any) -> None:
        verdict = verify(anchor)
        if not verdict.whole:
            raise CommandError(verdict.explanation, returncode=1)
        self.stdout.write(verdict.explanation)
        if verdict.count:
            self.stdout.write(f"{verdict.last.sequence}:{verdict.last.hash}")
