"""What a form sends back beside what is typed: what it showed, and its key."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from designation.site import request_keys
from designation.site import shown as shown_values
from designation.site.shown import Told

register = template.Library()


@register.simple_tag
def shown(values: Mapping[str, Any], held: Mapping[str, str] | None = None) -> SafeString:
    """The hidden input that says what the form showed; see ``designation.site.shown.carried``."""
    return format_html(
        '<input type="hidden" name="{}" value="{}">',
        shown_values.INPUT,
        shown_values.carried(values, held),
    )


@register.simple_tag(takes_context=True)
def request_key(context: Context) -> SafeString:
    """The hidden input with the form's key: the one it came with, unless that has done its work."""
    request = context.get("request")
    came = request.POST.get(request_keys.INPUT, "") if request is not None else ""
    is_used = context.get("key_is_used") or getattr(context.get("form"), "key_is_used", False)
    key = "" if is_used else came
    return format_html(
        '<input type="hidden" name="{}" value="{}">',
        request_keys.INPUT,
        key or request_keys.new(),
    )


@register.filter
def conflict(form: Any, name: str) -> Told | None:
    """What another person put into the field meanwhile; None where nobody did."""
    conflicts: Mapping[str, Told] = getattr(form, "conflicts", {})
    return conflicts.get(name)
