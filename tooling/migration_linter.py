"""What a new migration does to a county that is at work: ``python -m tooling.migration_linter``.

Judges each migration that came after commit 0e1ef5b (0.1.0), whose own no database will run again.
django-migration-linter reads the SQL: what the version before could not live with (a column
dropped, renamed, not null), and what locks a table that people write to. One rule is ours: rows
written and tables altered in one transaction, which PostgreSQL refuses once a row was written
twice in it.

A finding that is meant is accepted where it is made, with its reason, by the finding's code:

    class Migration(migrations.Migration):
        accepted = {"DROP_COLUMN": "email_state says it since; web and worker stop for an upgrade."}

An acceptance of what is not found is told too. Needs a database to ask (``tooling.with_servers``).
"""

import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any

# The last migrations of 0.1.0: they and what they rest on are history.
HISTORY = (
    ("adoptions", "0001_initial"),
    ("applications", "0003_term_began_on"),
    ("audit", "0002_append_only"),
    ("calendar_days", "0001_initial"),
    ("drafting", "0001_initial"),
    ("notifications", "0002_standards_manager"),
    ("organizations", "0002_standards_manager"),
    ("register", "0001_initial"),
    ("rounds", "0003_year_looked_at"),
    ("standards", "0007_published_is_not_truncated"),
    ("workflows", "0004_replays"),
)
# Questions of taste about names in data migrations, asked by regular expression.
NOT_ASKED = (
    "RUNPYTHON_ARGS_NAMING_CONVENTION",
    "RUNPYTHON_MODEL_IMPORT",
    "RUNPYTHON_MODEL_VARIABLE_NAME",
)
ROWS_THEN_TABLES = "ROWS_THEN_TABLES"
_BODY = re.compile(r"\$\$.*?\$\$", re.DOTALL)
_WRITES_ROWS = re.compile(
    r"^\s*((UPDATE|INSERT|DELETE)\b|-- THIS OPERATION CANNOT BE WRITTEN AS SQL)", re.MULTILINE
)


def rows_then_tables(statements: Iterable[str]) -> bool:
    """Whether rows are written and a table is altered afterwards, with nothing settled between."""
    written = False
    for statement in statements:
        if _WRITES_ROWS.search(_BODY.sub("", statement)):
            written = True
        elif statement.startswith("SET CONSTRAINTS ALL IMMEDIATE"):
            written = False
        elif written and statement.startswith("ALTER TABLE"):
            return True
    return False


def told(found: Iterable[tuple[str, str]], accepted: dict[str, str]) -> list[str]:
    """Lines on findings that nobody accepted, and on acceptances of what was not found."""
    messages = dict(found)
    lines = [f"{code}: {text}" for code, text in messages.items() if code not in accepted]
    lines += [f"{code}: accepted, but not found" for code in accepted if code not in messages]
    lines += [f"{code}: accepted without a reason" for code in accepted if not accepted[code]]
    return lines


def _judged() -> Iterator[tuple[Any, list[str]]]:
    """Each migration since then with its SQL, in the order in which they are carried out."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    history = {key for leaf in HISTORY for key in loader.graph.forwards_plan(leaf)}
    state = loader.project_state(())
    for key in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):  # noqa: SLF001 - the public plan holds what is not applied only
        migration = loader.graph.nodes[key]
        if key in history or not _is_ours(migration):
            state = migration.mutate_state(state, preserve=False)
            continue
        with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
            state = migration.apply(state, editor, collect_sql=True)
        yield migration, editor.collected_sql


def _is_ours(migration: Any) -> bool:
    file = sys.modules[type(migration).__module__].__file__ or ""
    return "site-packages" not in file


def findings(linter: Any, migration: Any, statements: list[str]) -> Iterator[tuple[str, str]]:
    """Codes and texts of what the SQL and the operations of a migration would do."""
    from django_migration_linter.sql_analyser import analyse_sql_statements

    errors, _, warnings = analyse_sql_statements(linter.sql_analyser_class, statements, NOT_ASKED)
    of_data, _, doubts = linter.analyse_data_migration(migration)
    for issue in [*errors, *warnings, *of_data, *doubts]:
        where = " of ".join(filter(None, (issue.column, issue.table)))
        yield issue.code, f"{issue.message} {where}".rstrip()
    if migration.atomic and rows_then_tables(statements):
        yield ROWS_THEN_TABLES, "writes rows, then alters tables: make them two migrations"


def main() -> int:
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "designation.settings.test")
    import django

    django.setup()
    from django_migration_linter import MigrationLinter

    linter = MigrationLinter(exclude_migration_tests=NOT_ASKED, no_cache=True, no_output=True)
    refused = judged = 0
    for migration, statements in _judged():
        judged += 1
        found = findings(linter, migration, statements)
        for line in told(found, getattr(migration, "accepted", {})):
            refused += 1
            print(f"{migration.app_label} {migration.name}: {line}")
    print(f"{judged} migrations judged, {refused} findings.")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
