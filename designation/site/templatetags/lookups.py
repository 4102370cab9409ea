"""Reading a mapping by a key that a template holds."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def lookup(mapping: Mapping[str, Any], key: str) -> Any:
    """The value of ``key``; None when there is none."""
    return mapping.get(key)
