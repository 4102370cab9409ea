"""What the unit attaches to its appeal: judged as evidence is, and kept in its own library.

With the appeal it brings files; until it was reported on or answered its head adds to them, from a
device or from the library. What was attached stays: whoever hears it has read it. What came on
paper lies in the library of the area.
"""

from collections.abc import Iterable, Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.evidence import citations, contents, library, several
from designation.evidence.content import Received
from designation.evidence.models import LibraryEntry
from designation.organizations.models import Jurisdiction, Person
from designation.site import endings
from designation.site.refusal import Finding, Refusal

from ... import door
from .cited_evidence import read_with_files
from .models import Appeal
from .rules import may_attach

FIELD = "attachments"
# Our default: of one form; whoever has more adds it on the appeal's page.
MOST_FILES = 5


def judged(files: Sequence[UploadedFile]) -> list[Received]:
    """Each as it will be kept. Raises Refusal with a finding for each that is not taken."""
    if len(files) > MOST_FILES:
        told = _("一次最多选 %(most)s 个文件，其余的提交后在复核申请页面补充。")
        raise Refusal([Finding("too_many_files", "", told % {"most": MOST_FILES}, field=FIELD)])
    return several.judged(files, library.receive, field=FIELD)


def keep(appeal: Appeal, files: Iterable[Received], *, holder: library.Holder, by: Person) -> None:
    """Put files, judged already, into the library of ``holder``, and let the appeal rest on them.

    Raises EvidenceRefused where the library is full.
    """
    for received in files:
        with contents.written(received) as file:
            entry = library.add(file, holder=holder, title="", actor=by)
        citations.cite(entry, appeal, actor=by)


def area_of(appeal: Appeal) -> Jurisdiction:
    """In whose library papers lie that came."""
    if appeal.title is not None:
        return appeal.title.jurisdiction
    application = appeal.application
    assert application is not None  # noqa: S101 - the database knows no third thing
    return application.round.jurisdiction


@endings.act()
def attach(appeal: Appeal, files: Sequence[Received], *, actor: Person) -> None:
    """Add files of the unit. Raises Refusal for who may not, and when it is too late."""
    held = _held(appeal, actor)
    keep(held, files, holder=held.organization, by=actor)


@endings.act()
def choose(appeal: Appeal, entry: LibraryEntry, *, actor: Person) -> None:
    """Let it rest on what lies in the unit's library. Raises Refusal as ``attach``."""
    citations.cite(entry, _held(appeal, actor), actor=actor)


def _held(appeal: Appeal, actor: Person) -> Appeal:
    """Locked, and a version on: an answer that is being written is given of all that there is."""
    found: Appeal = door.locked(Appeal.objects.select_related("organization"), [appeal.pk])[0]
    if not may_attach(found, actor):
        told = _("复核申请的材料由单位负责人在核实、答复以前补充。")
        raise Refusal.because("not_to_attach", told)
    found.version += 1
    found.save(update_fields=["version"])
    return found


def choices(appeal: Appeal) -> QuerySet[LibraryEntry]:
    return citations.choices(appeal, appeal.organization)


def of(appeal: Appeal, person: Person) -> list[LibraryEntry]:
    """The files, for those who handle the appeal."""
    if not read_with_files(person).filter(pk=appeal.pk).exists():
        return []
    return list(citations.cited_by(appeal, person).order_by("pk"))
