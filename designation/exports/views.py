"""Taking a list away, and fetching the files that were made for oneself."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.evidence.names import disposition
from designation.organizations.requests import PersonRequest
from designation.site.creating import create
from designation.site.jobs import pages
from designation.site.pages import status_of
from designation.site.refusal import Refusal
from designation.site.tables import Table
from designation.site.text import whole_number
from standards.printing import spreadsheets

from . import asking, columns, conditions, keeping, rules
from .forms import ExportForm
from .models import Export, Format

# In the address of the page beside what narrows the list: the columns that were kept.
_CHOSEN = "columns_of"
_TYPES = {
    Format.XLSX: spreadsheets.XLSX,
    Format.CSV: "text/csv; charset=utf-8",
    Format.ZIP: "application/zip",
}


@login_required
@require_http_methods(["GET", "POST"])
def take(request: PersonRequest, code: str) -> HttpResponse:
    """Which columns of the list that the address narrows, and as what."""
    table = rules.table_or_404(request.user, code)
    query = _query(request)
    filters = table.narrowed(request)
    back = f"{reverse(table.page)}?{query}"
    if filters.errors:
        # To where what is wrong is told at its field.
        return redirect(back)
    form = ExportForm(table, request.POST or None, initial=_initial(request, table))
    if request.method == "POST":

        def ask(form: ExportForm) -> str:
            return _asked(form, table, query, request)

        if address := create(request, form, ask, refusals=(Refusal,)):
            return redirect(address)
    context = {
        "table": table,
        "form": form,
        "said": conditions.said(filters),
        "count": filters.qs.count(),
        "most": asking.MOST_AT_ONCE,
        "kept": columns.kept_by(request.user, table.code),
        "query": query,
        "back": back,
    }
    return render(request, "exports/take.html", context, status=status_of(form.errors))


def _query(request: PersonRequest) -> str:
    asked: QueryDict = request.GET.copy()
    for name in ("page", _CHOSEN):
        asked.pop(name, None)
    return asked.urlencode()


def _initial(request: PersonRequest, table: Table) -> dict[str, Any]:
    """The columns that were kept, where the address names them."""
    pk = whole_number(request.GET.get(_CHOSEN, ""))
    choice = columns.kept_by(request.user, table.code).filter(pk=pk).first() if pk else None
    if choice is None:
        return {}
    return {"columns": choice.columns, "keep_as": choice.name}


def _asked(form: ExportForm, table: Table, query: str, request: PersonRequest) -> str:
    typed = form.cleaned_data
    if typed["keep_as"]:
        columns.keep(table.code, typed["keep_as"], typed["columns"], actor=request.user)
    export = asking.ask(
        table, query, columns=typed["columns"], file_format=typed["format"], actor=request.user
    )
    return reverse("exports:detail", args=[export.pk])


@login_required
@require_POST
def forget(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    choice = get_object_or_404(columns.kept_by(request.user, code), pk=pk)
    columns.forget(choice, actor=request.user)
    messages.success(request, _("栏目模板“%(name)s”已删去。") % {"name": choice.name})
    return redirect(f"{reverse('exports:take', args=[code])}?{request.GET.urlencode()}")


@login_required
@require_GET
def mine(request: PersonRequest) -> HttpResponse:
    """What was made for the person and is not over."""
    return render(request, "exports/mine.html", {"exports": rules.own(request.user)})


@login_required
@require_GET
def detail(request: PersonRequest, pk: int) -> HttpResponse:
    """How far it is, or the file. While it is made the page asks again for its progress."""
    export = get_object_or_404(rules.own(request.user).select_related("job"), pk=pk)
    here = reverse("exports:detail", args=[pk])
    if export.job is not None and getattr(request, "htmx", False):
        return pages.progress(request, export.job, here)
    context = {
        "export": export,
        "is_lost": rules.has_lost_a_seat(request.user, export.seats),
        "again": _again(export),
    }
    return render(request, "exports/detail.html", context)


def _again(export: Export) -> str:
    """Where the same may be asked for anew."""
    if export.what == asking.LIST:
        return f"{reverse('exports:take', args=[export.subject])}?{export.asked}"
    return export.asked


@login_required
@require_GET
def fetch(request: PersonRequest, pk: int) -> HttpResponseBase:
    export = rules.fetched(request.user, pk=pk)
    if export is None:
        raise Http404
    try:
        content = keeping.opened(export)
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(content, content_type=_TYPES[Format(export.format)])
    name = f"{export.title}.{export.format}"
    answer["Content-Disposition"] = disposition(name, plain=export.what)
    return answer


@login_required
@require_POST
def cancel(request: PersonRequest, pk: int) -> HttpResponse:
    export = get_object_or_404(rules.own(request.user).select_related("job"), pk=pk)
    if asking.cancel(export, actor=request.user):
        messages.success(request, _("已取消，没有留下文件。"))
    else:
        messages.warning(request, _("已经结束，没有可以取消的。"))
    return redirect("exports:detail", pk)
