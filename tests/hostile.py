"""Texts that some medium refuses or nobody can see, and what becomes of each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hostile:
    """``kept`` in a field of several lines, ``line`` in one of one line."""

    name: str
    typed: str
    kept: str
    line: str


def _same(name: str, typed: str) -> Hostile:
    return Hostile(name, typed, typed, typed)


def _becomes(name: str, typed: str, taken: str) -> Hostile:
    return Hostile(name, typed, taken, taken)


HOSTILE = (
    _becomes("nul", "甲\0乙", "甲乙"),
    _becomes("control characters", "甲\x01\x08\x1b[31m\x7f\x80\x9f乙", "甲[31m乙"),
    Hostile("carriage return and line feed", "甲\r\n乙", "甲\n乙", "甲 乙"),
    Hostile("a header injected", "甲\r\nBcc: x@y.z", "甲\nBcc: x@y.z", "甲 Bcc: x@y.z"),
    Hostile("carriage return alone", "甲\r乙", "甲\n乙", "甲 乙"),
    Hostile("separators of lines", "甲\u2028乙\u2029丙\x85丁", "甲\n乙\n丙\n丁", "甲 乙 丙 丁"),
    Hostile("vertical tab and form feed", "甲\x0b乙\x0c丙", "甲\n乙\n丙", "甲 乙 丙"),
    Hostile("tab", "甲\t乙", "甲\t乙", "甲 乙"),
    _becomes("without width", "甲\u200b乙\u2060丙\ufeff丁\xad戊", "甲乙丙丁戊"),
    _becomes("joiners between no letters", "甲\u200d乙\u200c丙", "甲乙丙"),
    _becomes("overrides of direction", "甲\u202e乙\u2066丙\u200f丁", "甲乙丙丁"),
    _becomes("non-characters", "甲\ufffe\uffff\U0001fffe\U0010ffff\ufdd0乙", "甲乙"),
    _becomes("half of a pair", "甲\ud83d乙\udc4d", "甲乙"),
    _becomes("outer blanks", " \u3000\xa0甲 乙\u2003\u3164", "甲 乙"),
    _becomes("a selector of nothing", "\ufe0f甲\ufe0f\ufe0f", "甲"),
    _becomes("hidden tags", "甲\U000e0041\U000e0042", "甲"),
    _same("private use", "甲\ue000乙\U000f0000"),
    _same("unassigned", "甲\u0378乙\U0003fffd"),
    _same("emoji", "做得好👍🏽"),
    _same("emoji of several parts", "一家👨‍👩‍👧‍👦❤️‍🔥"),
    _same("flag and keycap", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f1️⃣"),
    _same("a registered form", "葛\U000e0100城"),
    _same("rare characters", "𠮷田𬱖𰻞𲎯"),
    _same("a flood of marks", "甲" + "\u0301\u0323\u0338" * 60),
    _same("official brackets and units", "（示范）300 ㎡ Ⅱ类"),
    _same("joined letters", "می\u200cخواهم"),
    _same("right to left", "مرحبا ئۇيغۇر"),
    _same("a formula", '=HYPERLINK("http://x.y","甲")'),
    _same("a formula of a sign", "+1+cmd|' /C calc'!A0"),
    _same("a formula of a minus", "-2+3"),
    _same("a formula of an at", "@SUM(A1:A2)"),
    _same("markup", "<script>alert(1)</script>&amp;<b>甲</b>"),
    _same("a template", "{{ settings }}{% now 'Y' %}%(name)s{0}"),
    _same("typesetting", '#import "x": * $x$ `raw` \\ @ref *b* _i_'),
    _same("wild cards", "100%_\\甲"),
    _same("quotation", "'; DROP TABLE x; --\"“”"),
    _same("a long word", "甲" * 30 + "W" * 120),
)
# Longer than any field takes: told, not cut.
TOO_LONG = "长" * 10_000
