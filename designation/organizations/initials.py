"""Names by the first letters of their pinyin: 红旗村 is found by hqc.

How a name is read is known to pypinyin, words of several readings too (重庆 is cq).
"""

import re
from typing import Any

from django.db import models
from pypinyin import Style, lazy_pinyin

from standards.characters import plain

# Less would be found in every second name.
LEAST = 2
_LETTERS = re.compile(rf"[A-Za-z]{{{LEAST},}}")


def initials(name: str) -> str:
    """The first letters of what is Chinese in a name; what is not is left out."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors="ignore")).lower()


def letters(typed: str) -> str:
    """What was typed as initials, as they are stored; "" where it can be none."""
    found = _LETTERS.fullmatch(plain(typed))
    return found[0].lower() if found else ""


class Initials(models.CharField):
    """The initials of the attribute ``of``, written whenever its row is saved."""

    def __init__(self, *, of: str, **kwargs: Any) -> None:
        self.of = of
        # The version before writes its rows without the column.
        default: dict[str, Any] = {
            "blank": True,
            "editable": False,
            "default": "",
            "db_default": "",
        }
        super().__init__(**{"max_length": 120} | default | kwargs)

    def deconstruct(self) -> Any:
        name, path, arguments, named = super().deconstruct()
        return name, path, arguments, named | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002 - Django's
        read = initials(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, read)
        return read
