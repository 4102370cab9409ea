"""Pages published elsewhere that an item rests on: an address, a title and a day, as text.

Nothing of ours ever asks for the address; whoever reads it may follow it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from designation.organizations.models import Person
from designation.site import clock, filling
from designation.site.refusal import Finding, Refusal
from standards.models import Item

from . import authorship
from .models import Application, FormerValue, PublishedLink
from .rules import refuse_unless_applicant

FIELDS = ("address", "title", "published_on")
# Of an application; our default.
MOST_LINKS: Final = 50
_is_address = URLValidator(schemes=["https"])
# A host that is a number is no place where an organization publishes.
_NUMBER = re.compile(r"^[\d.]+$|^\[")
# What no address holds unless it is written as %3C and the like (RFC 3986).
_NEVER = re.compile(r'[<>"`{}|\\^]')


class PageRefused(Refusal):
    """A published page that an item cannot rest on: told where it was offered or typed."""


def fault_of_address(address: str) -> str:
    """Why ``address`` is none of a published page, as a sentence; "" when it is one."""
    if not address.lower().startswith("https://"):
        return _("网址要以 https:// 开头，请从浏览器的地址栏完整复制。")
    try:
        _is_address(address)
        parts = urlsplit(address)
    except (ValidationError, ValueError):
        parts = None
    if parts is None or _NEVER.search(address):
        return _("这不是完整的网址，请从浏览器的地址栏完整复制。")
    host = parts.hostname or ""
    if parts.username or parts.password:
        return _("网址里带有用户名或密码，请去掉后再填。")
    if "." not in host or _NUMBER.match(host):
        return _("请填写公开发布的网页，不要填写内部地址。")
    return ""


def fault_of_day(published_on: date) -> str:
    """Why nothing can have been published on that day, as a sentence; "" when it can."""
    return _("发布日期不能晚于今天，请核对。") if published_on > clock.today() else ""


def any_of_it(application: str = "pk") -> Exists:
    """Whether there is one in force, asked along with a row that names its ``application``."""
    rows = PublishedLink.objects.filter(removed_at__isnull=True)
    return Exists(rows.filter(application=OuterRef(application)))


def of(application: Application) -> list[PublishedLink]:
    """Those in force, in the order in which they were entered."""
    rows = PublishedLink.objects.filter(application=application, removed_at__isnull=True)
    return list(rows.select_related("item").order_by("pk"))


def add(
    application: Application, item: Item, values: Mapping[str, Any], *, actor: Person
) -> PublishedLink:
    """Let a published page support the item (``FIELDS``); the same address again stays one.

    Call it while the application is held. Raises PageRefused with a finding for each value that
    cannot be, and for one too many; Refusal for who is not of the applicant.
    """
    refuse_unless_applicant(application, actor)
    link = PublishedLink(application=application, item=item, added_at=clock.now(), added_by=actor)
    filled = filling.fill(link, values, columns=FIELDS)
    found = list(filling.all_of(filled, link, columns=FIELDS))
    filling.refuse(found or _faults(link), by=PageRefused)
    present = PublishedLink.objects.filter(application=application, removed_at__isnull=True)
    known = present.filter(item=item, address=link.address).first()
    if known is not None:
        return known
    if present.count() >= MOST_LINKS:
        told = _("每份申报最多登记 %(count)s 个网页，请先移除不需要的。") % {"count": MOST_LINKS}
        raise PageRefused.because("too_many", told)
    link.save()
    return link


def _faults(link: PublishedLink) -> Iterable[Finding]:
    if told := fault_of_address(link.address):
        yield Finding("address", "", told, field="address")
    if told := fault_of_day(link.published_on):
        yield Finding("in_future", "", told, field="published_on")


def remove(link: PublishedLink, *, actor: Person) -> list[FormerValue]:
    """Let it support the item no more; a submission that names it goes on naming it.

    Returns what of another person was taken away. Call it while the application is held. Raises
    Refusal for who is not of the applicant.
    """
    refuse_unless_applicant(link.application, actor)
    now = clock.now()
    still = PublishedLink.objects.filter(pk=link.pk, removed_at__isnull=True)
    if not still.update(removed_at=now, removed_by=actor):
        return []
    former = FormerValue(
        field="file",
        value=f"{link.title} {link.address}",
        written_by_id=link.added_by_id,
        first_at=link.added_at,
        last_at=link.added_at,
        replaced_by=actor,
        replaced_at=now,
    )
    place = {"item": link.item, "subject_id": link.pk}
    kept = authorship.keep([former], link.application, FormerValue.Subject.EVIDENCE, **place)
    return authorship.of_others(kept)


def frozen(links: Iterable[PublishedLink]) -> list[dict[str, str]]:
    """What a submission keeps of them."""
    return [
        {
            "item": link.item.code,
            "address": link.address,
            "title": link.title,
            "published_on": link.published_on.isoformat(),
        }
        for link in links
    ]


def read(
    application: Application, said: Iterable[Mapping[str, Any]], item: Callable[[str], Item]
) -> list[PublishedLink]:
    """What ``frozen`` said, as rows that are not saved; ``item`` finds one by its code."""
    return [
        PublishedLink(
            application=application,
            item=item(one["item"]),
            address=one["address"],
            title=one["title"],
            published_on=date.fromisoformat(one["published_on"]),
        )
        for one in said
    ]
