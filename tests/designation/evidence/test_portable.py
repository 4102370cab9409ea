"""PDFs made bare: the pages look and read as before, and nothing is told beside them."""

import io
import zlib

import pypdf
import pypdfium2
import pytest
from PIL import Image
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from designation.evidence import portable, portable_copying, portable_opening
from designation.evidence.refusals import EvidenceRefused
from tests import files

SECRET = "Secret"


def named(**entries):
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def text(told=SECRET):
    return TextStringObject(told)


def script():
    return named(S=NameObject("/JavaScript"), JS=text())


def stream(content, **entries):
    made = DecodedStreamObject()
    made.set_data(content)
    made.update(named(**entries))
    return made


class Sheet:
    """A page with a picture on it, into which a test puts what it asks about."""

    def __init__(self, picture=None, colours="/DeviceRGB", packed=("/DCTDecode",)):
        self.writer = pypdf.PdfWriter()
        self.page = self.writer.add_blank_page(96, 64)
        filters = ArrayObject(NameObject(one) for one in packed)
        self.picture = stream(
            files.jpeg_with_everything() if picture is None else picture,
            Type=NameObject("/XObject"),
            Subtype=NameObject("/Image"),
            Width=NumberObject(48),
            Height=NumberObject(32),
            BitsPerComponent=NumberObject(8),
            ColorSpace=NameObject(colours) if isinstance(colours, str) else colours(self.add),
            Filter=filters if len(filters) > 1 else filters[0],
            Metadata=self.add(stream(b"<x:xmpmeta>Secret</x:xmpmeta>")),
        )
        drawn = named(Im0=self.add(self.picture))
        font = named(
            Type=NameObject("/Font"),
            Subtype=NameObject("/Type1"),
            BaseFont=NameObject("/Helvetica"),
        )
        self.page[NameObject("/Resources")] = named(XObject=drawn, Font=named(F1=self.add(font)))
        said = b"q 96 0 0 64 0 0 cm /Im0 Do Q BT /F1 12 Tf 5 5 Td (Field) Tj ET"
        self.page[NameObject("/Contents")] = self.add(stream(said))

    def add(self, made):
        return self.writer._add_object(made)

    def written(self):
        file = io.BytesIO()
        self.writer.write(file)
        return file.getvalue()


def everything(content):
    """What it says, packed or not: every object that stands in it."""
    read = pypdf.PdfReader(io.BytesIO(content))
    objects = [read.get_object(number) for number in range(1, int(read.trailer["/Size"]))]
    streams = [one._data for one in objects if hasattr(one, "_data")]
    unpacked = [one.get_data() for one in objects if "/Filter" in one and "FlateD" in str(one)]
    return repr((read.trailer, objects)).encode() + content + b"".join(streams + unpacked)


def drawn(content):
    document = pypdfium2.PdfDocument(content)
    return [page.render(scale=2).to_pil().tobytes() for page in document]


def read(content):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def bare(content):
    """Made bare, and seen to be the same to look at and to read."""
    made = portable.bare(content, "a.pdf")
    assert drawn(made) == drawn(content)
    assert read(made) == read(content)
    return made


def test_a_photo_in_it_is_the_same_to_the_bit_without_what_the_camera_wrote():
    sent = Sheet().written()
    assert b"SecretPhoneMaker" in sent

    made = everything(bare(sent))

    assert b"Secret" not in made
    assert b"Exif" not in made
    assert files.PLACE.encode() not in made
    assert b"BehindTheEnd" not in made


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("options", [{"progressive": True}, {"restart_marker_rows": 1}])
def test_a_photo_of_any_making_stays_as_it_was(mode, options):
    colours = {"RGB": "/DeviceRGB", "L": "/DeviceGray", "CMYK": "/DeviceCMYK"}[mode]

    made = bare(Sheet(files.jpeg(mode=mode, **options), colours).written())

    assert b"Secret" not in everything(made)


def test_a_photo_packed_once_more_is_opened_and_kept_by_itself():
    packed = stream(files.jpeg_with_everything()).flate_encode()._data
    sent = Sheet(packed, packed=("/FlateDecode", "/DCTDecode")).written()

    assert b"Secret" not in everything(bare(sent))


@pytest.mark.parametrize("alone", [True, False])
def test_of_a_jpeg_2000_the_remark_and_what_stands_beside_go(alone):
    file = io.BytesIO()
    files.picture().save(file, "JPEG2000", no_jp2=alone, comment="RemarkSecret")
    box = b"" if alone else b"\0\0\0\x12xml XmlSecret!"

    made = bare(Sheet(file.getvalue() + box, packed=("/JPXDecode",)).written())

    assert b"Secret" not in everything(made)


def test_colours_stay_the_same_and_whose_screen_they_were_measured_on_goes():
    words = files.srgb().replace(
        "sRGB built-in".encode("utf-16-be"), "ZhangSan iPad".encode("utf-16-be")
    )
    assert words != files.srgb()

    def by_profile(add):
        return ArrayObject([NameObject("/ICCBased"), add(stream(words, N=NumberObject(3)))])

    made = everything(bare(Sheet(colours=by_profile).written()))

    assert b"ICCBased" in made
    assert "ZhangSan".encode("utf-16-be") not in made


def beside_the_pages(sheet):
    root = sheet.writer.root_object
    item = sheet.add(named(Title=text(), A=script()))
    root[NameObject("/Outlines")] = named(First=item, Last=item)
    root[NameObject("/OpenAction")] = script()
    root[NameObject("/AA")] = named(WC=script())
    root[NameObject("/StructTreeRoot")] = named(K=named(S=NameObject("/Figure"), Alt=text()))
    root[NameObject("/PieceInfo")] = named(App=named(Private=text()))
    root[NameObject("/OutputIntents")] = ArrayObject([named(Info=text())])
    root[NameObject("/Names")] = named(JavaScript=named(Names=ArrayObject([text(), script()])))
    sheet.writer.add_attachment("Secret.txt", b"Secret")
    sheet.writer.add_metadata({"/Author": SECRET})
    sheet.writer._ID = ArrayObject([text(), text()])


def beside_a_page(sheet):
    sheet.page[NameObject("/AA")] = named(O=script())
    sheet.page[NameObject("/PieceInfo")] = named(App=named(Private=text()))
    sheet.page[NameObject("/LastModified")] = text()
    sheet.page[NameObject("/Metadata")] = sheet.add(stream(b"Secret"))
    sheet.page[NameObject("/Thumb")] = sheet.add(stream(b"Secret"))
    sheet.picture[NameObject("/OPI")] = named(F=text())
    sheet.picture[NameObject("/F")] = text("C:/Users/Secret/a.jpg")


def a_remark(sheet):
    looks = stream(b"", Subtype=NameObject("/Form"), PieceInfo=named(App=text()))
    sheet.page[NameObject("/Annots")] = ArrayObject(
        [
            sheet.add(
                named(
                    Type=NameObject("/Annot"),
                    Subtype=NameObject("/Text"),
                    Rect=ArrayObject([NumberObject(0)] * 4),
                    T=text(),
                    M=text(),
                    NM=text(),
                    A=script(),
                    RC=text(),
                    Contents=text("What it says"),
                    AP=named(N=sheet.add(looks)),
                )
            ),
            named(Subtype=NameObject("/FileAttachment"), FS=named(F=text())),
            named(Subtype=NameObject("/Popup"), Contents=text()),
        ]
    )


def a_signature(sheet):
    signed = named(
        Type=NameObject("/Sig"),
        **dict.fromkeys(("Name", "ContactInfo", "Location", "Reason", "M", "Contents"), text()),
    )
    field = named(T=text(), FT=NameObject("/Sig"), V=sheet.add(signed), AA=named(K=script()))
    held = sheet.add(field)
    seen = named(Subtype=NameObject("/Widget"), Rect=ArrayObject([NumberObject(0)] * 4))
    seen[NameObject("/Parent")] = held
    field[NameObject("/Kids")] = sheet.page[NameObject("/Annots")] = ArrayObject([sheet.add(seen)])
    sheet.writer.root_object[NameObject("/AcroForm")] = named(
        Fields=ArrayObject([held]), XFA=sheet.add(stream(b"<xfa>Secret</xfa>"))
    )


@pytest.mark.parametrize("put", [beside_the_pages, beside_a_page, a_remark, a_signature])
def test_nothing_is_told_beside_what_is_drawn(put):
    sheet = Sheet(files.jpeg(notes=False))
    put(sheet)
    sent = sheet.written()
    assert b"Secret" in everything(sent)

    made = everything(bare(sent))

    assert b"Secret" not in made
    assert b"JavaScript" not in made


def test_what_a_remark_says_and_what_was_filled_in_stay():
    sheet = Sheet()
    a_remark(sheet)
    field = named(
        Subtype=NameObject("/Widget"),
        Rect=ArrayObject(NumberObject(at) for at in (5, 5, 60, 20)),
        FT=NameObject("/Tx"),
        T=text(),
        V=text("Filled in"),
        DA=text("/F1 9 Tf"),
    )
    held = sheet.add(field)
    sheet.page["/Annots"].append(held)
    sheet.writer.root_object[NameObject("/AcroForm")] = named(
        Fields=ArrayObject([held]), DR=named(Font=sheet.page["/Resources"]["/Font"])
    )

    made = bare(sheet.written())

    assert b"What it says" in made
    fields = pypdf.PdfReader(io.BytesIO(made)).get_fields()
    assert [one["/V"] for one in fields.values()] == ["Filled in"]
    assert b"Secret" not in everything(made)


def test_a_layer_that_is_hidden_stays_hidden_under_a_number():
    sheet = Sheet()
    layer = sheet.add(named(Type=NameObject("/OCG"), Name=text()))
    sheet.picture[NameObject("/OC")] = layer
    sheet.writer.root_object[NameObject("/OCProperties")] = named(
        OCGs=ArrayObject([layer]), D=named(OFF=ArrayObject([layer]), Creator=text())
    )
    sent = sheet.written()
    assert drawn(sent) != drawn(Sheet().written())

    assert b"Secret" not in everything(bare(sent))


def test_one_that_forbids_changes_alone_is_made_bare_like_others():
    made = bare(files.pdf(password="", owner="1"))

    assert not pypdf.PdfReader(io.BytesIO(made)).is_encrypted


@pytest.mark.parametrize("picture", [b"", b"\xff\xd8\xff\xe1\xff\xff", b"\x89PNG"])
def test_a_photo_in_it_that_is_none_is_refused_rather_than_kept_as_it_lies(picture):
    with pytest.raises(EvidenceRefused, match="已损坏"):
        portable.bare(Sheet(picture).written(), "a.pdf")


def test_a_scan_saved_as_pdf_is_the_same_to_look_at():
    scan = Image.effect_noise((120, 90), 60)
    file = io.BytesIO()
    others = [scan.convert(mode) for mode in ("1", "P", "CMYK", "RGBA")]
    scan.convert("RGB").save(file, "PDF", save_all=True, append_images=others, author=SECRET)

    assert b"Secret" not in everything(bare(file.getvalue()))


# What it costs

CATALOG, PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"


def page(entries=b""):
    return b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]%s>>" % entries


def plain(*objects, table=b""):
    """A PDF as a program writes it that packs nothing, with more rows in its table."""
    content, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(b"%010d 00000 n \n" % len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    count = len(objects) + 1
    rows = b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (count, b"".join(places), table)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, len(content))
    return content + rows + end


def with_a_wrong_table(content):
    return content[: content.rindex(b"startxref")] + b"startxref\n7\n%%EOF\n"


def packed(*objects):
    """Objects from number 4 on, packed into one."""
    written = b" ".join(objects)
    places = b"".join(
        b"%d %d " % (number, len(b" ".join([*objects[: number - 4], b""])))
        for number in range(4, 4 + len(objects))
    )
    inside = zlib.compress(places + written)
    said = (len(objects), len(places), len(inside))
    container = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>" % said
    shown = page(b"/Group 4 0 R/Resources<</ExtGState<</G 4 0 R>>>>")
    content, places = b"%PDF-1.5\n", {}
    whole = {1: CATALOG, 2: PAGES, 3: shown, 900: container + b"stream\n" + inside + b"\nendstream"}
    for number, one in whole.items():
        places[number] = len(content)
        content += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    rows = b"".join(
        b"\1" + places[number].to_bytes(4, "big") + bytes(2)
        if number in places
        else b"\2" + (900).to_bytes(4, "big") + (number - 4).to_bytes(2, "big")
        for number in (1, 2, 3, *range(4, 4 + len(objects)), 900)
    )
    table = b"<</Type/XRef/Size 901/W[1 4 2]/Index[1 %d 900 1]/Root 1 0 R/Length %d>>"
    table %= (3 + len(objects), len(rows))
    end = b"901 0 obj\n%sstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
    return content + end % (table, rows, len(content))


MANY = [b"1"] * portable_opening.MOST_OBJECTS
FULL = b"[" + b"1 " * 90_000 + b"]"


@pytest.mark.parametrize(
    "made",
    [
        lambda: plain(CATALOG, PAGES, page(), *MANY),
        lambda: with_a_wrong_table(plain(CATALOG, PAGES, page(), *MANY)),
        lambda: plain(
            CATALOG, PAGES, page(), table=b"5 40000\n" + b"0000000009 00000 n \n" * 40_000
        ),
        lambda: packed(*[FULL] * 30),
        lambda: plain(CATALOG, PAGES, page(b"/Group<<%s>>" % (b"/A" + FULL) * 30)),
    ],
    ids=["objects", "wrong table", "rows", "packed", "within a page"],
)
def test_one_that_holds_too_much_is_refused_before_it_is_copied(made, monkeypatch):
    monkeypatch.setattr(portable_copying._Sheaf, "written", lambda *_any: pytest.fail("copied"))

    with pytest.raises(EvidenceRefused, match="重新打印为 PDF，或者把各页拍成照片"):
        portable.bare(made(), "a.pdf")


def test_what_pages_lead_to_is_counted_as_it_is_copied(monkeypatch):
    sent = plain(CATALOG, PAGES.replace(b"3 0 R", b"3 0 R " * 200), page(b"/Group 4 0 R"), b"<<>>")
    assert len(read(portable.bare(sent, "a.pdf"))) == 200
    monkeypatch.setattr(portable_copying, "MOST_COPIED", 1000)

    with pytest.raises(EvidenceRefused, match="对象过多"):
        portable.bare(sent, "a.pdf")


def test_a_lock_on_one_that_holds_too_much_is_not_tried():
    sent = plain(CATALOG, PAGES, page(b"/Encrypt 1"), *MANY)

    with pytest.raises(EvidenceRefused, match="对象过多"):
        portable.check(sent, "a.pdf")


def test_what_the_table_does_not_name_is_not_searched_for(monkeypatch):
    seen = []
    monkeypatch.setattr("pypdf._reader.get_stream_data", lambda *any_: seen.append(any_) or b"")

    contents = b" ".join(b"%d 0 R" % number for number in range(100, 200))
    made = portable.bare(plain(CATALOG, PAGES, page(b"/Contents[%s]" % contents)), "a.pdf")

    assert len(read(made)) == 1
    assert not seen


def test_a_scan_of_a_hundred_pages_is_far_below_what_is_read():
    scan = Image.effect_noise((90, 60), 60).convert("RGB")
    file = io.BytesIO()
    scan.save(file, "PDF", save_all=True, append_images=[scan] * 99)
    reader = portable_opening.opened(file.getvalue())

    assert len(read(portable.bare(file.getvalue(), "a.pdf"))) == 100
    assert sum(map(len, reader.xref.values())) * 50 < portable_opening.MOST_OBJECTS


@pytest.mark.parametrize("before", [b"", b"Content: application/pdf\r\n\r\n"])
@pytest.mark.parametrize("made", [packed(b"<</CA 1>>"), plain(CATALOG, PAGES, page())])
def test_what_stands_before_its_head_puts_nothing_in_a_wrong_place(before, made):
    assert len(read(portable.bare(before + made, "a.pdf"))) == 1


def test_packed_objects_are_not_searched_for_where_the_table_is_wrong():
    with pytest.raises(EvidenceRefused, match="另存后再传"):
        portable.bare(with_a_wrong_table(packed(b"<<>>")), "a.pdf")


def test_one_whose_table_is_wrong_is_read_by_its_objects():
    assert len(read(portable.bare(with_a_wrong_table(Sheet().written()), "a.pdf"))) == 1
