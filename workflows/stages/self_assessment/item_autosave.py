"""The page of an item saves itself: the inputs that changed, in as few statements as it takes."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from designation.organizations.requests import PersonRequest
from designation.site import autosave
from designation.site.refusal import Refusal
from designation.site.shown import Seen
from standards import catalogue

from ...case import items
from ...case.facts import Case
from . import editing, item_answers, replies, sections
from .forms import ItemForm


def locked_message() -> str:
    return _("本条现在不能修改：申报已经提交，或者本条不在补正清单中。")


def save_some(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    """Save the inputs that changed, and answer for each.

    Raises Http404 for an application that is not this person's to fill in.
    """
    try:
        with editing.held_item(pk, code, request.user) as case:
            return _save(request, case, code)
    except Refusal:
        return autosave.denied([locked_message()])


def _save(request: PersonRequest, case: Case, code: str) -> HttpResponse:
    covered = autosave.covered(request)
    has_reply = replies.FIELD in covered
    # Of this item alone: nothing else is read for it, and its verdict rests on nothing else.
    case.answers = {}
    if not has_reply:
        case.corrections = {}
    rules = catalogue.published(case.application.standard_id).item(code)
    form = ItemForm(rules, request.POST, correction=has_reply)
    inputs = covered & form.fields.keys()
    fields = frozenset(form.field_of(name) for name in inputs)
    seen = Seen.of(request.POST)
    sent = form.sent(only=fields, seen=seen, way=autosave.way(request))
    item = items.known(case.application.standard_id, code)
    told = item_answers.save_held(case, case.application, item, sent, actor=request.user)
    form.tell(told)
    record = item_answers.record_of(case, code)
    errors = autosave.refused(form, inputs)
    refused = {form.field_of(name) for name in errors}
    return autosave.answer(
        autosave.Outcome(
            record={name: record.get(name) for name in fields - refused},
            refused=errors,
            ways=autosave.ways(form, errors),
            conflicts=form.conflicts,
            theirs={name: form.texts_of(t.name, record) for name, t in form.conflicts.items()},
            hints=_judged_part(case, code) if sent.answers_something else "",
        )
    )


def _judged_part(case: Case, code: str) -> str:
    """What the engine says of the item now, as the parts of its card."""
    shown = sections.card_of(case, case.standard.item(code))
    return render_to_string("case/card/_judged.html", {"card": shown})
