"""Pages of the first day: the link, the county with its administrators, their password links."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.site.creating import create
from designation.site.pages import GONE, status_of
from designation.site.refusal import Refusal

from ...accounts import slips_pdf
from . import links, setting_up
from .forms import FirstDayForm

_LINK = "first_day_link"


@require_GET
@never_cache
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Leads on at once: the token stays in no address, and in the session as its hash."""
    token_hash = links.digest(token)
    if why := links.fault(token_hash):
        return _does_nothing(request, why)
    request.session.cycle_key()
    request.session[_LINK] = token_hash
    return redirect("organizations:first_day")


@require_http_methods(["GET", "POST"])
@never_cache
def first_day(request: HttpRequest) -> HttpResponse:
    token_hash = request.session.get(_LINK, "")
    if request.method != "POST" and (why := links.fault(token_hash)):
        return _does_nothing(request, why)
    form = FirstDayForm(request.POST or None)

    def set_up(form: FirstDayForm) -> str:
        setting_up.set_up(token_hash, form.county(), form.administrators())
        return reverse("organizations:first_day")

    if request.method == "POST" and create(request, form, set_up, refusals=(Refusal,)):
        return _set_up(request, token_hash)
    context = {"form": form}
    return render(request, "administration/first_day.html", context, status=status_of(form.errors))


def _set_up(request: HttpRequest, token_hash: str) -> HttpResponse:
    try:
        slips = setting_up.slips(token_hash)
    except Refusal as refused:
        return _does_nothing(request, str(refused))
    return render(request, "administration/first_day_slips.html", {"slips": slips})


@require_POST
@never_cache
def slips_file(request: HttpRequest) -> FileResponse | HttpResponse:
    """The slips that are shown, as a PDF, in the browser that set the county up."""
    token_hash = request.session.get(_LINK, "")
    try:
        shown = setting_up.slips_shown(token_hash, request.POST.getlist("path"))
    except Refusal as refused:
        return _does_nothing(request, str(refused))
    return slips_pdf.answer(shown, address=request.build_absolute_uri)


def _does_nothing(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "administration/first_day.html", {"why": why}, status=GONE)
