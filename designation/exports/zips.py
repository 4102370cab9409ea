"""A ZIP that is written a file at a time, and may be called off."""

from datetime import datetime
from typing import IO
from zipfile import ZipFile

from designation.site import clock

Moment = tuple[int, int, int, int, int, int]


def moment(at: datetime) -> Moment:
    """As an entry bears it: Chinese local time, without a zone."""
    local = at.astimezone(clock.SHANGHAI)
    return local.year, local.month, local.day, local.hour, local.minute, local.second


def abandon(archive: ZipFile, *files: IO[bytes]) -> None:
    """Close what one that was called off leaves open, and end no ZIP that is not whole."""
    archive.fp = None
    for file in files:
        file.close()
