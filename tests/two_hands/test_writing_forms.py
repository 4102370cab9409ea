"""Two people at each form that writes: nothing of one is overwritten unseen by the other."""

import pytest
from django.test import Client

from designation.audit.models import AuditEvent
from tests.sheets import Sheet, fill_in

from .writing_forms import EDITS, MAKES, SIGNS

pytestmark = pytest.mark.django_db


def by_address(one):
    return one.address


def at_the_browser(person):
    client = Client()
    client.force_login(person)
    return client


def typed(values):
    return {name: value() if callable(value) else value for name, value in values.items()}


def opened_by_both(scene):
    return [Sheet(at_the_browser(person), scene.page, to=scene.to) for person in scene.people]


@pytest.mark.parametrize("edit", EDITS, ids=by_address)
def test_a_field_that_both_changed_is_asked_about_and_nothing_is_lost(county, edit):
    scene = edit.arrange(county)
    first, second = opened_by_both(scene)

    assert first.send({edit.field: edit.first}).status_code == 302
    asked = second.send({edit.field: edit.second})

    assert asked.status_code == 422
    assert str(scene.stands(edit.field)) == str(edit.first)
    page = second.shown_again(asked)
    assert page.values[edit.field] == [str(edit.second)]
    assert edit.words in page.text
    assert f"在您填写期间，{scene.people[0].full_name}于 2026年3月2日" in page.text


@pytest.mark.parametrize("edit", EDITS, ids=by_address)
@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_the_side_that_is_chosen_stands(county, edit, side):
    scene = edit.arrange(county)
    first, second = opened_by_both(scene)
    first.send({edit.field: edit.first})
    page = second.shown_again(second.send({edit.field: edit.second}))

    answer = page.send({f"choose-{edit.field}": page.choice(edit.field, side)})

    assert answer.status_code == 302
    wanted = edit.second if side == "mine" else edit.first
    assert str(scene.stands(edit.field)) == str(wanted)


@pytest.mark.parametrize("edit", EDITS, ids=by_address)
def test_two_fields_changed_by_two_people_both_stand(county, edit):
    scene = edit.arrange(county)
    first, second = opened_by_both(scene)
    name, value = edit.other

    assert first.send({edit.field: edit.first}).status_code == 302
    assert second.send({name: value}).status_code == 302

    assert str(scene.stands(edit.field)) == str(edit.first)
    assert str(scene.stands(name)) == str(value)


@pytest.mark.parametrize("edit", EDITS, ids=by_address)
def test_the_log_holds_what_stood_before_where_the_law_allows(county, edit):
    scene = edit.arrange(county)
    before = scene.stands(edit.field)
    first, _second = opened_by_both(scene)

    first.send({edit.field: edit.first})

    changed = AuditEvent.objects.first().details["changed"]
    assert changed == (
        [edit.field]
        if edit.is_personal
        else {edit.field: ["" if before is None else str(before), edit.words]}
    )


@pytest.mark.parametrize("edit", EDITS, ids=by_address)
def test_a_form_that_says_nothing_of_what_it_showed_replaces_nothing(county, edit):
    scene = edit.arrange(county)
    first, second = opened_by_both(scene)
    first.send({edit.field: edit.first})

    asked = second.send({edit.field: edit.second, "shown": ""})

    assert asked.status_code == 422
    assert str(scene.stands(edit.field)) == str(edit.first)


@pytest.mark.parametrize("make", MAKES, ids=by_address)
def test_a_form_sent_twice_makes_one_and_leads_to_it_both_times(county, make):
    scene = make.arrange(county)
    sheet, before = opened_by_both(scene)[0], make.count()

    answers = [sheet.send(typed(make.typed)) for _turn in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert make.count() == before + 1


@pytest.mark.parametrize("make", MAKES, ids=by_address)
def test_other_content_under_the_same_key_is_asked_about_and_then_made(county, make):
    scene = make.arrange(county)
    sheet, before = opened_by_both(scene)[0], make.count()
    sheet.send(typed(make.typed))
    other = typed(make.typed | make.otherwise)

    asked = sheet.send(other)

    assert asked.status_code == 422
    assert "已经提交过一次" in asked.content.decode()
    assert make.count() == before + 1
    again = sheet.shown_again(asked).send(other)
    assert again.status_code == 302, again.content.decode()
    assert make.count() == before + 2


@pytest.mark.parametrize("make", [one for one in MAKES if one.wrong], ids=by_address)
def test_the_key_survives_a_refusal(county, make):
    scene = make.arrange(county)
    sheet, before = opened_by_both(scene)[0], make.count()
    key = sheet.values["request_key"]

    refused = sheet.send(typed(make.typed | make.wrong))

    assert refused.status_code == 422
    assert sheet.shown_again(refused).values["request_key"] == key
    assert sheet.send(typed(make.typed)).status_code == 302
    assert make.count() == before + 1


@pytest.mark.parametrize("sign", SIGNS, ids=by_address)
def test_what_is_pressed_for_is_what_was_seen(county, sign):
    scene = sign.arrange(county)
    first = at_the_browser(scene.people[0])
    second = Sheet(at_the_browser(scene.people[1]), scene.page, to=scene.to)

    scene.meanwhile(lambda address, values, to=None: fill_in(first, address, values, to=to))
    told = second.send(typed(sign.typed))

    assert told.status_code == 422
    assert sign.told in told.content.decode()
    assert not sign.done(scene)
    seen = Sheet(second.client, scene.page, to=scene.to)
    assert seen.send(typed(sign.typed)).status_code in {200, 302}
    assert sign.done(scene)
