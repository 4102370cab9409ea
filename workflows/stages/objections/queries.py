"""Objections as pages read them: by receipt code, and which names are whose to hear."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from designation.organizations.models import Person, Role
from designation.organizations.rules import seats

from ..public_notice.models import NoticeEntry
from .models import Objection, ObjectionAttachment
from .objections import entries_to_enter, in_scope, may_be_entered

# What is sealed stays where it is until somebody opens one.
_ATTACHMENTS = Prefetch("attachments", ObjectionAttachment.objects.defer("sealed"))


def of_receipt(code: str) -> Objection | None:
    """The objection that its objector follows by this receipt code."""
    rows = Objection.objects.select_related("entry__notice", "entry__application__organization")
    return rows.filter(receipt_code=code).first() if code else None


def whole(person: Person) -> QuerySet[Objection]:
    """The objections that are a person's to read, with everything their page shows."""
    rows = in_scope(person).prefetch_related(_ATTACHMENTS)
    return rows.select_related(
        "entry__notice__round__jurisdiction",
        "entry__application__organization",
        "entry__application__round",
        "handled_by",
        "closed_by",
        "identity",
        "term",
    )


def hearing(entries: Iterable[NoticeEntry], person: Person) -> list[tuple[NoticeEntry, bool, bool]]:
    """Each name, whether an objection to it may be entered, and whether it is theirs to hear."""
    listed, heard = list(entries), set()
    if Role.OBJECTION_OFFICER in seats(person).roles:
        mine = entries_to_enter(person).filter(pk__in=[entry.pk for entry in listed])
        heard = set(mine.values_list("pk", flat=True))
    return [(entry, may_be_entered(entry), entry.pk in heard) for entry in listed]
