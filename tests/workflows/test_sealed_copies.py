"""A paper comes back sealed: into its slot, by whoever issues it, and is never overwritten."""

import hashlib
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.evidence import citing
from designation.evidence.content import received
from designation.evidence.models import LibraryEntry, Retention
from designation.organizations.models import Role
from designation.papers import sealed, slots
from designation.papers.fields import PAPERS
from designation.papers.models import SealedCopy
from designation.site.refusal import Refusal
from tests import factories, files
from tests.course import PDF
from tests.titles_given import DAY, Title
from workflows.stages.objections import objections

pytestmark = pytest.mark.django_db

OTHER = files.pdf()


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def put(kind, subject, actor, content=PDF, seen=None):
    return sealed.put(kind, subject, received(content, "扫描件.pdf"), seen=seen, actor=actor)


def taken(person, address):
    """What the address gives the person: its type and its content."""
    answer = as_(person).get(address)
    assert answer.status_code == 200
    return answer["Content-Type"], b"".join(answer.streaming_content)


def slot(kind, subject):
    return reverse("papers:sealed", args=[kind, subject.pk])


@pytest.fixture
def order(county):
    return Title(county).act("order")


def paper_of(order):
    return reverse("titles:paper", args=[order.title_id, order.pk, "pdf"])


def test_every_paper_has_a_slot():
    assert slots.kinds() == set(PAPERS)


def test_what_came_back_is_the_paper_s_pdf_byte_by_byte_and_its_hash_on_record(county, order):
    copy = put("rectification", order, county.coordinator)

    assert taken(county.deciding_officer, paper_of(order)) == ("application/pdf", PDF)
    assert copy.sha256 == hashlib.sha256(PDF).hexdigest()
    event = AuditEvent.objects.get(action="sealed_copy.put")
    assert (event.actor, event.actor_role) == (county.coordinator, Role.COUNTY_COORDINATOR)
    assert (event.details["paper"], event.details["sha256"]) == ("rectification", copy.sha256)


def test_word_is_made_from_the_record_all_the_same(county, order):
    put("rectification", order, county.coordinator)

    word = reverse("titles:paper", args=[order.title_id, order.pk, "docx"])

    assert "wordprocessing" in taken(county.coordinator, word)[0]


def test_a_photo_is_kept_without_what_a_camera_says_and_given_as_it_is_kept(county, order):
    copy = put("rectification", order, county.coordinator, files.jpeg_with_everything())

    media_type, content = taken(county.coordinator, paper_of(order))

    assert media_type == "image/jpeg"
    assert hashlib.sha256(content).hexdigest() == copy.sha256
    assert b"Exif" not in content


def test_it_comes_back_through_the_page_that_the_paper_leads_to(county, order):
    browser = as_(county.coordinator)
    title = browser.get(reverse("titles:title", args=[order.title_id]))
    assert slot("rectification", order) in title.content.decode()
    assert "还没有盖章件" in browser.get(slot("rectification", order)).content.decode()

    sent = {"file": SimpleUploadedFile("a.pdf", PDF), "standing": "", "compared": "on"}
    answer = browser.post(slot("rectification", order), sent, follow=True)

    assert "盖章件已收下" in answer.content.decode()
    copy = SealedCopy.objects.get()
    assert copy.sha256 in answer.content.decode()
    assert taken(county.coordinator, reverse("papers:copy", args=[copy.pk]))[1] == PDF


def photo(colour, size=(300, 400), name="IMG.jpg"):
    made = BytesIO()
    Image.new("RGB", size, colour).save(made, "JPEG")
    return SimpleUploadedFile(name, made.getvalue())


def test_photos_of_several_pages_are_bound_into_one_pdf_in_their_order(county, order):
    clear = BytesIO()
    Image.new("RGBA", (200, 100), (0, 0, 0, 0)).save(clear, "PNG")
    camera = SimpleUploadedFile("二.jpg", files.jpeg_with_everything())
    pages = [photo("red"), camera, SimpleUploadedFile("三.png", clear.getvalue())]
    sent = {"file": pages, "standing": "", "compared": "on"}

    answer = as_(county.coordinator).post(slot("rectification", order), sent, follow=True)

    assert "合成一个 PDF，请打开核对页序" in answer.content.decode()
    media_type, content = taken(county.coordinator, paper_of(order))
    assert media_type == "application/pdf"
    assert hashlib.sha256(content).hexdigest() == SealedCopy.objects.get().sha256
    assert b"Exif" not in content
    held = PdfReader(BytesIO(content)).pages
    red, _second, white = (page.images[0].image.convert("RGB").getpixel((9, 9)) for page in held)
    assert (red[0] > 250, red[1] < 5, min(white) > 250) == (True, True, True)
    assert [round(float(page.mediabox.height)) for page in (held[0], held[2])] == [794, 421]
    assert round(float(held[2].mediabox.width)) == 842


def test_the_same_photos_again_change_nothing(county, order):
    for _time in range(2):
        sent = {"file": [photo("red"), photo("blue")], "standing": "", "compared": "on"}
        assert as_(county.coordinator).post(slot("rectification", order), sent).status_code == 302

    assert SealedCopy.objects.count() == 1


@pytest.mark.parametrize(
    ("pages", "told"),
    [
        ([photo("red"), SimpleUploadedFile("a.pdf", PDF)], "PDF 请只选一个"),
        ([photo("red"), SimpleUploadedFile("b.jpg", b"\xff\xd8\xff")], "“b.jpg”不完整或已损坏"),
        ([photo("red") for _page in range(11)], "一次最多选 10 张照片"),
        ([], "请选择文件。"),
    ],
    ids=["a PDF among them", "one is damaged", "too many", "none"],
)
def test_several_that_are_no_photos_of_pages_are_told_at_the_field(county, order, pages, told):
    sent = {"file": pages, "standing": "", "compared": "on"}

    answer = as_(county.coordinator).post(slot("rectification", order), sent)

    assert answer.status_code == 422
    (said,) = answer.context["form"].errors["file"]
    assert told in said
    assert not SealedCopy.objects.exists()


def test_photos_that_are_too_large_together_are_told_so(county, order, settings):
    settings.EVIDENCE_FILE_LIMIT = 3_000
    sent = {"file": [photo("red"), photo("blue")], "standing": "", "compared": "on"}

    answer = as_(county.coordinator).post(slot("rectification", order), sent)

    (said,) = answer.context["form"].errors["file"]
    assert "合成以后超过" in said


def test_a_later_one_takes_its_place_and_both_are_kept(county, order):
    first = put("rectification", order, county.coordinator)
    second = put("rectification", order, county.coordinator, OTHER, seen=first.pk)

    first.refresh_from_db()
    assert first.replaced_at is not None
    assert taken(county.coordinator, paper_of(order))[1] == OTHER
    shown = as_(county.coordinator).get(slot("rectification", order)).content.decode()
    assert "已换下" in shown
    for copy, content in ((first, PDF), (second, OTHER)):
        address = reverse("papers:copy", args=[copy.pk])
        assert taken(county.coordinator, address)[1] == content


def test_who_only_reads_the_paper_sees_the_one_that_stands(county, order):
    first = put("rectification", order, county.coordinator)
    put("rectification", order, county.coordinator, OTHER, seen=first.pk)
    reader = as_(county.deciding_officer)

    page = reader.get(slot("rectification", order)).content.decode()

    assert "已换下" not in page
    assert 'type="file"' not in page
    assert reader.get(reverse("papers:copy", args=[first.pk])).status_code == 404
    sent = {"file": SimpleUploadedFile("a.pdf", PDF)}
    assert reader.post(slot("rectification", order), sent).status_code == 404


def test_the_same_file_again_changes_nothing(county, order):
    first = put("rectification", order, county.coordinator)

    assert put("rectification", order, county.coordinator) == first
    assert SealedCopy.objects.count() == 1


def test_who_did_not_see_the_one_that_stands_does_not_replace_it(county, order):
    put("rectification", order, county.coordinator)

    with pytest.raises(Refusal) as refused:
        put("rectification", order, county.coordinator, OTHER)

    assert refused.value.code == "changed_meanwhile"
    assert SealedCopy.objects.get().replaced_at is None


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"#!/bin/sh\nrm -rf /", "a.pdf"), (files.pdf(password="secret"), "a.pdf"), (b"", "a.pdf")],
    ids=["a program", "a file under a password", "an empty file"],
)
def test_a_file_is_judged_as_strictly_as_evidence_and_told_at_its_field(
    county, order, content, name
):
    sent = {"file": SimpleUploadedFile(name, content), "compared": "on"}

    answer = as_(county.coordinator).post(slot("rectification", order), sent)

    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not SealedCopy.objects.exists()


def test_the_scan_of_another_paper_is_refused_and_that_paper_named(county, order):
    put("rectification", order, county.coordinator)
    other = Title(county)
    second = other.act("order", document_number="青组〔2026〕77号")

    sent = {"file": SimpleUploadedFile("a.pdf", PDF), "standing": "", "compared": "on"}
    answer = as_(county.coordinator).post(slot("rectification", second), sent)

    assert answer.status_code == 422
    (told,) = answer.context["form"].errors["file"]
    assert f"{order.document_number}限期整改通知 · 2026年" in told
    assert order.title.name_zh in told
    assert SealedCopy.objects.count() == 1


def test_of_a_paper_that_one_does_not_read_nothing_is_said(county, order):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    raised = objections.raise_objection(
        entry, facts="面积不实", identity={"name": "张三", "contact": "13800000000"}
    )
    objections.refuse(raised, reason="没有可以核实的线索。", actor=county.objection_officer)
    put("objection_answer", raised, county.objection_officer)

    with pytest.raises(Refusal) as refused:
        put("rectification", order, county.coordinator)

    assert refused.value.code == "of_another_paper"
    assert "异议" not in str(refused.value)


def test_what_was_taken_out_of_a_wrong_slot_goes_into_its_own(county, order):
    first = put("rectification", order, county.coordinator)
    second = Title(county).act("order", document_number="青组〔2026〕77号")
    put("rectification", order, county.coordinator, OTHER, seen=first.pk)

    assert put("rectification", second, county.coordinator).sha256 == first.sha256


def test_one_document_on_several_titles_lies_with_each_of_them(county):
    number = {"document_number": "青组〔2026〕77号"}
    one, two = (Title(county).act("order", **number) for _title in range(2))
    first = put("rectification", one, county.coordinator)

    assert put("rectification", two, county.coordinator).sha256 == first.sha256


def test_one_circular_lies_with_each_of_them_whatever_it_does_to_each(county):
    one, other = Title(county), Title(county)
    circular = {"document_number": "青组〔2026〕77号", "deciding_body": "中共青山县委"}
    revoked = [one.act("revoke", **circular), other.act("order", **circular)]
    first = put("revocation", revoked[0], county.deciding_officer)

    assert put("rectification", revoked[1], county.coordinator).sha256 == first.sha256


def test_number_day_and_unit_are_shown_and_compared_before_it_is_sent(county, order):
    browser = as_(county.coordinator)
    shown = browser.get(slot("rectification", order)).content.decode()
    facts = shown[shown.index("<form method") :]
    for said in (order.document_number, "2026年3月2日", order.title.name_zh):
        assert said in facts

    sent = {"file": SimpleUploadedFile("a.pdf", PDF), "standing": ""}
    answer = browser.post(slot("rectification", order), sent)

    assert answer.context["form"].errors["compared"] == ["请先与扫描件核对，再勾选。"]
    assert not SealedCopy.objects.exists()


def test_a_word_file_is_no_scan(county, order):
    with pytest.raises(Refusal) as refused:
        put("rectification", order, county.coordinator, files.docx())

    assert refused.value.code == "not_a_scan"


def test_each_paper_comes_back_from_whoever_issues_it(county, held_clock):
    title = Title(county)
    order = title.act("order")
    held_clock.move(31 * DAY)
    revoked = title.act("revoke")

    for kind, step, issues, reads, content in (
        ("rectification", order, county.coordinator, county.deciding_officer, PDF),
        ("revocation", revoked, county.deciding_officer, county.coordinator, OTHER),
    ):
        with pytest.raises(Refusal) as refused:
            put(kind, step, reads, content)
        assert refused.value.code == "not_permitted"
        copy = put(kind, step, issues, content)
        assert copy.role in issues.seats.values_list("role", flat=True)


def test_the_decision_comes_back_from_the_deciding_officer(county, held_clock):
    county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    decision = county.round.decisions.get()
    put("decision", decision, county.deciding_officer)

    paper = reverse("designations:decision", args=[decision.pk, "pdf"])

    assert taken(county.coordinator, paper)[1] == PDF
    with pytest.raises(Refusal):
        put("decision", decision, county.coordinator, OTHER)


def test_a_notice_comes_back_from_its_publisher_once_it_hangs(county):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice
    put("notice", notice, county.publisher)

    assert taken(county.coordinator, reverse("notices:paper", args=[notice.pk, "pdf"]))[1] == PDF
    with pytest.raises(Refusal):
        put("notice", notice, county.coordinator, OTHER)


def test_a_correction_notice_comes_back_from_who_sent_it_and_the_unit_reads_it(county):
    application = county.at(Stage.SUBMITTED)
    asked = {"opinion": "请按清单补正。", "corrections": {"NC-01": "请补充会议记录。"}}
    county.act("return_for_correction", application, county.reviewer, **asked)
    decision = application.decisions.get(transition="return_for_correction")
    for stranger in (county.head, county.coordinator):
        with pytest.raises(Refusal):
            put("correction", decision, stranger)

    put("correction", decision, county.reviewer)

    letter = reverse("applications:letter", args=[application.pk, decision.pk, "pdf"])
    assert taken(county.head, letter)[1] == PDF
    papers = as_(county.head).get(reverse("applications:papers", args=[application.pk]))
    assert slot("correction", decision) in papers.content.decode()


def test_the_answer_to_an_objection_comes_back_to_those_who_heard_it_alone(county):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    named = {"name": "张三", "contact": "13800000000"}
    raised = objections.raise_objection(entry, facts="面积不实", identity=named)
    officer = county.objection_officer
    assert as_(officer).get(slot("objection_answer", raised)).status_code == 404, "none yet"
    with pytest.raises(Refusal):
        put("objection_answer", raised, officer)
    objections.refuse(raised, reason="没有可以核实的线索。", actor=officer)

    letter = received(PDF, "答复张三.pdf")
    copy = sealed.put("objection_answer", raised, letter, seen=None, actor=officer)

    assert "张三" not in copy.entry.file_name + copy.entry.title
    assert copy.entry.file_name.endswith("（盖章件）.pdf")
    assert taken(officer, reverse("notices:letter", args=[raised.pk, "pdf"]))[1] == PDF
    for other in (county.coordinator, county.head, county.deciding_officer):
        assert as_(other).get(slot("objection_answer", raised)).status_code == 404
        assert as_(other).get(reverse("papers:copy", args=[copy.pk])).status_code == 404


def test_of_another_county_nobody_reads_it_and_nobody_puts_one(county, order):
    copy = put("rectification", order, county.coordinator)
    area = factories.JurisdictionFactory(code="350102000000", name_zh="他县")
    stranger = factories.seated(Role.COUNTY_COORDINATOR, area)

    assert as_(stranger).get(slot("rectification", order)).status_code == 404
    assert as_(stranger).get(reverse("papers:copy", args=[copy.pk])).status_code == 404
    with pytest.raises(Refusal):
        put("rectification", order, stranger, OTHER, seen=copy.pk)


def test_a_deputy_puts_it_there_for_whom_they_stand_in(county, order):
    deputy = factories.deputy_in(county.coordinator.seats.get())

    copy = put("rectification", order, deputy)

    assert (copy.actor, copy.acted_for) == (deputy, county.coordinator)
    shown = as_(county.coordinator).get(slot("rectification", order)).content.decode()
    assert f"{deputy.full_name}" in shown
    assert county.coordinator.full_name in shown


def test_nothing_takes_its_file_away_and_it_is_kept_for_good(county, order):
    copy = put("rectification", order, county.coordinator)
    entry = LibraryEntry.objects.get()

    assert entry.retention == Retention.PERMANENT
    assert citing.in_force(entry, county.coordinator) != []
    assert citing.is_on_record(entry)
    assert as_(county.coordinator).get(reverse("library:file", args=[entry.pk])).status_code == 404
    assert copy.entry == entry


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_keeps_it_as_it_was_put(county, order, change):
    put("rectification", order, county.coordinator)
    rows = SealedCopy.objects.all()

    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(sha256="0" * 64) if change == "update" else rows.delete()


def test_one_that_the_storage_lost_holds_nobody_s_paper_up(county, order, caplog):
    copy = put("rectification", order, county.coordinator)
    copy.entry.stored.file.storage.delete(copy.entry.stored.file.name)

    media_type, content = taken(county.coordinator, paper_of(order))

    assert (media_type, content[:5]) == ("application/pdf", b"%PDF-")
    assert content != PDF
    assert "cannot be read" in caplog.text
    answer = as_(county.coordinator).get(reverse("papers:copy", args=[copy.pk]))
    assert answer.status_code == 302


def test_a_kind_without_a_slot_and_a_paper_that_is_none_are_not_there(county, order):
    for kind in ("poem", "revocation"):
        subject = SimpleNamespace(pk=order.pk)
        assert as_(county.coordinator).get(slot(kind, subject)).status_code == 404
    assert as_(county.coordinator).get(reverse("papers:copy", args=[0])).status_code == 404
