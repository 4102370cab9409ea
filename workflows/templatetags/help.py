"""The link at a page's head to the part of the help that answers what is asked there."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from ..help import finding, topics

register = template.Library()


@register.inclusion_tag("parts/help.html", takes_context=True)
def help_link(context: Context) -> dict[str, Any]:
    """By the page and the reader's seats, which the page has read; no statement of its own."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None or match.view_name in topics.WITHOUT:
        return {"address": ""}
    held = context.get("my_seats")
    roles = held.roles if held is not None else frozenset()
    is_public = bool(context.get("is_public"))
    part, topic = finding.of_page(match.view_name, roles, is_public=is_public)
    if part is None:
        return {"address": reverse("help:index")}
    address = reverse("help:part", args=[part.code])
    return {"address": f"{address}#{topic}" if topic else address}
