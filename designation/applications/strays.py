"""Stored files that no row names: left by transactions rolled back and by uploads cut short."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from designation.evidence.storage import UNFINISHED

from .models import Evidence, Submission

# Where evidence lies under MEDIA_ROOT; nothing else is looked at.
FOLDER = "evidence"
_SET_ASIDE = ".stray-"


def strays(*, older_than: datetime) -> Iterator[Path]:
    """Files last written before ``older_than`` that neither a row nor a submission names.

    The moment is of the machine's own clock, as the times on its disk are.
    """
    root = Path(Evidence.file.field.storage.path(FOLDER))
    named = _named()
    for file in sorted(root.rglob("*")):
        is_ours = file.name.startswith((UNFINISHED, _SET_ASIDE)) or file.stem not in named
        if is_ours and file.is_file() and _is_older(file, older_than):
            yield file


def _named() -> frozenset[str]:
    """The hashes under which files are named: by evidence, taken away or not, and submissions."""
    held = set(Evidence.objects.values_list("sha256", flat=True))
    held.update(Path(name).stem for name in Evidence.objects.values_list("file", flat=True))
    for content in Submission.objects.values_list("content__evidence", flat=True).iterator():
        held.update(file["sha256"] for file in content or ())
    return frozenset(held)


def _is_older(file: Path, moment: datetime) -> bool:
    return file.stat().st_mtime < moment.timestamp()


def clear(file: Path, *, older_than: datetime) -> bool:
    """Delete a stray file; False for one that was stored anew meanwhile, which stays.

    It is set aside first: an upload of the same content writes its own copy beside it.
    """
    aside = file.with_name(f"{_SET_ASIDE}{file.name}")
    try:
        file.rename(aside)
    except FileNotFoundError:
        return False
    if not _is_older(aside, older_than):
        aside.rename(file)
        return False
    aside.unlink()
    return True
