"""The pages on site save themselves: the record of the visit, and what was found on an item."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse

from designation.organizations.requests import PersonRequest
from designation.site import autosave, shown
from designation.site.refusal import Refusal
from designation.site.shown import Seen
from standards import catalogue

from ...case import items
from ...case.facts import Case
from ..self_assessment.item_answers import in_words
from . import visits
from .facts import OnSite
from .forms import MeasureForm, SiteForm
from .holding import held_visit
from .models import Visit


def save_record(request: PersonRequest, pk: int) -> HttpResponse:
    """Times and summary of the visit. Raises Http404 for whoever is not on the team."""
    try:
        with held_visit(pk, request.user) as (case, visit):
            return _save_record(request, case, visit)
    except Refusal as refused:
        return autosave.denied(finding.message for finding in refused.findings)


def _save_record(request: PersonRequest, case: Case, visit: Visit) -> HttpResponse:
    covered = autosave.covered(request) & frozenset(visits.VISIT_FIELDS)
    form = SiteForm(_with_times(request, visit, covered))
    errors = autosave.refused(form, covered)
    if form.errors.keys() - errors.keys():
        # The one time is wrong by the other, which stands in the record.
        wrong = next(iter(form.errors.values()))[0]
        errors |= {name: str(wrong) for name in covered if name != "summary"}
    sent = {name: form.cleaned_data[name] for name in covered - errors.keys()}
    rests_on = Seen.of({shown.INPUT: request.POST.get(autosave.RESTS_ON, "")}).digests
    before = shown.digests(visits.signed_over(case)) if rests_on else {}
    told = visits.record_visit_held(visit, _hand(request, case), sent)
    record = visits.visit_fields(visit)
    return autosave.answer(
        autosave.Outcome(
            record={name: record[name] for name in sent},
            refused=errors,
            conflicts=told,
            theirs={name: {name: [_as_typed(visit, name)]} for name in told},
            rests_on=_renewed(rests_on, before, case),
        )
    )


def _hand(request: PersonRequest, case: Case) -> visits.Hand:
    seen, way = Seen.of(request.POST), autosave.way(request)
    return visits.Hand(request.user, seen, way, OnSite.of(case).team)


def _with_times(request: PersonRequest, visit: Visit, covered: frozenset[str]) -> dict[str, Any]:
    """What was sent, beside what stands: two times are judged together."""
    data = {name: _as_typed(visit, name) for name in visits.VISIT_FIELDS}
    return data | {name: request.POST.get(name, "") for name in covered}


def _as_typed(visit: Visit, name: str) -> str:
    """A field of the record as its input shows it."""
    value = SiteForm(initial={name: getattr(visit, name)})[name].value()
    widget = SiteForm.base_fields[name].widget
    return str(widget.format_value(value) or "")


def _renewed(rests_on: Mapping[str, str], before: Mapping[str, str], case: Case) -> dict[str, str]:
    """What a signature on the same page rests on from now on.

    Only where the page showed the record as it stood before this save: what somebody else has
    changed meanwhile is not passed over.
    """
    if not rests_on or rests_on != before:
        return {}
    return shown.digests(visits.signed_over(case))


def save_measurement(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    """What was found on one item. Raises Http404 for whoever is not on the team."""
    try:
        with held_visit(pk, request.user) as (case, visit):
            if code not in case.item_codes:
                raise Http404
            return _save_measurement(request, case, visit, code)
    except Refusal as refused:
        return autosave.denied(finding.message for finding in refused.findings)


def _save_measurement(request: PersonRequest, case: Case, visit: Visit, code: str) -> HttpResponse:
    covered = autosave.covered(request)
    rules = catalogue.published(case.application.standard_id).item(code)
    form = MeasureForm(rules, {}, request.POST)
    inputs = covered & form.fields.keys()
    fields = frozenset(form.field_of(name) for name in inputs)
    errors = autosave.refused(form, inputs)
    refused = {form.field_of(name) for name in errors}
    checks = [check.code for check in rules.checks if check.code in fields - refused]
    words = [name for name in visits.WORDS if name in fields - refused]
    sent = {each: form.accepted.get(each) for each in checks}
    sent |= {name: form.cleaned_data[name] for name in words}
    item = items.known(case.application.standard_id, code)
    found, told = visits.measure_held(
        visit, item, _hand(request, case), sent, partial(in_words, rules)
    )
    form.tell(told)
    record = dict.fromkeys(sent) | visits.measured_fields(found)
    return autosave.answer(
        autosave.Outcome(
            record={name: record.get(name) for name in sent},
            refused=errors,
            ways=autosave.ways(form, errors),
            conflicts=form.conflicts,
            theirs={name: form.texts_of(t.name, record) for name, t in form.conflicts.items()},
        )
    )
