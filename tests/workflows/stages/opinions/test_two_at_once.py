"""Two before one list, or one who presses twice: nothing is done twice, and nothing is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from designation.applications.models import Stage
from designation.organizations.models import Role
from tests import factories
from tests.departments import FOUND
from tests.sheets import Sheet
from workflows.stages.opinions import drafts, instead
from workflows.stages.opinions.models import Opinion, OpinionList

pytestmark = pytest.mark.django_db


def sheet(person, name, pk, *, to=None):
    client = Client()
    client.force_login(person)
    return Sheet(client, reverse(f"opinions:{name}", args=[pk]), to=to)


def twice(form, typed):
    first, second = form.send(typed), form.send(typed)
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert first.status_code == 302


def colleague(safety):
    return factories.seated(Role.DEPARTMENT_CLERK, safety.organization)


def test_a_list_pressed_twice_is_handed_in_once(safety, application):
    key = safety.line(application).pk
    twice(sheet(safety.clerk, "sheet", safety.list.pk), {f"answer-{key}": "no"})
    assert Opinion.objects.count() == 1
    assert drafts.of(safety.list) == {}


def test_lists_are_sent_once_for_the_press(county, safety):
    county.at(Stage.RECOMMENDED)
    twice(sheet(county.coordinator, "round", county.round.pk, to="/send/"), {})
    assert OpinionList.objects.count() == 1


def test_who_sends_what_has_changed_since_is_told(county, safety):
    county.at(Stage.RECOMMENDED)
    form = sheet(county.coordinator, "round", county.round.pk, to="/send/")
    county.beside().at(Stage.RECOMMENDED)
    answer = form.send({})
    assert answer.status_code == 422
    assert "名单在您打开页面后有变化" in answer.content.decode()
    assert not OpinionList.objects.exists()
    assert form.shown_again(answer).send({}).status_code == 302


def test_a_letter_is_entered_once_for_the_press(county, safety, application):
    key = safety.line(application).pk
    typed = {f"answer-{key}": "no", "document_number": "5号", "document_date": "2026-03-02"}
    twice(sheet(county.coordinator, "paper", safety.list.pk), typed)
    assert Opinion.objects.get().source == "paper"


def test_silence_is_entered_once_for_the_press(county, safety, application, held_clock):
    held_clock.move_to(safety.list.due_at)
    twice(sheet(county.coordinator, "not_awaited", safety.list.pk), {"reason": "机构合并"})
    assert Opinion.objects.get().source == "unanswered"


@pytest.mark.parametrize("name", ["paper", "not_awaited"])
def test_what_the_department_answers_meanwhile_is_told_to_whoever_enters(
    county, safety, application, held_clock, name
):
    held_clock.move_to(safety.list.due_at)
    form = sheet(county.coordinator, name, safety.list.pk)
    safety.answer()
    key = safety.line(application).pk
    typed = {"reason": "机构合并", "document_number": "5号", "document_date": "2026-03-02"}
    answer = form.send(typed | {f"answer-{key}": "yes"})
    assert answer.status_code == 422
    assert "在您打开页面后有变化" in answer.content.decode()
    assert Opinion.objects.get().source == "answered"


def test_a_letter_entered_meanwhile_is_told_to_the_department(county, safety, application):
    form = sheet(safety.clerk, "sheet", safety.list.pk)
    key = safety.line(application).pk
    letter = instead.Letter("5号", safety.list.sent_at.date())
    instead.enter_paper(safety.list, letter, {key: FOUND}, actor=county.coordinator)

    answer = form.send({f"answer-{key}": "no", f"remark-{key}": "查过"})
    assert answer.status_code == 422
    assert "有变化" in answer.content.decode()
    again = form.shown_again(answer)
    assert again.values[f"remark-{key}"] == ["查过"]
    assert again.send({}).status_code == 302
    assert Opinion.objects.latest("pk").replaces.source == "paper"


def test_what_a_colleague_typed_is_asked_about_and_not_overwritten(safety, application):
    key = safety.line(application).pk
    mine = sheet(safety.clerk, "sheet", safety.list.pk)
    other = colleague(safety)
    client = Client(headers={"x-autosave": "1"})
    client.force_login(other)
    typed = {f"answer-{key}": "yes", "fields": f"answer-{key}", "shown": "{}"}
    client.post(reverse("opinions:sheet", args=[safety.list.pk]), typed)

    answer = mine.send({f"answer-{key}": "no"})
    assert answer.status_code == 422
    assert not Opinion.objects.exists()
    again = mine.shown_again(answer)
    assert "请在标出的地方选择" in again.text
    name = f"answer-{key}"
    chosen = again.send({name: "no", f"choose-{name}": again.choice(name, "mine")})
    assert chosen.status_code == 302
    assert Opinion.objects.get().is_found is False


def test_who_hands_in_behind_a_colleague_reads_what_that_one_said(safety, application):
    key = safety.line(application).pk
    late = sheet(colleague(safety), "sheet", safety.list.pk)
    safety.answer()
    answer = late.send({f"answer-{key}": "yes", f"remark-{key}": "有一起"})
    assert answer.status_code == 422
    assert "有变化" in answer.content.decode()
    assert Opinion.objects.get().is_found is False
