"""Pages of those who take notices through their steps, with the objections to them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.announcements import said
from designation.announcements.looking import look
from designation.organizations import names
from designation.organizations.models import Role
from designation.organizations.requests import PersonRequest
from designation.organizations.rules import seats
from designation.papers import files
from designation.rounds.models import Round
from designation.rounds.rules import managed_rounds
from designation.site import seen_whole, sure
from designation.site.creating import create
from designation.site.lists import listing
from designation.site.pages import REFUSED, status_of
from designation.site.refusal import Refusal

from ..by_form import by_form
from ..stages.conferral.rules import rounds_to_decide
from ..stages.public_notice import notices, papers, prefilled, steps
from ..stages.public_notice.forms import ExtendForm, NoticeForm, RestartForm, SendBackForm
from ..stages.public_notice.meetings import meetings_of
from ..stages.public_notice.models import Notice
from ..stages.public_notice.preview import Preview, correction_of_draft, of_typed
from ..stages.public_notice.queries import last_return, notices_to_mend
from ..stages.public_notice.scoping import handled_notices
from . import queries
from .filters import NoticeFilters
from .page import DONE, HOLDING_UP, STEPS, cannot_be_undone, shown

MOST_OBJECTIONS = 100


@login_required
@require_GET
def desk(request: PersonRequest) -> HttpResponse:
    """Seven to nine statements, by the roles held, whatever the number of notices."""
    if not seats(request.user).handles_notices:
        raise Http404
    found = listing(request, NoticeFilters, queries.notices(request.user))
    context = {
        "awaited": {notice.pk: steps.waits_for(notice) for notice in found.page},
        "rounds": queries.rounds_to_notice(request.user),
        "awaiting": rounds_to_decide(request.user),
        "objections": queries.received(request.user)[:MOST_OBJECTIONS],
        "handles_objections": Role.OBJECTION_OFFICER in seats(request.user).roles,
    }
    return render(request, "public_notice/desk.html", found.context | context)


@login_required
@require_http_methods(["GET", "POST"])
def compose(request: PersonRequest, round_id: int) -> HttpResponse:
    round_ = get_object_or_404(managed_rounds(request.user), pk=round_id)
    chosen = list(notices.eligible(round_))
    meetings = meetings_of(chosen)
    initial = prefilled.for_round(round_, chosen, meetings)
    form = NoticeForm(chosen, meetings, request.POST or None, initial=initial)
    if request.method == "POST" and not _looks_first(request):

        def propose(form: NoticeForm) -> str:
            notice = notices.propose(
                round_, form.cleaned_data, form.chosen(), seen=request.POST, **by_form(request)
            )
            return reverse("notices:manage", args=[notice.pk])

        if address := create(request, form, propose, refusals=(Refusal,)):
            messages.success(request, _("公示已提出，请保密审查人审查。"))
            return redirect(address)
    context = {
        "round": round_,
        "form": form,
        "seen": seen_whole.as_shown(notices.to_be_listed(round_)),
        "preview": _typed(request, form, round_),
    }
    status = status_of(form.errors)
    return render(request, "public_notice/compose.html", context, status=status)


@login_required
@require_GET
def manage(request: PersonRequest, pk: int) -> HttpResponse:
    return manage_page(request, pk)


def manage_page(request: PersonRequest, pk: int, status: int = 200, **extra: Any) -> HttpResponse:
    notice = get_object_or_404(queries.for_its_page(request.user), pk=pk)
    look(notice, request.user)
    context = shown(notice, request.user) | extra
    if asked := extra.get("asked"):
        offered = context["holding_up"].get(asked)
        if offered is None or offered["why"]:
            context |= {"has_lapsed": True, "typed": _typed_into(extra[f"{asked}_form"])}
    return render(request, "public_notice/manage.html", context, status=status)


def _typed_into(form: Any) -> list[tuple[str, str]]:
    """Label and text of what was filled in, where the page shows the form no more."""
    filled = (field for field in form.visible_fields() if field.data)
    return [
        (field.label, dict(getattr(field.field, "choices", ())).get(field.data, field.data))
        for field in filled
    ]


def handled(request: PersonRequest, pk: int) -> Notice:
    return get_object_or_404(queries.with_people(handled_notices(request.user)), pk=pk)


@login_required
@require_GET
def paper(request: PersonRequest, pk: int, suffix: str) -> FileResponse:
    """The notice as it is put up on the wall; a draft while it is one."""
    notice = handled(request, pk)
    area = notice.round.jurisdiction
    at = notice.published_at
    return files.answer(request, papers.paper(notice), suffix, area=area, dated=at, of=pk)


@login_required
@require_GET
def correction(request: PersonRequest, pk: int, suffix: str) -> FileResponse:
    """What the notice corrects of the one in whose place it stands; a draft while it is one."""
    notice = handled(request, pk)
    is_draft = notice.status == Notice.Status.DRAFT
    made = correction_of_draft(notice) if is_draft else papers.correction(notice)
    if made is None:
        raise Http404
    area, at = notice.round.jurisdiction, notice.published_at
    return files.answer(request, made, suffix, area=area, dated=at, of=pk)


@login_required
@require_POST
def step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """One of the steps, each by its own role; or the draft taken back."""
    notice = handled(request, pk)
    if step not in STEPS:
        raise Http404
    act, carry_out = STEPS[step]
    if not steps.may(notice, request.user, steps.ROLES[act]):
        raise Http404
    try:
        if cannot_be_undone(step):
            sure.ask(request.POST)
        carry_out(notice, seen=request.POST, **by_form(request))
    except Refusal as refused:
        return manage_page(request, pk, REFUSED, refused=refused.findings)
    messages.success(request, DONE[step])
    return redirect("notices:manage", pk)


@login_required
@require_POST
def send_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Back to the coordinator, with the reason; a refused reason stays in its field."""
    notice = handled(request, pk)
    roles = [steps.ROLES[act] for act in steps.SENDING_BACK]
    if not any(steps.may(notice, request.user, role) for role in roles):
        raise Http404
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return manage_page(request, pk, REFUSED, send_back_form=form)
    reason = form.cleaned_data["reason"]
    try:
        notices.send_back(notice, reason=reason, seen=request.POST, **by_form(request))
    except Refusal as refused:
        return manage_page(request, pk, REFUSED, refused=refused.findings, send_back_form=form)
    messages.success(request, _("公示已退回，由县级经办人修改后重新提出，或者作废。"))
    return redirect("notices:manage", pk)


@login_required
@require_POST
def extend(request: PersonRequest, pk: int) -> HttpResponse:
    """The publisher lets a running notice run longer."""

    def carry_out(notice: Notice, form: Any) -> HttpResponse:
        days, reason = form.cleaned_data["days"], form.cleaned_data["reason"]
        notices.extend(notice, days=days, reason=reason, seen=request.POST, **by_form(request))
        told = _("公示期已延长至%(last)s，公示页面上写明了原因。")
        messages.success(request, told % {"last": said.day(notice.last_day)})
        return redirect("notices:manage", notice.pk)

    return _hold_up(request, pk, "extend", ExtendForm(request.POST), carry_out)


@login_required
@require_POST
def restart(request: PersonRequest, pk: int) -> HttpResponse:
    """The publisher breaks a notice off; its names go on with a draft that takes its place."""

    def carry_out(notice: Notice, form: Any) -> HttpResponse:
        cause, reason = form.cleaned_data["cause"], form.cleaned_data["reason"]
        draft = notices.restart(
            notice, cause=cause, reason=reason, seen=request.POST, **by_form(request)
        )
        told = _("公示已终止，名单已转入这份拟稿。接着由县级经办人核对后重新提出。")
        messages.success(request, told)
        return redirect("notices:manage", draft.pk)

    return _hold_up(request, pk, "restart", RestartForm(request.POST), carry_out)


def _hold_up(
    request: PersonRequest,
    pk: int,
    name: str,
    form: Any,
    carry_out: Callable[[Notice, Any], HttpResponse],
) -> HttpResponse:
    """What was typed stays where it was refused."""
    notice = handled(request, pk)
    if not steps.may(notice, request.user, steps.ROLES[HOLDING_UP[name]]):
        raise Http404
    again = {f"{name}_form": form, "asked": name}
    if not form.is_valid():
        return manage_page(request, pk, REFUSED, **again)
    try:
        sure.ask(request.POST)
        return carry_out(notice, form)
    except Refusal as refused:
        return manage_page(request, pk, REFUSED, refused=refused.findings, **again)


@login_required
@require_http_methods(["GET", "POST"])
def mend(request: PersonRequest, pk: int) -> HttpResponse:
    """The coordinator mends a notice that was sent back, and proposes it anew."""
    notice = get_object_or_404(queries.with_people(notices_to_mend(request.user)), pk=pk)
    if request.method == "GET" and notice.sent_back_at is None:
        raise Http404
    offered, initial = prefilled.to_mend(notice)
    form = NoticeForm(offered, meetings_of(offered), request.POST or None, initial=initial)
    presses = request.method == "POST" and not _looks_first(request)
    if presses and form.is_valid() and _proposed_again(request, notice, form):
        messages.success(request, _("公示已重新提出，请保密审查人审查。"))
        return redirect("notices:manage", notice.pk)
    sent_back = last_return(notice)
    if sent_back is not None:
        names.read(names.who_acted([sent_back]))
    context = {
        "round": notice.round,
        "form": form,
        "notice": notice,
        "sent_back": sent_back,
        "seen": seen_whole.as_shown(notices.to_mend(notice)),
        "preview": _typed(request, form, notice.round, restarts=notice.restarts),
    }
    status = status_of(form.errors)
    return render(request, "public_notice/compose.html", context, status=status)


def _looks_first(request: PersonRequest) -> bool:
    """Whether only the preview was pressed: nothing is proposed by it."""
    return "preview" in request.POST


def _typed(
    request: PersonRequest, form: NoticeForm, round_: Round, *, restarts: Notice | None = None
) -> Preview | None:
    """What was typed as everybody would read it; None where it was not asked for, or is wanting."""
    if not _looks_first(request) or not form.is_valid():
        return None
    return of_typed(form.instance, round_, form.chosen(), restarts=restarts)


def _proposed_again(request: PersonRequest, notice: Notice, form: NoticeForm) -> bool:
    """Whether it was; what is in the way is told above the form."""
    try:
        notices.propose_again(
            notice, form.cleaned_data, form.chosen(), seen=request.POST, **by_form(request)
        )
    except Refusal as refused:
        form.add_error(None, str(refused))
        return False
    return True
