"""The least value that satisfies a check, and the nearest one that does not.

Made for trying a standard before it is published: what passes there passes everywhere, since
the examples are answers as ``evaluation.evaluate`` takes them.
"""

from typing import Any

from . import kinds
from .engine.judging import Check


def just_passing(check: Check, *, judged: bool) -> Any:
    """The least answer that ``check`` is satisfied with; ``judged`` as on site."""
    return kinds.of(check.kind).just_passing(check, judged=judged)


def just_failing(check: Check, *, judged: bool) -> Any:
    """The nearest answer that is not enough; None where every answer is.

    A condition is a question, and before the visit a qualitative check takes any text.
    """
    return kinds.of(check.kind).just_failing(check, judged=judged)
