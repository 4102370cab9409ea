"""The start of an application: before it, there is nothing for the door to lock."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from designation.applications.models import Application, Stage
from designation.audit import events
from designation.organizations.models import BodyKind, Organization, Person, Role
from designation.organizations.routing import reviewing_body
from designation.organizations.rules import seats
from designation.rounds import extending, routing
from designation.rounds.models import Round, RoundCategory
from designation.site import clock
from designation.site.refusal import Refusal

from ... import stage_terms
from ...bars import queries as bars
from ...bars import stopping, words
from ...case import items
from ...case.facts import Case
from ...case.logged import entry_of
from ...case.records import Decision
from ...case.rules import where_held
from ...declared import holder
from ...door import Asked, How
from ...findings import GateFinding
from ...signals import Passed, passed
from . import item_answers
from .before import declared_vetoes
from .gates import outside_the_area
from .item_answers import Sent


def _applicant_role(organization: Organization, person: Person) -> Role | None:
    """As ``rules.is_applicant``, before there is an application."""
    return seats(person).role_in(organization.pk, Role.HEAD, Role.PREPARER)


def _typing_role(body: Organization | None, person: Person) -> Role | None:
    """Of the township that reviews the organization first; other bodies type for nobody."""
    if body is None or body.body_kind != BodyKind.TOWNSHIP_COMMITTEE:
        return None
    return seats(person).role_in(body.pk, Role.FIRST_REVIEWER)


def start(
    round_: Round,
    organization: Organization,
    *,
    actor: Person,
    vetoes: Mapping[str, Any] | None = None,
    from_paper: bool = False,
    **how: Unpack[How],
) -> Application:
    """Begin an application as a draft, with the standard and the reviewing body it keeps.

    ``vetoes`` is what was answered before, by check code in JSON form: it stands in the draft, and
    what is not there is asked in it. ``from_paper``: the actor, of the township, types it for a
    unit that has signed (``typed.begin``, which keeps the paper). Raises Refusal when the round
    does not take it: not open, the organization lies in another area, the category is not in the
    round, no body to review it, the organization is barred, a veto is declared, or an application
    of this round is there already.
    """
    entry = round_.categories.filter(category=organization.category).first()
    body = routing.of_round(round_).route(organization).body
    role = _typing_role(body, actor) if from_paper else _applicant_role(organization, actor)
    found = list(_obstacles(round_, organization, role, entry, body))
    if found or role is None or entry is None or body is None:
        raise Refusal(found)
    try:
        with transaction.atomic():
            _refuse_what_is_barred(round_, organization)
            application = _create(entry, organization, body, actor, from_paper=from_paper)
            asked = Asked(actor, **how).by_seat(role, where_held(application, role))
            _record_start(application, asked, role)
            _answer(application, vetoes or {}, actor)
    except IntegrityError as error:
        there = _there(round_, organization)
        told = _typed_by_others(there, actor) if from_paper else _begun_before(there)
        rule = _("每批次每个组织申报一次")
        raise Refusal.because("already_applied", told, rule=rule) from error
    return application


def _refuse_what_is_barred(round_: Round, organization: Organization) -> None:
    """Asked while whoever bars it waits, so that none slips in between."""
    stopping.hold(organization.pk)
    found = bars.keeping_from(round_.opens_at, bars.bars_of(organization)[organization.pk])
    if found:
        raise Refusal(map(words.finding, found))


def _there(round_: Round, organization: Organization) -> Application:
    """The one that its organization has in the round; one that was withdrawn is none."""
    rows = round_.applications.exclude(stage=Stage.WITHDRAWN).select_related("typed_by")
    return rows.get(organization=organization)


def _begun_before(there: Application) -> str:
    """What the unit is told of its own; what has ended waits for nobody to fill it in."""
    if there.is_final:
        return _("本组织在这一批次的申报已经结束，不能再填写；要再申报，请等以后的批次。")
    return _("本组织在这一批次已有申报，请在“申报”中打开它继续填写。")


def _typed_by_others(there: Application, actor: Person) -> str:
    """What a township is told of an application that is there already: who goes on with it."""
    if there.is_final:
        return _("该单位在这一批次的申报已经结束，不能再录入；要再申报，请等以后的批次。")
    if there.typed_by is None or there.taken_over_at is not None:
        return _("该单位在这一批次已有申报，由它自己填写，不用代录。")
    if there.typed_by == actor:
        return _("该单位在这一批次已由您代录，请在“申报”中打开它继续录入。")
    told = _("该单位在这一批次已由%(person)s代录，请由其继续录入。")
    return told % {"person": there.typed_by.full_name}


def _obstacles(
    round_: Round,
    organization: Organization,
    role: Role | None,
    entry: RoundCategory | None,
    body: Organization | None,
) -> Iterable[GateFinding]:
    if role is None:
        yield GateFinding("not_permitted", _("由有权限的人办理"), _("您不能代表这个组织申报。"))
    now = clock.now()
    is_open = round_.opens_at <= now and not clock.is_over(round_.closes_at, now)
    is_taken_in = round_.status == Round.Status.OPEN and is_open
    if not is_taken_in and not extending.runs_for(round_, organization.pk, now):
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
    if body is None:
        yield _no_fitting_body(organization)


def _no_fitting_body(organization: Organization) -> GateFinding:
    """Why neither a rule of the round, nor a superior, nor a default body was found."""
    rule = _("初审机构由批次的初审分工和上级党组织确定")
    elsewhere = reviewing_body(organization)
    if elsewhere is None:
        return GateFinding(
            "no_reviewing_body",
            rule,
            _(
                "没有找到初审机构，请系统管理员录入本组织的上级党组织，"
                "或者请县级经办人在批次的“初审分工”中设默认初审机构。"
            ),
        )
    return GateFinding(
        "reviewing_body_elsewhere",
        rule,
        _("初审机构“%(body)s”不在本县，请系统管理员核对本组织的上级党组织。")
        % {"body": elsewhere.name},
    )


def _create(
    entry: RoundCategory,
    organization: Organization,
    body: Organization,
    actor: Person,
    *,
    from_paper: bool,
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
        created_at=now,
        created_by=actor,
        typed_by=actor if from_paper else None,
    )
    held = holder(application)
    application.holder_role = held.role or ""
    application.holder_organization_id = held.organization_id
    application.save()
    application.term = stage_terms.begun(Case(application, actor=actor, now=now))
    application.save(update_fields=["term"])
    return application


def _answer(application: Application, vetoes: Mapping[str, Any], actor: Person) -> None:
    """What was answered before is the answer in the draft; what is no veto is passed over."""
    if not vetoes:
        return
    case = Case(application, actor=actor)
    asked = {check.code: check for check in case.standard.checks if check.document}
    answered = {code: value for code, value in vetoes.items() if code in asked}
    if found := declared_vetoes(case, answered):
        raise Refusal(found)
    by_item: dict[str, dict[str, Any]] = defaultdict(dict)
    for code, value in answered.items():
        by_item[asked[code].item_code][code] = value
    for code, said in by_item.items():
        item = items.known(application.standard_id, code)
        item_answers.save(case, item, Sent(said), actor=actor)


def _record_start(application: Application, asked: Asked, role: Role) -> None:
    decision = Decision.objects.create(
        application=application,
        transition="start",
        to_stage=application.stage,
        **asked.on_record,
        actor_role=role,
        at=application.created_at,
    )
    passed.send(sender=Decision, passage=Passed(application, decision, asked.actor))
    events.append(entry_of(decision))
