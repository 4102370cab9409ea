"""What becomes of titles when the unit that holds them is renamed, merged, split or dissolved.

A title keeps number, name and days as it was given; what is added is a step of its history.
Kept, it is held by a successor from then on (重新认定); or it is cancelled, through nobody's fault
(注销). Either is what the document of the reorganization says: nobody here judges of it. One that
is under order, or proposed to be revoked, is not cancelled while somebody lives on to hold it: what
stands against it goes on.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.audit import events
from designation.calendar import terms
from designation.calendar.models import Term
from designation.organizations.lineage import Kind, Part
from designation.organizations.models import Organization, Reorganization
from designation.organizations.succession import (
    END,
    STAY,
    Done,
    Fate,
    Proposal,
    Room,
    Way,
    basis_of,
    end_of,
    ways_to_units,
)
from designation.site import clock
from designation.site.refusal import Refusal
from designation.site.templatetags.moments import day
from standards.language import of_the_record

from .contested import contest
from .models import Designation, TitleStep
from .proposed import is_proposed
from .queries import held_by, held_where, in_force_since, stands_as
from .standing import Act, Status


def _titles(proposal: Proposal) -> list[Designation]:
    """Those the units hold that were in force on the day of the document, or are since.

    What has run out since then was the successor's to hold, and is theirs to have renewed. What had
    run out before, or was ended, stays as it is: but one that was revoked, and may come back by an
    appeal, passes to whoever may speak for it.
    """
    held = held_by(proposal.sources or proposal.before)
    rows = list(in_force_since(proposal.on).filter(held).order_by("pk"))
    if proposal.kind == Kind.RENAMED:
        return rows
    revoked = Designation.objects.filter(held, stands_as(Status.REVOKED, clock.today()))
    return [*rows, *(title for title in revoked.order_by("pk") if contest(title))]


def hold(keys: Collection[int]) -> None:
    """Whoever acts on a title locks it, and its holder after it: so does a reorganization."""
    rows = Designation.objects.select_for_update(of=("self",))
    held = Designation.objects.filter(held_where(organization__in=keys)).order_by()
    list(rows.filter(pk__in=held.values("pk")).order_by("pk").values_list("pk"))


def _locked(proposal: Proposal) -> list[Designation]:
    """The same, while nobody else adds to their history."""
    keys = [title.pk for title in _titles(proposal)]
    rows = Designation.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    held = {title.pk for title in rows}
    return [title for title in _titles(proposal) if title.pk in held]


def told(proposal: Proposal) -> Iterator[Fate]:
    for title in _titles(proposal):
        stands, against = _stands(title), _against(title)
        said = (title.name_zh, title.number, title.get_category_display(), stands, against)
        what = " · ".join(str(one) for one in said if one)
        yield Fate(_key(title), what, tuple(_ways(proposal, title, bool(against))))


def _ways(proposal: Proposal, title: Designation, is_burdened: bool) -> list[Way]:
    """Where something stands against a title it ends only if there is nobody left to hold it."""
    if proposal.kind == Kind.RENAMED:
        return [Way(STAY, _("称号不变，名册上写明现名"))]
    if _status(title) == Status.REVOKED:
        return _contested(proposal)
    if _status(title) == Status.EXPIRED and (kept := _run_out(proposal)):
        return kept
    if is_burdened:
        return _with_its_burden(proposal)
    kept = ways_to_units(
        proposal, _("保留，由“%(unit)s”继续持有（重新认定）"), stays=_("仍由“%(unit)s”持有")
    )
    return [*kept, Way(END, _("注销（无过错）"))]


def _run_out(proposal: Proposal) -> list[Way]:
    """Time ended it: while somebody lives on to hold it, nobody else does."""
    return ways_to_units(
        proposal,
        _("由“%(unit)s”承接（重新认定），到期日不变"),
        stays=_("仍由“%(unit)s”持有，到期日不变"),
    )


def _contested(proposal: Proposal) -> list[Way]:
    """Revoked as it stands: who goes on with it may appeal, and has it if it is restored."""
    kept = ways_to_units(
        proposal,
        _("由“%(unit)s”承接：由其申请复核、接受答复，称号恢复的由其持有（重新认定）"),
        stays=_("仍由“%(unit)s”申请复核、接受答复，称号恢复的由其持有"),
    )
    lapses = _("没有单位承接：不能再申请复核；已经申请的照常答复，但称号不再恢复")
    return kept or [Way(END, lapses)]


def _with_its_burden(proposal: Proposal) -> list[Way]:
    kept = ways_to_units(
        proposal,
        _("由“%(unit)s”继续持有（重新认定），整改、提请撤销接着办理，不能注销"),
        stays=_("仍由“%(unit)s”持有，整改、提请撤销接着办理，不能注销"),
    )
    lapses = _("注销（没有单位承接，整改随之终止，提请撤销的复核由县级经办人终止）")
    return kept or [Way(END, lapses)]


def _status(title: Designation) -> Status | None:
    stood = title.standing_on(clock.today())
    return stood.status if stood else None


def _stands(title: Designation) -> str:
    """That it has run out since the day of the document, or may come back by an appeal."""
    stood = title.standing_on(clock.today())
    if stood is not None and stood.status == Status.REVOKED:
        return "、".join((str(stood.status.label), contest(title)))
    if stood is not None and stood.status == Status.EXPIRED:
        return _("已于%(day)s到期") % {"day": day(stood.until)}
    return ""


def _against(title: Designation) -> str:
    """What stands against it, in words: what forbids the county to cancel it, too."""
    found = []
    if _status(title) == Status.ORDERED:
        found.append(_("正在限期整改"))
    if is_proposed(title):
        found.append(_("已提请撤销"))
    return "、".join(found)


def _key(title: Designation) -> str:
    return f"title-{title.pk}"


def carry(done: Done) -> None:
    holders = {one.pk for one in done.proposal.before}
    for title in _locked(done.proposal):
        unit = done.unit(_key(title))
        if done.proposal.kind == Kind.RENAMED:
            _done(title, Act.RENAMED, done)
        elif unit is None and _status(title) != Status.REVOKED:
            _done(title, Act.CANCELLED, done)
            for term in terms.open_terms(title):
                terms.end(term, at=clock.now(), as_=Term.Ending.OVERTAKEN)
        elif unit is not None and unit.pk not in holders:
            _done(title, Act.RECOGNISED, done, organization=unit)


@dataclass(frozen=True, slots=True)
class Passing:
    """That a title is held by another unit from ``on`` on, by a reorganization on record."""

    record: Reorganization
    unit: Organization
    on: date


def passings(
    holder: Organization, given_on: date, until: date
) -> tuple[list[Passing], Reorganization | None]:
    """To whom a title of this term has passed since it was given to ``holder``.

    One after the other, and what leaves nobody or several to hold it: of that nobody here judges.
    What had run out before its holder was no more stays as it is. A statement or two for one that
    is no more, none for one that lives.
    """
    found: list[Passing] = []
    unit = holder
    # Who is no more is switched off, and never on again.
    while not unit.is_active and (ended := end_of(unit)) and ended.effective_on <= until:
        after = [one.organization for one in ended.units.all() if one.part != Part.GONE]
        if len(after) != 1:
            return found, ended
        unit = after[0]
        found.append(Passing(ended, unit, max(given_on, ended.effective_on)))
    return found, None


def pass_on(title: Designation, seen: Collection[Passing]) -> None:
    """Have a title that was taken over held by who lives on in the unit that it was given to.

    By whoever has just given it, in the same transaction. Raises Refusal where another change has
    been recorded since these were seen; until the end none can be, of whoever holds it.
    """
    holders = {title.organization_id, *(one.unit.pk for one in seen)}
    rows = Organization.objects.select_for_update(no_key=True).filter(pk__in=holders)
    list(rows.order_by("pk").values_list("pk"))
    title.organization.refresh_from_db(fields=["is_active"])
    found, left = passings(title.organization, title.designated_on, title.valid_until)
    if left is not None or found != list(seen):
        told = _("有单位刚刚登记了机构变更，请看过现在的预览，再确认一次。")
        raise Refusal.because("reorganized_meanwhile", told)
    if not found:
        return
    given = title.steps.select_related("actor", "acted_for").get(act=Act.GIVEN)
    by = {"actor": given.actor, "role": given.role, "acted_for": given.acted_for}
    with of_the_record():
        for one in found:
            basis = basis_of(one.record)
            _step(title, Act.RECOGNISED, one.on, basis, by, organization=one.unit)


# Behind which of those on record each counts, or these would go on to say what it was to end.
_BEHIND: Mapping[Act, Collection[Act]] = {
    Act.CANCELLED: tuple(Act),
    Act.RECOGNISED: (Act.RECOGNISED,),
    Act.RENAMED: (),
}


def _holds_from(title: Designation, act: Act, on: date) -> date:
    """The day of the document; no earlier than the title, nor than what it has to overtake.

    A change may be older than what happened to the title since: restored after the day on which its
    unit was dissolved, it would stand as valid for ever. The document keeps its own day.
    """
    overtaken = title.steps.filter(act__in=_BEHIND[act]).order_by("effective_on").last()
    return max(on, title.designated_on, overtaken.effective_on if overtaken else on)


def _done(title: Designation, act: Act, done: Done, **fields: object) -> None:
    on = _holds_from(title, act, done.proposal.on)
    by = {"actor": done.actor, "role": done.role}
    _step(title, act, on, done.proposal.basis, by, **fields)


def _step(
    title: Designation, act: Act, on: date, basis: str, by: Mapping[str, Any], **fields: object
) -> None:
    """``by``: actor, role, and in whose place."""
    step = TitleStep.objects.create(
        title=title, act=act, effective_on=on, reason=basis, at=clock.now(), **by, **fields
    )
    events.append(
        events.Entry(
            action=f"title.{act}",
            subject=title,
            jurisdiction_code=title.jurisdiction.code,
            details={"organization": title.name_zh, "reason": step.reason},
            **by,
        )
    )


ROOM = Room(20, gettext_lazy("称号"), told, carry, hold)
