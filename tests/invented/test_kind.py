"""An invented kind of check goes wherever a kind goes, and no other module is touched."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from authoring.drafting.models import Reading
from authoring.replays.models import Replay
from designation.applications.models import Answer, Stage
from designation.site.tasks import run_job
from standards import code_constraints, kinds
from standards.catalogue import published
from standards.engine.judging import KINDS
from standards.models import Check, StandardVersion
from tests.course import passing_value
from tests.handed_in import frozen, hand_in
from tests.public_addresses import public
from tests.sheets import Sheet, fill_in
from tests.standards.whole_kinds import lacking
from workflows.stages.verification.models import Measurement

from .conftest import ITEM, NEW
from .kind import STARS

pytestmark = pytest.mark.usefixtures("installed")

# The form of the item, of those on the page of its section.
FORM = f"/items/{ITEM}/"


def test_it_lacks_nothing():
    assert lacking(STARS) == []


def test_a_standards_manager_writes_it_and_is_told_what_it_cannot_ask(as_manager, own):
    address = reverse("drafting:check_add", args=[own.draft.pk, ITEM])

    refused = fill_in(as_manager, address, NEW | {"threshold": "9"})
    taken = fill_in(as_manager, address, NEW)

    assert refused.status_code == 422
    assert "只有一到五星。" in str(refused.context["form"].errors["threshold"])
    page = as_manager.get(taken.url).content.decode()
    assert "党支部星级：不低于三星" in page


def test_it_is_tried_before_it_is_published(as_manager, own, code):
    preview = reverse("standard_preview:preview", args=[own.draft.pk, ITEM])
    short = as_manager.post(preview, {code: "二星"}).content.decode()
    bench = as_manager.post(
        reverse("standard_preview:bench", args=[own.draft.pk]), {"example": "failing"}
    )

    assert "现为“二星”" in short
    assert 'value="二星"' in bench.content.decode()


def test_it_goes_out_as_data_and_comes_back(as_manager, own, code):
    sent = as_manager.get(reverse("drafting:file", args=[own.draft.pk, "standard.yaml"]))
    file = SimpleUploadedFile("数据.yaml", b"".join(sent.streaming_content))
    as_manager.post(reverse("drafting:read"), {"file": file, "jurisdiction": own.jurisdiction.pk})
    take = reverse("drafting:take", args=[Reading.objects.latest("pk").pk, 0])
    shown = Sheet(as_manager, take)
    made = shown.send({"category": "NC", "title": "本县农村标准", "document": "评定办法"})

    assert "星级不低于" in shown.text
    again = StandardVersion.objects.get(pk=re.search(r"/drafts/(\d+)/", made.url)[1])
    back = Check.objects.get(item__version=again, kind="stars_at_least")
    assert (back.code, back.threshold, back.unit) == (code, 3, "星")


def test_the_reader_of_documents_proposes_it(as_manager, own):
    text = "县级农村示范点标准\n一、组织建设\n1.党支部达到四星以上。\n"
    as_manager.post(
        reverse("drafting:read"),
        {
            "file": SimpleUploadedFile("标准.txt", text.encode()),
            "jurisdiction": own.jurisdiction.pk,
        },
    )
    take = reverse("drafting:take", args=[Reading.objects.latest("pk").pk, 0])
    shown = Sheet(as_manager, take)

    assert "星级不低于 4星" in shown.text


def test_an_applicant_types_it_and_the_verdict_stands_on_the_page(client, county, in_a_round):
    application = county.start()
    client.force_login(county.preparer)
    address = reverse("applications:item", args=[application.pk, ITEM])

    wrong = fill_in(client, address, {in_a_round: "九星"}, to=FORM)
    fill_in(client, address, {in_a_round: "二星"}, to=FORM)

    assert wrong.status_code == 422
    assert "请填写一星到五星" in wrong.content.decode()
    answer = Answer.objects.get(application=application, item__code=ITEM)
    assert answer.values[in_a_round] == {"stars": 2}
    again = client.get(address, follow=True).content.decode()
    assert 'value="二星"' in again
    assert "现为“二星”，未达到要求" in again

    fill_in(client, address, {in_a_round: "三星级"}, to=FORM)
    again = client.get(address, follow=True).content.decode()
    assert "未达到要求" not in again


def test_verifiers_measure_it_on_site_beside_what_was_declared(client, county, in_a_round):
    application = county.at(Stage.VERIFYING)
    client.force_login(county.verifiers[0])
    address = reverse("applications:measure", args=[application.pk, ITEM])

    asked = client.get(address, follow=True).content.decode()
    wrong = fill_in(client, address, {in_a_round: "许多"})
    fill_in(client, address, {in_a_round: "二星"})

    assert "申报：三星" in asked
    assert "请填写一星到五星" in wrong.content.decode()
    measured = Measurement.objects.get(visit__application=application, item__code=ITEM)
    assert measured.values[in_a_round] == {"stars": 2}


def test_the_english_page_asks_for_it_in_english(client, county, in_a_round):
    application = county.start()
    client.force_login(county.preparer)
    client.cookies["django_language"] = "en"
    page = client.get(reverse("applications:item", args=[application.pk, ITEM]), follow=True)

    assert "Rating of the branch: at least 3 stars" in page.content.decode()


def test_it_is_printed_on_the_sheet_and_on_the_filled_one(client, county, own, in_a_round):
    application = county.start()
    client.force_login(county.preparer)
    address = reverse("applications:item", args=[application.pk, ITEM])
    fill_in(client, address, {in_a_round: "四星"}, to=FORM)

    blank = Document(BytesIO(_file(client, own, "sheet.docx")))
    rows = "".join(cell.text for table in blank.tables for cell in table._cells)
    assert "党支部星级：不低于三星" in rows
    assert "☆☆☆☆☆" in rows
    assert "党支部星级：不低于三星" in _text(_file(client, own, "sheet.pdf"))
    filled = client.get(reverse("applications:sheet", args=[application.pk]))
    assert "四星" in _text(b"".join(filled.streaming_content))


def test_a_what_if_changes_its_threshold(as_manager, county, in_a_round):
    standard = published(county.round_category.standard_id)
    good = {check.code: passing_value(check) for check in standard.checks}
    hand_in(county, [frozen(standard, good | {in_a_round: {"stars": n}}) for n in (3, 4, 5)])
    address = reverse("replays:begin", args=[county.round_category.pk])

    fill_in(as_manager, address, {f"threshold-{in_a_round}": "4"})
    replay = Replay.objects.get()
    run_job(replay.job_id)
    told = as_manager.get(reverse("replays:detail", args=[replay.pk])).content.decode()

    assert "共 3 份申报：原来 3 份达标，现在 2 份达标。" in told
    assert "党支部星级：不低于四星" in told


def test_the_database_takes_what_is_declared_and_nothing_else(own, code):
    row = Check.objects.get(item__version=own.draft, code=code)
    assert row.get_kind_display() == str(kinds.of("stars_at_least").name)
    for wrong in ({"kind": "moons_at_least"}, {"threshold": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Check.objects.filter(pk=row.pk).update(**wrong)


def test_what_is_no_longer_declared_and_still_stored_is_told_at_the_next_migration(own, code):
    connection.check_constraints()
    KINDS.pop("stars_at_least")
    with pytest.raises(IntegrityError), transaction.atomic():
        code_constraints.follow(using="default")


def _file(client, own, name):
    answer = client.get(public("standards:version_file", args=["NC", own.draft.number, name]))
    return b"".join(answer.streaming_content)


def _text(content):
    pages = PdfReader(BytesIO(content)).pages
    return "".join("".join(page.extract_text() for page in pages).split())
