"""The pages: the list that a clerk fills in, the table, the sheet of the meeting, and who reads."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from designation.applications.models import Application, Stage
from designation.organizations.models import Organization, Role
from designation.rounds.models import Round, Secrecy
from designation.site import clock
from tests import factories
from tests.course import NOTICE
from tests.departments import FOUND, QUESTION, department, sent, with_veto
from tests.sheets import Sheet
from workflows.stages.opinions import answering, drafts, instead
from workflows.stages.opinions.models import Opinion

pytestmark = pytest.mark.django_db

SECRET = "正在接受审查调查，案号不公开"


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def text(person, name, *arguments, **asked):
    answer = signed_in(person).get(reverse(name, args=arguments), asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def sheet(clerk, opinions):
    return Sheet(signed_in(clerk), reverse("opinions:sheet", args=[opinions.pk]))


def save(person, opinions, shown="{}", **typed):
    """As the page's script saves the fields that changed."""
    client = Client(headers={"x-autosave": "1"})
    client.force_login(person)
    said = typed | {"fields": ",".join(typed), "shown": shown}
    return client.post(reverse("opinions:sheet", args=[opinions.pk]), said)


# The department's page


def test_a_clerk_comes_from_the_desk_to_one_page_without_a_choice_made(safety, application):
    desk = text(safety.clerk, "home")
    assert QUESTION in desk
    assert reverse("opinions:sheet", args=[safety.list.pk]) in desk
    # Nothing of cases is there for them.
    assert reverse("applications:list") not in desk
    assert "最近的申报" not in desk

    form = sheet(safety.clerk, safety.list)
    line = safety.line(application)
    assert f"answer-{line.pk}" not in form.values
    assert line.name in form.text
    assert line.area in form.text
    assert line.superior in form.text
    assert "以上均无" in form.text


def test_the_page_leads_to_no_case(safety, application):
    page = text(safety.clerk, "opinions:sheet", safety.list.pk)
    assert reverse("applications:case", args=[application.pk]) not in page
    client = signed_in(safety.clerk)
    for name in ("applications:case", "applications:sheet"):
        assert client.get(reverse(name, args=[application.pk])).status_code == 404
    assert application.organization.name not in text(safety.clerk, "applications:list")


def test_with_nothing_to_answer_the_desk_says_so(county, safety):
    assert "现在没有等您答复的征求意见单" in text(safety.clerk, "home")


def test_what_is_wanting_is_told_at_its_name_and_what_was_typed_stays(county, safety, application):
    other = county.beside().at(Stage.RECOMMENDED)
    sent(county)
    form = sheet(safety.clerk, safety.list)
    key = safety.line(other).pk
    answer = form.send({f"answer-{key}": "yes"})
    assert answer.status_code == 422
    again = form.shown_again(answer)
    assert "请用一句话说明是什么情况" in again.text
    assert again.values[f"answer-{key}"] == ["yes"]
    assert drafts.of(safety.list) == {f"answer-{key}": "yes"}
    assert again.send({f"remark-{key}": "有一起"}).status_code == 302
    assert Opinion.objects.get().remark == "有一起"


def test_what_is_typed_is_kept_for_the_department_while_it_is_typed(safety, application):
    key = safety.line(application).pk
    answer = save(safety.clerk, safety.list, **{f"remark-{key}": "查了一半"})
    assert answer.status_code == 200
    assert json.loads(answer.content)["saved_at"]
    assert sheet(safety.clerk, safety.list).values[f"remark-{key}"] == ["查了一半"]
    colleague = factories.seated(Role.DEPARTMENT_CLERK, safety.organization)
    assert sheet(colleague, safety.list).values[f"remark-{key}"] == ["查了一半"]
    again = save(safety.clerk, safety.list, **{f"remark-{key}": ""})
    assert again.status_code == 200
    assert drafts.of(safety.list) == {}


def test_what_a_colleague_typed_is_asked_about_while_it_is_typed(safety, application):
    name = f"remark-{safety.line(application).pk}"
    save(safety.clerk, safety.list, **{name: "甲查的"})
    colleague = factories.seated(Role.DEPARTMENT_CLERK, safety.organization)
    said = json.loads(save(colleague, safety.list, **{name: "乙查的"}).content)
    assert said["conflicts"][name]["theirs"] == "甲查的"
    assert said["conflicts"][name]["by"] == safety.clerk.full_name
    assert drafts.of(safety.list) == {name: "甲查的"}


def test_a_field_that_is_none_of_the_list_is_not_kept(safety, application):
    assert save(safety.clerk, safety.list, **{"answer-0": "yes"}).status_code == 200
    assert drafts.of(safety.list) == {}


def test_the_coordinator_reads_a_list_and_sends_none(county, safety, application):
    assert save(county.coordinator, safety.list, **{"answer-1": "yes"}).status_code == 404
    page = text(county.coordinator, "opinions:sheet", safety.list.pk)
    assert "登记书面答复" in page
    assert "不再等候，写明理由" not in page


def test_who_lost_the_seat_while_typing_keeps_nothing(safety, application, monkeypatch):
    opinions = safety.list
    monkeypatch.setattr(drafts, "answering_role", lambda *_whose: None)
    answer = save(safety.clerk, opinions, **{f"remark-{safety.line(application).pk}": "查"})
    assert answer.status_code == 422
    assert "该部门的承办人" in json.loads(answer.content)["denied"]


def test_a_correction_begins_with_what_was_handed_in(safety, application):
    safety.answer(FOUND)
    key = safety.line(application).pk
    form = sheet(safety.clerk, safety.list)
    assert form.values[f"answer-{key}"] == ["yes"]
    assert form.values[f"remark-{key}"] == [FOUND.remark]
    assert "已于" in form.text
    refused = form.send({f"answer-{key}": "no"})
    assert refused.status_code == 422
    assert "请写明更正的原因" in refused.content.decode()
    again = form.shown_again(refused)
    assert again.send({"reason": "查重了名"}).status_code == 302
    assert Opinion.objects.latest("pk").is_found is False
    assert drafts.of(safety.list) == {}


def test_what_is_no_choice_is_told(safety, application):
    key = safety.line(application).pk
    assert sheet(safety.clerk, safety.list).send({f"answer-{key}": "perhaps"}).status_code == 422


def test_a_veto_shows_its_document_and_asks_for_it_at_its_field(county):
    with_veto(county, "NC-03-C4")
    police = department(county, "县公安局", vetoes=["NC-03-C4"])
    made = county.at(Stage.RECOMMENDED)
    sent(county)
    key = police.line(made).pk
    form = sheet(police.clerk, police.list)
    refused = form.send({f"answer-{key}": "yes", f"remark-{key}": "属实"})
    assert refused.status_code == 422
    again = form.shown_again(refused)
    document = {f"document-{key}": "判决书", f"number-{key}": "〔2025〕刑初9号"}
    assert again.send(document | {f"dated-{key}": "2025-9-1"}).status_code == 302
    opinion = Opinion.objects.get()
    assert (opinion.document_number, str(opinion.document_date)) == (
        "〔2025〕刑初9号",
        "2025-09-01",
    )


def test_a_document_is_asked_for_only_where_a_veto_is_met(safety, application):
    key = safety.line(application).pk
    page = text(safety.clerk, "opinions:sheet", safety.list.pk)
    assert f"number-{key}" not in page


def test_names_that_have_ended_stand_apart(county, safety, application):
    county.act("withdraw", application, county.head)
    page = text(safety.clerk, "opinions:sheet", safety.list.pk)
    assert "没有需要答复的单位" in page
    assert "不必再答复的" in page
    assert "现在没有等您答复的征求意见单" in text(safety.clerk, "home")


def test_another_list_of_the_round_is_found_from_the_first(county, safety, application):
    first = safety.list
    county.beside().at(Stage.RECOMMENDED)
    sent(county)
    page = text(safety.clerk, "opinions:sheet", safety.list.pk)
    assert reverse("opinions:sheet", args=[first.pk]) in page


def test_who_belongs_to_a_name_is_told_before_pressing(county, safety, application):
    factories.SeatFactory(person=safety.clerk, role=Role.HEAD, organization=county.village)
    page = text(safety.clerk, "opinions:sheet", safety.list.pk)
    assert "应当回避，请由本部门另一位承办人答复" in page


def test_another_department_does_not_see_the_list(county, safety, application):
    police = department(county, "县公安局")
    client = signed_in(police.clerk)
    assert client.get(reverse("opinions:sheet", args=[safety.list.pk])).status_code == 404


# The table


def test_the_table_says_of_each_department_how_it_stands(county, safety, held_clock):
    police, letters = (department(county, f"县{name}局") for name in ("公安", "信访"))
    made = county.at(Stage.RECOMMENDED)
    round_page = ("opinions:round", county.round.pk)
    assert text(county.coordinator, *round_page).count("未征求") == 3
    assert "县公安局：1 家单位还没有征求" in text(county.coordinator, *round_page)
    sent(county)
    assert text(county.coordinator, *round_page).count("待答复") == 3
    police.answer(FOUND)
    letter = instead.Letter("信〔2026〕5号", held_clock.now().date(), "复函")
    answers = {letters.line(made).pk: FOUND}
    instead.enter_paper(letters.list, letter, answers, actor=county.coordinator)
    held_clock.move_to(safety.list.due_at)
    page = text(county.coordinator, *round_page)
    assert "已逾期" in page
    assert "2025年发生一起一般事故" in page
    assert "书面答复：有" in page
    assert "复函 信〔2026〕5号" in page
    instead.wait_no_more(safety.list, "机构正在合并", actor=county.coordinator)
    page = text(county.coordinator, *round_page)
    assert "未答复" in page
    assert "不再等候：机构正在合并" in page


def test_the_table_says_who_is_not_asked(county, safety):
    made = county.at(Stage.RECOMMENDED)
    Application.objects.filter(pk=made.pk).update(organization=safety.organization)
    assert "本部门，不征求" in text(county.coordinator, "opinions:round", county.round.pk)


def test_the_table_says_that_what_has_ended_needs_no_answer(county, safety, application):
    county.act("withdraw", application, county.head)
    assert "不必答复" in text(county.coordinator, "opinions:round", county.round.pk)


def test_a_name_is_found_in_the_table(county, safety, application):
    other = county.beside().at(Stage.RECOMMENDED)
    found = text(
        county.coordinator, "opinions:round", county.round.pk, text=other.organization.name
    )
    assert other.organization.name in found
    assert reverse("applications:case", args=[application.pk]) not in found


def test_only_a_round_that_asks_has_the_page_and_the_link(county, application):
    case = ("applications:case", application.pk)
    address = reverse("opinions:round", args=[county.round.pk])
    assert address in text(county.coordinator, *case)
    assert address in text(county.coordinator, "rounds:detail", county.round.pk)
    Round.objects.filter(pk=county.round.pk).update(department_days=None)
    assert address not in text(county.coordinator, *case)
    assert address not in text(county.coordinator, "rounds:detail", county.round.pk)
    assert signed_in(county.coordinator).get(address).status_code == 404


def test_a_department_for_which_nobody_answers_is_named_before_it_is_asked(county, safety):
    county.at(Stage.RECOMMENDED)
    told = "县应急管理局无人担任“部门承办人”，收不到征求意见单"
    page = ("opinions:round", county.round.pk)
    assert told not in text(county.coordinator, *page)
    safety.clerk.seats.update(ended_at=clock.now())
    assert told in text(county.coordinator, *page)


def test_who_only_reads_the_table_presses_nothing(county, safety):
    county.at(Stage.RECOMMENDED)
    page = text(county.deciding_officer, "opinions:round", county.round.pk)
    assert "发给各部门" not in page
    address = reverse("opinions:send", args=[county.round.pk])
    assert signed_in(county.deciding_officer).post(address).status_code == 404


# Confidential


@pytest.fixture
def secrets(county):
    """A department for each kind of secrecy, each of which has found something."""
    asked = {
        kind: department(county, f"县{number}局", secrecy=kind)
        for number, kind in enumerate(Secrecy.values, 1)
    }
    made = county.at(Stage.RECOMMENDED)
    sent(county)
    for kind, one in asked.items():
        one.answer(answering.Answer(is_found=True, remark=f"{SECRET}{kind}"))
    county._begin_verification(made)
    county._complete_verification(Application.objects.get(pk=made.pk))
    return Application.objects.get(pk=made.pk)


def read(page):
    return {kind for kind in Secrecy.values if f"{SECRET}{kind}" in page}


def test_the_table_shows_what_is_confidential_to_the_coordinator_alone(county, secrets):
    round_page = ("opinions:round", county.round.pk)
    assert read(text(county.coordinator, *round_page)) == set(Secrecy.values)
    for person in (
        county.deciding_officer,
        county.secrecy_reviewer,
        county.publisher,
        county.objection_officer,
    ):
        page = text(person, *round_page)
        assert read(page) == {Secrecy.OPEN}
        assert page.count("已答复（保密）") == 2


def test_before_the_meeting_lies_what_may_lie_there(county, secrets):
    page = text(county.coordinator, "selections:compose", county.round.pk, "NC")
    assert read(page) == {Secrecy.OPEN, Secrecy.MEETING}
    assert "已答复（保密）" in page


@pytest.mark.parametrize("who", ["preparer", "head", "reviewer", "verifiers"])
def test_the_applicant_the_township_and_the_team_read_no_opinion(county, secrets, who):
    person = getattr(county, who)
    person = person[0] if who == "verifiers" else person
    client = signed_in(person)
    for address in (
        reverse("opinions:round", args=[county.round.pk]),
        reverse("selections:compose", args=[county.round.pk, "NC"]),
        *(reverse("opinions:sheet", args=[one.pk]) for one in county.round.opinion_lists.all()),
    ):
        assert client.get(address).status_code == 404
    page = text(person, "applications:case", secrets.pk)
    assert read(page) == set()
    assert "部门意见" not in page


# Before the meeting


def test_the_sheet_of_the_meeting_says_who_is_silent_before_it_is_pressed(county, safety):
    made = county.at(Stage.RECOMMENDED)
    sent(county)
    county._begin_verification(made)
    county._complete_verification(Application.objects.get(pk=made.pk))
    client = signed_in(county.coordinator)
    page = reverse("selections:compose", args=[county.round.pk, "NC"])
    form = Sheet(client, page)
    told = f"县应急管理局对{county.village.name}还没有答复，答复期限"
    assert told in form.text

    meeting = {name: NOTICE[name] for name in NOTICE if name.startswith("meeting_")}
    meeting |= {"stood_aside": "无", f"{made.pk}-outcome": "chosen"}
    refused = form.send(meeting)
    assert refused.status_code == 422
    assert told in refused.content.decode()
    safety.answer()
    assert Sheet(client, page).send(meeting).status_code == 302


def test_a_visit_that_may_not_begin_says_so_on_the_case(county, safety):
    made = county.at(Stage.RECOMMENDED)
    county.arrange_visit(made)
    page = text(county.coordinator, "applications:case", made.pk)
    assert f"还没有就{county.village.name}征求县应急管理局的意见" in page


# Instead of the department


def test_a_letter_is_entered_on_its_page(county, safety, application):
    key = safety.line(application).pk
    form = Sheet(signed_in(county.coordinator), reverse("opinions:paper", args=[safety.list.pk]))
    refused = form.send({f"answer-{key}": "no"})
    assert refused.status_code == 422
    again = form.shown_again(refused)
    assert again.values[f"answer-{key}"] == ["no"]
    assert "请填写书面答复的文号" in again.text
    letter = {"document_number": "安〔2026〕3号", "document_date": "2026年3月2日"}
    assert again.send(letter).status_code == 302
    page = text(county.coordinator, "opinions:sheet", safety.list.pk)
    assert "书面答复：没有" in page
    assert "安〔2026〕3号" in page
    assert "登记书面答复" not in page


def test_silence_is_entered_on_its_page_with_the_reason(county, safety, application, held_clock):
    held_clock.move_to(safety.list.due_at)
    client = signed_in(county.coordinator)
    assert "不再等候，写明理由" in text(county.coordinator, "opinions:sheet", safety.list.pk)
    form = Sheet(client, reverse("opinions:not_awaited", args=[safety.list.pk]))
    refused = form.send({"reason": ""})
    assert refused.status_code == 422
    assert "请写明不再等候的理由" in refused.content.decode()
    assert form.shown_again(refused).send({"reason": "机构正在合并"}).status_code == 302
    safety.answer(FOUND)
    page = text(county.coordinator, "opinions:sheet", safety.list.pk)
    assert "更正以前" in page
    assert "机构正在合并" in page


def test_of_two_silent_departments_one_writes_and_one_is_not_waited_for_and_the_table_says_so(
    county, safety, held_clock
):
    police = department(county, "县公安局")
    made = county.at(Stage.RECOMMENDED)
    sent(county)
    held_clock.move_to(safety.list.due_at)
    client = signed_in(county.coordinator)

    letter = Sheet(client, reverse("opinions:paper", args=[police.list.pk]))
    typed = {"document_number": "青公〔2026〕15号", "document_date": "2026年3月2日"}
    typed[f"answer-{police.line(made).pk}"] = "no"
    assert letter.send(typed).status_code == 302
    silence = Sheet(client, reverse("opinions:not_awaited", args=[safety.list.pk]))
    assert silence.send({"reason": "机构正在合并，印章尚未启用。"}).status_code == 302

    page = text(county.coordinator, "opinions:round", county.round.pk)
    assert "书面答复：没有" in page
    assert "青公〔2026〕15号" in page
    assert "未答复" in page
    assert "不再等候：机构正在合并" in page
    assert "已逾期" not in page, "nobody is waited for any more"


def test_what_was_answered_wrongly_stays_to_be_read_by_the_coordinator(county, safety, application):
    safety.answer(FOUND)
    key = safety.line(application).pk
    nothing = {key: answering.Answer(is_found=False)}
    answering.correct(safety.list, nothing, "查重了名", actor=safety.clerk)
    page = text(county.coordinator, "opinions:sheet", safety.list.pk)
    assert "更正以前" in page
    assert FOUND.remark in page


# What it costs, and what else knows of it


@pytest.mark.parametrize(
    ("name", "cost"), [("opinions:round", 14), ("opinions:sheet", 10), ("selections:compose", 18)]
)
def test_a_page_costs_the_same_for_one_name_and_for_three(county, safety, name, cost):
    counts = []
    for _more in range(2):
        places = [county.beside() for _place in range(1 if not counts else 2)]
        for place in places:
            made = place.at(Stage.RECOMMENDED)
            sent(county)
            place._begin_verification(made)
            place._complete_verification(Application.objects.get(pk=made.pk))
            safety.answer()
        person, key = county.coordinator, county.round.pk
        arguments = {
            "opinions:round": [key],
            "opinions:sheet": [safety.list.pk],
            "selections:compose": [key, "NC"],
        }
        client = signed_in(person)
        address = reverse(name, args=arguments[name])
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts == [cost, cost]


def test_a_list_left_behind_is_told_when_a_seat_ends(county, safety, application):
    security = factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)
    seat = safety.clerk.seats.get()
    page = text(security, "organizations:seat_end", seat.pk)
    assert "没有交回的征求意见单" in page


def test_a_department_renamed_since_keeps_the_names_of_its_list(county, safety, application):
    Organization.objects.filter(pk=county.village.pk).update(name_zh="新名村党支部")
    assert "新名村党支部" not in text(safety.clerk, "opinions:sheet", safety.list.pk)


def test_the_pages_speak_english(county, safety, application):
    client = Client(headers={"accept-language": "en"})
    client.force_login(safety.clerk)
    page = client.get(reverse("opinions:sheet", args=[safety.list.pk])).content.decode()
    assert "None of them" in page
    with translation.override("en"):
        assert str(safety.list._meta.verbose_name) == "List of opinions"
