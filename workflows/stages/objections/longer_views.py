"""Pages on which more time for an objection is asked for, and granted or refused."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from designation.organizations.requests import PersonRequest
from designation.site.creating import create
from designation.site.pages import status_of
from designation.site.refusal import Refusal

from ...by_form import by_form
from . import longer, objections, queries
from .forms import AnswerLongerForm, AskLongerForm


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: PersonRequest, pk: int) -> HttpResponse:
    """The officer asks for more time, with the reason."""
    found = get_object_or_404(queries.whole(objections.under_investigation(request.user)), pk=pk)
    form = AskLongerForm(request.POST or None, most=longer.most_days(found))

    def asked(form: AskLongerForm) -> str:
        said = form.cleaned_data
        longer.ask(found, days=said["days"], reason=said["reason"], **by_form(request))
        return reverse("notices:objection", args=[pk])

    address = None
    if request.method == "POST":
        address = create(request, form, asked, refusals=(Refusal,))
    if address:
        messages.success(request, _("延长申请已送审定人审批；批准以前按原期限办理。"))
        return redirect(address)
    context = {"objection": found, "form": form}
    return render(request, "objections/ask_longer.html", context, status=status_of(form.errors))


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    """A deciding officer grants or refuses; of the objection they read its name and its days."""
    rows = longer.to_answer(request.user).select_related(
        "asked_by", "objection__term", "objection__entry__notice", "objection__entry__application"
    )
    found = get_object_or_404(rows, pk=pk)
    form = AnswerLongerForm(request.POST or None)

    def answered(form: AnswerLongerForm) -> str:
        said = form.cleaned_data
        granted = said["answer"] == "grant"
        longer.answer(found, is_granted=granted, opinion=said["opinion"], **by_form(request))
        return reverse("home")

    address = None
    if request.method == "POST":
        address = create(request, form, answered, refusals=(Refusal,))
    if address:
        messages.success(request, _("已审批，异议受理人会收到通知。"))
        return redirect(address)
    context = {"asked": found, "form": form}
    return render(request, "objections/longer.html", context, status=status_of(form.errors))
