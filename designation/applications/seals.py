"""The signed and sealed page of an application: put in the place of the one before, which stays."""

from django.db.models import QuerySet

from designation.evidence.models import LibraryEntry
from designation.organizations.models import Person
from designation.site import clock

from .models import Application, SignedPage
from .rules import refuse_unless_applicant


def of(application: Application) -> QuerySet[SignedPage]:
    """All that were ever brought, the one that stands first."""
    rows: QuerySet[SignedPage] = SignedPage.objects.filter(application=application)
    return rows.select_related("entry__stored", "brought_by", "submission")


def put(application: Application, entry: LibraryEntry, *, actor: Person) -> SignedPage:
    """Let ``entry`` stand, while the application is held; the same file again changes nothing.

    Raises Refusal for who is not of the applicant.
    """
    refuse_unless_applicant(application, actor)
    now = clock.now()
    standing = SignedPage.objects.filter(application=application, replaced_at__isnull=True)
    same = standing.filter(entry=entry).first()
    if same is not None:
        return same
    standing.update(replaced_at=now)
    return SignedPage.objects.create(
        application=application,
        submission=application.submission,
        entry=entry,
        sha256=entry.stored.sha256,
        brought_at=now,
        brought_by=actor,
    )
