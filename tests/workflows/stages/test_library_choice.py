"""An item cites what the organization's library holds already, instead of an upload."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from designation.applications.models import Evidence, Stage
from designation.evidence import library
from designation.evidence.models import LibraryEntry
from tests.course import PDF
from workflows import transitions
from workflows.stages.self_assessment import library_views

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def put_in(county, title, content=PDF):
    file = SimpleUploadedFile("minutes.pdf", content)
    return library.put_in(file, holder=county.village, title=title, actor=county.preparer)


def sheet(application, code="NC-02"):
    return reverse("applications:library", args=[application.pk, code])


def test_the_way_in_stands_on_the_item_page(client, county):
    application = county.start()
    client.force_login(county.preparer)

    page = client.get(reverse("applications:item", args=[application.pk, "NC-02"]), follow=True)

    assert sheet(application) in page.content.decode()


def test_a_chosen_file_supports_the_item_without_an_upload(client, county):
    application, kept = county.start(), put_in(county, "会议纪要")
    client.force_login(county.preparer)

    told = client.post(sheet(application), {"entry": kept.pk}, follow=True).content.decode()

    assert "已引用材料。" in told
    row = Evidence.objects.get()
    assert (row.entry, row.title, row.sha256) == (kept, "会议纪要", kept.stored.sha256)
    assert [item.code for item in row.items.all()] == ["NC-02"]


def test_chosen_for_two_items_it_counts_once(client, county):
    application, kept = county.start(), put_in(county, "会议纪要")
    client.force_login(county.preparer)

    for code in ("NC-01", "NC-02"):
        client.post(sheet(application, code), {"entry": kept.pk})

    assert [item.code for item in Evidence.objects.get().items.all()] == ["NC-01", "NC-02"]


def test_only_what_the_item_does_not_cite_and_what_was_looked_for_is_offered(client, county):
    application = county.start()
    cited, _other = put_in(county, "会议纪要"), put_in(county, "花名册", PDF + b"\n")
    client.force_login(county.preparer)
    client.post(sheet(application), {"entry": cited.pk})

    offered = client.get(sheet(application)).content.decode()
    looked_for = client.get(sheet(application), {"text": "没有"}).content.decode()

    assert "花名册" in offered
    assert "会议纪要" not in offered
    assert "没有可以选用的资料" in looked_for


def test_another_organizations_file_is_not_there_to_choose(client, county):
    other = county.beside()
    theirs = put_in(other, "乙村的纪要")
    application = county.start()
    client.force_login(county.preparer)

    assert "乙村的纪要" not in client.get(sheet(application)).content.decode()
    assert client.post(sheet(application), {"entry": theirs.pk}).status_code == 404
    assert not Evidence.objects.exists()


def test_a_file_taken_out_meanwhile_is_said_to_be(client, county):
    application, kept = county.start(), put_in(county, "会议纪要")
    library.take_out(kept, reason="重复上传，按规定移出资料库。", actor=county.head)
    client.force_login(county.preparer)

    told = client.post(sheet(application), {"entry": kept.pk}, follow=True).content.decode()

    assert "材料“会议纪要”已移出资料库，不能引用" in told


def test_the_limits_of_an_application_hold(client, county, settings):
    settings.EVIDENCE_COUNT_LIMIT = 0
    application, kept = county.start(), put_in(county, "会议纪要")
    client.force_login(county.preparer)

    told = client.post(sheet(application), {"entry": kept.pk}, follow=True).content.decode()

    assert "最多 0 个文件" in told


def test_what_was_handed_in_meanwhile_is_told(client, county):
    application = county.at(Stage.SUBMITTED)
    client.force_login(county.preparer)
    kept = LibraryEntry.objects.get()

    answer = client.post(sheet(application), {"entry": kept.pk})

    assert answer.status_code == 422
    assert "已由他人办理" in answer.content.decode()


def test_what_is_handed_in_between_the_look_and_the_lock_is_told(client, county, monkeypatch):
    application, kept = county.start(), put_in(county, "会议纪要")
    client.force_login(county.preparer)

    def overtaken(*_args, **_more):
        raise transitions.already_moved(application)

    monkeypatch.setattr(library_views.item_evidence, "choose", overtaken)
    answer = client.post(sheet(application), {"entry": kept.pk})

    assert answer.status_code == 422
    assert not Evidence.objects.exists()
