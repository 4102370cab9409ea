"""What waits for the person in a seat, what becomes of it when the seat ends, and who may not."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from designation.applications.models import FINAL_STAGES, PRIVATE_STAGES, Application
from designation.organizations.handover import Waiting, others_beside
from designation.organizations.models import Person, Role, Seat
from designation.organizations.roles import Office

from ..case.interests import KEEP_FROM_ACTING, Tie, belongs_to, tied_by
from ..stages.objections import investigators
from ..stages.objections.models import Objection
from ..stages.objections.vacancies import OPEN_OBJECTIONS
from ..stages.opinions.models import OpinionList
from ..stages.public_notice.models import Notice
from ..stages.public_notice.steps import AWAITING, ROLES, TAKEN_BY_ANOTHER
from ..stages.verification.models import Visit
from ..stages.verification.standing import released


def what_waits(seat: Seat) -> Iterable[Waiting]:
    """Open cases, drafts, notices, objections and visits of one seat, with what becomes of them."""
    becomes = _becomes(seat)
    cases = _cases(seat)
    drafts = cases.filter(stage__in=PRIVATE_STAGES)
    yield Waiting(_("填报中的申报"), drafts.count(), becomes)
    yield Waiting(_("等待办理的申报"), cases.exclude(pk__in=drafts).count(), becomes)
    if seat.role == Role.FIRST_REVIEWER:
        typed_anew = _(
            "须由本机构另一位初审员在“按签字纸质件代录”中重新上传签字的纸质件，接着代录；"
            "该单位也可以自己接手。"
        )
        yield Waiting(_("代录中的申报"), _typed(seat).count(), typed_anew, is_by_name=True)
    if seat.role == Role.VERIFIER:
        on_team = Visit.objects.filter(
            closed_at__isnull=True,
            members__person=seat.person_id,
            members__left_at__isnull=True,
        )
        is_over = Q(application__isnull=True) & released()
        visits = on_team.exclude(is_over).exclude(application__stage__in=FINAL_STAGES)
        replaced = _("须由县级经办人更换核查员，才能继续。")
        count = visits.distinct().count()
        yield Waiting(_("参加的实地核查"), count, replaced, is_by_name=True)
    if seat.role == Role.DEPARTMENT_CLERK:
        yield Waiting(_("没有交回的征求意见单"), _lists(seat).count(), becomes)
    if seat.jurisdiction is not None:
        yield Waiting(_("等待办理的公示"), _notices(seat).count(), becomes)
        asked_anew = _("须由异议受理人改派调查人，或者收回自行调查。")
        given = investigators.under_way().filter(investigator=seat.person_id, reported_at=None)
        yield Waiting(_("指派本人调查的异议"), given.count(), asked_anew, is_by_name=True)
    if seat.role == Role.OBJECTION_OFFICER:
        yield Waiting(_("没有办结的异议"), _objections(seat).count(), becomes)


def kept_from(seat: Seat, successor: Person) -> Iterable[Waiting]:
    """What waits in the seat that ``successor`` has to leave to others, in at most four statements.

    The applicant's own people step aside from nothing of theirs.
    """
    role = Role(seat.role) if seat.role in Role else None
    if role is None or role.office == Office.APPLICANT or role == Role.VERIFIER:
        return
    ties = (Tie.APPLIES, Tie.PREPARED, *KEEP_FROM_ACTING.get(role, ()))
    tied = tied_by(successor, ties) | belongs_to(successor)
    becomes = _left_to_others(seat, successor)
    yield Waiting(_("等待办理的申报"), _cases(seat).filter(tied).count(), becomes)
    if seat.jurisdiction is not None:
        taken = _notices(seat).filter(_kept_by_a_step(role, successor))
        yield Waiting(_("等待办理的公示"), taken.count(), becomes)
    if role == Role.OBJECTION_OFFICER:
        of_these = Application.objects.filter(tied).order_by().values("pk")
        heard = _objections(seat).filter(entry__application__in=of_these)
        yield Waiting(_("没有办结的异议"), heard.count(), becomes)


def _kept_by_a_step(role: Role, person: Person) -> Q:
    """Of notices: that the person took a step that keeps them from the one it waits for."""
    own = Q(entries__application__organization=person.home_organization_id)
    kept = own if person.home_organization_id is not None else Q(pk__in=())
    for act, others in TAKEN_BY_ANOTHER.items():
        if ROLES[act] == role:
            for other in others:
                kept |= AWAITING[act] & Q(**{f"{other}_by": person})
    return kept


def _left_to_others(seat: Seat, successor: Person) -> str:
    others = others_beside(seat).exclude(person=successor).values("person").distinct().count()
    said = {"name": successor.full_name, "count": others}
    if others:
        return _("%(name)s须回避，由担任同一岗位的另外 %(count)s 人办理。") % said
    return _("%(name)s须回避，又无其他人担任这个岗位：请另外授予一人，否则无人能办。") % said


def _prefix(seat: Seat) -> str:
    return seat.jurisdiction.prefix if seat.jurisdiction is not None else ""


def _cases(seat: Seat) -> QuerySet[Application]:
    """Those whose present step is the seat's; a head may do what the preparer may."""
    if seat.organization_id is None:
        held = Q(holder_role=seat.role, area_code__startswith=_prefix(seat))
        held &= ~Q(holder_role=Role.VERIFIER)
    else:
        roles = [seat.role, *([Role.PREPARER] if seat.role == Role.HEAD else [])]
        held = Q(holder_role__in=roles, holder_organization=seat.organization_id)
    return Application.objects.filter(held).exclude(stage__in=FINAL_STAGES)


def _typed(seat: Seat) -> QuerySet[Application]:
    """Those that the person in the seat types from paper, while its turn is the applicant's."""
    return Application.objects.filter(
        typed_by=seat.person_id,
        taken_over_at__isnull=True,
        reviewing_body=seat.organization_id,
        holder_role__in=(Role.PREPARER, Role.HEAD),
    )


def _notices(seat: Seat) -> QuerySet[Notice]:
    awaited = Q(pk__in=())
    for act, waits in AWAITING.items():
        if ROLES[act] == seat.role:
            awaited |= waits
    named = Q(entries__dropped_at__isnull=True)
    rows = Notice.objects.filter(awaited, named)
    return rows.filter(round__jurisdiction__code__startswith=_prefix(seat)).distinct()


def _objections(seat: Seat) -> QuerySet[Objection]:
    return Objection.objects.filter(
        status__in=OPEN_OBJECTIONS, entry__application__area_code__startswith=_prefix(seat)
    )


def _lists(seat: Seat) -> QuerySet[OpinionList]:
    return OpinionList.objects.filter(department=seat.organization_id, handed_in_at__isnull=True)


def _becomes(seat: Seat) -> str:
    others = others_beside(seat).values("person").distinct().count()
    if others:
        return _("由担任同一岗位的另外 %(count)s 人继续办理。") % {"count": others}
    return _("暂无人担任，会列在县级经办人的工作台上；请尽快授予岗位，接任的人会收到待办消息。")
