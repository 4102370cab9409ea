"""The register as files for other programs, and as a feed of what happened to titles."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from designation.site import clock

from . import open_data, queries
from .filters import TitleFilters, day_asked
from .models import TitleStep

# Read from the database at a time.
_AT_A_TIME = 2000
# The last that happened; our default.
_MOST_IN_FEED = 50


def _tag(request: HttpRequest, **_named: Any) -> str:
    return open_data.entity_tag(request.get_full_path())


_changed = condition(etag_func=_tag)


def _answer(
    request: HttpRequest, kind: str, ending: str, lines: Callable[..., Iterator[str]]
) -> HttpResponseBase:
    """The titles that the address asks for, as the list shows them; what it says wrongly, nothing.

    Written as they are read: five statements and one memory, whatever their number.
    """
    day = day_asked(request.GET)
    filters = TitleFilters(request.GET, queries.titles(day), request=request)
    pages = settings.SITE_ADDRESS + reverse("register:list")
    head = open_data.Head(day or clock.today(), clock.now(), pages)
    rows = filters.qs.iterator(chunk_size=_AT_A_TIME)
    name = f"register-{head.as_of.isoformat()}.{ending}"
    return StreamingHttpResponse(
        (piece.encode() for piece in lines(rows, head)),
        content_type=f"{kind}; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@require_safe
@_changed
def as_csv(request: HttpRequest) -> HttpResponseBase:
    return _answer(request, "text/csv", "csv", open_data.as_csv)


@require_safe
@_changed
def as_json(request: HttpRequest) -> HttpResponseBase:
    return _answer(request, "application/json", "json", open_data.as_json)


class PublicLife(Feed):
    """What happened to titles, the last recorded first; of a warning or an order not why."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("示范点名册")

    def subtitle(self) -> str:
        return _("称号的授予、延续、更名、警告、整改、撤销、注销和恢复")

    def link(self) -> str:
        return settings.SITE_ADDRESS + reverse("register:list")

    def feed_url(self) -> str:
        return settings.SITE_ADDRESS + reverse("register:feed")

    def feed_copyright(self) -> str:
        return open_data.Head(clock.today(), clock.now(), "").licence

    def author_name(self) -> str:
        """Whoever publishes it: a feed without an author is none (RFC 4287, 4.1.1)."""
        return open_data.Head(clock.today(), clock.now(), "").publisher

    def items(self) -> QuerySet[TitleStep]:
        return queries.published_steps()[:_MOST_IN_FEED]

    def item_title(self, item: TitleStep) -> str:
        return f"{item.title.name} · {item.get_act_display()}"

    def item_description(self, item: TitleStep) -> str:
        said = (item.effective_on.isoformat(), item.document, item.public_reason)
        # Readers take it for HTML; it is text that somebody typed.
        return escape(" · ".join(filter(None, said)))

    def item_link(self, item: TitleStep) -> str:
        return settings.SITE_ADDRESS + reverse("register:detail", args=[item.title.number])

    def item_guid(self, item: TitleStep) -> str:
        return f"{self.item_link(item)}#{item.pk}"

    def item_updateddate(self, item: TitleStep) -> datetime:
        return item.at


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    answer: HttpResponseBase = PublicLife()(request)
    return answer
