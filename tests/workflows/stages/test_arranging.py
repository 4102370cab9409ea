"""What is said of an item's evidence, its order, and a published page in place of a file."""

import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from designation.applications import descriptions, evidence, published
from designation.applications.models import (
    Application,
    Evidence,
    FormerValue,
    PublishedLink,
    Stage,
)
from designation.audit.models import AuditEvent
from designation.evidence import library
from designation.site import clock
from designation.site.refusal import Refusal
from tests.course import PDF
from workflows.case.facts import Case
from workflows.stages.self_assessment import arranging_views, gates, item_evidence, papers, printing

pytestmark = pytest.mark.django_db

ADDRESS = "https://www.example.gov.cn/2026/03/notice.html"
PAGE = {"address": ADDRESS, "title": "党务公开公告", "published_on": "2026-03-01"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def draft(county):
    return county.start()


def case_of(application):
    return Case(Application.objects.get(pk=application.pk))


def address_of(application, code="NC-01"):
    return reverse("applications:arrange", args=[application.pk, code])


def attach(county, application, *names):
    return [
        county.attach(application, content=PDF + name.encode() + b"\n%%EOF\n") for name in names
    ]


def shown(client, person, application, code="NC-01"):
    client.force_login(person)
    address = reverse("applications:item", args=[application.pk, code])
    return client.get(address, follow=True).content.decode()


def item(application, code="NC-01"):
    return application.standard.items.get(code=code)


# What is said of a file


def test_a_caption_and_a_day_stand_beside_the_file_on_its_item(client, county, draft):
    (file,) = attach(county, draft, "一")
    client.force_login(county.preparer)
    typed = {f"caption-{file.pk}": "12 人到会", f"dated_on-{file.pk}": "2026-02-10", "save": ""}

    page = client.post(address_of(draft), typed, follow=True).content.decode()

    assert "已保存。" in page
    assert "12 人到会" in page
    assert "2026年2月10日" in page
    file.refresh_from_db()
    assert (file.caption, str(file.dated_on)) == ("12 人到会", "2026-02-10")


def test_a_day_to_come_is_told_at_its_field_and_the_caption_stays(client, county, draft):
    (file,) = attach(county, draft, "一")
    client.force_login(county.preparer)
    typed = {f"caption-{file.pk}": "12 人到会", f"dated_on-{file.pk}": "2099-01-01"}

    answer = client.post(address_of(draft), typed)

    assert answer.status_code == 422
    assert "材料日期不能晚于今天，请核对。" in answer.content.decode()
    assert "12 人到会" in answer.content.decode()
    assert not Evidence.objects.exclude(caption="").exists()


def test_no_day_to_come_gets_past_the_page(county, draft):
    (file,) = attach(county, draft, "一")
    sent = {f"dated_on-{file.pk}": clock.today() + timedelta(days=1)}

    with pytest.raises(Refusal, match="材料日期不能晚于今天"):
        item_evidence.describe(case_of(draft), item(draft), sent, actor=county.preparer)


def test_what_the_library_says_of_a_file_is_said_of_its_citation_from_that_day_on(county, draft):
    entry = library.put_in(
        library.receive(upload()), holder=county.village, caption="存入时的说明", actor=county.head
    )
    cited = evidence.choose(draft, entry, items=[item(draft)], actor=county.preparer)
    library.describe(entry, {"caption": "后来的说明"}, actor=county.head)

    cited.refresh_from_db()
    assert cited.caption == "存入时的说明"


def upload():
    return SimpleUploadedFile("会议纪要.pdf", PDF)


def test_what_both_changed_is_asked_about_and_the_former_words_are_kept(client, county, draft):
    (file,) = attach(county, draft, "一")
    name = f"caption-{file.pk}"
    client.force_login(county.preparer)
    client.post(address_of(draft), {name: "填报人的说明"})
    client.force_login(county.head)
    seen = json.dumps({name: "000000000000"})

    asked = client.post(address_of(draft), {name: "负责人的说明", "shown": seen})
    assert asked.status_code == 422
    assert "填报人的说明" in asked.content.decode()
    digest = asked.context["form"].conflicts[name].digest
    chosen = {name: "负责人的说明", "shown": seen, f"choose-{name}": f"mine:{digest}"}
    client.post(address_of(draft), chosen)

    file.refresh_from_db()
    assert file.caption == "负责人的说明"
    former = FormerValue.objects.get()
    assert (former.field, former.value, former.written_by) == (
        "caption",
        "填报人的说明",
        county.preparer,
    )
    assert AuditEvent.objects.get(action="application.replace").details == {
        "fields": ["NC-01 caption"]
    }
    case_page = client.get(reverse("applications:case", args=[draft.pk])).content.decode()
    assert "材料说明" in case_page
    assert "填报人的说明" in case_page


# Order


def test_a_file_goes_up_one_place_or_to_the_front(client, county, draft):
    one, two, three = attach(county, draft, "一", "二", "三")
    client.force_login(county.preparer)

    client.post(address_of(draft), {"up": three.pk})
    assert order(client, draft) == [one.pk, three.pk, two.pk]
    client.post(address_of(draft), {"first": two.pk, f"caption-{one.pk}": "说明"})
    assert order(client, draft) == [two.pk, one.pk, three.pk]
    # What was typed goes with whichever button is pressed.
    assert Evidence.objects.get(pk=one.pk).caption == "说明"
    client.post(address_of(draft), {"up": two.pk})
    assert order(client, draft) == [two.pk, one.pk, three.pk]


def order(client, application):
    rows = client.get(address_of(application)).context["form"].rows
    return [file.pk for file, _inputs in rows]


def test_the_order_of_an_item_leaves_the_files_of_others_where_they_are(client, county, draft):
    one, other, two = attach(county, draft, "一", "别条", "二")
    other.items.set([item(draft, "NC-02")])
    client.force_login(county.preparer)

    client.post(address_of(draft), {"first": two.pk})

    assert [file.pk for file in case_of(draft).evidence] == [two.pk, other.pk, one.pk]


def test_a_file_of_another_item_is_not_moved_here(client, county, draft):
    (file,) = attach(county, draft, "一")
    client.force_login(county.preparer)

    assert client.post(address_of(draft, "NC-02"), {"up": file.pk}).status_code == 404


def test_a_file_taken_away_meanwhile_is_passed_over(county, draft):
    (file,) = attach(county, draft, "一")
    file.items.clear()

    descriptions.move(draft, file, item(draft), to=0, actor=county.preparer)

    assert Evidence.objects.get(pk=file.pk).position is None


# Published pages


def test_a_published_page_stands_in_place_of_a_file_for_all_who_read_the_case(
    client, county, draft
):
    county.prepare(draft)
    client.force_login(county.preparer)

    page = client.post(address_of(draft), PAGE | {"link": ""}, follow=True).content.decode()

    assert "公开网页已登记。" in page
    assert "党务公开公告" in shown(client, county.preparer, draft)
    county.act("confirm", draft, county.head, truth_confirmed=True)
    county.act("submit", draft, county.preparer)
    for name in ("review", "case"):
        client.force_login(county.reviewer)
        read = client.get(reverse(f"applications:{name}", args=[draft.pk])).content.decode()
        assert f'href="{ADDRESS}"' in read
        assert 'rel="noopener noreferrer nofollow"' in read
        assert "www.example.gov.cn" in read
        assert "2026年3月1日" in read
    draft.refresh_from_db()
    assert draft.submission.content["links"] == [PAGE | {"item": "NC-01"}]
    on_paper = str(printing.filled_sheet(case_of(draft)))
    assert f"党务公开公告（{ADDRESS}）" in on_paper
    assert f"党务公开公告（{ADDRESS}）" in str(papers.KINDS["evidence"].compose(case_of(draft)))


def test_a_page_beside_what_is_refused_is_shown_as_registered(client, county, draft):
    (file,) = attach(county, draft, "记录")
    client.force_login(county.preparer)
    typed = {f"dated_on-{file.pk}": "2099-01-01"} | PAGE

    answer = client.post(address_of(draft), typed | {"link": ""})

    assert answer.status_code == 422
    assert draft.links.count() == 1
    assert f'href="{ADDRESS}"' in answer.content.decode()


def test_taking_off_anothers_page_is_kept_and_on_record(client, county, draft):
    client.force_login(county.preparer)
    client.post(address_of(draft), PAGE | {"link": ""})
    client.force_login(county.head)

    client.post(address_of(draft), {"unlink": draft.links.get().pk})

    former = FormerValue.objects.get(subject="evidence")
    assert former.value == f"{PAGE['title']} {ADDRESS}"
    assert (former.written_by, former.replaced_by) == (county.preparer, county.head)


def test_a_published_page_is_evidence_enough(client, county, draft):
    assert [one.code for one in gates.evidence_is_there(case_of(draft))] == ["no_evidence"]
    client.force_login(county.preparer)

    client.post(address_of(draft), PAGE | {"link": ""})

    assert list(gates.evidence_is_there(case_of(draft))) == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://www.example.gov.cn/", "网址要以 https:// 开头"),
        ("javascript:alert(1)", "网址要以 https:// 开头"),
        ("www.example.gov.cn", "网址要以 https:// 开头"),
        ("https://", "这不是完整的网址"),
        ("https://a b.example.cn/", "这不是完整的网址"),
        ("https://www.example.cn/<script>", "这不是完整的网址"),
        ("https://[::1", "这不是完整的网址"),
        ("https://user:secret@www.example.cn/", "网址里带有用户名或密码"),
        ("https://user@www.example.cn/", "网址里带有用户名或密码"),
        ("https://localhost/notice", "请填写公开发布的网页"),
        ("https://10.0.0.8/notice", "请填写公开发布的网页"),
        ("https://[::1]/notice", "请填写公开发布的网页"),
        ("", "请填写这一项。"),
        ("https://www.example.cn/" + "a" * 500, "500"),
    ],
)
def test_what_is_no_address_of_a_published_page_is_told_at_its_field(
    client, county, draft, address, told
):
    client.force_login(county.preparer)

    answer = client.post(address_of(draft), PAGE | {"address": address, "link": ""})

    assert answer.status_code == 422
    assert told in str(answer.context["link_form"].errors["address"])
    assert 'value="党务公开公告"' in answer.content.decode()
    assert not PublishedLink.objects.exists()


def test_a_page_to_be_published_tomorrow_is_told_at_its_day(client, county, draft):
    client.force_login(county.preparer)

    answer = client.post(address_of(draft), PAGE | {"published_on": "2099-01-01", "link": ""})

    assert "发布日期不能晚于今天" in str(answer.context["link_form"].errors["published_on"])


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"address": "https://10.0.0.8/"}, "请填写公开发布的网页"),
        ({"published_on": date(2099, 1, 1)}, "发布日期不能晚于今天"),
    ],
)
def test_no_other_page_gets_past_the_form(county, draft, wrong, told):
    values = PAGE | {"published_on": clock.today()} | wrong

    with pytest.raises(Refusal, match=told):
        item_evidence.link(case_of(draft), item(draft), values, actor=county.preparer)


def test_the_same_address_twice_is_one_and_taken_off_it_may_come_again(client, county, draft):
    client.force_login(county.preparer)
    for _twice in range(2):
        client.post(address_of(draft), PAGE | {"link": ""})
    page = PublishedLink.objects.get()

    client.post(address_of(draft), {"unlink": page.pk})
    page.refresh_from_db()
    assert (page.removed_by, case_of(draft).links) == (county.preparer, [])
    client.post(address_of(draft), PAGE | {"link": ""})

    assert PublishedLink.objects.filter(removed_at__isnull=True).count() == 1


def test_so_many_pages_and_no_more(client, county, draft, monkeypatch):
    monkeypatch.setattr(published, "MOST_LINKS", 1)
    client.force_login(county.preparer)
    client.post(address_of(draft), PAGE | {"link": ""})

    answer = client.post(address_of(draft), PAGE | {"address": ADDRESS + "?2", "link": ""})

    assert "每份申报最多登记 1 个网页" in answer.content.decode()
    assert PublishedLink.objects.count() == 1


def test_the_database_takes_no_other_address(county, draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        PublishedLink.objects.create(
            application=draft,
            item=item(draft),
            address="http://www.example.cn/",
            title="公告",
            published_on=clock.today(),
            added_at=clock.now(),
            added_by=county.preparer,
        )


# When it is locked


@pytest.mark.parametrize("typed", [{"caption-1": "迟到的说明"}, PAGE | {"link": ""}])
def test_what_is_typed_too_late_is_shown_and_not_taken(client, county, draft, typed):
    county.prepare(draft)
    county.act("confirm", draft, county.head, truth_confirmed=True)
    client.force_login(county.preparer)

    answer = client.post(address_of(draft), typed)

    assert answer.status_code == 422
    assert next(iter(typed.values())) in answer.content.decode()
    assert not PublishedLink.objects.exists()
    assert client.get(address_of(draft)).status_code == 404


def test_what_is_locked_between_page_and_press_is_shown(client, county, draft, monkeypatch):
    def moved(*_args, **_more):
        raise Refusal.because("already_moved", "此申报已由他人办理")

    monkeypatch.setattr(arranging_views.item_evidence, "link", moved)
    client.force_login(county.preparer)

    answer = client.post(address_of(draft), PAGE | {"link": ""})

    assert answer.status_code == 422
    assert "此申报已由他人办理" in answer.content.decode()


# In a correction


def test_a_correction_shows_what_changed_of_files_and_pages(client, county):
    application = county.at(Stage.SUBMITTED)
    corrections = {"NC-01": "请补充说明材料的内容。"}
    county.act("return_for_correction", application, county.reviewer, corrections=corrections)
    file = application.evidence.first()
    client.force_login(county.preparer)
    client.post(address_of(application), {f"caption-{file.pk}": "补正后的说明"})
    client.post(address_of(application), PAGE | {"link": ""})
    client.force_login(county.reviewer)
    before = client.get(reverse("applications:case", args=[application.pk])).content.decode()
    assert "补正后的说明" not in before
    assert ADDRESS not in before

    county.act_on_correction(application, "NC-01")

    application.refresh_from_db()
    assert application.submission.changed_items == ["NC-01"]
    page = client.get(reverse("applications:review", args=[application.pk])).content.decode()
    assert "会议记录 · 补正后的说明" in page
    assert "党务公开公告 · 2026-03-01" in page


def test_a_reader_goes_on_seeing_the_pages_that_were_handed_in(client, county, draft):
    county.prepare(draft)
    client.force_login(county.preparer)
    client.post(address_of(draft), PAGE | {"link": ""})
    county.act("confirm", draft, county.head, truth_confirmed=True)
    county.act("submit", draft, county.preparer)
    corrections = {"NC-01": "请换成文件，并说明情况。"}
    county.act("return_for_correction", draft, county.reviewer, corrections=corrections)
    client.force_login(county.preparer)
    client.post(address_of(draft), {"unlink": PublishedLink.objects.get().pk})

    client.force_login(county.reviewer)
    read = client.get(reverse("applications:case", args=[draft.pk])).content.decode()

    assert ADDRESS in read
    assert ADDRESS not in shown(client, county.preparer, draft)
