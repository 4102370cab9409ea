"""All certificates of a decision: those that lack are issued, then all are put into one ZIP.

Asked to, it first replaces those that state something else than today. Those of titles that are
not in force stay out; a text beside the certificates says which and why.

Asked for as the file of a long list is, and made by a worker a piece at a time: memory stays flat.
What was issued stays issued, whatever becomes of the file: whoever takes the job up anew finds it,
and issues the rest.
"""

import tempfile
import weakref
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import IO, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from designation.audit import events
from designation.exports import asking as exports
from designation.exports import keeping, zips
from designation.exports import rules as holding
from designation.exports import running as making
from designation.exports.models import Export, Format
from designation.organizations.models import Jurisdiction, Person
from designation.register import queries as register
from designation.register.models import DesignationDecision
from designation.site import clock, endings
from designation.site.jobs import running as jobs
from designation.site.jobs.kinds import Chunk
from designation.site.jobs.models import Job
from designation.site.refusal import Refusal
from designation.site.text import file_name
from standards.language import of_the_record

from . import issuing, outlook, printing, queries, rules
from .models import Certificate
from .outlook import Outlook

# What the file is; the code of its kind of job too.
PACK = "certificates"
# Behind the address at which the same is asked for again: those that differ are to be replaced.
_ANEW = "?anew=on"
# Issued in one transaction, in which the number of the county is locked (our default).
_AT_ONCE = 25


@endings.act()
def ask(decision: DesignationDecision, *, anew: bool = False, actor: Person) -> Export:
    """Have the certificates of a decision issued and packed; the coordinator packs what there is.

    ``anew``: those that state something else than today are replaced before. Raises Refusal for
    who looks after none of its titles, where there is nothing to pack, and while another file of
    the person's is being made.
    """
    found = rules.decisions(actor).filter(pk=decision.pk).first()
    if found is None:
        raise Refusal.because("not_permitted", _("只有本县的审定人和县级经办人可以办理。"))
    _refuse_nothing(outlook.of(found), actor)
    with of_the_record():
        title = _("%(document)s证书") % {"document": found.document_number}
    return exports.by_a_worker(
        Export(
            maker=actor,
            what=PACK,
            subject=str(found.pk),
            title=file_name(title),
            asked=f"{reverse('certificates:decision', args=[found.pk])}{_ANEW if anew else ''}",
            format=Format.ZIP,
            asked_at=clock.now(),
            seats=holding.held_by(actor),
        )
    )


def _refuse_nothing(found: Outlook, actor: Person) -> None:
    if found.held or found.of_the_issuer(found.first, actor):
        return
    if found.left_out:
        told = _("发过证的称号都不在有效期内，没有可以打包的证书。")
    elif found.unprinted and not found.first:
        told = _("没有可以发的证书：%(why)s") % {"why": found.unprinted[0].why}
    else:
        told = _("还没有证书，请由审定人发证。")
    raise Refusal.because("nothing_to_pack", told)


class Packing:
    """Issuing and packing under way; what it was begun by is this attempt, and no other."""

    def __init__(self, export: Export, file: IO[bytes]) -> None:
        self.export, self.file = export, file
        self.source = f"attempt {export.job.attempt}" if export.job else ""
        self.decision = _decision(export)
        found = outlook.of(self.decision)
        self.first = found.of_the_issuer(found.first, export.maker)
        anew = found.anew if export.asked.endswith(_ANEW) else {}
        self.anew = found.of_the_issuer(anew, export.maker)
        self.batches = self._batches()
        self.archive = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED)
        weakref.finalize(self, zips.abandon, self.archive, file)
        self.certificates: Iterator[int] | None = None
        self.packed = 0
        self.stored: dict[str, Any] = {}

    def _batches(self) -> Iterator[tuple[bool, str, list[int]]]:
        """Whether they are issued anew, the code of their county, and the titles by key."""
        for anew, found in ((True, self.anew), (False, self.first)):
            for code, titles in found.items():
                for begin in range(0, len(titles), _AT_ONCE):
                    yield anew, code, titles[begin : begin + _AT_ONCE]

    def total(self) -> int:
        first, anew = (sum(map(len, found.values())) for found in (self.first, self.anew))
        return 2 * first + anew + queries.packed(self.decision).count()

    def chunk(self, memo: dict[str, Any]) -> Chunk | None:  # noqa: ARG002 - its shape is the job's
        """The next titles to issue; then one certificate after another into the ZIP."""
        if batch := next(self.batches, None):
            anew, code, titles = batch
            county = Jurisdiction.objects.get(code=code)
            act = issuing.issue_anew if anew else issuing.issue_first
            return Chunk(len(titles), {}, partial(act, titles, county, actor=self.export.maker))
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
        rows = queries.packed(self.decision).filter(pk__in=mine.order_by())
        return list(rows.values_list("pk", flat=True))

    def _pack(self, pk: int) -> None:
        row = Certificate.objects.select_related("key", "design__crest", "jurisdiction").get(pk=pk)
        self.packed += 1
        name = f"{self.packed:04d} {row.number_said} {row.content['organization']}.pdf"
        entry = zipfile.ZipInfo(file_name(name), date_time=zips.moment(clock.now()))
        self.archive.writestr(entry, printing.certificate_pdf(row))

    def _say_what_is_left_out(self) -> None:
        """Beside the certificates, for whoever is handed the file."""
        mine = rules.fetched_by(self.export.maker).order_by().values("pk")
        left_out = queries.left_out(self.decision).filter(pk__in=mine)
        titles = register.titles().filter(pk__in=left_out)
        with of_the_record():
            lines = [
                _("%(number)s %(name)s：称号%(status)s，证书没有放进来。")
                % {"number": title.number, "name": title.name_zh, "status": title.status_label}
                for title in titles.order_by("number").iterator(chunk_size=500)
            ]
            name = file_name(_("没有放进来的证书.txt"))
        if lines:
            entry = zipfile.ZipInfo(name, date_time=zips.moment(clock.now()))
            self.archive.writestr(entry, "\ufeff" + "\r\n".join([*lines, ""]))

    def _store(self) -> None:
        self._say_what_is_left_out()
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
