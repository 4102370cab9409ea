"""A second application: what may still be true is confirmed, all else asked anew beside it."""

import json
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from designation.applications import published
from designation.applications.models import Answer, Application, Stage
from designation.rounds.models import Veto
from designation.site import clock
from designation.site.refusal import Refusal
from standards import catalogue, copying, publishing
from standards.models import Check
from tests import factories
from tests.sent_back import as_it_stands
from tests.sheets import Sheet
from tests.standards.checks import check, standard
from tests.workflows.stages.test_autosave import Page
from workflows import transitions
from workflows.case.facts import Case
from workflows.stages.self_assessment import item_evidence, sections
from workflows.stages.self_assessment.last_time import LastTime

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=365)
POSITIVE, TEXT, NEGATIVE, FIGURE, OF_THE_YEAR = (
    "NC-03-C1",
    "NC-04-C3",
    "NC-03-C4",
    "NC-08-C3",
    "NC-10-C4",
)


def page(name, application, *more):
    return reverse(f"applications:{name}", args=[application.pk, *more])


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def words(node):
    return " ".join(node.text_content().split())


def shown(client, application, number):
    return html.fromstring(client.get(page("section", application, number)).content.decode())


def item_sheet(client, application, code):
    number = sections.number_of(catalogue.published(application.standard_id), code)
    return Sheet(client, page("section", application, number), to=f"/items/{code}/")


def leave(client, application, number, **more):
    """The press that ends the section, of the page as it was opened."""
    address = page("section", application, number)
    return client.post(address, as_it_stands(client.get(address), address) | more)


def value(application, code):
    item = code.rpartition("-")[0]
    row = Answer.objects.filter(application=application, item__code=item).first()
    return row.values.get(code) if row else None


def another_round(county, name):
    county.round = factories.RoundFactory(name_zh=name)
    county.round_category = factories.RoundCategoryFactory(round=county.round)


@pytest.fixture
def first(county, held_clock):
    """Handed in a year ago."""
    this_year = county.round, county.round_category
    held_clock.move(-YEAR)
    another_round(county, "2025年示范点评定")
    application = county.at(Stage.SUBMITTED)
    held_clock.move(YEAR)
    county.round, county.round_category = this_year
    return application


@pytest.fixture
def second(county, first):
    return county.start()


@pytest.fixture
def preparer(county):
    return browser(county.preparer)


# What is offered again


def test_what_may_still_be_true_waits_in_the_draft_and_is_no_answer(preparer, second):
    card = shown(preparer, second, 1).get_element_by_id("NC-03")

    question = card.get_element_by_id(POSITIVE)
    assert "去年：是" in words(question)
    assert "待确认" in words(question)
    assert not question.xpath(".//input[@checked]")
    assert value(second, POSITIVE) is None
    assert "未填" in words(card.get_element_by_id("progress-NC-03"))


@pytest.mark.parametrize(
    ("code", "said"),
    [(NEGATIVE, "去年：没有"), (FIGURE, "去年：2 人"), (OF_THE_YEAR, "去年：是")],
)
def test_all_else_is_asked_anew_with_last_years_value_beside_it(preparer, second, code, said):
    number = 1 if code == NEGATIVE else 2
    question = shown(preparer, second, number).get_element_by_id(code)

    assert said in words(question)
    assert "待确认" not in words(question)


def test_one_press_confirms_a_section_each_an_answer_of_its_own(preparer, county, second):
    first_press = leave(preparer, second, 1)

    assert first_press.url == page("section", second, 2)
    assert value(second, POSITIVE) is True
    assert value(second, TEXT) == "已按要求落实，有会议记录。"
    assert value(second, NEGATIVE) is None
    row = Answer.objects.get(application=second, item__code="NC-03")
    assert {row.written[code]["by"] for code in ("NC-03-C1", "NC-03-C2", "NC-03-C3")} == {
        county.preparer.pk
    }
    assert NEGATIVE not in row.written
    assert "待确认" not in words(shown(preparer, second, 1))


def test_the_press_takes_the_conclusion_that_it_showed_with_what_it_confirms(preparer, second):
    """NC-04 has nothing but what may still be true."""
    card = shown(preparer, second, 1).get_element_by_id("proposed-NC-04")
    assert "达标" in words(card)

    leave(preparer, second, 1)

    assert Answer.objects.get(application=second, item__code="NC-04").conclusion == "met"
    assert Answer.objects.get(application=second, item__code="NC-03").conclusion == ""


def test_what_was_answered_meanwhile_stands(preparer, county, second):
    address = page("section", second, 1)
    sent = as_it_stands(preparer.get(address), address)
    item_sheet(preparer, second, "NC-03").send({POSITIVE: "no"})

    preparer.post(address, sent)

    assert value(second, POSITIVE) is False
    assert value(second, "NC-03-C2") is True


def test_only_what_the_page_showed_is_confirmed(preparer, second):
    address = page("section", second, 1)
    sent = as_it_stands(preparer.get(address), address)

    shown_codes = [name for name in sent if name.startswith("carried-")]
    for name in shown_codes:
        del sent[name]
    forged = dict.fromkeys(
        (f"carried-{POSITIVE}", f"carried-{NEGATIVE}", "carried-NC-13-C3"), "yes"
    )
    preparer.post(address, sent | forged)

    assert value(second, POSITIVE) is True
    assert value(second, "NC-03-C2") is None
    assert value(second, NEGATIVE) is None


def test_the_gate_says_of_what_waits_that_it_is_not_confirmed(county, preparer, second):
    with pytest.raises(Refusal) as refused:
        transitions.perform("confirm", second.pk, actor=county.head)

    told = {one.check_code: one.message for one in refused.value.findings if one.check_code}
    assert told[POSITIVE].startswith("去年：是，还没有确认")
    assert "还没有填写" in told[NEGATIVE]


def test_an_answer_saved_by_itself_no_longer_waits(preparer, county, second):
    address = page("item", second, "NC-03")
    saving = Page(county.preparer, address)
    saving.shown = json.loads(item_sheet(preparer, second, "NC-03").values["shown"][0])
    saving.saves({POSITIVE: "yes"})
    with CaptureQueriesContext(connection) as counted:
        said = saving.saves({POSITIVE: "no"}).json()

    assert len([one for one in counted if "SAVEPOINT" not in one["sql"]]) <= 8
    parts = html.fromstring(f"<div>{said['hints']}</div>")
    waits = parts.xpath("//input[starts-with(@name, 'carried-')]/@name")
    assert waits == ["carried-NC-03-C2", "carried-NC-03-C3"]
    assert "没有做到" in words(parts.get_element_by_id(f"verdict-{POSITIVE}"))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_section_of_a_second_application_costs_at_most_fourteen_statements(
    preparer, second, number
):
    preparer.get(page("section", second, number))
    with CaptureQueriesContext(connection) as asked:
        preparer.get(page("section", second, number))
    assert len(asked) <= 14, "\n".join(one["sql"] for one in asked)


# What is not


def test_a_veto_and_a_term_that_each_round_defines_are_asked_anew(county, preparer, first):
    Veto.objects.create(round=county.round, check_code=POSITIVE, document="县委〔2026〕2号")
    second = county.start()

    last = LastTime.of(Case(second))
    assert POSITIVE not in last.carried
    assert "NC-13-C1" not in last.carried
    assert "NC-13-C3" in last.carried


def test_another_category_or_organization_gives_nothing(county, first):
    other = county.beside()
    assert LastTime.of(Case(other.start())).said is None

    Application.objects.filter(pk=first.pk).update(category="SQ")
    assert LastTime.of(Case(county.start())).said is None


def test_of_two_earlier_ones_the_last_that_was_handed_in_counts(county, first, second):
    another_round(county, "2026年第二批示范点评定")

    last = LastTime.of(Case(county.start()))

    assert last.said.at == first.submission.submitted_at
    assert last.in_words(last.standard.check(POSITIVE), value=True) == "去年：是"


def test_of_an_earlier_year_it_says_no_more_than_last_time(second):
    last = LastTime.of(Case(second, now=clock.now() + YEAR))
    assert last.in_words(last.standard.check(POSITIVE), value=True) == "上次：是"


def test_a_correction_draws_on_nothing(county, second):
    county._confirm(second)
    submitted = county.act("submit", second, county.preparer)
    assert LastTime.of(Case(submitted)).said is None


# Another version of the standard


@pytest.fixture
def newer(county, first):
    """A version that asks NC-03-C2 otherwise, and something new beside."""
    version = copying.copy(catalogue.current("NC"), area_code=county.jurisdiction.code)
    changed = Check.objects.get(item__version=version, code="NC-03-C2")
    changed.metric_zh = "班子健全且配齐"
    changed.save()
    added = Check.objects.get(item__version=version, code="NC-03-C3")
    added.pk, added.code, added.order = None, "NC-03-C9", 9
    added.save()
    publishing.publish(version, at=clock.now())
    county.round_category.standard = version
    county.round_category.save()
    return county.start()


def test_what_a_new_version_added_or_changed_is_asked_anew_and_marked(preparer, newer):
    card = shown(preparer, newer, 1)

    assert "新增" in words(card.get_element_by_id("NC-03-C9"))
    changed = words(card.get_element_by_id("NC-03-C2"))
    assert "有改动" in changed
    assert "去年：是" in changed
    assert "待确认" not in changed
    assert "待确认" in words(card.get_element_by_id("NC-03-C1"))


# Files


@pytest.fixture
def cited(preparer, second):
    (button,) = shown(preparer, second, 1).xpath("//button[@name='entry']")
    return button


def test_what_was_cited_last_year_is_cited_again_by_a_tap(preparer, second, cited):
    assert words(cited) == "↺ 会议记录"

    answer = preparer.post(
        cited.get("formaction"),
        item_sheet(preparer, second, "NC-01").values
        | {"entry": cited.get("value"), "note": "也保存"},
    )

    assert answer.url == f"{page('section', second, 1)}#NC-01"
    (file,) = second.evidence.all()
    assert [item.code for item in file.items.all()] == ["NC-01"]
    assert second.answers.get(item__code="NC-01").note == "也保存"
    assert not shown(preparer, second, 1).xpath("//button[@name='entry']")


def test_a_file_of_another_library_cannot_be_cited_so(preparer, county, second):
    other = county.beside()
    elsewhere = other.at(Stage.SUBMITTED).evidence.get()
    address = page("evidence_cite", second, "NC-01")
    assert preparer.post(address, {"entry": elsewhere.entry_id}).status_code == 404
    assert preparer.post(address, {"entry": "x"}).status_code == 404


def test_what_left_the_library_is_not_offered(preparer, county, first, second):
    entry = first.evidence.get().entry
    type(entry).objects.filter(pk=entry.pk).update(
        taken_out_at=clock.now(), taken_out_by=county.head, taken_out_reason="过期"
    )
    assert not shown(preparer, second, 1).xpath("//button[@name='entry']")


# Published pages

PAGE = {
    "address": "https://www.example.gov.cn/2025/notice.html",
    "title": "党务公开公告",
    "published_on": date(2025, 2, 1),
}


@pytest.fixture
def linked(county, held_clock):
    """A draft whose NC-01 rested on a published page a year ago."""
    this_year = county.round, county.round_category
    held_clock.move(-YEAR)
    another_round(county, "2025年示范点评定")
    former = county.start()
    link_of(former, county.preparer)
    hand_in(county, former)
    held_clock.move(YEAR)
    county.round, county.round_category = this_year
    return county.start()


def link_of(application, person, code="NC-01"):
    item = application.standard.items.get(code=code)
    return item_evidence.link(Case(application), item, PAGE, actor=person)


def hand_in(county, application):
    county._confirm(application)
    county.act("submit", application, county.preparer)


def offered_pages(client, application):
    return shown(client, application, 1).xpath("//button[@name='address']")


def test_a_page_registered_last_year_is_registered_again_by_a_tap(preparer, county, linked):
    (button,) = offered_pages(preparer, linked)
    assert words(button) == "↺ 党务公开公告"
    assert "2025年2月1日(周六) 发布" in words(button.getparent().getprevious())

    answer = preparer.post(
        button.get("formaction"),
        item_sheet(preparer, linked, "NC-01").values
        | {"address": button.get("value"), "note": "也保存"},
    )

    assert answer.url == f"{page('section', linked, 1)}#NC-01"
    (link,) = linked.links.all()
    assert {name: getattr(link, name) for name in PAGE} == PAGE
    assert (link.item.code, link.added_by) == ("NC-01", county.preparer)
    assert linked.answers.get(item__code="NC-01").note == "也保存"
    assert not offered_pages(preparer, linked)


def test_two_taps_on_a_page_register_it_once(preparer, linked):
    address = page("evidence_cite", linked, "NC-01")
    for _tap in range(2):
        told = preparer.post(address, {"address": PAGE["address"]}, follow=True)
    assert "已引用材料。" in told.content.decode()
    assert linked.links.count() == 1


def test_a_page_taken_off_this_year_is_offered_again(preparer, county, linked):
    item_evidence.unlink(Case(linked), link_of(linked, county.preparer), actor=county.preparer)
    assert len(offered_pages(preparer, linked)) == 1


@pytest.mark.parametrize(
    ("code", "address"),
    [("NC-01", "https://www.example.gov.cn/other"), ("NC-02", PAGE["address"]), ("NC-01", "")],
)
def test_only_what_the_item_rested_on_is_registered_by_a_tap(preparer, linked, code, address):
    told = preparer.post(page("evidence_cite", linked, code), {"address": address}, follow=True)
    assert "上次本条没有登记这个网页" in told.content.decode()
    assert not linked.links.exists()


def test_a_tap_beyond_the_room_for_pages_says_so_and_keeps_what_was_typed(
    preparer, linked, monkeypatch
):
    monkeypatch.setattr(published, "MOST_LINKS", 0)
    told = preparer.post(
        page("evidence_cite", linked, "NC-01"),
        item_sheet(preparer, linked, "NC-01").values
        | {"address": PAGE["address"], "note": "也保存"},
        follow=True,
    )
    assert "每份申报最多登记 0 个网页" in told.content.decode()
    assert linked.answers.get(item__code="NC-01").note == "也保存"


def test_a_tap_after_the_application_was_handed_in_is_refused_as_every_change(
    preparer, county, linked
):
    sent = item_sheet(preparer, linked, "NC-01").values | {"address": PAGE["address"]}
    hand_in(county, linked)

    answer = preparer.post(page("evidence_cite", linked, "NC-01"), sent)

    assert answer.status_code == 422
    assert not linked.links.exists()


# The introduction


def test_the_day_on_which_the_term_began_is_offered_and_entered_by_saving(preparer, second):
    sheet = Sheet(preparer, page("summary", second))
    assert sheet.values["term_began_on"] == ["2021-03-01"]
    assert "已填入上次的日期，请核对后按“保存”。" in sheet.text
    second.refresh_from_db()
    assert second.term_began_on is None

    sheet.send({"summary": "本村简介"})

    second.refresh_from_db()
    assert str(second.term_began_on) == "2021-03-01"
    assert "已填入上次的日期" not in Sheet(preparer, page("summary", second)).text


def test_an_item_whose_condition_is_answered_no_waits_for_nothing():
    done = check("must_be_true", code="NC-01-C1")
    condition = replace(done, code="NC-01-IF", kind="condition", threshold=None)
    case = SimpleNamespace(standard=standard(condition, done), declared={})
    last = LastTime(case)
    last.may_last = {done.code: True}

    assert last.carried == {done.code: True}
    case.declared = {condition.code: False}
    assert last.carried == {}
