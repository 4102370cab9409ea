"""Stored files that no row names are found and cleared; what a row or a submission names stays."""

import io
import os
from datetime import timedelta

import pytest
from django.core.management import call_command

from designation.applications import evidence
from designation.applications.models import Evidence, Stage, Submission
from designation.evidence import strays
from designation.evidence.strays import Stray
from designation.site import clock
from tests.course import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def age(file, *, hours=25):
    moment = (clock.system_now() - timedelta(hours=hours)).timestamp()
    os.utime(file, (moment, moment))


def lay(media, name, *, hours=25):
    file = media / "evidence" / "ab" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"stray")
    age(file, hours=hours)
    return file


def name_of(file):
    """As the storage calls it."""
    return f"evidence/ab/{file.name}"


def run(**options):
    out = io.StringIO()
    call_command("clear_stray_files", stdout=out, **options)
    return out.getvalue()


def test_strays_are_listed_and_nothing_is_deleted_unless_asked(media):
    stray = lay(media, "ab12.pdf")
    unfinished = lay(media, ".unfinished-x")

    told = run()
    assert name_of(stray) in told
    assert name_of(unfinished) in told
    assert "2 stray files, 10 bytes, found" in told
    assert stray.exists()

    assert "2 stray files, 10 bytes, deleted" in run(delete=True)
    assert not stray.exists()
    assert not unfinished.exists()


def test_a_file_of_today_may_still_get_its_row(media):
    young = lay(media, "ab12.pdf", hours=23)

    run(delete=True)

    assert young.exists()


def test_what_a_row_names_stays_also_when_it_was_taken_off_the_draft(county, media):
    application = county.start()
    kept = county.attach(application)
    evidence.remove(kept, kept.items.get(), actor=county.preparer)
    age(kept.file.path)

    assert "0 stray files" in run(delete=True)
    assert kept.file.storage.exists(kept.file.name)


def test_files_of_submissions_stay_whatever_became_of_their_rows(county, media):
    application = county.at(Stage.SUBMITTED)
    kept = application.evidence.get()
    age(kept.file.path)
    assert Submission.objects.get().content["evidence"][0]["sha256"] == kept.sha256
    Evidence.objects.all().delete()

    run(delete=True)

    assert kept.file.storage.exists(kept.file.name)


def test_files_elsewhere_in_the_folder_are_not_ours(media):
    other = media / "backup.pdf"
    other.write_bytes(b"x")
    age(other)

    run(delete=True)

    assert other.exists()


def test_a_file_stored_anew_meanwhile_stays(county, media):
    application = county.start()
    yesterday = clock.system_now() - timedelta(days=1)
    county.attach(application)
    stray = lay(media, "ab12.pdf", hours=1)
    gone = lay(media, "ab13.pdf")
    gone.unlink()

    assert not strays.clear(Stray(name_of(stray), 5), older_than=yesterday)
    assert stray.exists()
    assert not strays.clear(Stray(name_of(gone), 5), older_than=yesterday)


def test_what_cannot_be_cleared_any_more_is_not_counted(media, monkeypatch):
    lay(media, "ab12.pdf")
    monkeypatch.setattr(
        "designation.evidence.management.commands.clear_stray_files.clear",
        lambda _file, **_options: False,
    )

    assert "0 stray files, 0 bytes, deleted." in run(delete=True)


def test_a_stray_is_replaced_by_an_upload_of_the_same_content(county, media):
    application = county.start()
    first = county.attach(application, PDF)
    Evidence.objects.all().delete()
    age(first.file.path)

    again = county.attach(application, PDF)

    assert "0 stray files" in run(delete=True)
    assert again.file.read() == PDF
    again.file.close()
