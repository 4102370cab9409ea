"""Previews: drawn once after the upload, away from the site, and shown as pictures only."""

import io
import struct
import subprocess
import sys

import pypdf
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from designation.evidence import drawing, library, previews, tasks, waking
from designation.evidence.models import LibraryEntry, StoredFile, preview_name
from tests import files
from tests.course import PDF
from tests.permissions.test_matrix import close_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def put_in(county, content, name="minutes.pdf"):
    file = SimpleUploadedFile(name, content)
    return library.put_in(file, holder=county.village, title="会议纪要", actor=county.preparer)


def pages(count, size=(595, 842)):
    writer = pypdf.PdfWriter()
    for _page in range(count):
        writer.add_blank_page(*size)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def opened(content):
    with Image.open(io.BytesIO(content)) as picture:
        picture.load()
        return picture.format, picture.size


def picture_of(entry, page, size):
    with default_storage.open(preview_name(entry.stored.sha256, page, size)) as file:
        return opened(file.read())


def now(entry):
    return LibraryEntry.objects.select_related("stored").get(pk=entry.pk)


def test_each_page_of_a_pdf_becomes_a_small_and_a_large_picture(county):
    kept = put_in(county, pages(3))

    assert previews.draw_waiting() == 1

    kept = now(kept)
    assert (kept.stored.pages, list(kept.preview_pages)) == (3, [1, 2, 3])
    kind, (width, height) = picture_of(kept, 3, "large")
    assert (kind, height) == ("WEBP", 1400)
    assert width == pytest.approx(1400 * 595 / 842, abs=2)
    assert picture_of(kept, 1, "small")[1][1] == 320
    assert previews.draw_waiting() == 0


def test_a_photo_is_one_picture_no_larger_than_it_is_shown(county):
    photo = io.BytesIO()
    files.picture((3000, 2000)).save(photo, "JPEG")
    kept = put_in(county, photo.getvalue(), "photo.jpg")

    previews.make(kept.pk)

    assert now(kept).stored.pages == 1
    assert picture_of(kept, 1, "large") == ("WEBP", (1400, 933))


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "LA"])
def test_what_is_transparent_or_grey_is_drawn_on_white(mode):
    (small, large), *_rest = previews.draw(files.png(mode=mode)).pictures

    assert opened(small)[0] == opened(large)[0] == "WEBP"


def test_of_a_long_document_the_first_pages_are_drawn_and_all_are_counted(county):
    kept = put_in(county, pages(drawing.MOST_PAGES + 3))

    previews.make(kept.pk)

    kept = now(kept)
    assert (kept.stored.pages, kept.stored.drawn) == (drawing.MOST_PAGES + 3, drawing.MOST_PAGES)
    assert len(kept.strip_pages) == 6


def test_a_page_as_large_as_a_field_costs_no_more_than_another():
    drawn = previews.draw(pages(1, (14_400_000, 14_400)))

    assert opened(drawn.pictures[0][1])[1][0] == 1400


def test_word_and_excel_have_no_preview_and_wait_for_none(county):
    kept = put_in(county, files.docx(), "minutes.docx")

    assert previews.make(kept.pk)

    assert list(now(kept).preview_pages) == []


def test_a_document_that_cannot_be_drawn_is_tried_thrice_and_then_left(county, caplog):
    kept = put_in(county, PDF)

    assert [previews.make(kept.pk) for _turn in range(4)] == [False, False, True, False]

    kept = now(kept)
    assert (kept.preview_tries, kept.stored.drawn) == (3, 0)
    assert "were not drawn" in caplog.text


def test_what_another_worker_has_begun_is_not_drawn_twice(county, monkeypatch):
    kept = put_in(county, PDF)
    stale = now(kept)
    LibraryEntry.objects.update(preview_tries=1)
    monkeypatch.setattr(previews, "_waiting", lambda: StaleRows(stale))

    assert not previews.make(kept.pk)


class StaleRows:
    """What was read before the other worker counted its try."""

    def __init__(self, row):
        self.row = row

    def narrowed(self, *_names, **_wanted):
        return self

    select_related = filter = narrowed

    def first(self):
        return self.row


def test_a_file_that_is_lost_is_not_drawn(county, media):
    kept = put_in(county, pages(1))
    default_storage.delete(kept.stored.file.name)

    assert not previews.make(kept.pk)
    assert now(kept).previewed_at is None


# The process that draws


def script(monkeypatch, tmp_path, text):
    place = tmp_path / "drawing.py"
    place.write_text(text)
    monkeypatch.setattr(previews, "_SCRIPT", place)


WEBP = b"RIFF0000WEBP"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (b"", "It said nothing."),
        (struct.pack(">II", 1, len(WEBP)) + WEBP, "A picture is missing."),
        (struct.pack(">II", 1, 6) + b"<html>", "What it wrote is no picture."),
    ],
)
def test_what_it_writes_is_looked_at_before_it_is_kept(monkeypatch, tmp_path, said, told):
    script(monkeypatch, tmp_path, f"import sys; sys.stdout.buffer.write({said!r})")

    with pytest.raises(previews.NotDrawn, match=told):
        previews.draw(b"x")


def test_one_that_does_not_end_is_ended(monkeypatch, tmp_path):
    script(monkeypatch, tmp_path, "import threading; threading.Event().wait()")
    monkeypatch.setattr(previews, "_MOST_SECONDS", 0.2)

    with pytest.raises(previews.NotDrawn, match="took too long"):
        previews.draw(b"x")


def test_one_that_dies_says_of_what(monkeypatch, tmp_path):
    script(monkeypatch, tmp_path, "raise MemoryError('too much')")

    with pytest.raises(previews.NotDrawn, match="too much"):
        previews.draw(b"x")


LIMITED = """
import sys
sys.path.insert(0, {folder!r})
import drawing
drawing.MOST_MEMORY, drawing.MOST_OUTPUT, drawing.MOST_SECONDS = 2**30, 1000, 1
drawing.limit()
{work}
"""


@pytest.mark.parametrize(
    "work",
    [
        "bytes(2**31)",
        "sys.stdout.buffer.write(bytes(10**6)); sys.stdout.flush()",
        "while True: pass",
    ],
    ids=["memory", "output", "processor"],
)
def test_it_takes_no_more_than_its_share(tmp_path, work):
    folder = str(previews._SCRIPT.parent)
    place = tmp_path / "limited.py"
    place.write_text(LIMITED.format(folder=folder, work=work))
    with (tmp_path / "out").open("wb") as out:
        done = subprocess.run(
            [sys.executable, "-I", str(place)],
            stdout=out,
            stderr=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )

    assert done.returncode != 0
    assert (tmp_path / "out").stat().st_size <= 1000


def drawn_here(content, monkeypatch):
    """What the script writes, run in this process: without its limits, which would be ours."""

    class Stream:
        def __init__(self, content=b""):
            self.buffer = io.BytesIO(content)

    out = Stream()
    monkeypatch.setattr(drawing, "limit", lambda: None)
    monkeypatch.setattr(drawing.sys, "stdin", Stream(content))
    monkeypatch.setattr(drawing.sys, "stdout", out)
    drawing.main()
    out.buffer.seek(0)
    return previews._read(out.buffer)


@pytest.mark.parametrize("content", [pages(2), files.jpeg(), files.png(mode="RGBA")])
def test_the_script_says_how_many_pages_there_are_and_shows_them(content, monkeypatch):
    drawn = drawn_here(content, monkeypatch)

    assert len(drawn.pictures) == drawn.pages
    assert opened(drawn.pictures[0][0])[0] == "WEBP"


# Shown


@pytest.fixture
def drawn(county):
    kept = put_in(county, pages(2))
    previews.make(kept.pk)
    return now(kept)


def page_of(entry, page=1, size="large"):
    return reverse("library:page", args=[entry.pk, page, size])


def test_a_page_is_served_as_a_picture_and_nothing_else(client, county, drawn):
    client.force_login(county.preparer)

    answer = client.get(page_of(drawn))

    assert opened(b"".join(answer.streaming_content))[0] == "WEBP"
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == "inline"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-cache"
    close_file(answer)


def test_a_picture_is_sent_once_and_the_right_to_it_asked_each_time(client, county, drawn):
    client.force_login(county.preparer)
    first = client.get(page_of(drawn))
    close_file(first)

    again = client.get(page_of(drawn), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

    client.force_login(county.reviewer)
    assert client.get(page_of(drawn), headers={"if-none-match": first["ETag"]}).status_code == 404


@pytest.mark.parametrize(("page", "size"), [(0, "large"), (3, "large"), (1, "huge")])
def test_there_is_no_other_page_and_no_other_size(client, county, drawn, page, size):
    client.force_login(county.preparer)

    assert client.get(page_of(drawn, page, size)).status_code == 404


def test_a_picture_that_is_gone_is_not_found(client, county, drawn):
    default_storage.delete(preview_name(drawn.stored.sha256, 1, "large"))
    client.force_login(county.preparer)

    assert client.get(page_of(drawn)).status_code == 404


def test_a_reviewer_sees_the_pages_beside_the_item(client, county):
    application = county.start()
    entry = county.attach(application, pages(1)).entry
    county.__dict__["attach"] = lambda _application: None
    county._confirm(application)
    county.act("submit", application, county.preparer)
    previews.make(entry.pk)
    client.force_login(county.reviewer)

    page = client.get(reverse("applications:review", args=[application.pk])).content.decode()

    assert f'src="{page_of(entry, 1, "small")}"' in page
    assert f'href="{page_of(entry, 1, "large")}"' in page
    picture = client.get(page_of(entry))
    assert picture.status_code == 200
    close_file(picture)


def test_whose_content_was_drawn_before_waits_for_their_own_drawing(county, drawn):
    """Else the moment would tell the second uploader that it was here."""
    other = county.beside()
    second = library.put_in(
        SimpleUploadedFile("minutes.pdf", pages(2)), holder=other.village, actor=other.preparer
    )

    assert list(now(second).preview_pages) == []
    previews.make(second.pk)
    assert list(now(second).preview_pages) == [1, 2]


def test_what_is_taken_out_takes_its_pictures_along(
    county, drawn, media, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        library.take_out(drawn, reason="重复上传，按规定移出资料库。", actor=county.head)

    assert [file for file in media.rglob("*") if file.is_file()] == []
    assert StoredFile.objects.get().drawn == 0


def test_an_upload_wakes_a_worker_once_it_is_on_record(
    county, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr(tasks.draw_previews, "delay", lambda: sent.append("draw"))
    with django_capture_on_commit_callbacks() as waiting:
        put_in(county, PDF)
    assert sent == []

    for ring in waiting:
        ring()
    waking.wake_up.settle()

    assert sent == ["draw"]


def test_without_a_broker_the_sweep_draws(county, monkeypatch, caplog):
    def away():
        raise tasks.draw_previews.OperationalError

    monkeypatch.setattr(tasks.draw_previews, "delay", away)
    kept = put_in(county, pages(1))
    waking._draw_now()
    assert "drawn by the next sweep" in caplog.text

    tasks.draw_previews()

    assert now(kept).stored.drawn == 1
