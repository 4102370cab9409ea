"""What becomes of open applications when the unit that applies is reorganized.

They go on with the unit in which it lives on, where they stand and with the time they have, or
they end; neither is anybody's step in the case. What stands before the public, or has stood there,
waits for its end: the notice names the unit that people may object to.
"""

from collections.abc import Collection, Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.applications.models import (
    FINAL_STAGES,
    NOTICED_STAGES,
    PRIVATE_STAGES,
    Application,
    Stage,
)
from designation.audit import events
from designation.audit.models import WithoutSeat
from designation.organizations import succession
from designation.organizations.models import Organization
from designation.organizations.succession import (
    END,
    Done,
    Fate,
    Proposal,
    Room,
    Way,
    ways_to_units,
)
from designation.rounds import extending, routing
from designation.site import clock
from designation.site.refusal import Finding, Refusal

from . import declared, door
from .case import held
from .case.applicants import GOES_ON
from .case.facts import Act
from .case.logged import entry_of
from .case.records import Decision
from .signals import Passed, passed


def _open(proposal: Proposal) -> QuerySet[Application]:
    rows = Application.objects.exclude(stage__in=FINAL_STAGES).order_by("pk")
    return rows.filter(organization__in=proposal.sources).select_related("round", "organization")


def hold(keys: Collection[int]) -> None:
    """Open ones of the organizations, and those that are in their hands."""
    rows = Application.objects.exclude(stage__in=FINAL_STAGES).order_by("pk")
    theirs = Q(organization__in=keys) | Q(reviewing_body__in=keys) | Q(holder_organization__in=keys)
    list(rows.filter(theirs).select_for_update(of=("self",)).values_list("pk"))


def _key(application: Application) -> str:
    return f"application-{application.pk}"


def told(proposal: Proposal) -> Iterator[Fate]:
    taken = _taken(proposal)
    for application in _open(proposal):
        what = (
            f"{application.organization} · {application.round} · {application.get_stage_display()}"
        )
        if application.stage in NOTICED_STAGES:
            waits = _("公示名单上写的是变更前的单位，请等公示结束并作出命名决定后再办理。")
            yield Fate(_key(application), what, waits=waits)
            continue
        yield Fate(_key(application), what, tuple(_ways(proposal, application, taken)))


def _ways(
    proposal: Proposal, application: Application, taken: set[tuple[int, int]]
) -> Iterator[Way]:
    """On with a unit of the category that does not apply in the round itself; else it ends.

    Of several that would go on with one unit only one can: then it may end, too.
    """

    def fits(unit: Organization) -> bool:
        applies = (unit.pk, application.round_id) in taken and unit != application.organization
        return unit.category == application.category and not applies

    ways = ways_to_units(
        proposal,
        _("由“%(unit)s”接着办理，环节和期限不变"),
        stays=_("仍由“%(unit)s”办理"),
        fits=fits,
    )
    yield from ways
    rivals = _open(proposal).filter(round=application.round_id).count()
    if not ways or rivals > 1:
        yield Way(END, _("终止申报"))


def _taken(proposal: Proposal) -> set[tuple[int, int]]:
    """The rounds in which units that stay have an application of their own."""
    units = [one for one in proposal.after if one.pk]
    rows = Application.objects.exclude(stage=Stage.WITHDRAWN).filter(organization__in=units)
    return set(rows.values_list("organization", "round"))


def carry(done: Done) -> None:
    """Those that end first: one of them may be in the way of another that goes on."""
    rows = list(_open(done.proposal))
    ending = [one for one in rows if done.unit(_key(one)) is None]
    act = Act(opinion=done.proposal.basis)
    for application in ending:
        door.perform("application.withdraw", application.pk, actor=None, act=act)
    onward: set[tuple[int, int]] = set()
    for application in held.lock(one.pk for one in rows if one not in ending):
        unit = done.unit(_key(application))
        if unit is not None and unit.pk != application.organization_id:
            _refuse_a_second(application, unit, onward)
            _go_on(application, unit, done)


def _refuse_a_second(
    application: Application, unit: Organization, onward: set[tuple[int, int]]
) -> None:
    place = (unit.pk, application.round_id)
    if place in onward:
        told = _("同一批次只能有一份申报由“%(unit)s”接着办理，请选定一份，其余的终止。")
        finding = Finding("one_a_round", "", told % {"unit": unit.name_zh}, field=_key(application))
        raise Refusal([finding])
    onward.add(place)


def _go_on(application: Application, unit: Organization, done: Done) -> None:
    """No stage is written here: the application stands where it stood, and says whose it is."""
    extending.pass_on(
        application.round,
        application.organization_id,
        unit,
        reason=done.proposal.basis,
        actor=done.actor,
        role=done.role,
    )
    application.organization = unit
    application.area_code = unit.jurisdiction.code
    if application.stage in PRIVATE_STAGES:
        body = routing.of_round(application.round).route(unit).body
        application.reviewing_body = body or application.reviewing_body
    application.holder_organization_id = declared.holder(application).organization_id
    application.version += 1
    application.save(
        update_fields=[
            "organization",
            "area_code",
            "reviewing_body",
            "holder_organization",
            "version",
        ]
    )
    decision = Decision.objects.create(
        application=application,
        transition=GOES_ON,
        from_stage=application.stage,
        to_stage=application.stage,
        actor_role=WithoutSeat.SYSTEM,
        at=clock.now(),
        opinion=done.proposal.basis,
        submission=application.submission,
    )
    passed.send(sender=Decision, passage=Passed(application, decision, None))
    events.append(entry_of(decision))


def reviewing_told(proposal: Proposal) -> Iterator[Fate]:
    """A body that is no more leaves nothing behind that it has in hand."""
    rows = Application.objects.exclude(stage__in=FINAL_STAGES)
    count = rows.filter(reviewing_body__in=proposal.gone).count()
    if count:
        waits = _("这个机构初审的申报还没有办完，请办完后再登记变更。")
        yield Fate("reviewing", _("由其初审的申报 %(count)s 件") % {"count": count}, waits=waits)


def _nothing_to_write(_done: Done) -> None:
    return


def take_part() -> None:
    """Say what becomes of applications, once the site starts."""
    room = Room(10, gettext_lazy("申报"), told, carry, hold_then=hold)
    succession.take_part("applications", room)
    reviewing = Room(15, gettext_lazy("初审"), reviewing_told, _nothing_to_write)
    succession.take_part("reviewing", reviewing)
