"""The language of the record: Chinese, whatever the language of the page."""

from typing import Final

from django.utils.translation import override

RECORD: Final = "zh-hans"


def of_the_record() -> override:
    """What is worded within is worded for the record; also a decorator."""
    return override(RECORD)
