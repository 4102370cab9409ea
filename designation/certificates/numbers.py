"""Numbers of certificates, 〔2026〕第12号: from 1 in each county and year, without a gap."""

import re

from standards.characters import plain

# As it is printed, and as people type it. Without 第 it is the number of a document.
_SAID = re.compile(r"[〔\[(（【]?\s*(\d{4})\s*[〕\])）】]?\s*年?\s*第\s*(\d{1,9})\s*号")


def said(year: int, number: int) -> str:
    """A document number as GB/T 9704 writes it: six-angled brackets, no leading zeros."""
    return f"〔{year}〕第{number}号"


def read(text: str) -> tuple[int, int] | None:
    """Year and number of what somebody typed; None where it is no number of a certificate."""
    found = _SAID.search(plain(text))
    return (int(found[1]), int(found[2])) if found else None
