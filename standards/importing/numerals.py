"""Numbers as they stand in Chinese documents, in figures or in words."""

from decimal import Decimal

_DIGITS = {word: value for value, word in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_PLACES = {"十": 10, "百": 100, "千": 1000}


def number_of(written: str) -> Decimal:
    """``written`` in figures (1,000, 2.5 or ３) or in words (十二, 两百, 三万); 半 is one half.

    Raises ValueError for anything else.
    """
    plain = written.replace(",", "")
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
    return Decimal(total + digit)
