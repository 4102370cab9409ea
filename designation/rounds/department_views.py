"""The page of a draft round on which it names the departments that it asks."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from designation.organizations.requests import PersonRequest
from designation.site.creating import kept
from designation.site.pages import status_of
from designation.site.telling import tell

from . import configuring, departments, rules
from .department_forms import DepartmentsForm


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
