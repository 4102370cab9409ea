"""Public pages of objections: raising one, following it. No sign-in."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from designation.site.creating import create
from designation.site.pages import TOO_MANY, status_of
from designation.site.public_pages import in_languages
from designation.site.refusal import Refusal

from ..public_notice.models import NoticeEntry
from ..public_notice.periods import is_open_to_objections
from ..public_notice.queries import names_on_the_wall
from . import attachments, joined, queries, receipts, sending_limits
from .forms import ObjectionForm
from .models import Objection
from .objections import raise_objection
from .sending_limits import BY_ENTRY, TOO_OFTEN


@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: HttpRequest, pk: int, entry_id: int) -> HttpResponse:
    entry = get_object_or_404(names_on_the_wall(pk), pk=entry_id)
    if shown_again := _of_the_code_sent(request, entry):
        return _received(request, entry, shown_again)
    form = ObjectionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and (receipt := _registered(request, entry, form)):
        return _received(request, entry, queries.of_receipt(receipt))
    context = {"entry": entry, "form": form, "is_open": is_open_to_objections(entry)}
    answer = render(request, "objections/object.html", context, status=status_of(form.errors))
    if form.has_error(NON_FIELD_ERRORS, TOO_OFTEN):
        answer.status_code = TOO_MANY
        answer["Retry-After"] = str(int(BY_ENTRY.within.total_seconds()))
    return answer


def _received(request: HttpRequest, entry: NoticeEntry, found: Objection | None) -> HttpResponse:
    code = "" if found is None else found.receipt_code
    context = {"objection": found, "entry": entry} | _goes_along(request, code)
    return render(request, "objections/received.html", context)


def _of_the_code_sent(request: HttpRequest, entry: NoticeEntry) -> Objection | None:
    """What was received here, to be shown once more in the other language."""
    found = queries.of_receipt(receipts.read(request.POST.get("code", "")))
    return found if found is not None and found.entry_id == entry.pk else None


def _goes_along(request: HttpRequest, code: str) -> dict[str, Any]:
    """For whoever turns to the other language: the page is of the code, which no address holds."""
    return {"sent_along": {"code": code}, "languages": in_languages(request)} if code else {}


def _registered(request: HttpRequest, entry: NoticeEntry, form: ObjectionForm) -> str | None:
    """The receipt: sent again as it was, the same; with other words, asked about.

    What was registered before is not counted again.
    """

    def raised(form: ObjectionForm) -> str:
        files = form.cleaned_data["attachments"]
        sending_limits.count_files(request, len(files))
        attached = attachments.judged(files)
        sending_limits.count(request, entry)
        facts, identity = form.cleaned_data["facts"], form.identity()
        found = raise_objection(entry, facts=facts, identity=identity, attached=attached)
        return found.receipt_code

    return create(
        request,
        form,
        raised,
        refusals=(Refusal,),
        sent_before=_("您已用这张表提出过一件异议，这次的内容与上次不同。再按一次，就另登记一件。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """What became of an objection, by its receipt code; never who raised it."""
    code = receipts.read(request.POST.get("code", ""))
    objection = queries.of_receipt(code)
    missing = request.method == "POST" and objection is None
    return render(
        request,
        "objections/follow.html",
        {
            "objection": objection,
            "is_joined": objection is not None and joined.standing(objection) is not None,
            "code": code,
            "missing": missing,
        }
        | _goes_along(request, code),
        status=status_of(missing),
    )
