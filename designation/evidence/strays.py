"""Stored files that no row names: left by rows that failed, by uploads cut short, by erasures."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.files.storage import default_storage

from .contents import kept_alone
from .models import FOLDER, StoredFile, hash_in

# Rooms above whose records name files by their hash, whatever became of the rows.
_NAMED: list[Callable[[], Iterable[str]]] = []


def spare(hashes: Callable[[], Iterable[str]]) -> None:
    """Never take a file for a stray whose hash is among those that ``hashes`` gives."""
    _NAMED.append(hashes)


@dataclass(frozen=True, slots=True)
class Stray:
    """A file by its name in the storage, with its bytes."""

    name: str
    size: int


def strays(*, older_than: datetime) -> Iterator[Stray]:
    """Files last written before ``older_than`` that neither a row nor a record names.

    The moment is of the machine's own clock, as the times in its storage are.
    """
    held = _held()
    for name in _files(FOLDER):
        if not _is_named(name, held) and _is_older(name, older_than):
            yield Stray(name, default_storage.size(name))


def _files(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{file}" for file in sorted(files))
    for inner in sorted(folders):
        yield from _files(f"{folder}/{inner}")


@dataclass(frozen=True, slots=True)
class _Held:
    names: frozenset[str]
    hashes: frozenset[str]


def _held() -> _Held:
    """The names that rows hold, and the hashes that records hold."""
    names: set[str] = set()
    for row in StoredFile.objects.filter(erased_at__isnull=True).iterator():
        names.update([str(row.file.name), *row.preview_names])
    erased = StoredFile.objects.filter(erased_at__isnull=False).values_list("sha256", flat=True)
    hashes = {sha256 for named in _NAMED for sha256 in named()}
    return _Held(frozenset(names), frozenset(hashes.difference(erased)))


def _is_named(name: str, held: _Held) -> bool:
    return name in held.names or _stem(name) in held.hashes


def _stem(name: str) -> str:
    return name.rpartition("/")[2].partition(".")[0]


def _is_older(name: str, moment: datetime) -> bool:
    return default_storage.get_modified_time(name) < moment


def clear(stray: Stray, *, older_than: datetime) -> bool:
    """Delete a stray file; False for one that somebody brings again meanwhile, which stays."""
    with kept_alone(stray.name) as is_alone:
        if not is_alone:
            return False
        try:
            stays = _is_held_now(stray.name) or not _is_older(stray.name, older_than)
        except FileNotFoundError:
            return False
        if not stays:
            default_storage.delete(stray.name)
        return not stays


def _is_held_now(name: str) -> bool:
    """Asked anew: a row may have come since the files were listed."""
    rows = StoredFile.objects.filter(sha256=hash_in(name), erased_at__isnull=True)
    return any(name in (row.file.name, *row.preview_names) for row in rows)
