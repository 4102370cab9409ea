"""The life of a draft: begun, copied, published, retired, discarded; each on the record."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _

from designation.audit import events
from designation.organizations.models import Jurisdiction, Person, Role
from designation.site import clock, endings, seen_whole
from designation.site.reasons import LEAST_REASON
from designation.site.refusal import Finding, Refusal
from standards import copying, publishing
from standards.models import StandardVersion

from . import editing, questions
from .readiness import obstacles
from .rules import managing_role, offered, role_in_area


class DraftRefused(Refusal):
    """It cannot be done. After the first finding, which says so, stand those in the way."""

    @property
    def obstacles(self) -> tuple[Finding, ...]:
        return self.findings[1:]


@endings.act()
def begin_copy(
    version: StandardVersion, jurisdiction: Jurisdiction, *, actor: Person
) -> StandardVersion:
    """A new draft that starts as ``version`` stands, which is one that the actor is offered.

    Raises DraftRefused for another one, and for who makes no standards for the area.
    """
    role_in(jurisdiction, actor)
    if not offered(actor).filter(pk=version.pk).exists():
        raise DraftRefused.because("not_offered", _("不能从这个版本新建，请重新选择。"))
    made = copying.copy(version, area_code=jurisdiction.code)
    questions.copy(version, made)
    record(made, actor, "standard.draft", {"copied_from": version})
    return made


@endings.act()
def begin_blank(
    category: str, jurisdiction: Jurisdiction, *, title_zh: str, actor: Person
) -> StandardVersion:
    """A new draft with nothing in it. Raises DraftRefused as ``begin_copy``."""
    role_in(jurisdiction, actor)
    made = copying.blank(category, area_code=jurisdiction.code, title_zh=title_zh)
    record(made, actor, "standard.draft", {})
    return made


def role_in(jurisdiction: Jurisdiction, actor: Person) -> Role:
    """The role in which the actor makes standards for the area. Raises DraftRefused for others."""
    return _unless_none(role_in_area(actor, jurisdiction))


def acting_role(version: StandardVersion, actor: Person) -> Role:
    """The role in which the actor manages the version. Raises DraftRefused for others."""
    return _unless_none(managing_role(actor, version))


def _unless_none(role: Role | None) -> Role:
    if role is None:
        raise DraftRefused.because("not_allowed", _("只有本辖区的标准管理员可以修改标准。"))
    return role


@contextmanager
def held(version: StandardVersion, actor: Person) -> Iterator[StandardVersion]:
    """The draft, locked while it is changed. Raises DraftRefused once it is no draft any more."""
    with endings.act():
        locked = StandardVersion.objects.select_for_update().get(pk=version.pk)
        acting_role(locked, actor)
        if locked.status != StandardVersion.Status.DRAFT:
            raise DraftRefused.because(
                "not_draft", _("本版本已经发布，不能再改。请从它新建一个版本，再修改。")
            )
        yield locked


def replaced_by(version: StandardVersion) -> StandardVersion | None:
    """What goes out of use when ``version`` is published."""
    return StandardVersion.objects.filter(
        category=version.category,
        area_code=version.area_code,
        status=StandardVersion.Status.PUBLISHED,
    ).first()


def state(version: StandardVersion) -> list[int | None]:
    """Stands for all that is at stake when a version's life turns, for comparing what was seen."""
    replaced = replaced_by(version)
    return [editing.changes_so_far(version), replaced.pk if replaced else None]


def _refuse_unless_seen(version: StandardVersion, seen: Mapping[str, Any] | None) -> None:
    """``seen`` is the form that was pressed; None where nobody was shown anything."""
    if seen is not None and not seen_whole.is_as_seen(seen, state(version)):
        raise DraftRefused.because(
            "changed_meanwhile",
            _("这个标准在您打开页面后有改动，请看过现在的内容再按一次。"),
        )


def publish(
    version: StandardVersion, *, actor: Person, reason: str, seen: Mapping[str, Any] | None = None
) -> StandardVersion:
    """Publish a draft; the version of its area before it is retired. One audit event.

    Raises DraftRefused with every obstacle, and when the draft was changed since ``seen`` was
    shown; then it changes nothing.
    """
    reason = _enough(reason)
    with held(version, actor) as locked:
        # Two drafts of one area are published one after the other.
        Jurisdiction.objects.select_for_update(no_key=True).get(code=locked.area_code)
        found = tuple(obstacles(locked))
        if found:
            told = Finding("not_ready", "", _("标准还不能发布，原因见下。"))
            raise DraftRefused([told, *found])
        _refuse_unless_seen(locked, seen)
        publishing.publish(locked, at=clock.now())
        record(
            locked,
            actor,
            "standard.publish",
            {"reason": reason, "content_hash": locked.content_hash},
        )
    return locked


@endings.act()
def retire(
    version: StandardVersion, *, actor: Person, reason: str, seen: Mapping[str, Any] | None = None
) -> None:
    """Take a published version out of use; applications under way keep it. One audit event."""
    reason = _enough(reason)
    locked = StandardVersion.objects.select_for_update().get(pk=version.pk)
    acting_role(locked, actor)
    if locked.status != StandardVersion.Status.PUBLISHED:
        raise DraftRefused.because("not_published", _("只有已发布的版本可以停用。"))
    _refuse_unless_seen(locked, seen)
    publishing.retire(locked)
    record(locked, actor, "standard.retire", {"reason": reason})


def discard(
    version: StandardVersion, *, actor: Person, reason: str, seen: Mapping[str, Any] | None = None
) -> None:
    """Delete a draft; the audit log keeps that it was there. One audit event."""
    reason = _enough(reason)
    with held(version, actor) as locked:
        _refuse_unless_seen(locked, seen)
        record(locked, actor, "standard.discard", {"reason": reason})
        locked.delete()


def _enough(reason: str) -> str:
    reason = reason.strip()
    if len(reason) < LEAST_REASON:
        raise DraftRefused.because(
            "reason_too_short", _("请写明理由，不少于 %(count)s 个字。") % {"count": LEAST_REASON}
        )
    return reason


def record(
    version: StandardVersion, actor: Person, action: str, details: Mapping[str, object]
) -> None:
    """Append what was done to a standard to the audit log; call inside a transaction.

    Under the role by which the rule lets the actor in. Raises DraftRefused for who may not.
    """
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=version,
            jurisdiction_code=version.area_code,
            role=acting_role(version, actor),
            details=details,
        )
    )
