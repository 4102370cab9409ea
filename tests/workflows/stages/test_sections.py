"""The pages of sections, and what the case page says of them to who fills in."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from designation.applications.models import Answer, Conclusion, Room, Stage, WorkTally
from designation.rounds.models import Round
from designation.site import clock
from standards import catalogue
from tests import factories
from tests.course import passing_value, standard_items
from tests.sent_back import as_it_stands
from tests.sheets import Sheet
from workflows.case.card import Progress
from workflows.case.facts import Case
from workflows.stages.self_assessment import estimate, sections

pytestmark = pytest.mark.django_db


def page(name, application, *more):
    return reverse(f"applications:{name}", args=[application.pk, *more])


@pytest.fixture
def draft(county):
    return county.start()


@pytest.fixture
def preparer(client, county):
    client.force_login(county.preparer)
    return client


def standard(category):
    return catalogue.read(catalogue.current(category))


def answer(draft, code, conclusion="", **values):
    item, rules = next(pair for pair in standard_items(draft) if pair[1].code == code)
    return Answer.objects.create(
        application=draft,
        item=item,
        values={check.code: passing_value(check) for check in rules.checks} | values,
        conclusion=conclusion,
        saved_at=clock.now(),
        saved_by=factories.PersonFactory(),
    )


def concluded(draft, code):
    return draft.answers.get(item__code=code).conclusion


def root(answer):
    return html.fromstring(answer.content.decode())


def words(node):
    return " ".join(node.text_content().split())


# The page


def test_a_section_shows_a_card_an_item(preparer, draft):
    shown = root(preparer.get(page("section", draft, 3)))

    assert [card.get("id") for card in shown.xpath("//article")] == ["NC-13", "NC-14"]
    assert "第 3 节，共 6 节" in words(shown)
    # One press affirms what was done; the figure beside stays a question of its own.
    (press,) = shown.xpath("//article[@id='NC-13']//button[@data-ticks]")
    ticks = press.get("data-ticks").split()
    assert len(ticks) == 5
    assert {shown.get_element_by_id(one).get("value") for one in ticks} == {"yes"}


def test_a_section_that_the_standard_does_not_have_is_not_found(preparer, draft):
    assert preparer.get(page("section", draft, 7)).status_code == 404
    assert preparer.get(page("section", draft, 0)).status_code == 404


def test_an_item_leads_to_its_place(preparer, draft):
    assert preparer.get(page("item", draft, "NC-14")).url == f"{page('section', draft, 3)}#NC-14"
    assert preparer.get(page("item", draft, "NC-99")).status_code == 404


def test_a_negative_fact_is_asked_as_a_question(preparer, draft):
    shown = root(preparer.get(page("section", draft, 1)))
    asked = words(shown.get_element_by_id("NC-02-C3"))
    assert "是否发生过：村“两委”班子不团结？" in asked
    assert "没有" in asked


def test_once_a_month_is_ticked_by_the_month(preparer, draft):
    shown = root(preparer.get(page("section", draft, 1)))
    question = shown.get_element_by_id("NC-06-C1")
    assert len(question.xpath(".//input[@type='checkbox']")) == 13
    assert "2025年3月" in words(question)

    sheet = Sheet(preparer, page("section", draft, 1), to="/items/NC-06/")
    sheet.send({"NC-06-C1": [str(place) for place in range(11)]})

    shown = root(preparer.get(page("section", draft, 1)))
    verdict = words(shown.get_element_by_id("verdict-NC-06-C1"))
    assert verdict == "12 个月中 11 个月有，要求 ≥ 1 次/月，差 1 个月"


def test_a_suggestion_of_evidence_stands_on_the_card(preparer, draft):
    shown = root(preparer.get(page("section", draft, 2)))
    assert "建议准备：" in words(shown.get_element_by_id("NC-09"))
    assert "满意度测评表" in words(shown.get_element_by_id("NC-09"))


def test_who_may_not_change_it_reads_it(client, county):
    submitted = county.at(Stage.SUBMITTED)
    client.force_login(county.preparer)
    shown = root(client.get(page("section", submitted, 3)))

    assert not shown.xpath("//article//form")
    assert "本条现在只能查看" in words(shown)
    assert "达标" in words(shown.get_element_by_id("NC-13"))


@pytest.mark.parametrize("number", [2, 3])
def test_a_section_costs_at_most_fourteen_statements(preparer, county, draft, number):
    county.answer_all(draft)
    county.attach(draft)
    preparer.get(page("section", draft, number))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        preparer.get(page("section", draft, number))
    assert len(asked) <= 14


# Leaving it


def opened(client, draft, number):
    """What the press that ends the section sends, of the page as it was opened."""
    address = page("section", draft, number)
    return address, as_it_stands(client.get(address), address)


def leave(client, draft, number):
    return client.post(*opened(client, draft, number))


def test_leaving_a_section_takes_what_its_checks_propose(preparer, draft):
    answer(draft, "NC-13")
    answer(draft, "NC-14", **{"NC-14-C2": 1})

    left = leave(preparer, draft, 3)

    assert left.url == page("section", draft, 4)
    assert (concluded(draft, "NC-13"), concluded(draft, "NC-14")) == ("met", "not_met")


def test_a_conclusion_of_ones_own_stays(preparer, draft):
    answer(draft, "NC-13", conclusion=Conclusion.NOT_MET)
    leave(preparer, draft, 3)
    assert concluded(draft, "NC-13") == "not_met"


def test_a_proposal_that_no_answer_leads_to_any_more_is_not_taken(preparer, draft):
    row = answer(draft, "NC-13")
    sent = opened(preparer, draft, 3)
    row.values["NC-13-C1"] = False
    row.save()

    told = preparer.post(*sent)

    assert told.url == page("section", draft, 3)
    assert "NC-13 的答复刚被改过" in preparer.get(told.url).content.decode()
    assert concluded(draft, "NC-13") == ""


def test_a_conclusion_that_another_gave_meanwhile_stands(preparer, draft):
    row = answer(draft, "NC-13")
    sent = opened(preparer, draft, 3)
    row.conclusion = Conclusion.NOT_APPLICABLE
    row.save()

    preparer.post(*sent)

    assert concluded(draft, "NC-13") == "not_applicable"


def test_the_last_section_leads_back_to_the_case(preparer, draft):
    assert leave(preparer, draft, 6).url == page("case", draft)


def test_a_section_of_an_application_that_was_handed_in_is_too_late(client, county):
    application = county.start()
    answer(application, "NC-13")
    client.force_login(county.preparer)
    sent = opened(client, application, 3)
    county.prepare(application)
    county._confirm(application)

    assert client.post(*sent).status_code == 422


def test_the_next_open_item_is_found_behind_the_last_and_from_the_top(preparer, county, draft):
    county.answer_all(draft)
    draft.answers.filter(item__code__in=["NC-05", "NC-15"]).delete()
    address = page("next_open", draft)

    assert preparer.get(address, {"after": "NC-07"}).url.endswith("#NC-15")
    assert preparer.get(address, {"after": "NC-15"}).url.endswith("#NC-05")
    assert preparer.get(address).url.endswith("#NC-05")

    county.answer_all(draft)
    done = preparer.get(address, {"after": "x"}, follow=True)
    assert "所有条目都已填好" in done.content.decode()


# The case page


def case(client, draft):
    return root(client.get(page("case", draft)))


def tasks(shown):
    return [words(line) for line in shown.xpath("//ol[@class='tasks']/li")]


def took(county, seconds):
    """An application of the village beside that was handed in after so long a work."""
    application = county.beside().at(Stage.SUBMITTED)
    WorkTally.objects.create(
        application=application, room=Room.SELF_ASSESSMENT, active_seconds=seconds, sittings=1
    )


def test_once_five_were_filled_in_the_greeting_says_the_countys_own_median(preparer, county, draft):
    for seconds in (600, 3000, 1200, 1260):
        took(county, seconds)
    measured = "用时按本县同类申报已填过的中位数。"
    assert measured not in words(root(preparer.get(page("case", draft))))

    took(county, 4000)

    greeting = words(root(preparer.get(page("case", draft))))
    assert "全部填完大约要 25 分钟，共 7 页" in greeting
    assert measured in greeting


def test_what_only_has_to_be_confirmed_takes_no_time_of_its_own():
    rules = standard("NC")
    every = [check.code for check in rules.checks]
    assert estimate.ahead(rules, carried=every).minutes < estimate.ahead(rules).minutes
    assert estimate.ahead(rules, measured=0.5).minutes == 5


def test_a_new_draft_is_greeted_with_minutes_and_pages_and_no_list_of_misses(preparer, draft):
    shown = words(case(preparer, draft))
    ahead = estimate.ahead(standard("NC"))

    assert f"全部填完大约要 {ahead.minutes} 分钟，共 7 页" in shown
    assert "还差什么" not in shown
    assert "没有满足" not in shown


def test_the_task_list_says_of_each_section_how_far_it_is(preparer, county, draft):
    county.answer_all(draft)
    draft.answers.filter(item__code__startswith="NC-0").delete()
    draft.answers.filter(item__code="NC-13").update(conclusion="")

    lines = tasks(case(preparer, draft))

    assert [line.rsplit(" ", 1)[1] for line in lines] == [
        "未填",
        "填写中",
        "填写中",
        "已填",
        "已填",
        "已填",
        "未填",
    ]
    assert "3 / 5" in lines[1]


def test_a_returned_section_is_named_until_its_reply_is_written(client, county):
    application = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction", application, county.reviewer, corrections={"NC-01": "补依据"}
    )
    client.force_login(county.preparer)
    first = tasks(case(client, application))[0]
    assert first.endswith("需补正")

    sheet = Sheet(client, page("section", application, 1), to="/items/NC-01/")
    sheet.send({"reply": "已补充会议记录"})

    assert tasks(case(client, application))[0].endswith("已填")


def test_what_is_wanting_leads_to_its_field(preparer, county, draft):
    county.prepare(draft)
    short = draft.answers.get(item__code="NC-08")
    short.values["NC-08-C3"] = 1
    short.save()

    (line,) = case(preparer, draft).xpath("//section[@id='wanting']//a")

    assert line.get("href") == f"{page('section', draft, 2)}#NC-08-C3"
    assert "NC-08" in words(line)


def test_a_posting_that_is_wanting_leads_to_its_page(preparer, county, draft):
    Round.objects.filter(pk=county.round.pk).update(posting_days=3)
    county.prepare(draft)

    lines = case(preparer, draft).xpath("//section[@id='wanting']//a")

    posting = page("posting", draft)
    assert [line.get("href") for line in lines if posting in line.get("href")] == [posting]


def test_a_section_with_much_wanting_is_one_line(preparer, county, draft):
    county.prepare(draft)
    draft.answers.filter(item__code="NC-13").delete()

    (line,) = case(preparer, draft).xpath("//section[@id='wanting']//a")

    assert words(line) == "三、阵地、经费保障有力：还差 8 处"
    assert line.get("href").endswith("#NC-13-conclusion")


def test_evidence_and_summary_are_wanting_by_their_own_lines(preparer, county, draft):
    county.answer_all(draft)

    lines = {
        words(line): line.get("href")
        for line in case(preparer, draft).xpath("//section[@id='wanting']//a")
    }

    assert set(lines.values()) == {
        f"{page('section', draft, 1)}#NC-01",
        f"{page('summary', draft)}#field-summary",
        f"{page('summary', draft)}#field-approving_meeting_on",
        f"{page('summary', draft)}#field-term_began_on",
    }


def test_what_no_answer_mends_is_said_before_anything_is_begun(preparer, county, draft, held_clock):
    held_clock.move_to(county.round.closes_at)
    held_clock.move(county.round.closes_at - county.round.opens_at)

    assert "申报已经截止" in words(case(preparer, draft))


# Its estimate


def test_the_estimate_grows_with_what_is_asked_and_is_said_in_steps_of_five():
    ahead = estimate.ahead(standard("NC"))
    assert ahead.pages == 7
    assert ahead.minutes % 5 == 0
    assert ahead.minutes > estimate.ahead(standard("JG")).minutes


def test_an_item_belongs_to_one_section():
    villages = standard("NC")
    assert sections.number_of(villages, "NC-01") == 1
    assert sections.number_of(villages, "NC-23") == 6
    assert sections.number_of(villages, "NC-99") is None


def test_the_task_list_says_of_each_item_what_its_card_says(county, draft):
    answer(draft, "NC-01", Conclusion.MET)
    answer(draft, "NC-02", Conclusion.NOT_MET)
    answer(draft, "NC-08")
    case = Case(draft, actor=county.preparer)

    listed = {code: state for task in sections.tasks(case) for code, state in task.states.items()}

    on_cards = {item.code: sections.card_of(case, item).progress for item in case.standard.items}
    assert listed == on_cards
    assert set(listed.values()) == {Progress.EMPTY, Progress.BEGUN, Progress.FILLED}
