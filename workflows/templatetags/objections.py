"""What everybody is told of the objections to a notice: how many, and what became of them."""

from typing import Any

from django import template

from ..stages.objections import queries
from ..stages.public_notice.models import Notice

register = template.Library()


@register.inclusion_tag("public_notice/_counted.html")
def objections_counted(notice: Notice) -> dict[str, Any]:
    return {"counted": queries.counted(notice)}
