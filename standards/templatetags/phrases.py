"""An item's text with the phrases that became checks marked."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


def spans(text: str, phrases: Sequence[str]) -> list[tuple[str, bool]]:
    """``text`` in pieces, each with whether a phrase covers it; phrases may overlap."""
    covered = bytearray(len(text))
    for phrase in phrases:
        at = text.find(phrase)
        if phrase and at >= 0:
            covered[at : at + len(phrase)] = b"\x01" * len(phrase)
    pieces: list[tuple[str, bool]] = []
    begin = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or covered[end] != covered[begin]:
            pieces.append((text[begin:end], bool(covered[begin])))
            begin = end
    return pieces


@register.simple_tag
def marked(text: str, phrases: Sequence[str]) -> SafeString:
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", piece) if is_marked else piece,)
            for piece, is_marked in spans(text, phrases)
        ),
    )
