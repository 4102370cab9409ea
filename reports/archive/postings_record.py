"""Where a notice was posted: a table of the postings, and the pictures that prove them."""

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _

from designation.evidence import citations
from workflows.stages.public_notice.models import Notice, NoticePosting

from . import library_files, names
from .packing import Piece, written
from .tables import csv_file


def pieces(root: str, notice: Notice, number: int) -> Iterator[Piece]:
    """The pictures, then the table that says of each what it shows; nothing of one never posted.

    ``number`` is that of the notice in the folder.
    """
    posted = list(notice.postings.all())
    if not posted:
        return
    shown, folder = citations.of_subjects(posted), _("公示-%(number)s-张贴") % {"number": number}
    paths = {}
    for place, one in enumerate(posted, start=1):
        if (entry := shown.get(one.pk)) is None:
            continue
        titled = f"{one.posted_on.isoformat()}-{one.place}"
        name = names.numbered(place, titled, entry.stored.media_type)
        paths[one.pk] = f"{folder}/{name}"
        about = {"what": "posting", "channel": one.channel} | library_files.about(entry)
        yield Piece(f"{root}{paths[one.pk]}", partial(library_files.opened, entry), about)
    rows = [_row(one, paths.get(one.pk, "")) for one in posted]
    yield written(f"{root}{folder}.csv", csv_file(_heads(), rows), what="postings")


def _heads() -> tuple[str, ...]:
    return (
        _("公示渠道"),
        _("具体位置"),
        _("张贴（发布）日期"),
        _("张贴（发布）人"),
        _("登记时间"),
        _("照片"),
    )


def _row(one: NoticePosting, path: str) -> tuple[object, ...]:
    return (
        one.get_channel_display(),
        one.place,
        one.posted_on,
        one.posted_by,
        one.at,
        path or _("（没有文件）"),
    )
