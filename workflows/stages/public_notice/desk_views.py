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
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.applications.models import Stage
from designation.organizations import names
from designation.organizations.models import NOTICE_ROLES, Person, Role
from designation.organizations.requests import PersonRequest
from designation.organizations.rules import seats
from designation.rounds.models import Round
from standards.language import of_the_record

from ... import transitions
from ...cases import Case
from ...findings import GateFinding
from ...flow import Course
from . import notices, objections
from .forms import NoticeForm
from .models import Notice, NoticeEntry, Objection
from .text import names_on

REFUSED = 422
PAGE_SIZE = 25
MOST_OBJECTIONS = 100
_UNFINISHED = (Objection.Status.RECEIVED, Objection.Status.ACCEPTED)


def notices_in_scope(person: Person) -> QuerySet[Notice]:
    """Notices of the rounds of one's own area, for those who handle notices."""
    mine = seats(person).within("round__jurisdiction__code", *NOTICE_ROLES)
    return Notice.objects.filter(mine).select_related(
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
    return render(
        request,
        "notices/desk.html",
        {
            "page": Paginator(counted, PAGE_SIZE).get_page(request.GET.get("page")),
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
    signed = (notice.proposed_by, notice.secrecy_reviewed_by, notice.approved_by)
    names.read((*signed, notice.published_by, notice.register_closed_by))
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
