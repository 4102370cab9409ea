"""Numbers of documents (发文字号) as they are read, however they were typed.

A number is the mark of who issues it, the year in six-angle brackets and the place in that year,
written without 第 and without leading zeros (GB/T 9704-2012, 7.2.5). What reads otherwise, a
letter that bears none for one, is no number and is left as it is.
"""

import re
import unicodedata
from dataclasses import dataclass

# Of the years: what is typed where a keyboard has no six-angle brackets, after NFKC.
_OPEN, _CLOSE = "〔【[(〖", "〕】])〗"
_NUMBER = re.compile(
    rf"(?P<mark>[^{re.escape(_OPEN + _CLOSE)}号]+)"
    rf"[{re.escape(_OPEN)}](?P<year>\d{{4}})年?[{re.escape(_CLOSE)}]"
    r"第?0*(?P<place>\d+(?:-\d+)*)号",
    re.ASCII,
)
# As the columns are wide that keep one, or what stands in its place.
LONGEST = 80
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Number:
    """青组发〔2026〕5号: ``mark`` 青组发, ``year`` 2026, ``place`` 5."""

    mark: str
    year: int
    place: str

    def __str__(self) -> str:
        return f"{self.mark}〔{self.year}〕{self.place}号"


def read(text: str) -> Number | None:
    """The number that ``text`` is; None where it is none."""
    plain = _BLANKS.sub("", unicodedata.normalize("NFKC", text))
    found = _NUMBER.fullmatch(plain)
    if found is None:
        return None
    return Number(found["mark"], int(found["year"]), found["place"])


def normal(text: str) -> str:
    """As it goes on record: a number in its one form, anything else without blanks around."""
    number = read(text)
    return str(number) if number else text.strip()
