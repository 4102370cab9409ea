"""An item's text with the phrases that became checks marked."""

from collections.abc import Sequence
from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from standards import phrases as wording
from standards.phrases import Passage, passages

register = template.Library()


@register.simple_tag
def marked(text: str, phrases: Sequence[str]) -> SafeString:
    """``text`` with every stretch that a phrase covers in one ``<mark>``."""
    cut = passages(text, ((phrase, phrase) for phrase in phrases))
    stretches = (
        ("".join(passage.text for passage in stretch), is_covered)
        for is_covered, stretch in groupby(cut, _is_covered)
    )
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", stretch) if is_covered else stretch,)
            for stretch, is_covered in stretches
        ),
    )


def _is_covered(passage: Passage) -> bool:
    return bool(passage.check_codes)


@register.filter
def lead(number: str | None) -> str:
    """The printed number of an item as it stands before its text."""
    return wording.lead(number)
