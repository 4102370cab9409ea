"""The sheet that lies before the meeting, the record of it, and what still stands of a round."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from designation.applications.models import Application, Stage
from designation.organizations.models import Role
from designation.rounds.figures import FigureKind
from designation.rounds.models import Method, Round
from designation.site import clock
from designation.site.refusal import Refusal
from tests import factories
from tests.course import MEETING as MEETING_HELD
from tests.course import NOTICE, OPINION
from tests.sheets import Sheet, fill_in
from workflows.stages.public_notice import notices
from workflows.stages.selection.models import Selection

pytestmark = pytest.mark.django_db

MEETING = {
    "meeting_name": "县委常委会会议",
    "meeting_on": "2026-03-02",
    "meeting_attendance": "应到9人，实到9人",
    "stood_aside": "无",
    "voting": "",
    "meeting_result": "一致同意",
}


def fresh(application):
    return Application.objects.get(pk=application.pk)


@pytest.fixture
def rows(county):
    """Two verified villages for one place."""
    county.round_category.quota = 1
    county.round_category.save()
    return [county.at(Stage.VERIFIED), county.beside().at(Stage.VERIFIED)]


def by_votes(county):
    entry = county.round_category
    entry.method, entry.method_document = Method.ORDER, "青办〔2026〕3号"
    entry.save()
    entry.figures.create(position=1, kind=FigureKind.VOTES, direction="high")


def page(county):
    return reverse("selections:compose", args=[county.round.pk, "NC"])


def said(rows, *outcomes, **typed):
    return MEETING | {
        **{f"{row.pk}-outcome": one for row, one in zip(rows, outcomes, strict=True)},
        **typed,
    }


@pytest.fixture
def sheet(client, county, rows):
    client.force_login(county.coordinator)
    return Sheet(client, page(county))


def test_what_the_meeting_decided_is_recorded_and_read_by_the_county(client, county, rows, sheet):
    first, second = rows
    answer = sheet.send(said(rows, "chosen", "reserve", voting="赞成9票"))

    selection = Selection.objects.get()
    assert answer.url == reverse("selections:meeting", args=[selection.pk])
    assert (fresh(first).stage, fresh(second).stage) == (Stage.CHOSEN, Stage.RESERVE)
    client.force_login(county.deciding_officer)
    record = client.get(answer.url).content.decode()
    for words in ("县委常委会会议", "赞成9票", "拟命名", "候补", second.organization.name):
        assert words in record
    standing = client.get(reverse("selections:round", args=[county.round.pk])).content.decode()
    assert "还剩 0 个名额" in standing
    assert "候补 1" in standing


def test_the_record_leads_the_coordinator_on_and_says_each_vote_once(client, county, rows):
    by_votes(county)
    client.force_login(county.coordinator)
    votes = {f"{rows[0].pk}-votes": "9", f"{rows[1].pk}-votes": "5"}
    answer = Sheet(client, page(county)).send(said(rows, "chosen", "reserve", **votes))
    compose = reverse("notices:compose", args=[county.round.pk])

    record = client.get(answer.url).content.decode()

    assert compose in record
    assert "得票 9" not in record
    client.force_login(county.deciding_officer)
    assert compose not in client.get(answer.url).content.decode()


def test_more_than_there_are_places_is_said_in_words_beside_the_count(sheet, rows):
    (within,) = sheet.root.xpath("//*[@data-over]")
    assert "hidden" in within.attrib

    again = sheet.shown_again(sheet.send(said(rows, "chosen", "chosen")))

    (over,) = again.root.xpath("//*[@data-over]")
    assert "hidden" not in over.attrib
    assert "超出 1 家，请减少" in " ".join(over.text_content().split())


def test_several_in_reserve_without_an_order_are_numbered_at_their_rows(county, sheet, rows):
    typed = said(rows, "reserve", "reserve")

    again = sheet.shown_again(sheet.send(typed))

    assert again.text.count("候补次序由会议决定，请填写") == 2
    numbers = {f"{rows[0].pk}-number": "2", f"{rows[1].pk}-number": "1"}
    assert again.send(typed | numbers).status_code == 302
    places = Selection.objects.get().rows.values_list("application", "reserve_place")
    assert dict(places) == {rows[0].pk: 2, rows[1].pk: 1}


def test_the_places_are_counted_and_refused_at_the_first_press(sheet, rows):
    answer = sheet.send(said(rows, "chosen", "chosen", meeting_result="全票通过"))

    assert answer.status_code == 422
    again = sheet.shown_again(answer)
    assert "已选 2 家，只有 1 个名额，请减少 1 家" in again.text
    assert "已选 2 / 名额 1" in again.text
    assert again.values["meeting_result"] == ["全票通过"]
    assert again.values[f"{rows[0].pk}-outcome"] == ["chosen"]
    assert not Selection.objects.exists()


def test_every_row_and_every_field_is_told_at_once(sheet, rows):
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    typed = said(rows, "chosen", "", meeting_on=tomorrow, stood_aside="")

    again = sheet.shown_again(sheet.send(typed))

    assert "请选择研究结果" in again.text
    assert "会议日期不能晚于今天" in again.text
    assert again.root.xpath("//a[@href=$to]", to=f"#row-{rows[1].pk}")
    assert again.root.xpath("//a[@href='#field-stood_aside']")


def test_a_meeting_dated_last_year_is_told_at_its_field_with_the_day_of_the_opening(sheet, rows):
    typed = said(rows, "chosen", "not_chosen", meeting_on="2025-03-16")

    again = sheet.shown_again(sheet.send(typed))

    assert "会议日期早于本批次开始申报的日期（2026年" in again.text
    assert again.root.xpath("//a[@href='#field-meeting_on']")
    assert again.values["meeting_on"] == ["2025-03-16"]


def test_a_sheet_as_long_as_a_county_has_organizations_is_read(sheet, rows):
    """Five fields for each of 1,900; what stands there of others is not asked for."""
    more = {f"{pk}-{name}": "" for pk in range(10**6, 10**6 + 1900) for name in "abcde"}

    answer = sheet.send(said(rows, "chosen", "not_chosen", **more))

    assert answer.status_code == 302


def test_who_withdrew_a_second_ago_is_named_and_nothing_typed_is_lost(county, sheet, rows):
    first, second = rows
    county.act("withdraw", first, county.head)

    again = sheet.shown_again(sheet.send(said(rows, "chosen", "reserve")))

    assert f"{first.organization.name}现为“已撤回”" in again.text
    assert again.values[f"{second.pk}-outcome"] == ["reserve"]
    assert again.values["meeting_name"] == ["县委常委会会议"]
    assert fresh(second).stage == Stage.VERIFIED
    assert again.send(said([second], "chosen")).status_code == 302


def test_who_was_verified_a_second_ago_is_asked_about(county, sheet, rows):
    third = county.beside().at(Stage.VERIFIED)

    again = sheet.shown_again(sheet.send(said(rows, "chosen", "reserve")))

    assert third.organization.name in again.text
    assert again.root.xpath("//a[@href=$to]", to=f"#row-{third.pk}")


def test_a_tie_at_the_last_place_is_named_and_asks_for_the_words_of_the_meeting(
    client, county, rows
):
    by_votes(county)
    client.force_login(county.coordinator)
    sheet = Sheet(client, page(county))
    votes = {f"{row.pk}-votes": "７" for row in rows}

    again = sheet.shown_again(sheet.send(said(rows, "chosen", "reserve", **votes)))

    assert "1（并列）" in again.text
    assert "请在“并列的取舍”中写明会议如何决定" in again.text
    answer = again.send(said(rows, "chosen", "reserve", **votes, tie_decided="第二轮投票6:3"))
    assert answer.status_code == 302


def test_a_departure_asks_for_its_reason_at_its_row(client, county, rows):
    by_votes(county)
    client.force_login(county.coordinator)
    sheet = Sheet(client, page(county))
    votes = {f"{rows[0].pk}-votes": "9", f"{rows[1].pk}-votes": "5"}

    again = sheet.shown_again(sheet.send(said(rows, "not_chosen", "chosen", **votes)))

    assert again.text.count("结果与排序不一致，请写明会议的理由") == 2
    reasons = {f"{row.pk}-reason": "会议另有考虑" for row in rows}
    assert again.send(said(rows, "not_chosen", "chosen", **votes, **reasons)).status_code == 302


def test_the_votes_put_the_list_in_order_before_anything_is_recorded(client, county, rows):
    by_votes(county)
    client.force_login(county.coordinator)
    sheet = Sheet(client, page(county), press="order")
    votes = {f"{rows[0].pk}-votes": "5", f"{rows[1].pk}-votes": "9"}

    answer = sheet.send(said(rows, "chosen", "", **votes, meeting_attendance="应到9人"))

    assert answer.status_code == 200
    shown = Sheet.of(answer)
    assert shown.text.index(rows[1].organization.name) < shown.text.index(rows[0].organization.name)
    assert shown.values["meeting_attendance"] == ["应到9人"]
    assert shown.values[f"{rows[0].pk}-outcome"] == ["chosen"]
    assert not Selection.objects.exists()


def test_the_order_shows_each_figure_and_one_that_is_missing(client, county, rows):
    entry = county.round_category
    entry.method, entry.method_document = Method.ORDER, "青办〔2026〕3号"
    entry.save()
    for position, kind in enumerate((FigureKind.ADVISORY_MET, FigureKind.FINDINGS), 1):
        entry.figures.create(position=position, kind=kind, direction="high")
    entry.figures.create(
        position=3, kind=FigureKind.CHECK_VALUE, check_code="NC-13-C2", direction="low"
    )
    measured = rows[1].visits.get().measurements.get(item__code="NC-13")
    measured.values = {k: v for k, v in measured.values.items() if k != "NC-13-C2"}
    measured.save()
    client.force_login(county.coordinator)

    text = Sheet(client, page(county)).text

    assert "NC-13-C2" in text
    assert "没有数据，排在后面" in text
    assert "青办〔2026〕3号" in text


def test_who_is_tied_to_one_is_told_before_anything_is_typed(client, county, rows):
    kin = factories.seated(
        Role.COUNTY_COORDINATOR, county.jurisdiction, home_organization=county.village
    )
    client.force_login(kin)
    sheet = Sheet(client, page(county))
    assert "应当回避" in sheet.text

    again = sheet.shown_again(sheet.send(said(rows, "chosen", "reserve")))

    assert f"您与{county.village.name}有关，应当回避" in again.text


def test_a_category_with_nobody_verified_says_so(client, county):
    client.force_login(county.coordinator)

    assert "没有等待研究的申报" in client.get(page(county)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_sheet_costs_the_same_for_one_and_for_three(
    client, county, count, django_assert_num_queries
):
    entry = county.round_category
    entry.method, entry.method_document = Method.ORDER, "青办〔2026〕3号"
    entry.save()
    entry.figures.create(position=1, kind=FigureKind.FINDINGS, direction="low")
    for _n in range(count):
        county.beside().at(Stage.VERIFIED)
    client.force_login(county.coordinator)
    client.get(page(county))

    with django_assert_num_queries(17):
        client.get(page(county))


def test_the_desk_leads_to_the_sheet(client, county, rows):
    client.force_login(county.coordinator)

    assert page(county) in client.get(reverse("home")).content.decode()


def test_a_place_that_fell_free_is_on_the_desk_and_moves_the_reserve_up(client, county, rows):
    first, second = rows
    county.choose(first, reserve=[second])
    county.act("withdraw", first, county.head)
    client.force_login(county.coordinator)

    assert "有名额空出，可以递补候补" in client.get(reverse("home")).content.decode()
    case = reverse("applications:case", args=[second.pk])
    assert fill_in(client, case, to="/move_up/").status_code == 302
    assert fresh(second).stage == Stage.CHOSEN


def test_a_round_lists_what_still_stands_and_what_each_needs(client, county, rows):
    Round.objects.update(status=Round.Status.CLOSED)
    client.force_login(county.coordinator)

    detail = client.get(reverse("rounds:detail", args=[county.round.pk])).content.decode()
    assert reverse("applications:standing", args=[county.round.pk]) in detail
    text = client.get(reverse("applications:standing", args=[county.round.pk])).content.decode()

    for words in (rows[0].organization.name, "核查合格", "列为候补", "县级经办人"):
        assert words in text


def test_a_round_of_which_nothing_stands_says_so(client, county):
    client.force_login(county.coordinator)

    answer = client.get(reverse("applications:standing", args=[county.round.pk]))

    assert "本批次的申报都已办结" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "stage", "person", "leads_to"),
    [
        ("return_to_review", Stage.RECOMMENDED, "coordinator", Stage.SUBMITTED),
        ("put_back", Stage.CHOSEN, "deciding_officer", Stage.VERIFIED),
        ("decline", Stage.AWAITING_DESIGNATION, "deciding_officer", Stage.REJECTED),
    ],
)
def test_a_way_back_asks_for_its_reason(client, county, held_clock, name, stage, person, leads_to):
    application = county.at(stage, wait=held_clock.move_to)
    client.force_login(getattr(county, person))
    address = reverse(f"applications:{name}", args=[application.pk])
    case = client.get(reverse("applications:case", args=[application.pk])).content.decode()
    assert address in case

    refused = fill_in(client, address, opinion="不行")
    assert refused.status_code == 422
    assert ">不行</textarea>" in refused.content.decode()
    assert fill_in(client, address, opinion=OPINION).status_code == 302
    assert fresh(application).stage == leads_to
    late = client.post(address, {"opinion": OPINION})
    assert late.status_code == 422
    assert OPINION in late.content.decode()


@pytest.mark.parametrize("person", ["reviewer", "coordinator"])
def test_a_correction_that_never_came_ends_the_case_with_a_reason(
    client, county, held_clock, person
):
    application = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction", application, county.reviewer, corrections={"NC-13": "补依据"}
    )
    client.force_login(getattr(county, person))
    address = reverse("applications:end_overdue", args=[application.pk])
    early = fill_in(client, address, opinion=OPINION)
    assert "补正期限还没有到" in early.content.decode()

    held_clock.move(timedelta(days=20))
    assert fill_in(client, address, opinion=OPINION).status_code == 302

    assert fresh(application).stage == Stage.REJECTED


def test_a_way_back_that_is_nobodys_here_is_no_page(client, county):
    application = county.at(Stage.SUBMITTED)
    client.force_login(county.coordinator)

    assert client.get(reverse("applications:decline", args=[application.pk])).status_code == 404


def test_who_moved_up_has_a_notice_for_that_name_alone(client, county):
    """Whoever was chosen by the same meeting and is not on notice yet has another."""
    first, second, third = (county.beside().at(Stage.VERIFIED) for _n in range(3))
    county.round_category.quota = 2
    county.round_category.save()
    county.choose(first, second, reserve=[third])
    county.act("put_back", first, county.coordinator, opinion=OPINION)
    county.act("move_up", third, county.coordinator)
    client.force_login(county.coordinator)
    address = reverse("notices:compose", args=[county.round.pk])
    sheet = Sheet(client, address)

    together = sheet.send({"applications": [str(second.pk), str(third.pk)]})

    assert together.status_code == 422
    assert "由候补递补的单位须单独公示" in together.content.decode()
    with pytest.raises(Refusal, match="须单独公示"):
        notices.propose(county.round, NOTICE, [second, third], actor=county.coordinator)
    assert Sheet(client, address).send({"applications": [str(third.pk)]}).status_code == 302
    assert Sheet(client, address).send({"applications": [str(second.pk)]}).status_code == 302


def test_names_of_two_meetings_are_not_put_on_one_notice_whoever_proposes_it(county):
    first, second = (county.beside().at(Stage.VERIFIED) for _n in range(2))
    county.choose(first)
    county.choose(second, meeting=replace(MEETING_HELD, name="县委专题会议"))

    with pytest.raises(Refusal, match="出自不同的会议"):
        notices.propose(county.round, NOTICE, [first, second], actor=county.coordinator)
