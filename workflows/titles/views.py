"""A title's own page: its life, and what may be done next; and the form of each act."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from designation.announcements.looking import look
from designation.applications.models import Application
from designation.organizations import names
from designation.organizations.models import Person
from designation.organizations.requests import PersonRequest
from designation.papers import files
from designation.register import queries as register
from designation.register.rules import lives_read_by
from designation.register.standing import Act, Status
from designation.site import clock
from designation.site.creating import kept
from designation.site.pages import status_of

from .. import door
from ..bars import stopping
from ..by_form import by_form
from ..case.opened import page_version
from ..stages.appeals import against
from ..stages.appeals import queries as appeals
from ..stages.appeals.rules import may_enter, may_give_the_units_word
from . import acts, papers
from .case import TitleCase
from .flow import PASSAGES, PassageDeclared, TitleCourse
from .forms import ActForm

# The field in which a page sends back what it said would end.
_STOPS = "stops"
_CHECK_WHAT_ENDS = gettext_lazy(
    "按这一天，还有原来没有列出的申报随撤销终止。请核对上面的清单，再确认一次。"
)


def _opened(request: PersonRequest, pk: int) -> TitleCase:
    """The title as the person may read its life; all others are 404."""
    rows = register.titles().filter(pk__in=lives_read_by(request.user).order_by().values("pk"))
    found = get_object_or_404(rows.select_related("decision__round"), pk=pk)
    return TitleCase(found, asked=door.Asked(request.user))


@login_required
@require_GET
def title(request: PersonRequest, pk: int) -> HttpResponse:
    case = _opened(request, pk)
    look(case.title, request.user)
    names.read(names.who_acted(case.life))
    offered = door.offered(TitleCourse.KIND, case, request.user)
    names_in_order = list(PASSAGES)
    # What is open stands first, each in the order in which it is declared.
    offered.sort(key=lambda one: (bool(one[1]), names_in_order.index(one[0].slug)))
    context = {
        "case": case,
        "title": case.title,
        "life": register.with_last_days(case.title, case.life),
        "other_names": register.other_names(case.title),
        "written": papers.WRITTEN,
        **_appealed(case, request.user),
        "offered": [(way, PASSAGES[way.slug], findings) for way, findings in offered],
    }
    return render(request, "titles/title.html", context)


def _appealed(case: TitleCase, person: Person) -> dict[str, Any]:
    """Whether the holder may appeal against what revoked it, until when; or the appeal made."""
    if case.standing.status != Status.REVOKED:
        return {}
    step = appeals.revocation_of(case.title)
    made = appeals.against_revocation(case.title)
    until = against.until(step) if step else None
    is_late = until is not None and clock.is_over(until)
    may = step is not None and made is None and not is_late
    typed = step is not None and made is None and case.holder.is_active
    reads = made is not None and appeals.whole(person).filter(pk=made.pk).exists()
    return {
        "appeal": made,
        "reads_appeal": reads,
        "may_be_restored": appeals.may_be_restored(case.title),
        "appeal_until": until,
        "may_appeal": may and may_give_the_units_word(case.holder, person),
        "may_enter_appeal": typed and may_enter(case.holder, case.title.jurisdiction, person),
    }


@login_required
@require_GET
def paper(request: PersonRequest, pk: int, step: int, suffix: str) -> FileResponse:
    """The paper on which one of the steps of a title rests."""
    case = _opened(request, pk)
    found = papers.written(case, step)
    if found is None:
        raise Http404
    return files.answer(
        request,
        papers.of_step(case, found),
        suffix,
        area=case.title.jurisdiction,
        dated=found.at,
        of=found.pk,
    )


@login_required
@require_http_methods(["GET", "POST"])
def act(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """One act on its document. What keeps it back is told before anything is typed."""
    case = _opened(request, pk)
    declared = PASSAGES.get(name)
    if declared is None or not declared.rule(case, request.user):
        raise Http404
    form = ActForm(declared, case, request.POST or None)
    if request.method == "POST":
        return _acted(request, case, name, declared, form)
    if not door.is_offered(f"{TitleCourse.KIND}.{name}", case, request.user):
        raise Http404
    return _form_page(request, case, name, form, _stopped_by(case, name))


def _acted(
    request: PersonRequest, case: TitleCase, name: str, declared: PassageDeclared, form: ActForm
) -> HttpResponse:
    ends = _stopped_by(case, name, form.cleaned_data.get("decided_on") if form.is_valid() else None)
    shown = request.POST.get(_STOPS, "").split(",")
    if any(str(one.pk) not in shown for one in ends):
        form.add_error("decided_on", _CHECK_WHAT_ENDS)

    def carried_out(form: ActForm) -> None:
        seen = page_version(request)
        acts.carry_out(name, case.title, form.act, seen=seen, **by_form(request))

    if kept(form, carried_out):
        messages.success(request, declared.done)
        return redirect("titles:title", case.title.pk)
    return _form_page(request, case, name, form, ends)


def _form_page(
    request: PersonRequest, case: TitleCase, name: str, form: ActForm, ends: list[Application]
) -> HttpResponse:
    context: dict[str, Any] = {
        "case": case,
        "title": case.title,
        "passage": PASSAGES[name],
        "form": form,
        "seen": case.title.version,
        "stops": ends,
        "stops_keys": ",".join(str(one.pk) for one in ends),
        "shut": () if form.errors else TitleCourse(case).gate(name).findings,
    }
    return render(request, "titles/act.html", context, status=status_of(form.errors))


def _stopped_by(case: TitleCase, name: str, dated: date | None = None) -> list[Application]:
    """The open applications that end with a revocation: who revokes sees them before.

    As of the day of the document, from which it holds; of today while none is typed.
    """
    if PASSAGES[name].act != Act.REVOKED:
        return []
    since = dated or case.today
    return list(stopping.under_way(case.holder_on(since), since))
