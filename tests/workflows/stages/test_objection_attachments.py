"""Attachments of objections: judged as evidence is, without metadata, sealed, seen by few."""

import io
from datetime import timedelta

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.evidence.models import LibraryEntry, StoredFile
from designation.site.refusal import Refusal
from designation.site.resealing import reseal_all
from tests import files
from workflows.stages.objections import attachments, objections
from workflows.stages.objections.erasure import erase_identities
from workflows.stages.objections.models import Objection, ObjectionAttachment

pytestmark = pytest.mark.django_db
REASON = "经研究,符合受理条件。"
SAID = {"manner": "named", "name": "张三", "contact": "a@b.cn", "facts": "面积不实，有照片为证。"}


@pytest.fixture
def entry(county):
    return county.at(Stage.ON_NOTICE).notice_entries.get()


def upload(content, name="现场.jpg"):
    return SimpleUploadedFile(name, content)


def pdf_by(author):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": author})
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def send(client, entry, *sent, **more):
    address = reverse("notices:object", args=[entry.notice_id, entry.pk])
    return client.post(address, SAID | more | {"attachments": list(sent)})


def opened(client, person, objection, number=1):
    client.force_login(person)
    return client.post(reverse("notices:attachment", args=[objection.pk, number]))


def test_a_photo_comes_with_an_objection_without_its_place_and_without_its_name(client, entry):
    sent = files.jpeg()
    assert files.PLACE.encode() in sent or Image.open(io.BytesIO(sent)).getexif()

    answer = send(client, entry, upload(sent, "张三家门口.jpg"))

    assert answer.status_code == 200
    kept = Objection.objects.get().attachments.get()
    plain = attachments.unsealed(kept)
    assert (kept.number, kept.media_type, kept.size) == (1, "image/jpeg", len(plain))
    assert not Image.open(io.BytesIO(plain)).getexif()
    assert "张三" not in str(ObjectionAttachment.objects.values().get())


def test_a_pdf_is_kept_without_its_author(client, entry):
    send(client, entry, upload(pdf_by("张三"), "情况.pdf"))

    plain = attachments.unsealed(ObjectionAttachment.objects.get())
    read = pypdf.PdfReader(io.BytesIO(plain))
    assert (len(read.pages), read.metadata) == (1, None)


def test_a_pdf_of_a_photo_is_kept_without_its_place_and_its_device(client, entry):
    photo = io.BytesIO()
    notes = files.camera_notes()
    Image.open(io.BytesIO(files.jpeg())).save(photo, "JPEG", exif=notes, comment=b"RemarkSecret")
    sent = pypdf.PdfWriter()
    page = sent.add_blank_page(48, 32)
    drawn = pypdf.generic.DecodedStreamObject()
    drawn.set_data(photo.getvalue())
    for key, value in (("/Subtype", "/Image"), ("/Filter", "/DCTDecode")):
        drawn[pypdf.generic.NameObject(key)] = pypdf.generic.NameObject(value)
    resources = pypdf.generic.DictionaryObject()
    resources[pypdf.generic.NameObject("/XObject")] = pypdf.generic.DictionaryObject(
        {pypdf.generic.NameObject("/Im0"): sent._add_object(drawn)}
    )
    page[pypdf.generic.NameObject("/Resources")] = resources
    file = io.BytesIO()
    sent.write(file)
    assert b"SecretPhoneMaker" in file.getvalue()

    send(client, entry, upload(file.getvalue(), "情况.pdf"))

    plain = attachments.unsealed(ObjectionAttachment.objects.get())
    assert b"Secret" not in plain
    assert b"Exif" not in plain


def test_it_lies_sealed_and_in_no_library(client, entry):
    before = (StoredFile.objects.count(), LibraryEntry.objects.count())

    send(client, entry, upload(files.png(), "图.png"))

    assert b"PNG" not in bytes(ObjectionAttachment.objects.get().sealed)
    assert (StoredFile.objects.count(), LibraryEntry.objects.count()) == before


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (files.HTML, "证据.pdf", "其实是网页"),
        (b"MZ" + bytes(90), "照片.jpg", "是程序"),
        (files.docx(), "情况.docx", "不是图片或 PDF"),
        (files.pdf(password="1"), "情况.pdf", "加了密码"),
        (files.pdf().replace(b"endobj", b"endobj" + b" obj" * 30_001, 1), "情况.pdf", "对象过多"),
        (b"", "空.jpg", "文件是空的"),
    ],
)
def test_a_file_refused_costs_nothing_that_was_typed(client, entry, content, name, said):
    answer = send(client, entry, upload(files.jpeg()), upload(content, name))

    content = answer.content.decode()
    assert answer.status_code == 422
    assert said in content
    assert "附件请全部重新选择一次" in content
    assert "面积不实，有照片为证。" in content
    assert 'value="张三"' in content
    assert not Objection.objects.exists()


def test_three_files_of_twenty_megabytes_together_are_taken_and_no_more(client, entry):
    four = [upload(files.jpeg()) for _file in range(4)]
    heavy = [upload(b"\xff\xd8\xff" + bytes(11 * 1024**2)) for _file in range(2)]

    assert "附件最多 3 个" in send(client, entry, *four).content.decode()
    assert "合计不能超过 20 MB" in send(client, entry, *heavy).content.decode()
    too_large = send(client, entry, upload(b"\xff\xd8\xff" + bytes(21 * 1024**2)))
    assert too_large.status_code == 422
    assert "面积不实" in too_large.content.decode()


def test_sent_twice_it_is_one_and_with_another_file_it_is_asked_about(client, entry):
    first, other = files.jpeg(), files.png()

    codes = {
        send(client, entry, upload(one), request_key="k1").status_code for one in (first, first)
    }
    again = send(client, entry, upload(other), request_key="k1")

    assert codes == {200}
    assert again.status_code == 422
    assert "这次的内容与上次不同" in again.content.decode()
    assert ObjectionAttachment.objects.count() == 1


def test_the_officer_opens_it_and_each_view_is_recorded(client, county, entry):
    send(client, entry, upload(files.jpeg()))
    raised = Objection.objects.get()

    answer = opened(client, county.objection_officer, raised)

    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    Image.open(io.BytesIO(answer.getvalue())).verify()
    event = AuditEvent.objects.get(action="objection.view_attachment")
    assert (event.actor, event.actor_role) == (county.objection_officer, "objection_officer")
    assert opened(client, county.objection_officer, raised, 2).status_code == 404


@pytest.mark.parametrize("other", ["head", "preparer", "coordinator", "publisher", "reviewer"])
def test_nobody_else_of_the_county_opens_it(client, county, entry, other):
    send(client, entry, upload(files.jpeg()))

    answer = opened(client, getattr(county, other), Objection.objects.get())

    assert answer.status_code == 404
    assert not AuditEvent.objects.filter(action="objection.view_attachment").exists()


def test_a_letter_is_entered_with_its_scan(client, county, entry):
    client.force_login(county.objection_officer)
    page = reverse("notices:enter", args=[entry.pk])
    assert 'enctype="multipart/form-data"' in client.get(page).content.decode()
    letter = SAID | {"channel": "letter", "received_at": "2026-03-02T09:00"}

    refused = client.post(page, letter | {"attachments": [upload(files.HTML, "信.pdf")]})
    taken = client.post(page, letter | {"attachments": [upload(pdf_by("李四"), "信.pdf")]})

    assert refused.status_code == 422
    assert taken.status_code == 302
    assert "下载附件 1" in client.get(taken.url).content.decode()


def test_it_goes_with_the_objector_a_year_after_it_was_settled(county, entry, held_clock):
    kept = attachments.judged([upload(files.png())])
    raised = objections.raise_objection(entry, facts="匿名", identity=None, attached=kept)
    objections.refuse(raised, reason=REASON, actor=county.objection_officer)

    held_clock.move(timedelta(days=364))
    assert erase_identities() == 0
    held_clock.move(timedelta(days=1))
    assert erase_identities() == 1

    assert not ObjectionAttachment.objects.exists()
    assert AuditEvent.objects.filter(action="objection.erase_attachments").count() == 1
    assert not AuditEvent.objects.filter(action="objection.erase_identity").exists()


def test_it_is_sealed_anew_when_the_key_changes_and_shut_without_the_old_one(
    county, entry, settings
):
    kept = attachments.judged([upload(files.png())])
    raised = objections.raise_objection(entry, facts="匿名", identity=None, attached=kept)
    settings.FORMER_FIELD_KEYS = [settings.FIELD_KEY]
    settings.FIELD_KEY = "another key"
    assert reseal_all().moved >= 1
    settings.FORMER_FIELD_KEYS = []

    told = objections.attachment(raised, 1, actor=county.objection_officer)
    assert told == ("image/png", kept[0].content)

    settings.FIELD_KEY = "a third key"
    with pytest.raises(Refusal, match="密封所用的密钥已更换"):
        objections.attachment(raised, 1, actor=county.objection_officer)
