"""Papers that left the house: as the record makes them, and beside them as they came back sealed.

Answers to objections are sealed to those who heard them, and are in no archive.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import IO

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.evidence import contents
from designation.evidence.models import LibraryEntry
from designation.evidence.names import PDF
from designation.papers import files, sealed
from designation.papers.fields import Paper
from designation.register import queries as register
from designation.register.models import DesignationDecision
from designation.rounds.models import Round
from workflows import door
from workflows.case import letters
from workflows.case.facts import Case
from workflows.stages.conferral import papers as conferral
from workflows.stages.public_notice import papers as notices
from workflows.stages.public_notice.models import Notice
from workflows.titles import papers as titles
from workflows.titles.case import TitleCase

from . import names
from .packing import Piece, written


@dataclass(frozen=True, slots=True)
class Left:
    """One paper: ``of`` is the key of what it is of, ``at`` when that was recorded."""

    kind: str
    of: int
    at: datetime | None
    paper: Callable[[], Paper]
    name: str


def of_case(case: Case) -> Iterator[Left]:
    """What was written to the unit: letters of the case, orders and revocations of its title."""
    for letter in reversed(letters.of(case)):
        row = letter.decision
        made = partial(_letter, case, row.pk)
        yield Left(letter.kind, row.pk, row.at, made, str(letter.name))
    for title in register.titles().filter(application=case.application):
        of_title = TitleCase(title, asked=door.Asked(None))
        for step in of_title.life:
            if step.act in titles.WRITTEN:
                made = partial(titles.of_step, of_title, step)
                kind, name = titles.WRITTEN[step.act], str(step.get_act_display())
                yield Left(kind, step.pk, step.at, made, name)


def _letter(case: Case, decision: int) -> Paper:
    paper = letters.paper(case, decision)
    assert paper is not None  # noqa: S101 - of one that was listed
    return paper


def _itself(paper: Paper) -> Paper:
    return paper


def shared_by(application: Application) -> Iterator[Left]:
    """What speaks of others too: the notices on which it hung, the decision that named it."""
    listed = Notice.objects.filter(entries__application=application)
    given = DesignationDecision.objects.filter(designations__application=application)
    yield from _of_all(listed, given)


def of_round(round_: Round) -> Iterator[Left]:
    """Its notices and its decisions: once, and not in the folder of each case again."""
    yield from _of_all(Notice.objects.filter(round=round_), round_.decisions.all())


def _of_all(
    notice_rows: QuerySet[Notice], decisions: QuerySet[DesignationDecision]
) -> Iterator[Left]:
    published = notice_rows.filter(published_at__isnull=False).select_related("round__jurisdiction")
    for notice in published.distinct().order_by("pk"):
        hung = partial(notices.paper, notice)
        yield Left("notice", notice.pk, notice.published_at, hung, _("公示"))
        if (made := notices.correction(notice)) is not None:
            told = partial(_itself, made)
            yield Left("notice_correction", notice.pk, notice.published_at, told, _("更正公告"))
    for one in decisions.select_related("round__jurisdiction").order_by("pk"):
        given = partial(conferral.decided, one)
        yield Left("decision", one.pk, one.recorded_at, given, _("命名决定"))


def pieces(folder: str, papers: Iterator[Left]) -> Iterator[Piece]:
    """Each as the record makes it; then what came back sealed, what was replaced too."""
    for number, left in enumerate(papers, start=1):
        name = names.numbered(number, left.name, PDF)
        content = files.paper_pdf(left.paper(), dated=left.at)
        yield written(f"{folder}/{name}", content, what="paper")
        for place, copy in enumerate(sealed.of(left.kind, left.of).order_by("pk"), start=1):
            titled = _("%(name)s（盖章件%(place)s）") % {"name": left.name, "place": place}
            called = names.numbered(number, titled, copy.entry.stored.media_type)
            about = {"what": "sealed_copy", "replaced": copy.replaced_at is not None}
            yield Piece(f"{folder}/{called}", partial(_opened, copy.entry), about)


def _opened(entry: LibraryEntry) -> IO[bytes]:
    return contents.opened(entry.stored, entry.title)
