"""The figures by which a document may order those that meet a standard: each declared once.

The product proposes none and mixes none: a round names them one after another, as its document
does. Another kind is declared by the room that knows its value, when the site starts, which also
says how it is read (``workflows.stages.selection.figures.read_by``).
"""

from typing import ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standards.codes import Code


class Direction(models.TextChoices):
    """Which of two figures comes first."""

    HIGH = "high", _("高者在前")
    LOW = "low", _("低者在前")


class FigureKind(Code):
    """A kind of figure; ``asks_check``: the round says of which check."""

    __slots__ = ("asks_check",)

    CHECK_VALUE: ClassVar["FigureKind"]
    ADVISORY_MET: ClassVar["FigureKind"]
    FINDINGS: ClassVar["FigureKind"]
    VOTES: ClassVar["FigureKind"]

    asks_check: bool

    @classmethod
    def declare(cls, value: str, label: str | Promise, *, asks_check: bool = False) -> "FigureKind":
        """Add a kind to those there are. Raises ValueError for a code that cannot be one."""
        kind = cls.enter(value, label)
        kind.asks_check = asks_check
        return kind


FigureKind.CHECK_VALUE = FigureKind.declare("check_value", _("核查实测值"), asks_check=True)
FigureKind.ADVISORY_MET = FigureKind.declare("advisory_met", _("原则性检查点达标数"))
FigureKind.FINDINGS = FigureKind.declare("findings", _("核查发现的不足数"))
FigureKind.VOTES = FigureKind.declare("votes", _("会议得票数"))
