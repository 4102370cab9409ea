"""The forms of a site record: filled from what it says, and kept in it; of whatever visit."""

from functools import partial
from typing import Any

from django.http import Http404

from designation.organizations.requests import PersonRequest
from designation.site.shown import Seen
from standards import values, wording

from ...case import items
from ...case.facts import Case
from ..self_assessment.item_answers import in_words
from . import visits
from .facts import OnSite
from .forms import MeasureForm, SiteForm, measured_initial
from .models import Measurement, Visit


def open_visit(found: Case) -> Visit:
    visit = OnSite.of(found).visit
    if visit is None:
        raise Http404
    return visit


def site_form(found: Case, data: Any) -> SiteForm:
    shown = OnSite.of(found).visit
    initial = {
        name: getattr(shown, name) for name in ("started_at", "ended_at", "summary") if shown
    }
    return SiteForm(data, initial=initial)


def measure_form(request: PersonRequest, found: Case, code: str) -> MeasureForm:
    item, before = found.standard.item(code), OnSite.of(found).own.get(code)
    shown = measured_initial(item, before.values, before.verdict, before.basis) if before else {}
    data = request.POST if request.method == "POST" else None
    return MeasureForm(item, found.declared, data, initial=shown, periods=found.periods)


def keep(found: Case, form: MeasureForm, request: PersonRequest) -> None:
    """Keep what is good; what was refused keeps its last value and stays in the form.

    Raises Refusal when the record was closed meanwhile.
    """
    form.is_valid()
    cleaned, seen, refused = form.cleaned_data, Seen.of(request.POST), form.refused_codes()
    told = visits.measure(
        open_visit(found),
        items.known(found.application.standard_id, form.item.code),
        values={
            check.code: form.accepted.get(check.code)
            for check in form.item.checks
            if check.code not in refused
        },
        verdict=cleaned.get("verdict"),
        basis=cleaned.get("basis"),
        actor=request.user,
        seen=seen,
        show=partial(in_words, form.item),
    )
    form.tell(told)
    found.forget(OnSite)


def in_words_of(item: Any, former: Measurement | None) -> dict[str, Any] | None:
    """What the visit before found on an item, as a person reads it."""
    if former is None:
        return None
    measured = values.from_rows([former.values])
    figures = [(wording.metric(c), values.show(c, measured.get(c.code))) for c in item.checks]
    return {"row": former, "figures": figures}
