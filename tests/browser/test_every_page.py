"""Every page, for every role that gets it, at a phone's and at a desk's width.

The list is made of the addresses: a page that is in none of the tables fails here. Where a page is
built alike for two roles (the same elements in the same order), it is looked at once.
"""

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from designation.applications.models import Stage
from tests.answered_with_files import FILES
from tests.permissions.test_matrix import (
    ELSEWHERE,
    PAGES,
    POSTS,
    PUBLIC,
    SIGNED_IN,
    World,
    named_addresses,
    stage_to_show,
)
from tests.public_addresses import LANGUAGES, public

from .barriers import CONTRAST, violations

pytestmark = pytest.mark.django_db(transaction=True)

DESK, PHONE, NARROW = 1280, 390, 360
# A desk enlarged to 200 % shows half as much of a page.
ENLARGED = DESK // 2
# Shown by other tests, or in words of their own: after a post, or for one who bears a link.
ELSEWHERE_LOOKED_AT = {*ELSEWHERE, "too_large"}
# Built as another that is looked at: the same template, and nothing else on it.
BUILT_AS = {
    "applications:end_overdue": "applications:decline",
    "visits:for_decision": "visits:for_objection",
}
STAGES = sorted({stage for _name, stage in PAGES}, key=str)


def looked_at():
    """(name, stage, roles); None for whoever is not signed in."""
    for (name, stage), roles in PAGES.items():
        if roles and name not in FILES:
            yield name, stage, sorted(roles)
    for name in sorted(SIGNED_IN | {"home"}):
        yield name, Stage.SUBMITTED, ["preparer", "county_coordinator", "system_administrator"]


def test_every_address_is_looked_at_or_is_no_page():
    names = {name for name, _stage, _roles in looked_at()} | PUBLIC
    names |= {"organizations:login", "organizations:forgotten", "organizations:forgotten_asked"}
    names |= set(BUILT_AS)
    acts = {name for name, _stage in POSTS}

    assert set(named_addresses()) == names | acts | FILES | ELSEWHERE_LOOKED_AT


def built(content):
    """The page as it is built, without what it says."""
    root = html.fromstring(content.decode())
    kept = ("class", "type", "role", "aria-current", "aria-label")
    return tuple(
        (node.tag, *(node.get(name) for name in kept))
        for node in root.iter()
        if isinstance(node.tag, str)
    )


# What a finger presses; links within a text are read, not aimed at.
TOO_SMALL = """() => {
  const wanted = "button, .btn, select, summary, textarea, nav a, .account-menu a, .menu-fold,"
    + "input:not([type=hidden])";
  const seen = (e) => e.checkVisibility({visibilityProperty: true, opacityProperty: true});
  return [...document.querySelectorAll(wanted)].filter(seen).filter((e) => {
    if (e.closest(".visually-hidden, .skip-link") || e.matches(".btn-check, [aria-hidden=true]")) {
      return false;
    }
    const ticks = e.matches("[type=radio], [type=checkbox]");
    const pressed = ticks ? (e.labels[0] ?? e) : e;
    const box = pressed.getBoundingClientRect();
    return box.height > 0 && box.height < 43.5;
  }).map((e) => e.outerHTML.slice(0, 120));
}"""
WIDE = "document.documentElement.scrollWidth - window.innerWidth"
TYPE = "(size) => { document.documentElement.style.fontSize = size; }"


def faults(page, *, as_another=False):
    """What is wrong with the page that is open, in words.

    ``as_another``: somebody else's page of this address was looked at; the same colours need no
    second look at the other width.
    """
    found = []
    for width in (DESK, ENLARGED, PHONE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate(WIDE) > 0:
            found.append(f"{width}: scrolls sideways by {page.evaluate(WIDE)}")
        if width == DESK:
            page.evaluate(TYPE, "200%")
            if page.evaluate(WIDE) > 0:
                found.append(f"type at 200 %: scrolls sideways by {page.evaluate(WIDE)}")
            page.evaluate(TYPE, "")
        if width in (DESK, PHONE):
            without = [CONTRAST] if as_another and width == PHONE else []
            for violation in violations(page, without=without):
                where = [node["target"] for node in violation["nodes"]][:3]
                found.append(f"{width}: {violation['id']} {where}")
        if width == PHONE:
            found += [f"{width}: too small {one}" for one in page.evaluate(TOO_SMALL)]
    return found


@pytest.fixture
def world_at(reference_data, held_clock):
    return lambda stage: World(stage, held_clock)


@pytest.mark.parametrize("stage", STAGES, ids=str)
def test_every_page_of_a_stage_is_for_everyone(stage, world_at, seat, live_server):
    world, known, seen, pages, found = world_at(stage), set(), set(), {}, {}
    for name, at, roles in looked_at():
        if at != stage:
            continue
        address = world.address(name)
        for role in roles:
            client = Client()
            client.force_login(world.people[role])
            answer = client.get(address, follow=True)
            assert answer.status_code == 200, (name, role)
            alike = (name, built(answer.content))
            if alike in known:
                continue
            known.add(alike)
            if role not in pages:
                pages[role] = seat(world.people[role])
            pages[role].goto(live_server.url + address)
            if wrong := faults(pages[role], as_another=name in seen):
                found[f"{name} ({role})"] = wrong
            seen.add(name)

    assert found == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stage", [Stage.ON_NOTICE, Stage.DESIGNATED])
def test_every_public_page_is_for_everyone(language, stage, world_at, seat, live_server):
    world, page, found = world_at(stage), seat(None), {}
    names = [name for name in sorted(PUBLIC - FILES) if stage_to_show(name) == stage]
    addresses = {name: world.address(name, partial(public, language=language)) for name in names}
    addresses["organizations:login"] = reverse("organizations:login")
    for name, address in addresses.items():
        page.goto(live_server.url + address)
        if wrong := faults(page):
            found[name] = wrong

    assert found == {}
