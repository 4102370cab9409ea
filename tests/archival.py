"""Reading of a PDF against clauses of ISO 19005-2 and 19005-3 that a program can decide alone.

Not the whole of a conformance checker: what stands here is what was validated.
"""

import re
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

_HIDDEN, _PRINTED, _UNSEEN = 1 << 1, 1 << 2, 1 << 5
_FORBIDDEN_ACTIONS = {
    "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState",
    "/Rendition", "/Trans", "/GoTo3DView", "/JavaScript",
}  # fmt: skip
_BLENDS = {
    "/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten",
    "/ColorDodge", "/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue",
    "/Saturation", "/Color", "/Luminosity",
}  # fmt: skip


def faults(content, part=2):
    """The clauses (of the part) that the file breaks, each with what breaks it."""
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        return ["6.1.3 encrypted"]
    root = reader.trailer["/Root"].get_object()
    found = [*_of_the_file(content, reader), *_of_the_catalogue(root, part)]
    for one in _objects(reader):
        found += _of_an_object(one, part)
    return found + _of_the_metadata(reader, root, part)


def _of_the_file(content, reader):
    if not re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}", content):
        yield "6.1.2 header"
    if "/ID" not in reader.trailer:
        yield "6.1.3 no identifier"


def _of_the_catalogue(root, part):
    intents = [one.get_object() for one in root.get("/OutputIntents", [])]
    if not any(one.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in one for one in intents):
        yield "6.2.3 no output intent"
    if "/AA" in root or "/NeedsRendering" in root:
        yield "6.5.2 acts by itself"
    if "/XFA" in root.get("/AcroForm", {}):
        yield "6.4.2 dynamic form"
    if part == 2 and "/EmbeddedFiles" in root.get("/Names", {}):
        yield "6.8 attached"


def _of_an_object(one, part):
    kind, subtype = one.get("/Type"), one.get("/Subtype")
    if isinstance(one, StreamObject):
        yield from _of_a_stream(one)
    if kind == "/Font":
        yield from _of_a_font(one)
    if kind == "/Annot" and subtype != "/Popup":
        flags = one.get("/F", 0)
        if not flags & _PRINTED or flags & (_HIDDEN | _UNSEEN):
            yield f"6.3.2 {subtype} is not printed"
    if one.get("/S") in _FORBIDDEN_ACTIONS:
        yield f"6.5.1 {one['/S']}"
    if kind == "/Filespec" and part == 3 and "/AFRelationship" not in one:
        yield "6.8 attached without its relation"
    if kind == "/ExtGState":
        yield from _of_a_state(one)


def _of_a_stream(one):
    if {"/F", "/FFilter", "/FDecodeParms"} & one.keys():
        yield "6.1.7.1 content elsewhere"
    filters = one.get("/Filter", [])
    if "/LZWDecode" in (filters if isinstance(filters, ArrayObject) else [filters]):
        yield "6.1.7.2 LZW"
    if one.get("/Subtype") == "/PS" or {"/Ref", "/OPI"} & one.keys():
        yield "6.2.9 foreign content"
    if one.get("/Interpolate") or "/Alternates" in one:
        yield "6.2.8 image"


def _of_a_font(one):
    name = one.get("/BaseFont", "?")
    described = [one, *(child.get_object() for child in one.get("/DescendantFonts", []))]
    if one.get("/Subtype") in ("/CIDFontType0", "/CIDFontType2"):
        return
    sheets = [each["/FontDescriptor"] for each in described if "/FontDescriptor" in each]
    embedded = any({"/FontFile", "/FontFile2", "/FontFile3"} & sheet.keys() for sheet in sheets)
    if not embedded and one.get("/Subtype") != "/Type3":
        yield f"6.2.11.4.1 {name} is not embedded"
    if "/ToUnicode" not in one:
        yield f"6.2.11.7.2 {name} says no characters"


def _of_a_state(one):
    if "/TR" in one or one.get("/TR2", "/Default") != "/Default" or "/HTP" in one:
        yield "6.2.5 transfer function"
    blend = one.get("/BM", "/Normal")
    if any(each not in _BLENDS for each in (blend if isinstance(blend, ArrayObject) else [blend])):
        yield f"6.2.10 {blend}"


def _of_the_metadata(reader, root, part):
    told = root["/Metadata"].get_data().decode()
    found = []
    if f"<pdfaid:part>{part}</pdfaid:part>" not in told:
        found.append("6.6.4 part")
    if "<pdfaid:conformance>U</pdfaid:conformance>" not in told:
        found.append("6.6.4 level")
    if reader.metadata.title and reader.metadata.title not in told:
        found.append("6.6.3 title said otherwise")
    return found


def _objects(reader):
    """Every dictionary and stream of the file, each once."""
    waiting, seen = [reader.trailer["/Root"]], set()
    while waiting:
        one = waiting.pop()
        key = getattr(one, "idnum", None)
        if key in seen and key is not None:
            continue
        seen.add(key)
        one = one.get_object()
        if isinstance(one, DictionaryObject):
            yield one
            waiting += [one.raw_get(name) for name in one]
        elif isinstance(one, ArrayObject):
            waiting += list(one)
