"""Heads of columns that sort: ``{% head "code" _("区划代码") %}``."""

from typing import Any

from django import template
from django.template import Context

register = template.Library()


@register.inclusion_tag("parts/head.html", takes_context=True)
def head(context: Context, name: str, label: Any) -> dict[str, Any]:
    """The head of the column that the list's ``order`` offers under ``name``."""
    stands, query = context["listing"].sorting(name)
    return {"label": label, "stands": stands, "query": query}
