"""What an archive holds of one case, file by file: what was handed in, never what was a draft.

Answers, evidence and papers are those of submissions that somebody beside the applicant could
read; what the applicant wrote since, and took back unread, is in none.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from designation.applications import seals
from designation.applications.models import Application, SignedPaper, Submission
from designation.evidence.models import Citation, LibraryEntry
from designation.organizations.models import Person
from workflows import declared
from workflows.case.facts import Case
from workflows.case.handed_in import as_handed_in
from workflows.stages.public_notice.models import Notice
from workflows.stages.self_assessment import papers
from workflows.stages.verification import standing
from workflows.stages.verification.models import Visit

from . import (
    appeal_tables,
    case_tables,
    folders,
    library_files,
    names,
    notice_record,
    papers_record,
    postings_record,
)
from .packing import Piece, written, written_as_json
from .tables import csv_file, moment

_WITH = (
    "round__jurisdiction",
    "organization__jurisdiction",
    "organization__superior",
    "standard",
    "submission__receipt",
    "reviewing_body",
)


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the library that the case rests on; ``number`` is that on the list of evidence."""

    folder: str
    number: int
    title: str
    entry: LibraryEntry
    items: str = ""


class CaseRecord:
    """One case on its way into an archive; ``root`` is its folder, "" or ending in a slash."""

    def __init__(self, application: int, person: Person, root: str = "") -> None:
        rows = Application.objects.select_related(*_WITH)
        self.application = rows.get(pk=application)
        self.case, self.root = Case(self.application, actor=person), root
        self.submissions = [
            one
            for one in self.application.submissions.select_related("receipt", "submitted_by")
            if one.pk == self.application.submission_id or one.opened_at is not None
        ]
        # What metadata say of how much there is, counted while it is written.
        self.counts: dict[str, int] = {}

    def pieces(self, wrote: Callable[[], bool]) -> Iterator[Piece]:
        """Every file; ``wrote`` says of the one before whether it was there to be written."""
        read = [(as_handed_in(self.case, one), one) for one in self.submissions]
        yield from self._papers(read[-1][0])
        for case, submission in read:
            yield from self._submission(case, submission)
        yield from self._files(read, wrote)
        for folder, table in case_tables.of_the_course(self.case):
            if table.rows:
                yield self._table(folder, table)
        for folder, table in appeal_tables.of_the_case(self.case):
            yield self._table(folder, table)
        yield from self._notices(wrote)
        yield from self._left(wrote)
        yield self._table("", case_tables.history(self.case))
        yield self._metadata()

    def _papers(self, read: Case) -> Iterator[Piece]:
        for number, kind in enumerate(papers.KINDS, start=1):
            name = names.numbered(number, str(papers.KINDS[kind].name), "application/pdf")
            yield self._written(f"{folders.APPLIED}/{name}", papers.file(read, kind, "pdf"))

    def _submission(self, read: Case, submission: Submission) -> Iterator[Piece]:
        """Its content as it was hashed: the file's hash is the one that its papers print."""
        table = case_tables.answers(read, submission)
        self._count("submissions")
        about = {"what": "submission", "receipt": submission.receipt.number}
        text = json.dumps(
            submission.content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        self._count("composed")
        yield written(f"{self.root}{folders.SUBMITTED}/{table.name}.json", text.encode(), **about)
        yield self._table(folders.SUBMITTED, table)

    def _files(
        self, read: list[tuple[Case, Submission]], wrote: Callable[[], bool]
    ) -> Iterator[Piece]:
        """The files of the library, then the list that says of each what it is and where."""
        listed = []
        for one in self._cited(read):
            entry = one.entry
            name = names.numbered(one.number, one.title, entry.stored.media_type)
            path = f"{one.folder}/{name}"
            about = {"what": "evidence"} | library_files.about(entry)
            yield Piece(f"{self.root}{path}", partial(library_files.opened, entry), about)
            is_there = wrote()
            self._count("evidence" if is_there else "evidence_absent")
            listed.append(_listed(one, path if is_there else _("（没有文件）")))
        heads = (
            _("编号"),
            _("材料名称"),
            _("对应条目"),
            _("校验码（SHA-256）"),
            _("内容"),
            _("保管期限"),
            _("位置"),
            _("备注"),
        )
        yield self._table(folders.EVIDENCE, case_tables.Table(_("材料目录"), heads, listed))

    def _cited(self, read: list[tuple[Case, Submission]]) -> Iterator[_File]:
        """Each once: of the last submission first, numbered as on its list of evidence."""
        seen: set[int] = set()
        number = 0
        for case, submission in reversed(read):
            is_last = submission is read[-1][1]
            folder = folders.EVIDENCE if is_last else folders.FORMER_EVIDENCE
            for one in case.evidence:
                number += 1
                if one.pk not in seen:
                    seen.add(one.pk)
                    codes = "、".join(sorted(one.item_codes))
                    yield _File(folder, number, one.title, one.entry, codes)
        for folder, entry in self._beside(read[-1][0]):
            number += 1
            yield _File(folder, number, entry.title, entry)

    def _beside(self, read: Case) -> Iterator[tuple[str, LibraryEntry]]:
        """What was signed, what proves the posting, and what the team brought back."""
        application = self.application
        for entry in read.posting_proofs:
            yield folders.POSTED, entry
        for page in seals.of(application).filter(replaced_at__isnull=True):
            yield folders.SEALED_PAGES, page.entry
        signed = SignedPaper.objects.filter(application=application).values("pk")
        for entry in _entries(SignedPaper, signed):
            yield folders.SIGNED_PAPERS, entry
        for visits in (application.visits.all(), appeal_tables.visits_of(application)):
            released = visits.filter(standing.released()).values("pk")
            for entry in _entries(Visit, released):
                yield folders.BROUGHT_BACK, entry

    def _notices(self, wrote: Callable[[], bool]) -> Iterator[Piece]:
        """Those on which the case hung before the public; alone, with proof of where they hung."""
        listed = Notice.objects.filter(
            entries__application=self.application, published_at__isnull=False
        )
        for number, notice in enumerate(listed.distinct().order_by("pk"), start=1):
            self._count("composed")
            root = f"{self.root}{folders.PUBLISHED}/"
            yield notice_record.piece(root, notice, number)
            if not self.root:
                yield from self._postings(postings_record.pieces(root, notice, number), wrote)

    def _postings(self, pieces: Iterator[Piece], wrote: Callable[[], bool]) -> Iterator[Piece]:
        for piece in pieces:
            yield piece
            kept = "postings" if wrote() else "evidence_absent"
            self._count(kept if piece.about["what"] == "posting" else "composed")

    def _left(self, wrote: Callable[[], bool]) -> Iterator[Piece]:
        """Papers of the case; alone, those of its notices and its decision too."""
        left = papers_record.of_case(self.case)
        if not self.root:
            left = chain(left, papers_record.shared_by(self.application))
        for piece in papers_record.pieces(f"{self.root}{folders.PAPERS}", left):
            yield piece
            is_sealed = piece.about["what"] == "sealed_copy"
            is_there = wrote()
            kept = "sealed_copies" if is_there else "evidence_absent"
            self._count(kept if is_sealed else "composed")

    def _metadata(self) -> Piece:
        self._count("composed")
        return replace(
            written_as_json(f"{self.root}metadata.json", self.metadata()), ends_case=True
        )

    def metadata(self) -> dict[str, Any]:
        """Who, when, by which standard and where: what archives ask of an electronic file."""
        one, last = self.application, self.submissions[-1]
        round_, standard = one.round, one.standard
        named = last.content.get("names", {})
        return {
            "organization": named.get("organization", one.organization.name_zh),
            "category": str(one.get_category_display()),
            "area": {"code": one.area_code, "name": one.organization.jurisdiction.name_zh},
            "county": {"code": round_.jurisdiction.code, "name": round_.jurisdiction.name_zh},
            "round": named.get("round", round_.name_zh),
            "organizer": round_.organizer,
            "managing_office": round_.managing_office,
            "approval": {"body": round_.approving_body, "number": round_.approval_document_number},
            "standard": {"title": standard.title, "version": standard.number},
            "reviewing_body": one.reviewing_body.name_zh,
            "result": str(declared.place(one.stage).words),
            "created_at": moment(one.created_at),
            "ended_at": moment(one.stage_since),
            "submissions": [
                {
                    "number": each.number,
                    "receipt": each.receipt.number,
                    "sha256": each.sha256,
                    "at": moment(each.submitted_at),
                }
                for each in self.submissions
            ],
            "counts": self.counts,
        }

    def _table(self, folder: str, table: case_tables.Table) -> Piece:
        path = f"{folder}/{table.name}.csv" if folder else f"{table.name}.csv"
        return self._written(path, csv_file(table.heads, table.rows))

    def _written(self, path: str, content: bytes) -> Piece:
        self._count("composed")
        return written(f"{self.root}{path}", content)

    def _count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1


def _entries(model: type[Any], subjects: Any) -> list[LibraryEntry]:
    """What subjects of one kind rest on, in the order in which it was cited."""
    cited = Citation.objects.filter(
        subject_type=model._meta.label_lower,  # noqa: SLF001 - Django's public name for it
        subject_id__in=subjects,
        removed_at__isnull=True,
    )
    return [one.entry for one in cited.select_related("entry__stored")]


def _listed(one: _File, path: str) -> list[Any]:
    entry = one.entry
    gone = _("已移出资料库：%(reason)s") % {"reason": entry.taken_out_reason}
    return [
        one.number,
        one.title,
        one.items,
        entry.stored.sha256,
        str(entry.get_sensitivity_display()),
        str(entry.get_retention_display()),
        path,
        gone if entry.taken_out_at else "",
    ]
