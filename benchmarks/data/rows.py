"""Writing rows by INSERT … SELECT, with the columns that the models have today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED
from psycopg import sql


def model(label: str) -> type[models.Model]:
    """The model of that label, wherever its module lies."""
    return apps.get_model(label)


def table(label: str) -> str:
    return model(label)._meta.db_table


def run(statement: str, parameters: Iterable[Any] | None = None) -> int:
    """Run one statement; returns how many rows it concerned. Without parameters % is itself."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(parameters) if parameters is not None else None)
        return cursor.rowcount


def read(statement: str) -> list[tuple[Any, ...]]:
    """What a statement without parameters answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def literal(value: Any) -> str:
    """``value`` as it stands in a statement."""
    return sql.Literal(value).as_string(connection.connection)


def moment(at: datetime) -> str:
    return f"{literal(at)}::timestamptz"


def insert(label: str, source: str, **values: str) -> int:
    """One row for each row of ``source``, what follows FROM in a SELECT; returns how many.

    ``values`` are SQL expressions by attribute (``organization_id``); what is not named takes the
    model's default. Raises LookupError for a column that is not named and has none.
    """
    kind = model(label)
    columns = kind._meta.concrete_fields
    if unknown := values.keys() - {field.attname for field in columns}:
        raise LookupError(f"{label} has no column for {', '.join(sorted(unknown))}.")
    chosen = {}
    for field in columns:
        expression = values.get(field.attname) or _default(field)
        if expression is not None:
            chosen[field.column] = expression
    names = ", ".join(connection.ops.quote_name(name) for name in chosen)
    return run(
        f"INSERT INTO {kind._meta.db_table} ({names})"
        f" SELECT {', '.join(chosen.values())} FROM {source}"
    )


def _default(field: Any) -> str | None:
    """The model's default as SQL; None where the database gives one, or the column stays empty."""
    given = field.db_default is not NOT_PROVIDED or isinstance(field, models.AutoField)
    if given or field.generated or (field.null and not field.has_default()):
        return None
    if field.has_default() or (field.blank and field.empty_strings_allowed):
        value = field.get_db_prep_save(field.get_default(), connection)
        return literal(value)
    raise LookupError(f"{field.model._meta.label}.{field.attname} has no default: name it here.")


# Keys and indexes are laid anew over what was written, which checks every row at once: far
# quicker than one by one, and a row that breaks one stops everything.
_KEYS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
    FROM pg_constraint
    WHERE connamespace = current_schema()::regnamespace AND contype IN ('f', 'u', 'x')
    ORDER BY contype = 'f', conrelid::regclass::text, conname
"""
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE relnamespace = current_schema()::regnamespace AND NOT indisprimary
      AND NOT EXISTS (
        SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('u', 'x')
      )
    ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Laid:
    """Keys and indexes that were taken away: table, name and definition of each."""

    keys: list[tuple[str, str, str]]
    indexes: list[tuple[str, str]]

    def lay_anew(self) -> None:
        for _name, definition in self.indexes:
            run(definition)
        for of, name, definition in self.keys:
            run(f"ALTER TABLE {of} ADD CONSTRAINT {name} {definition}")


def take_away() -> Laid:
    """Take foreign keys and every index but the primary keys' away."""
    with connection.cursor() as cursor:
        cursor.execute(_KEYS)
        keys = cursor.fetchall()
        cursor.execute(_INDEXES)
        indexes = cursor.fetchall()
    for of, name, _definition in reversed(keys):
        run(f"ALTER TABLE {of} DROP CONSTRAINT {name}")
    for name, _definition in indexes:
        run(f"DROP INDEX {name}")
    return Laid(keys, indexes)


def number_on() -> None:
    """Let every sequence go on after the highest number that was written."""
    for kind in apps.get_models(include_auto_created=True):
        field = kind._meta.pk
        if isinstance(field, models.AutoField) and kind._meta.managed:
            run(
                "SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max(id), 0) + 1, false)"
                f" FROM {kind._meta.db_table}".replace("max(id)", f"max({field.column})"),
                [kind._meta.db_table, field.column],
            )
