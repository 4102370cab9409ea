"""Public pages of notices. No sign-in."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from designation.site import clock

from .models import Notice
from .periods import is_open_to_objections
from .text import is_reduced, names_on

PAGE_SIZE = 20


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """Two statements for the public, whatever the number of notices."""
    notices = Notice.objects.exclude(status=Notice.Status.DRAFT).order_by("-published_at")
    page = Paginator(notices, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "public_notice/list.html", {"page": page})


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Two statements for the public: the notice, its names."""
    notice = get_object_or_404(
        Notice.objects.select_related("round").exclude(status=Notice.Status.DRAFT), pk=pk
    )
    entries = list(
        names_on(notice).select_related("application__organization__jurisdiction", "notice")
    )
    return render(
        request,
        "public_notice/detail.html",
        {
            "notice": notice,
            "entries": entries,
            "is_open": any(is_open_to_objections(entry) for entry in entries),
            "is_reduced": is_reduced(notice, clock.now()),
        },
    )
