"""Pages on which a standards manager tries a draft. Nothing here writes."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from authoring.drafting import columns
from authoring.drafting.editing_forms import CheckForm
from authoring.drafting.editing_forms import ItemForm as ItemTextForm
from authoring.drafting.editing_views import check_context, item_context, page
from authoring.drafting.views import draft_or_404
from designation.organizations.requests import PersonRequest
from designation.site.pages import status_of
from standards import catalogue, examples, values
from standards.engine.evaluation import Check as CheckRule
from standards.engine.evaluation import Item as ItemRules
from standards.engine.evaluation import Stage, evaluate
from standards.models import Check, Item, StandardVersion
from workflows.case.values_form import ValuesForm
from workflows.stages.self_assessment.forms import ItemForm

from . import trial

_EXAMPLES = ("passing", "failing")
# The code of a check that has none so far.
_UNSAVED = "C0"
_STAGES: dict[str, Any] = {
    "self_assessment": gettext_lazy("自评"),
    "verification": gettext_lazy("实地核查"),
}


@login_required
@require_http_methods(["GET", "POST"])
def bench(request: PersonRequest, pk: int) -> HttpResponse:
    """All fields of the draft at once; what is typed comes back with what the engine says."""
    version = draft_or_404(request, pk)
    standard = trial.tried_standard(version)
    stage = _stage(request)
    typed: Any = request.POST if request.method == "POST" else None
    wanted = request.POST.get("example")
    if wanted in _EXAMPLES:
        typed = trial.example_typed(standard.items, stage, falls_short=wanted == "failing")
    sections, outcome = trial.tried(standard, stage, typed)
    refused = any(tried.form.errors for part in sections for tried in part.items)
    context = {
        "version": version,
        "sections": sections,
        "outcome": outcome,
        "stage": stage,
        "stages": _STAGES.items(),
    }
    return render(request, "preview/bench.html", context, status=status_of(refused))


def _stage(request: PersonRequest) -> Stage:
    wanted = request.POST.get("stage", "")
    return cast("Stage", wanted if wanted in _STAGES else "self_assessment")


@login_required
@require_http_methods(["GET", "POST"])
def preview(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    """An item exactly as its applicant meets it."""
    version = draft_or_404(request, pk)
    stored = get_object_or_404(version.items, code=code)
    standard = trial.tried_standard(version)
    form = ItemForm(standard.item(code), request.POST if request.method == "POST" else None)
    told: tuple[trial.Told, ...] = ()
    if form.is_bound:
        answers = trial.answers_in([form])
        report = evaluate(standard, answers, "self_assessment")
        told = trial.told(standard, (f for f in report.findings if f.item_code == code))
    codes = [item.code for item in standard.items]
    place = codes.index(code)
    context = {
        "version": version,
        "item": stored,
        "form": form,
        "told": told,
        "phrases": form.item.phrases,
        "previous": codes[place - 1] if place else None,
        "next": codes[place + 1] if place + 1 < len(codes) else None,
        "place": place + 1,
        "count": len(codes),
    }
    status = status_of(form.errors)
    return render(request, "preview/preview.html", context, status=status)


@login_required
@require_POST
def item_as_typed(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    """An item's form as the words typed so far would make it."""
    version = draft_or_404(request, pk)
    row = get_object_or_404(version.items.select_related("section"), code=code)
    form = ItemTextForm(request.POST, instance=row)
    asked = ItemForm(catalogue.item_of(row)) if form.is_valid() else None
    return _as_typed(request, version, form, item_context(version, row), asked)


@login_required
@require_POST
def check_as_typed(request: PersonRequest, pk: int, code: str, check: str = "") -> HttpResponse:
    """One check's field as what is typed so far would make it; ``check`` is empty for a new one."""
    version = draft_or_404(request, pk)
    parent = get_object_or_404(version.items, code=code)
    row = get_object_or_404(parent.checks, code=check) if check else None
    form = CheckForm(parent, request.POST, instance=row or Check(code=f"{code}-{_UNSAVED}"))
    context = check_context(version, parent, row)
    asked = _asked_for(parent, form) if form.is_valid() else None
    return _as_typed(request, version, form, context, asked)


def _asked_for(parent: Item, form: CheckForm) -> ValuesForm:
    columns.fill(form.instance, form.cleaned_data)
    rule = catalogue.rule_of(form.instance, parent.code)
    return trial.form_of(ItemRules(parent.code, parent.text, (rule,)), "self_assessment", None)


def _as_typed(
    request: PersonRequest,
    version: StandardVersion,
    form: Any,
    context: dict[str, Any],
    asked: ValuesForm | None,
) -> HttpResponse:
    """A fragment for the page that asks while it is typed; the whole page for one that cannot."""
    shown = {
        "edited": form,
        "asked": asked,
        "examples": [] if asked is None else _examples(asked.item),
    }
    if getattr(request, "htmx", False):
        return render(request, "preview/_as_typed.html", shown)
    return page(request, version, form, context | shown)


def _examples(item: ItemRules) -> list[tuple[CheckRule, str, str]]:
    """For each check a value that just passes and one that just fails, in words."""
    found = []
    for check in item.checks:
        failing = examples.just_failing(check, judged=False)
        if failing is not None:
            passing = examples.just_passing(check, judged=False)
            found.append((check, values.show(check, passing), values.show(check, failing)))
    return found
