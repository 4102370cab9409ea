"""The self-assessment over HTTP: what a preparer and a head of organization meet."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from designation.applications.models import Application, Conclusion, Evidence, FormerValue, Stage
from designation.organizations.models import Role
from standards.catalogue import current, published
from tests import factories
from tests.course import PDF, passing_value, standard_items
from tests.sheets import Sheet, fill_in
from workflows.stages.self_assessment.forms import ItemForm

pytestmark = pytest.mark.django_db


def page(name, application, *more):
    return reverse(f"applications:{name}", args=[application.pk, *more])


@pytest.fixture
def draft(county):
    return county.start()


@pytest.fixture
def as_preparer(client, county):
    client.force_login(county.preparer)
    return client


@pytest.fixture
def as_head(client, county):
    client.force_login(county.head)
    return client


def stored(application, code):
    return application.answers.get(item__code=code)


def typed(application, code, **changes):
    """What a browser sends for an item answered well, with ``changes`` by field."""
    item = next(rules for _row, rules in standard_items(application) if rules.code == code)
    values = {check.code: passing_value(check) for check in item.checks}
    words = {True: "yes", False: "no"}
    data = {
        field: words[value] if isinstance(value, bool) else value for field, value in values.items()
    }
    return data | {"conclusion": "met", "note": ""} | changes


def test_a_preparer_begins_an_application_from_the_desk(as_preparer, county):
    assert "开始申报" in as_preparer.get(reverse("home")).content.decode()

    answer = as_preparer.post(
        reverse("applications:start", args=[county.round.pk]),
        {"organization": county.village.pk},
    )

    application = Application.objects.get()
    assert answer.url == page("case", application)
    assert application.reviewing_body == county.township
    assert "开始申报</a>" not in as_preparer.get(reverse("home")).content.decode()


def test_a_second_application_in_a_round_is_refused_with_what_to_do(as_preparer, county, draft):
    answer = as_preparer.post(
        reverse("applications:start", args=[county.round.pk]),
        {"organization": county.village.pk},
    )

    assert answer.status_code == 422
    assert "本组织在这一批次已有申报" in answer.content.decode()


def test_what_was_begun_is_offered_before_anything_new(as_preparer, county, draft):
    shown = as_preparer.get(reverse("applications:start", args=[county.round.pk])).content.decode()

    assert f'href="{page("case", draft)}"' in shown
    assert "打开已有的申报" in shown
    assert 'name="organization"' not in shown


def test_an_organization_of_others_cannot_be_chosen(as_preparer, county):
    other = factories.VillageFactory()
    address = reverse("applications:start", args=[county.round.pk])

    assert as_preparer.get(address).status_code == 200
    assert as_preparer.post(address, {"organization": other.pk}).status_code == 404
    assert as_preparer.post(address, {"organization": "x"}).status_code == 404


def test_a_closed_window_is_said_before_and_after_pressing(as_preparer, county, held_clock):
    held_clock.move_to(county.round.closes_at)
    held_clock.move(county.round.closes_at - county.round.opens_at)

    answer = as_preparer.post(
        reverse("applications:start", args=[county.round.pk]),
        {"organization": county.village.pk},
    )

    assert answer.status_code == 422
    assert "不在本批次的申报时间内" in answer.content.decode()


def test_the_case_page_shows_all_the_time_what_still_blocks(as_preparer, county, draft):
    draft.summary = "先写简介"
    draft.save()
    assert "还差什么" in as_preparer.get(page("case", draft)).content.decode()

    county.prepare(draft)

    assert "请单位负责人登录后确认" in as_preparer.get(page("case", draft)).content.decode()


def test_an_item_is_saved_and_the_page_stays_at_it(as_preparer, draft):
    answer = as_preparer.post(page("item", draft, "NC-13"), typed(draft, "NC-13", save=""))

    assert answer.url == f"{page('section', draft, 3)}#NC-13"
    assert stored(draft, "NC-13").values["NC-13-C2"] == 300


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("NC-09-C2", "120", "百分比不能超过 100"),
        ("NC-08-C3", "80%", "单位不符"),
        ("NC-08-C3", "-3", "不能填负数"),
        ("NC-08-C3", "三个", "请填写数字"),
        ("NC-08-C3", "2.5", "请填写整数"),
    ],
)
def test_a_value_that_does_not_fit_is_told_at_its_field(as_preparer, draft, field, value, message):
    code = field[:5]

    answer = as_preparer.post(page("item", draft, code), typed(draft, code, **{field: value}))

    content = answer.content.decode()
    assert answer.status_code == 422
    assert message in content
    assert f'value="{value}"' in content


def test_what_was_good_is_kept_when_another_value_is_refused(as_preparer, draft):
    as_preparer.post(page("item", draft, "NC-09"), typed(draft, "NC-09"))
    refused = typed(draft, "NC-09", **{"NC-09-C2": "120", "NC-09-C3": "4", "note": "已测评"})

    as_preparer.post(page("item", draft, "NC-09"), refused)

    answer = stored(draft, "NC-09")
    assert answer.values["NC-09-C2"] == 80
    assert answer.values["NC-09-C3"] == 4
    assert answer.note == "已测评"


def test_an_empty_form_is_kept_as_empty_and_says_what_is_missing(as_preparer, draft):
    answer = as_preparer.post(page("item", draft, "NC-13"), {}, follow=True)

    assert answer.status_code == 200
    assert stored(draft, "NC-13").values == {}
    content = as_preparer.get(page("item", draft, "NC-13"), follow=True).content.decode()
    assert "○ 未填" in content


def test_what_is_not_filled_in_yet_is_not_called_failed(as_preparer, draft):
    content = as_preparer.get(page("item", draft, "NC-13"), follow=True).content.decode()

    assert "○ 未填" in content
    assert "✕" not in content


def test_not_applicable_is_given_with_its_reason_where_the_text_allows(as_preparer, draft):
    data = typed(draft, "NC-10", **{"NC-10-C3": "", "NC-10-C3-na": "本年度没有发展党员"})

    as_preparer.post(page("item", draft, "NC-10"), data)

    assert stored(draft, "NC-10").values["NC-10-C3"] == {"not_applicable": "本年度没有发展党员"}
    assert (
        "本年度没有发展党员"
        in as_preparer.get(page("item", draft, "NC-10"), follow=True).content.decode()
    )


def test_a_value_beside_the_reason_why_there_is_none_is_asked_about_and_not_dropped(
    as_preparer, draft
):
    data = typed(draft, "NC-10", **{"NC-10-C3": "3", "NC-10-C3-na": "本年度没有发展党员"})

    answer = as_preparer.post(page("item", draft, "NC-10"), data)

    content = answer.content.decode()
    assert answer.status_code == 422
    assert "请只保留一样" in content
    assert 'value="3"' in content
    assert "本年度没有发展党员" in content
    assert "NC-10-C3" not in stored(draft, "NC-10").values


def test_an_unknown_item_is_not_found(as_preparer, draft):
    assert as_preparer.get(page("item", draft, "NC-99")).status_code == 404


def test_a_late_answer_to_a_submitted_application_stays_on_the_page(as_preparer, county, draft):
    county._confirm(draft)

    answer = as_preparer.post(page("item", draft, "NC-13"), typed(draft, "NC-13", note="改一改"))

    assert answer.status_code == 422
    assert "现在不能修改" in answer.content.decode()
    assert "改一改" in answer.content.decode()
    assert stored(draft, "NC-13").note == ""


def upload(client, application, content, name="材料.pdf", code="NC-01"):
    return client.post(
        page("evidence_add", application, code),
        {"title": "", "file": SimpleUploadedFile(name, content)},
    )


def png():
    file = io.BytesIO()
    Image.new("RGB", (2, 2)).save(file, "PNG")
    return file.getvalue()


def test_evidence_is_uploaded_once_and_cited_by_several_items(as_preparer, draft):
    assert upload(as_preparer, draft, PDF).status_code == 302
    upload(as_preparer, draft, PDF, code="NC-02")
    evidence = Evidence.objects.get()
    as_preparer.post(page("evidence_cite", draft, "NC-03"), {"evidence": evidence.pk})

    assert sorted(item.code for item in evidence.items.all()) == ["NC-01", "NC-02", "NC-03"]
    served = as_preparer.get(page("evidence", draft, evidence.pk))
    assert b"".join(served.streaming_content) == PDF
    assert "attachment" in served["Content-Disposition"]
    for resource in served._resource_closers:
        resource()


def test_evidence_taken_from_its_last_item_leaves_the_draft(as_preparer, draft):
    upload(as_preparer, draft, png(), name="照片.png")
    evidence = Evidence.objects.get()

    as_preparer.post(page("evidence_remove", draft, "NC-01", evidence.pk))

    evidence.refresh_from_db()
    assert evidence.removed_at is not None
    # Pressed once more it is the same: nothing is taken away twice.
    removed_at = evidence.removed_at
    assert as_preparer.post(page("evidence_remove", draft, "NC-01", evidence.pk)).status_code == 302
    evidence.refresh_from_db()
    assert evidence.removed_at == removed_at
    assert FormerValue.objects.filter(field="file").count() == 1
    assert (
        as_preparer.post(page("evidence_cite", draft, "NC-01"), {"evidence": "9"}).status_code
        == 404
    )


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("合同.pdf", b"MZ\x90\x00" + b"\x00" * 200, "不是允许的类型"),
        ("照片.jpg", b"<html><script>alert(1)</script></html>", "不是允许的类型"),
        ("空.pdf", b"", "空"),
    ],
)
def test_a_file_is_judged_by_its_content_not_its_name(as_preparer, draft, name, content, message):
    answer = upload(as_preparer, draft, content, name=name)

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Evidence.objects.exists()


def test_a_file_too_large_is_refused_with_its_size_and_the_limit(as_preparer, draft, settings):
    settings.EVIDENCE_FILE_LIMIT = 100

    answer = upload(as_preparer, draft, PDF * 10)

    assert "请压缩后再传" in answer.content.decode()


def test_too_many_files_or_too_many_bytes_are_refused(as_preparer, draft, settings):
    settings.EVIDENCE_TOTAL_LIMIT = len(PDF) + 10
    upload(as_preparer, draft, PDF)
    assert "合计不能超过" in upload(as_preparer, draft, png()).content.decode()

    settings.EVIDENCE_COUNT_LIMIT = 1
    assert "最多 1 个文件" in upload(as_preparer, draft, png()).content.decode()


def test_evidence_of_a_locked_item_cannot_be_changed(as_preparer, county, draft):
    county._confirm(draft)
    evidence = Evidence.objects.get()

    assert upload(as_preparer, draft, png()).status_code == 422
    cite = page("evidence_cite", draft, "NC-02")
    assert as_preparer.post(cite, {"evidence": evidence.pk}).status_code == 422
    remove = page("evidence_remove", draft, "NC-01", evidence.pk)
    assert as_preparer.post(remove).status_code == 422


def test_the_summary_is_kept_and_a_future_meeting_refused(as_preparer, draft, held_clock):
    data = {"summary": "本村简介", "approving_meeting_on": "2026-04-01"}

    answer = as_preparer.post(page("summary", draft), data)
    assert answer.status_code == 422
    assert "会议日期不能晚于今天" in answer.content.decode()
    assert "本村简介" in answer.content.decode()

    as_preparer.post(page("summary", draft), data | {"approving_meeting_on": "2026-03-01"})
    draft.refresh_from_db()
    assert draft.summary == "本村简介"


def test_a_head_confirms_and_hands_in_and_takes_it_back_while_unopened(as_head, county, draft):
    county.prepare(draft)
    refused = fill_in(as_head, page("confirm", draft))
    assert refused.status_code == 422
    assert 'field-error">✕ 请勾选承诺' in refused.content.decode(), "beside the box to tick"

    fill_in(as_head, page("confirm", draft), truth="yes")
    draft.refresh_from_db()
    assert draft.stage == Stage.SELF_ASSESSED
    as_head.post(page("perform", draft, "submit"), {"version": draft.version})
    as_head.post(page("perform", draft, "recall"))
    draft.refresh_from_db()
    assert draft.stage == Stage.DRAFT


def test_a_preparer_does_not_confirm(as_preparer, county, draft):
    county.prepare(draft)

    assert as_preparer.get(page("confirm", draft)).status_code == 404
    assert as_preparer.post(page("confirm", draft), {"truth": "yes"}).status_code == 404


def test_a_late_press_in_a_second_window_is_told_what_has_happened(as_head, county, draft):
    county.prepare(draft)
    stale = Sheet(as_head, page("confirm", draft))
    as_head.post(page("confirm", draft), stale.values | {"truth": "yes", "request_key": "another"})

    answer = stale.send(truth="yes")

    assert answer.status_code == 422
    assert "已由他人办理，现为“自评已确认”" in answer.content.decode()


def test_a_transition_with_a_page_of_its_own_is_not_pressed_here(as_head, draft):
    assert as_head.post(page("perform", draft, "designate")).status_code == 404


def test_a_head_withdraws_and_may_apply_again(as_head, county, draft):
    assert as_head.get(page("withdraw", draft)).status_code == 200

    stale = as_head.post(page("withdraw", draft), {"version": "999", "opinion": "不报了"})
    assert stale.status_code == 422
    assert "不报了" in stale.content.decode()

    as_head.post(page("withdraw", draft), {"version": draft.version, "opinion": "条件不成熟"})
    draft.refresh_from_db()
    assert draft.stage == Stage.WITHDRAWN
    assert county.start().stage == Stage.DRAFT


def test_only_listed_items_unlock_for_a_correction(as_preparer, county):
    application = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction", application, county.reviewer, corrections={"NC-13": "补依据"}
    )

    reply = typed(application, "NC-13", reply="已补充", **{"NC-13-C2": "320平方米"})
    as_preparer.post(page("item", application, "NC-13"), reply)
    locked = as_preparer.post(page("item", application, "NC-14"), typed(application, "NC-14"))

    assert locked.status_code == 422
    assert stored(application, "NC-13").values["NC-13-C2"] == 320
    assert application.corrections.get().reply == "已补充"
    assert "补依据" in as_preparer.get(page("case", application)).content.decode()


def test_the_list_filters_and_finds(as_preparer, county, draft):
    address = reverse("applications:list")

    for query, found in (
        ("", True),
        ("?stage=draft&category=NC", True),
        ("?stage=submitted", False),
        (f"?text={county.village.name_zh}", True),
        ("?text=没有这个村", False),
        ("?waiting=1", True),
        ("?page=99", True),
    ):
        content = as_preparer.get(address + query).content.decode()
        assert (page("case", draft) in content) is found, query


@pytest.mark.parametrize("show", ["all", "open", "differences", "changed", "returned", "x"])
def test_the_items_of_a_case_are_filtered(as_preparer, county, show):
    application = county.at(Stage.VERIFIED)
    visit = application.visits.get()
    measurement = visit.measurements.get(item__code="NC-13")
    measurement.values = measurement.values | {"NC-13-C2": 310}
    measurement.verdict = Conclusion.NOT_MET
    measurement.save()

    content = as_preparer.get(page("case", application) + f"?show={show}").content.decode()

    assert ("有差异</span>" in content) is (show in ("all", "differences", "x"))


def test_people_who_prepare_nothing_are_not_asked_to_start(client, county):
    client.force_login(factories.seated(Role.VERIFIER, county.jurisdiction))

    answer = client.get(reverse("applications:start", args=[county.round.pk]))

    assert answer.status_code == 404


def test_an_upload_keeps_what_was_typed_beside_it(as_preparer, draft):
    data = typed(draft, "NC-13", note="面积见附件", answer="1")

    as_preparer.post(
        page("evidence_add", draft, "NC-13"),
        data | {"title": "图纸", "file": SimpleUploadedFile("图.png", png())},
    )

    assert stored(draft, "NC-13").note == "面积见附件"
    assert Evidence.objects.get().title == "图纸"


def test_a_refused_upload_loses_nothing_typed(as_preparer, draft):
    data = typed(draft, "NC-13", note="面积见附件", answer="1")

    answer = as_preparer.post(
        page("evidence_add", draft, "NC-13"),
        data | {"title": "图纸", "file": SimpleUploadedFile("图.exe", b"MZ" + b"\0" * 99)},
    )

    assert answer.status_code == 422
    assert "面积见附件" in answer.content.decode()
    assert 'value="图纸"' in answer.content.decode()
    assert stored(draft, "NC-13").note == "面积见附件"


def test_a_value_refused_with_an_upload_stays_and_the_file_is_kept(as_preparer, draft):
    data = typed(draft, "NC-13", **{"NC-13-C2": "三百", "answer": "1"})

    answer = as_preparer.post(
        page("evidence_add", draft, "NC-13"),
        data | {"file": SimpleUploadedFile("图.png", png())},
    )

    assert answer.status_code == 422
    assert "请填写数字" in answer.content.decode()
    assert "图.png</a>" in answer.content.decode()


def test_evidence_is_cited_and_removed_without_losing_what_was_typed(as_preparer, county, draft):
    evidence = county.attach(draft)

    cited = typed(draft, "NC-13", note="见会议记录", answer="1", evidence=evidence.pk)
    as_preparer.post(page("evidence_cite", draft, "NC-13"), cited)
    assert stored(draft, "NC-13").note == "见会议记录"

    removed = typed(draft, "NC-13", note="另行补充", answer="1")
    as_preparer.post(page("evidence_remove", draft, "NC-13", evidence.pk), removed)
    assert stored(draft, "NC-13").note == "另行补充"
    assert [item.code for item in evidence.items.all()] == ["NC-01"]


def test_late_evidence_tells_and_keeps_what_was_typed_with_it(as_preparer, county, draft):
    county._confirm(draft)
    data = typed(draft, "NC-13", note="补一句", answer="1")

    answer = as_preparer.post(
        page("evidence_add", draft, "NC-13"),
        data | {"file": SimpleUploadedFile("图.png", png())},
    )

    assert answer.status_code == 422
    assert "补一句" in answer.content.decode()
    assert "其余内容已保存" not in answer.content.decode()
    assert Evidence.objects.count() == 1


def test_a_reason_too_long_keeps_the_reason_before(as_preparer, draft):
    given = {"NC-10-C3": "", "NC-10-C3-na": "本年度没有发展党员"}
    as_preparer.post(page("item", draft, "NC-10"), typed(draft, "NC-10", **given))

    too_long = given | {"NC-10-C3-na": "没有" * 101}
    answer = as_preparer.post(page("item", draft, "NC-10"), typed(draft, "NC-10", **too_long))

    assert answer.status_code == 422
    assert stored(draft, "NC-10").values["NC-10-C3"] == {"not_applicable": "本年度没有发展党员"}


def test_a_late_summary_is_told_and_shown(as_preparer, county, draft):
    county._confirm(draft)

    answer = as_preparer.post(page("summary", draft), {"summary": "改写的简介"})

    assert answer.status_code == 422
    assert "现为“自评已确认”" in answer.content.decode()
    assert "改写的简介" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.summary == "本村申报简介"
    assert as_preparer.get(page("summary", draft)).status_code == 404


def test_a_withdrawal_once_on_notice_comes_too_late(as_head, county):
    application = county.at(Stage.ON_NOTICE)

    answer = as_head.post(page("withdraw", application), {"opinion": "不报了"})

    assert answer.status_code == 422
    assert "现为“公示中”" in answer.content.decode()
    assert "不报了" in answer.content.decode()
    assert as_head.get(page("withdraw", application)).status_code == 404


def test_a_search_for_what_cannot_be_stored_finds_nothing_and_does_not_fail(as_preparer, draft):
    answer = as_preparer.get(reverse("applications:list"), {"text": "村\0"})

    assert answer.status_code == 200


def test_a_correction_refused_late_stays_with_its_reply(as_preparer, county):
    application = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction", application, county.reviewer, corrections={"NC-13": "补依据"}
    )
    as_preparer.post(
        page("item", application, "NC-13"), typed(application, "NC-13", reply="见附件")
    )
    assert (
        "见附件"
        in as_preparer.get(page("item", application, "NC-13"), follow=True).content.decode()
    )


def test_evidence_of_another_application_is_not_found(as_preparer, county, draft):
    county.attach(draft)

    cite = page("evidence_cite", draft, "NC-02")
    assert as_preparer.post(cite, {"evidence": "987654321"}).status_code == 404
    assert as_preparer.get(page("evidence", draft, 987654321)).status_code == 404


@pytest.mark.parametrize("category", ["JG", "NC", "SQ"])
def test_every_check_of_every_standard_has_its_field(db, category):
    standard = published(current(category).pk)

    for item in standard.items:
        shown = str(ItemForm(item))
        for check in item.checks:
            assert f'name="{check.code}"' in shown
            assert all(part in shown for part in check.parts)


def test_a_chosen_file_goes_with_whichever_button_is_pressed(as_preparer, draft):
    for number, name in enumerate(("save", "continue"), start=1):
        file = SimpleUploadedFile(f"第{number}份.pdf", PDF + bytes([number]))
        as_preparer.post(
            page("item", draft, "NC-13"), typed(draft, "NC-13", file=file) | {name: ""}
        )

        assert Evidence.objects.filter(items__code="NC-13").count() == number


def test_a_file_goes_along_when_another_is_cited(as_preparer, draft):
    first = SimpleUploadedFile("第1份.pdf", PDF)
    as_preparer.post(page("evidence_add", draft, "NC-01"), typed(draft, "NC-01", file=first))
    second = SimpleUploadedFile("第2份.pdf", PDF + b" ")
    given = typed(draft, "NC-13", file=second) | {"evidence": Evidence.objects.get().pk}

    as_preparer.post(page("evidence_cite", draft, "NC-13"), given)

    assert Evidence.objects.filter(items__code="NC-13").count() == 2


def test_a_file_that_was_taken_with_a_refused_answer_need_not_be_chosen_again(as_preparer, draft):
    file = SimpleUploadedFile("第1份.pdf", PDF)
    given = typed(draft, "NC-13", file=file, **{"NC-13-C2": "三百多"})

    answer = as_preparer.post(page("item", draft, "NC-13"), given)

    assert answer.status_code == 422
    assert "data-taken" in answer.content.decode()
    assert Evidence.objects.count() == 1


def test_a_refused_file_is_told_at_its_field_whatever_button_brought_it(as_preparer, draft):
    file = SimpleUploadedFile("网页.html", b"<html></html>")
    answer = as_preparer.post(page("item", draft, "NC-13"), typed(draft, "NC-13", file=file))

    assert answer.status_code == 422
    assert "data-taken" not in answer.content.decode()
    assert Evidence.objects.count() == 0
