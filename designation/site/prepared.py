"""Questions to the database that are composed once a process, and asked with other values after.

Django composes a statement anew each time it asks it, which takes a page ten times as long as
PostgreSQL takes to answer: the page of a case asks some twenty. A question whose text hangs on
nothing but the values in it is composed when it is first asked; ever after, only values change.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, update_wrapper
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BooleanField, Expression, F, Func, QuerySet, Subquery, Value
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
Statement = tuple[str, tuple[Any, ...]]


class Given(Value):
    """A value that comes when the question is asked: by its ``place`` among the values."""

    def __init__(self, place: int) -> None:
        super().__init__(place)
        self.place = place

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:  # noqa: ARG002
        """Its place, where a plain value would stand."""
        return "%s", (self,)


def one_of(column: str, values: Expression | Subquery) -> Func:
    """That the ``column`` is one of an array of ``values``."""
    return _compared(column, " = ANY(", values)


def within(column: str, scope: Given) -> Func:
    """That the ``column`` is a key of a queryset, the ``scope``: it is composed each time."""
    return _compared(column, " IN (", scope)


def _compared(column: str, how: str, given: Expression | Subquery) -> Func:
    return Func(
        F(column),
        given,
        template="%(expressions)s)",
        arg_joiner=how,
        output_field=BooleanField(),
    )


@dataclass(frozen=True, slots=True)
class _Composed(Generic[Row]):
    """A question as it was composed; ``pieces`` of its text stand around the ``params``."""

    rows: QuerySet[Any, Row]
    compiler: SQLCompiler
    pieces: tuple[str, ...]
    params: tuple[Any, ...]

    def said(self, values: tuple[Any, ...]) -> Statement:
        """Its text and its parameters, with these values."""
        text = [self.pieces[0]]
        params: list[Any] = []
        for piece, param in zip(self.pieces[1:], self.params, strict=True):
            value = values[param.place] if isinstance(param, Given) else param
            if isinstance(value, QuerySet):
                inner, within_it = _keys(value)
                text.append(inner)
                params.extend(within_it)
            else:
                text.append("%s")
                params.append(value)
            text.append(piece)
        return "".join(text), tuple(params)


def _keys(scope: QuerySet[Any]) -> Statement:
    """What a scope is as text: a question for its keys, or no key where it is known to be empty."""
    try:
        return scope.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return "NULL", ()


class Prepared(Generic[Row]):
    """A question that ``compose`` composes of as many values as it takes.

    ``compose`` is given an expression for each value, and may use it only as the database does:
    to compare by. It looks at no clock, no language and nobody's seats: what it answers to those
    would be kept. Asked, it answers the rows, never a queryset that could be composed further.
    """

    def __init__(self, compose: Callable[..., QuerySet[Any, Row]]) -> None:
        update_wrapper(self, compose)
        self.compose = compose
        self._known: _Composed[Row] | None = None

    def __call__(self, *values: Any) -> list[Row]:
        """The rows for ``values``, one for each that ``compose`` takes."""
        known = self._known = self._known or self.composed(len(values))
        asked = known.rows.all()
        ready = partial(_ready, known.compiler, known.said(values))
        asked.query.get_compiler = ready  # type: ignore[method-assign]
        return list(asked)

    def composed(self, count: int) -> _Composed[Row]:
        """As Django composes it now, of ``count`` values."""
        rows = self.compose(*map(Given, range(count)))
        compiler = rows.query.get_compiler(using=rows.db)
        sql, params = compiler.as_sql()
        return _Composed(rows, compiler, tuple(sql.split("%s")), tuple(params))


def _ready(compiler: SQLCompiler, said: Statement, using: str) -> SQLCompiler:
    """A compiler that has composed already, on the connection of whoever asks now."""
    ready = type(compiler).__new__(type(compiler))
    vars(ready).update(vars(compiler), connection=connections[using])
    ready.as_sql = lambda *_args, **_kwargs: said  # type: ignore[method-assign]
    return ready
