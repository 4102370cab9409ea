"""Where a notice was posted, beside its page here: by whom, on which day, with a picture of it.

No rule asks for a channel more than one: a posting is recommended, and keeps nothing back (our
default) unless the round names channels. Rows are only added; what was written wrongly is said once
more, rightly.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from designation.calendar import terms
from designation.evidence import citations, contents, library
from designation.evidence.citing import Subjects
from designation.evidence.content import Received
from designation.evidence.models import Citation
from designation.evidence.names import JPEG, PNG
from designation.evidence.refusals import EvidenceRefused
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.rounds.models import NoticeChannel, Round
from designation.site import clock, endings, filling
from designation.site.personal_data import personal_data
from designation.site.refusal import Finding, Refusal
from designation.site.templatetags.moments import day

from ...door import Asked, How, locked
from .cited_evidence import is_open
from .models import Notice, NoticePosting
from .periods import PROOFS
from .scoping import handled_notices

SAID = ("channel", "place", "posted_by", "posted_on")


def recording_role(notice: Notice, person: Person) -> Role | None:
    """The coordinator, once it is published."""
    if notice.status == Notice.Status.DRAFT:
        return None
    return seats(person).role_over(notice.round.jurisdiction.code, Role.COUNTY_COORDINATOR)


def record(
    notice: Notice,
    said: Mapping[str, Any],
    received: Received,
    *,
    actor: Person,
    **how: Unpack[How],
) -> NoticePosting:
    """Keep where it was posted (``SAID``), with a picture that was judged already.

    Raises Refusal for who may not and for what cannot be, each thing at its field, and
    EvidenceRefused for a file that is no picture.
    """
    role = recording_role(notice, actor)
    if role is None:
        raise Refusal.because("not_permitted", _("公示发布后，由县级经办人登记张贴情况。"))
    area = notice.round.jurisdiction
    asked = Asked(actor, **how).by_seat(role, {"code": area.code})
    posting = NoticePosting(notice=notice, role=role, at=clock.now(), **asked.on_record)
    filled = filling.fill(posting, said, columns=SAID)
    filling.refuse([*filled.findings, *_faults(posting)])
    if received.media_type not in (JPEG, PNG):
        told = _("“%(name)s”不是图片。请上传张贴现场的照片，网站上的请截图。")
        raise EvidenceRefused.because("not_a_picture", told % {"name": received.name})
    with contents.written(received) as file, endings.act():
        posting.save()
        entry = library.add(file, holder=area, title=posting.place, actor=actor)
        citations.cite(entry, posting, actor=actor)
        _await_no_longer(posting)
    return posting


def _await_no_longer(posting: NoticePosting) -> None:
    """Two that bring the last two proofs at once: the second finds nothing wanting."""
    notice = locked(Notice.objects.select_related("round"), [posting.notice_id])[0]
    if notice.round.channels_asked and not wanting(notice.round, notice):
        for term in terms.open_terms(notice).filter(kind=PROOFS):
            terms.end(term, at=posting.at, as_=terms.Ending.MET)


def _faults(posting: NoticePosting) -> Iterable[Finding]:
    if personal_data([posting.place]):
        told = _("会对外公开，其中含有身份证号或手机号，请删除。")
        yield Finding("personal_data", "", told, field="place")
    on, notice = posting.posted_on, posting.notice
    published, last = notice.published_at, notice.last_day
    if on is None or published is None or last is None:
        return
    first = published.astimezone(clock.SHANGHAI).date()
    if on > clock.today():
        told = _("张贴日期不能晚于今天。")
        yield Finding("posted_in_future", "", told, field="posted_on")
    elif not first <= on <= last:
        told = _("张贴日期须在公示发布的%(first)s至公示末日%(last)s之间，请核对。")
        told %= {"first": day(first), "last": day(last)}
        yield Finding("posted_out_of_the_period", "", told, field="posted_on")


def wanting(round_: Round, notice: Notice) -> list[NoticeChannel]:
    """The channels that the round names and the notice was not posted through."""
    asked = round_.channels_asked
    return [one for one in asked if one not in notice.posted_through] if asked else []


def of(notice: Notice) -> QuerySet[Any]:
    """The postings with the key of the ``picture`` of each, for who handles it; one statement."""
    cited = Citation.objects.filter(
        subject_type=SUBJECTS.label, subject_id=OuterRef("pk"), removed_at__isnull=True
    )
    rows = notice.postings.select_related("actor", "acted_for")
    return rows.annotate(picture=Subquery(cited.order_by("pk").values("entry")[:1]))


@dataclass(frozen=True, slots=True)
class Posted:
    """What everybody reads of a posting: neither who posted it nor the picture."""

    channel: str
    place: str
    on: date


def with_where_it_was_posted(rows: QuerySet[Notice]) -> QuerySet[Any]:
    """The notices with ``postings_told``, read along, for ``told``."""
    told = JSONObject(channel="channel", place="place", on="posted_on")
    postings = NoticePosting.objects.filter(notice=OuterRef("pk")).order_by().values("notice")
    said = postings.annotate(told=JSONBAgg(told, order_by="pk")).values("told")
    return rows.annotate(postings_told=Subquery(said))


def told(notice: Any) -> tuple[Posted, ...]:
    """Of a notice read ``with_where_it_was_posted``."""
    return tuple(
        Posted(
            str(NoticeChannel(one["channel"]).label),
            one["place"],
            date.fromisoformat(one["on"]),
        )
        for one in notice.postings_told or ()
    )


def _of_notices(notices: QuerySet[Notice]) -> QuerySet[NoticePosting]:
    return NoticePosting.objects.filter(notice__in=notices.order_by().values("pk"))


def _address(pk: int) -> str:
    notice = NoticePosting.objects.values_list("notice", flat=True).get(pk=pk)
    return reverse("notices:manage", args=[notice])


SUBJECTS = Subjects(
    model=NoticePosting,
    readable=lambda person: _of_notices(handled_notices(person)),
    closely=lambda person: _of_notices(handled_notices(person)),
    role=lambda posting, person: recording_role(posting.notice, person),
    is_open=lambda postings: postings.filter(
        notice__in=is_open(Notice.objects.all()).order_by().values("pk")
    ),
    address=_address,
)
