"""The one door: nothing else writes a stage.

``perform`` locks the application, checks that the person may act and that the page they saw is
still true, runs the viewflow.fsm transition whose condition is the gate, writes the decision
and what follows from it, lets listeners write the outbox, appends the audit event, and commits:
one transaction, for page, import and background work alike.
"""

from collections.abc import Callable, Iterable, Sequence

from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _
from viewflow.fsm import Transition, TransitionConditionsUnmet

from designation.applications.models import Application, Stage
from designation.audit import events
from designation.audit.models import WithoutSeat
from designation.calendar.working_days import CalendarUnknown
from designation.organizations.models import Organization, Person, Role
from designation.organizations.routing import may_be_superior, reviewing_body
from designation.organizations.rules import seats
from designation.rounds.models import Round, RoundCategory
from designation.site import clock, endings

from . import consequences
from .case import rules
from .case.facts import Act, Case
from .case.holders import due_at, holder
from .case.interests import ties_of, why_not_verify
from .case.records import Decision
from .findings import GateFinding
from .flow import Course
from .signals import Passage, passed
from .stages.self_assessment.gates import outside_the_area
from .stages.verification.gates import recusal


class Refused(Exception):
    """The door stays shut; ``findings`` say why, in the language active when it was asked."""

    def __init__(self, application: Application | None, findings: Sequence[GateFinding]) -> None:
        self.application = application
        self.findings = tuple(findings)
        super().__init__("；".join(finding.message for finding in findings))

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(finding.code for finding in self.findings)


def _refusal(application: Application | None, code: str, rule: str, message: str) -> Refused:
    return Refused(application, [GateFinding(code, rule, message)])


def perform(
    name: str,
    application_id: int,
    *,
    actor: Person | None,
    expected_version: int | None = None,
    act: Act | None = None,
) -> Application:
    """Carry out transition ``name`` of one application; returns it as it now stands.

    ``actor`` None is the passing of time. ``expected_version`` is the version of the page the
    person acted on. Raises Refused when the gate is shut, when the person may not, when the
    step was already done by someone else, or when the row stayed locked; nothing is written.
    """
    return perform_all(
        name,
        [application_id],
        actor=actor,
        expected_versions={application_id: expected_version},
        act=act,
    )[0]


def perform_all(
    name: str,
    application_ids: Iterable[int],
    *,
    actor: Person | None,
    expected_versions: dict[int, int | None] | None = None,
    act: Act | None = None,
) -> list[Application]:
    """Carry out one transition of several applications, all or none; see ``perform``."""
    versions = expected_versions or {}
    try:
        with endings.act():
            applications = _lock(application_ids)
            cases = _cases(applications, actor, act or Act())
            passages = [_pass(name, case, versions.get(case.application.pk)) for case in cases]
            events.append_many([_entry(name, passage) for passage in passages])
    except OperationalError as error:
        raise _busy() from error
    return applications


def _cases(applications: list[Application], actor: Person | None, act: Act) -> list[Case]:
    """Of several, what ties people to each is read at once."""
    cases = [Case(row, actor=actor, act=act, under_lock=True) for row in applications]
    if len(cases) > 1:
        ties = ties_of([row.pk for row in applications])
        for case in cases:
            case.ties = ties[case.application.pk]
    return cases


def _busy() -> Refused:
    """The row stayed locked for as long as the database waits (``lock_timeout``)."""
    return _refusal(None, "busy", _("同一申报同时只办理一件事"), _("他人正在办理，请稍后再试。"))


def _lock(application_ids: Iterable[int]) -> list[Application]:
    """Lock the rows in one order, so that two batches never wait for each other.

    The frozen answers stay unread: they are long, and hardly a transition asks for them.
    """
    wanted = sorted(set(application_ids))
    applications = list(
        Application.objects.select_for_update(of=("self",))
        .select_related("round__jurisdiction", "organization__jurisdiction", "submission")
        .defer("submission__content")
        .filter(pk__in=wanted)
        .order_by("pk")
    )
    if len(applications) != len(wanted):
        raise Application.DoesNotExist
    return applications


def _pass(
    name: str,
    case: Case,
    expected_version: int | None,
) -> Passage:
    application, actor = case.application, case.actor
    if expected_version is not None and expected_version != application.version:
        raise already_moved(application)
    course = Course(case)
    bound = getattr(course, name)
    if not bound.can_proceed(check_conditions=False):
        raise already_moved(application)
    role = course.acting_role(name, actor)
    if role is None:
        raise (recused(case, actor) if actor else None) or _refusal(
            application, "not_permitted", _("由有权限的人办理"), _("您不能办理这一步。")
        )
    source, submission_id = Stage(application.stage), application.submission_id
    try:
        bound()
    except TransitionConditionsUnmet as unmet:
        raise Refused(application, course.gate(name).findings) from unmet
    decision = _write(name, case, role, source, submission_id)
    passage = Passage(application, decision, actor)
    passed.send(sender=Course, passage=passage)
    return passage


def recused(case: Case, person: Person) -> Refused | None:
    """What is said to a member of the team who has to step aside; None to everybody else."""
    if not rules.is_named(case, person):
        return None
    reasons = why_not_verify(case.application, person, case.ties)
    return Refused(case.application, [recusal(person.full_name, reasons)]) if reasons else None


def already_moved(application: Application) -> Refused:
    """What is said to a person whose page is older than the record."""
    return _refusal(
        application,
        "already_moved",
        _("以最新状态办理"),
        _("此申报已由他人办理，现为“%(stage)s”。请查看最新情况后再办理。")
        % {"stage": application.get_stage_display()},
    )


def _write(
    name: str, case: Case, role: Role | WithoutSeat, source: Stage, submission_id: int | None
) -> Decision:
    application = case.application
    consequences.settle_clock(application, name, source)
    for consequence in consequences.BEFORE.get(name, ()):
        consequence(case)
    _place(case)
    decision = Decision.objects.create(
        application=application,
        transition=name,
        from_stage=source,
        to_stage=application.stage,
        actor=case.actor,
        actor_role=role,
        at=case.now,
        opinion=case.act.opinion.strip(),
        submission_id=application.submission_id or submission_id,
    )
    for follow_up in consequences.AFTER.get(name, ()):
        follow_up(case, decision)
    return decision


_PLACE_COLUMNS = (
    "stage",
    "stage_since",
    "due_at",
    "holder_role",
    "holder_organization",
    "returned_from",
    "days_left_at_return",
    "submission",
    "version",
)


def _place(case: Case) -> None:
    """Put the application in its new place: holder, due moment, version."""
    application = case.application
    held = holder(application)
    try:
        application.due_at = due_at(case)
    except CalendarUnknown as unknown:
        raise _refusal(
            application, "calendar_unknown", _("期限按工作日历计算"), str(unknown)
        ) from unknown
    application.holder_role = held.role or ""
    application.holder_organization_id = held.organization_id
    application.stage_since = case.now
    application.version += 1
    application.save(update_fields=_PLACE_COLUMNS)


def _applicant_role(organization: Organization, person: Person) -> Role | None:
    """As ``rules.is_applicant``, before there is an application."""
    return seats(person).role_in(organization.pk, Role.HEAD, Role.PREPARER)


def _entry(name: str, passage: Passage) -> events.Entry:
    application, decision = passage.application, passage.decision
    submission = application.submission
    return events.Entry(
        actor=passage.actor,
        action=f"application.{name}",
        subject=application,
        jurisdiction_code=application.area_code,
        role=decision.actor_role,
        details={
            "from": decision.from_stage,
            "to": decision.to_stage,
            "version": application.version,
            "opinion": decision.opinion,
            "submission": submission.sha256 if submission else "",
        },
    )


def start(round_: Round, organization: Organization, *, actor: Person) -> Application:
    """Begin an application as a draft, with the standard and the reviewing body it keeps.

    Raises Refused when the round does not take it: not open, the organization lies in another
    area, the category is not in the round, no reviewing body among the superiors, or an
    application of this round is there already.
    """
    entry = round_.categories.filter(category=organization.category).first()
    body = reviewing_body(organization)
    role = _applicant_role(organization, actor)
    found = list(_obstacles(round_, organization, actor, entry, body))
    if found or role is None or entry is None or body is None:
        raise Refused(None, found)
    try:
        with transaction.atomic():
            application = _create(entry, organization, body, actor)
            _record_start(application, actor, role)
    except IntegrityError as error:
        raise _refusal(
            None,
            "already_applied",
            _("每批次每个组织申报一次"),
            _("本组织在这一批次已有申报，请在“申报”中打开它继续填写。"),
        ) from error
    return application


def _obstacles(
    round_: Round,
    organization: Organization,
    actor: Person,
    entry: RoundCategory | None,
    body: Organization | None,
) -> Iterable[GateFinding]:
    if _applicant_role(organization, actor) is None:
        yield GateFinding("not_permitted", _("由有权限的人办理"), _("您不能代表这个组织申报。"))
    now = clock.now()
    is_open = round_.opens_at <= now and not clock.is_over(round_.closes_at, now)
    if round_.status != Round.Status.OPEN or not is_open:
        yield GateFinding("window_closed", _("在申报时间内申报"), _("现在不在本批次的申报时间内。"))
    if entry is None:
        yield GateFinding(
            "category_not_in_round", _("类别在本批次范围内"), _("本批次不受理本类组织的申报。")
        )
    if not organization.is_active:
        yield GateFinding(
            "organization_inactive", _("组织在用"), _("本组织已停用，请与系统管理员联系。")
        )
    yield from outside_the_area(round_, organization)
    yield from _no_fitting_body(organization, body)


def _no_fitting_body(
    organization: Organization, body: Organization | None
) -> Iterable[GateFinding]:
    rule = _("初审机构由上级党组织确定")
    if body is None:
        yield GateFinding(
            "no_reviewing_body",
            rule,
            _("没有找到初审机构，请系统管理员录入本组织的上级党组织。"),
        )
    elif not may_be_superior(body, organization.jurisdiction):
        yield GateFinding(
            "reviewing_body_elsewhere",
            rule,
            _("初审机构“%(body)s”不在本县，请系统管理员核对本组织的上级党组织。")
            % {"body": body.name},
        )


def _create(
    entry: RoundCategory, organization: Organization, body: Organization, actor: Person
) -> Application:
    now = clock.now()
    application = Application(
        round=entry.round,
        organization=organization,
        category=entry.category,
        standard=entry.standard,
        reviewing_body=body,
        area_code=organization.jurisdiction.code,
        stage=Stage.DRAFT,
        stage_since=now,
        due_at=entry.round.closes_at,
        created_at=now,
        created_by=actor,
    )
    held = holder(application)
    application.holder_role = held.role or ""
    application.holder_organization_id = held.organization_id
    application.save()
    return application


def _record_start(application: Application, actor: Person, role: Role) -> None:
    decision = Decision.objects.create(
        application=application,
        transition="start",
        to_stage=application.stage,
        actor=actor,
        actor_role=role,
        at=application.created_at,
    )
    passage = Passage(application, decision, actor)
    passed.send(sender=Course, passage=passage)
    events.append(_entry("start", passage))


def lock_for(
    application: Application, may: Callable[[Case, Person], bool], actor: Person
) -> Application:
    """Lock the row for work within a stage (marks, measurements); call inside a transaction.

    Raises Refused when ``may`` no longer holds under the lock, for the application has moved on,
    or when the row stayed locked.
    """
    try:
        locked = _lock([application.pk])[0]
    except OperationalError as error:
        raise _busy() from error
    case = Case(locked, actor=actor)
    if not may(case, actor):
        raise recused(case, actor) or already_moved(locked)
    return locked


def offered(case: Case, person: Person) -> list[tuple[Transition, tuple[GateFinding, ...]]]:
    """The transitions this person may carry out now, each with its gate's findings.

    Shut ones are listed too: a person sees why before pressing.
    """
    course = Course(case)
    transitions: list[Transition] = Course.stage.get_outgoing_transitions(  # type: ignore[attr-defined]
        Stage(case.application.stage)
    )
    return [
        (transition, course.gate(transition.slug).findings)
        for transition in transitions
        if transition.has_perm(course, person)
    ]
