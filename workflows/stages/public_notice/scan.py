"""Personal data that must not be published: found before a notice goes out."""

import re
from collections.abc import Iterable

_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def personal_data(texts: Iterable[str]) -> list[str]:
    """ID-card numbers and mobile numbers that stand in ``texts``, in order."""
    return [
        match.group()
        for text in texts
        for pattern in (_ID_NUMBER, _MOBILE)
        for match in pattern.finditer(text)
    ]


def has_id_number(text: str) -> bool:
    return _ID_NUMBER.search(text) is not None
