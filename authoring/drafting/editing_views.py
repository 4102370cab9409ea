"""Editing a draft in the browser: details, sections, items, checks.

Each page has one form. Another person's change in between is shown field by field.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from designation.organizations.requests import PersonRequest
from designation.site import seen_whole
from designation.site.creating import create, kept
from designation.site.pages import status_of
from standards.models import Check, Item, Section, StandardVersion

from . import drafts, editing, parts
from .counts import open_questions
from .editing_forms import CheckForm, DetailsForm, ItemForm, SectionForm
from .rules import managed_standards
from .views import draft_or_404, told_when_no_draft


def page(
    request: PersonRequest, version: StandardVersion, form: Any, context: dict[str, Any]
) -> HttpResponse:
    """The page of one form; ``context`` says its title, where it is sent, and the way back."""
    shown = {"version": version, "form": form}
    if context.get("may_delete"):
        shown["seen"] = seen_whole.as_shown(editing.content(form.instance))
    status = status_of(form.errors)
    return render(request, "drafting/edit.html", shown | context, status=status)


def _version_or_404(request: PersonRequest, pk: int) -> StandardVersion:
    """The draft; for a form also what was published meanwhile, so that it can be told and kept."""
    if request.method == "POST" and request.POST.keys().isdisjoint({"move", "delete"}):
        return get_object_or_404(managed_standards(request.user), pk=pk)
    return draft_or_404(request, pk)


def _sent(request: PersonRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _edit(
    request: PersonRequest,
    version: StandardVersion,
    make: Callable[[Any], Any],
    context: dict[str, Any],
) -> HttpResponse:
    """Show the form, or keep what it says while the draft is held.

    ``make`` builds the form from what was posted (None: shown first).
    """
    form = make(_sent(request))

    def keep(form: Any) -> None:
        before, values = form.compared_changes()
        parts.keep(version, form.instance, values, before=before, actor=request.user)

    if form.is_bound and kept(form, keep):
        messages.success(request, _("已保存。"))
        return redirect(context["back"])
    return page(request, version, form, context)


def _add(
    request: PersonRequest,
    version: StandardVersion,
    form: Any,
    context: dict[str, Any],
    within: Section | Item | None = None,
) -> HttpResponse:
    """Show the form of a new part, or add it, once for the form's key."""
    if request.method == "POST":

        def added(form: Any) -> str:
            kind, values = type(form.instance), form.cleaned_data
            parts.add(version, kind, values, within=within, actor=request.user)
            return str(context["back"])

        if address := create(request, form, added, refusals=(drafts.DraftRefused,)):
            messages.success(request, _("已保存。"))
            return redirect(address)
    return page(request, version, form, context)


def _draft_page(version: StandardVersion, code: str = "") -> str:
    return reverse("drafting:draft", args=[version.pk]) + (f"#{code}" if code else "")


def _moved(request: PersonRequest, version: StandardVersion, row: Any) -> bool:
    """Whether the press was one of the arrows."""
    way = request.POST.get("move")
    if way not in ("up", "down"):
        return False
    parts.move(version, row, down=way == "down", actor=request.user)
    return True


def _deleted(request: PersonRequest, version: StandardVersion, row: Any) -> bool:
    """Whether the press was the confirmed deletion of what the page showed."""
    if request.POST.get("delete") != "confirmed":
        return False
    try:
        parts.delete(version, row, actor=request.user, seen=request.POST)
    except drafts.DraftRefused as refused:
        if refused.code != "changed_meanwhile":
            raise
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("已删除。"))
    return True


def item_context(version: StandardVersion, row: Item) -> dict[str, Any]:
    return {
        "title": _("条目 %(code)s") % {"code": row.code},
        "action": reverse("drafting:item", args=[version.pk, row.code]),
        "back": _draft_page(version, row.code),
        "item": row,
        "previewed": "item",
        "may_move": True,
        "may_delete": True,
        "deletes": row.checks.count(),
    }


def check_context(version: StandardVersion, parent: Item, row: Check | None) -> dict[str, Any]:
    """``row`` is None for a check about to be added to ``parent``."""
    place = [version.pk, parent.code]
    always = {
        "back": _draft_page(version, parent.code),
        "item": parent,
        "previewed": "check",
    }
    if row is None:
        return always | {
            "title": _("条目 %(code)s：新增检查点") % {"code": parent.code},
            "action": reverse("drafting:check_add", args=place),
        }
    return always | {
        "title": _("检查点 %(code)s") % {"code": row.code},
        "action": reverse("drafting:check", args=[*place, row.code]),
        "check": row,
        "may_move": True,
        "may_delete": True,
        "is_asked": open_questions(row).exists(),
    }


@login_required
@require_http_methods(["GET", "POST"])
def details(request: PersonRequest, pk: int) -> HttpResponse:
    version = _version_or_404(request, pk)
    return _edit(
        request,
        version,
        lambda data: DetailsForm(data, instance=version),
        {"title": _("版本信息"), "back": _draft_page(version)},
    )


@login_required
@require_http_methods(["GET", "POST"])
def section_add(request: PersonRequest, pk: int) -> HttpResponse:
    version = _version_or_404(request, pk)
    return _add(
        request,
        version,
        SectionForm(_sent(request), instance=Section()),
        {"title": _("新增部分"), "back": _draft_page(version)},
    )


@login_required
@require_http_methods(["GET", "POST"])
@told_when_no_draft
def section(request: PersonRequest, pk: int, section_pk: int) -> HttpResponse:
    version = _version_or_404(request, pk)
    row = get_object_or_404(version.sections, pk=section_pk)
    is_empty = not row.items.exists()
    if _moved(request, version, row) or (is_empty and _deleted(request, version, row)):
        return redirect(_draft_page(version))
    return _edit(
        request,
        version,
        lambda data: SectionForm(data, instance=row),
        {
            "title": _("部分“%(title)s”") % {"title": row.title_printed},
            "back": _draft_page(version),
            "may_move": True,
            "may_delete": is_empty,
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def item_add(request: PersonRequest, pk: int, section_pk: int) -> HttpResponse:
    version = _version_or_404(request, pk)
    parent = get_object_or_404(version.sections.select_related("version"), pk=section_pk)
    return _add(
        request,
        version,
        ItemForm(_sent(request), instance=Item()),
        {"title": _("新增条目"), "back": _draft_page(version)},
        parent,
    )


@login_required
@require_http_methods(["GET", "POST"])
@told_when_no_draft
def item(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    version = _version_or_404(request, pk)
    row = get_object_or_404(version.items.select_related("section"), code=code)
    if _moved(request, version, row) or _deleted(request, version, row):
        return redirect(_draft_page(version, code))
    return _edit(
        request,
        version,
        lambda data: ItemForm(data, instance=row),
        item_context(version, row),
    )


@login_required
@require_http_methods(["GET", "POST"])
def check_add(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    version = _version_or_404(request, pk)
    parent = get_object_or_404(version.items, code=code)
    return _add(
        request,
        version,
        CheckForm(parent, _sent(request), instance=Check()),
        check_context(version, parent, None),
        parent,
    )


@login_required
@require_http_methods(["GET", "POST"])
@told_when_no_draft
def check(request: PersonRequest, pk: int, code: str, check: str) -> HttpResponse:
    version = _version_or_404(request, pk)
    parent = get_object_or_404(version.items, code=code)
    row = get_object_or_404(parent.checks, code=check)
    if _moved(request, version, row) or _deleted(request, version, row):
        return redirect(_draft_page(version, code))
    return _edit(
        request,
        version,
        lambda data: CheckForm(parent, data, instance=row),
        check_context(version, parent, row),
    )
