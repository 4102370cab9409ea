"""A submission freezes the answers and the evidence under one hash."""

import pytest

from designation.applications.models import Application, Stage
from designation.applications.submissions import changed_items, digest

pytestmark = pytest.mark.django_db


def frozen(**answers):
    return {"answers": answers, "evidence": []}


def test_the_hash_is_over_the_content_whatever_the_order_of_its_keys():
    assert digest({"a": 1, "b": "村"}) == digest({"b": "村", "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})


def test_only_items_whose_answer_or_evidence_differs_have_changed():
    before = frozen(**{"NC-01": {"note": ""}, "NC-02": {"note": ""}, "NC-03": {"note": ""}})
    after = frozen(**{"NC-01": {"note": ""}, "NC-02": {"note": "改"}, "NC-03": {"note": ""}})
    after["evidence"] = [{"sha256": "f" * 64, "items": ["NC-03"]}]

    assert changed_items(None, after) == []
    assert changed_items(before, after) == ["NC-02", "NC-03"]


def test_each_submission_is_kept_with_its_own_number_and_hash(county):
    application = county.at(Stage.SUBMITTED)
    first = application.submission
    county.act(
        "return_for_correction", application, county.reviewer, corrections={"NC-13": "补依据"}
    )
    application.answers.filter(item__code="NC-13").update(note="已补充")
    application.corrections.update(reply="已补充")
    county.act("resubmit", application, county.head, truth_confirmed=True)

    second = Application.objects.get(pk=application.pk).submission
    assert (first.number, second.number) == (1, 2)
    assert second.changed_items == ["NC-13"]
    first.refresh_from_db()
    assert first.sha256 == digest(first.content)
    assert first.content["answers"]["NC-13"]["note"] == ""
    assert second.content["answers"]["NC-13"]["note"] == "已补充"


def test_a_decision_points_to_the_submission_it_was_made_on(county):
    application = county.at(Stage.RECOMMENDED)

    decision = application.decisions.get(transition="recommend")

    assert decision.submission == application.submission
