"""Word and Excel files: packages (ZIP) judged by what their parts say they are.

The names of parts and the order in a package are free (ECMA-376, part 2): only
``[Content_Types].xml`` and the relationships tell what a part is.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from . import refusals
from .foreign import COMPOUND
from .names import DOCX, XLSX

ZIP = b"PK\x03\x04"
_CONTENT_TYPES = "[content_types].xml"
_MAIN = {f"{kind}.main+xml".lower(): kind for kind in (DOCX, XLSX)}
_TEMPLATES = ("wordprocessingml.template", "spreadsheetml.template")
_MACRO_TYPES = ("macroenabled", "vbaproject", "vbadata", "macrosheet", "keymapcustomizations")
_EMBEDDED_TYPES = ("oleobject", "activex")
_BINARY_BOOK = "ms-excel.sheet.binary"
_MACRO_LINKS = ("vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet")
_EMBEDDED_LINKS = ("oleobject", "control", "activexcontrolbinary")
_TEMPLATE_LINK = "attachedtemplate"
_REMOTE = ("http:", "https:", "ftp:", "\\\\", "file://///", "//")
# Our defaults: what an honest document of 20 MB stays below.
_MOST_PARTS = 5_000
_MOST_UNPACKED = 200 * 1024 * 1024
_MOST_RATIO = 200
# Small parts, and sheets that repeat themselves, compress well without being a trap.
_RATIO_FROM = 20 * 1024 * 1024
_LARGEST_LIST = 4 * 1024 * 1024
_CHUNK = 1024 * 1024
_END = b"PK\x05\x06"
_END_LENGTH = 22
_ENCRYPTED = 0x1


class _Unpacked:
    """Counts what has really been unpacked of an upload, packages within packages included."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.total = 0
        self.is_inner = False

    def add(self, count: int) -> None:
        self.total += count
        if self.total > _MOST_UNPACKED:
            raise refusals.too_large_unpacked(self.name)


def media_type(content: bytes, name: str) -> str:
    """DOCX or XLSX. Raises EvidenceRefused for every other package, and for what could act."""
    return _judged(content, name, _Unpacked(name))


def _judged(content: bytes, name: str, unpacked: _Unpacked) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_entries(package.infolist(), name)
            _check_is_alone(package, content, name)
            return _type_of(package, name, unpacked)
    except refusals.EvidenceRefused:
        raise
    except Exception as damage:  # a damaged package fails anywhere in the libraries that read it
        raise refusals.damaged(name) from damage


def _check_entries(entries: list[zipfile.ZipInfo], name: str) -> None:
    """What the package says of itself: its sizes, its names, whether a password shuts it."""
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise refusals.locked(name)
    if len(entries) > _MOST_PARTS or any(
        entry.file_size > _RATIO_FROM and entry.file_size > _MOST_RATIO * entry.compress_size
        for entry in entries
    ):
        raise refusals.too_large_unpacked(name)
    if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise refusals.too_large_unpacked(name)
    names = [_key(entry.filename) for entry in entries]
    if len(set(names)) != len(names):
        # Two programs would open two different parts.
        raise refusals.damaged(name)


def _check_is_alone(package: zipfile.ZipFile, content: bytes, name: str) -> None:
    """Nothing stands before, behind or at the head of the package that another program opens."""
    first = min((entry.header_offset for entry in package.infolist()), default=0)
    ends = content.rfind(_END) + _END_LENGTH == len(content)
    if first or not ends or b"%PDF-" in content[:1024]:
        raise refusals.two_in_one(name)


def _type_of(package: zipfile.ZipFile, name: str, unpacked: _Unpacked) -> str:
    parts = {_key(entry.filename): entry for entry in package.infolist() if not entry.is_dir()}
    if _CONTENT_TYPES not in parts:
        raise _other_package(parts, name)
    types = _types(_read(package, parts[_CONTENT_TYPES], name), parts, name)
    _check_types(types, name)
    mains = [_MAIN[kind] for kind in types.values() if kind in _MAIN]
    if len(mains) != 1:
        raise _other_document(types, name)
    _check_contents(package, parts, name, unpacked)
    return mains[0]


def _other_package(parts: Mapping[str, zipfile.ZipInfo], name: str) -> refusals.EvidenceRefused:
    """OFD and OpenDocument are packages too; all others are archives."""
    if "ofd.xml" in parts or "mimetype" in parts:
        return refusals.save_as_pdf(name)
    return refusals.archive(name)


def _other_document(types: Mapping[str, str], name: str) -> refusals.EvidenceRefused:
    if any(word in kind for kind in types.values() for word in _TEMPLATES):
        return refusals.template(name)
    if any("presentationml" in kind or "visio" in kind for kind in types.values()):
        return refusals.save_as_pdf(name)
    return refusals.not_allowed(name)


def _key(part: str) -> str:
    """Names of parts are the same whatever their case."""
    return part.replace("\\", "/").lstrip("/").lower()


def _read(package: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    with package.open(entry) as part:
        content = part.read(_LARGEST_LIST + 1)
    if len(content) > _LARGEST_LIST:
        raise refusals.too_large_unpacked(name)
    return content


def _xml(content: bytes, name: str) -> "etree._Element":
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        # Office parts have no document type; one that has could name entities.
        raise refusals.damaged(name)
    return root


def _types(content: bytes, parts: Mapping[str, zipfile.ZipInfo], name: str) -> dict[str, str]:
    """The type of each part that is there, in small letters: its own, else that of its ending."""
    root = _xml(content, name)
    own: dict[str, str] = {}
    by_ending: dict[str, str] = {}
    for entry in root.iter("{*}Override", "{*}Default"):
        kind = entry.get("ContentType", "").split(";")[0].strip().lower()
        if etree.QName(entry).localname == "Override":
            own[_key(entry.get("PartName", ""))] = kind
        else:
            by_ending[entry.get("Extension", "").lower()] = kind
    return {part: own.get(part) or by_ending.get(part.rpartition(".")[2], "") for part in parts}


def _check_types(types: Mapping[str, str], name: str) -> None:
    for part, kind in types.items():
        if _BINARY_BOOK in kind:
            raise refusals.save_as_xlsx(name)
        if any(word in kind for word in _MACRO_TYPES) or "vbaproject" in part:
            raise refusals.macros(name)
    if any(word in kind for kind in types.values() for word in _EMBEDDED_TYPES):
        raise refusals.embedded(name)


def _check_contents(
    package: zipfile.ZipFile,
    parts: Mapping[str, zipfile.ZipInfo],
    name: str,
    unpacked: _Unpacked,
) -> None:
    """Unpack every part, count what really comes out, and look at what could act."""
    for part, entry in parts.items():
        if part.endswith(".rels"):
            _check_links(_read(package, entry, name), name)
        chunks = _unpack(package, entry, unpacked)
        head = next(chunks, b"")
        if head.startswith(COMPOUND):
            raise refusals.embedded(name)
        if head.startswith(ZIP):
            _check_inner(head + b"".join(chunks), name, unpacked)
        for _rest in chunks:
            pass


def _unpack(
    package: zipfile.ZipFile, entry: zipfile.ZipInfo, unpacked: _Unpacked
) -> Iterator[bytes]:
    with package.open(entry) as part:
        while chunk := part.read(_CHUNK):
            unpacked.add(len(chunk))
            yield chunk


def _check_inner(content: bytes, name: str, unpacked: _Unpacked) -> None:
    """The table behind a chart is a workbook of its own; no other package is part of a document."""
    if unpacked.is_inner:
        raise refusals.embedded(name)
    unpacked.is_inner = True
    try:
        _judged(content, name, unpacked)
    except refusals.EvidenceRefused as refused:
        raise refusals.embedded(name) from refused
    unpacked.is_inner = False


def _check_links(content: bytes, name: str) -> None:
    for link in _xml(content, name).iter("{*}Relationship"):
        kind = link.get("Type", "").rstrip("/").rpartition("/")[2].lower()
        if kind in _MACRO_LINKS:
            raise refusals.macros(name)
        if kind in _EMBEDDED_LINKS:
            raise refusals.embedded(name)
        target = link.get("Target", "").strip().lower()
        if kind == _TEMPLATE_LINK and target.startswith(_REMOTE):
            raise refusals.remote_template(name)
