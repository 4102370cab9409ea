"""A column that holds a code: what codes there are is declared in code, not in the schema.

A new role, stage or kind of check is then no migration; forms, words and validation still know
the choices.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models


class CodeField(models.CharField):
    """A text whose ``choices`` serve forms, words and validation, and stay out of migrations.

    Migrations see a plain ``CharField``, so that nothing there hangs on where this class lives.
    ``choices`` may be a function, which is asked at each use: codes registered later count.
    """

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """The column alone, as a ``CharField``."""
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, "django.db.models.CharField", args, kwargs
