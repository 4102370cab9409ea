"""Numbers of documents (发文字号) as they are read, however they were typed.

A number is the mark of who issues it, the year in six-angle brackets and the place in that year,
written without 第 and without leading zeros (GB/T 9704-2012, 7.2.5). What reads otherwise, a
letter that bears none for one, is no number and is left as it is; unless it seems to be one, which
whoever types it is asked about: nobody would find it given twice.
"""

import re
import unicodedata
from dataclasses import dataclass

# Of the years: what is typed where a keyboard has no six-angle brackets, after NFKC.
_OPEN, _CLOSE = map(re.escape, ("〔【[(〖<〈《{〘〚⟨", "〕】])〗>〉》}〙〛⟩"))
_NUMBER = re.compile(
    rf"(?P<mark>[^{_OPEN}{_CLOSE}号]+)"
    rf"[{_OPEN}](?P<year>\d{{4}})年?[{_CLOSE}]"
    r"第?0*(?P<place>\d+(?:-\d+)*)(?:号(?:文件?)?)?[。.]?",
    re.ASCII,
)
_DIGIT = r"\d〇零一二三四五六七八九十百"
# A year in what could be brackets and a place, or one after the other; and no day or meeting.
_SEEMING = re.compile(
    rf"\d{{2}}(?:\d{{2}})?年?[{_CLOSE}]第?[{_DIGIT}]+(?![{_DIGIT}年月日次届期])"
    rf"|[{_OPEN}]\d{{2}}(?:\d{{2}})?年?第?[{_DIGIT}]+号"
    rf"|\d{{4}}年?[-–—_/]?第?[{_DIGIT}]+(?:-\d+)*号",
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
    found = _NUMBER.fullmatch(_plain(text))
    if found is None:
        return None
    return Number(found["mark"], int(found["year"]), found["place"])


def seems_one(text: str) -> bool:
    """Whether it holds the year and the place of a number and all the same is none that is read."""
    return read(text) is None and _SEEMING.search(_plain(text)) is not None


def _plain(text: str) -> str:
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


def normal(text: str) -> str:
    """As it goes on record: a number in its one form, anything else without blanks around."""
    number = read(text)
    return str(number) if number else text.strip()
