"""The room's pages: what is there, one draft, its questions, and the ends of its life."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from designation.organizations.requests import PersonRequest
from designation.site import clock, seen_whole
from designation.site.creating import create
from designation.site.pages import status_of
from designation.site.text import whole_numbers
from standards import downloads, queries
from standards.comparison import comparison
from standards.exporting import as_yaml
from standards.models import StandardVersion

from . import drafts, readings
from . import questions as draft_questions
from .counts import counted_readings, counted_standards, open_questions
from .forms import BlankForm, CopyForm, ReasonForm
from .readiness import obstacles, remarks
from .rules import (
    managed_areas,
    managed_drafts,
    managed_standards,
    manages_standards,
    offered,
    rounds_under,
)

_STATUS = StandardVersion.Status


def managers_only(person: Any) -> None:
    """404 for everyone who makes no standards."""
    if not manages_standards(person):
        raise Http404


def told_when_no_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Around a page that changes a draft: one published or handed over meanwhile is no error."""

    @wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except drafts.DraftRefused as refused:
            messages.warning(request, str(refused))
            return redirect("drafting:list")

    return guarded


def draft_or_404(request: PersonRequest, pk: int) -> StandardVersion:
    """The draft, where this person may change it."""
    return get_object_or_404(managed_drafts(request.user), pk=pk)


@login_required
@require_GET
def drafts_list(request: PersonRequest) -> HttpResponse:
    """Drafts, files read and not yet taken, and the versions of one's areas. Six statements."""
    managers_only(request.user)
    versions = counted_standards(request.user)
    context = {
        "drafts": [version for version in versions if version.status == _STATUS.DRAFT],
        "versions": [version for version in versions if version.status != _STATUS.DRAFT],
        "readings": counted_readings(request.user),
    }
    return render(request, "drafting/list.html", context)


def _begin(
    request: PersonRequest, form: Any, title: str, start: Callable[[Any], StandardVersion]
) -> HttpResponse:
    if request.method == "POST":

        def begun(form: Any) -> str:
            return reverse("drafting:draft", args=[start(form.cleaned_data).pk])

        if address := create(request, form, begun):
            messages.success(request, _("已建立草稿，可以逐条修改。"))
            return redirect(address)
    status = status_of(form.is_bound)
    return render(request, "drafting/begin.html", {"form": form, "title": title}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def copy(request: PersonRequest) -> HttpResponse:
    managers_only(request.user)
    areas, data = managed_areas(request.user), request.POST or None
    form = CopyForm(
        offered(request.user), areas, data, initial={"version": request.GET.get("version")}
    )
    return _begin(
        request,
        form,
        _("从已有版本新建"),
        lambda typed: drafts.begin_copy(
            typed["version"], typed["jurisdiction"], actor=request.user
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def blank(request: PersonRequest) -> HttpResponse:
    managers_only(request.user)
    form = BlankForm(managed_areas(request.user), request.POST or None)
    return _begin(
        request,
        form,
        _("新建空白标准"),
        lambda typed: drafts.begin_blank(
            typed["category"],
            typed["jurisdiction"],
            title_zh=typed["title"],
            actor=request.user,
        ),
    )


@login_required
@require_GET
def draft(request: PersonRequest, pk: int) -> HttpResponse:
    """The whole draft with what is in the way of its publication."""
    version = draft_or_404(request, pk)
    context = {
        "version": version,
        "sections": queries.printed(version),
        "obstacles": obstacles(version),
        "printing": remarks(version),
        "questions_open": open_questions(version).count(),
        "downloads": downloads.links("drafting:file", version.pk),
    }
    return render(request, "drafting/draft.html", context)


@login_required
@require_GET
def file(request: PersonRequest, pk: int, file: str) -> FileResponse:
    """The draft to print or keep, marked as one; its data file keeps what is to be looked at."""
    version = draft_or_404(request, pk)
    if file != downloads.DATA_FILE:
        return downloads.download(version, file, at=clock.now())
    data = as_yaml(version, draft_questions.as_data(version)).encode()
    return downloads.download(version, file, at=clock.now(), content=data)


@login_required
@require_http_methods(["GET", "POST"])
@told_when_no_draft
def questions(request: PersonRequest, pk: int) -> HttpResponse:
    version = draft_or_404(request, pk)
    if request.method == "POST":
        chosen = whole_numbers(request.POST.getlist("question"))
        settled = readings.settle_chosen(version, chosen, actor=request.user)
        if settled:
            messages.success(request, _("已核对 %(count)s 处。") % {"count": settled})
        else:
            messages.warning(request, _("没有选中待核对的内容，请先勾选。"))
        return redirect("drafting:questions", pk)
    rows = version.questions.select_related("item", "check_proposed", "settled_by")
    context = {
        "version": version,
        "open": [row for row in rows if row.settled_at is None],
        "settled": [row for row in rows if row.settled_at],
    }
    return render(request, "drafting/questions.html", context)


@login_required
@require_GET
def compare(request: PersonRequest, pk: int) -> HttpResponse:
    """The draft beside the version it would replace, or another of its category."""
    version = draft_or_404(request, pk)
    others = list(offered(request.user).filter(category=version.category).exclude(pk=pk))
    asked = request.GET.get("with", "")
    in_force = [other for other in others if other.status == _STATUS.PUBLISHED]
    nearest = max(in_force or others, key=lambda other: other.area_code, default=None)
    chosen = next((other for other in others if str(other.pk) == asked), nearest)
    context = {"version": version, "others": others, "chosen": chosen}
    if chosen:
        context["comparison"] = comparison(chosen, version)
    return render(request, "drafting/compare.html", context)


def _end(
    request: PersonRequest,
    version: StandardVersion,
    act: str,
    context: dict[str, Any],
    done: Callable[[], HttpResponse],
) -> HttpResponse:
    """A page that asks for the reason of an act and then does it, to what the page showed."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            _ACTS[act](version, actor=request.user, reason=reason, seen=request.POST)
        except drafts.DraftRefused as refused:
            form.add_error(None, refused.findings[0].message)
            context |= {"obstacles": refused.obstacles}
        else:
            return done()
    seen = seen_whole.as_shown(drafts.state(version))
    context |= {"version": version, "form": form, "act": act, "seen": seen}
    status = status_of(form.errors)
    return render(request, f"drafting/{act}.html", context, status=status)


def _to_end(request: PersonRequest, pk: int) -> StandardVersion:
    """The draft; sent back, also what was published meanwhile, so that it is told."""
    if request.method == "POST":
        return get_object_or_404(managed_standards(request.user), pk=pk)
    return draft_or_404(request, pk)


_ACTS: dict[str, Callable[..., object]] = {
    "publish": drafts.publish,
    "discard": drafts.discard,
    "retire": drafts.retire,
}


@login_required
@require_http_methods(["GET", "POST"])
def publish(request: PersonRequest, pk: int) -> HttpResponse:
    version = _to_end(request, pk)
    replaced = drafts.replaced_by(version)

    def done() -> HttpResponse:
        messages.success(request, _("标准已发布，从现在起不能再改；可以列入批次。"))
        return redirect("standards:detail", version.category)

    context = {
        "obstacles": obstacles(version),
        "printing": remarks(version),
        "replaced": replaced,
    }
    return _end(request, version, "publish", context, done)


@login_required
@require_http_methods(["GET", "POST"])
def discard(request: PersonRequest, pk: int) -> HttpResponse:
    version = _to_end(request, pk)

    def done() -> HttpResponse:
        messages.success(request, _("草稿已放弃。"))
        return redirect("drafting:list")

    return _end(request, version, "discard", {}, done)


@login_required
@require_http_methods(["GET", "POST"])
def retire(request: PersonRequest, pk: int) -> HttpResponse:
    versions = managed_standards(request.user)
    if request.method != "POST":
        versions = versions.filter(status=_STATUS.PUBLISHED)
    version = get_object_or_404(versions, pk=pk)
    rounds = rounds_under(version)

    def done() -> HttpResponse:
        messages.success(request, _("标准已停用；进行中的申报仍按它评定。"))
        return redirect("drafting:list")

    return _end(request, version, "retire", {"rounds": rounds}, done)
