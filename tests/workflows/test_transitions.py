"""The door, from first login to the register."""

import pytest

from designation.applications.models import Application, Stage
from designation.audit.chain import verify
from designation.audit.models import AuditEvent
from designation.register.models import Designation
from workflows import transitions


@pytest.mark.django_db
def test_a_village_is_carried_from_self_assessment_to_the_register(county, held_clock):
    application = county.at(Stage.DESIGNATED, wait=held_clock.move_to)

    title = Designation.objects.get(organization=county.village)
    assert title.number == f"341821-2026-NC-{application.pk:05d}"
    assert title.valid_until.year == 2029
    assert verify().whole


@pytest.mark.django_db
def test_each_transition_leaves_exactly_one_audit_event(county, held_clock):
    application = county.at(Stage.DESIGNATED, wait=held_clock.move_to)

    actions = AuditEvent.objects.filter(
        subject_type="applications.application",
        subject_id=str(application.pk),
        action__startswith="application.",
    ).order_by("sequence")
    assert [event.action for event in actions] == [
        f"application.{decision.transition}" for decision in application.decisions.all()
    ]


@pytest.mark.django_db
def test_a_shut_gate_answers_with_findings_and_changes_nothing(county):
    application = county.start()

    with pytest.raises(transitions.Refused) as refused:
        county.act("confirm", application, county.head, truth_confirmed=True)

    assert "not_answered" in refused.value.codes
    assert {finding.item_code for finding in refused.value.findings} >= {"NC-01", "NC-23"}
    assert Application.objects.get(pk=application.pk).stage == Stage.DRAFT
