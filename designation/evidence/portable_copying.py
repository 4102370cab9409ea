"""The pages of a PDF written anew from what drawing them takes, and from nothing else.

Each dictionary is copied by the keys that are named here for its kind, so that what a program
or a later standard writes beside the pages is left behind without being known by name: who made
it and when, where and with what a picture was taken, signatures, scripts, files within, outlines,
earlier states. Streams are copied as they lie, pictures among them without what tells of them
(``picture_streams``), and colour profiles by their figures (``colours``). What stands in the
drawing of a page itself stays, for it is what the page says: its letters, and within fonts the
words of their makers.
"""

import io
from collections.abc import Iterable

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from . import colours, picture_streams
from .portable_opening import TooIntricate


def _names(words: str) -> frozenset[str]:
    return frozenset(f"/{word}" for word in words.split())


# Kinds of dictionaries. Of one that maps names given by its maker, every name is copied.
_DRAWN, _RESOURCES, _BY_NAME, _LAYER, _LAYERS_BY_NAME, _LAYERS = range(6)
_REMARK, _LOOKS, _FRAME, _PROFILE = range(6, 10)

_PAGE = _names("MediaBox CropBox BleedBox TrimBox ArtBox Rotate UserUnit Resources Contents Group")
_OF_A_LAYER = _names(
    "Type OCGs P VE Intent Usage Print PrintState View ViewState Export ExportState ActualText"
)
_KEYS: dict[int, frozenset[str]] = {
    # One set for all that is drawn: a key means the same, or is not read, in another of them.
    _DRAWN: _names(
        # Graphics states, masks and groups
        "Type LW LC LJ ML D RI OP op OPM Font BG BG2 UCR UCR2 TR TR2 FL SM SA BM SMask CA ca AIS "
        "TK S G BC CS I K "
        # Patterns, shadings, functions
        "PatternType PaintType TilingType BBox XStep YStep Resources Matrix Shading ExtGState "
        "ShadingType ColorSpace Background AntiAlias Domain Function Coords Extend "
        "BitsPerCoordinate BitsPerComponent BitsPerFlag VerticesPerRow Decode "
        "FunctionType Range Size BitsPerSample Order Encode C0 C1 N Functions Bounds "
        # Fonts
        "Subtype BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode FontBBox "
        "FontMatrix CharProcs DescendantFonts CIDSystemInfo DW W DW2 W2 CIDToGIDMap BaseEncoding "
        "Differences UseCMap CMapName WMode Registry Ordering Supplement FontName FontFamily "
        "FontStretch FontWeight Flags ItalicAngle Ascent Descent Leading CapHeight XHeight StemV "
        "StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 CharSet CIDSet "
        "Length1 Length2 Length3 "
        # Pictures and drawings within drawings
        "FormType Group Width Height ImageMask Mask Interpolate SMaskInData Matte OC Filter "
        "DecodeParms Predictor Colors Columns EarlyChange EndOfLine EncodedByteAlign Rows "
        "EndOfBlock BlackIs1 DamagedRowsBeforeError JBIG2Globals ColorTransform "
        # Colours
        "WhitePoint BlackPoint Gamma Colorants Process Components"
    ),
    _RESOURCES: _names("ExtGState ColorSpace Pattern Shading XObject Font Properties ProcSet"),
    _LAYER: _OF_A_LAYER,
    _LAYERS: _names("OCGs D BaseState ON OFF AS Event Category Intent RBGroups"),
    # What was filled in, and what was written or drawn upon a page, without whom or when.
    _REMARK: _names(
        "Type Subtype Rect F AP AS Border BS BE C CA ca BM IC QuadPoints InkList L Vertices LE LL "
        "LLE CL RD DA Q Contents OC IT Cap CO FT Ff V MaxLen Opt TI I MK H Parent Kids"
    ),
    _LOOKS: _names("N D R"),
    _FRAME: _names("R BC BG CA TP W S D I"),
}
_WITHIN: dict[int, dict[str, int]] = {
    _DRAWN: {
        "/Resources": _RESOURCES,
        "/CharProcs": _BY_NAME,
        "/Colorants": _BY_NAME,
        "/OC": _LAYER,
    },
    _RESOURCES: {
        name: _LAYERS_BY_NAME if name == "/Properties" else _BY_NAME for name in _KEYS[_RESOURCES]
    },
    _BY_NAME: {},
    _LAYERS_BY_NAME: {},
    _LAYER: dict.fromkeys(_OF_A_LAYER, _LAYER),
    _LAYERS: {"/OCGs": _LAYER, "/ON": _LAYER, "/OFF": _LAYER, "/RBGroups": _LAYER}
    | {"/D": _LAYERS, "/AS": _LAYERS},
    _REMARK: {"/AP": _LOOKS, "/OC": _LAYER, "/BS": _FRAME, "/BE": _FRAME, "/MK": _FRAME}
    | {"/Parent": _REMARK, "/Kids": _REMARK},
    _LOOKS: dict.fromkeys(_names("N D R"), _BY_NAME),
    _FRAME: {},
}
_OTHERWISE = {_LAYERS_BY_NAME: _LAYER}
# Told in windows of their own, that belong to remarks.
_NOT_DRAWN = frozenset({"/Popup"})
# A signature is a dictionary with a name, a place, a reason and a number to call.
_FILLED_IN = (TextStringObject, ByteStringObject, NameObject, NumberObject, ArrayObject)
_PICTURES = {
    "/DCTDecode": picture_streams.bare_jpeg,
    "/DCT": picture_streams.bare_jpeg,
    "/JPXDecode": picture_streams.bare_jpeg_2000,
}
_RED_GREEN_BLUE = 3
_BY_COMPONENTS = {1: "/DeviceGray", _RED_GREEN_BLUE: "/DeviceRGB", 4: "/DeviceCMYK"}
_BY_PROFILE = "/ICCBased"
# Our default: each thing in a list counts for one, and so do 64 bytes of a picture.
# A hundred printed pages with a Chinese letter hold some 50,000.
MOST_COPIED = 1_000_000
_BYTES_FOR_ONE = 64
_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def bare(reader: PdfReader) -> bytes:
    """The pages alone. Raises ValueError for one without a page, and LimitReachedError."""
    copy = _Copy(_Sheaf())
    pages = copy.sheaf.reserved()
    kids = [copy.page(page, pages) for page in reader.pages]
    if not kids:
        raise ValueError("It has no page.")
    count = NumberObject(len(kids))
    tree = _dictionary({"Type": NameObject("/Pages"), "Kids": ArrayObject(kids), "Count": count})
    copy.sheaf.put(pages, tree)
    catalog: dict[str, PdfObject] = {"Type": NameObject("/Catalog"), "Pages": pages}
    catalog |= copy.beside_the_pages(reader.root_object)
    return copy.sheaf.written(copy.sheaf.added(_dictionary(catalog)))


def _dictionary(entries: dict[str, PdfObject]) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


class _Sheaf:
    """Objects of a new file, by number."""

    def __init__(self) -> None:
        self._objects: list[PdfObject] = []

    def reserved(self) -> IndirectObject:
        return self.added(NullObject())

    def added(self, made: PdfObject) -> IndirectObject:
        self._objects.append(made)
        return IndirectObject(len(self._objects), 0, self)

    def put(self, reference: IndirectObject, made: PdfObject) -> None:
        self._objects[reference.idnum - 1] = made

    def written(self, root: IndirectObject) -> bytes:
        file = io.BytesIO()
        file.write(_HEAD)
        places = []
        for number, one in enumerate(self._objects, start=1):
            places.append(file.tell())
            file.write(b"%d 0 obj\n" % number)
            one.write_to_stream(file)
            file.write(b"\nendobj\n")
        table = file.tell()
        count = len(places) + 1
        file.write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        file.writelines(b"%010d 00000 n \n" % place for place in places)
        trailer = _dictionary({"Size": NumberObject(count), "Root": root})
        file.write(b"trailer\n")
        trailer.write_to_stream(file)
        file.write(b"\nstartxref\n%d\n%%%%EOF\n" % table)
        return file.getvalue()


class _Copy:
    """Copies what is asked for into a sheaf, and with it all that it leads to, each once."""

    def __init__(self, sheaf: _Sheaf) -> None:
        self.sheaf = sheaf
        self._done: dict[tuple[int, int, int], PdfObject] = {}
        self._copied = 0
        self._layers = 0
        self._fields = 0
        self._forms: list[IndirectObject] = []

    def page(self, page: DictionaryObject, parent: IndirectObject) -> IndirectObject:
        made = _dictionary({"Type": NameObject("/Page"), "Parent": parent})
        for key in _PAGE & page.keys():
            self._take(made, key, page, _RESOURCES if key == "/Resources" else _DRAWN)
        remarks = _at(page, "/Annots")
        if isinstance(remarks, ArrayObject):
            drawn = [one for one in remarks if _is_drawn(one.get_object())]
            made[NameObject("/Annots")] = ArrayObject(self._of(one, _REMARK) for one in drawn)
        return self.sheaf.added(made)

    def beside_the_pages(self, root: DictionaryObject) -> dict[str, PdfObject]:
        """Which layers are seen, and by which letters a form shows what was filled in."""
        found: dict[str, PdfObject] = {}
        if "/OCProperties" in root:
            found["OCProperties"] = self._of(root["/OCProperties"], _LAYERS)
        form = _at(root, "/AcroForm")
        if self._forms and isinstance(form, DictionaryObject):
            kept = _dictionary({"Fields": ArrayObject(self._forms)})
            for key in _names("DR DA Q NeedAppearances") & form.keys():
                self._take(kept, key, form, _RESOURCES if key == "/DR" else _DRAWN)
            found["AcroForm"] = kept
        return found

    def _take(self, made: DictionaryObject, key: str, source: DictionaryObject, kind: int) -> None:
        made[NameObject(key)] = self._of(source.raw_get(key), kind)

    def _count(self, more: int) -> None:
        self._copied += more
        if self._copied > MOST_COPIED:
            raise TooIntricate("Its pages lead to too much.")

    def _of(self, value: PdfObject, kind: int) -> PdfObject:
        self._count(1)
        if not isinstance(value, IndirectObject):
            return self._made(value, kind)
        place = (value.generation, value.idnum, kind)
        if place not in self._done:
            # What leads back to itself finds the place kept for it.
            self._done[place] = reference = self.sheaf.reserved()
            resolved = value.get_object()
            made = self._made(NullObject() if resolved is None else resolved, kind)
            self.sheaf.put(reference, made)
            if kind == _REMARK and isinstance(made, DictionaryObject) and _is_a_form(made):
                self._forms.append(reference)
        return self._done[place]

    def _made(self, value: PdfObject, kind: int) -> PdfObject:
        if isinstance(value, ArrayObject):
            return self._array(value, kind)
        if isinstance(value, StreamObject):
            return self._stream(value, kind)
        if isinstance(value, DictionaryObject):
            return self._entries(DictionaryObject(), value, kind)
        return value

    def _array(self, value: ArrayObject, kind: int) -> PdfObject:
        if len(value) > 1 and value[0] == _BY_PROFILE:
            return self._colours(value)
        return ArrayObject(self._of(one, kind) for one in value)

    def _entries(
        self, made: DictionaryObject, source: DictionaryObject, kind: int
    ) -> DictionaryObject:
        within, otherwise = _WITHIN[kind], _OTHERWISE.get(kind, _DRAWN)
        keys: Iterable[str] = source.keys()
        if kind in _KEYS:
            keys = [key for key in keys if key in _KEYS[kind]]
        for key in keys:
            self._take(made, key, source, within.get(key, otherwise))
        if kind == _LAYER and made.get("/Type") == "/OCG":
            self._layers += 1
            made[NameObject("/Name")] = TextStringObject(str(self._layers))
        if kind == _REMARK:
            self._finish_a_field(made, source)
        return made

    def _finish_a_field(self, made: DictionaryObject, source: DictionaryObject) -> None:
        """A field keeps what was filled in, under a number for its name; a signature its looks."""
        if "/V" in source and not isinstance(source["/V"], _FILLED_IN):
            del made["/V"]
        if "/T" in source and source.get("/Subtype", "/Widget") == "/Widget":
            self._fields += 1
            made[NameObject("/T")] = TextStringObject(str(self._fields))

    def _stream(self, value: StreamObject, kind: int) -> StreamObject:
        made = StreamObject()
        # What something looks like in several states is a dictionary; in one, a drawing.
        self._entries(made, value, _DRAWN if kind == _BY_NAME else kind)
        filters, content = _unwrapped(value)
        if bare_picture := _PICTURES.get(filters[-1] if filters else ""):
            self._count(len(content) // _BYTES_FOR_ONE)
            content = bare_picture(content)
            self._say_one_filter(made, value)
        made._data = content  # noqa: SLF001 - as it lies; the library would pack it anew
        return made

    def _say_one_filter(self, made: StreamObject, source: StreamObject) -> None:
        made[NameObject("/Filter")] = NameObject(_filters(source)[-1])
        said = _at(source, "/DecodeParms")
        if isinstance(said, ArrayObject):
            made[NameObject("/DecodeParms")] = self._of(said[-1], _DRAWN)

    def _colours(self, value: ArrayObject) -> PdfObject:
        """A profile by its figures; where it is none, the plain colours that it stands for."""
        source = value[1].get_object()
        place = (0, id(source), _PROFILE)
        if place not in self._done:
            self._done[place] = self._bare_colours(source)
        return self._done[place]

    def _bare_colours(self, source: StreamObject) -> PdfObject:
        count = NumberObject(source.get("/N", _RED_GREEN_BLUE))
        profile = StreamObject()
        try:
            profile.set_data(colours.bare(source.get_data()))
        except ValueError:
            return NameObject(_BY_COMPONENTS[count])
        self._count(len(profile.get_data()) // _BYTES_FOR_ONE)
        packed = profile.flate_encode()
        packed[NameObject("/N")] = count
        return ArrayObject([NameObject(_BY_PROFILE), self.sheaf.added(packed)])


def _at(source: DictionaryObject, key: str) -> PdfObject | None:
    """What lies there in the end."""
    return source[key].get_object() if key in source else None


def _is_drawn(remark: PdfObject | None) -> bool:
    return isinstance(remark, DictionaryObject) and remark.get("/Subtype") not in _NOT_DRAWN


def _is_a_form(made: DictionaryObject) -> bool:
    """Whether it is a field at the root of a form."""
    return "/T" in made and "/Parent" not in made


def _filters(value: StreamObject) -> list[str]:
    said = _at(value, "/Filter") or ArrayObject()
    return [str(one) for one in said] if isinstance(said, ArrayObject) else [str(said)]


def _unwrapped(value: StreamObject) -> tuple[list[str], bytes]:
    """Its filters and content; of a picture packed once more, with that wrapping off."""
    filters = _filters(value)
    content: bytes = value._data  # noqa: SLF001 - as it lies, not unpacked
    if len(filters) < 2 or filters[-1] not in _PICTURES:  # noqa: PLR2004 - it and one more
        return filters, content
    wrapped = EncodedStreamObject()
    wrapped._data = content  # noqa: SLF001 - as above
    wrapped[NameObject("/Filter")] = ArrayObject(NameObject(one) for one in filters[:-1])
    said = _at(value, "/DecodeParms")
    if isinstance(said, ArrayObject):
        wrapped[NameObject("/DecodeParms")] = ArrayObject(said[: len(filters) - 1])
    return filters[-1:], wrapped.get_data()
