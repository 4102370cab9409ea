"""A person's inbox, and what is told to whom."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from designation.announcements import subjects
from designation.organizations.requests import PersonRequest
from designation.site.lists import listing
from standards.language import RECORD

from . import inbox
from .automatic import automatic_messages
from .filters import MessageFilters, UndeliveredFilters
from .inbox import messages_of
from .undelivered import seen_by
from .wording import what_happened


@login_required
@require_GET
def inbox_page(request: PersonRequest) -> HttpResponse:
    """Unread first. At most five statements, whatever the number of messages."""
    found = listing(request, MessageFilters, messages_of(request.user))
    return render(request, "notifications/list.html", found.context)


@login_required
@require_GET
def undelivered(request: PersonRequest) -> HttpResponse:
    """What did not arrive. The administrator reads to whom and why, not what it was about."""
    found = listing(request, UndeliveredFilters, seen_by(request.user))
    rows = [
        (
            row,
            what_happened(row.message.event.action),
            row.message.event.actor_id == request.user.pk,
        )
        for row in found.page
    ]
    return render(request, "notifications/undelivered.html", found.context | {"rows": rows})


@login_required
@require_POST
def open_message(request: PersonRequest, pk: int) -> HttpResponse:
    """Mark it read and go to what it is about; where the person may not see that, to the desk."""
    message = get_object_or_404(messages_of(request.user), pk=pk)
    inbox.read(message, actor=request.user)
    return redirect(subjects.address_for(request.user, message.leads_to))


@login_required
@require_POST
def read_all(request: PersonRequest) -> HttpResponse:
    inbox.read_all(actor=request.user)
    return redirect("messages:list")


@login_required
@require_GET
def automatic(request: PersonRequest) -> HttpResponse:
    """Every message that is sent by itself, in the reader's language; it tells of no case."""
    context = {"automatic": automatic_messages(get_language() or RECORD)}
    return render(request, "notifications/automatic.html", context)
