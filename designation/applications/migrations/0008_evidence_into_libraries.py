"""Each file that an application brought goes into its organization's library, with its hashes.

In batches, each a transaction of its own: broken off, it goes on where it stopped. Reversible:
the columns of before are filled again, and the libraries stay as they are.
"""

from collections.abc import Iterator
from typing import Any

from django.db import migrations, transaction

BATCH = 500


def into_libraries(apps: Any, schema_editor: Any) -> None:
    Evidence = apps.get_model("applications", "Evidence")
    rows = Evidence.objects.filter(entry__isnull=True).select_related("application")
    for batch in _batches(rows):
        with transaction.atomic():
            stored = _stored(apps, batch)
            entries = _entries(apps, batch, stored)
            for row in batch:
                row.entry = entries[row.application.organization_id, row.sha256]
            Evidence.objects.bulk_update(batch, ["entry"])


def _batches(rows: Any) -> Iterator[list[Any]]:
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        yield batch


def _stored(apps: Any, batch: list[Any]) -> dict[str, Any]:
    """The one row of each content, by its hash; the file stays where it lies."""
    StoredFile = apps.get_model("evidence", "StoredFile")
    StoredFile.objects.bulk_create(
        [
            StoredFile(
                sha256=row.sha256,
                file=row.file.name,
                media_type=row.media_type,
                size=row.size,
                stored_at=row.uploaded_at,
            )
            for row in batch
        ],
        ignore_conflicts=True,
    )
    found = StoredFile.objects.filter(sha256__in={row.sha256 for row in batch})
    return {one.sha256: one for one in found}


def _entries(apps: Any, batch: list[Any], stored: dict[str, Any]) -> dict[Any, Any]:
    """By organization and hash; the first upload gives its title and its moment."""
    LibraryEntry = apps.get_model("evidence", "LibraryEntry")
    wanted: dict[Any, Any] = {}
    for row in batch:
        wanted.setdefault(
            (row.application.organization_id, row.sha256),
            LibraryEntry(
                organization_id=row.application.organization_id,
                stored=stored[row.sha256],
                title=row.title,
                file_name=row.file_name,
                sha256_as_uploaded=row.sha256_as_uploaded,
                uploaded_at=row.uploaded_at,
                uploaded_by_id=row.uploaded_by_id,
            ),
        )
    LibraryEntry.objects.bulk_create(wanted.values(), ignore_conflicts=True)
    found = LibraryEntry.objects.filter(
        organization__in={organization for organization, _sha256 in wanted},
        stored__in=stored.values(),
    ).select_related("stored")
    return {(entry.organization_id, entry.stored.sha256): entry for entry in found}


def back_into_applications(apps: Any, schema_editor: Any) -> None:
    Evidence = apps.get_model("applications", "Evidence")
    rows = Evidence.objects.filter(file_name__isnull=True).select_related("entry__stored")
    columns = ["file", "file_name", "media_type", "size", "sha256_as_uploaded"]
    for batch in _batches(rows):
        for row in batch:
            row.file = row.entry.stored.file.name
            row.file_name = row.entry.file_name
            row.media_type, row.size = row.entry.stored.media_type, row.entry.stored.size
            row.sha256_as_uploaded = row.entry.sha256_as_uploaded
        Evidence.objects.bulk_update(batch, columns)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("applications", "0007_cites_the_library")]

    operations = [migrations.RunPython(into_libraries, back_into_applications)]
