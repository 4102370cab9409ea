"""The pages by which a unit appeals, and an appeal's own: what it says, what may be done next."""

from collections.abc import Callable, Mapping
from functools import partial
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
from designation.evidence import choosing
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
from ...case.applicants import GOES_ON
from ...case.opened import page_version
from ...case.records import Decision
from . import against, appeals, attached, queries, taking_in
from .case import AppealCase
from .course import PASSAGES, AppealCourse
from .forms import ActForm, AppealForm, EnteredAppealForm, FilesForm
from .models import OF_A_MEETING, Appeal
from .rules import hears_it, may_attach, may_enter, may_give_the_units_word, may_have_it_visited

# How each step is called, by what it led to.
_WORDS: Mapping[str, Any] = {
    Appeal.Status.LODGED: gettext_lazy("申请复核"),
    GOES_ON: gettext_lazy("由新单位接着办理"),
    **{one.becomes: one.label for one in PASSAGES.values()},
}

_LODGED = gettext_lazy("复核申请已提交，答复会在消息中通知您。")
_ENTERED = gettext_lazy("复核申请已登记，由没有参与过的其他人办理。")


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


@login_required
@require_http_methods(["GET", "POST"])
def enter_against_decision(request: PersonRequest, pk: int) -> HttpResponse:
    """One that came on paper, typed by a county coordinator."""
    ground = get_object_or_404(queries.decisions_to_enter(request.user), pk=pk)
    back = reverse("applications:case", args=[ground.application_id])
    return _entering(request, ground, back)


@login_required
@require_http_methods(["GET", "POST"])
def enter_against_title(request: PersonRequest, pk: int) -> HttpResponse:
    title = get_object_or_404(lives_read_by(request.user), pk=pk)
    step = queries.revocation_of(title)
    if step is None:
        raise Http404
    return _entering(request, step, reverse("titles:title", args=[pk]))


def _lodging(request: PersonRequest, ground: Decision | TitleStep, back: str) -> HttpResponse:
    if not may_give_the_units_word(against.whose(ground), request.user):
        raise Http404
    return _bringing(request, ground, back, AppealForm, appeals.lodge)


def _entering(request: PersonRequest, ground: Decision | TitleStep, back: str) -> HttpResponse:
    if not may_enter(against.whose(ground), against.area_of(ground), request.user):
        raise Http404
    return _bringing(request, ground, back, EnteredAppealForm, appeals.enter)


def _bringing(
    request: PersonRequest,
    ground: Decision | TitleStep,
    back: str,
    asks: type[AppealForm],
    make: Callable[..., Appeal],
) -> HttpResponse:
    """The form of one or the other; what keeps an appeal back is told before anything is typed."""
    what, is_paper = against.against(ground), asks is EnteredAppealForm
    if what is None:
        raise Http404
    form = asks(request.POST or None, request.FILES or None, of_a_meeting=what in OF_A_MEETING)

    def made(form: AppealForm) -> str:
        key = request_keys.key_in(request.POST)
        found = make(ground, form.brought, actor=request.user, request_key=key)
        return reverse("appeals:appeal", args=[found.pk])

    if request.method == "POST" and (address := create(request, form, made, refusals=(Refusal,))):
        messages.success(request, _ENTERED if is_paper else _LODGED)
        return redirect(address)
    # Of paper its own day counts, which is not known before it is typed.
    at = ground.at if is_paper else None
    context = {
        "form": form,
        "what": what.label,
        "unit": against.whose(ground),
        "until": against.until(ground),
        "answer_days": against.days_to_answer(ground),
        "shut": () if form.errors else taking_in.what_keeps_it_back(ground, at),
        "back": back,
        "is_paper": is_paper,
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
    hears = hears_it(case, request.user)
    context = {
        "appeal": case.appeal,
        "steps": [(step, _WORDS[step.act]) for step in steps],
        "hears": hears,
        "visit": queries.visit_on(case.appeal) if hears else None,
        "may_visit": may_have_it_visited(case, request.user),
        "files": attached.of(case.appeal, request.user),
        "may_attach": may_attach(case.appeal, request.user),
        "back": _back(case.appeal),
        "offered": [(way, PASSAGES[way.slug], findings) for way, findings in offered],
    }
    return render(request, "appeals/appeal.html", context)


def _to_attach(request: PersonRequest, pk: int) -> Appeal:
    """One to which the person may add files; any other is 404."""
    found = _opened(request, pk).appeal
    if not may_attach(found, request.user):
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "POST"])
def attach(request: PersonRequest, pk: int) -> HttpResponse:
    """More files, from the head's device."""
    found = _to_attach(request, pk)
    form = FilesForm(request.POST or None, request.FILES or None)

    def added(form: FilesForm) -> str:
        files = attached.judged(form.cleaned_data[attached.FIELD])
        attached.attach(found, files, actor=request.user)
        return reverse("appeals:appeal", args=[pk])

    if request.method == "POST" and (address := create(request, form, added, refusals=(Refusal,))):
        messages.success(request, _("材料已补充。"))
        return redirect(address)
    context = {"appeal": found, "form": form}
    return render(request, "appeals/attach.html", context, status=status_of(form.errors))


@login_required
@require_http_methods(["GET", "POST"])
def library(request: PersonRequest, pk: int) -> HttpResponse:
    """What the unit has already, to rest its appeal on."""
    found = _to_attach(request, pk)
    rows = attached.choices(found)
    if request.method == "POST":
        choose = partial(attached.choose, found, actor=request.user)
        return choosing.chosen(request, rows, choose, reverse("appeals:appeal", args=[pk]))
    return choosing.page(request, rows, "appeals/library.html", {"appeal": found})


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
    form = ActForm(name, case, request.POST or None, request.FILES or None)
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
