"""Pages of those who take notices and objections through their steps."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.applications.models import Stage
from designation.organizations.models import NOTICE_ROLES, Person, Role
from designation.organizations.requests import PersonRequest
from designation.organizations.rules import seats
from designation.rounds.models import Round

from ... import transitions
from ...cases import Case
from ...findings import GateFinding
from ...flow import Course
from . import notices, objections
from .forms import EnteredObjectionForm, HandlingForm, NoticeForm
from .models import Notice, NoticeEntry, Objection
from .text import names_on

REFUSED = 422
PAGE_SIZE = 25
MOST_OBJECTIONS = 100
_UNFINISHED = (Objection.Status.RECEIVED, Objection.Status.ACCEPTED)


def _areas(person: Person, *roles: Role) -> Q:
    condition = Q(pk__in=())
    for area in seats(person).areas(*roles):
        condition |= Q(round__jurisdiction__code__startswith=area)
    return condition


def notices_in_scope(person: Person) -> QuerySet[Notice]:
    """Notices of the rounds of one's own area, for those who handle notices."""
    return Notice.objects.filter(_areas(person, *NOTICE_ROLES)).select_related(
        "round__jurisdiction",
        "proposed_by",
        "secrecy_reviewed_by",
        "approved_by",
        "published_by",
        "register_closed_by",
    )


def _objections_in_scope(person: Person) -> QuerySet[Objection]:
    condition = Q(pk__in=())
    for area in seats(person).areas(Role.OBJECTION_OFFICER):
        condition |= Q(entry__application__area_code__startswith=area)
    return Objection.objects.filter(condition).select_related(
        "entry__notice__round__jurisdiction",
        "entry__application__organization",
        "entry__application__round",
        "handled_by",
        "closed_by",
        "identity",
    )


@login_required
@require_GET
def desk(request: PersonRequest) -> HttpResponse:
    """Seven to nine statements, by the roles held, whatever the number of notices."""
    if not seats(request.user).handles_notices:
        raise Http404
    in_scope = notices_in_scope(request.user).order_by("-pk")
    counted = in_scope.annotate(names=Count("entries", filter=Q(entries__dropped_at__isnull=True)))
    rounds = Round.objects.filter(_round_areas(request.user, Role.COUNTY_COORDINATOR)).annotate(
        verified=Count("applications", filter=Q(applications__stage=Stage.VERIFIED))
    )
    # A round that takes no more applications still brings those under way to their end.
    rounds = rounds.filter(Q(status=Round.Status.OPEN) | Q(verified__gt=0))
    awaiting = Round.objects.filter(
        _round_areas(request.user, Role.DECIDING_OFFICER),
        applications__stage=Stage.AWAITING_DESIGNATION,
    ).distinct()
    return render(
        request,
        "notices/desk.html",
        {
            "page": Paginator(counted, PAGE_SIZE).get_page(request.GET.get("page")),
            "rounds": rounds,
            "awaiting": awaiting,
            "objections": _objections_in_scope(request.user)
            .annotate(unfinished=Q(status__in=_UNFINISHED))
            .order_by("-unfinished", "-pk")[:MOST_OBJECTIONS],
            "handles_objections": Role.OBJECTION_OFFICER in seats(request.user).roles,
        },
    )


def _round_areas(person: Person, role: Role) -> Q:
    condition = Q(pk__in=())
    for area in seats(person).areas(role):
        condition |= Q(jurisdiction__code__startswith=area)
    return condition


@login_required
@require_http_methods(["GET", "POST"])
def compose(request: PersonRequest, round_id: int) -> HttpResponse:
    round_ = get_object_or_404(
        Round.objects.filter(_round_areas(request.user, Role.COUNTY_COORDINATOR)), pk=round_id
    )
    form = NoticeForm(notices.eligible(round_), request.POST or None, initial=_prefilled(round_))
    if request.method == "POST" and form.is_valid():
        try:
            notice = notices.propose(round_, form.cleaned_data, form.chosen(), actor=request.user)
        except transitions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("公示已提出，请保密审查人审查。"))
            return redirect("notices:manage", notice.pk)
    return render(
        request,
        "notices/compose.html",
        {"round": round_, "form": form},
        status=REFUSED if form.errors else 200,
    )


def _prefilled(round_: Round) -> dict[str, Any]:
    """What the round knows, or what a discarded draft already said."""
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
    notice = get_object_or_404(notices_in_scope(request.user), pk=pk)
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
    shared, apart = (
        _publishing_findings(notice, entries, request.user)
        if notice.status == Notice.Status.DRAFT
        else ([], [])
    )
    context = {
        "notice": notice,
        "entries": [(entry, objections.may_be_entered(entry)) for entry in entries],
        "shared_findings": shared,
        "findings": apart,
        "may": {
            step: notices.may(notice, request.user, role) for step, (role, _do) in STEPS.items()
        },
        "objections": Objection.objects.filter(entry__notice=notice).select_related(
            "entry__application__organization"
        ),
    }
    return render(request, "notices/manage.html", context | extra, status=status)


def _publishing_findings(
    notice: Notice, entries: list[NoticeEntry], person: Person
) -> tuple[list[GateFinding], list[tuple[NoticeEntry, list[GateFinding]]]]:
    """What keeps the whole notice back, and what keeps back one application on it.

    A statement for each category, whatever the number of names.
    """
    actor = person if notices.may(notice, person, Role.NOTICE_PUBLISHER) else None
    places: dict[str, int] = {}
    found = []
    for entry in entries:
        case = Case(entry.application, actor=actor)
        case.notice_entry = entry
        if entry.application.category in places:
            case.category_places_left = places[entry.application.category]
        places[entry.application.category] = case.category_places_left
        found.append((entry, Course(case).gate("publish").findings))
    shared = [
        finding
        for finding in (found[0][1] if found else ())
        if all(finding in findings for _entry, findings in found)
    ]
    apart = [(entry, [one for one in findings if one not in shared]) for entry, findings in found]
    return shared, [(entry, findings) for entry, findings in apart if findings]


STEPS: dict[str, tuple[Role, Callable[..., Any]]] = {
    "secrecy": (Role.SECRECY_REVIEWER, notices.review_secrecy),
    "approve": (Role.DECIDING_OFFICER, notices.approve),
    "publish": (Role.NOTICE_PUBLISHER, notices.publish),
    "discard": (Role.COUNTY_COORDINATOR, notices.discard),
    "close-register": (Role.OBJECTION_OFFICER, notices.close_register),
}


@login_required
@require_POST
def step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """One of the steps, each by its own role; or the draft taken back."""
    notice = get_object_or_404(notices_in_scope(request.user), pk=pk)
    if step not in STEPS:
        raise Http404
    role, carry_out = STEPS[step]
    if not notices.may(notice, request.user, role):
        raise Http404
    try:
        carry_out(notice, actor=request.user)
    except transitions.Refused as refused:
        return _manage_page(request, pk, REFUSED, refused=refused.findings)
    messages.success(request, _("已办理。"))
    return redirect("notices:manage", pk)


@login_required
@require_http_methods(["GET", "POST"])
def objection(request: PersonRequest, pk: int) -> HttpResponse:
    """Accept or refuse, then close with a finding."""
    found = get_object_or_404(_objections_in_scope(request.user), pk=pk)
    form = HandlingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _handle(found, request.POST.get("act", ""), form.cleaned_data["reason"], request.user)
        except transitions.Refused as refused:
            form.add_error(None, str(refused))
            # What was tried stands on the object; show what stands in the record.
            found.refresh_from_db()
        else:
            messages.success(request, _("异议已办理。"))
            return redirect("notices:objection", pk)
    return render(
        request,
        "notices/objection.html",
        {"objection": found, "form": form},
        status=REFUSED if form.errors else 200,
    )


def _handle(found: Objection, act: str, reason: str, actor: Person) -> None:
    if act == "accept":
        objections.accept(found, reason=reason, actor=actor)
    elif act == "refuse":
        objections.refuse(found, reason=reason, actor=actor)
    elif act == "dismiss":
        objections.dismiss(found, finding=reason, actor=actor)
    elif act in ("uphold", "reverify"):
        objections.uphold(found, finding=reason, reverify=act == "reverify", actor=actor)
    else:
        raise Http404


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: PersonRequest, entry_id: int) -> HttpResponse:
    """Enter an objection that came by phone, letter, e-mail or visit."""
    entry = get_object_or_404(
        NoticeEntry.objects.select_related("notice", "application__organization").filter(
            _entry_areas(request.user)
        ),
        pk=entry_id,
    )
    form = EnteredObjectionForm(entry, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = objections.raise_objection(
                entry,
                facts=form.cleaned_data["facts"],
                identity=form.identity(),
                channel=form.cleaned_data["channel"],
                actor=request.user,
                receipt_code=form.receipt_code(),
                received_at=form.cleaned_data["received_at"],
            )
        except transitions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("异议已登记。"))
            return redirect("notices:objection", found.pk)
    return render(
        request,
        "notices/enter.html",
        {"entry": entry, "form": form},
        status=REFUSED if form.errors else 200,
    )


def _entry_areas(person: Person) -> Q:
    condition = Q(pk__in=())
    for area in seats(person).areas(Role.OBJECTION_OFFICER):
        condition |= Q(application__area_code__startswith=area)
    return condition


@never_cache
@login_required
@require_POST
def identity(request: PersonRequest, pk: int) -> HttpResponse:
    """Who objected: shown once, and recorded."""
    found = get_object_or_404(_objections_in_scope(request.user), pk=pk)
    context: dict[str, Any] = {"objection": found, "form": HandlingForm()}
    try:
        context["identity"] = objections.identity(found, actor=request.user)
    except transitions.Refused as refused:
        messages.error(request, str(refused))
    return render(request, "notices/objection.html", context)
