"""Rounds: public to read; made, filled and opened by the county coordinator."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from designation.organizations.models import Role
from designation.organizations.requests import PersonRequest
from designation.organizations.rules import holds
from designation.site import forms, seen_whole, sure
from designation.site.creating import create, kept
from designation.site.lists import listing
from designation.site.pages import CARDS_A_PAGE, REFUSED, status_of
from designation.site.refusal import Finding, Refusal
from designation.site.telling import tell

from . import (
    configuring,
    copying,
    definitions,
    department_changes,
    departments,
    extending,
    opening,
    outcome,
    places,
    queries,
    readiness,
    rules,
    schedule,
)
from .filters import RoundFilters
from .forms import (
    CategoriesForm,
    CorrectionForm,
    ExtendForForm,
    ExtendForm,
    MethodsForm,
    RecommendationsForm,
    RoundForm,
    TermsForm,
    VetoesForm,
)
from .methods import set_methods
from .models import Round, RoundDefinition

# Keeps what the form of a part says, and records it.
Keep = Callable[..., None]


@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    """Three statements beside the seats, whatever the number of rounds."""
    rounds = rules.shown_rounds(request.user)
    found = listing(request, RoundFilters, rounds.select_related("jurisdiction"), size=CARDS_A_PAGE)
    applies = holds(request.user, Role.PREPARER, Role.HEAD)
    own = list(rules.applying_organizations(request.user)) if applies else []
    context = found.context | {
        "may_add": rules.opens_rounds(request.user),
        "applies": applies,
        "taken": {round_.pk for round_ in found.page for one in own if rules.takes(round_, one)},
    }
    return render(request, "rounds/list.html", context)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _detail_page(request, pk)


def _detail_page(request: HttpRequest, pk: int, status: int = 200, **extra: Any) -> HttpResponse:
    shown = rules.shown_rounds(request.user).select_related(
        "jurisdiction", "default_reviewing_body__jurisdiction"
    )
    round_ = get_object_or_404(shown, pk=pk)
    may_manage = rules.may_manage(request.user, round_)
    draft = round_.status == Round.Status.DRAFT
    context = {
        "round": round_,
        "categories": round_.categories.select_related("standard"),
        "definitions": queries.definitions_shown(round_),
        "may_correct": may_manage and rules.is_under_way(round_),
        "vetoes": queries.vetoes_in_force(round_),
        "departments": queries.departments_asked(round_) if may_manage else (),
        **(_departments(round_) if may_manage and round_.status == Round.Status.OPEN else {}),
        "may_manage": may_manage,
        "seen": seen_whole.as_shown(opening.rules_of(round_)) if may_manage else {},
        **(_readiness(round_) if may_manage and draft else {}),
        "timetable": schedule.of_round(round_) if may_manage else [],
        "remarks": schedule.remarks(round_) if may_manage else [],
        "may_replay": not draft and rules.may_try_standards(request.user, round_),
        "may_follow": rules.may_follow(request.user, round_),
        "outcome": outcome.of_round(round_),
        "is_overseen": rules.is_overseen(round_, request.user),
        "may_apply": rules.may_apply(round_, request.user),
        "extensions": [] if draft else queries.extensions_for_all(round_),
        "late": queries.extensions_for_one(round_) if may_manage and not draft else [],
    }
    return render(request, "rounds/detail.html", context | extra, status=status)


def _departments(round_: Round) -> dict[str, Any]:
    """How the departments of an open round were changed, and which may be taken back."""
    return {
        "may_change_departments": True,
        "department_changes": queries.department_changes(round_),
        "removable": department_changes.removable(round_),
    }


# Where a gap is filled, by the code of its finding.
_FILLED_AT = {
    "no_approval": "rounds:edit",
    "posting_too_long": "rounds:edit",
    "no_category": "rounds:categories",
    "standard_not_usable": "rounds:categories",
    "figure_without_check": "rounds:methods",
    "routing_invalid": "rounds:routing",
    "nobody_reviews": "rounds:routing",
    "term_undefined": "rounds:terms",
}


def _readiness(round_: Round) -> dict[str, Any]:
    """What a draft lacks, each with the page on which it is filled, and who is missing."""
    gaps = [
        (
            found,
            reverse(_FILLED_AT[found.code], args=[round_.pk]) if found.code in _FILLED_AT else "",
        )
        for found in opening.obstacles(round_)
    ]
    return {"obstacles": gaps, "people": [*readiness.gaps(round_), *departments.unstaffed(round_)]}


@login_required
@require_http_methods(["GET", "POST"])
def add(request: PersonRequest) -> HttpResponse:
    if not rules.opens_rounds(request.user):
        raise Http404
    return _frame(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    return _frame(request, _prepared(request, pk))


def _prepared(request: PersonRequest, pk: int) -> Round:
    """A round that may still be changed: once open, its rules stand.

    Sent back, one that was opened meanwhile is told.
    """
    managed = rules.managed_rounds(request.user)
    rounds = managed if request.method == "POST" else rules.rounds_in_preparation(request.user)
    return get_object_or_404(rounds.select_related("jurisdiction"), pk=pk)


def _kept(request: PersonRequest, form: Any, round_: Round, keep: Keep) -> bool:
    """Whether what a form over a round says was kept; what is in the way is told in the form."""
    tell(form, configuring.obstacles(round_, request.user))
    return kept(form, keep)


def _frame(request: PersonRequest, round_: Round | None) -> HttpResponse:
    form = RoundForm(rules.areas_to_open_in(request.user), request.POST or None, instance=round_)
    if request.method == "POST" and (address := _saved_frame(request, form, round_)):
        messages.success(request, _("批次已保存。"))
        return redirect(address)
    return render(
        request,
        "rounds/form.html",
        {
            "form": form,
            "round": round_,
            "title": _("批次信息"),
            # While something typed is refused there is nothing that it could stand for.
            "timetable": schedule.of_round(round_) if round_ and not form.is_bound else [],
            "remarks": schedule.remarks(round_) if round_ and not form.is_bound else [],
        },
        status=status_of(form.errors),
    )


def _saved_frame(request: PersonRequest, form: RoundForm, round_: Round | None) -> str | None:
    """The address of the round as it was made or changed; None when the form is refused."""

    def begin(form: RoundForm) -> str:
        begun = configuring.begin(form.cleaned_data, actor=request.user)
        return reverse("rounds:detail", args=[begun.pk])

    if round_ is None:
        return create(request, form, begin, refusals=(Refusal,))

    def keep(form: RoundForm) -> None:
        before, values = form.compared_changes()
        configuring.keep_frame(round_, values, before=before, actor=request.user)

    is_kept = _kept(request, form, round_, keep)
    return reverse("rounds:detail", args=[round_.pk]) if is_kept else None


def _part(form_class: Callable[..., Any], title: Any, keep: Keep) -> Callable[..., HttpResponse]:
    """The page of one part of a draft round."""

    @login_required
    @require_http_methods(["GET", "POST"])
    def page(request: PersonRequest, pk: int) -> HttpResponse:
        round_ = _prepared(request, pk)

        def kept_so(form: Any) -> None:
            keep(round_, form.kept(), before=form.read(), actor=request.user)

        form: Any = form_class(round_, request.POST if request.method == "POST" else None)
        if request.method == "POST" and _kept(request, form, round_, kept_so):
            messages.success(request, _("已保存。"))
            return redirect("rounds:detail", pk)
        return render(
            request,
            "rounds/form.html",
            {"form": form, "round": round_, "title": title},
            status=status_of(form.errors),
        )

    return page


categories = _part(CategoriesForm, gettext_lazy("申报类别和名额"), configuring.set_places)
methods = _part(MethodsForm, gettext_lazy("择优办法"), set_methods)
terms = _part(TermsForm, gettext_lazy("地方用语的本县释义"), configuring.define_terms)
vetoes = _part(VetoesForm, gettext_lazy("一票否决事项"), configuring.set_vetoes)


@login_required
@require_http_methods(["GET", "POST"])
def recommendations(request: PersonRequest, pk: int) -> HttpResponse:
    """Places of townships, while the round is prepared and while it runs."""
    rows = rules.rounds_not_over(request.user).select_related("jurisdiction")
    round_ = get_object_or_404(rows, pk=pk)
    sent = request.method == "POST"

    def keep(form: RecommendationsForm) -> None:
        places.set_recommendations(round_, form.kept(), before=form.read(), actor=request.user)

    form = RecommendationsForm(round_, request.POST if sent else None)
    if sent and kept(form, keep):
        messages.success(request, _("已保存。"))
        return redirect("rounds:places", pk)
    context = {"form": form, "round": round_, "asked": form.asked, "rows": form.rows()}
    return render(request, "rounds/places.html", context, status=status_of(form.errors))


@login_required
@require_http_methods(["GET", "POST"])
def extend(request: PersonRequest, pk: int) -> HttpResponse:
    """More time for everybody."""
    rows = rules.rounds_open(request.user)
    round_ = get_object_or_404(rows.select_related("jurisdiction"), pk=pk)
    form = ExtendForm(request.POST if request.method == "POST" else None)

    def carry_out(form: ExtendForm) -> None:
        typed = form.cleaned_data
        extending.extend(
            round_,
            typed["until"],
            reason=typed["reason"],
            actor=request.user,
            seen=request.POST,
        )

    return _extension_page(request, round_, form, carry_out, _("延长申报时间"))


@login_required
@require_http_methods(["GET", "POST"])
def extend_for(request: PersonRequest, pk: int) -> HttpResponse:
    """More time for one organization, also after the round has closed."""
    rows = rules.rounds_begun(request.user)
    round_ = get_object_or_404(rows.select_related("jurisdiction"), pk=pk)
    form = ExtendForForm(round_, request.POST if request.method == "POST" else None)

    def carry_out(form: ExtendForForm) -> None:
        typed = form.cleaned_data
        extending.extend_for(
            round_,
            typed["organization"],
            typed["until"],
            reason=typed["reason"],
            actor=request.user,
        )

    return _extension_page(request, round_, form, carry_out, _("准许一家延长"))


def _extension_page(
    request: PersonRequest, round_: Round, form: Any, carry_out: Callable[[Any], None], title: str
) -> HttpResponse:
    """A form that gives more time, carried out once for its key."""

    def make(form: Any) -> str:
        carry_out(form)
        return reverse("rounds:detail", args=[round_.pk])

    if request.method == "POST":
        try:
            address = create(request, form, make)
        except extending.ExtensionRefused as refused:
            form.refuse(refused.findings)
        else:
            if address:
                messages.success(request, _("已延长，并已告知申报单位。"))
                return redirect(address)
    seen = seen_whole.as_shown(extending.as_shown(round_))
    context = {"form": form, "round": round_, "title": title, "seen": seen}
    return render(request, "rounds/extend.html", context, status=status_of(form.errors))


@login_required
@require_http_methods(["GET", "POST"])
def correct_term(request: PersonRequest, pk: int, definition: int) -> HttpResponse:
    """Another definition of one term, while the round takes applications."""
    former = _definition(request, pk, definition)
    form = CorrectionForm(former, request.POST if request.method == "POST" else None)

    def make(form: CorrectionForm) -> str:
        definitions.correct(former, **form.cleaned_data, actor=request.user)
        return reverse("rounds:detail", args=[pk])

    if request.method == "POST" and (address := create(request, form, make, refusals=(Refusal,))):
        messages.success(request, _("已更正，并已告知申报单位和初审机构。"))
        return redirect(address)
    context = {"form": form, "round": former.round, "former": former}
    return render(request, "rounds/correct_term.html", context, status=status_of(form.errors))


def _definition(request: PersonRequest, pk: int, definition: int) -> RoundDefinition:
    """Sent back, one that was corrected meanwhile, or of a round that ended, is told."""
    rows = rules.definitions_of_rounds_begun(request.user).filter(round=pk)
    if request.method != "POST":
        rows = rows.filter(pk__in=queries.definitions_in_force(pk))
    former = get_object_or_404(rows.select_related("round__jurisdiction"), pk=definition)
    if request.method != "POST" and not rules.is_under_way(former.round):
        raise Http404
    return former


@login_required
@require_POST
def copy(request: PersonRequest, pk: int) -> HttpResponse:
    """A draft for the next year, made once for the key of its button."""
    round_ = get_object_or_404(rules.managed_rounds(request.user), pk=pk)

    def make(_form: Any) -> str:
        return reverse("rounds:edit", args=[copying.copy(round_, actor=request.user).pk])

    form = forms.Form(request.POST)
    if address := create(request, form, make):
        messages.success(request, _("已照此新建，请核对各项并填写今年的批准文号。"))
        return redirect(address)
    return _detail_page(request, pk, REFUSED, refused=_findings(form))


def _findings(form: Any) -> list[Finding]:
    return [Finding("refused", "", error) for error in form.non_field_errors()]


@login_required
@require_POST
def open_round(request: PersonRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(rules.managed_rounds(request.user), pk=pk)
    try:
        # Who comes late is told so, and not asked.
        if round_.status == Round.Status.DRAFT:
            sure.ask(request.POST)
        opening.open_round(round_, actor=request.user, seen=request.POST)
    except Refusal as refused:
        return _detail_page(request, pk, REFUSED, refused=refused.findings)
    messages.success(request, _("批次已开展，组织可以开始申报。"))
    return redirect("rounds:detail", pk)


@login_required
@require_POST
def close_round(request: PersonRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(rules.managed_rounds(request.user), pk=pk)
    try:
        opening.close_round(round_, actor=request.user, seen=request.POST)
    except opening.NotReady as refused:
        return _detail_page(request, pk, REFUSED, refused=refused.findings)
    messages.success(request, _("批次已结束申报。"))
    return redirect("rounds:detail", pk)
