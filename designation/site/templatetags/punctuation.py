"""Punctuation of the page's language, between pieces that no sentence holds together."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from standards.language import is_english

register = template.Library()


@register.filter
def in_brackets(text: Any) -> SafeString:
    """Behind another text: （甲）, in English with a blank before: (A). Nothing for nothing."""
    if text in (None, ""):
        return SafeString()
    before, after = (" (", ")") if is_english() else ("（", "）")
    return format_html("{}{}{}", before, text, after)


@register.simple_tag
def colon() -> str:
    """Between what is named and what it is: 甲：乙, in English A: B."""
    return ": " if is_english() else "："
