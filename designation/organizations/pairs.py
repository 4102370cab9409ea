"""Names by the letters that stand beside each other in them: what an index finds a part of.

Two letters, because most of what is looked for in Chinese is two or three characters long.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, Func, GeneratedField, Q, TextField, Value
from django.db.models.functions import Concat


class Pairs(Func):
    """All pairs of neighbours in a text, in small letters. A function of the database's, ours."""

    function = "pairs_of_letters"
    output_field = ArrayField(CharField())


def paired(text: str, prefix: str = "") -> Q:
    """That all pairs of ``text`` stand in ``name_pairs``: what an index leaves to be looked at."""
    return Q(**{f"{prefix}name_pairs__contains": Pairs(Value(text))})


def pairs_in(*columns: str) -> GeneratedField:
    """Of what stands in these columns, kept by the database."""
    between: list[Any] = [part for column in columns for part in (Value("\n"), F(column))][1:]
    return GeneratedField(
        expression=Pairs(Concat(*between, output_field=TextField())),
        output_field=ArrayField(CharField()),
        db_persist=True,
    )
