"""A condition on each row, composed once and asked ever after.

Django composes a statement anew each time it asks it, and a condition that joins a few tables
takes it twenty times as long to compose as PostgreSQL to answer. What hangs on nothing but the
row can be composed when it is first asked for.
"""

from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import BaseExpression, RawSQL


def composed(rows: QuerySet[Any], condition: BaseExpression) -> RawSQL:
    """``condition`` on ``rows`` as text, wherever they stand under the name of their table."""
    asked = rows.annotate(condition=condition).query
    found = asked.annotations["condition"]
    sql, params = asked.get_compiler(connection=connection).compile(found)
    return RawSQL(sql, params, found.output_field)  # noqa: S611 - as composed above
