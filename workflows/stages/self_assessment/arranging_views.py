"""The evidence of an item: what is said of each file, their order, and published pages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from designation.applications import descriptions, published
from designation.applications.models import PublishedLink
from designation.organizations.requests import PersonRequest
from designation.site.creating import kept
from designation.site.pages import status_of
from designation.site.refusal import Refusal
from designation.site.shown import Seen
from designation.site.text import number_or_404
from standards.models import Item

from ...case import items, rules
from ...case.facts import Case
from ...case.late import too_late
from ...case.opened import case_in_scope
from . import editing, item_evidence, sections
from .arranging_forms import DescribingForm, LinkForm


@login_required
@require_http_methods(["GET", "POST"])
def arrange(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    """Whichever button is pressed, what was typed of the files is kept with it."""
    found = case_in_scope(request, pk)
    stored = items.named(found.application.standard_id, code)
    if code not in editing.unlocked_items(found, request.user):
        if request.method == "POST" and rules.is_applicant(found, request.user):
            return too_late(request, found.application)
        raise Http404
    if request.method == "GET":
        return _page(request, found, stored)
    try:
        return _sent(request, found, stored)
    except Refusal as refused:
        return too_late(request, found.application, refused)


def _sent(request: PersonRequest, found: Case, item: Item) -> HttpResponse:
    form = DescribingForm(descriptions.of_item(found.application, item), request.POST)
    if form.is_valid():
        # A file that came while the page stood open was not on it.
        sent = {name: form.cleaned_data[name] for name in form.fields if name in request.POST}
        seen = Seen.of(request.POST)
        form.tell(item_evidence.describe(found, item, sent, actor=request.user, seen=seen))
    _move(request, found, item)
    if "unlink" in request.POST:
        _unlink(request, found)
    link_form = _link(request, found, item)
    if form.errors or form.conflicts or (link_form and link_form.errors):
        # As it stands now: what was moved, taken off or registered beside what was refused.
        found = case_in_scope(request, found.application.pk)
        return _page(request, found, item, form, link_form)
    messages.success(request, _("公开网页已登记。") if link_form else _("已保存。"))
    if "save" in request.POST:
        return redirect(sections.address(found.application, item.code))
    return redirect("applications:arrange", found.application.pk, item.code)


def _link(request: PersonRequest, found: Case, item: Item) -> LinkForm | None:
    """A published page that was typed goes with whichever button is pressed."""
    is_typed = any(request.POST.get(name, "").strip() for name in published.FIELDS)
    if not is_typed and "link" not in request.POST:
        return None
    form = LinkForm(request.POST, instance=PublishedLink())

    def add(valid: LinkForm) -> None:
        item_evidence.link(found, item, valid.cleaned_data, actor=request.user)

    kept(form, add)
    return form


def _move(request: PersonRequest, found: Case, item: Item) -> None:
    files = descriptions.of_item(found.application, item)
    for name, place in (("first", lambda _at: 0), ("up", lambda at: at - 1)):
        if name in request.POST:
            key = number_or_404(request.POST[name])
            at = next((at for at, file in enumerate(files) if file.pk == key), None)
            if at is None:
                raise Http404
            item_evidence.move(found, item, files[at], to=place(at), actor=request.user)


def _unlink(request: PersonRequest, found: Case) -> None:
    links = found.application.links.select_related("item", "application")
    page = get_object_or_404(links, pk=number_or_404(request.POST["unlink"]))
    item_evidence.unlink(found, page, actor=request.user)


def _page(
    request: PersonRequest,
    found: Case,
    item: Item,
    form: DescribingForm | None = None,
    link_form: LinkForm | None = None,
) -> HttpResponse:
    files = descriptions.of_item(found.application, item)
    record = descriptions.fields(files)
    if form is None:
        form = DescribingForm(files)
    else:
        form.hold(Seen.of(request.POST), record, descriptions.texts(form.cleaned_data))
    context = {
        "application": found.application,
        "code": item.code,
        "place": sections.address(found.application, item.code),
        "form": form,
        "record": record,
        "links": found.links_of(item.code),
        # One that was taken is not shown again.
        "link_form": link_form if link_form and link_form.errors else LinkForm(),
    }
    refused = form.errors or form.conflicts or (link_form and link_form.errors)
    return render(request, "self_assessment/arrange.html", context, status=status_of(refused))
