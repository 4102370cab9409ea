"""The demo's controls: its clock, and signing in with one press."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from designation.accounts import sign_ins
from designation.calendar import by_time
from designation.site.text import number_or_404
from notifications import delivery

from .accounts import find
from .clock import move_forward
from .context import STEPS


@require_POST
def clock(request: HttpRequest) -> HttpResponse:
    """Move the demo's clock forward, and let what the time brings happen at once."""
    days = number_or_404(request.POST.get("days"))
    if days not in STEPS:
        raise Http404
    if move_forward(days):
        by_time.carry_out()
        delivery.deliver_waiting()
        messages.success(request, _("演示时钟已前进 %(days)s 天。") % {"days": days})
    else:
        messages.warning(request, _("工作日历到 2026 年底为止，演示时钟不能再前进。"))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "home"


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    person = find(request.POST.get("username", ""))
    if person is None:
        raise Http404
    login(request, person, backend="designation.accounts.backend.Accounts")
    sign_ins.signed_in(person, known_browser=False)
    return redirect("home")
