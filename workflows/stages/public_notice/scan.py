"""Personal data that must not be published: found before a notice goes out."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

# People break long numbers with a space or a hyphen; a number so broken is a number all the same.
_ID_NUMBER = re.compile(r"(?<!\d)\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?!\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
# The receiving unit's own line is meant to be printed, and may be a mobile.
_PRINTED_PHONES = ("contact_phone",)


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


def offending_fields(printed: Mapping[str, Any]) -> list[str]:
    """Names of the printed fields that hold personal data, in order."""
    return [
        name
        for name, text in printed.items()
        if isinstance(text, str)
        and (has_id_number(text) if name in _PRINTED_PHONES else personal_data([text]))
    ]
