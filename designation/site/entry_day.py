"""A column that holds the day on which its row was entered, by the product's own clock."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models

from . import clock


class EntryDay(models.DateField):
    """Today, unless a day was given, as soon as the row is entered: with one, or with many.

    A default would ask the clock whenever an object is made, and Django makes one before any
    table is there. Migrations see a plain ``DateField``.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"blank": True, "editable": False})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """The column alone, as a ``DateField``."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        held: date | None = getattr(model_instance, self.attname)
        if add and held is None:
            held = clock.today()
            setattr(model_instance, self.attname, held)
        return held
