"""Publishing a version: from then on it never changes."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from .models import Check, Item, Section, StandardVersion

_SECTION = ("order", "number_printed", "title_printed", "title_en")
_ITEM = (
    "order",
    "section__order",
    "code",
    "number_printed",
    "title_en",
    "text",
    "oddities",
    "basis",
    "condition_zh",
    "condition_en",
    "source_line",
)
# Fields that came later: left out while empty, so that the hashes of older versions stand.
_LATER = ("basis", "condition_zh", "condition_en", "source_line", "group", "area_code")
_BESIDES_CONTENT = ("id", "item", "order")


class PublicationRefused(Exception):
    """The version cannot be published, or retired; the text says why.

    Of its own shape: ``standards`` knows nothing of the record above it. The room of drafts asks
    before it publishes, and tells people by a ``Refusal`` with findings.
    """


def publish(version: StandardVersion, *, at: datetime) -> None:
    """Make a draft the published standard of its category and area; the one before is retired.

    Raises PublicationRefused for a version that is no draft or asks nothing.
    """
    if version.status != StandardVersion.Status.DRAFT:
        raise PublicationRefused("only a draft can be published")
    if not Check.objects.filter(item__version=version).exists():
        raise PublicationRefused("a standard without checks asks nothing")
    with transaction.atomic():
        StandardVersion.objects.filter(
            category=version.category,
            area_code=version.area_code,
            status=StandardVersion.Status.PUBLISHED,
        ).update(status=StandardVersion.Status.RETIRED)
        version.status = StandardVersion.Status.PUBLISHED
        version.published_at = at
        version.content_hash = content_hash(version)
        version.save(update_fields=["status", "published_at", "content_hash"])


def retire(version: StandardVersion) -> None:
    """Take a published version out of use; what was begun by it keeps it."""
    if version.status != StandardVersion.Status.PUBLISHED:
        raise PublicationRefused("only a published version can be retired")
    version.status = StandardVersion.Status.RETIRED
    version.save(update_fields=["status"])


def content_hash(version: StandardVersion) -> str:
    """SHA-256, in hexadecimal, of everything the version says and asks. Three statements."""
    sections = Section.objects.filter(version=version).order_by("order")
    items = Item.objects.filter(version=version).order_by("order")
    content = _said({"area_code": version.area_code}) | {
        "category": version.category,
        "number": version.number,
        "heading": version.heading_printed,
        "provenance": version.provenance,
        "sections": list(sections.values(*_SECTION)),
        "items": [_said(item) for item in items.values(*_ITEM)],
        "checks": _checks(version),
    }
    canonical = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
    return sha256(canonical.encode()).hexdigest()


def _said(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value or name not in _LATER}


def _checks(version: StandardVersion) -> list[dict[str, Any]]:
    fields = [f.name for f in Check._meta.fields if f.name not in _BESIDES_CONTENT]  # noqa: SLF001 - Django's public name for a model's fields
    checks = Check.objects.filter(item__version=version).order_by("item__order", "order")
    return [_said(check) for check in checks.values("item__code", *fields)]
