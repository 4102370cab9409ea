"""Two people at each form that writes: nothing of one is overwritten unseen by the other."""

import ast
import inspect
from importlib import import_module
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from designation.audit.models import AuditEvent
from tests.page_modules import page_modules
from tests.sheets import Sheet, fill_in
from tests.test_templates import ALL, FORM, named
from workflows import by_form

from .writing_forms import EDITS, HELD_ELSEWHERE, LATES, MAKES, NO_RECORD, PASSAGES, SIGNS

pytestmark = pytest.mark.django_db

KEY = "{% request_key %}"


def by_address(one):
    return one.address


def at_the_browser(person):
    client = Client()
    client.force_login(person)
    return client


def typed(values):
    return {name: value() if callable(value) else value for name, value in values.items()}


def read(sheet, answer):
    """The page that the person comes to see."""
    return sheet.client.get(answer.url) if answer.status_code == 302 else answer


def opened_by_both(scene):
    return [
        Sheet(at_the_browser(person), scene.page, to=scene.to, press=scene.press)
        for person in scene.people
    ]


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


@pytest.mark.parametrize("edit", [one for one in EDITS if one.in_log], ids=by_address)
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
    if make.again:
        assert sheet.shown_again(asked).send(other).status_code == 302
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
    second = Sheet(at_the_browser(scene.people[1]), scene.page, to=scene.to, press=scene.press)

    scene.meanwhile(lambda address, values, to=None: fill_in(first, address, values, to=to))
    told = read(second, second.send(typed(sign.typed)))

    assert sign.told in told.content.decode()
    assert not sign.done(scene)
    seen = Sheet(second.client, scene.page, to=scene.to, press=scene.press)
    assert seen.send(typed(sign.typed)).status_code in {200, 302}
    assert sign.done(scene)


@pytest.mark.parametrize("late", LATES, ids=by_address)
def test_who_presses_for_what_another_has_done_is_told(county, late):
    scene = late.arrange(county)
    first, second = opened_by_both(scene)
    first.send(late.typed)

    told = second.send(late.typed if late.second is None else late.second)

    told = read(second, told)
    assert late.told in told.content.decode()


def _views(resolver=None, prefix=""):
    """The view of every address, by the address's name."""
    found = {}
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            found[prefix + entry.name] = entry.callback
        else:
            found |= _views(entry, f"{entry.namespace}:" if entry.namespace else prefix)
    return found


def _takes_posts(view):
    """What a view says by its decorator, or by its class; None where it says nothing."""
    if hasattr(view, "view_class"):
        return hasattr(view.view_class, "post")
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            methods = cell.cell_contents
            if isinstance(methods, list) and set(methods) & {"GET", "POST"}:
                return "POST" in methods
        view = getattr(view, "__wrapped__", None)
    return None


def test_every_address_that_takes_a_post_stands_in_the_list():
    rows = {one.address for table in (EDITS, MAKES, SIGNS, LATES) for one in table}
    posts = {name for name, view in _views().items() if _takes_posts(view)}
    silent = {name for name, view in _views().items() if _takes_posts(view) is None}

    assert posts == rows | set(HELD_ELSEWHERE) | NO_RECORD
    # Pages that have no form of their own, and Django's choice of a language.
    assert silent == {"home", "healthz", "too_large", "set_language"}


@pytest.mark.parametrize("place", sorted(set(HELD_ELSEWHERE.values())))
def test_what_is_held_elsewhere_is_there(place):
    assert Path(place).exists()


# Forms that ask for a passage


def _calls(function, room):
    """The names that a function uses, with those of the functions of its own module it calls."""
    codes, names, known = [inspect.unwrap(function).__code__], set(), vars(room)
    while codes:
        code = codes.pop()
        codes += [const for const in code.co_consts if inspect.iscode(const)]
        for name in set(code.co_names) - names:
            called = inspect.unwrap(known[name]) if inspect.isfunction(known.get(name)) else None
            if called is not None and called.__module__ == room.__name__:
                codes.append(called.__code__)
        names |= set(code.co_names)
    return names


def _hands_over(view):
    """Whether the view gives the door who pressed, and with which form."""
    if not inspect.isfunction(view):
        return False
    return by_form.by_form.__name__ in _calls(view, inspect.getmodule(inspect.unwrap(view)))


def test_every_address_that_asks_for_a_passage_stands_in_the_list():
    asks = {name for name, view in _views().items() if _hands_over(view)}

    assert asks == set(PASSAGES)


def _takes_how(function):
    """Whether it leads to the door: it is told how one acts."""
    if not inspect.isfunction(function):
        return False
    taken = inspect.signature(function).parameters.values()
    return any(one.kind is one.VAR_KEYWORD and one.name in ("how", "by") for one in taken)


def _without_form(module):
    """The calls of a page module that lead to the door without who pressed which form."""
    room = vars(import_module(module.removesuffix(".py").replace("/", ".")))
    for call in ast.walk(ast.parse(Path(module).read_text())):
        if not isinstance(call, ast.Call):
            continue
        called = call.func
        if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            found = getattr(room.get(called.value.id), called.attr, None)
        else:
            found = room.get(called.id) if isinstance(called, ast.Name) else None
        given = [ast.unparse(one.value) for one in call.keywords if one.arg is None]
        if _takes_how(found) and given not in (["by_form(request)"], ["by"]):
            yield f"{module}:{call.lineno}"


@pytest.mark.parametrize("module", [one for one in page_modules() if one.startswith("workflows")])
def test_a_page_tells_the_door_who_pressed_which_form(module):
    assert list(_without_form(module)) == []


def _forms():
    """(template, the opening of a form that is sent, what it carries)."""
    for path in ALL:
        for own, inside, part, put_in in FORM.findall(path.read_text()):
            yield named(path), own or part, inside or put_in


def _goes_to(address, template, opening):
    """By its action; a form that has none is sent to the page it stands on."""
    if "action=" in opening:
        return f"'{address}'" in opening
    return template in PASSAGES[address] and 'method="get"' not in opening


@pytest.mark.parametrize("address", PASSAGES)
def test_every_form_that_asks_for_a_passage_bears_its_key(address):
    forms = [one for one in _forms() if _goes_to(address, *one[:2])]

    assert {template for template, _opening, _inside in forms} == PASSAGES[address]
    assert [template for template, _opening, inside in forms if KEY not in inside] == []
