"""Rights are asked when they are used: by the function that acts, whoever calls it.

A page hides what is not a person's; an import, an API and a task call the same functions without
one. What a stranger calls writes no row and no event.
"""

import ast
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from designation.audit.models import AuditEvent
from designation.organizations.models import Role
from designation.organizations.roles import ORGANIZATION_ROLES
from designation.organizations.rules import holds
from designation.site.refusal import Refusal
from tests import factories

from .acts import ACTS, OWN, PARTS, UNUSED, World

ROOT = Path(__file__).parents[2]
ROOMS = ("standards", "designation", "workflows", "authoring", "reports", "notifications")
WRITES = ("INSERT", "UPDATE", "DELETE", "WITH")


def name_of(function):
    return f"{function.__module__}.{function.__qualname__}"


def functions_with_an_actor():
    """By full name: every public function of a room that asks for ``actor`` by name."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for node in ast.parse(path.read_text()).body:
                is_public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
                if is_public and "actor" in {argument.arg for argument in node.args.kwonlyargs}:
                    yield f"{module}.{node.name}"


def test_every_function_by_which_somebody_acts_is_declared():
    declared = {name_of(act) for act in (*ACTS, *OWN)} | PARTS.keys() | UNUSED

    assert set(functions_with_an_actor()) == declared


def test_whatever_is_a_part_is_a_part_of_acts_that_are_tried():
    assert {act for acts in PARTS.values() for act in acts} <= ACTS.keys()


def test_what_is_said_to_be_unused_is_called_nowhere():
    names = {name.rsplit(".", 2)[-2] + "." + name.rsplit(".", 1)[-1] for name in UNUSED}
    texts = [path.read_text() for room in ROOMS for path in (ROOT / room).rglob("*.py")]

    assert [name for name in names if any(f"{name}(" in text for text in texts)] == []


def strangers():
    """Of another county: who holds every seat in cases at once, and each administrator."""
    county = factories.JurisdictionFactory(code="350102000000", name_zh="他县")
    area = factories.TownshipFactory(code="350102100000", parent=county, name_zh="他镇")
    body = factories.TownshipCommitteeFactory(jurisdiction=area)
    administering = [role for role in Role if role.is_administrator]
    in_cases = [role for role in Role if not role.is_administrator]
    for roles in (in_cases, *([role] for role in administering)):
        person = factories.PersonFactory(home_organization=body)
        for role in roles:
            in_body = role in ORGANIZATION_ROLES
            where = {"organization": body} if in_body else {"jurisdiction": county}
            factories.SeatFactory(person=person, role=role, **where)
        yield person


def written(asked):
    return [one["sql"] for one in asked if one["sql"].startswith(WRITES)]


@pytest.fixture
def world(county, own, held_clock):
    return World(county, own, held_clock)


@pytest.mark.parametrize("act", ACTS, ids=name_of)
def test_whose_act_it_is_not_is_refused_and_nothing_is_written(world, act):
    auditor = factories.seated(Role.AUDIT_ADMINISTRATOR, world.county.jurisdiction)
    # The first time arranges what is acted on.
    with pytest.raises(Refusal):
        ACTS[act].by(world, auditor)
    events = AuditEvent.objects.count()

    for stranger in (auditor, *strangers()):
        if holds(stranger, *ACTS[act].anywhere):
            continue
        with CaptureQueriesContext(connection) as asked, pytest.raises(Refusal):
            ACTS[act].by(world, stranger)

        assert written(asked) == []
        assert AuditEvent.objects.count() == events


@pytest.mark.parametrize("act", ACTS, ids=name_of)
def test_whose_act_it_is_carries_it_out(world, act):
    """So that it was for the person that the others were refused."""
    with CaptureQueriesContext(connection) as asked:
        ACTS[act].by(world, world.person(ACTS[act].whose))

    assert written(asked)
