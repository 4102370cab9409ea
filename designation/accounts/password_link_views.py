"""Pages of password links: who may be given one, making it, and using it."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.announcements.arrivals import How
from designation.site.creating import kept
from designation.site.lists import Listing, listing
from designation.site.pages import GONE, LINES_A_PAGE, REFUSED, TOO_MANY, status_of
from designation.site.refusal import Refusal
from designation.site.text import whole_number

from ..organizations.requests import PersonRequest
from . import forgotten, letters, link_mailings, password_links, slips, slips_pdf
from .filters import LinkFilters, SlipFilters
from .forms import ForgottenForm, NewPasswordForm
from .models import LinkMailing
from .reauthentication_views import asks_again

_LETTERS = "accounts/link_mailing.html"


@login_required
@require_GET
def link_list(request: PersonRequest) -> HttpResponse:
    found = listing(request, LinkFilters, password_links.people(request.user))
    return render(request, "accounts/password_links.html", found.context)


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
@asks_again
def link(request: PersonRequest, pk: int) -> HttpResponse:
    """Says what a link does; makes one and shows it, this once."""
    person = get_object_or_404(password_links.people(request.user), pk=pk)
    context: dict[str, Any] = {"person": person, "hours": password_links.hours()}
    if request.method != "POST":
        context["obstacle"] = password_links.obstacle(person, maker=request.user)
        return render(request, "accounts/password_link.html", context)
    try:
        path = password_links.make(person, actor=request.user)
    except password_links.LinkRefused as refused:
        context["obstacle"] = str(refused)
        return render(request, "accounts/password_link.html", context, status=REFUSED)
    context["address"] = request.build_absolute_uri(path)
    context["is_sent"] = letters.password_link(
        person, path, maker=request.user, hours=password_links.hours()
    )
    return render(request, "accounts/password_link.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
@asks_again
def slip_list(request: PersonRequest) -> HttpResponse:
    """Those who have no link yet; those ticked are given theirs, or all found that have mail."""
    refused: Any = ()
    found = listing(request, SlipFilters, slips.waiting(request.user), size=LINES_A_PAGE)
    if request.method == "POST":
        try:
            handed = _handed_out(request, found)
        except Refusal as refusal:
            refused = refusal.findings
        else:
            return _handed(request, handed)
    letters = slips.with_address(found.filters.qs).count()
    context = found.context | {
        "refused": refused,
        "last_mailing": link_mailings.own(request.user).first(),
        "letters": letters,
        "most": min(letters, slips.MOST_LETTERS),
    }
    return render(request, "accounts/password_slips.html", context, status=status_of(refused))


def _handed_out(request: PersonRequest, found: Listing) -> slips.Handed:
    if "mail_all" in request.POST:
        return slips.mail_all(found.filters.qs, actor=request.user)
    return slips.hand_out(_ticked(request), actor=request.user)


def _handed(request: PersonRequest, handed: slips.Handed) -> HttpResponse:
    """Slips are shown this once, the letters beside them; where all go by mail, their page."""
    if handed.mailing and not handed.slips and not handed.left:
        return redirect("organizations:link_mailing", handed.mailing.pk)
    context: dict[str, Any] = {"handed": handed, "slips": handed.slips}
    if handed.mailing:
        context |= _letters(handed.mailing) | {"is_beside": True}
    return render(request, "accounts/password_slips_made.html", context)


def _letters(mailing: LinkMailing) -> dict[str, Any]:
    """While many are under way, asked for every two seconds, their number stands for them."""
    letters = link_mailings.letters(mailing)
    count = Counter(str(letter.arrival.how) for letter in letters)
    is_under_way = any(letter.is_under_way for letter in letters)
    return {
        "mailing": mailing,
        "hours": password_links.hours(),
        "total": len(letters),
        "letters": () if is_under_way and len(letters) > LINES_A_PAGE else letters,
        "tried": sum(not letter.is_under_way for letter in letters),
        "counts": [(how.label, count[how]) for how in How if count[how]],
        "is_under_way": is_under_way,
        "may_be_printed": any(letter.may_be_printed for letter in letters),
    }


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
@asks_again
def link_mailing(request: PersonRequest, pk: int) -> HttpResponse:
    """What became of the letters; for those ticked whose letter did not go out, slips."""
    mailing = get_object_or_404(link_mailings.own(request.user), pk=pk)
    refused: Any = ()
    if request.method == "POST":
        try:
            handed = slips.make_instead(mailing, _ticked(request), actor=request.user)
        except Refusal as refusal:
            refused = refusal.findings
        else:
            context: dict[str, Any] = {"handed": handed, "slips": handed.slips}
            return render(request, "accounts/password_slips_made.html", context)
    context = _letters(mailing) | {"refused": refused, "is_beside": "beside" in request.GET}
    page = "accounts/_letters.html" if "HX-Request" in request.headers else _LETTERS
    return render(request, page, context, status=status_of(refused))


def _ticked(request: PersonRequest) -> set[int]:
    numbers = (whole_number(typed) for typed in request.POST.getlist("person"))
    return {number for number in numbers if number is not None}


@login_required
@require_POST
@never_cache
def slips_file(request: PersonRequest) -> FileResponse | HttpResponse:
    """The slips that are shown, as a PDF: made of their addresses, and kept nowhere."""
    try:
        shown = slips_pdf.of_paths(request.POST.getlist("path"), maker=request.user)
    except Refusal as refusal:
        found = listing(request, SlipFilters, slips.waiting(request.user), size=LINES_A_PAGE)
        context = found.context | {"refused": refusal.findings}
        return render(request, "accounts/password_slips.html", context, status=REFUSED)
    return slips_pdf.answer(shown, address=request.build_absolute_uri)


@require_http_methods(["GET", "POST"])
@never_cache
def forgotten_password(request: HttpRequest) -> HttpResponse:
    """Asks for the account; what comes next says the same whatever the account is."""
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and kept(form, lambda form: forgotten.ask(**form.cleaned_data)):
        return redirect("organizations:forgotten_asked")
    answer = render(
        request, "accounts/forgotten.html", {"form": form}, status=status_of(form.errors)
    )
    if form.has_error(NON_FIELD_ERRORS, forgotten.TOO_OFTEN):
        answer.status_code = TOO_MANY
        answer["Retry-After"] = str(int(forgotten.BY_ADDRESS.within.total_seconds()))
    return answer


@require_GET
def forgotten_asked(request: HttpRequest) -> HttpResponse:
    """What whoever asked is told, whatever they asked for."""
    context = {"hours": password_links.hours()}
    return render(request, "accounts/forgotten_asked.html", context)


class SetPassword(auth.PasswordResetConfirmView):
    """The page behind a link: anyone who holds it may set the password, once."""

    template_name = "accounts/set_password.html"
    form_class = NewPasswordForm
    token_generator = password_links.tokens
    success_url = reverse_lazy("organizations:login")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if why := password_links.fault(self.user, self._token()):
            return self._does_nothing(why)
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            password_links.use(form.user.pk, self._token(), form.cleaned_data["new_password1"])
        except password_links.LinkRefused as refused:
            return self._does_nothing(str(refused))
        del self.request.session[auth.INTERNAL_RESET_SESSION_TOKEN]
        messages.success(self.request, _("密码已设置，请用新密码登录。"))
        return redirect(self.success_url)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=REFUSED)

    def render_to_response(self, context: dict[str, Any], **given: Any) -> HttpResponse:
        if not self.validlink:
            return self._does_nothing(password_links.fault(None, ""))
        return super().render_to_response(context, **given)

    def _token(self) -> str:
        return self.request.session[auth.INTERNAL_RESET_SESSION_TOKEN]

    def _does_nothing(self, why: str) -> HttpResponse:
        return render(self.request, "accounts/set_password.html", {"why": why}, status=GONE)
