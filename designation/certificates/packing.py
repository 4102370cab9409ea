"""All certificates of a decision: those that lack are issued, then all are put into one ZIP.

Asked for as the file of a long list is, and made by a worker a piece at a time: memory stays flat.
What was issued stays issued, whatever becomes of the file: whoever takes the job up anew finds it,
and issues the rest.
"""

import tempfile
import weakref
import zipfile
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import IO, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from designation.audit import events
from designation.exports import asking as exports
from designation.exports import keeping, zips
from designation.exports import rules as holding
from designation.exports import running as making
from designation.exports.models import Export, Format
from designation.organizations.models import Jurisdiction, Person, county_code
from designation.register.models import DesignationDecision
from designation.site import clock, endings
from designation.site.jobs import running as jobs
from designation.site.jobs.kinds import Chunk
from designation.site.jobs.models import Job
from designation.site.refusal import Refusal
from designation.site.text import file_name
from standards.language import of_the_record

from . import issuing, printing, queries, rules
from .models import Certificate

# What the file is; the code of its kind of job too.
PACK = "certificates"
# Issued in one transaction, in which the number of the county is locked (our default).
_AT_ONCE = 25


@endings.act()
def ask(decision: DesignationDecision, *, actor: Person) -> Export:
    """Have the certificates of a decision issued and packed; the coordinator packs what there is.

    Raises Refusal for who looks after none of its titles, where there is nothing to pack, and
    while another file of the person's is being made.
    """
    found = rules.decisions(actor).filter(pk=decision.pk).first()
    if found is None:
        raise Refusal.because("not_permitted", _("只有本县的审定人和县级经办人可以办理。"))
    if not (_lacking(found, actor) or queries.latest_of(found).exists()):
        raise Refusal.because("nothing_to_pack", _("还没有证书，请由审定人发证。"))
    with of_the_record():
        title = _("%(document)s证书") % {"document": found.document_number}
    return exports.by_a_worker(
        Export(
            maker=actor,
            what=PACK,
            subject=str(found.pk),
            title=file_name(title),
            asked=reverse("certificates:decision", args=[found.pk]),
            format=Format.ZIP,
            asked_at=clock.now(),
            seats=holding.held_by(actor),
        )
    )


def _lacking(decision: DesignationDecision, actor: Person) -> dict[str, list[int]]:
    """Titles to be issued by the actor, by the 12-digit code of the county."""
    rows = queries.lacking(decision).values_list("pk", "jurisdiction__code")
    by_county = groupby(rows, lambda row: county_code(row[1]))
    counties = {code: [pk for pk, _code in found] for code, found in by_county}
    known = Jurisdiction.objects.in_bulk(counties, field_name="code")
    return {code: counties[code] for code in known if rules.issuing_role(actor, known[code])}


class Packing:
    """Issuing and packing under way; what it was begun by is this attempt, and no other."""

    def __init__(self, export: Export, file: IO[bytes]) -> None:
        self.export, self.file = export, file
        self.source = f"attempt {export.job.attempt}" if export.job else ""
        self.decision = _decision(export)
        self.lacking = _lacking(self.decision, export.maker)
        self.batches = self._batches()
        self.archive = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED)
        weakref.finalize(self, zips.abandon, self.archive, file)
        self.certificates: Iterator[int] | None = None
        self.packed = 0
        self.stored: dict[str, Any] = {}

    def _batches(self) -> Iterator[tuple[str, list[int]]]:
        for code, titles in self.lacking.items():
            for begin in range(0, len(titles), _AT_ONCE):
                yield code, titles[begin : begin + _AT_ONCE]

    def total(self) -> int:
        lacking = sum(map(len, self.lacking.values()))
        return 2 * lacking + queries.latest_of(self.decision).count()

    def chunk(self, memo: dict[str, Any]) -> Chunk | None:  # noqa: ARG002 - its shape is the job's
        """The next titles to issue; then one certificate after another into the ZIP."""
        if batch := next(self.batches, None):
            code, titles = batch
            county = Jurisdiction.objects.get(code=code)
            issue = partial(issuing.issue_first, titles, county, actor=self.export.maker)
            return Chunk(len(titles), {}, issue)
        if self.certificates is None:
            self.certificates = iter(self._keys())
        pk = next(self.certificates, None)
        if pk is None:
            self._store()
            return None
        self._pack(pk)
        return Chunk(1, {})

    def _keys(self) -> list[int]:
        mine = rules.fetched_by(self.export.maker).values("pk")
        rows = queries.latest_of(self.decision).filter(pk__in=mine.order_by())
        return list(rows.values_list("pk", flat=True))

    def _pack(self, pk: int) -> None:
        row = Certificate.objects.select_related("key", "design__crest", "jurisdiction").get(pk=pk)
        self.packed += 1
        name = f"{self.packed:04d} {row.number_said} {row.content['organization']}.pdf"
        entry = zipfile.ZipInfo(file_name(name), date_time=zips.moment(clock.now()))
        self.archive.writestr(entry, printing.certificate_pdf(row))

    def _store(self) -> None:
        self.archive.close()
        with self.file:
            self.stored = keeping.store(self.export, self.file, alive=self._alive)

    def _alive(self) -> None:
        if self.export.job is not None:
            jobs.still_ours(self.export.job)

    def finish(self, memo: dict[str, Any]) -> None:  # noqa: ARG002 - its shape is the job's
        making.still_may(self.export)
        keeping.made(self.export, rows=self.packed, stored=self.stored)
        county, role = _as_whom(self.decision, self.export.maker)
        events.append(
            events.Entry(
                actor=self.export.maker,
                action="certificate.pack",
                subject=self.decision,
                jurisdiction_code=county,
                role=role,
                details={
                    "document_number": self.decision.document_number,
                    "files": self.packed,
                    "sha256": self.export.sha256,
                },
            )
        )


def _as_whom(decision: DesignationDecision, person: Person) -> tuple[str, str]:
    """County and role by which the person looks after the decision's titles. May raise Refusal."""
    for county in queries.counties(decision):
        if role := rules.packing_role(person, county):
            return county.code, role
    raise making.lost()


def _decision(export: Export) -> DesignationDecision:
    """Raises Refusal where it is no more the maker's."""
    found = rules.decisions(export.maker).filter(pk=export.subject).first()
    if found is None:
        raise making.lost()
    return found


def begin(job: Job) -> Packing:
    """Raises Refusal where the maker lost the right meanwhile."""
    export = Export.objects.select_related("job").get(job=job)
    export.job = job
    making.still_may(export)
    return Packing(export, tempfile.TemporaryFile())
