"""The database refuses a code that nobody declares, and a new code is no migration."""

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps

from standards import code_constraints

pytestmark = pytest.mark.django_db
TABLE = "paint_of_a_test"


@pytest.fixture
def colours(monkeypatch):
    """The codes declared for a table of one column; more may be declared later."""
    declared = ["red"]
    with isolate_apps("standards"):

        class Paint(models.Model):  # noqa: DJ008
            colour = models.CharField(max_length=8)

            class Meta:
                app_label = "standards"
                db_table = TABLE

    monkeypatch.setattr(code_constraints, "_HELD", [])
    code_constraints.hold(Paint, "paint_known", lambda: models.Q(colour__in=declared))
    return declared


def make_table():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE paint_of_a_test (id serial PRIMARY KEY, colour text)")


def paint(colour):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO paint_of_a_test (colour) VALUES (%s)", [colour])


def test_only_what_is_declared_is_taken(colours):
    make_table()
    code_constraints.follow(using="default")
    paint("red")
    with pytest.raises(IntegrityError):
        paint("blue")

    colours.append("blue")
    code_constraints.follow(using="default")
    paint("blue")


def test_what_stands_as_declared_is_left_alone(colours, django_assert_num_queries):
    make_table()
    code_constraints.follow(using="default")
    with django_assert_num_queries(3) as asked:  # a savepoint around the one question
        code_constraints.follow(using="default")
    assert not any("ALTER" in query["sql"] for query in asked.captured_queries)


def test_a_row_with_a_code_that_is_declared_no_more_is_told(colours):
    make_table()
    code_constraints.follow(using="default")
    paint("red")
    colours[:] = ["green"]
    with pytest.raises(IntegrityError):
        code_constraints.follow(using="default")


def test_a_table_that_is_not_there_is_passed_over(colours):
    code_constraints.follow(using="default")
    assert TABLE not in connection.introspection.table_names()
