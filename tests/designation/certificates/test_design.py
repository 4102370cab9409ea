"""How a county's certificates look: saved by its coordinator, kept by what was issued in it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from designation.certificates import designs, issuing, plaques, printing
from designation.certificates.models import CertificateDesign, Crest
from designation.organizations.models import Role
from tests import factories
from tests.sheets import fill_in
from tests.titles_given import Title
from tests.workflows.test_two_counties import Neighbour

pytestmark = pytest.mark.django_db

TYPED = {
    "heading": "基层党建示范点证书",
    "wording": "【审定机关】命名【单位】为【辖区】【类别】示范点。",
    "heading_en": "Certificate",
    "wording_en": "【单位】 is a demonstration site (【类别】) of 【辖区】.",
    "colour": "#0b5a8a",
}
PLAQUES = {
    "makes_plaques": "on",
    "plaque_material": "钛金",
    "plaque_size": "600 × 400 毫米",
    "plaque_text": "【类别】示范点",
}


@pytest.fixture
def title(county, held_clock):
    return Title(county)


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def address(county):
    return reverse("certificates:design", args=[county.jurisdiction.pk])


def picture(kind="PNG", side=900):
    file = io.BytesIO()
    Image.new("RGB", (side, side), "red").save(file, kind)
    return SimpleUploadedFile(f"徽标.{kind.lower()}", file.getvalue())


def save(county, **typed):
    return fill_in(as_(county.coordinator), address(county), TYPED | typed)


def issue(title):
    return issuing.issue(title.row, actor=title.county.deciding_officer)


def test_what_was_issued_keeps_its_design_and_what_is_issued_then_bears_the_new(title, county):
    first = issue(title)
    county.village.name_en = "Hongqi Branch"
    title.row.organization.name_en = "Hongqi Branch"
    title.row.organization.save()
    assert save(county, crest=picture("JPEG")).status_code == 302

    second = issue(title)

    assert (first.design, first.content["heading"]) == (None, "示范点证书")
    assert second.design == designs.latest(county.jurisdiction)
    assert second.content["text"].startswith("中共青山县委命名")
    assert second.content["text_en"] == (
        "Hongqi Branch is a demonstration site (Rural villages) of Qingshan County."
    )
    page = PdfReader(io.BytesIO(printing.certificate_pdf(second))).pages[0]
    assert "示范点。" in page.extract_text()
    assert "Certificate" in page.extract_text()
    assert second.supersedes == first


def test_a_crest_is_decoded_and_written_anew_and_kept_once(county, held_clock):
    save(county, crest=picture(side=900))
    save(county, crest=picture(side=900))
    crest = Crest.objects.get()
    with Image.open(io.BytesIO(bytes(crest.picture))) as kept:
        assert (kept.format, max(kept.size)) == ("PNG", 700)

    save(county)
    assert designs.latest(county.jurisdiction).crest == crest
    save(county, no_crest="on")
    assert designs.latest(county.jurisdiction).crest is None


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"wording": "命名【单位】为【名称】"}, "wording", "没有【名称】这一处"),
        ({"wording": "特发此证。"}, "wording", "正文里要写【单位】"),
        ({"colour": "red"}, "colour", "请选一种颜色"),
        ({"heading": "证书\U0003f000"}, "heading", "（U+3F000）没有字体可以印"),
        ({"heading_en": "A \U0003f000"}, "heading_en", "（U+3F000）没有字体可以印"),
        ({"wording": "命名【单位】\U0003f000"}, "wording", "（U+3F000）没有字体可以印"),
        ({"wording_en": "【单位】\U0003f000"}, "wording_en", "（U+3F000）没有字体可以印"),
        ({"crest": SimpleUploadedFile("徽标.pdf", b"%PDF-1.7")}, "crest", "徽标要用图片"),
        ({"crest": SimpleUploadedFile("徽标.png", b"\x89PNG\r\n\x1a\nno")}, "crest", "损坏"),
        (PLAQUES | {"plaque_size": ""}, "plaque_size", "请填尺寸"),
        (PLAQUES | {"plaque_material": ""}, "plaque_material", "请填材质"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost(
    county, held_clock, typed, field, told
):
    answer = save(county, **typed)

    assert answer.status_code == 422
    assert told in str(answer.context["form"].errors[field])
    assert (TYPED | typed)["wording_en"] in answer.content.decode().replace("&#x27;", "'")
    assert not CertificateDesign.objects.exists()


def test_who_saves_on_a_page_grown_old_is_told(county, held_clock):
    client = as_(county.coordinator)
    seen = client.get(address(county)).context["seen"]
    save(county)

    answer = client.post(address(county), TYPED | {"seen": seen})

    assert answer.status_code == 422
    assert "样式在您打开页面后已被改动" in answer.content.decode()


def test_the_specimen_is_a_picture_for_who_designs_or_issues(county, held_clock):
    preview = reverse("certificates:preview", args=[county.jurisdiction.pk])

    for person in (county.coordinator, county.deciding_officer):
        shown = as_(person).get(preview)
        assert shown["Content-Type"] == "image/png"
        assert shown.content.startswith(b"\x89PNG")
    for person in (county.head, Neighbour().coordinator):
        assert as_(person).get(preview).status_code == 404


def test_nobody_but_the_coordinator_of_the_county_saves(county, held_clock):
    for person in (county.deciding_officer, county.head, Neighbour().coordinator):
        assert as_(person).get(address(county)).status_code == 404
        assert as_(person).post(address(county), TYPED).status_code == 404
    assert not CertificateDesign.objects.exists()


# Plaques


def plaque_page(title):
    county = title.county.jurisdiction
    return reverse("certificates:plaques", args=[title.row.decision_id, county.pk])


def test_a_county_makes_no_plaques_until_it_says_so(title, county):
    office = as_(county.coordinator)
    decision = reverse("certificates:decision", args=[title.row.decision_id])
    assert office.post(plaque_page(title)).status_code == 404
    assert "牌匾清单" not in office.get(decision).content.decode()

    save(county, **PLAQUES)
    assert "下载牌匾清单" in office.get(decision).content.decode()
    answer = office.post(plaque_page(title))

    rows = [list(row) for row in load_workbook(io.BytesIO(answer.content)).active.values]
    heads = next(row for row in rows if row[0] == "序号")
    told = dict(zip(heads, rows[-1], strict=True))
    assert told["单位"] == title.row.name_zh
    assert (told["牌匾文字"], told["材质"], told["尺寸"]) == (
        "农村示范点",
        "钛金",
        "600 × 400 毫米",
    )


def test_a_title_that_was_revoked_gets_no_plaque_and_another_county_no_list(title, county):
    save(county, **PLAQUES)
    title.act("revoke")

    decision = title.row.decision
    assert plaques.titles_of(decision, county.jurisdiction, county.coordinator) == []
    for person in (Neighbour().coordinator, factories.seated(Role.HEAD, title.row.organization)):
        assert as_(person).post(plaque_page(title)).status_code == 404
