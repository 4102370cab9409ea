"""What all stages share knows none of them by name: it asks what their rooms declare."""

import ast
import re
from pathlib import Path

import pytest

from designation.applications.models import Stage

ROOT = Path(__file__).parents[2]
SHARED = ("workflows/case", "workflows/case_pages", "notifications", "templates/case")
# What draws on several stages asks their rooms, and names none of their stages either.
DRAWING_ON_SEVERAL = ("workflows/desk", "workflows/notice_pages", "authoring", "workflows/*.py")
# Here the course is declared.
DECLARING = {"workflows/flow.py", "workflows/passages.py"}
ROOMS = sorted(one.name for one in ROOT.glob("workflows/stages/*/"))
# What may be named, and why.
NAMED = {
    ("workflows/case/interests.py", "verified"): "a tie of a person to a case, called so as well",
    ("notifications/models.py", "withdrawn"): "a state of a delivery, called so as well",
    ("templates/case/_items.html", "returned"): "a filter of the items, called so as well",
    ("workflows/case/shown_items.py", "returned"): "a filter of the items, called so as well",
    ("workflows/case/card.py", "returned"): "how far an item is filled in, called so as well",
    ("authoring/drafting/views.py", "chosen"): "the version that was chosen to compare with",
    ("workflows/case_pages/start_views.py", "chosen"): "the organization that was chosen",
    ("authoring/drafting/urls.py", "draft"): "a draft of a standard",
    ("authoring/replays/queries.py", "withdrawn"): "what was taken back is compared with nothing",
    ("workflows/succession.py", "withdrawn"): "what its unit took back does not stand in the way",
    ("workflows/case_pages/queries.py", "withdrawn"): "who has withdrawn begins anew, too",
    ("workflows/desk/queries.py", "withdrawn"): "who has withdrawn may begin anew in the round",
}
# Of what all stages share, the case page shows what the first of them made: the answers.
ANSWERS = "self_assessment"


def sources(suffix, *rooms):
    """Pairs of a file's name and its text."""
    for room in rooms:
        found = ROOT.glob(room) if room.endswith(suffix) else (ROOT / room).rglob(f"*{suffix}")
        for path in sorted(found):
            name = str(path.relative_to(ROOT))
            if "migrations" not in path.parts and name not in DECLARING:
                yield name, path.read_text()


def stages_named(text):
    """The stages that a module names: as ``Stage.X``, or by their code."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == "Stage" and node.attr.isupper():
                yield node.attr.lower()
        elif isinstance(node, ast.Constant) and node.value in Stage.values:
            yield node.value


def rooms_imported(text):
    """The rooms of ``workflows/stages`` from which a module takes anything."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and re.match(
            r"(workflows\.)?stages\b", node.module or ""
        ):
            parts = node.module.partition("stages")[2].strip(".").split(".")
            yield from filter(None, parts[:1])
            if parts == [""]:
                yield from (one.name for one in node.names)


def found():
    rooms = (*SHARED, *DRAWING_ON_SEVERAL)
    python = {(name, one) for name, text in sources(".py", *rooms) for one in stages_named(text)}
    quoted = re.compile(rf"['\"]({'|'.join(Stage.values)})['\"]")
    pages = sources(".html", *SHARED)
    return python | {(name, one) for name, text in pages for one in quoted.findall(text)}


def test_no_stage_is_named_where_all_stages_are_served():
    assert found() == set(NAMED)


def test_no_room_of_a_stage_is_asked_there_but_that_of_the_answers():
    modules = sources(".py", *SHARED)
    asked = {(name, room) for name, text in modules for room in rooms_imported(text)}

    assert {(name, room) for name, room in asked if room != ANSWERS} == set()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("if stage == Stage.VERIFYING: pass", ["verifying"]),
        ("rows.filter(stage='on_notice')", ["on_notice"]),
        ("Stage(row.stage), Stage.choices, place.is_goal", []),
    ],
)
def test_what_is_looked_for_is_found(text, named):
    assert list(stages_named(text)) == named


@pytest.mark.parametrize(
    ("text", "rooms"),
    [
        ("from ..stages.verification.rules import is_on_team", ["verification"]),
        ("from workflows.stages import objections", ["objections"]),
        ("from designation.applications.stages import Stage", []),
    ],
)
def test_what_is_asked_of_a_room_is_found(text, rooms):
    assert list(rooms_imported(text)) == rooms
    assert set(rooms) <= set(ROOMS)
