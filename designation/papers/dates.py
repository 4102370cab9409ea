"""Days as papers write them: in Arabic figures, without leading zeros (GB/T 9704-2012, 7.3.5)."""

from datetime import date


def in_words(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def span(first: date | None, last: date | None) -> str:
    """From the first to the last day; the year once where it is the same."""
    if first is None or last is None:
        return ""
    end = in_words(last)
    return f"{in_words(first)}至{end.partition('年')[2] if first.year == last.year else end}"
