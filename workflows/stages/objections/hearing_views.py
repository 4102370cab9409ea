"""Pages of a hearing: the officer writes and releases the facts, the organization answers."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from designation.announcements.looking import look
from designation.evidence import choosing, citations
from designation.organizations.requests import PersonRequest
from designation.site import seen_whole
from designation.site.creating import create
from designation.site.pages import status_of
from designation.site.refusal import Refusal

from ...by_form import by_form
from . import heard, hearing, joined, objections, queries
from .forms import RedactionForm, ReleaseForm, StatementForm
from .models import Hearing, Objection


def _under_investigation(request: PersonRequest, pk: int) -> Objection:
    """Of an objection that is the officer's to hear; any other, and one that is over, is 404."""
    return get_object_or_404(queries.whole(objections.under_investigation(request.user)), pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def redact(request: PersonRequest, pk: int) -> HttpResponse:
    """The facts, as the organization will read them; it does not yet."""
    found = _under_investigation(request, pk)
    written = heard.of(found)
    if written is not None and written.released_at:
        return redirect("notices:objection", pk)
    form = RedactionForm(request.POST or None, initial=hearing.as_typed(written))

    def redacted(form: RedactionForm) -> str:
        facts = form.cleaned_data["facts"]
        hearing.redact(found, facts=facts, seen=request.POST, **by_form(request))
        return reverse("notices:release", args=[pk])

    if request.method == "POST" and (
        address := create(request, form, redacted, refusals=(Refusal,))
    ):
        return redirect(address)
    context = {
        "objection": found,
        "led": joined.around(found).led,
        "is_officer": True,
        "form": form,
        "seen": seen_whole.as_shown(hearing.as_read(written)),
    }
    return render(request, "objections/redact.html", context, status=status_of(form.errors))


@login_required
@require_http_methods(["GET", "POST"])
def release(request: PersonRequest, pk: int) -> HttpResponse:
    """What exactly the organization will read; pressed, it does."""
    found = _under_investigation(request, pk)
    written = heard.of(found)
    if written is None:
        return redirect("notices:redact", pk)
    form = ReleaseForm(request.POST or None)

    def released(_form: ReleaseForm) -> str:
        hearing.release(found, seen=request.POST, **by_form(request))
        return reverse("notices:objection", args=[pk])

    if request.method == "POST" and (
        address := create(request, form, released, refusals=(Refusal,))
    ):
        messages.success(request, _("事实已告知被异议单位，等它陈述或者期满。"))
        return redirect(address)
    if written.released_at and not form.is_bound:
        return redirect("notices:objection", pk)
    context = {
        "objection": found,
        "hearing": heard.of(found),
        "form": form,
        "days": hearing.DAYS,
        "seen": seen_whole.as_shown(hearing.as_read(written)),
    }
    return render(request, "objections/release.html", context, status=status_of(form.errors))


def _put_to(request: PersonRequest, pk: int) -> Hearing:
    rows = hearing.put_to(request.user).select_related(
        "term",
        "stated_by",
        "objection__entry__notice__round",
        "objection__entry__application__organization",
        "objection__entry__application__round",
    )
    return get_object_or_404(rows, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def put(request: PersonRequest, pk: int) -> HttpResponse:
    """The organization reads the facts and answers; never who objected."""
    found = _put_to(request, pk)
    look(found, request.user)
    form = StatementForm(request.POST or None, request.FILES or None)

    def stated(form: StatementForm) -> str:
        hearing.state(
            found,
            statement=form.cleaned_data["statement"],
            received=form.received(),
            **by_form(request),
        )
        return request.path

    if request.method == "POST" and (address := create(request, form, stated, refusals=(Refusal,))):
        messages.success(request, _("陈述已提交，由异议受理人结合调查作出结论。"))
        return redirect(address)
    context: dict[str, Any] = {
        "hearing": found,
        "form": form,
        "may_state": form.is_bound or hearing.may_state(found, request.user),
        "evidence": citations.cited_by(found, request.user),
    }
    return render(request, "objections/hearing.html", context, status=status_of(form.errors))


@login_required
@require_http_methods(["GET", "POST"])
def library(request: PersonRequest, pk: int) -> HttpResponse:
    """What the organization has already, to rest its answer on."""
    found = _put_to(request, pk)
    rows = hearing.choices(found)
    if request.method == "POST":
        choose = partial(hearing.choose, found, actor=request.user)
        return choosing.chosen(request, rows, choose, reverse("notices:hearing", args=[pk]))
    return choosing.page(request, rows, "objections/library.html", {"hearing": found})
