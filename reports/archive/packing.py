"""A ZIP with its manifest, written file by file: no file, and no list of all files, in memory.

Every file is hashed while it is written. ``manifest.json`` lists them, ``SHA256SUMS`` says the same
to ``sha256sum -c``; the hash of the manifest is what the record keeps of the whole.
"""

import hashlib
import io
import json
import tempfile
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from designation.evidence.refusals import EvidenceRefused
from designation.exports import zips

FORMAT = 1
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
_PIECE = 1 << 20
_READABLE_BY_ALL = 0o644 << 16
# Packed already; to pack them anew costs time and saves nothing.
_PACKED = (".pdf", ".jpg", ".png", ".docx", ".xlsx", ".webp")


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of the archive: where it lies, what opens it, and what the manifest says beside.

    What ``opened`` refuses is not there any more: the manifest says so. ``ends_case``: with it a
    case is whole.
    """

    path: str
    opened: Callable[[], IO[bytes]]
    about: dict[str, Any] = field(default_factory=dict)
    ends_case: bool = False


def written(path: str, content: bytes, **about: Any) -> Piece:
    """A piece that was composed."""
    return Piece(path, lambda: io.BytesIO(content), about)


def written_as_json(path: str, said: Any, **about: Any) -> Piece:
    """The same of what programs read, and people can."""
    return written(path, json.dumps(said, ensure_ascii=False, indent=1).encode(), **about)


class Package:
    """A ZIP under way, in ``file``."""

    def __init__(self, file: IO[bytes], *, dated: datetime) -> None:
        self.date_time = zips.moment(dated)
        self.zip = ZipFile(file, "w", allowZip64=True)
        # Lines of the manifest, one a file: a big round has tens of thousands.
        self.listed: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the package
        self.files = self.absent = 0
        weakref.finalize(self, zips.abandon, self.zip, file, self.listed)

    def add(self, piece: Piece) -> bool:
        """Write it, or note that it is lost; answers whether it is there."""
        try:
            content = piece.opened()
        except EvidenceRefused as lost:
            self._note({"path": piece.path, "absent": str(lost)} | piece.about)
            self.absent += 1
            return False
        with content:
            size, sha256 = self._write(piece.path, content)
        self._note({"path": piece.path, "bytes": size, "sha256": sha256} | piece.about)
        self.files += 1
        return True

    def _note(self, line: dict[str, Any]) -> None:
        self.listed.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")

    def _write(self, path: str, content: IO[bytes]) -> tuple[int, str]:
        info = ZipInfo(path, self.date_time)
        info.compress_type = ZIP_STORED if path.endswith(_PACKED) else ZIP_DEFLATED
        info.external_attr = _READABLE_BY_ALL
        digest, size = hashlib.sha256(), 0
        with self.zip.open(info, "w", force_zip64=True) as packed:
            while piece := content.read(_PIECE):
                digest.update(piece)
                packed.write(piece)
                size += len(piece)
        return size, digest.hexdigest()

    def close(self, heads: dict[str, Any]) -> str:
        """Write manifest and sums, and end the ZIP; answers the hash of the manifest."""
        with self.listed, tempfile.TemporaryFile() as spool:
            for line in self._manifest(heads):
                spool.write(line.encode())
            sha256 = self._add_own(MANIFEST, spool)
        with self.sums as spool:
            spool.write(f"{sha256}  {MANIFEST}\n".encode())
            self._add_own(SUMS, spool)
        self.zip.close()
        return sha256

    def _add_own(self, path: str, spool: IO[bytes]) -> str:
        spool.seek(0)
        return self._write(path, spool)[1]

    def _manifest(self, heads: dict[str, Any]) -> Iterator[str]:
        """The text of the manifest, line by line, while the sums are written beside."""
        self.sums: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by ``close``
        begun = json.dumps(heads, ensure_ascii=False, indent=1).removesuffix("\n}")
        yield f'{begun},\n "files": ['
        self.listed.seek(0)
        separator = "\n  "
        for text in self.listed:
            line = json.loads(text)
            if "sha256" in line and "absent" not in line:
                self.sums.write(f"{line['sha256']}  {line['path']}\n".encode())
            yield separator + text.decode().rstrip("\n")
            separator = ",\n  "
        yield "\n ]\n}\n"
