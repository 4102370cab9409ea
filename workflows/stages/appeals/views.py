"""The pages by which a unit appeals, and an appeal's own: what it says, what may be done next."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from designation.announcements.looking import look
from designation.organizations import names
from designation.organizations.requests import PersonRequest
from designation.register.models import TitleStep
from designation.register.rules import lives_read_by
from designation.site import request_keys
from designation.site.creating import create, kept
from designation.site.pages import status_of
from designation.site.refusal import Refusal

from ... import door
from ...by_form import by_form
from ...case.opened import page_version
from ...case.records import Decision
from . import against, appeals, queries
from .case import AppealCase
from .course import PASSAGES, AppealCourse
from .forms import ActForm, AppealForm
from .models import OF_A_MEETING, Appeal
from .rules import hears_it, may_give_the_units_word

# How each step is called, by what it led to.
_WORDS: Mapping[str, Any] = {
    Appeal.Status.LODGED: gettext_lazy("申请复核"),
    **{one.becomes: one.label for one in PASSAGES.values()},
}


@login_required
@require_http_methods(["GET", "POST"])
def against_decision(request: PersonRequest, pk: int) -> HttpResponse:
    ground = get_object_or_404(queries.decisions_of(request.user), pk=pk)
    back = reverse("applications:case", args=[ground.application_id])
    return _lodging(request, ground, back)


@login_required
@require_http_methods(["GET", "POST"])
def against_title(request: PersonRequest, pk: int) -> HttpResponse:
    """Against the revocation of a title that the person's unit holds."""
    title = get_object_or_404(lives_read_by(request.user), pk=pk)
    step = queries.revocation_of(title)
    if step is None:
        raise Http404
    return _lodging(request, step, reverse("titles:title", args=[pk]))


def _lodging(request: PersonRequest, ground: Decision | TitleStep, back: str) -> HttpResponse:
    unit, what = appeals.whose(ground), against.against(ground)
    if what is None or not may_give_the_units_word(unit, request.user):
        raise Http404
    form = AppealForm(request.POST or None, of_a_meeting=what in OF_A_MEETING)
    if request.method == "POST":

        def lodged(form: AppealForm) -> str:
            said = form.cleaned_data
            found = appeals.lodge(
                ground,
                reason=said["reason"],
                grounds=said.get("grounds", ()),
                actor=request.user,
                request_key=request_keys.key_in(request.POST),
            )
            return reverse("appeals:appeal", args=[found.pk])

        if address := create(request, form, lodged, refusals=(Refusal,)):
            messages.success(request, _("复核申请已提交，答复会在消息中通知您。"))
            return redirect(address)
    context = {
        "form": form,
        "ground": ground,
        "what": what.label,
        "unit": unit,
        "until": against.until(ground),
        "answer_days": against.days_to_answer(ground),
        "shut": () if form.errors else appeals.what_keeps_it_back(ground),
        "back": back,
    }
    return render(request, "appeals/lodge.html", context, status=status_of(form.errors))


def _opened(request: PersonRequest, pk: int) -> AppealCase:
    """The appeal as the person may read it; all others are 404."""
    found = get_object_or_404(queries.whole(request.user), pk=pk)
    return AppealCase(found, asked=door.Asked(request.user))


@login_required
@require_GET
def appeal(request: PersonRequest, pk: int) -> HttpResponse:
    case = _opened(request, pk)
    look(case.appeal, request.user)
    steps = list(case.appeal.steps.select_related("actor", "acted_for"))
    names.read(names.who_acted(steps))
    offered = door.offered(AppealCourse.KIND, case, request.user)
    order = list(PASSAGES)
    offered.sort(key=lambda one: (bool(one[1]), order.index(one[0].slug)))
    context = {
        "appeal": case.appeal,
        "steps": [(step, _WORDS[step.act]) for step in steps],
        "hears": hears_it(case, request.user),
        "back": _back(case.appeal),
        "offered": [(way, PASSAGES[way.slug], findings) for way, findings in offered],
    }
    return render(request, "appeals/appeal.html", context)


def _back(found: Appeal) -> str:
    if found.decision is not None:
        return reverse("applications:case", args=[found.decision.application_id])
    return reverse("titles:title", args=[found.title.pk]) if found.title else ""


@login_required
@require_http_methods(["GET", "POST"])
def take_step(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """One act. What keeps it back is told before anything is typed."""
    case = _opened(request, pk)
    declared = PASSAGES.get(name)
    if declared is None or not declared.rule(case, request.user):
        raise Http404
    form = ActForm(name, case, request.POST or None)
    if request.method == "POST":

        def carried_out(form: ActForm) -> None:
            seen = page_version(request)
            appeals.carry_out(name, case.appeal, form.act, seen=seen, **by_form(request))

        if kept(form, carried_out):
            messages.success(request, declared.done)
            return redirect("appeals:appeal", pk)
    elif not door.is_offered(f"{AppealCourse.KIND}.{name}", case, request.user):
        raise Http404
    context = {
        "appeal": case.appeal,
        "passage": declared,
        "form": form,
        "shut": () if form.errors else AppealCourse(case).gate(name).findings,
    }
    return render(request, "appeals/act.html", context, status=status_of(form.errors))
