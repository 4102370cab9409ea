"""A paper of each kind with every field filled, on which a template is tried when it is brought."""

from typing import Any

from .fields import PAPERS, Paper, described

_ROWS = 2


def sample(kind: str) -> Paper:
    """Every text says what it is; a list has two rows."""
    return PAPERS[kind](**_filled(PAPERS[kind]))


def _filled(paper: type[Any]) -> dict[str, Any]:
    return {
        name: str(words) if row is None else tuple(row(**_filled(row)) for _row in range(_ROWS))
        for name, words, row in described(paper)
    }
