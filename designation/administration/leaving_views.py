"""Pages of who leaves: what hangs on them, who takes it over, and the one act that does it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from designation.site.pages import status_of
from designation.site.refusal import Refusal
from designation.site.shown import Seen

from ..accounts.reauthentication_views import asks_again
from ..organizations.models import Person, Role
from ..organizations.requests import PersonRequest
from ..organizations.scoping import Administered
from ..site.creating import create
from . import leaving as going
from .leaving_forms import LeavingForm, SuccessorsForm
from .succession import Succession, may_follow


def _leaver(request: PersonRequest, pk: int) -> Person:
    """Http404 for whom the person does not let go."""
    return get_object_or_404(
        Administered(request.user, Role.SECURITY_ADMINISTRATOR).people(), pk=pk
    )


@login_required
@require_http_methods(["GET", "POST"])
@asks_again
def leaving(request: PersonRequest, pk: int) -> HttpResponse:
    """Who is chosen is looked at first, by address; the press does what was looked at."""
    leaver = _leaver(request, pk)
    plan = Succession.of_nobody(leaver, actor=request.user)
    people = list(may_follow(leaver))
    typed = request.POST or request.GET
    look = SuccessorsForm(plan, people, typed if "everything" in typed else None)
    initial = dict(typed.items()) if look.is_bound else {}
    form = LeavingForm(plan, people, request.POST or None, initial=initial)
    if request.method == "POST" and create(
        request, form, lambda form: _left(request, leaver, form), refusals=(Refusal,)
    ):
        messages.success(request, _("离任已办理，已通知本人和接手的人。"))
        return redirect("organizations:seats")
    return _page(request, leaver, plan, look, form)


def _page(
    request: PersonRequest,
    leaver: Person,
    plan: Succession,
    look: SuccessorsForm,
    form: LeavingForm,
) -> HttpResponse:
    chosen = plan.given_to(look.chosen() if look.is_bound else {})
    context: dict[str, Any] = {
        "leaver": leaver,
        "plan": chosen,
        "look": look,
        "rows": [(line, look[line.key]) for line in chosen.lines],
        "form": form,
        "is_looked_at": look.is_bound,
        "shut": [] if going.may_be_let_go(leaver) else [_("这个账号已经停用。")],
    }
    return render(request, "administration/leaving.html", context, status=status_of(form.errors))


def _left(request: PersonRequest, leaver: Person, form: LeavingForm) -> str:
    going.leave(
        leaver,
        form.chosen(),
        last_day=form.cleaned_data["last_day"],
        seen=Seen.of(request.POST),
        actor=request.user,
    )
    return reverse("organizations:seats")


@login_required
@require_POST
@asks_again
def staying(request: PersonRequest, pk: int) -> HttpResponse:
    """The leaver stays after all."""
    try:
        going.stay(_leaver(request, pk), actor=request.user)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已收回离任：账号继续使用。到期的岗位须重新授予。"))
    return redirect("organizations:leaving", pk)
