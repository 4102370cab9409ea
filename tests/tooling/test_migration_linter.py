"""What a migration would do to a county at work is found, and accepted only with a reason."""

import pytest
from django.db import migrations
from django_migration_linter import MigrationLinter

from tests.migrations.kept import read
from tooling import migration_linter as linter


@pytest.fixture
def found(db):
    judge = MigrationLinter(exclude_migration_tests=linter.NOT_ASKED, no_cache=True, no_output=True)

    def findings(*statements, atomic=True, operations=()):
        migration = migrations.Migration("invented", "app")
        migration.operations, migration.atomic = list(operations), atomic
        return dict(linter.findings(judge, migration, list(statements)))

    return findings


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ('ALTER TABLE "visit" DROP COLUMN "place" CASCADE;', "DROP_COLUMN"),
        ('ALTER TABLE "visit" RENAME COLUMN "place" TO "site";', "RENAME_COLUMN"),
        ('ALTER TABLE "visit" ALTER COLUMN "place" TYPE text;', "ALTER_COLUMN"),
        ('ALTER TABLE "visit" ADD COLUMN "kind" varchar(9) NOT NULL;', "NOT_NULL"),
        ('CREATE INDEX "kind" ON "visit" ("kind");', "CREATE_INDEX"),
        ('DROP TABLE "visit" CASCADE;', "DROP_TABLE"),
    ],
)
def test_what_the_version_before_cannot_live_with_and_what_locks_is_found(found, statement, code):
    assert code in found(statement)


def test_a_column_that_may_be_empty_and_a_new_table_harm_nobody(found):
    assert (
        found(
            'ALTER TABLE "visit" ADD COLUMN "kind" varchar(9) NULL;',
            'CREATE TABLE "term" ("id" bigint NOT NULL PRIMARY KEY);',
        )
        == {}
    )


def test_a_data_migration_that_cannot_be_taken_back_is_found(found):
    forwards_only = migrations.RunPython(migrations.RunPython.noop)
    assert "RUNPYTHON_REVERSIBLE" in found(operations=[forwards_only])


ALTER = 'ALTER TABLE "visit" ALTER COLUMN "kind" SET DEFAULT 1;'


@pytest.mark.parametrize(
    "writing",
    [
        "\nUPDATE visit SET kind = place;",
        "INSERT INTO visit DEFAULT VALUES;",
        "-- THIS OPERATION CANNOT BE WRITTEN AS SQL",
    ],
)
def test_rows_and_then_tables_in_one_transaction_are_found(found, writing):
    assert linter.ROWS_THEN_TABLES in found(writing, ALTER)
    assert linter.ROWS_THEN_TABLES not in found(ALTER, writing)
    assert linter.ROWS_THEN_TABLES not in found(writing, ALTER, atomic=False)
    assert linter.ROWS_THEN_TABLES not in found(writing, "SET CONSTRAINTS ALL IMMEDIATE;", ALTER)


def test_a_function_that_will_write_writes_nothing_yet(found):
    function = "CREATE FUNCTION f() RETURNS trigger AS $$\nUPDATE head SET n = 1;\n$$;"
    assert linter.ROWS_THEN_TABLES not in found(function, ALTER)


def test_a_finding_is_told_until_it_is_accepted_with_a_reason():
    one = [("DROP_COLUMN", "DROPPING columns")]
    assert linter.told(one, {}) == ["DROP_COLUMN: DROPPING columns"]
    assert linter.told(one, {"DROP_COLUMN": "Nobody reads it."}) == []
    assert linter.told(one, {"DROP_COLUMN": ""}) == ["DROP_COLUMN: accepted without a reason"]
    assert linter.told([], {"DROP_COLUMN": "Nobody reads it."}) == [
        "DROP_COLUMN: accepted, but not found"
    ]


def test_what_came_with_the_first_version_is_history():
    leaves = {tuple(leaf) for leaf in read("county_0e1ef5b.json.gz").data["leaves"]}
    assert set(linter.HISTORY) <= leaves
    assert {app for app, _name in leaves - set(linter.HISTORY)} == {
        "auth",
        "axes",
        "contenttypes",
        "sessions",
    }


@pytest.mark.django_db
def test_every_migration_since_then_is_judged_and_what_it_does_is_accepted(capsys):
    assert linter.main() == 0, capsys.readouterr().out
