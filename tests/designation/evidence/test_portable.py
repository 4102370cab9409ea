"""PDFs made bare: the pages look and read as before, and nothing is told beside them."""

import io

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

from designation.evidence import portable
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
