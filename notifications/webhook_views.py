"""Pages of the gateway of an area, for its system administrator."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from designation.accounts.reauthentication_views import asks_again
from designation.organizations.requests import PersonRequest
from designation.site.creating import kept
from designation.site.pages import REFUSED, status_of
from designation.site.refusal import Refusal

from . import webhook_settings
from .forms import WebhookForm
from .models import Webhook
from .webhook_trials import trial_of


@login_required
@require_http_methods(["GET", "POST"])
@asks_again
def webhook(request: PersonRequest) -> HttpResponse:
    """Where it is and what goes by it; its keys, and a trial."""
    found = webhook_settings.own(request.user)
    form = WebhookForm(request.POST or None, instance=found)

    def keep(form: WebhookForm) -> None:
        before, values = form.compared_changes() if found.pk else (None, form.cleaned_data)
        webhook_settings.keep(found.jurisdiction, values, before=before, actor=request.user)

    if request.method == "POST" and kept(form, keep):
        messages.success(request, _("消息网关的设置已保存。"))
        return redirect("messages:webhook")
    return _page(request, found, form=form, status=status_of(form.errors))


@login_required
@require_POST
@never_cache
@asks_again
def webhook_key(request: PersonRequest) -> HttpResponse:
    """Makes a key and shows it, this once."""
    found = _saved(request)
    try:
        key = webhook_settings.make_key(found, seen=request.POST.getlist("key"), actor=request.user)
    except Refusal as refused:
        return _page(request, found, refused=refused.findings, status=REFUSED)
    return render(request, "notifications/webhook_key.html", {"key": key})


@login_required
@require_POST
@asks_again
def webhook_key_end(request: PersonRequest, pk: int) -> HttpResponse:
    found = _saved(request)
    key = get_object_or_404(webhook_settings.keys_of(found), pk=pk)
    try:
        webhook_settings.end_key(key, actor=request.user)
    except Refusal as refused:
        return _page(request, found, refused=refused.findings, status=REFUSED)
    messages.success(request, _("密钥 %(key)s 已停用。") % {"key": key.key_id})
    return redirect("messages:webhook")


@login_required
@require_POST
def webhook_try(request: PersonRequest) -> HttpResponse:
    found = _saved(request)
    try:
        webhook_settings.ask_trial(found, actor=request.user)
    except Refusal as refused:
        return _page(request, found, refused=refused.findings, status=REFUSED)
    return redirect("messages:webhook")


def _saved(request: PersonRequest) -> Webhook:
    """Raises Http404 where none is set up."""
    found = webhook_settings.own(request.user)
    if found.pk is None:
        raise Http404
    return found


def _page(
    request: PersonRequest,
    found: Webhook,
    *,
    form: WebhookForm | None = None,
    refused: object = (),
    status: int,
) -> HttpResponse:
    context = {
        "webhook": found,
        "form": form or WebhookForm(None, instance=found),
        "keys": found.keys_in_force if found.pk else [],
        "trial": trial_of(found),
        "refused": refused,
    }
    return render(request, "notifications/webhook.html", context, status=status)
