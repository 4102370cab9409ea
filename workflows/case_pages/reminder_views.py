"""The pages on which the coordinator reminds whoever has to act: of one case, of many late ones."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from designation.organizations.requests import PersonRequest
from designation.organizations.rules import seats
from designation.site import forms
from designation.site.creating import create
from designation.site.pages import status_of
from designation.site.refusal import Refusal
from designation.site.telling import tell
from designation.site.text import whole_numbers

from .. import declared, late_cases, reminding
from ..case import rules
from ..case.late import too_late
from ..case.opened import case_in_scope, page_version


class ReminderForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("催办内容"),
        required=False,
        max_length=reminding.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "写明催办什么、请对方怎么做；对方会收到消息，并记入办理历程和日志。"
        ),
    )


class LateForm(ReminderForm):
    """The same words to each of those that are ticked."""

    text = forms.CharField(
        label=gettext_lazy("催办内容"),
        required=False,
        max_length=reminding.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("勾选的每一件都收到这段话，并各自记入办理历程和日志。"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def page(request: PersonRequest, pk: int) -> HttpResponse:
    found = case_in_scope(request, pk)
    if not reminding.may_remind(found, request.user):
        if request.method == "POST" and rules.is_county_coordinator(found, request.user):
            return too_late(request, found.application)
        raise Http404
    form = ReminderForm(request.POST if request.method == "POST" else None)

    def make(form: ReminderForm) -> str:
        reminding.remind(
            found.application,
            form.cleaned_data["text"],
            actor=request.user,
            expected_version=page_version(request),
        )
        return reverse("applications:case", args=[pk])

    if form.is_bound and (
        address := create(request, form, make, refusals=(Refusal,), refused_at=None)
    ):
        messages.success(request, _("已催办：对方会收到消息，已记入办理历程。"))
        return redirect(address)
    shut = None if form.is_bound else reminding.obstacle(found.application)
    context: dict[str, Any] = {
        "application": found.application,
        "holder": declared.held_by(found.application),
        "form": form,
        "shut": shut.findings if shut else (),
    }
    return render(request, "case/remind.html", context, status=status_of(form.errors))


@login_required
@require_http_methods(["GET", "POST"])
def late(request: PersonRequest) -> HttpResponse:
    """Late cases, ticked and reminded of in one act; each has its result."""
    if not seats(request.user).is_county_coordinator:
        raise Http404
    form = LateForm(request.POST if request.method == "POST" else None)
    ticked = whole_numbers(request.POST.getlist("case"))
    results: list[late_cases.Result] = []
    if form.is_bound and form.is_valid():
        asked = [late_cases.Asked(pk, page_version(request, f"version-{pk}")) for pk in ticked]
        try:
            results = late_cases.remind_each(asked, form.cleaned_data["text"], actor=request.user)
        except Refusal as refused:
            tell(form, refused.findings)
    rows = late_cases.late(request.user)
    context = {
        "form": form,
        "rows": rows[: late_cases.MOST],
        "ticked": ticked,
        "results": results,
        "most": late_cases.MOST,
    }
    is_refused = form.errors or any(one.findings for one in results)
    return render(request, "case/remind_late.html", context, status=status_of(is_refused))
