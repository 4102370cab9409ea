"""One after the other, where there is no row yet that two could wait for."""

from django.db import connection


def alone(name: str) -> None:
    """Hold ``name`` until the transaction ends; whoever else asks for it waits until then."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
