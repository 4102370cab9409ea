"""A stored key by which one name is found and held apart, whatever its spelling."""

from typing import Any

from django.db import models

from standards.characters import sameness_key

_LONGEST = 300


def key_of(name: str) -> str:
    """The key as ``SamenessKey`` stores it."""
    return sameness_key(name)[:_LONGEST]


class SamenessKey(models.CharField):
    """The key of the attribute ``of``, written whenever its row is saved."""

    def __init__(self, *, of: str, **kwargs: Any) -> None:
        self.of = of
        kwargs.setdefault("max_length", _LONGEST)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("default", "")
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, arguments, named = super().deconstruct()
        return name, path, arguments, named | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002 - Django's
        key = key_of(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, key)
        return key
