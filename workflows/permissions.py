"""Who may carry out what, where, and what guards it: drawn from the courses themselves."""

from collections.abc import Iterator
from typing import Any

from django.utils import translation

from designation.audit.models import WithoutSeat
from designation.organizations.models import Role

from . import door

_LANGUAGES = ("zh-hans", "en")
_HEAD = """# Permissions

Printed by `manage.py permissions` from the courses (`workflows/door.py` carries them); a test
holds it. A row is a passage: from where it leads where, in which role somebody may carry it out,
and the gates that guard it. Who has to step aside although they hold the role is said in
`workflows/case/interests.py`; which rows a person sees at all, in `workflows/case/scoping.py`.
"""


def document() -> str:
    """docs/permissions.md: a table a course, in both languages."""
    kinds = sorted(door.courses(), key=lambda kind: (kind != "application", kind))
    return "\n".join([_HEAD, *(line for kind in kinds for line in _course(kind))])


def _course(kind: str) -> Iterator[str]:
    course = door.courses()[kind]
    yield f"## {kind}\n"
    yield "| From · 所在环节 | Passage · 办理 | To · 去往 | Roles · 角色 | Gates · 关口 |"
    yield "|---|---|---|---|---|"
    stages: Any = course.stage
    rows = [
        (transition.source, transition)
        for transitions in stages.get_transitions().values()
        for transition in transitions
    ]
    standings: Any = type(rows[0][0])
    order = list(standings)
    for source, transition in sorted(rows, key=lambda row: (order.index(row[0]), row[1].slug)):
        yield _row(course, source, transition)
    yield ""


def _row(course: type[door.Course], source: Any, transition: Any) -> str:
    targets = " / ".join(_said(target) for target in transition.declared_targets())
    roles = "、".join(_role(role) for role, _holds in transition.custom["rule"].ways)
    gates = course(None).gates(transition.slug)
    named = " ".join(f"`{gate.__name__}`" for gate in gates) or "—"
    label = _both(transition.label)
    return f"| {_said(source)} | {label} `{transition.slug}` | {targets} | {roles} | {named} |"


def _said(stage: Any) -> str:
    return _both(stage.label)


def _role(role: str) -> str:
    return _both(Role(role).label if role in Role else WithoutSeat(role).label)


def _both(words: Any) -> str:
    spoken = []
    for language in _LANGUAGES:
        with translation.override(language):
            spoken.append(str(words))
    return " ".join(spoken)
