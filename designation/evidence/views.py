"""Pages of an organization's library; the file and its previews for whoever may read them."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from designation.organizations.models import Person
from designation.organizations.requests import PersonRequest
from designation.organizations.rules import seats
from designation.site import seen_whole
from designation.site.creating import kept
from designation.site.lists import listing
from designation.site.pages import status_of
from designation.site.refusal import Finding, Refusal
from designation.site.text import typed_text

from . import citing, contents, library, one_by_one, rules
from .content import Received
from .filters import LibraryFilters
from .forms import EntryForm, UploadForm
from .models import PREVIEW_SIZES, LibraryEntry
from .names import as_attachment, as_picture
from .refusals import EvidenceRefused


@login_required
@require_GET
def library_list(request: PersonRequest) -> HttpResponse:
    """Two statements beside the seats, whatever the number of entries."""
    _in_a_library(request)
    rows = rules.own(request.user).select_related("stored", "organization")
    return render(request, "evidence/list.html", listing(request, LibraryFilters, rows).context)


def _in_a_library(request: PersonRequest) -> None:
    if not seats(request.user).keeps_a_library:
        raise Http404


@login_required
@require_http_methods(["GET", "POST"])
def add(request: PersonRequest) -> HttpResponse:
    """A file is known by its content: sent twice, it is there once."""
    _in_a_library(request)
    organizations = rules.organizations(request.user)
    is_sent = request.method == "POST"
    form = UploadForm(organizations, *((request.POST, request.FILES) if is_sent else ()))
    if one_by_one.is_asked(request):
        return _add_one(form, request)
    entries = _put_in_all(form, request) if is_sent and form.is_valid() else []
    if entries and not form.errors:
        return redirect("library:list") if entries[1:] else redirect(_address(entries[0]))
    context = {"form": form, "room": one_by_one.Room(settings.EVIDENCE_COUNT_LIMIT)}
    return render(request, "evidence/add.html", context, status=status_of(form.errors))


def _add_one(form: UploadForm, request: PersonRequest) -> HttpResponse:
    sent = one_by_one.sent(request, form)
    if isinstance(sent, HttpResponse):
        return sent
    try:
        entry = _put_in(form, sent.title, sent.received, request)
    except EvidenceRefused as refused:
        return one_by_one.refused(str(refused))
    return one_by_one.kept(sent.received, address=_address(entry))


def _address(entry: LibraryEntry) -> str:
    return reverse("library:entry", args=[entry.pk])


def _put_in_all(form: UploadForm, request: PersonRequest) -> list[LibraryEntry]:
    entries = []
    for title, received in form.judged():
        try:
            entries.append(_put_in(form, title, received, request))
        except EvidenceRefused as refused:
            form.refuse(str(refused), [received.name])
    for entry in (entry for entry in entries if entry.found_again):
        told = _("这个文件与资料库中的“%(title)s”内容相同，没有重复保存；您填的内容没有采用。")
        messages.warning(request, told % {"title": entry.title})
    new = sum(not entry.found_again for entry in entries)
    if new == 1:
        messages.success(request, _("已存入资料库。"))
    elif new:
        messages.success(request, _("%(count)s 个文件已存入资料库。") % {"count": new})
    return entries


def _put_in(
    form: UploadForm, title: str, received: Received, request: PersonRequest
) -> LibraryEntry:
    typed = form.cleaned_data
    return library.put_in(
        received,
        holder=typed["organization"],
        title=title,
        caption=typed["caption"],
        dated_on=typed["dated_on"],
        sensitivity=typed["sensitivity"],
        retention=typed["retention"],
        actor=request.user,
    )


@login_required
@require_http_methods(["GET", "POST"])
def entry(request: PersonRequest, pk: int) -> HttpResponse:
    """What is said of an entry, to be put right, and where it is cited."""

    def describe(form: EntryForm) -> None:
        before, values = form.compared_changes()
        library.describe(found, values, before=before, actor=request.user)

    found = get_object_or_404(rules.own(request.user).select_related("stored"), pk=pk)
    form = EntryForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_bound and kept(form, describe):
        messages.success(request, _("已保存。"))
        return redirect("library:entry", pk)
    context = {
        # As it is on record: what was typed may be refused.
        "entry": rules.own(request.user).select_related("stored", "taken_out_by").get(pk=pk),
        "form": form,
        "places": citing.places(found, request.user),
        "may_take_out": rules.taking_out_role(found, request.user) is not None,
    }
    return render(request, "evidence/entry.html", context, status=status_of(form.errors))


@login_required
@require_http_methods(["GET", "POST"])
def take_out(request: PersonRequest, pk: int) -> HttpResponse:
    """A page of its own, since it cannot be taken back."""
    found = get_object_or_404(rules.own(request.user).select_related("stored"), pk=pk)
    if rules.taking_out_role(found, request.user) is None:
        raise Http404
    findings: tuple[Finding, ...] = ()
    reason = typed_text(request.POST, "reason")
    if request.method == "POST":
        try:
            if not seen_whole.is_as_seen(request.POST, library.as_read(found)):
                raise library.changed_since()
            library.take_out(found, reason=reason, actor=request.user)
        except Refusal as refused:
            findings = refused.findings
        else:
            messages.success(request, _("已移出资料库。"))
            return redirect("library:entry", pk)
    context = {
        "entry": found,
        "findings": findings,
        "reason": reason,
        "seen": seen_whole.as_shown(library.as_read(found)),
        "kept_because": library.why_kept(found, request.user) if not findings else [],
    }
    return render(request, "evidence/take_out.html", context, status=status_of(findings))


def _read(pk: int, person: Person) -> QuerySet[LibraryEntry]:
    return rules.readable(person, [pk]).select_related("stored")


@login_required
@require_GET
def file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The file itself, to whoever may read it."""
    found = get_object_or_404(_read(pk, request.user))
    try:
        content = contents.opened(found.stored, found.title)
    except EvidenceRefused as lost:
        messages.error(request, str(lost))
        return redirect("home")
    return as_attachment(content, found.file_name, found.stored.media_type, plain=str(pk))


@login_required
@require_GET
def page(request: PersonRequest, pk: int, page: int, size: str) -> HttpResponseBase:
    """The picture of a page, to whoever may read the file; asked each time, sent once."""
    found = get_object_or_404(_read(pk, request.user))
    if size not in PREVIEW_SIZES or page not in found.preview_pages:
        raise Http404
    tag = f'"{found.stored.sha256}-{page}-{size}"'
    response = get_conditional_response(request, etag=tag) or _picture(found, page, size)
    response["ETag"], response["Cache-Control"] = tag, "private, no-cache"
    return response


def _picture(entry: LibraryEntry, page: int, size: str) -> FileResponse:
    picture = contents.preview(entry.stored, page, size)
    if picture is None:
        raise Http404
    return as_picture(picture)
