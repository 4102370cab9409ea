"""Pages of the review of rights: that of each quarter, its lines, and what is said of them."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designation.site import sure
from designation.site.lists import listing
from designation.site.pages import LINES_A_PAGE, status_of
from designation.site.refusal import Finding, Refusal
from designation.site.shown import Seen
from designation.site.text import whole_number

from ..accounts.reauthentication_views import asks_again
from ..organizations import handover
from ..organizations.requests import PersonRequest
from . import rights_reviews as reviewing
from .filters import ReviewedSeatFilters, RightsReviewFilters
from .models import ReviewedSeat, RightsReview


@login_required
@require_GET
def review_list(request: PersonRequest) -> HttpResponse:
    found = listing(request, RightsReviewFilters, reviewing.read_by(request.user))
    return render(request, "administration/rights_reviews.html", found.context)


@login_required
@require_GET
def line_list(request: PersonRequest) -> HttpResponse:
    return _lines(request, reviewing.chosen(request.user, request.GET))


def _lines(
    request: PersonRequest, review: RightsReview | None, refused: Sequence[Finding] = ()
) -> HttpResponse:
    """The lines of one review, a page of them; with what is pressed, for whom it is."""
    found = listing(request, ReviewedSeatFilters, reviewing.lines_of(review), size=LINES_A_PAGE)
    said = reviewing.said_of(found.page)
    ticks = review is not None and (
        reviewing.is_open(review) and reviewing.may_tick(request.user, review)
    )
    waits = {line.pk for line in found.page if _waits(line)}
    context: dict[str, Any] = found.context | {
        "review": review,
        "rows": [(line, said[line.pk], ticks and line.pk in waits) for line in found.page],
        "left": reviewing.waiting(review).count(),
        "ticks": ticks,
        "all_ids": " ".join(f"line-{pk}" for pk in sorted(waits)),
        "seen": reviewing.compared({pk: said[pk] for pk in waits}),
        "refused": refused,
    }
    return render(request, "administration/rights_review.html", context, status=status_of(refused))


def _waits(line: ReviewedSeat) -> bool:
    return not line.verdict and line.seat.is_held


def _mine(request: PersonRequest, pk: int) -> RightsReview:
    review = get_object_or_404(reviewing.read_by(request.user), pk=pk)
    if not reviewing.may_tick(request.user, review):
        raise Http404
    return review


@login_required
@require_POST
def keep(request: PersonRequest, pk: int) -> HttpResponse:
    """The lines that are ticked; what was not kept is told line by line."""
    review = _mine(request, pk)
    numbers = (whole_number(typed) for typed in request.POST.getlist("line"))
    keys = [number for number in numbers if number is not None]
    try:
        done = reviewing.keep(review, keys, seen=Seen.of(request.POST), actor=request.user)
    except Refusal as refused:
        return _lines(request, review, refused.findings)
    _tell(request, done)
    return redirect(f"{reverse('organizations:rights_review')}?{_way_back(request, review)}")


def _way_back(request: PersonRequest, review: RightsReview) -> str:
    query = request.GET.copy()
    query["review"] = str(review.pk)
    return query.urlencode()


def _tell(request: PersonRequest, done: reviewing.Kept) -> None:
    if done.count:
        messages.success(request, _("已保留 %(count)d 个岗位。") % {"count": done.count})
    elif not done.changed and not done.settled:
        messages.info(request, _("没有勾选，请先勾选要保留的岗位。"))
    for line in done.changed:
        told = _("%(line)s：您打开页面后有变化，没有保留，请看过现在的内容再勾选。")
        messages.warning(request, told % {"line": _called(line)})
    for line in done.settled:
        told = _("%(line)s：他人已核对，或者岗位已终止，没有改动。")
        messages.warning(request, told % {"line": _called(line)})


def _called(line: ReviewedSeat) -> str:
    return f"{line.seat.person.full_name} · {line.seat.get_role_display()}"


@login_required
@require_http_methods(["GET", "POST"])
@asks_again
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Asked about once: what waits in the seat, and what becomes of it, is shown first."""
    line = get_object_or_404(reviewing.lines_read_by(request.user), pk=pk)
    review = _mine(request, line.review_id)
    may_end = _waits(line) and line.seat.person != request.user
    if may_end and request.POST.get("confirmed") != "yes":
        seat = line.seat
        waiting = handover.waiting_in(seat) if seat.is_in_force else []
        context = {"line": line, "seat": seat, "waiting": waiting, "back": _page_of(review)}
        return render(request, "administration/rights_review_withdraw.html", context)
    try:
        reviewing.withdraw(line, actor=request.user)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("岗位已收回，已通知本人。"))
    return redirect(_page_of(review))


def _page_of(review: RightsReview) -> str:
    return f"{reverse('organizations:rights_review')}?review={review.pk}"


@login_required
@require_POST
def finish(request: PersonRequest, pk: int) -> HttpResponse:
    review = _mine(request, pk)
    try:
        sure.ask(request.POST)
        reviewing.finish(review, actor=request.user)
    except Refusal as refused:
        return _lines(request, review, refused.findings)
    messages.success(request, _("本季度权限复核已完成，已告知审计管理员。"))
    return redirect("organizations:rights_reviews")
