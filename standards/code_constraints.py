"""Constraints over declared codes: made anew where a code was added, and no migration.

A column of codes (``code_field.CodeField``) has no choices in migrations, so no constraint there
can name them. What is held here follows what is declared: after each ``migrate`` the constraints
that say something else are made again, so that the database refuses a code that nobody declares.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connections, models, transaction

_STANDS = """
    SELECT obj_description(oid, 'pg_constraint') FROM pg_constraint
    WHERE conname = %s AND conrelid = to_regclass(%s)
"""


@dataclass(frozen=True, slots=True)
class _Held:
    model: type[models.Model]
    name: str
    condition: Callable[[], models.Q]


_HELD: list[_Held] = []


def hold(model: type[models.Model], name: str, condition: Callable[[], models.Q]) -> None:
    """Hold the rows of ``model`` to ``condition``, which is asked at each ``follow``."""
    _HELD.append(_Held(model, name, condition))


def follow(*, using: str, **_signal: Any) -> None:
    """Make the constraints as they are declared now; nothing is done to those that are so.

    One statement for each that stands. Raises IntegrityError where a row does not fit.
    """
    for held in _HELD:
        _follow(held, using)


def _follow(held: _Held, using: str) -> None:
    connection, table = connections[using], held.model._meta.db_table  # noqa: SLF001 - Django's public name for it
    constraint = models.CheckConstraint(condition=held.condition(), name=held.name)
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        wanted = str(constraint.create_sql(held.model, editor))
    with transaction.atomic(using), connection.cursor() as cursor:
        cursor.execute(_STANDS, [held.name, table])
        if cursor.fetchone() == (wanted,) or not _is_there(cursor, table):
            return
        table, name = map(connection.ops.quote_name, (table, held.name))
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}")
        cursor.execute(wanted)
        cursor.execute(f"COMMENT ON CONSTRAINT {name} ON {table} IS %s", [wanted])


def _is_there(cursor: Any, table: str) -> bool:
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
    return bool(cursor.fetchone()[0])
