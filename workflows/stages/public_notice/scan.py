"""Which printed fields of a notice hold personal data."""

from collections.abc import Mapping
from typing import Any

from designation.site.personal_data import has_id_number, personal_data

# The receiving unit's own line is meant to be printed, and may be a mobile.
_PRINTED_PHONES = ("contact_phone",)


def offending_fields(printed: Mapping[str, Any]) -> list[str]:
    """Names of the printed fields that hold personal data, in order."""
    return [
        name
        for name, text in printed.items()
        if isinstance(text, str)
        and (has_id_number(text) if name in _PRINTED_PHONES else personal_data([text]))
    ]
