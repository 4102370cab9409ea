"""The page before an application is begun: what is known, and the vetoes; then it is begun."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from designation.organizations.models import Organization
from designation.organizations.requests import PersonRequest
from designation.rounds.models import Round
from designation.rounds.rules import applying_organizations, public_rounds, takes
from designation.site import request_keys
from designation.site.pages import status_of
from designation.site.refusal import Refusal
from designation.site.text import number_or_404

from .. import transitions
from ..by_form import by_form
from ..findings import GateFinding
from ..stages.self_assessment.before import Before, before
from ..stages.self_assessment.forms import VetoesForm
from .queries import begun_in


@login_required
@require_http_methods(["GET", "POST"])
def start(request: PersonRequest, round_id: int) -> HttpResponse:
    """Those of the person's organizations that the round takes; of the others it says why not."""
    round_ = get_object_or_404(public_rounds().select_related("jurisdiction"), pk=round_id)
    organizations = applying_organizations(request.user)
    if not organizations:
        raise Http404
    begun = begun_in(round_, organizations)
    taken = {application.organization_id for application in begun}
    free = [one for one in organizations if one.pk not in taken and takes(round_, one)]
    chosen = _chosen(request, organizations, free)
    known = before(round_, chosen, request.user) if chosen else None
    form, findings = _form(request, known), list[GateFinding]()
    if request.method == "POST":
        if chosen is None:
            raise Http404
        answer, findings = _begun(request, round_, chosen, form)
        if answer is not None:
            return answer
    is_free = chosen in free
    context = {
        "round": round_,
        "begun": begun,
        "organizations": free,
        "chosen": chosen if is_free else None,
        "known": known if is_free else None,
        "form": form,
        "elsewhere": [one.name for one in organizations if not takes(round_, one)],
        "findings": findings,
        "key_is_used": any(finding.code == "sent_before" for finding in findings),
    }
    is_refused = findings or (form is not None and form.errors)
    return render(request, "case/start.html", context, status=status_of(is_refused))


def _chosen(
    request: PersonRequest, organizations: QuerySet[Organization], free: list[Organization]
) -> Organization | None:
    """The one that is named, else the only one that is free."""
    named = (request.POST or request.GET).get("organization")
    if named is not None:
        return get_object_or_404(organizations, pk=number_or_404(named))
    return free[0] if len(free) == 1 else None


def _form(request: PersonRequest, known: Before | None) -> VetoesForm | None:
    """None where no veto is in force: nothing is asked then."""
    if known is None or not known.vetoes:
        return None
    data = request.POST if request.method == "POST" else None
    return VetoesForm(known.vetoes, data, periods=known.case.periods)


def _begun(
    request: PersonRequest, round_: Round, organization: Organization, form: VetoesForm | None
) -> tuple[HttpResponse | None, list[GateFinding]]:
    """The way to what was begun, or why nothing was."""
    if form is not None and not form.is_valid():
        return None, []
    vetoes = form.accepted if form is not None else {}

    def begin() -> str:
        application = transitions.start(round_, organization, vetoes=vetoes, **by_form(request))
        return reverse("applications:case", args=[application.pk])

    try:
        address = request_keys.once(request_keys.sent(request), begin, person=request.user)
    except Refusal as refused:
        return None, _told(form, refused.findings)
    except request_keys.SentBefore as sent:
        return None, [GateFinding("sent_before", _("一次提交办一件事"), str(sent))]
    messages.success(request, _("已建立申报，请逐条填写自评。"))
    return redirect(address), []


def _told(form: VetoesForm | None, found: Iterable[GateFinding]) -> list[GateFinding]:
    """What was declared is told at its question; returns what concerns the rest."""
    rest = []
    for finding in found:
        if form is not None and finding.check_code:
            form.add_error(form.input_of(finding.check_code), finding.message)
        else:
            rest.append(finding)
    return rest
