"""Pages of replays: what was tried, trying something, how far it is, what came of it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.organizations.requests import PersonRequest
from designation.rounds.models import RoundCategory
from designation.site.creating import create
from designation.site.jobs import pages
from designation.site.jobs.models import State
from designation.site.lists import listing
from designation.site.pages import CARDS_A_PAGE, LINES_A_PAGE, status_of
from designation.site.refusal import Refusal
from standards import catalogue
from standards.models import StandardVersion
from standards.printing import spreadsheets
from workflows.case.scoping import visible_applications

from . import exports, requesting, results
from .filters import EntryFilters, FlipFilters, ReplayFilters
from .forms import ReplayForm
from .models import Replay, ReplayFlip
from .queries import with_counts
from .scoping import (
    entries_to_replay,
    replays_standards,
    versions_to_try,
    visible_replays,
)


def _makers_only(request: PersonRequest) -> None:
    if not replays_standards(request.user):
        raise Http404


@login_required
@require_GET
def replay_list(request: PersonRequest) -> HttpResponse:
    _makers_only(request)
    rows = visible_replays(request.user).select_related("entry__round", "version", "job__asked_by")
    found = listing(request, ReplayFilters, rows, size=CARDS_A_PAGE)
    return render(request, "replays/list.html", found.context)


@login_required
@require_GET
def choose(request: PersonRequest) -> HttpResponse:
    """Which round and category; narrowed by the round or the version that one comes from."""
    _makers_only(request)
    rows = with_counts(entries_to_replay(request.user)).select_related("round", "standard")
    found = listing(request, EntryFilters, rows, few=True)
    context = {"entries": found.page, "version": found.filters.chosen("version")}
    return render(request, "replays/choose.html", found.context | context)


@login_required
@require_http_methods(["GET", "POST"])
def begin(request: PersonRequest, pk: int) -> HttpResponse:
    """The version to try, with its thresholds to change."""
    entry = get_object_or_404(
        entries_to_replay(request.user).select_related("round__jurisdiction", "standard"), pk=pk
    )
    versions = list(versions_to_try(request.user, entry))
    version = _chosen(request, versions, entry)
    form = ReplayForm(
        catalogue.read(version), request.POST or None, is_own=version.pk == entry.standard_id
    )
    if request.method == "POST":

        def begin(form: ReplayForm) -> str:
            replay = requesting.request(
                entry,
                version,
                thresholds=form.thresholds,
                basis=form.cleaned_data["basis"],
                actor=request.user,
            )
            return reverse("replays:detail", args=[replay.pk])

        if address := create(request, form, begin, refusals=(Refusal,)):
            return redirect(address)
    context = {"entry": entry, "versions": versions, "version": version, "form": form}
    return render(request, "replays/begin.html", context, status=status_of(form.errors))


def _chosen(
    request: PersonRequest, versions: list[StandardVersion], entry: RoundCategory
) -> StandardVersion:
    """The version asked for; without one, the round's own. One that is not offered is 404."""
    asked = request.POST.get("version") or request.GET.get("version")
    if not asked:
        return entry.standard
    found = next((version for version in versions if str(version.pk) == asked), None)
    if found is None:
        raise Http404
    return found


@login_required
@require_GET
def detail(request: PersonRequest, pk: int) -> HttpResponse:
    """How far it is, or what came of it. While it runs the page asks again for its progress."""
    replay = _replay_or_404(request, pk)
    if getattr(request, "htmx", False):
        return pages.progress(request, replay.job, reverse("replays:detail", args=[pk]))
    context: dict[str, Any] = {"replay": replay, "changed": _changed(replay)}
    if replay.job.state == State.DONE:
        context |= _result(request, replay)
    return render(request, "replays/detail.html", context)


def _replay_or_404(request: PersonRequest, pk: int) -> Replay:
    replays = visible_replays(request.user).select_related(
        "entry__round__jurisdiction", "entry__standard", "version", "job__asked_by"
    )
    return get_object_or_404(replays, pk=pk)


def _changed(replay: Replay) -> list[tuple[str, Any]]:
    return sorted(replay.thresholds.items())


def _result(request: PersonRequest, replay: Replay) -> dict[str, Any]:
    result = results.of(replay.result)
    flips = replay.flips.select_related("application__organization")
    rules = results.rules_by_code(result.checks)
    found = listing(request, FlipFilters, flips, size=LINES_A_PAGE, checks=rules)
    return found.context | {
        "result": result,
        "rows": _rows(request, found.page, rules),
        "turn": found.filters.chosen("turn"),
        "check": found.filters.chosen("check"),
    }


def _rows(
    request: PersonRequest, flips: Iterable[ReplayFlip], rules: dict[str, str]
) -> list[dict[str, Any]]:
    """The flips of a page; ``seen`` where the person may open the case itself."""
    shown = list(flips)
    seen = set(
        visible_applications(request.user)
        .filter(pk__in=[flip.application_id for flip in shown])
        .values_list("pk", flat=True)
    )
    return [
        {
            "flip": flip,
            "seen": flip.application_id in seen,
            "checks": [(code, rules.get(code, "")) for code in flip.check_codes],
        }
        for flip in shown
    ]


@login_required
@require_POST
def cancel(request: PersonRequest, pk: int) -> HttpResponse:
    replay = _replay_or_404(request, pk)
    if not requesting.cancel(replay, actor=request.user):
        messages.warning(request, _("推演已经结束，没有可以取消的。"))
    elif replay.job.is_under_way:
        messages.success(request, _("正在取消：手上这一批做完就停，不留下结果。"))
    else:
        messages.success(request, _("推演已取消。"))
    return redirect("replays:detail", pk)


def _finished_or_404(request: PersonRequest, pk: int, kind: str) -> Replay:
    """A replay to export; taking the names of organizations away is on the record."""
    replay = _replay_or_404(request, pk)
    if replay.job.state != State.DONE:
        raise Http404
    requesting.record_export(replay, file_format=kind, actor=request.user)
    return replay


@login_required
@require_GET
def as_csv(request: PersonRequest, pk: int) -> HttpResponseBase:
    replay = _finished_or_404(request, pk, "csv")
    lines = spreadsheets.csv_lines(exports.organization_rows(replay))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="replay-{pk}.csv"'
    return answer


@login_required
@require_GET
def as_xlsx(request: PersonRequest, pk: int) -> HttpResponseBase:
    replay = _finished_or_404(request, pk, "xlsx")
    try:
        file = exports.workbook(replay)
    except exports.TooManyRows as refused:
        messages.warning(request, str(refused))
        return redirect("replays:detail", pk)
    return FileResponse(
        file, as_attachment=True, filename=f"replay-{pk}.xlsx", content_type=spreadsheets.XLSX
    )
