"""The parts of a draft: added, changed, moved and deleted while it is held, on the record."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from designation.organizations.models import Person
from designation.site import seen_whole
from standards.models import Check, Item, Section, StandardVersion

from . import drafts, editing, readings

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
        raise drafts.DraftRefused.because("of_another", _("这一处不在这个标准中，请重新打开。"))


def add(
    version: StandardVersion,
    part: Part,
    *,
    actor: Person,
    changed: Mapping[str, Any],
    within: Section | Item | None = None,
) -> None:
    """Keep a new part as the last ``within`` its section or item; a section has none above it.

    Like ``keep``, called while the draft is held (``held``); ``changed`` is what the log holds.
    Raises DraftRefused for who does not manage the draft, and for what is part of another one.
    """
    _refuse_unless_of(version, actor, within)
    if isinstance(part, Section):
        editing.add_section(version, part)
    elif isinstance(part, Item) and isinstance(within, Section):
        editing.add_item(within, part)
    elif isinstance(part, Check) and isinstance(within, Item):
        editing.add_check(within, part)
    details = {"part": editing.part(part)} | dict(changed)
    drafts.record(version, actor, "standard.add", details)


def keep(
    version: StandardVersion,
    row: StandardVersion | Part,
    *,
    actor: Person,
    changed: Mapping[str, Any] | None,
) -> None:
    """Keep the draft or a part of it as changed; ``changed`` None: nothing is worth recording.

    Who keeps a check has looked at it: what was asked about it is settled. Raises DraftRefused as
    ``add``.
    """
    _refuse_unless_of(version, actor, row)
    if isinstance(row, Item):
        editing.save_item(row)
    else:
        row.save()
    if isinstance(row, Check):
        asked = row.questions.filter(settled_at__isnull=True).values_list("pk", flat=True)
        readings.settle(version, list(asked), actor=actor)
    if changed is not None:
        details = {"part": editing.part(row)} | dict(changed)
        drafts.record(version, actor, "standard.edit", details)


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
