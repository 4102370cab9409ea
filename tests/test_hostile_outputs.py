"""What was taken leaves by every medium: pages, print, tables, data files and mail."""

import csv
import io
from html import unescape

import pytest
import yaml
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from openpyxl import Workbook

from authoring.drafting import readings
from authoring.replays import exports, requesting
from designation.applications.models import Stage
from designation.organizations.models import Organization
from designation.site import clock
from designation.site.jobs import running
from notifications.tasks import deliver_outbox
from standards import downloads
from standards.characters import kept
from standards.engine.evaluation import Item as ItemRules
from standards.models import Check, Item
from standards.printing import spreadsheets
from tests.hostile import HOSTILE
from tests.own_standards import TEXT
from tests.standards.checks import KINDS, check
from workflows.case.facts import Case
from workflows.stages.self_assessment.forms import ItemForm
from workflows.stages.self_assessment.printing import filled_pdf
from workflows.stages.verification.forms import MeasureForm

pytestmark = pytest.mark.django_db

ALL = "\n".join(sample.kept for sample in HOSTILE)


def name(village, text):
    Organization.objects.filter(pk=village.pk).update(name_zh=text[:120])


def test_a_message_reaches_the_mail_server_whatever_the_organization_is_called(county):
    """Also under a name from before the cleaning, with a line break in it."""
    county.head.email = "head@example.cn"
    county.head.save()
    application = county.at(Stage.SELF_ASSESSED)
    deliver_outbox()
    for sample in HOSTILE:
        for called in {sample.line[:120], sample.kept[:120]}:
            name(county.village, called)
            mail.outbox.clear()
            county.act("reopen", application, county.preparer)
            county.act("confirm", application, county.head, truth_confirmed=True)
            deliver_outbox()
            told = [one for one in mail.outbox if one.to == ["head@example.cn"]]
            assert len(told) == 1, sample.name
            for said in (told[0].subject, told[0].body):
                assert " ".join(called.split()) in " ".join(said.split()), sample.name
            told[0].message().as_bytes()


def test_a_case_with_every_text_shows_and_prints(client, county):
    application = county.start()
    county.prepare(application)
    answer = application.answers.get(item__code="NC-01")
    answer.note = ALL
    answer.save()
    application.summary = ALL
    application.save()
    client.force_login(county.preparer)
    papers = [
        reverse("applications:paper", args=[application.pk, kind, suffix])
        for kind in ("form", "report", "evidence")
        for suffix in ("pdf", "docx")
    ]
    own = [reverse(f"applications:{page}", args=[application.pk]) for page in ("case", "sheet")]
    for address in (*own, *papers):
        shown = client.get(address)
        assert shown.status_code == 200
        b"".join(shown.streaming_content) if shown.streaming else shown.content
    shown = client.get(
        reverse("applications:item", args=[application.pk, "NC-01"]), follow=True
    ).content
    content = unescape(shown.decode()).replace("\r\n", "\n")
    for sample in HOSTILE:
        assert sample.kept in content, sample.name
    assert b"<script>alert" not in shown
    assert filled_pdf(Case(application)).startswith(b"%PDF-")


def test_a_draft_with_every_text_leaves_by_every_file(own):
    item = own.draft.items.get(code="NC-01")
    Item.objects.filter(pk=item.pk).update(text=f"{item.text}{ALL}")
    Check.objects.filter(item=item).update(metric_zh=ALL[:100], note=ALL)
    for file, made in downloads.DOWNLOADS.items():
        assert made.made(own.draft, clock.now()), file
    data = yaml.safe_load(downloads.DOWNLOADS["standard.yaml"].made(own.draft, clock.now()))
    (written,) = [
        one for part in data["sections"] for one in part["items"] if one["code"] == "NC-01"
    ]
    assert written["text"].endswith(ALL)


def test_a_replay_under_every_name_leaves_as_a_table(county, own):
    county.at(Stage.SUBMITTED)
    replay = requesting.request(
        county.round_category,
        county.round_category.standard,
        thresholds={"NC-09-C2": 100},
        basis="declared",
        actor=own.manager,
    )
    running.run(replay.job_id)
    replay.refresh_from_db()
    for sample in HOSTILE:
        name(county.village, sample.line)
        lines = "".join(spreadsheets.csv_lines(exports.organization_rows(replay)))
        cells = [cell for row in csv.reader(io.StringIO(lines)) for cell in row]
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
        exports.workbook(replay).close()


@pytest.mark.parametrize("kind", KINDS)
def test_the_value_fields_of_every_kind_take_every_text(kind):
    rule = check(kind, may_be_not_applicable=True)
    item = ItemRules("NC-01", "条文", (rule,))
    for sample in HOSTILE:
        typed = {rule.code: sample.typed, f"{rule.code}-na": ""}
        for form in (ItemForm(item, typed), MeasureForm(item, {}, typed)):
            form.is_valid()
            for value in form.accepted.values():
                assert not isinstance(value, str) or value == sample.kept
        reason = ItemForm(item, {f"{rule.code}-na": sample.typed})
        if reason.is_valid():
            assert reason.accepted[rule.code] == {"not_applicable": sample.line}


def files():
    """The same sentences with every text in them, in each kind of file that is read."""
    lines = [*TEXT.splitlines(), "4.有党务公开栏。" + ALL.replace("\n", "")]
    book, page, words = Workbook(), io.BytesIO(), io.BytesIO()
    for line in lines:
        book.active.append([kept(line)])
    for cell in book.active["A"]:
        cell.data_type = "s"
    book.save(page)
    document = Document()
    for line in lines:
        document.add_paragraph(kept(line))
    document.save(words)
    typed = "".join(sample.typed.encode(errors="ignore").decode() for sample in HOSTILE)
    yield "标准.txt", "\n".join([*lines, f"5.{typed}"]).replace("\0", "").encode()
    yield "标准.xlsx", page.getvalue()
    yield "标准.docx", words.getvalue()


@pytest.mark.parametrize(("called", "content"), files(), ids=lambda part: str(part)[:8])
def test_what_is_read_of_a_file_is_cleaned_like_what_is_typed(county, own, called, content):
    reading = readings.keep(
        SimpleUploadedFile(called, content), county.jurisdiction, actor=own.manager
    )
    texts = list(texts_in(reading.content))
    assert any("党务公开栏" in text for text in texts)
    assert [text for text in texts if kept(text) != text] == []


def texts_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for member in value.values() if isinstance(value, dict) else value:
            yield from texts_in(member)
