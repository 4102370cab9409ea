"""The table of a round's opinions, and the list that a department fills in."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.announcements.looking import look
from designation.organizations import names
from designation.organizations.requests import PersonRequest
from designation.rounds.departments import unstaffed
from designation.rounds.models import Round
from designation.rounds.queries import departments_asked
from designation.site import autosave, forms, seen_whole
from designation.site.creating import create
from designation.site.lists import listing
from designation.site.pages import REFUSED, status_of
from designation.site.refusal import Finding, Refusal
from designation.site.shown import Seen

from . import answering, asking, drafts, instead, papers, rules, scoping, standing
from .filters import OpinionFilters
from .forms import AnswersForm, BringForm, NotAwaitedForm, PaperForm
from .models import OpinionLine, OpinionList


@login_required
@require_GET
def round_page(request: PersonRequest, pk: int) -> HttpResponse:
    return _round_page(request, pk)


def _round_page(
    request: PersonRequest, pk: int, refused: Sequence[Finding] = (), status: int = 200
) -> HttpResponse:
    """The table: names by departments. Nine statements of its own, whatever the numbers."""
    rounds = scoping.rounds_asking(request.user).select_related("jurisdiction")
    round_ = get_object_or_404(rounds, pk=pk)
    found = listing(request, OpinionFilters, scoping.names_asked_about(round_))
    departments = departments_asked(round_)
    secrets = rules.secrecies_read(round_, request.user)
    rows = standing.rows(found.page, departments, secrets=secrets)
    names.read([row.application.organization for row in rows])
    may_send = rules.coordinating_role(round_, request.user) is not None
    to_ask = asking.to_ask(round_) if may_send else []
    context = found.context | {
        "round": round_,
        "departments": departments,
        "rows": rows,
        "to_ask": [(one, len(listed)) for one, listed in to_ask],
        "unstaffed": unstaffed(round_) if to_ask else [],
        "seen": seen_whole.as_shown(asking.as_shown(to_ask)),
        "may_open": may_send,
        "refused": refused,
    }
    return render(request, "opinions/round.html", context, status=status)


@login_required
@require_POST
def send(request: PersonRequest, pk: int) -> HttpResponse:
    """All that is not asked yet, once for the key of the button."""
    round_ = _coordinated(request, pk)
    form = forms.Form(request.POST)

    def make(_form: Any) -> str:
        asking.send(round_, actor=request.user, seen=request.POST)
        return reverse("opinions:round", args=[pk])

    if address := create(request, form, make, refusals=(Refusal,)):
        told = _("已发给各部门，答复期限 %(days)s 个工作日；有答复会告诉您。")
        messages.success(request, told % {"days": round_.department_days})
        return redirect(address)
    found = [Finding("refused", "", str(error)) for error in form.non_field_errors()]
    return _round_page(request, pk, found, REFUSED)


def _coordinated(request: PersonRequest, pk: int) -> Round:
    rounds = scoping.rounds_asking(request.user).select_related("jurisdiction")
    round_ = get_object_or_404(rounds, pk=pk)
    if rules.coordinating_role(round_, request.user) is None:
        raise Http404
    return round_


@login_required
@require_http_methods(["GET", "POST"])
def sheet(request: PersonRequest, pk: int) -> HttpResponse:
    """A list: for the department to fill in, for the coordinator to read."""
    opinions = _found(scoping.lists_read(request.user), pk)
    if rules.answering_role(opinions, request.user) is None:
        if request.method == "POST":
            raise Http404
        return _as_it_stands(request, opinions)
    if request.method == "GET":
        look(opinions, request.user)
        return _answering(request, opinions, _form(opinions))
    if autosave.is_asked(request):
        return _saved(request, opinions)
    return _handed_in(request, opinions)


def _found(rows: Any, pk: int) -> OpinionList:
    found = rows.select_related("round__jurisdiction", "department", "term")
    opinions: OpinionList = get_object_or_404(found.distinct(), pk=pk)
    return opinions


def _form(
    opinions: OpinionList, data: Any = None, lines: list[OpinionLine] | None = None
) -> AnswersForm:
    return AnswersForm(
        answering.to_answer(answering.lines_of(opinions) if lines is None else lines),
        data,
        vetoes=answering.in_force(opinions),
        typed=drafts.of(opinions) if data is None else None,
        corrects=opinions.handed_in_at is not None,
    )


def _papers(
    request: PersonRequest, opinions: OpinionList, form: BringForm | None
) -> dict[str, Any]:
    return {"papers": papers.of(opinions, request.user), "paper_form": form or BringForm()}


def _answering(
    request: PersonRequest,
    opinions: OpinionList,
    form: AnswersForm,
    bringing: BringForm | None = None,
) -> HttpResponse:
    lines = answering.lines_of(opinions)
    typed = drafts.of(opinions)
    context = {
        "opinions": opinions,
        "form": form,
        "rows": form.rows(),
        "ended": [line for line in lines if not rules.is_still_asked(line.application)],
        "own": rules.steps_aside(form.lines, request.user),
        "record": {name: typed.get(name, "") for name in form.fields}
        | seen_whole.as_shown(answering.as_shown(lines)),
        "held": Seen.of(request.POST).held(form.conflicts),
        "others": scoping.beside(opinions, request.user),
        **_papers(request, opinions, bringing),
    }
    refused = bool(form.errors or form.conflicts or bringing)
    return render(request, "opinions/sheet.html", context, status=status_of(refused))


def _saved(request: PersonRequest, opinions: OpinionList) -> HttpResponse:
    """Each field by itself, as it was typed: what it lacks is told when the list is handed in."""
    form = _form(opinions)
    covered = autosave.covered(request) & form.fields.keys()
    sent = {name: request.POST.get(name, "") for name in covered}
    try:
        told = _kept(request, opinions, form, sent)
    except Refusal as refused:
        return autosave.denied(finding.message for finding in refused.findings)
    return autosave.answer(
        autosave.Outcome(
            record=sent,
            conflicts=told,
            theirs={name: {name: [one.theirs]} for name, one in told.items()},
        )
    )


def _kept(
    request: PersonRequest, opinions: OpinionList, form: AnswersForm, sent: dict[str, str]
) -> dict[str, Any]:
    seen = Seen.of(request.POST)
    return drafts.save(opinions, sent, fields=form.fields.keys(), actor=request.user, seen=seen)


def _handed_in(request: PersonRequest, opinions: OpinionList) -> HttpResponse:
    """Once for the key of the form; where it is refused, what was typed is kept all the same."""
    form = _form(opinions, request.POST)
    sent = {name: request.POST.get(name, "") for name in form.fields}

    def make(form: AnswersForm) -> str:
        if _kept(request, opinions, form, sent):
            told = _("本部门的人在别处也填过，请在标出的地方选择。")
            raise Refusal.because("typed_meanwhile", told)
        _recorder(request, opinions)(form)
        return reverse("opinions:sheet", args=[opinions.pk])

    if address := create(request, form, make, refusals=(Refusal,)):
        messages.success(request, _("已交回，县级经办人随即收到。需要更正的，在这一页改。"))
        return redirect(address)
    form.conflicts = _kept(request, opinions, form, sent)
    return _answering(request, opinions, form)


def _recorder(request: PersonRequest, opinions: OpinionList) -> Callable[[AnswersForm], None]:
    by: dict[str, Any] = {"actor": request.user, "seen": request.POST}

    def keep(form: AnswersForm) -> None:
        if "reason" in form.fields:
            answering.correct(opinions, form.answers(), form.cleaned_data["reason"], **by)
        else:
            answering.hand_in(opinions, form.answers(), **by)

    return keep


def _as_it_stands(
    request: PersonRequest, opinions: OpinionList, bringing: BringForm | None = None
) -> HttpResponse:
    """To the coordinator: who answered what, and what is done where nobody did."""
    look(opinions, request.user)
    lines = answering.lines_of(opinions)
    context = {
        "opinions": opinions,
        "lines": standing.of_lines(lines),
        "to_enter": instead.to_enter(lines),
        "silent": instead.silent(lines),
        "is_over": rules.is_over(opinions),
        **_papers(request, opinions, bringing),
    }
    status = status_of(bringing)
    return render(request, "opinions/standing.html", context, status=status)


@login_required
@require_POST
def bring(request: PersonRequest, pk: int) -> HttpResponse:
    """A paper is added to a list; one that is not taken is told at its field."""
    opinions = _found(scoping.lists_read(request.user), pk)
    form = BringForm(request.POST, request.FILES)
    received = form.received() if form.is_valid() else None
    if received is not None:
        try:
            papers.bring(opinions, received, actor=request.user)
        except Refusal as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, _("附件已上传。"))
            return redirect("opinions:sheet", pk)
    if rules.answering_role(opinions, request.user) is None:
        return _as_it_stands(request, opinions, form)
    return _answering(request, opinions, _form(opinions), form)


@login_required
@require_http_methods(["GET", "POST"])
def paper(request: PersonRequest, pk: int) -> HttpResponse:
    """The coordinator enters what the department answered on paper."""
    opinions = _found(scoping.lists_coordinated(request.user), pk)
    lines = answering.lines_of(opinions)
    data = request.POST if request.method == "POST" else None
    form = PaperForm(instead.to_enter(lines), data)

    def make(form: PaperForm) -> str:
        by: dict[str, Any] = {"actor": request.user, "seen": request.POST}
        instead.enter_paper(opinions, form.letter(), form.answers(), **by)
        return reverse("opinions:sheet", args=[pk])

    if data is not None and (address := create(request, form, make, refusals=(Refusal,))):
        messages.success(request, _("书面答复已登记，并已告知该部门。"))
        return redirect(address)
    context = {"opinions": opinions, "form": form, "rows": form.rows(), "seen": _seen(lines)}
    return render(request, "opinions/paper.html", context, status=status_of(form.errors))


@login_required
@require_http_methods(["GET", "POST"])
def not_awaited(request: PersonRequest, pk: int) -> HttpResponse:
    """The coordinator enters why a silent department is not waited for any more."""
    opinions = _found(scoping.lists_coordinated(request.user), pk)
    lines = answering.lines_of(opinions)
    data = request.POST if request.method == "POST" else None
    form = NotAwaitedForm(data)

    def make(form: NotAwaitedForm) -> str:
        by: dict[str, Any] = {"actor": request.user, "seen": request.POST}
        instead.wait_no_more(opinions, form.cleaned_data["reason"], **by)
        return reverse("opinions:sheet", args=[pk])

    if data is not None and (address := create(request, form, make, refusals=(Refusal,))):
        messages.success(request, _("已登记，汇总表记为“未答复”，并已告知该部门。"))
        return redirect(address)
    context = {
        "opinions": opinions,
        "form": form,
        "silent": instead.silent(lines),
        "seen": _seen(lines),
    }
    return render(request, "opinions/not_awaited.html", context, status=status_of(form.errors))


def _seen(lines: list[OpinionLine]) -> dict[str, Any]:
    return seen_whole.as_shown(answering.as_shown(lines))
