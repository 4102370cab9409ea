"""What everybody is told of the objections to a notice: how many, and what became of them."""

from typing import Any

from django import template

from ..stages.objections import queries
from ..stages.public_notice.models import Notice, NoticeEntry
from ..stages.public_notice.periods import stands_anew

register = template.Library()


@register.inclusion_tag("public_notice/_counted.html")
def objections_counted(notice: Notice) -> dict[str, Any]:
    return {"counted": queries.counted(notice)}


@register.simple_tag
def published_anew(entry: NoticeEntry) -> NoticeEntry | None:
    """The same name where its notice was broken off, for another to take its place."""
    return stands_anew(entry)
