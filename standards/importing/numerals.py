"""Numbers as they stand in Chinese documents, in figures or in words."""

from decimal import Decimal

_SIGNS = "〇一二三四五六七八九"
_DIGITS = {word: value for value, word in enumerate(_SIGNS)} | {"两": 2, "零": 0}
_PLACES = {"十": 10, "百": 100, "千": 1000}


def number_of(written: str) -> Decimal:
    """``written`` in figures (1,000, 2.5 or ３) or in words (十二, 两百, 三万); 半 is one half.

    Raises ValueError for anything else, also for words that are no way of writing one number
    (三五, 一百二).
    """
    plain = written.replace(",", "").replace("，", "")
    if plain[:1].isdecimal():
        return Decimal(plain)
    if plain == "半":
        return Decimal("0.5")
    head, ten_thousands, rest = plain.rpartition("万")
    if ten_thousands:
        return _below_ten_thousand(head) * 10_000 + (_below_ten_thousand(rest) if rest else 0)
    return _below_ten_thousand(plain)


def _below_ten_thousand(words: str) -> Decimal:
    total, digit = 0, 0
    for position, word in enumerate(words):
        if word in _DIGITS:
            digit = _DIGITS[word]
        elif word in _PLACES:
            total += (digit if position else 1) * _PLACES[word]
            digit = 0
        else:
            raise ValueError(f"no number: {words}")
    number = total + digit
    told = words.replace("两", "二").replace("零", "〇").removeprefix("〇")
    if told not in (in_words(number), in_words(number, one_ten="一十")):
        raise ValueError(f"no number: {words}")
    return Decimal(number)


def in_words(count: int, *, one_ten: str = "十") -> str:
    """十, 二十一, 一百〇五, 一千〇一十: 1 to 9,999 in words; nothing for 0."""
    written, gap = "", False
    for value, place in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = count // value % 10
        if digit == 1 and place == "十" and not written:
            written += one_ten
        elif digit:
            written += ("〇" if gap else "") + _SIGNS[digit] + place
        gap = bool(written) and not digit
    return written
