"""Pages of those who take objections in and see them through."""

import io
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.announcements.looking import look
from designation.evidence import citations
from designation.evidence.names import as_attachment
from designation.organizations.models import Person
from designation.organizations.requests import PersonRequest
from designation.papers import files
from designation.register.bars import Fault
from designation.site.creating import create
from designation.site.pages import status_of
from designation.site.refusal import Refusal
from designation.site.telling import tell
from standards.engine.evaluation import Item

from ...by_form import by_form
from ...case.facts import Case
from . import attachments, heard, investigators, joined, longer, objections, papers, queries
from .course import has_moved_its_applicant, its_case_has_ended
from .forms import AnswerForm, EnteredObjectionForm, HandlingForm
from .models import Objection
from .vacancies import OPEN_OBJECTIONS

# What whoever handled it reads: that it is done, and what comes next.
_DONE = {
    "accept": _("异议已受理。请在办理期限内调查核实，再回到本页作出结论。"),
    "refuse": _("已决定不予受理；署名的异议人凭回执编号可以查到结果和理由。"),
    "dismiss": _("已作出“异议不成立”的结论；这份申报在公示期满后照常办理。"),
    "reverify": _("已作出“异议成立，重新核查”的结论；申报退回县级，由县级经办人安排重新核查。"),
    "uphold": _("已作出“异议成立，不予命名”的结论；这份申报已经结束，申报单位会收到通知。"),
}
# The same where the application was moved before, by another finding or a decision.
_MOVED_BEFORE = {
    "reverify": _(
        "已作出“异议成立，重新核查”的结论；这份申报已退回、尚未核查合格，由县级经办人一并核查，没有核查的不能列为核查合格。"
    ),
    "uphold": _("已作出“异议成立，不予命名”的结论；这份申报在此之前已经结束，原来的结果不变。"),
}
_ENDED_BEFORE = _("已作出“异议成立，重新核查”的结论；这份申报在此之前已经结束，不再核查。")


@login_required
@require_http_methods(["GET", "POST"])
def objection(request: PersonRequest, pk: int) -> HttpResponse:
    """Accept or refuse, then close with a finding."""
    found = get_object_or_404(queries.whole(objections.readable(request.user)), pk=pk)
    look(found, request.user)
    form = HandlingForm(request.POST or None, offered=_sent_back_from(found))
    if request.method == "POST" and form.is_valid():
        try:
            _handle(found, request, form.cleaned_data)
        except Refusal as refused:
            tell(form, refused.findings)
            # What was tried stands on the object; show what stands in the record.
            found.refresh_from_db()
        else:
            messages.success(request, _told_of(found, request.POST["act"]))
            return redirect("notices:objection", pk)
    return render(
        request,
        "objections/objection.html",
        _shown(found, request) | {"form": form},
        status=status_of(form.errors),
    )


def _told_of(found: Objection, act: str) -> str:
    """What was done, and what became of the application by it."""
    reverify = act == "reverify"
    if act not in _MOVED_BEFORE or has_moved_its_applicant(found, reverify=reverify):
        return str(_DONE[act])
    ended = reverify and its_case_has_ended(found)
    return str(_ENDED_BEFORE if ended else _MOVED_BEFORE[act])


def _shown(found: Objection, request: PersonRequest) -> dict[str, Any]:
    """What the page of an objection shows beside its form: also why a finding has to wait."""
    person = request.user
    is_officer = objections.in_scope(person).filter(pk=found.pk).exists()
    around = joined.around(found)
    handles = is_officer and around.joined_to is None and found.status in OPEN_OBJECTIONS
    looks_into_it = handles and found.status == Objection.Status.ACCEPTED
    said = {
        "is_officer": is_officer,
        "handles": handles,
        "looks_into_it": looks_into_it,
        "may_ask_longer": looks_into_it and longer.most_days(found) > 0,
        "joined_to": around.joined_to if is_officer else None,
        "led": around.led,
        "others": joined.others(found).count() if looks_into_it else 0,
    }
    return _said_of(found, person) | _waits(found, person) | said


def _said_of(found: Objection, person: Person) -> dict[str, Any]:
    put = getattr(found, "hearing", None)
    standing = investigators.standing(found)
    is_mine = standing is not None and standing.investigator_id == person.pk
    return {
        "objection": found,
        "is_answered": papers.is_answered(found),
        "hearing": put,
        "evidence": citations.cited_by(put, person) if put else (),
        "investigations": list(found.investigations.all()),
        "longer_asked": list(found.longer_asked.all()),
        "standing": standing,
        "is_mine": is_mine and standing is not None and standing.reported_at is None,
    }


def _waits(found: Objection, officer: Person) -> dict[str, Any]:
    """Why it cannot be upheld yet, and whether it can be settled at all."""
    if found.status != Objection.Status.ACCEPTED:
        return {"waits": [], "waits_altogether": False}
    waits = list(investigators.why_not_settled(found, officer))
    altogether = [*waits, *heard.why_not_yet(found)]
    return {
        "waits": [*waits, *heard.why_not_upheld(found)],
        "waits_altogether": bool(altogether),
    }


def _sent_back_from(found: Objection) -> Sequence[Item]:
    """The items that it may send back, once it may be upheld."""
    is_open = found.status == Objection.Status.ACCEPTED
    return Case(found.entry.application).standard.items if is_open else ()


def _handle(found: Objection, request: PersonRequest, said: dict[str, Any]) -> None:
    act, by, reason = request.POST.get("act", ""), by_form(request), said["reason"]
    if act == "accept":
        objections.accept(found, reason=reason, **by)
    elif act == "refuse":
        objections.refuse(found, reason=reason, **by)
    elif act == "dismiss":
        objections.dismiss(found, finding=reason, **by)
    elif act in ("uphold", "reverify"):
        again = act == "reverify"
        items = said.get("items", ()) if again else ()
        fault = "" if again else Fault.typed(request.POST.get("fault"))
        objections.uphold(found, finding=reason, reverify=again, items=items, fault=fault, **by)
    else:
        raise Http404


@login_required
@require_GET
def letter(request: PersonRequest, pk: int, suffix: str) -> FileResponse:
    """The letter to whoever objected, once there is an answer."""
    found = get_object_or_404(queries.whole(objections.in_scope(request.user)), pk=pk)
    if not papers.is_answered(found):
        raise Http404
    area, day = found.entry.notice.round.jurisdiction, papers.answered_at(found)
    return files.answer(request, papers.letter(found), suffix, area=area, dated=day, of=pk)


@login_required
@require_http_methods(["GET", "POST"])
def give_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """The written answer to whoever objected by name."""
    found = get_object_or_404(queries.whole(objections.closed(request.user)), pk=pk)
    form = AnswerForm(request.POST or None)

    def answered(form: AnswerForm) -> str:
        objections.answer(found, answer=form.cleaned_data["answer"], **by_form(request))
        return reverse("notices:objection", args=[pk])

    if request.method == "POST" and (
        address := create(request, form, answered, refusals=(Refusal,))
    ):
        messages.success(request, _("已书面答复，异议人凭查询码可以看到。"))
        return redirect(address)
    context = {"objection": found, "form": form}
    return render(request, "objections/answer.html", context, status=status_of(form.errors))


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: PersonRequest, entry_id: int) -> HttpResponse:
    """Enter an objection that came by phone, letter, e-mail or visit."""
    entry = get_object_or_404(
        objections.entries_to_enter(request.user).select_related(
            "notice", "application__organization"
        ),
        pk=entry_id,
    )
    form = EnteredObjectionForm(request.POST or None, request.FILES or None)
    if request.method == "POST":

        def entered(form: EnteredObjectionForm) -> str:
            found = objections.raise_objection(
                entry,
                facts=form.cleaned_data["facts"],
                identity=form.identity(),
                channel=form.cleaned_data["channel"],
                actor=request.user,
                received_at=form.cleaned_data["received_at"],
                attached=attachments.judged(form.cleaned_data["attachments"]),
            )
            return reverse("notices:objection", args=[found.pk])

        if address := create(request, form, entered, refusals=(Refusal,)):
            messages.success(request, _("异议已登记。"))
            return redirect(address)
    return render(
        request,
        "objections/enter.html",
        {"entry": entry, "form": form},
        status=status_of(form.errors),
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def identity(request: PersonRequest, pk: int) -> HttpResponse:
    """Who objected: shown once, and recorded. Opened again, as in the other language, it is not."""
    if request.method == "GET":
        return redirect("notices:objection", pk)
    found = get_object_or_404(queries.whole(objections.readable(request.user)), pk=pk)
    context = _shown(found, request) | {"form": HandlingForm(offered=_sent_back_from(found))}
    try:
        context["identity"] = objections.identity(found, actor=request.user)
    except Refusal as refused:
        messages.error(request, str(refused))
    return render(request, "objections/objection.html", context)


@never_cache
@login_required
@require_POST
def attachment(request: PersonRequest, pk: int, number: int) -> HttpResponseBase:
    """One attachment, to be saved; each time it is recorded."""
    found = get_object_or_404(queries.whole(objections.looked_into(request.user)), pk=pk)
    try:
        opened = objections.attachment(found, number, actor=request.user)
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect("notices:objection", _where_shown(found, request.user))
    if opened is None:
        raise Http404
    media_type, content = opened
    # Beside those of another in one folder; the whole code would lead to what became of it.
    name = _("异议附件 %(end)s-%(number)s") % {"end": found.receipt_code[-4:], "number": number}
    return as_attachment(io.BytesIO(content), name, media_type, plain=f"{pk}-{number}")


def _where_shown(found: Objection, person: Person) -> int:
    """On whose page the person reads it: its own, or that of the one that leads it."""
    if objections.readable(person).filter(pk=found.pk).exists():
        return found.pk
    return joined.leading(found).pk
