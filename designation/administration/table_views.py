"""Pages of the county's table: the template, a file brought in, its preview, its acceptance."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.site import seen_whole
from designation.site.creating import create
from designation.site.jobs import pages
from designation.site.lists import listing
from designation.site.pages import LINES_A_PAGE, REFUSED, status_of
from designation.site.refusal import Refusal
from standards.printing.spreadsheets import XLSX

from ..accounts.reauthentication_views import asks_again
from ..organizations.requests import PersonRequest
from .filters import RowFilters, TableFilters
from .forms import TableForm
from .models import CountyTable
from .tables import accepting, bringing, parts, setting_aside, shown
from .tables import template as templates
from .tables.parts import ENTRIES, SEATS, TITLES, Part
from .tables.reading import Unreadable

_ACCEPTED_AT = ((ENTRIES, "table_accept"), (SEATS, "table_seats"), (TITLES, "table_titles"))


@login_required
@require_GET
def table_list(request: PersonRequest) -> HttpResponse:
    found = listing(request, TableFilters, parts.shown(request.user))
    context = {"may_bring": parts.brings(request.user)}
    return render(request, "administration/tables.html", found.context | context)


@login_required
@require_GET
def template(request: PersonRequest) -> FileResponse:
    """The .xlsx to fill in."""
    parts.shown(request.user)
    return FileResponse(
        BytesIO(templates.file()),
        as_attachment=True,
        filename=f"{templates.title()}.xlsx",
        content_type=XLSX,
    )


@login_required
@require_http_methods(["GET", "POST"])
def table_add(request: PersonRequest) -> HttpResponse:
    if not parts.brings(request.user):
        raise Http404
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST":

        def keep(form: TableForm) -> str:
            file = form.cleaned_data["file"]
            brought = bringing.bring(file.name, file.read(), actor=request.user)
            return reverse("organizations:table", args=[brought.pk])

        refusals = (Refusal, Unreadable)
        if address := create(request, form, keep, refusals=refusals, refused_at="file"):
            return redirect(address)
    return render(
        request, "administration/table_add.html", {"form": form}, status=status_of(form.errors)
    )


@login_required
@require_GET
def table(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(parts.shown(request.user), pk=pk)
    if found.job is not None and request.headers.get("HX-Request"):
        return pages.progress(request, found.job, reverse("organizations:table", args=[pk]))
    return _page(request, found)


def _page(request: PersonRequest, found: CountyTable, *, refused: Any = ()) -> HttpResponse:
    rows = listing(request, RowFilters, found.rows.all(), size=LINES_A_PAGE)
    offered = [
        {
            "part": part,
            "address": reverse(f"organizations:{name}", args=[found.pk]),
            "obstacle": accepting.obstacle(found, part),
            "remarked": parts.remarked(part.left(found)).count(),
            "seen": seen_whole.as_shown(accepting.as_shown(found, part)),
        }
        for part, name in _ACCEPTED_AT
        if parts.accepts(request.user, part, found)
    ]
    context = {
        "table": found,
        "counts": shown.counts(found),
        "rows": shown.rows(rows.page),
        "offered": offered,
        "refused": refused,
    }
    status = REFUSED if refused else 200
    return render(request, "administration/table.html", rows.context | context, status=status)


@login_required
@require_POST
def accept_entries(request: PersonRequest, pk: int) -> HttpResponse:
    return _taken(request, pk, ENTRIES, _accept)


@login_required
@require_POST
def accept_seats(request: PersonRequest, pk: int) -> HttpResponse:
    """Seats are given: the password is asked for again."""
    return _taken(request, pk, SEATS, _accept_again)


@login_required
@require_POST
def accept_titles(request: PersonRequest, pk: int) -> HttpResponse:
    """Titles enter the public register: the password is asked for again."""
    return _taken(request, pk, TITLES, _accept_again)


def _taken(
    request: PersonRequest, pk: int, part: Part, enter: Callable[..., HttpResponse]
) -> HttpResponse:
    """By the other button of its form the part is set aside: nothing comes of that."""
    found = _offered(request, pk, part)
    if "aside" in request.POST:
        return _set_aside(request, found, part)
    return enter(request, pk, part)


def _set_aside(request: PersonRequest, found: CountyTable, part: Part) -> HttpResponse:
    try:
        setting_aside.set_aside(found, part, actor=request.user)
    except Refusal as refused:
        return _page(request, found, refused=refused.findings)
    told = _("“%(part)s”这一部分不录入了，什么也没有改动。要录入的，请把文件再上传。")
    messages.success(request, told % {"part": part.title})
    return redirect("organizations:table", found.pk)


@asks_again
def _accept_again(request: PersonRequest, pk: int, part: Part) -> HttpResponse:
    return _accept(request, pk, part)


def _offered(request: PersonRequest, pk: int, part: Part) -> CountyTable:
    """Raises Http404 for a table, and for a part of it, that is not the person's to accept."""
    found = get_object_or_404(parts.shown(request.user), pk=pk)
    if not parts.accepts(request.user, part, found):
        raise Http404
    return found


def _accept(request: PersonRequest, pk: int, part: Part) -> HttpResponse:
    found = _offered(request, pk, part)
    try:
        is_done = accepting.accept(found, part, actor=request.user, seen=request.POST)
    except Refusal as refused:
        anew = get_object_or_404(parts.shown(request.user), pk=pk)
        return _page(request, anew, refused=refused.findings)
    if is_done:
        messages.success(request, str(part.done))
    return redirect("organizations:table", pk)


@login_required
@require_POST
def stop(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(parts.shown(request.user), pk=pk)
    if not accepting.stop(found, actor=request.user):
        messages.info(request, _("已经结束，没有可以停止的。"))
    return redirect("organizations:table", pk)
