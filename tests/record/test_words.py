"""Every code of the log has its words, in both languages, and so has every detail."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from designation.audit import wording
from designation.audit.models import AuditEvent
from designation.organizations.models import Role
from tests import factories
from workflows.flow import Course
from workflows.rechecks.flow import PASSAGES as RECHECKS
from workflows.stages.appeals.models import Appeal
from workflows.stages.objections.models import Objection
from workflows.stages.verification.course import PASSAGES as VISITS
from workflows.titles.flow import PASSAGES as TITLES

from .whole import Whole

ROOT = Path(__file__).parents[2]
ROOMS = ("designation", "workflows", "authoring", "reports", "notifications", "demo")
# What is composed where it is written, and every way in which it may end.
COMPOSED = {
    "application.{}": [f"application.{method.slug}" for method in Course.stage.get_transitions()],
    "{}.{}": [
        f"{noun}.{act}"
        for noun in ("jurisdiction", "organization", "person")
        for act in ("add", "edit", "rename")
    ],
    "appeal.{}": ["appeal.go_on", *(f"appeal.{status}" for status in Appeal.Status)],
    "notice.{}": ["notice.secrecy_reviewed", "notice.approved"],
    "objection.{}": [
        *("objection.assign", "objection.report"),
        *("objection.join", "objection.separate"),
        *("objection.ask_longer", "objection.grant_longer", "objection.refuse_longer"),
        *("objection.answer", "objection.redact", "objection.release", "objection.state"),
        *(f"objection.{one}" for one in Objection.Status if one != Objection.Status.RECEIVED),
    ],
    "round.{}": ["round.open", "round.closed"],
    "organization.{}": ["organization.merged", "organization.split", "organization.dissolved"],
    "title.{}": [
        *("title.renamed", "title.recognised", "title.cancelled"),
        *(f"title.{one.act}" for one in TITLES.values()),
    ],
    "recheck.{}": ["recheck.enter", *(f"recheck.{name}" for name in RECHECKS)],
    "visit.{}": [f"visit.{name}" for name in VISITS],
}


def sources():
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.read_text()


def recording_calls(tree):
    """The calls that write an event: of Entry, and of functions that hand an action on to it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name == "Entry" or "record" in name:
                yield node


def composed(text):
    """An f-string with its holes as ``{}``."""
    return "".join(one.value if isinstance(one, ast.Constant) else "{}" for one in text.values)


def texts(node):
    """Every text within, f-strings with their holes."""
    for part in ast.walk(node):
        if isinstance(part, ast.JoinedStr):
            yield composed(part)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


_CODE = re.compile(r"[a-z_{}]+\.(?!(json|pdf|typ|yaml)$)[a-z_{}]+")


def codes_in(found):
    """Texts shaped as codes of actions are; files and kinds of rows have names of that shape."""
    rows = {model._meta.label_lower for model in apps.get_models()}
    return {text for text in found if _CODE.fullmatch(text)} - rows


def written_codes():
    """Every action code in the source, and the patterns of those that are composed.

    What is handed to a writing call says of which nouns there are codes; a code of such a noun
    may stand anywhere else too, before it is handed on.
    """
    trees = [ast.parse(source) for source in sources()]
    calls = [call for tree in trees for call in recording_calls(tree)]
    handed = codes_in(text for call in calls for text in texts(call))
    # A noun that is itself composed says nothing of other texts: names of files look like it.
    nouns = {code.split(".")[0] for code in handed} - {"{}"}
    anywhere = codes_in(text for tree in trees for text in texts(tree))
    found = handed | {code for code in anywhere if code.split(".")[0] in nouns}
    patterns = {text for text in found if "{" in text}
    return found - patterns, patterns


def worded(code):
    """The words of an action in Chinese and English."""
    said = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said.append(wording.action(code))
    return said


def test_every_code_that_the_source_writes_has_words_in_both_languages():
    codes, patterns = written_codes()
    assert patterns <= COMPOSED.keys(), "say which codes the new pattern stands for"
    assert {"seat.give", "visit.sign", "round.add", "standard.adopt"} <= codes, "the search works"
    for code in codes | {one for pattern in patterns for one in COMPOSED[pattern]}:
        chinese, english = worded(code)
        assert code not in (chinese, english), code
        assert chinese != english, f"{code} has no English"


@pytest.mark.django_db
def test_the_whole_record_is_shown_in_words(county, own, held_clock, client):
    Whole(county, own, held_clock, "zh-hans").walk()
    translation.activate("zh-hans")

    for event in AuditEvent.objects.all():
        assert wording.action(event.action) != event.action
        assert wording.role(event.actor_role) != event.actor_role
        for name, value in wording.details(event):
            assert not re.search(r"(^|[ ·、])[a-z_]{2,}($|[ ·、])", name), (event.action, name)
            assert not re.fullmatch(r"[a-z_]+", value) or name == "格式", (event.action, value)
    client.force_login(factories.seated(Role.AUDIT_ADMINISTRATOR, county.jurisdiction))
    assert client.get(reverse("audit:list")).status_code == 200


@pytest.mark.django_db
def test_a_changed_field_is_called_as_its_form_calls_it_with_before_and_after(county, own):
    event = AuditEvent(
        subject_type="rounds.round",
        details={
            "changed": {
                "cycle": ["每年一次", "每两年一次"],
                "NC": ["", "3"],
                "term-六有": ["", "有新的释义"],
                "NC-04-1-body": ["县纪委", ""],
                "NC-04-1": ["", "县委〔2026〕2号"],
            },
            "from": "draft",
            "to": "open",
        },
    )
    assert dict(wording.details(event)) == {
        "开展周期": "每年一次 → 每两年一次",
        "农村：名额": "（空） → 3",
        "“六有”": "（空） → 有新的释义",
        "NC-04-1 核实机关": "县纪委 → （空）",
        "NC-04-1": "（空） → 县委〔2026〕2号",
        "原阶段": "筹备中",
        "新阶段": "已开展",
    }


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"NC-04 note": 3, "NC-04-C1": 1, "summary": 1},
            "NC-04 说明×3、NC-04-C1、简介、情况说明",
        ),
        (["NC-04 verdict", "NC-05 signature"], "NC-04 结论、NC-05 签字"),
    ],
)
def test_what_was_worked_on_is_called_by_its_item_and_its_field(fields, said):
    event = AuditEvent(
        subject_type="applications.application", details={"fields": fields, "saves": 5}
    )
    assert wording.details(event) == [("栏目", said), ("保存次数", "5")]


def test_a_team_that_changed_is_told_without_its_names_beside_what_else_changed():
    changed = {"planned_on": ["2026年3月2日(周一)", "2026年3月3日(周二)"], "team": [], "leader": []}
    event = AuditEvent(subject_type="applications.application", details={"changed": changed})
    assert wording.details(event) == [
        ("计划核查日期", "2026年3月2日(周一) → 2026年3月3日(周二)"),
        ("改动", "核查组、组长"),
    ]


def test_of_people_the_log_names_the_fields_only():
    event = AuditEvent(
        subject_type="organizations.person", details={"changed": ["full_name", "email", "password"]}
    )
    assert wording.details(event) == [("改动", "姓名、电子邮箱、密码")]


def test_a_subject_of_a_kind_that_is_no_more_is_still_readable():
    event = AuditEvent(subject_type="gone.thing", details={"changed": ["colour"]})
    assert wording.details(event) == [("改动", "colour")]
