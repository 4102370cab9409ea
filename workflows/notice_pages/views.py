"""Pages of those who take notices through their steps, with the objections to them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.applications.models import Stage
from designation.organizations import names
from designation.organizations.models import Person, Role
from designation.organizations.requests import PersonRequest
from designation.organizations.rules import seats
from designation.rounds.models import Round
from designation.site import seen_whole
from designation.site.creating import create
from designation.site.lists import listing
from designation.site.pages import REFUSED
from designation.site.refusal import Refusal
from standards.language import of_the_record

from .. import door
from ..case.facts import Case
from ..findings import GateFinding
from ..stages.objections import objections
from ..stages.objections.models import Objection
from ..stages.public_notice import notices, steps
from ..stages.public_notice.facts import Noticed
from ..stages.public_notice.forms import NoticeForm, SendBackForm
from ..stages.public_notice.models import Notice, NoticeEntry, NoticeStep
from ..stages.public_notice.scoping import handled_notices
from ..stages.public_notice.text import names_on
from ..stages.public_notice.vacancies import with_notice_vacancies
from .filters import NoticeFilters

MOST_OBJECTIONS = 100
# No key of ours has more digits.
_UNFINISHED = (Objection.Status.RECEIVED, Objection.Status.ACCEPTED)


def notices_in_scope(person: Person) -> QuerySet[Notice]:
    """Notices of the rounds of one's own area, for those who handle notices."""
    return handled_notices(person).select_related(
        "round__jurisdiction",
        "proposed_by",
        "secrecy_reviewed_by",
        "approved_by",
        "published_by",
        "register_closed_by",
    )


@login_required
@require_GET
def desk(request: PersonRequest) -> HttpResponse:
    """Seven to nine statements, by the roles held, whatever the number of notices."""
    if not seats(request.user).handles_notices:
        raise Http404
    in_scope = notices_in_scope(request.user).order_by("-pk")
    counted = in_scope.annotate(names=Count("entries", filter=Q(entries__dropped_at__isnull=True)))
    rounds = _rounds(request.user, Role.COUNTY_COORDINATOR).annotate(
        verified=Count("applications", filter=Q(applications__stage=Stage.VERIFIED))
    )
    # A round that takes no more applications still brings those under way to their end.
    rounds = rounds.filter(Q(status=Round.Status.OPEN) | Q(verified__gt=0))
    awaiting = (
        _rounds(request.user, Role.DECIDING_OFFICER)
        .filter(applications__stage=Stage.AWAITING_DESIGNATION)
        .distinct()
    )
    found = listing(request, NoticeFilters, with_notice_vacancies(counted))
    return render(
        request,
        "public_notice/desk.html",
        found.context
        | {
            "awaited": {notice.pk: steps.waits_for(notice) for notice in found.page},
            "rounds": rounds,
            "awaiting": awaiting,
            "objections": objections.in_scope(request.user)
            .select_related("entry__application__organization")
            .annotate(unfinished=Q(status__in=_UNFINISHED))
            .order_by("-unfinished", "-pk")[:MOST_OBJECTIONS],
            "handles_objections": Role.OBJECTION_OFFICER in seats(request.user).roles,
        },
    )


def _rounds(person: Person, role: Role) -> QuerySet[Round]:
    return Round.objects.filter(seats(person).within("jurisdiction__code", role))


@login_required
@require_http_methods(["GET", "POST"])
def compose(request: PersonRequest, round_id: int) -> HttpResponse:
    round_ = get_object_or_404(_rounds(request.user, Role.COUNTY_COORDINATOR), pk=round_id)
    form = NoticeForm(notices.eligible(round_), request.POST or None, initial=_prefilled(round_))
    if request.method == "POST":

        def propose(form: NoticeForm) -> str:
            notice = notices.propose(
                round_, form.cleaned_data, form.chosen(), actor=request.user, seen=request.POST
            )
            return reverse("notices:manage", args=[notice.pk])

        if address := create(request, form, propose, refusals=(Refusal,)):
            messages.success(request, _("公示已提出，请保密审查人审查。"))
            return redirect(address)
    return render(
        request,
        "public_notice/compose.html",
        {
            "round": round_,
            "form": form,
            "seen": seen_whole.as_shown(notices.to_be_listed(round_)),
        },
        status=REFUSED if form.errors else 200,
    )


@of_the_record()
def _prefilled(round_: Round) -> dict[str, Any]:
    """What the round knows, or what a discarded draft already said; it is to be published."""
    listed = {"applications": [str(row.pk) for row in notices.eligible(round_)]}
    discarded = notices.last_discarded(round_)
    if discarded is not None:
        return listed | {name: getattr(discarded, name) for name in notices.PRINTED_FIELDS}
    return listed | {
        "title": _("关于拟命名示范点名单的公示"),
        "basis": _("根据%(document)s，开展%(round)s。")
        % {"document": round_.approval_document_number, "round": round_.name},
        "procedure": _("经组织自评、上级党组织初审、县级实地核验，并经会议研究，现予公示。"),
        "contact_unit": round_.contact_unit or round_.managing_office,
        "contact_phone": round_.contact_phone,
        "contact_email": round_.contact_email,
        "contact_address": round_.contact_address,
    }


@login_required
@require_GET
def manage(request: PersonRequest, pk: int) -> HttpResponse:
    return _manage_page(request, pk)


def _manage_page(request: PersonRequest, pk: int, status: int = 200, **extra: Any) -> HttpResponse:
    notice = get_object_or_404(with_notice_vacancies(notices_in_scope(request.user)), pk=pk)
    listed = (
        notice.entries.filter(dropped_at__isnull=True)
        if notice.status == Notice.Status.DRAFT
        else names_on(notice)
    )
    entries = list(
        listed.select_related(
            "notice", "application__organization__jurisdiction", "application__round__jurisdiction"
        )
    )
    in_force = [entry for entry in entries if entry.dropped_at is None]
    shared, apart = (
        _publishing_findings(entries) if notice.status == Notice.Status.DRAFT else ([], [])
    )
    interests = list(steps.interested_in(request.user, in_force))
    signed = (notice.proposed_by, notice.secrecy_reviewed_by, notice.approved_by)
    history = _history(notice)
    taken = (step.actor for step, _withdrawn in history)
    names.read((*signed, notice.published_by, notice.register_closed_by, *taken))
    context = {
        "notice": notice,
        "entries": _with_hearing(request.user, entries),
        "shared_findings": shared,
        "findings": apart,
        "may": {
            step: steps.may(notice, request.user, steps.ROLES[act])
            for step, (act, _do) in STEPS.items()
        },
        "roles": {act: role.label for act, role in steps.ROLES.items()},
        "shut": {
            step: _shut(notice, request.user, act, interests)
            for step, (act, _do) in STEPS.items()
            if act in steps.SIGNED
        },
        "may_send_back": in_force and steps.sends_back_as(notice, request.user, interests),
        "awaited": steps.awaited(notice),
        "send_back_form": SendBackForm(),
        "history": history,
        "seen": seen_whole.as_shown(notices.state(notice)),
        "objections": objections.in_scope(request.user)
        .filter(entry__notice=notice)
        .select_related("entry__application__organization"),
    }
    return render(request, "public_notice/manage.html", context | extra, status=status)


def _with_hearing(
    person: Person, entries: list[NoticeEntry]
) -> list[tuple[NoticeEntry, bool, bool]]:
    """Each name, whether an objection to it may be entered, and whether it is theirs to hear."""
    if Role.OBJECTION_OFFICER not in seats(person).roles:
        return [(entry, objections.may_be_entered(entry), False) for entry in entries]
    mine = objections.entries_to_enter(person).filter(pk__in=[entry.pk for entry in entries])
    heard = set(mine.values_list("pk", flat=True))
    return [(entry, objections.may_be_entered(entry), entry.pk in heard) for entry in entries]


def _shut(
    notice: Notice, person: Person, act: steps.Act, interests: list[GateFinding]
) -> list[GateFinding]:
    """Why the button of a step is shut; what publishing waits for is listed below it, once."""
    found = steps.why_not(notice, person, act, interests)
    waits = act == steps.Act.PUBLISHED
    return [one for one in found if not (waits and one.code == "not_its_turn")]


def _history(notice: Notice) -> list[tuple[NoticeStep, bool]]:
    """Every step ever taken, the newest first, and whether it was withdrawn since."""
    taken = list(notice.steps.select_related("actor"))
    last = max((n for n, one in enumerate(taken) if one.act == "sent_back"), default=-1)
    withdrawn = [n < last and one.act != "sent_back" for n, one in enumerate(taken)]
    return list(zip(taken, withdrawn, strict=True))[::-1]


def _publishing_findings(
    entries: list[NoticeEntry],
) -> tuple[list[GateFinding], list[tuple[NoticeEntry, list[GateFinding]]]]:
    """What keeps the whole notice back, and what keeps back one application on it.

    What keeps back the person who would publish stands at the button. A statement for each
    category, whatever the number of names.
    """
    places: dict[str, int] = {}
    found = []
    for entry in entries:
        case = Case(entry.application)
        Noticed.of(case).entry = entry
        if entry.application.category in places:
            Noticed.of(case).places_left = places[entry.application.category]
        places[entry.application.category] = Noticed.of(case).places_left
        found.append((entry, door.findings("application.publish", case)))
    shared = [
        finding
        for finding in (found[0][1] if found else ())
        if all(finding in findings for _entry, findings in found)
    ]
    apart = [(entry, [one for one in findings if one not in shared]) for entry, findings in found]
    return shared, [(entry, findings) for entry, findings in apart if findings]


STEPS: dict[str, tuple[steps.Act, Callable[..., Any]]] = {
    "secrecy": (steps.Act.SECRECY_REVIEWED, notices.review_secrecy),
    "approve": (steps.Act.APPROVED, notices.approve),
    "publish": (steps.Act.PUBLISHED, notices.publish),
    "discard": (steps.Act.DISCARDED, notices.discard),
    "close-register": (steps.Act.REGISTER_CLOSED, notices.close_register),
}


@login_required
@require_POST
def step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """One of the steps, each by its own role; or the draft taken back."""
    notice = get_object_or_404(notices_in_scope(request.user), pk=pk)
    if step not in STEPS:
        raise Http404
    act, carry_out = STEPS[step]
    if not steps.may(notice, request.user, steps.ROLES[act]):
        raise Http404
    try:
        carry_out(notice, actor=request.user, seen=request.POST)
    except Refusal as refused:
        return _manage_page(request, pk, REFUSED, refused=refused.findings)
    messages.success(request, _("已办理。"))
    return redirect("notices:manage", pk)


@login_required
@require_POST
def send_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Back to the coordinator, with the reason; a refused reason stays in its field."""
    notice = get_object_or_404(notices_in_scope(request.user), pk=pk)
    roles = [steps.ROLES[act] for act in steps.SENDING_BACK]
    if not any(steps.may(notice, request.user, role) for role in roles):
        raise Http404
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _manage_page(request, pk, REFUSED, send_back_form=form)
    try:
        notices.send_back(
            notice,
            reason=form.cleaned_data["reason"],
            actor=request.user,
            seen=request.POST,
        )
    except Refusal as refused:
        return _manage_page(request, pk, REFUSED, refused=refused.findings, send_back_form=form)
    messages.success(request, _("公示已退回，由县级经办人修改后重新提出，或者作废。"))
    return redirect("notices:manage", pk)


@login_required
@require_http_methods(["GET", "POST"])
def mend(request: PersonRequest, pk: int) -> HttpResponse:
    """The coordinator mends a notice that was sent back, and proposes it anew."""
    within = _rounds(request.user, Role.COUNTY_COORDINATOR)
    notice = get_object_or_404(notices_in_scope(request.user), pk=pk, round__in=within)
    if request.method == "GET" and notice.sent_back_at is None:
        raise Http404
    standing = [entry.application for entry in steps.names_in_force(notice)]
    listed = [*standing, *notices.eligible(notice.round)]
    initial = {name: getattr(notice, name) for name in notices.PRINTED_FIELDS}
    initial["applications"] = [str(row.pk) for row in standing]
    form = NoticeForm(listed, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            notices.propose_again(
                notice,
                form.cleaned_data,
                form.chosen(),
                actor=request.user,
                seen=request.POST,
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("公示已重新提出，请保密审查人审查。"))
            return redirect("notices:manage", notice.pk)
    history = list(notice.steps.select_related("actor"))
    names.read(step.actor for step in history)
    return render(
        request,
        "public_notice/compose.html",
        {
            "round": notice.round,
            "form": form,
            "notice": notice,
            "sent_back": next((one for one in reversed(history) if one.act == "sent_back"), None),
            "seen": seen_whole.as_shown(notices.to_mend(notice)),
        },
        status=REFUSED if form.errors else 200,
    )
