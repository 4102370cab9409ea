"""Pages on which a round names the departments that it asks: in a draft all, later one by one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from designation.organizations.requests import PersonRequest
from designation.site.creating import create, kept
from designation.site.pages import status_of
from designation.site.refusal import Refusal
from designation.site.telling import tell

from . import configuring, department_changes, departments, rules
from .department_forms import AddedDepartmentForm, DepartmentsForm, RemovedDepartmentForm
from .models import Round


@login_required
@require_http_methods(["GET", "POST"])
def asked(request: PersonRequest, pk: int) -> HttpResponse:
    """Shown and changed while the round is prepared; sent back later, it is told."""
    sent = request.method == "POST"
    rows = rules.managed_rounds if sent else rules.rounds_in_preparation
    round_ = get_object_or_404(rows(request.user).select_related("jurisdiction"), pk=pk)

    def keep(form: DepartmentsForm) -> None:
        rows, days = form.kept()
        departments.set_departments(round_, rows, days, before=form.read(), actor=request.user)

    form = DepartmentsForm(round_, request.POST if sent else None)
    if sent:
        tell(form, configuring.obstacles(round_, request.user))
        if kept(form, keep):
            messages.success(request, _("已保存。"))
            return redirect("rounds:detail", pk)
    context = {"form": form, "round": round_, "names": form.is_proposed("")}
    return render(request, "rounds/departments.html", context, status=status_of(form.errors))


@login_required
@require_http_methods(["GET", "POST"])
def add(request: PersonRequest, pk: int) -> HttpResponse:
    """One more department of a round that is open."""
    round_ = _open_round(request, pk)
    form = AddedDepartmentForm(round_, request.POST if request.method == "POST" else None)
    return _changed(
        request,
        round_,
        form,
        lambda: department_changes.add(round_, **form.kept(), actor=request.user),
        {"title": _("增加部门"), "send": _("增加")},
    )


@login_required
@require_http_methods(["GET", "POST"])
def remove(request: PersonRequest, pk: int, department: int) -> HttpResponse:
    """A department that is asked no more, where it was asked of nobody yet."""
    round_ = _open_round(request, pk)
    row = get_object_or_404(round_.departments.select_related("department"), pk=department)
    form = RemovedDepartmentForm(request.POST if request.method == "POST" else None)
    return _changed(
        request,
        round_,
        form,
        lambda: department_changes.remove(
            round_, row, reason=form.cleaned_data["reason"], actor=request.user
        ),
        {"title": _("撤下部门"), "send": _("撤下"), "department": row},
    )


def _open_round(request: PersonRequest, pk: int) -> Round:
    rows = rules.managed_rounds(request.user).filter(status=Round.Status.OPEN)
    return get_object_or_404(rows.select_related("jurisdiction"), pk=pk)


def _changed(
    request: PersonRequest,
    round_: Round,
    form: Any,
    change: Callable[[], None],
    context: dict[str, Any],
) -> HttpResponse:
    def make(_form: Any) -> str:
        change()
        return reverse("rounds:detail", args=[round_.pk])

    if request.method == "POST" and (address := create(request, form, make, refusals=(Refusal,))):
        messages.success(request, _("已调整，理由写在批次页面上。"))
        return redirect(address)
    context |= {"form": form, "round": round_}
    page = "rounds/change_departments.html"
    return render(request, page, context, status=status_of(form.errors))
