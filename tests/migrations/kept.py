"""A database as an earlier version left it, kept as data beside this module and put back whole.

``fill_0e1ef5b.py`` says what such a file holds and how it was made.
"""

import base64
import functools
import gc
import gzip
import json
import re
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

OURS = {"standards", "designation", "workflows", "authoring", "reports", "notifications", "demo"}
# How COPY writes what would break a line, and an absent value.
ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
ABSENT = "\\N"


def read(name):
    packed = Path(__file__).with_name(name).read_bytes()
    return KeptDatabase(json.loads(gzip.decompress(packed)))


def unescaped(text):
    if text == ABSENT:
        return None
    return re.sub(r"\\(.)", lambda found: ESCAPED.get(found[1], found[1]), text)


def rows_of(text, columns):
    """What COPY wrote, as one dict a row; values are text, an absent one is None."""
    return [
        dict(zip(columns, map(unescaped, line.split("\t")), strict=True))
        for line in text.split("\n")
        if line
    ]


class KeptDatabase:
    """The tables, files and moment of an earlier version, and the leaves of its migrations."""

    def __init__(self, data):
        self.data = data
        self.moment = datetime.fromisoformat(data["moment"])

    @property
    def tables(self):
        return sorted(self.data["tables"])

    @cached_property
    def rows(self):
        """Rows by table, as they were when the file was made."""
        return {
            name: rows_of(table["rows"], table["columns"])
            for name, table in self.data["tables"].items()
        }

    def one(self, table, **wanted):
        """The one row of ``table`` whose columns say ``wanted``."""
        (found,) = self.some(table, **wanted)
        return found

    def some(self, table, **wanted):
        return [row for row in self.rows[table] if wanted.items() <= row.items()]

    def restore(self):
        """Migrate the empty database to the leaves of that version; put rows and files back."""
        executor = MigrationExecutor(connection)
        executor.migrate([tuple(leaf) for leaf in self.data["leaves"]])
        with transaction.atomic(), connection.cursor() as cursor:
            self._put_back(cursor)
        for name, content in self.data["files"].items():
            place = Path(settings.MEDIA_ROOT) / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(base64.b64decode(content))

    def _put_back(self, cursor):
        """As a restored backup does: past the triggers, which guard what people do."""
        for name in self.tables:
            cursor.execute(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
        cursor.execute("TRUNCATE " + ", ".join(f'"{name}"' for name in self.tables))
        for name in self.tables:
            columns = ", ".join(f'"{column}"' for column in self.data["tables"][name]["columns"])
            with cursor.copy(f'COPY "{name}" ({columns}) FROM STDIN') as copy:
                copy.write(self.data["tables"][name]["rows"])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in self.tables:
            cursor.execute(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')
        self._count_on(cursor)

    def _count_on(self, cursor):
        """New rows get numbers after those that are there."""
        for name in self.tables:
            if "id" in self.data["tables"][name]["columns"]:
                cursor.execute(
                    f'SELECT setval(found, greatest((SELECT max(id) FROM "{name}"), 1)) '
                    f"FROM pg_get_serial_sequence('\"{name}\"', 'id') AS found "
                    "WHERE found IS NOT NULL"
                )


def tables_now():
    """The columns of every table of the present schema."""
    with connection.cursor() as cursor:
        introspection = connection.introspection
        return {
            table.name: [c.name for c in introspection.get_table_description(cursor, table.name)]
            for table in introspection.get_table_list(cursor)
        }


def rows_now(table, columns):
    """The rows of ``table`` today, read in the same form as the kept ones."""
    listed = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({listed}) TO STDOUT') as copy:
        return rows_of(b"".join(copy).decode(), columns)


@contextmanager
def empty_database(suffix):
    """Let the default connection speak to an empty database of its own."""
    own = connection.settings_dict["NAME"]
    other = f"{own}_{suffix}"
    _ask_the_server(f'DROP DATABASE IF EXISTS "{other}" WITH (FORCE)')
    _ask_the_server(f'CREATE DATABASE "{other}"')
    _turn_to(other)
    try:
        yield
    finally:
        _turn_to(own)
        _ask_the_server(f'DROP DATABASE "{other}" WITH (FORCE)')


def _ask_the_server(sentence):
    with connection._nodb_cursor() as cursor:
        cursor.execute(sentence)


def _turn_to(name):
    connection.close()
    connection.settings_dict["NAME"] = name
    forget_what_was_read()


def forget_what_was_read():
    """What a process keeps of one database must not answer for another."""
    ContentType.objects.clear_cache()
    # By type(): isinstance() asks lazy objects for a class that they do not have yet.
    memories = [one for one in gc.get_objects() if type(one) is functools._lru_cache_wrapper]
    for memory in memories:
        if memory.__module__.partition(".")[0] in OURS:
            memory.cache_clear()
