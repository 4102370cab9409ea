"""Whose page it is, said so that only the server knows who that is."""

from typing import Any

from django import template

from ..present_session import opaque_id as _opaque_id

register = template.Library()


@register.simple_tag
def opaque_id(person: Any) -> str:
    return _opaque_id(person)
