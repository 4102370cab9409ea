"""What is said of the evidence of an item (a caption, the day of the material), and its order."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, QuerySet

from designation.evidence import library
from designation.organizations.models import Person
from designation.site import clock, filling
from designation.site.refusal import Finding
from designation.site.shown import Merged, Seen
from standards.models import Item

from . import authorship
from .authorship import Sheet
from .models import Application, Evidence, FormerValue
from .rules import refuse_unless_applicant

FIELDS = ("caption", "dated_on")
# As somebody put them, then as they came.
ORDER = (F("position").asc(nulls_last=True), "pk")


def of_item(application: Application, item: Item) -> list[Evidence]:
    """The files that support the item, in the order in which they are shown."""
    return list(_in_force(application).filter(items=item))


def _in_force(application: Application) -> QuerySet[Evidence]:
    rows = Evidence.objects.filter(application=application, removed_at__isnull=True)
    return rows.order_by(*ORDER)


def name_of(field: str, file: Evidence) -> str:
    """What a field of one of several files is called, in a form and in the record."""
    return f"{field}-{file.pk}"


def fields(files: Iterable[Evidence]) -> dict[str, str]:
    """What the record says of the files, by name; days in their ISO form."""
    return {name_of(name, file): _text(getattr(file, name)) for file in files for name in FIELDS}


def texts(sent: Mapping[str, Any]) -> dict[str, str]:
    """What was sent, in the form of the record."""
    return {name: _text(value) for name, value in sent.items()}


def _text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else value or ""


def sheet(application: Application, files: Sequence[Evidence]) -> Sheet:
    """The fields of the files with their authors, as of one row."""
    written = {name_of(name, file): said for file in files for name, said in file.written.items()}
    submission = application.submission
    return Sheet(fields(files), written, None, submission.submitted_at if submission else None)


def save(
    application: Application,
    item: Item,
    sent: Mapping[str, Any],
    *,
    actor: Person,
    seen: Seen | None = None,
) -> tuple[Merged, list[FormerValue]]:
    """Bring what was ``sent`` of the item's files together with what stands.

    Call it while the application is held; names of files that support the item no more are passed
    over. Returns what became of it, and the values of others that gave way. Raises Refusal for who
    is not of the applicant.
    """
    refuse_unless_applicant(application, actor)
    files = of_item(application, item)
    before = sheet(application, files)
    known = {name: value for name, value in sent.items() if name in before.values}
    filling.refuse(_to_come(known))
    merged = before.merge(seen or Seen(), texts(known), actor=actor)
    superseded = before.rewrite(merged.changed, actor=actor, at=clock.now())
    for file in files:
        for name in FIELDS:
            if name_of(name, file) in merged.changed:
                setattr(file, name, sent[name_of(name, file)])
                file.written[name] = before.written[name_of(name, file)]
    Evidence.objects.bulk_update(files, [*FIELDS, "written"])
    for former in superseded:
        former.field, _dash, key = former.field.partition("-")
        former.subject_id = int(key)
    kept = authorship.keep(superseded, application, FormerValue.Subject.EVIDENCE, item=item)
    return merged, authorship.of_others(kept)


def _to_come(sent: Mapping[str, Any]) -> Iterable[Finding]:
    for name, value in sent.items():
        if name.startswith("dated_on") and (told := library.fault_of_day(value)):
            yield Finding("in_future", "", told, field=name)


def move(application: Application, file: Evidence, item: Item, *, to: int, actor: Person) -> None:
    """Put a file of the item at the place ``to``, from 0, among the item's files.

    Call it while the application is held. Raises Refusal for who is not of the applicant.
    """
    refuse_unless_applicant(application, actor)
    own = [one.pk for one in of_item(application, item)]
    if file.pk not in own:
        return
    own.remove(file.pk)
    own.insert(max(to, 0), file.pk)
    present = {one.pk: one for one in _in_force(application)}
    turn = iter(own)
    # Files of other items keep their places: those of this one change among theirs.
    for position, key in enumerate([next(turn) if key in own else key for key in present]):
        present[key].position = position
    Evidence.objects.bulk_update(present.values(), ["position"])
