"""Pages on which a county words the e-mails of one of its rounds."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.organizations.requests import PersonRequest
from designation.rounds.models import Round
from designation.rounds.rules import managed_rounds, rounds_not_over
from designation.site import seen_whole
from designation.site.creating import kept
from designation.site.pages import REFUSED, status_of
from designation.site.refusal import Refusal
from designation.site.telling import tell
from standards.language import RECORD

from . import email_wordings, preferences, round_messages
from .email_forms import EmailWordingForm
from .email_preview import previews
from .round_messages import RoundMessage

_PREVIEW = "preview"


@login_required
@require_GET
def emails(request: PersonRequest, pk: int) -> HttpResponse:
    """Every automatic e-mail of the round, and of which the county says something itself."""
    round_ = get_object_or_404(rounds_not_over(request.user), pk=pk)
    said = email_wordings.said(round_)
    found = round_messages.round_messages()
    groups: dict[str, list[RoundMessage]] = {}
    for one in found:
        heading = str(preferences.KINDS[preferences.kind_of(one.action)])
        groups.setdefault(heading, []).append(one)
    worded = {one.slug for one in found if (one.action, one.asks_to_act) in said}
    context = {"round": round_, "groups": groups, "worded": worded}
    return render(request, "notifications/emails.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def email(request: PersonRequest, pk: int, message: str) -> HttpResponse:
    """The words of one of them; asked for a preview, nothing is saved."""
    round_, about = _found(request, pk, message)
    wording = email_wordings.of(round_, about)
    form = EmailWordingForm(wording, about, request.POST if request.method == "POST" else None)

    def keep(form: EmailWordingForm) -> None:
        before, values = form.compared_changes()
        email_wordings.keep(round_, about, values, before=before, actor=request.user)

    if request.method == "POST" and _PREVIEW not in request.POST:
        tell(form, email_wordings.obstacles(round_, request.user))
        if kept(form, keep):
            messages.success(request, _("邮件措辞已保存，以后发出的邮件就这样写。"))
            return redirect("messages:email", pk, message)
    return _page(request, round_, about, form, status=status_of(form.errors))


@login_required
@require_POST
def email_restore(request: PersonRequest, pk: int, message: str) -> HttpResponse:
    round_, about = _found(request, pk, message)
    try:
        email_wordings.restore(round_, about, seen=request.POST, actor=request.user)
    except Refusal as refused:
        form = EmailWordingForm(email_wordings.of(round_, about), about)
        return _page(request, round_, about, form, refused=refused.findings, status=REFUSED)
    messages.success(request, _("已恢复系统措辞。"))
    return redirect("messages:emails", pk)


def _found(request: PersonRequest, pk: int, message: str) -> tuple[Round, RoundMessage]:
    """Sent back, that a round has ended meanwhile is told."""
    rows = managed_rounds if request.method == "POST" else rounds_not_over
    round_ = get_object_or_404(rows(request.user).select_related("jurisdiction"), pk=pk)
    about = round_messages.called(message)
    if about is None:
        raise Http404
    return round_, about


def _page(
    request: PersonRequest,
    round_: Round,
    about: RoundMessage,
    form: EmailWordingForm,
    *,
    refused: Any = (),
    status: int,
) -> HttpResponse:
    shown = previews(round_, about, form.shown(), reader=request.user)
    context = {
        "round": round_,
        "message": about,
        "form": form,
        "chinese": [one for one in shown if one.language == RECORD],
        "english": [one for one in shown if one.language != RECORD],
        "seen": seen_whole.as_shown(email_wordings.stored(form.wording)),
        "refused": refused,
    }
    return render(request, "notifications/email.html", context, status=status)
