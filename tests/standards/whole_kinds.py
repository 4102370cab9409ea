"""What a kind of check has to have, each by trying it; ``lacking`` names what it has not."""

import json
import re

import yaml
from django.utils import translation

from authoring.drafting.editing_forms import CheckForm
from standards import examples, kinds, values, wording
from standards.engine import evaluation as ev
from standards.importing import own_format
from standards.importing.proposals import Proposal, proposals
from standards.models import Item
from tests.standards.checks import reason
from workflows.case.values_form import ValuesForm, shown_values

STAGES = {False: "self_assessment", True: "verification"}
_HAN = re.compile(r"[一-鿿]")
NONSENSE = "？？"


def example(kind):
    return ev.Check(
        code="NC-01-C1",
        item_code="NC-01",
        kind=kind.code,
        unit=kind.unit or "人",
        threshold=3 if kind.has_threshold else kind.fixed,
        strict=True,
        metric_zh="工作开展",
        metric_en="Work done",
        phrase="工作开展",
    )


def _in_both_languages(*worded):
    """Whether each function words something, in Chinese and then without Chinese in English."""
    for one in worded:
        with translation.override("zh-hans"):
            zh = str(one())
        with translation.override("en"):
            en = str(one())
        if not _HAN.search(zh) or not en or _HAN.search(en):
            return False
    return True


def is_judged(kind):
    one = example(kind)
    for judged, stage in STAGES.items():
        passing = examples.just_passing(one, judged=judged)
        failing = examples.just_failing(one, judged=judged)
        if reason(one, passing, stage) is not None or reason(one, object(), stage) is None:
            return False
        if failing is not None and reason(one, failing, stage) is None:
            return False
    return True


def is_said(kind):
    one = example(kind)
    unfit = ev.Finding("NC-01", "NC-01-C1", ev.WRONG_TYPE, None, blocking=True)
    return _in_both_languages(
        lambda: kind.name, lambda: wording.rule(one), lambda: wording.message(one, unfit)
    )


def is_typed(kind):
    """What an input shows for a value is that value when it is sent again."""
    one = example(kind)
    item = ev.Item("NC-01", "条文", (one,))
    for judged in STAGES:
        stored = values.to_json(examples.just_passing(one, judged=judged))
        form = type("Form", (ValuesForm,), {"judged": judged})(
            item, shown_values(item, {one.code: stored})
        )
        if not form.is_valid() or form.accepted != {one.code: stored}:
            return False
    return True


def is_refused_at_its_field(kind):
    one = example(kind)

    def refused(*, judged):
        try:
            values.parse(one, NONSENSE, judged=judged)
        except kinds.ValueRefused as told:
            return _HAN.search(str(told))
        return False

    return any(refused(judged=judged) for judged in STAGES)


def is_shown(kind):
    """A value of another sort too: the finding that tells of it shows it."""
    one = example(kind)
    given = [examples.just_passing(one, judged=judged) for judged in STAGES]
    shown = {values.show(one, value) for value in (*given, "许多", 7, True, [1, None], {"a": 1})}
    return all(shown) and not any("{" in each for each in shown)


def is_on_the_sheet(kind):
    """Room to fill in, said in both languages; a text of one's own has the sheet's own."""
    one = example(kind)
    if kind.input(one, judged=False).shape == kinds.LONG_TEXT:
        return True
    room = list(kind.room(one))
    with translation.override("en"):
        return bool(room) and not _HAN.search("".join(kind.room(one)))


def is_stored(kind):
    one = example(kind)
    passing = examples.just_passing(one, judged=False)
    stored = json.loads(json.dumps(values.to_json(passing)))
    return values.from_json(stored) == passing


def goes_out_and_comes_back(kind):
    check = {"kind": kind.code, "phrase": "工作开展", "unit": kind.unit}
    if kind.has_threshold:
        check["threshold"] = 3
    data = {"sections": [{"items": [{"text": "工作开展", "checks": [check]}]}]}
    read = own_format.completed(own_format.read(yaml.safe_dump(data, allow_unicode=True).encode()))
    (back,) = read["sections"][0]["items"][0]["checks"]
    return (back["kind"], back["threshold"]) == (kind.code, check.get("threshold"))


def is_proposed_as_it_says(kind):
    """By the reader from the clause that it names; or it says that it never is."""
    if not kind.proposed_from:
        return not kind.answers(kinds.Asked(forbidden=True))
    found = [one.kind for one in proposals(kind.proposed_from) if isinstance(one, Proposal)]
    return found == [kind.code]


def is_in_the_editors_form(kind):
    form = CheckForm(Item(text="工作开展"))
    return not kind.is_chosen or kind.code in dict(form.fields["kind"].choices)


def refuses_a_threshold_that_cannot_be(kind):
    return not kind.has_threshold or _in_both_languages(lambda: kind.threshold_refused(-1))


ASPECTS = (
    is_judged,
    is_said,
    is_typed,
    is_refused_at_its_field,
    is_shown,
    is_on_the_sheet,
    is_stored,
    goes_out_and_comes_back,
    is_proposed_as_it_says,
    is_in_the_editors_form,
    refuses_a_threshold_that_cannot_be,
)


def lacking(kind):
    """The aspects that are wanting, by name; one that fails in trying is wanting too."""
    return [aspect.__name__ for aspect in ASPECTS if not _has(kind, aspect)]


def _has(kind, aspect):
    try:
        return bool(aspect(kind))
    except Exception:  # noqa: BLE001 - whatever goes wrong, the aspect is wanting
        return False
