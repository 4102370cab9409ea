"""The page on which the administrator records what became of an organization: typed, then seen."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from designation.site.creating import create
from designation.site.pages import status_of
from designation.site.refusal import Refusal
from designation.site.telling import tell

from ..accounts.reauthentication_views import asks_again
from ..organizations.models import Organization, Role
from ..organizations.requests import PersonRequest
from ..organizations.scoping import Administered
from . import reorganizing
from .reorganizing import Outlook
from .reorganizing_forms import FatesForm, ReorganizationForm

RECORD, EDIT = "record", "edit"


@login_required
@require_http_methods(["GET", "POST"])
@asks_again
def reorganize(request: PersonRequest, pk: int) -> HttpResponse:
    """First what happened is typed, then all that follows is read and confirmed."""
    mine = Administered(request.user, Role.SYSTEM_ADMINISTRATOR).organizations()
    unit = get_object_or_404(mine, pk=pk)
    form = ReorganizationForm(unit, mine, request.POST or None)
    step = request.POST.get("step", "")
    if request.method != "POST" or step == EDIT or not form.is_valid():
        return _typed(request, unit, form)
    if step == RECORD and (address := _recorded(request, unit, form)):
        messages.success(request, _("机构变更已登记，有关人员已收到消息。"))
        return redirect(address)
    return _seen(request, unit, form, is_sent=step == RECORD)


def _typed(request: PersonRequest, unit: Organization, form: ReorganizationForm) -> HttpResponse:
    context = {"unit": unit, "form": form}
    is_faulty = form.is_bound and request.POST.get("step") != EDIT and bool(form.errors)
    return render(request, "administration/reorganize.html", context, status=status_of(is_faulty))


def _seen(request: PersonRequest, unit: Organization, form: Any, *, is_sent: bool) -> HttpResponse:
    """The list of all that would follow; what was refused of it stands where it belongs."""
    try:
        outlook = reorganizing.outlook(form.proposal, request.user)
    except Refusal as refused:
        tell(form, refused.findings)
        return _typed(request, unit, form)
    shown = _fates(form, outlook, request.POST if is_sent else None)
    if is_sent:
        tell(shown, getattr(form, "refused", ()))
    context = {
        "unit": unit,
        "typed": form,
        "proposal": form.proposal,
        "new": [one for one in form.proposal.after if one.pk is None],
        "form": shown,
        "outlook": outlook,
        "rooms": [(title, _with_fields(shown, fates)) for title, fates in outlook.rooms],
    }
    return render(
        request,
        "administration/reorganize_seen.html",
        context,
        status=status_of(is_sent),
    )


def _fates(form: Any, outlook: Outlook, sent: Any) -> FatesForm:
    what = _("%(what)s 登记后不能撤销：清单中的各项随即办理，有关人员会收到消息。")
    return FatesForm(outlook.fates, what % {"what": form.proposal.basis}, sent)


def _with_fields(shown: FatesForm, fates: Any) -> list[tuple[Any, Any]]:
    return [(fate, shown[fate.key] if fate.is_choice else None) for fate in fates]


def _recorded(request: PersonRequest, unit: Organization, form: Any) -> str | None:
    """The address to lead to; None where it was refused, with why on ``form.refused``."""

    def make(shown: FatesForm) -> str:
        reorganizing.reorganize(
            form.proposal,
            chosen=shown.chosen(),
            seen=request.POST.get("seen", ""),
            actor=request.user,
        )
        return reverse("organizations:organization_edit", args=[unit.pk])

    form.refused = ()
    try:
        outlook = reorganizing.outlook(form.proposal, request.user)
    except Refusal:
        # Sent twice, it has been done: the key answers.
        outlook = Outlook([])
    shown = _fates(form, outlook, request.POST)

    def keep_refusal(shown: FatesForm) -> str:
        try:
            return make(shown)
        except Refusal as refused:
            form.refused = refused.findings
            raise

    return create(request, shown, keep_refusal, refusals=(Refusal,))
