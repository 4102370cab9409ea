"""The page of a section: shown, left by the press that confirms and takes what it proposes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from designation.organizations.requests import PersonRequest
from designation.site.refusal import Refusal

from ...case.facts import Case
from ...case.late import too_late
from ...case.opened import case_in_scope
from . import concluding, editing, section_page, sections


@login_required
@require_http_methods(["GET", "POST"])
def section(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    found = case_in_scope(request, pk)
    if not 1 <= number <= len(found.standard.sections):
        raise Http404
    if request.method == "GET":
        return section_page.show(request, found, number)
    return _left(request, found, number)


def _left(request: PersonRequest, found: Case, number: int) -> HttpResponse:
    """Confirm what was carried over, take what the page proposed, and go on to the next section."""
    shown = found.standard.sections[number - 1]
    proposed = sections.proposals(request.POST, (item.code for item in shown.items))
    try:
        passed_over = concluding.conclude(
            found,
            proposed,
            actor=request.user,
            confirmed=sections.confirmed(request.POST, shown),
        )
    except Refusal as refused:
        return too_late(request, found.application, refused)
    if passed_over:
        told = _("%(codes)s 的答复刚被改过，自评结论没有记入，请再看一遍。")
        messages.warning(request, told % {"codes": "、".join(passed_over)})
        return redirect("applications:section", found.application.pk, number)
    messages.success(request, _("第 %(number)s 节已保存。") % {"number": number})
    if number == len(found.standard.sections):
        return redirect("applications:case", found.application.pk)
    return redirect("applications:section", found.application.pk, number + 1)


@login_required
@require_GET
def next_open(request: PersonRequest, pk: int) -> HttpResponse:
    """The next item that is not done, behind the one that ``after`` names."""
    found = case_in_scope(request, pk)
    unlocked = editing.unlocked_items(found, request.user)
    after = request.GET.get("after", "")
    code = sections.next_open(sections.tasks(found), unlocked, after)
    if code:
        return redirect(sections.address(found.application, code))
    messages.success(request, _("所有条目都已填好。"))
    return redirect("applications:case", found.application.pk)
