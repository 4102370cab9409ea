"""Rounds: public to read; made, filled and opened by the county coordinator."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.organizations.models import Jurisdiction, Level, Role
from designation.organizations.requests import PersonRequest
from designation.organizations.rules import holds, seats
from designation.site import seen_whole
from designation.site.creating import create
from designation.site.pages import CARDS_A_PAGE, REFUSED

from . import opening
from .forms import CategoriesForm, RoundForm, TermsForm, VetoesForm
from .models import Round
from .rules import applying_organizations, organizations_taken, takes


def _within(person: Any, path: str) -> Q:
    return seats(person).within(path, Role.COUNTY_COORDINATOR)


def managed_rounds(person: Any) -> QuerySet[Round]:
    """Rounds that the person, as county coordinator, looks after."""
    return Round.objects.filter(_within(person, "jurisdiction__code"))


@require_GET
def round_list(request: HttpRequest) -> HttpResponse:
    """Three statements beside the seats, whatever the number of rounds."""
    public = ~Q(status=Round.Status.DRAFT)
    rounds = Round.objects.filter(public | _within(request.user, "jurisdiction__code"))
    page = Paginator(rounds.select_related("jurisdiction"), CARDS_A_PAGE).get_page(
        request.GET.get("page")
    )
    may_add = holds(request.user, Role.COUNTY_COORDINATOR)
    applies = holds(request.user, Role.PREPARER, Role.HEAD)
    own = list(applying_organizations(request.user)) if applies else []
    context = {
        "page": page,
        "may_add": may_add,
        "applies": applies,
        "taken": {round_.pk for round_ in page for one in own if takes(round_, one)},
    }
    return render(request, "rounds/list.html", context)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _detail_page(request, pk)


def _detail_page(request: HttpRequest, pk: int, status: int = 200, **extra: Any) -> HttpResponse:
    public = ~Q(status=Round.Status.DRAFT)
    round_ = get_object_or_404(
        Round.objects.filter(public | _within(request.user, "jurisdiction__code")).select_related(
            "jurisdiction"
        ),
        pk=pk,
    )
    may_manage = seats(request.user).holds_over(round_.jurisdiction.code, Role.COUNTY_COORDINATOR)
    draft = round_.status == Round.Status.DRAFT
    may_try = seats(request.user).holds_over(
        round_.jurisdiction.code, Role.COUNTY_COORDINATOR, Role.STANDARDS_MANAGER
    )
    context = {
        "round": round_,
        "categories": round_.categories.select_related("standard"),
        "vetoes": round_.vetoes.filter(is_on=True),
        "may_manage": may_manage,
        "seen": seen_whole.as_shown(opening.rules_of(round_)) if may_manage else {},
        "obstacles": list(opening.obstacles(round_)) if may_manage and draft else [],
        "may_replay": may_try and not draft,
        "may_apply": bool(organizations_taken(round_, request.user)),
    }
    return render(request, "rounds/detail.html", context | extra, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: PersonRequest) -> HttpResponse:
    if not holds(request.user, Role.COUNTY_COORDINATOR):
        raise Http404
    return _frame(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    with transaction.atomic():
        round_ = _prepared(request, pk)
        return _frame(request, round_)


def _prepared(request: PersonRequest, pk: int) -> Round:
    """A round that may still be changed: once open, its rules stand.

    Sent back, it is held while it is compared and saved; one that was opened meanwhile is told.
    """
    rounds = managed_rounds(request.user).select_related("jurisdiction")
    if request.method == "POST":
        return get_object_or_404(rounds.select_for_update(of=("self",)), pk=pk)
    return get_object_or_404(rounds, pk=pk, status=Round.Status.DRAFT)


def _may_be_saved(form: Any, round_: Round) -> bool:
    if round_.status != Round.Status.DRAFT:
        form.add_error(None, _("批次已经开展，规则不能再改。您填的内容还在下面。"))
    return form.is_valid()


def _frame(request: PersonRequest, round_: Round | None) -> HttpResponse:
    areas = Jurisdiction.objects.filter(_within(request.user, "code")).exclude(level=Level.TOWNSHIP)
    form = RoundForm(areas, request.POST or None, instance=round_)
    if request.method == "POST" and (address := _saved_frame(request, form, round_)):
        messages.success(request, _("批次已保存。"))
        return redirect(address)
    return render(
        request,
        "rounds/form.html",
        {"form": form, "round": round_, "title": _("批次信息")},
        status=REFUSED if form.errors else 200,
    )


def _saved_frame(request: PersonRequest, form: RoundForm, round_: Round | None) -> str | None:
    """The address of the round as it was made or changed; None when the form is refused."""

    def save(form: RoundForm) -> str:
        saved = form.save()
        action = "round.add" if round_ is None else "round.edit"
        opening.record(saved, request.user, action, form.recorded())
        return reverse("rounds:detail", args=[saved.pk])

    if round_ is None:
        return create(request, form, save)
    return save(form) if _may_be_saved(form, round_) else None


def _part(form_class: Callable[..., Any], title: Any, action: str) -> Callable[..., HttpResponse]:
    """The page of one part of a draft round."""

    @login_required
    @require_http_methods(["GET", "POST"])
    @transaction.atomic
    def page(request: PersonRequest, pk: int) -> HttpResponse:
        round_ = _prepared(request, pk)
        if request.method == "POST":
            # The local terms are the jurisdiction's own, whichever of its rounds shows them.
            Jurisdiction.objects.select_for_update(no_key=True).get(pk=round_.jurisdiction_id)
        form: Any = form_class(round_, request.POST if request.method == "POST" else None)
        if request.method == "POST" and _may_be_saved(form, round_):
            form.save()
            opening.record(round_, request.user, action, form.recorded())
            messages.success(request, _("已保存。"))
            return redirect("rounds:detail", pk)
        return render(
            request,
            "rounds/form.html",
            {"form": form, "round": round_, "title": title},
            status=REFUSED if form.errors else 200,
        )

    return page


categories = _part(CategoriesForm, gettext_lazy("申报类别和名额"), "round.categories")
terms = _part(TermsForm, gettext_lazy("地方用语的本县释义"), "round.terms")
vetoes = _part(VetoesForm, gettext_lazy("一票否决事项"), "round.vetoes")


@login_required
@require_POST
def open_round(request: PersonRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(managed_rounds(request.user), pk=pk)
    try:
        opening.open_round(round_, actor=request.user, seen=request.POST)
    except opening.NotReady as refused:
        return _detail_page(request, pk, REFUSED, refused=refused.obstacles)
    messages.success(request, _("批次已开展，组织可以开始申报。"))
    return redirect("rounds:detail", pk)


@login_required
@require_POST
def close_round(request: PersonRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(managed_rounds(request.user), pk=pk)
    try:
        opening.close_round(round_, actor=request.user, seen=request.POST)
    except opening.NotReady as refused:
        return _detail_page(request, pk, REFUSED, refused=refused.obstacles)
    messages.success(request, _("批次已结束申报。"))
    return redirect("rounds:detail", pk)
