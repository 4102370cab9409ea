"""An update of the database is not broken off for thinking between two of its statements."""

from typing import Any

from django.db import connections


def take_time(*, using: str, **_signal: Any) -> None:
    """Let the connection of this ``migrate`` stand still within a transaction.

    Elsewhere who does so is ended after some seconds, for others wait for what they hold. The
    processes stand still for an update; on a slow machine Django itself takes longer between two
    statements of one migration, and what computes the values of many rows takes as long as it does.
    """
    with connections[using].cursor() as cursor:
        cursor.execute("SET idle_in_transaction_session_timeout = 0")
