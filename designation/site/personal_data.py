"""Personal data that must not be published: found before a text goes out, however it is spelled.

Full-width and Chinese digits, letters that stand for digits, blanks, line breaks, dashes and dots
between them, and characters that nobody sees make no other number.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from standards.characters import plain, unseen_removed

_CHINESE_DIGITS = str.maketrans(
    "零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺", "0001234567891234567891"
)
_LETTER_O = re.compile("(?<=[0-9oO])[oO]|[oO](?=[oO]*[0-9])")
_LETTER_L = re.compile("(?<=[0-9lI])[lI|]|[lI](?=[lI]*[0-9])")
# What people put between the digits of a number.
_APART = r"[ \n\t.\-_·•/*()~]{0,3}"

# As it is usually written: whole, or in its usual groups.
_ID_NUMBER = re.compile(r"(?<!\d)\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?!\d)")
_OLD_ID_NUMBER = re.compile(r"(?<!\d)[1-8]\d{5}(\d{2})(\d{2})(\d{2})\d{3}(?![\dXx])")
_MOBILE = re.compile(r"(?<!\d)(?:(?:00)?86|0)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
# Broken in other places. Every start is tried: a number may stand behind other figures.
_BROKEN_ID_NUMBER = re.compile(rf"(?<!\d)(?=(\d(?:{_APART}\d){{16}}{_APART}[\dXx])(?!\d))")
_BROKEN_MOBILE = re.compile(rf"(?<!\d)(?=(1{_APART}[3-9](?:{_APART}\d){{9}})(?!\d))")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def personal_data(texts: Iterable[str]) -> list[str]:
    """ID-card numbers and mobile numbers that stand in ``texts``, in order, in plain digits."""
    read = [_read(text) for text in texts]
    return [number for text in read for found in (_id_numbers, _mobiles) for number in found(text)]


def has_id_number(text: str) -> bool:
    return any(_id_numbers(_read(text)))


def without_id_number(text: str) -> None:
    """Asked of a field that others read. Raises ValidationError."""
    if has_id_number(text):
        raise ValidationError(_("请不要填写身份证号。"), code="id_number")


def without_personal_data(text: str) -> None:
    """Asked of a field that the public reads. Raises ValidationError."""
    without_id_number(text)
    if any(_mobiles(_read(text))):
        told = _("这里的内容会对外公开，请不要填写手机号。")
        raise ValidationError(told, code="personal_data")


def _read(text: str) -> str:
    digits = unseen_removed(plain(text)).translate(_CHINESE_DIGITS)
    return _LETTER_L.sub("1", _LETTER_O.sub("0", digits))


def _id_numbers(text: str) -> Iterator[str]:
    whole = [found.group() for found in _ID_NUMBER.finditer(text)]
    yield from whole
    for found in _OLD_ID_NUMBER.finditer(text):
        if _is_a_day(f"19{found[1]}", found[2], found[3]):
            yield found.group()
    for found in _BROKEN_ID_NUMBER.finditer(text):
        if found[1] not in whole and _is_an_id_number(found[1]):
            yield found[1]


def _is_an_id_number(broken: str) -> bool:
    """Whether a day of birth stands where an ID number has it; the last sign may be mistyped."""
    digits = re.sub(r"\D", "", broken)
    return _is_a_day(digits[6:10], digits[10:12], digits[12:14])


def _is_a_day(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return year[:2] in {"18", "19", "20"}


def _mobiles(text: str) -> Iterator[str]:
    whole = [found.group() for found in _MOBILE.finditer(text)]
    yield from whole
    for found in _BROKEN_MOBILE.finditer(text):
        if found[1] not in whole and not _is_a_row_of_dates(found[1]):
            yield found[1]


def _is_a_row_of_dates(broken: str) -> bool:
    """「15-2026.3.20 17」 is the end of one day and the next; no number is broken so."""
    between = set(re.sub(r"\d+", "\0", broken).split("\0")) - {""}
    return len(between) > 1 and _YEAR.search(broken) is not None
