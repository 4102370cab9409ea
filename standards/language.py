"""Two languages: the record's, which is Chinese whatever the page's, and the reader's."""

from typing import Final

from django.utils.translation import get_language, override

RECORD: Final = "zh-hans"


def of_the_record() -> override:
    """What is worded within is worded for the record; also a decorator."""
    return override(RECORD)


def is_english() -> bool:
    """Whether what is worded now is read in English; else it is read in Chinese."""
    return (get_language() or "").startswith("en")


def in_language(zh: str, en: str) -> str:
    """Our own words in the active language; Chinese where there is no English."""
    return en if en and is_english() else zh
