"""The parts of a draft: added, changed, moved and deleted while it is held, on the record."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from designation.organizations.models import Person
from designation.site import filling, seen_whole
from designation.site.refusal import Finding
from standards import kinds
from standards.models import Check, Item, Section, StandardVersion

from . import columns, conditions, drafts, editing, readings

Part = Section | Item | Check


@contextmanager
def held(version: StandardVersion, actor: Person, *rows: StandardVersion | Part) -> Iterator[None]:
    """The draft, held; ``rows`` are read anew. Raises DraftRefused for one that is gone."""
    with drafts.held(version, actor):
        for row in rows:
            try:
                row.refresh_from_db()
            except ObjectDoesNotExist as gone:
                raise drafts.DraftRefused.because(
                    "deleted", _("这一处已被他人删除，您填的内容还在下面。")
                ) from gone
        yield


def _refuse_unless_of(
    version: StandardVersion, actor: Person, row: StandardVersion | Part | None
) -> None:
    drafts.acting_role(version, actor)
    if row is not None and editing.version_id(row) != version.pk:
        raise _of_another()


def _of_another() -> drafts.DraftRefused:
    return drafts.DraftRefused.because("of_another", _("这一处不在这个标准中，请重新打开。"))


def add(
    version: StandardVersion,
    kind: type[Part],
    values: Mapping[str, Any],
    *,
    actor: Person,
    within: Section | Item | None = None,
) -> Part:
    """A new part as the last ``within`` its section or item; a section has none above it.

    ``values`` are those that ``columns.said`` names. Raises DraftRefused with a finding for each
    that cannot be, for who does not manage the draft, and for what is part of another one.
    """
    with held(version, actor, *([within] if within is not None else [])):
        _refuse_unless_of(version, actor, within)
        part = _within(kind, version, within)
        filled = columns.fill(part, values)
        required = [name for name in columns.COLUMNS[kind] if name not in ("section", "unit")]
        _refuse(filling.all_of(filled, part, columns=required))
        _refuse(_faults(part))
        if isinstance(part, Section):
            editing.add_section(version, part)
        elif isinstance(part, Item):
            editing.add_item(part.section, part)
        else:
            editing.add_check(part.item, part)
        details = {"part": editing.part(part), "changed": list(filled.changes)}
        drafts.record(version, actor, "standard.add", details)
        return part


def _within(kind: type[Part], version: StandardVersion, within: Section | Item | None) -> Part:
    """An empty part in its place. Raises DraftRefused for a place that holds none of its kind."""
    if kind is Section and within is None:
        return Section(version=version)
    if kind is Item and isinstance(within, Section):
        return Item(version=version, section=within)
    if kind is Check and isinstance(within, Item):
        return Check(item=within)
    raise _of_another()


def keep(
    version: StandardVersion,
    row: StandardVersion | Part,
    values: Mapping[str, Any],
    *,
    actor: Person,
    before: Mapping[str, Any] | None = None,
) -> None:
    """Keep the draft or a part of it as changed; where nothing is, nothing is recorded.

    ``values`` and ``before``, what the actor read of them, are those that ``columns.said`` names;
    what another changed since is refused. Who keeps a check has looked at it: what was asked about
    it is settled. Raises DraftRefused as ``add``.
    """
    # Apart from the row of the caller, who may have filled it in already.
    now = copy(row)
    with held(version, actor, now):
        _refuse_unless_of(version, actor, now)
        _refuse(columns.overtaken(now, before))
        filled = columns.fill(now, values)
        _refuse(filled.findings)
        _refuse(_faults(now))
        if isinstance(now, Item):
            editing.save_item(now)
        else:
            now.save()
        if isinstance(now, Check):
            asked = now.questions.filter(settled_at__isnull=True).values_list("pk", flat=True)
            readings.settle(version, list(asked), actor=actor)
        if filled.changes:
            changed = filling.in_words(now, filled.changes)
            details = {"part": editing.part(now), "changed": changed}
            drafts.record(version, actor, "standard.edit", details)


def _refuse(findings: Iterable[Finding]) -> None:
    filling.refuse(findings, by=drafts.DraftRefused)


def _faults(row: StandardVersion | Part) -> Iterator[Finding]:
    if isinstance(row, Item):
        phrases = {check.code: check.phrase for check in row.checks.all()} if row.pk else {}
        yield from conditions.of_text(row.text, phrases)
        yield from conditions.of_condition(row.condition_zh, row.condition_en)
        if row.section.version_id != row.version_id:
            yield from _of_another().findings
    if isinstance(row, Check):
        yield from _faults_of_check(row)


def _faults_of_check(check: Check) -> Iterator[Finding]:
    kind, said = kinds.of(check.kind), columns.said(check)
    yield from conditions.of_phrase(check.phrase, check.item.text)
    yield from conditions.of_threshold(kind, check.threshold)
    yield from conditions.of_unit(kind, check.unit)
    yield from conditions.of_rate(kind, said["rate_part"], said["rate_whole"])
    yield from conditions.of_parts(kind, check.parts)


def move(version: StandardVersion, part: Part, *, down: bool, actor: Person) -> None:
    """Change places with the neighbour. Raises DraftRefused, as ``delete``."""
    with held(version, actor, part):
        _refuse_unless_of(version, actor, part)
        editing.move(part, down=down)
        details = {"part": editing.part(part), "moved": "down" if down else "up"}
        drafts.record(version, actor, "standard.move", details)


def delete(
    version: StandardVersion, part: Part, *, actor: Person, seen: Mapping[str, Any] | None = None
) -> None:
    """Delete a part with all it holds; the log keeps what it said.

    ``seen`` is the form that was pressed: what it showed must still be so.
    """
    with held(version, actor, part):
        _refuse_unless_of(version, actor, part)
        if seen is not None and not seen_whole.is_as_seen(seen, editing.content(part)):
            raise drafts.DraftRefused.because(
                "changed_meanwhile", _("这里在您打开页面后有改动，没有删除。请看过再删。")
            )
        details = {"part": editing.part(part), "deleted": editing.words_of(part)}
        part.delete()
        editing.arrange(version)
        drafts.record(version, actor, "standard.delete", details)
