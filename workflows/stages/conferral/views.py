"""The page on which the deciding officer records the decision and gives the titles."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from designation.applications.models import Application
from designation.organizations.models import Person, Role
from designation.organizations.requests import PersonRequest
from designation.organizations.rules import seats
from designation.rounds.models import Round
from designation.site import seen_whole
from designation.site.creating import create
from designation.site.pages import REFUSED
from designation.site.refusal import Refusal

from ... import door
from ...case import rules
from ...case.facts import Act, Case
from ...case.interests import ties_of
from ...findings import GateFinding
from ..objections.facts import Raised
from ..objections.models import Objection
from ..public_notice.facts import Noticed
from ..public_notice.models import NoticeEntry
from . import decisions
from .forms import DecisionForm

# What the door says about the document itself is shown at the field where it was typed.
_FIELDS = {"document_number_taken": "document_number", "decided_too_early": "decided_on"}


@login_required
@require_http_methods(["GET", "POST"])
def designate(request: PersonRequest, round_id: int) -> HttpResponse:
    within = seats(request.user).within("jurisdiction__code", Role.DECIDING_OFFICER)
    round_ = get_object_or_404(
        Round.objects.filter(within).select_related("jurisdiction"), pk=round_id
    )
    candidates = list(
        decisions.awaiting(round_).select_related(
            "organization__jurisdiction", "round__jurisdiction"
        )
    )
    cases = _cases(candidates, request.user)
    theirs = [case.application for case in cases if rules.is_deciding_officer(case, request.user)]
    initial = {
        "deciding_body": round_.organizer,
        "applications": [str(row.pk) for row in theirs],
    }
    data = request.POST if request.method == "POST" else None
    form = DecisionForm(theirs, data, initial=initial)
    refused: Sequence[GateFinding] = ()
    if request.method == "POST":
        try:
            address = create(request, form, lambda form: _designated(request, round_, form))
        except Refusal as error:
            for finding in error.findings:
                if finding.code in _FIELDS:
                    form.add_error(_FIELDS[finding.code], finding.message)
            refused = [finding for finding in error.findings if finding.code not in _FIELDS]
        else:
            if address:
                messages.success(request, _("已命名并载入名册。"))
                return redirect(address)
    return render(
        request,
        "conferral/designate.html",
        {
            "round": round_,
            "form": form,
            "candidates": candidates,
            "findings": _findings(cases, request.user),
            "refused": refused,
            "seen": seen_whole.as_shown(decisions.listed(candidates)),
        },
        status=REFUSED if form.errors or refused else 200,
    )


def _designated(request: PersonRequest, round_: Round, form: DecisionForm) -> str:
    decision = decisions.designate(
        round_,
        form.chosen(),
        document_number=form.cleaned_data["document_number"],
        decided_on=form.cleaned_data["decided_on"],
        deciding_body=form.cleaned_data["deciding_body"],
        actor=request.user,
        seen=request.POST,
    )
    return f"{reverse('register:list')}?decision={decision.pk}"


def _cases(candidates: list[Application], person: Person) -> list[Case]:
    """Each with what ties people to it: one statement, whatever the number of names."""
    ties = ties_of([row.pk for row in candidates]) if candidates else {}
    cases = [Case(row, actor=person, act=Act(decision_id=0)) for row in candidates]
    for case in cases:
        case.ties = ties[case.application.pk]
    return cases


def _findings(cases: list[Case], person: Person) -> list[tuple[Application, object]]:
    """Why an application may not be designated yet; the document itself is asked in the form.

    Who has to step aside from one is told that, and nothing else of it. Two statements, and one
    for each notice, whatever the number of names.
    """
    candidates = [case.application for case in cases]
    standing = NoticeEntry.objects.filter(application__in=candidates, dropped_at__isnull=True)
    entries = {row.application_id: row for row in standing.select_related("notice__round")}
    raised: dict[int, list[Objection]] = {row.pk: [] for row in candidates}
    against = Objection.objects.filter(entry__application__in=candidates)
    for objection in against.select_related("entry").order_by("pk"):
        raised[objection.entry.application_id].append(objection)
    unchanged: dict[int, bool] = {}
    found: list[tuple[Application, object]] = []
    for case in cases:
        row = case.application
        if not rules.is_deciding_officer(case, person):
            found.append((row, [_recusal()]))
            continue
        noticed, entry = Noticed.of(case), entries.get(row.pk)
        noticed.entry, Raised.of(case).objections = entry, raised[row.pk]
        if entry is not None:
            if entry.notice_id in unchanged:
                noticed.is_unchanged = unchanged[entry.notice_id]
            unchanged[entry.notice_id] = noticed.is_unchanged
        found.append((row, door.findings("application.designate", case)))
    return [(row, findings) for row, findings in found if findings]


def _recusal() -> GateFinding:
    return GateFinding(
        "interested",
        _("与申报有关的人回避"),
        _("您来自申报单位，或者参与过填报、办理过对它的异议，应当回避，请由其他审定人办理。"),
    )
