"""From a county's document to a published version that a round may use, over HTTP."""

import io
import re
import threading

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.urls import reverse

from authoring.drafting import drafts
from authoring.drafting.models import Question, Reading
from designation.adoptions.adopting import usable_standards
from designation.audit.models import AuditEvent
from designation.site import clock
from standards import catalogue
from standards.exporting import as_data, as_yaml
from standards.loading import DATA
from standards.models import Item, StandardVersion
from tests import factories
from tests.own_standards import TEXT, OwnStandards, text_file
from tests.sheets import Sheet, fill_in

pytestmark = pytest.mark.django_db

REASON = "县委常委会已研究通过，自本批次起使用。"


@pytest.fixture
def as_manager(client, own):
    client.force_login(own.manager)
    return client


def page(name, *args):
    return reverse(f"drafting:{name}", args=args)


def uploaded(client, own, file):
    return client.post(page("read"), {"file": file, "jurisdiction": own.jurisdiction.pk})


def taken(client, reading, place=0, **changes):
    data = {"category": "NC", "title": "本县农村标准", "document": "青山县示范点评定办法"}
    return client.post(page("take", reading.pk, place), data | changes)


def docx_of(text):
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    return SimpleUploadedFile("评定办法.docx", content.getvalue())


def test_an_officer_with_only_the_word_file_comes_to_a_version_ready_for_a_round(
    as_manager, own, county
):
    source = (DATA / "source.zh.txt").read_text(encoding="utf-8")
    leads_to = uploaded(as_manager, own, docx_of(source)).url
    reading = Reading.objects.get()
    assert leads_to == page("reading", reading.pk)
    overview = as_manager.get(leads_to).content.decode()
    assert overview.count("读出") == 3

    place = next(
        at for at, found in enumerate(reading.content["standards"]) if "农村" in found["title"]
    )
    preview = as_manager.get(page("take", reading.pk, place)).content.decode()
    assert "类别按标题猜为“农村”" in preview
    assert "没有读懂的地方" in preview
    version = StandardVersion.objects.get(pk=_pk(taken(as_manager, reading, place)))
    assert (version.status, version.number, version.area_code) == (
        "draft",
        2,
        county.jurisdiction.code,
    )
    assert version.items.count() == 23

    shut = as_manager.post(page("publish", version.pk), {"reason": REASON})
    assert shut.status_code == 422
    assert "处待核对，请逐一确认" in shut.content.decode()

    open_ = list(version.questions.values_list("pk", flat=True))
    as_manager.post(page("questions", version.pk), {"question": open_})
    sheet = Sheet(as_manager, page("publish", version.pk))
    done = as_manager.get(sheet.send(reason=REASON).url)
    assert "标准已发布" in done.content.decode()

    version.refresh_from_db()
    assert version.status == "published"
    assert catalogue.current("NC") == version
    assert list(usable_standards(county.jurisdiction).filter(category="NC"))[-1] == version
    shown = done.content.decode()
    assert "青山县示范点评定办法" in shown
    assert "原文第" in shown
    actions = AuditEvent.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == [
        "standard.read",
        "standard.draft",
        "standard.settle",
        "standard.publish",
    ]


def _pk(answer):
    return int(re.search(r"/drafts/(\d+)/", answer.url).group(1))


def test_what_a_person_leaves_out_is_not_in_the_draft_and_what_was_checked_is_not_asked_again(
    as_manager, own
):
    answer = taken(as_manager, own.reading, leave=["0.1", "0.0.1"], checked=["0.0.0", "1.0.0"])
    version = StandardVersion.objects.get(pk=_pk(answer))

    assert [item.code for item in version.items.all()] == ["NC-01", "NC-02"]
    assert "参会率" not in {c.phrase for c in version.items.get(code="NC-01").checks.all()}
    asked = Question.objects.filter(version=version, check_proposed__isnull=False)
    assert not asked.filter(check_proposed__code="NC-01-C1").exists()


def test_each_standard_of_a_file_is_taken_on_its_own(as_manager, own):
    first = taken(as_manager, own.reading, 0)
    second = taken(as_manager, own.reading, 1, category="SQ", title="本县社区标准")

    assert StandardVersion.objects.get(pk=_pk(first)).category == "NC"
    assert StandardVersion.objects.get(pk=_pk(second)).items.first().code == "SQ-01"
    assert as_manager.get(page("take", own.reading.pk, 2)).status_code == 404


def test_a_file_of_one_standard_leads_straight_to_it(as_manager, own):
    answer = uploaded(as_manager, own, text_file())
    reading = Reading.objects.get()
    assert as_manager.get(answer.url).url == page("take", reading.pk, 0)


def test_a_file_that_cannot_be_read_is_told_at_its_field_and_nothing_is_kept(as_manager, own):
    answer = uploaded(as_manager, own, SimpleUploadedFile("标准.docx", b"not a document"))
    assert answer.status_code == 422
    assert "文件已损坏或与后缀名不符" in answer.content.decode()
    assert not Reading.objects.exists()


def test_a_preview_that_is_refused_keeps_what_was_typed_and_ticked(as_manager, own):
    answer = taken(as_manager, own.reading, document="", title="另一名称", leave=["0.1"])
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "另一名称" in shown
    assert 'name="leave" value="0.1" checked' in shown


@pytest.mark.parametrize("category", ["NC", "SQ", "JG"])
def test_our_own_file_comes_back_as_it_went_out(as_manager, own, category):
    before = catalogue.current(category)
    file = SimpleUploadedFile("标准.yaml", as_yaml(before).encode())
    uploaded(as_manager, own, file)
    answer = taken(
        as_manager,
        Reading.objects.get(),
        category=category,
        title=before.title_zh,
        document=before.source["document"],
    )
    after = StandardVersion.objects.get(pk=_pk(answer))

    changed = {"number", "source"}
    there, here = as_data(before), as_data(after)
    assert {k: v for k, v in there.items() if k not in changed} == {
        k: v for k, v in here.items() if k not in changed
    }
    assert not after.questions.filter(check_proposed__isnull=False).exists()


def test_a_new_version_begins_as_a_copy_and_leaves_the_old_one_alone(as_manager, own):
    before = catalogue.current("NC")
    data = {"version": before.pk, "jurisdiction": own.jurisdiction.pk}
    made = StandardVersion.objects.get(pk=_pk(as_manager.post(page("copy"), data)))

    assert as_data(made)["sections"] == as_data(before)["sections"]
    assert made.number == before.number + 1
    before.refresh_from_db()
    assert before.status == "published"


def test_an_own_version_replaces_only_the_one_of_the_same_area(as_manager, own, county):
    came_with_it = catalogue.current("SQ")
    first = own.published
    second = drafts.begin_copy(first, own.jurisdiction, actor=own.manager)
    drafts.publish(second, actor=own.manager, reason=REASON)

    first.refresh_from_db()
    came_with_it.refresh_from_db()
    assert (first.status, came_with_it.status) == ("retired", "published")
    assert usable_standards(county.jurisdiction).filter(category="SQ").last() == second


def test_a_blank_standard_asks_nothing_and_cannot_be_published(as_manager, own):
    data = {"category": "XX", "title": "本县学校标准", "jurisdiction": own.jurisdiction.pk}
    pk = _pk(as_manager.post(page("blank"), data))

    assert "标准还没有检查点" in as_manager.get(page("draft", pk)).content.decode()
    answer = as_manager.post(page("publish", pk), {"reason": REASON})
    assert answer.status_code == 422
    assert StandardVersion.objects.get(pk=pk).status == "draft"


@pytest.mark.parametrize("act", ["publish", "discard"])
def test_a_reason_is_asked_for(as_manager, own, act):
    answer = as_manager.post(page(act, own.draft.pk), {"reason": "短"})
    assert answer.status_code == 422
    assert "不少于 10 个字" in answer.content.decode()
    assert StandardVersion.objects.get(pk=own.draft.pk).status == "draft"


@pytest.mark.parametrize("act", [drafts.publish, drafts.discard, drafts.retire])
def test_only_the_manager_of_its_area_acts_on_a_standard(own, act):
    elsewhere = OwnStandards(factories.JurisdictionFactory(code="350102000000")).manager
    with pytest.raises(drafts.DraftRefused) as refused:
        act(own.draft, actor=elsewhere, reason=REASON)
    assert refused.value.code == "not_allowed"


def test_a_draft_is_not_retired_and_a_blank_reason_is_none(own):
    with pytest.raises(drafts.DraftRefused) as refused:
        drafts.retire(own.draft, actor=own.manager, reason=REASON)
    assert refused.value.code == "not_published"
    with pytest.raises(drafts.DraftRefused) as refused:
        drafts.discard(own.draft, actor=own.manager, reason=" " * 20)
    assert refused.value.code == "reason_too_short"


def test_where_the_title_tells_no_category_none_is_guessed(as_manager, own):
    text = TEXT.replace("县级农村示范点标准", "县级示范点标准")
    uploaded(as_manager, own, text_file(text))
    preview = as_manager.get(page("take", Reading.objects.get().pk, 0))

    assert preview.context["guess"] == ""
    assert "类别按标题猜为" not in preview.content.decode()


def test_issuer_and_number_of_the_document_are_kept_with_the_draft(as_manager, own):
    answer = taken(
        as_manager, own.reading, issuer="中共青山县委", document_number="青发〔2026〕1号"
    )
    source = StandardVersion.objects.get(pk=_pk(answer)).source

    assert (source["issuer"], source["document_number"]) == ("中共青山县委", "青发〔2026〕1号")


def test_a_discarded_draft_is_gone_and_the_log_says_so(as_manager, own):
    pk = own.draft.pk
    fill_in(as_manager, page("discard", pk), reason=REASON)
    assert not StandardVersion.objects.filter(pk=pk).exists()
    assert AuditEvent.objects.filter(action="standard.discard").count() == 1


def test_retiring_names_the_rounds_that_use_it_and_what_was_begun_goes_on(as_manager, own, county):
    county.round_category.standard = own.published
    county.round_category.save()
    asked = as_manager.get(page("retire", own.published.pk)).content.decode()
    assert county.round.name in asked

    fill_in(as_manager, page("retire", own.published.pk), reason=REASON)
    own.published.refresh_from_db()
    assert own.published.status == "retired"
    assert as_manager.get(page("retire", own.published.pk)).status_code == 404
    assert own.published not in usable_standards(county.jurisdiction)


def test_only_ticked_questions_are_settled_and_who_did_it_is_kept(as_manager, own):
    version = StandardVersion.objects.get(pk=_pk(taken(as_manager, own.reading)))
    first, *rest = version.questions.all()
    as_manager.post(page("questions", version.pk), {"question": [first.pk, "x", "999999"]})

    first.refresh_from_db()
    assert (first.settled_by, first.settled_at) == (own.manager, clock.now())
    assert all(Question.objects.get(pk=row.pk).settled_at is None for row in rest)
    nothing = as_manager.post(page("questions", version.pk), follow=True)
    assert "没有选中待核对的内容" in nothing.content.decode()


def test_the_list_costs_the_same_whatever_stands_in_it(as_manager, own, django_assert_num_queries):
    address = page("list")
    assert "还没有草稿" in as_manager.get(address).content.decode()
    _ = (own.draft, own.reading, own.published)
    with django_assert_num_queries(6):
        as_manager.get(address)
    for _time in range(2):
        drafts.begin_copy(own.published, own.jurisdiction, actor=own.manager)
        uploaded(as_manager, own, text_file())
    with django_assert_num_queries(6):
        as_manager.get(address)


def test_a_published_version_is_no_draft_any_more(as_manager, own):
    assert as_manager.get(page("draft", own.published.pk)).status_code == 404
    item = Item.objects.filter(version=own.published).first()
    with (
        pytest.raises(drafts.DraftRefused, match="已经发布"),
        drafts.held(own.published, own.manager),
    ):
        item.save()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_does_and_the_other_is_told(reference_data, held_clock):
    from tests.course import County

    own = OwnStandards(County().jurisdiction)
    draft, manager = own.draft, own.manager
    told, barrier = [], threading.Barrier(2)

    def press():
        barrier.wait()
        try:
            drafts.publish(draft, actor=manager, reason=REASON)
            told.append("published")
        except drafts.DraftRefused as refused:
            told.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _person in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["not_draft", "published"]
    assert connection.vendor == "postgresql"
    assert AuditEvent.objects.filter(action="standard.publish").count() == 1
