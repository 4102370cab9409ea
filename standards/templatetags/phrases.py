"""An item's text with the phrases that became checks marked."""

from functools import lru_cache
from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from standards import phrases as wording
from standards.phrases import Passage, passages

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=4096)
def marked(text: str, phrases: tuple[str, ...]) -> SafeString:
    """``text`` with every stretch that a phrase covers in one ``<mark>``.

    Kept: what is published never changes, and each page of a case shows some twenty texts.
    """
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
