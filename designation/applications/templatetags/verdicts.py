"""A verdict on an item as a word, a shape and a colour."""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from designation.applications.models import Conclusion

register = template.Library()

_SHOWN = {
    Conclusion.MET: ("bg-green-lt", "✓"),
    Conclusion.NOT_MET: ("bg-red-lt", "✕"),
    Conclusion.NOT_APPLICABLE: ("bg-secondary-lt", "–"),
}
_NONE = SafeString('<span class="muted">—</span>')


@register.simple_tag
def verdict(conclusion: str | None) -> SafeString:
    """The badge of a conclusion (self-assessed, of the first review, on site); — where none is.

    A tag and no included part: a case shows some seventy of them.
    """
    return _badge(conclusion, get_language()) if conclusion else _NONE


@lru_cache
def _badge(conclusion: str, _language: str | None) -> SafeString:
    """Composed once a language."""
    colour, shape = _SHOWN[Conclusion(conclusion)]
    label = Conclusion(conclusion).label
    return format_html('<span class="badge {}">{} {}</span>', colour, shape, label)
