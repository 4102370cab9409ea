"""Names by the first letters of their pinyin: 红旗村 is found by hqc.

How a name is read is known to pypinyin, words of several readings too (重庆 is cq).
"""

import re

from pypinyin import Style, lazy_pinyin

# Less would be found in every second name.
LEAST = 2
_LETTERS = re.compile(rf"[A-Za-z]{{{LEAST},}}")


def initials(name: str) -> str:
    """The first letters of what is Chinese in a name; what is not is left out."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors="ignore")).lower()


def letters(typed: str) -> str:
    """What was typed as initials, as they are stored; "" where it can be none."""
    found = _LETTERS.fullmatch(typed)
    return found[0].lower() if found else ""
