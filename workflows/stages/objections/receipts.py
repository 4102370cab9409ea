"""Receipt codes: by them an objector follows what became of an objection, without an account."""

import re
import secrets
from collections.abc import Iterable
from itertools import accumulate

from standards.characters import plain

# Without letters and digits that are mistaken for each other on paper.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 10
_CODE = re.compile(f"[{_ALPHABET}]{{{_CODE_LENGTH}}}")

# A code with a blank between any two signs, and what was copied with it.
_LONGEST_TYPED = 80


def read(typed: str) -> str:
    """The code in what was typed or pasted, however it is spelled and whatever stands beside it.

    With blanks, hyphens, small or full-width letters it is the same, and so it is behind 查询码：.
    Where there is none, the letters and digits.
    """
    said = plain(typed[:_LONGEST_TYPED]).upper()
    parts = re.findall("[A-Z0-9]+", said)
    whole = (one for one in (*parts, *_side_by_side(parts)) if _CODE.fullmatch(one))
    return next(whole, "".join(sign for sign in said if sign.isalnum()))


def _side_by_side(parts: list[str]) -> Iterable[str]:
    for first in range(len(parts)):
        yield from accumulate(parts[first:])


def new_code() -> str:
    return "".join(secrets.choice(_ALPHABET) for _place in range(_CODE_LENGTH))
