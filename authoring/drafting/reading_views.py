"""A file is read, looked at, corrected, and taken as a draft."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from designation.organizations.requests import PersonRequest
from designation.site.creating import create
from designation.site.pages import status_of
from standards import kinds
from standards.categories import Category
from standards.importing.documents import Unreadable
from standards.models import Scope, Strictness
from standards.phrases import passages

from . import readings
from .forms import FileForm, TakingForm
from .models import Reading
from .rules import managed_areas, managed_readings
from .views import managers_only

# Words of a title by which a category is guessed; the person confirms the guess.
_WORDS = {
    Category.JG: ("机关", "事业单位"),
    Category.NC: ("农村", "村党组织", "行政村", "村级"),
    Category.GQ: ("国有企业", "国企"),
    Category.LX: ("非公", "社会组织", "两新"),
    Category.SQ: ("社区",),
    Category.XX: ("学校", "中小学"),
}


@login_required
@require_http_methods(["GET", "POST"])
def read(request: PersonRequest) -> HttpResponse:
    managers_only(request.user)
    asked = request.method == "POST"
    areas = managed_areas(request.user)
    form = FileForm(areas, request.POST, request.FILES) if asked else FileForm(areas)
    if asked and form.is_valid():
        typed = form.cleaned_data
        try:
            kept = readings.keep(typed["file"], typed["jurisdiction"], actor=request.user)
        except Unreadable as unreadable:
            form.add_error("file", str(unreadable))
        else:
            return redirect("drafting:reading", kept.pk)
    status = status_of(asked)
    return render(request, "drafting/read.html", {"form": form}, status=status)


def _reading_or_404(request: PersonRequest, pk: int) -> Reading:
    managers_only(request.user)
    return get_object_or_404(managed_readings(request.user), pk=pk)


@login_required
@require_GET
def reading(request: PersonRequest, pk: int) -> HttpResponse:
    """What the file holds; a file of one standard leads straight to it."""
    found = _reading_or_404(request, pk)
    standards = found.content["standards"]
    if len(standards) == 1:
        return redirect("drafting:take", pk, 0)
    context = {"reading": found, "standards": [_counted(standard) for standard in standards]}
    return render(request, "drafting/reading.html", context)


def _counted(standard: Mapping[str, Any]) -> dict[str, Any]:
    items = [item for section in standard["sections"] for item in section["items"]]
    return {
        "title": standard["title"],
        "items": len(items),
        "checks": sum(len(item["checks"]) for item in items),
    }


@login_required
@require_http_methods(["GET", "POST"])
def take(request: PersonRequest, pk: int, place: int) -> HttpResponse:
    """One standard of the file: corrected, then taken as a draft."""
    found = _reading_or_404(request, pk)
    if place >= len(found.content["standards"]):
        raise Http404
    standard = found.content["standards"][place]
    guess = _guessed(standard["title"])
    form = TakingForm(
        request.POST or None,
        initial={"category": guess, "title": standard["title"], "document": standard["title"]},
    )
    if request.method == "POST":

        def taken(form: TakingForm) -> str:
            chosen = readings.Taken(
                **form.cleaned_data,
                left_out=frozenset(request.POST.getlist("leave")),
                checked=frozenset(request.POST.getlist("checked")),
            )
            version = readings.accept(found, place, chosen, actor=request.user)
            return reverse("drafting:draft", args=[version.pk])

        if address := create(request, form, taken):
            messages.success(request, _("已存为草稿。请核对后发布。"))
            return redirect(address)
    context = {
        "reading": found,
        "form": form,
        "guess": Category(guess).label if guess else "",
        "counted": _counted(standard),
        "sections": _sections(standard),
        "unread": readings.of_standard(found, place) + readings.open_before(found, place),
        "leave": set(request.POST.getlist("leave")),
        "checked": set(request.POST.getlist("checked")),
        "is_ours": bool(standard.get("data")),
    }
    return render(request, "drafting/take.html", context, status=status_of(form.errors))


def _guessed(title: str) -> str:
    for category, words in _WORDS.items():
        if any(word in title for word in words):
            return category.value
    return ""


def _sections(standard: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "title": f"{section['number_printed'] or ''}{section['title_printed']}",
            "items": [
                _shown_item(item, f"{place}.{at}") for at, item in enumerate(section["items"])
            ],
        }
        for place, section in enumerate(standard["sections"])
    ]


def _shown_item(item: Mapping[str, Any], at: str) -> dict[str, Any]:
    checks = [
        {"at": f"{at}.{place}", "phrase": check["phrase"], **_asks(check)}
        for place, check in enumerate(item["checks"])
    ]
    marked = passages(item["text"], ((check["at"], check["phrase"]) for check in checks))
    return {"at": at, "checks": checks, "passages": marked} | {
        name: item[name] for name in ("number_printed", "line")
    }


def _asks(check: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "asks": " ".join(_words(check)),
        "strictness": Strictness("strict" if check["strict"] else "advisory").label,
        "scope": Scope(check["scope"]).label,
    }


def _words(check: Mapping[str, Any]) -> Iterable[str]:
    yield str(kinds.of(check["kind"]).name)
    if check["threshold"] is not None:
        yield f"{check['threshold']}{check['unit']}"
