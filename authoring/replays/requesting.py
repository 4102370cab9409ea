"""Asking for a replay, and calling it off."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from designation.audit import events
from designation.organizations.models import Person, Role
from designation.rounds.models import RoundCategory
from designation.site import endings
from designation.site.jobs import asking
from designation.site.refusal import Refusal
from standards.models import StandardVersion

from .models import Replay
from .running import KIND
from .scoping import acting_role, entries_to_replay, versions_to_try


def request(
    entry: RoundCategory,
    version: StandardVersion,
    *,
    thresholds: Mapping[str, Any],
    basis: str,
    actor: Person,
) -> Replay:
    """Put a replay in the queue and wake a worker once this is committed.

    Raises Refusal while another one of the same person is under way, and for a round or a version
    of another area.
    """
    role = acting_role(actor, entry)
    is_mine = entries_to_replay(actor).filter(pk=entry.pk).exists()
    is_to_try = is_mine and versions_to_try(actor, entry).filter(pk=version.pk).exists()
    if role is None or not is_to_try:
        raise Refusal.because("other_area", _("这个批次不能用这个标准推演，请重新选择。"))
    with endings.act():
        job = asking.ask(
            KIND,
            lambda job: Replay.objects.create(
                job=job,
                entry=entry,
                version=version,
                version_name=f"{version.title_zh} v{version.number}",
                thresholds=dict(thresholds),
                basis=basis,
            ),
            actor=actor,
            slot=f"{KIND} {actor.pk}",
        )
        replay = Replay.objects.get(job=job)
        _record(replay, actor, role, "replay.begin")
    return replay


@endings.act()
def cancel(replay: Replay, *, actor: Person) -> bool:
    """Call off a replay that is under way; False when it had ended already.

    Raises Refusal for a round of another area.
    """
    role = _role(replay.entry, actor)
    if not asking.cancel(replay.job):
        return False
    _record(replay, actor, role, "replay.cancel")
    return True


@endings.act()
def record_export(replay: Replay, *, file_format: str, actor: Person) -> None:
    """Taking the names of organizations away is on the record.

    Raises Refusal as ``cancel``.
    """
    _record(replay, actor, _role(replay.entry, actor), "replay.export", {"format": file_format})


def _role(entry: RoundCategory, actor: Person) -> Role:
    role = acting_role(actor, entry)
    if role is None:
        raise Refusal.because("not_allowed", _("只有本辖区的标准管理员和县级经办人可以推演。"))
    return role


def _record(
    replay: Replay,
    actor: Person,
    role: Role,
    action: str,
    details: Mapping[str, Any] | None = None,
) -> None:
    changed = {"thresholds": replay.thresholds} if replay.thresholds else {}
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=replay,
            jurisdiction_code=replay.entry.round.jurisdiction.code,
            role=role,
            details=changed if details is None else details,
        )
    )
