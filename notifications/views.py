"""A person's inbox, and what is told to whom."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.announcements import subjects
from designation.organizations.requests import PersonRequest
from designation.site.creating import kept
from designation.site.lists import listing
from designation.site.pages import status_of
from standards.language import RECORD

from . import inbox, preferences
from .automatic import automatic_messages
from .channels import label_of
from .filters import MessageFilters, UndeliveredFilters
from .forms import PreferenceForm
from .inbox import messages_of
from .undelivered import seen_by
from .webhooks import webhooks_of
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
            label_of(row.channel),
        )
        for row in found.page
    ]
    return render(request, "notifications/undelivered.html", found.context | {"rows": rows})


@login_required
@require_http_methods(["GET", "POST"])
def preferences_page(request: PersonRequest) -> HttpResponse:
    """How the person wants to be told beside the inbox."""
    posted = request.method == "POST"
    has_gateway = request.user.pk in webhooks_of([request.user.pk])
    wanted = preferences.own(request.user)
    form = PreferenceForm(request.POST if posted else None, wanted, has_gateway=has_gateway)

    def keep(form: PreferenceForm) -> None:
        hours = form.cleaned_data["quiet_from"], form.cleaned_data["quiet_until"]
        preferences.keep(form.paces(), *hours, gateway=form.gateway(), actor=request.user)

    if posted and kept(form, keep, at="quiet_until"):
        messages.success(request, _("消息设置已保存。"))
        return redirect("messages:preferences")
    context = {"form": form}
    return render(request, "notifications/preferences.html", context, status=status_of(form.errors))


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
