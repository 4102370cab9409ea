"""A person's inbox."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from designation.organizations.requests import PersonRequest
from designation.site import clock
from designation.site.pages import PAGE_SIZE

from .models import Message


@login_required
@require_GET
def inbox(request: PersonRequest) -> HttpResponse:
    """Unread first. At most five statements, whatever the number of messages."""
    rows = Message.objects.filter(person=request.user).select_related("application__organization")
    rows = rows.order_by(F("read_at").desc(nulls_first=True), "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "notifications/list.html", {"page": page})


@login_required
@require_POST
def open_message(request: PersonRequest, pk: int) -> HttpResponse:
    """Mark it read and go to its application."""
    message = get_object_or_404(Message, pk=pk, person=request.user)
    Message.objects.filter(pk=pk, read_at__isnull=True).update(read_at=clock.now())
    return redirect("applications:case", message.application_id)


@login_required
@require_POST
def read_all(request: PersonRequest) -> HttpResponse:
    Message.objects.filter(person=request.user, read_at__isnull=True).update(read_at=clock.now())
    return redirect("messages:list")
