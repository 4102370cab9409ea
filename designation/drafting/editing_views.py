"""Editing a draft in the browser: details, sections, items, checks.

Each page has one form. Another person's change in between is shown before it is overwritten.
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
from standards.models import Check, Item, Section, StandardVersion

from . import drafts, editing, readings
from .editing_forms import CheckForm, DetailsForm, ItemForm, SectionForm
from .rules import managed_standards
from .views import REFUSED, draft_or_404, told_when_no_draft


def page(
    request: PersonRequest, version: StandardVersion, form: Any, context: dict[str, Any]
) -> HttpResponse:
    """The page of one form; ``context`` says its title, where it is sent, and the way back."""
    row = form.instance
    shown = {
        "version": version,
        "form": form,
        "as_shown": editing.digest(type(row).objects.get(pk=row.pk)) if row.pk else "",
    }
    status = REFUSED if form.errors else 200
    return render(request, "drafting/edit.html", shown | context, status=status)


def _version_or_404(request: PersonRequest, pk: int) -> StandardVersion:
    """The draft; for a form also what was published meanwhile, so that it can be told and kept."""
    if request.method == "POST" and request.POST.keys().isdisjoint({"move", "delete"}):
        return get_object_or_404(managed_standards(request.user), pk=pk)
    return draft_or_404(request, pk)


def _edit(
    request: PersonRequest,
    version: StandardVersion,
    make: Callable[[Any], Any],
    save: Callable[[Any], Any],
    context: dict[str, Any],
) -> HttpResponse:
    """Show the form, or save it while the draft is held.

    ``make`` builds the form from what was posted (None: shown first); ``save`` writes it.
    """
    if request.method != "POST":
        return page(request, version, make(None), context)
    form = make(request.POST)
    try:
        with drafts.held(version, request.user):
            _refuse_unseen_change(form)
            if form.is_valid():
                save(form)
                messages.success(request, _("已保存。"))
                return redirect(context["back"])
    except drafts.DraftRefused as refused:
        form.add_error(None, str(refused))
    return page(request, version, form, context)


def _refuse_unseen_change(form: Any) -> None:
    """What another person saved since the page was shown is not overwritten unseen."""
    row = form.instance
    if row.pk and form.data.get("as_shown") != editing.digest(type(row).objects.get(pk=row.pk)):
        form.add_error(
            None,
            _("在您填写期间，别人改过这里。您填的内容还在下面；再按一次“保存”，以您填的为准。"),
        )


def _draft_page(version: StandardVersion, code: str = "") -> str:
    return reverse("drafting:draft", args=[version.pk]) + (f"#{code}" if code else "")


def _moved(request: PersonRequest, version: StandardVersion, row: Any) -> bool:
    """Whether the press was one of the arrows."""
    way = request.POST.get("move")
    if way not in ("up", "down"):
        return False
    with drafts.held(version, request.user):
        editing.move(row, down=way == "down")
    return True


def _deleted(request: PersonRequest, version: StandardVersion, row: Any) -> bool:
    """Whether the press was the confirmed deletion."""
    if request.POST.get("delete") != "confirmed":
        return False
    with drafts.held(version, request.user):
        row.delete()
        editing.arrange(version)
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
    always = {"back": _draft_page(version, parent.code), "item": parent, "previewed": "check"}
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
        "is_asked": row.questions.filter(settled_at__isnull=True).exists(),
    }


@login_required
@require_http_methods(["GET", "POST"])
def details(request: PersonRequest, pk: int) -> HttpResponse:
    version = _version_or_404(request, pk)
    return _edit(
        request,
        version,
        lambda data: DetailsForm(data, instance=version),
        lambda form: form.save(),
        {"title": _("版本信息"), "back": _draft_page(version)},
    )


@login_required
@require_http_methods(["GET", "POST"])
def section_add(request: PersonRequest, pk: int) -> HttpResponse:
    version = _version_or_404(request, pk)
    return _edit(
        request,
        version,
        lambda data: SectionForm(data, instance=Section()),
        lambda form: editing.add_section(version, form.save(commit=False)),
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
        lambda form: form.save(),
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
    return _edit(
        request,
        version,
        lambda data: ItemForm(data, instance=Item()),
        lambda form: editing.add_item(parent, form.save(commit=False)),
        {"title": _("新增条目"), "back": _draft_page(version)},
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
        lambda form: editing.save_item(form.save(commit=False)),
        item_context(version, row),
    )


@login_required
@require_http_methods(["GET", "POST"])
def check_add(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    version = _version_or_404(request, pk)
    parent = get_object_or_404(version.items, code=code)
    return _edit(
        request,
        version,
        lambda data: CheckForm(parent, data, instance=Check()),
        lambda form: editing.add_check(parent, form.save(commit=False)),
        check_context(version, parent, None),
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

    def save(form: Any) -> None:
        form.save()
        asked = row.questions.filter(settled_at__isnull=True).values_list("pk", flat=True)
        readings.settle(version, list(asked), actor=request.user)

    return _edit(
        request,
        version,
        lambda data: CheckForm(parent, data, instance=row),
        save,
        check_context(version, parent, row),
    )
