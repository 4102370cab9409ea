"""``manage.py demo_accounts``: which accounts to use."""

import unicodedata
from typing import Any

from django.core.management.base import BaseCommand

from demo.accounts import PASSWORD, Account, by_office


def _padded(text: str, width: int) -> str:
    """Chinese characters take two columns of a terminal."""
    taken = sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)
    return text + " " * max(1, width - taken)


class Command(BaseCommand):
    help = "Print the demo accounts."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"Accounts (password of all: {PASSWORD})")
        for office in by_office():
            self.stdout.write(f"\n{office.name}")
            for account in (*office.accounts, *office.others):
                self.stdout.write(_line(account))


def _line(account: Account) -> str:
    return (
        "  "
        + _padded(account.username, 22)
        + _padded(account.full_name, 10)
        + _padded(account.roles, 28)
        + account.place
    )
