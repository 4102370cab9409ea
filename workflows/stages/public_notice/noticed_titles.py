"""The notice on which the name of a title stood, for its page in the register."""

from designation.register.models import Designation
from designation.register.notices import Noticed

from .models import Notice, NoticeEntry


def notice_of(title: Designation) -> Noticed | None:
    """The last that ran its period: one that sent it back, or was broken off, came before."""
    unfinished = (Notice.Status.DRAFT, Notice.Status.STOPPED)
    entries = NoticeEntry.objects.filter(application=title.application_id)
    entries = entries.exclude(notice__status__in=unfinished)
    entry = entries.select_related("notice").order_by("-pk").first()
    return Noticed(entry.notice.title, entry.notice_id) if entry else None
