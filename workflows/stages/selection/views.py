"""Pages of the meeting that chooses: its sheet, its record, and how a round stands."""

from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from designation.announcements.looking import look
from designation.applications.models import Stage
from designation.organizations import names
from designation.organizations.requests import PersonRequest
from designation.rounds.models import RoundCategory
from designation.rounds.rules import may_manage
from designation.site import seen_whole
from designation.site.creating import create
from designation.site.pages import REFUSED
from designation.site.refusal import Refusal

from ...by_form import by_form
from . import choosing, papers, sheet, standing
from .candidates import Candidates, offered
from .choosing import NotDecided
from .forms import SelectionForm, votes_typed
from .scoping import categories_to_choose_in, read_selections, rounds_chosen_in


@login_required
@require_GET
def round_page(request: PersonRequest, round_id: int) -> HttpResponse:
    """How the choosing of each category stands. Four statements, whatever the numbers."""
    rounds = rounds_chosen_in(request.user).select_related("jurisdiction")
    round_ = get_object_or_404(rounds, pk=round_id)
    context = {
        "round": round_,
        "categories": standing.of_categories(round_),
        "may_record": may_manage(request.user, round_),
    }
    return render(request, "selection/round.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def compose(request: PersonRequest, round_id: int, category: str) -> HttpResponse:
    """The sheet that lies before the meeting, and the form in which its result is recorded."""
    entries = categories_to_choose_in(request.user).filter(round=round_id)
    entry = get_object_or_404(entries, category=category)
    candidates = Candidates(entry)
    if request.method == "POST":
        listed = [case.application.pk for case in candidates.cases]
        candidates = Candidates(entry, votes_typed(request.POST, listed))
    if "order" in request.POST:
        return _sheet(request, SelectionForm(candidates, typed=request.POST))
    if request.method == "GET":
        return _sheet(request, SelectionForm(candidates))
    form = SelectionForm(candidates, request.POST)
    try:
        address = create(request, form, lambda form: _recorded(request, entry, form))
    except NotDecided as refused:
        # By then the list may be another one.
        form = SelectionForm(Candidates(entry, candidates.votes), request.POST)
        form.is_valid()
        form.tell(refused)
    except Refusal as refused:
        form.add_error(None, str(refused))
    else:
        if address:
            messages.success(request, _("择优结果已登记，已通知各申报单位。下一步：拟定公示。"))
            return redirect(address)
    return _sheet(request, form)


def _sheet(request: PersonRequest, form: SelectionForm) -> HttpResponse:
    candidates = form.candidates
    lines = sheet.lines(candidates, form)
    names.read([line.application.organization for line in lines])
    context = {
        "round": candidates.entry.round,
        "entry": candidates.entry,
        "figures": sheet.named_in_words([candidates.entry])[candidates.entry.pk],
        "candidates": candidates,
        "form": form,
        "lines": lines,
        "interested": candidates.interested(request.user),
        "seen": seen_whole.as_shown(offered(candidates.entry)),
    }
    return render(
        request, "selection/compose.html", context, status=REFUSED if form.is_refused else 200
    )


def _recorded(request: PersonRequest, entry: RoundCategory, form: SelectionForm) -> str:
    selection = choosing.record(
        entry,
        form.meeting(),
        form.said(),
        seen=request.POST,
        **by_form(request),
    )
    return reverse("selections:meeting", args=[selection.pk])


@login_required
@require_GET
def meeting(request: PersonRequest, pk: int) -> HttpResponse:
    """The record of a meeting, as it was written down."""
    rows = read_selections(request.user).select_related(
        "round__jurisdiction", "recorded_by", "acted_for"
    )
    selection = get_object_or_404(rows, pk=pk)
    look(selection, request.user)
    rule = sheet.rule_as_it_was(selection)
    rows_then = sheet.rows_as_they_were(selection, rule["figures"])
    decided = [row.application.organization for row, _figures in rows_then]
    names.read([*names.who_acted([selection]), *decided])
    awaits_notice = any(row.application.stage == Stage.CHOSEN for row, _figures in rows_then)
    context = {
        "selection": selection,
        "round": selection.round,
        "rows": rows_then,
        "rule": rule,
        "may_compose": awaits_notice and may_manage(request.user, selection.round),
    }
    return render(request, "selection/meeting.html", context)


@login_required
@require_GET
def meeting_sheet(request: PersonRequest, pk: int) -> FileResponse:
    """The record of a meeting on paper, to be signed."""
    rows = read_selections(request.user).select_related("round__jurisdiction")
    selection = get_object_or_404(rows, pk=pk)
    return FileResponse(
        BytesIO(papers.sheet_pdf(selection)),
        filename=papers.file_name(selection),
        content_type="application/pdf",
    )
