"""Files for an item: sent one by one by the page's script, or come too late for it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from designation.applications.evidence import EvidenceRefused
from designation.evidence import library, one_by_one
from designation.evidence.content import Received
from designation.organizations.models import Person
from designation.organizations.requests import PersonRequest
from designation.site.refusal import Refusal
from standards.models import Item

from ...case import rules
from ...case.facts import Case
from . import item_autosave, item_evidence
from .forms import EvidenceForm


def take_one(request: PersonRequest, case: Case, item: Item, upload: EvidenceForm) -> HttpResponse:
    """Attach one file, and answer for it; one that comes too late is kept in the library."""
    sent = one_by_one.sent(request, upload)
    if isinstance(sent, HttpResponse):
        return sent
    try:
        kept = item_evidence.attach(case, item, sent.received, title=sent.title, actor=request.user)
    except EvidenceRefused as refused:
        return one_by_one.refused(str(refused))
    except Refusal:
        return _too_late(case, sent, request.user)
    address = reverse("applications:evidence", args=[case.application.pk, kept.pk])
    return one_by_one.kept(sent.received, address=address, parts=_parts(case, item.code))


def _parts(case: Case, code: str) -> str:
    """What changes on the page: the files of the item, and how many more there is room for."""
    case.forget("evidence")
    files = [file for file in case.evidence if code in file.item_codes]
    shown = {
        "application": case.application,
        "card": {"code": code},
        "entry": {"evidence": files, "links": case.links_of(code), "unlocked": True},
        "room": room(case),
    }
    pieces = ("self_assessment/_attached.html", "self_assessment/_room.html")
    return "".join(render_to_string(piece, shown) for piece in pieces)


def room(case: Case) -> one_by_one.Room:
    """For how many more files the application has room."""
    return one_by_one.Room(max(settings.EVIDENCE_COUNT_LIMIT - len(case.evidence), 0))


def _too_late(case: Case, sent: one_by_one.Sent, person: Person) -> HttpResponse:
    if not rules.is_of_the_applicant(case, person):
        # Who types for the unit puts nothing into its library by itself.
        return one_by_one.refused(item_autosave.locked_message())
    try:
        told = _kept_for_later(case, sent.title, sent.received, person)
    except EvidenceRefused as refused:
        return one_by_one.refused(str(refused))
    told = f"{item_autosave.locked_message()}{told}"
    return one_by_one.kept(sent.received, address=reverse("library:list"), told=told)


def keep_for_later(request: PersonRequest, case: Case, upload: EvidenceForm) -> None:
    """Keep in the library what was chosen for an item that is locked meanwhile, and say so.

    Who types for the unit puts nothing into its library by itself, and is told so.
    """
    if not (upload.is_bound and upload.is_valid()):
        return
    if not rules.is_of_the_applicant(case, request.user):
        messages.error(request, _("所选的材料没有存入。"))
        return
    for title, received in upload.judged():
        try:
            told = _kept_for_later(case, title, received, request.user)
        except EvidenceRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.warning(request, told)


def _kept_for_later(case: Case, title: str, received: Received, person: Person) -> str:
    holder = case.application.organization
    entry = library.put_in(received, holder=holder, title=title, actor=person)
    told = _("“%(title)s”已存入本单位资料库，没有列入这份申报。")
    return told % {"title": entry.title}
