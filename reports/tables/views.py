"""Taking a table away, for those who look after many."""

import tempfile
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from designation.organizations.requests import PersonRequest
from standards.printing import spreadsheets
from workflows.case.scoping import looks_after_many
from workflows.case_pages.filters import ApplicationFilters, asked_for

from . import applications as table

_KINDS = ("xlsx", "csv")
_NAME = "applications"


@login_required
@require_GET
@transaction.atomic
def applications(request: PersonRequest, kind: str) -> HttpResponseBase:
    """The list that the address asks for, all its pages; on the record."""
    if kind not in _KINDS or not looks_after_many(request.user):
        raise Http404
    shown = asked_for(request)
    filters = shown.filters(request.GET, shown.rows(request.user), request=request)
    if filters.errors:
        return _back_to_the_list(request)
    try:
        rows = table.rows(filters.qs)
    except table.TooManyRows as refused:
        messages.warning(request, str(refused))
        return _back_to_the_list(request)
    table.record(request.user, kind=kind, count=len(rows) - 1, asked=_asked(filters))
    return _as_xlsx(rows) if kind == "xlsx" else _as_csv(rows)


def _back_to_the_list(request: PersonRequest) -> HttpResponse:
    """To where what is wrong is told at its field."""
    return redirect(f"{reverse('applications:list')}?{urlencode(request.GET)}")


def _asked(filters: ApplicationFilters) -> dict[str, str]:
    """What narrowed it, in words that name nobody: what was searched for stays out."""
    chosen = {name: str(filters.chosen(name)) for name in filters.filters}
    told = {name: value for name, value in chosen.items() if value}
    return told | ({"text": _("按名称")} if "text" in told else {})


def _as_xlsx(rows: list[list[Any]]) -> FileResponse:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response that sends it closes it
    table.write_workbook(rows, file)
    file.seek(0)
    name = f"{_NAME}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=spreadsheets.XLSX)


def _as_csv(rows: list[list[Any]]) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(
        spreadsheets.csv_lines(rows), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{_NAME}.csv"'
    return answer
