"""Whether the list on a page may be taken away, and where to."""

from typing import Any

from django import template
from django.urls import reverse

from designation.site import tables
from designation.site.lists import Listing

from ..rules import may_take

register = template.Library()


@register.simple_tag(takes_context=True)
def export_address(context: dict[str, Any], listing: Listing) -> str:
    """The address that takes the list away as it is narrowed; "" for whoever may not."""
    request = context.get("request")
    table = tables.of_list(type(listing.filters))
    if request is None or table is None or not may_take(request.user, table):
        return ""
    return f"{reverse('exports:take', args=[table.code])}?{listing.query}"
