"""An appeal that came on paper: its day counts, and who typed it does not hear it."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from designation.calendar.working_days import calendar, end_of_day
from designation.organizations.models import Role
from designation.site import clock
from designation.site.refusal import Refusal
from notifications import delivery
from notifications.models import Message
from tests import factories, files
from tests.appealed import REASON, Appealed, scan
from tests.titles_given import Title
from workflows.case.interests import Tie, ties_of
from workflows.desk.orphans import orphans
from workflows.stages.appeals import against as appealing
from workflows.stages.appeals import attached
from workflows.stages.appeals.models import Against, Appeal
from workflows.stages.appeals.queries import to_answer
from workflows.stages.appeals.rules import readable

pytestmark = pytest.mark.django_db

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def case(county, held_clock):
    """Who coordinates the county verified it, and types what came."""
    return Appealed(county, Against.VERIFICATION)


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def form_of(case):
    return reverse("appeals:enter_against_decision", args=[case.decision.pk])


def typed(case, **said):
    scan = SimpleUploadedFile("申请书.png", files.png())
    usual = {
        "reason": REASON,
        "received_at": "2026-03-02 09:00",
        "attachments": scan,
        "sure": "yes",
    }
    return as_(case.county.coordinator).post(form_of(case), usual | said)


def refused(case, **said):
    with pytest.raises(Refusal) as refusal:
        case.enter(**said)
    assert not Appeal.objects.exists()
    return refusal.value


def test_the_day_on_which_it_was_received_counts_for_both_terms(case, held_clock):
    received = clock.now()
    held_clock.move_to(appealing.until(case.decision) + DAY)

    appeal = case.enter(received_at=received)

    assert appeal.lodged_at == received
    day = received.astimezone(clock.SHANGHAI).date()
    assert appeal.due_at == end_of_day(calendar().add(day, 15))
    step = appeal.steps.get()
    assert (step.actor, step.role) == (case.county.coordinator, Role.COUNTY_COORDINATOR)
    assert step.at == clock.now()


def test_one_received_a_second_late_is_refused_with_the_moment_until_which_it_could_be(
    case, held_clock
):
    last = appealing.until(case.decision)
    held_clock.move_to(last + DAY)

    assert refused(case, received_at=last + timedelta(seconds=1)).codes == ("appeal_late",)
    case.enter(received_at=last - MINUTE)


def test_one_received_at_24_00_of_the_last_day_as_it_is_printed_is_in_time(case, held_clock):
    last = appealing.until(case.decision)
    held_clock.move_to(last + DAY)

    assert case.enter(received_at=last).lodged_at == last


@pytest.mark.parametrize("moved", [-DAY, MINUTE])
def test_it_was_received_neither_before_the_decision_nor_tomorrow(case, moved):
    (finding,) = refused(case, received_at=clock.now() + moved).findings

    assert (finding.code, finding.field) == ("received_wrong", "received_at")


def test_the_scan_is_kept_in_the_library_of_the_area_and_read_by_who_handles_it(case):
    appeal = case.enter()

    (entry,) = attached.of(appeal, case.hearer)
    assert (entry.organization, entry.jurisdiction) == (None, case.county.jurisdiction)
    readers = [case.county.coordinator, case.county.head, case.hearer]
    for person in readers:
        address = reverse("library:file", args=[entry.pk])
        assert as_(person).get(address).getvalue().startswith(b"\x89PNG")
    assert as_(case.county.reviewer).get(address).status_code == 404


def test_without_a_scan_nothing_is_entered(case):
    assert refused(case, files=[]).codes == ("no_scan",)
    assert refused(case, received_at=None).codes == ("no_scan",)


def test_who_typed_it_does_not_hear_it(county, held_clock):
    """Another coordinator, who had no hand in the case itself."""
    case = Appealed(county)
    typist = factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction)
    case.enter(actor=typist)

    assert to_answer(typist, 10) == []
    assert readable(typist).filter(pk=case.appeal.pk).exists()
    with pytest.raises(Refusal) as refusal:
        case.act("take_up", actor=typist)
    assert refusal.value.codes == ("not_permitted",)
    case.act("take_up")
    case.act("dismiss")
    with pytest.raises(IntegrityError, match="another_than_typed"), transaction.atomic():
        Appeal.objects.update(decided_by=typist)


def test_where_only_the_typist_is_left_it_is_told_that_nobody_can_hear_it(county, held_clock):
    case = Appealed(county)
    typist = case.county.coordinator
    case.enter(actor=typist)
    address = reverse("applications:case", args=[case.application.pk])

    def without_anybody():
        return [one.address for one in orphans(typist)]

    assert address in without_anybody()
    assert case.hearer
    assert address not in without_anybody()


def test_the_typist_is_not_asked_to_hear_it_and_the_unit_is_told(case):
    typist = factories.seated(Role.COUNTY_COORDINATOR, case.county.jurisdiction)
    assert case.hearer
    case.enter(actor=typist)
    delivery.deliver_waiting()

    def told(person):
        rows = Message.objects.filter(person=person, event__action="appeal.lodged")
        return rows.exists()

    assert told(case.hearer)
    assert told(case.county.head)
    assert not told(typist)


def test_to_type_it_ties_nobody_to_the_case(case):
    typist = factories.seated(Role.COUNTY_COORDINATOR, case.county.jurisdiction)
    case.enter(actor=typist)

    ties = ties_of([case.application.pk])[case.application.pk]
    assert Tie.HEARD_APPEAL not in ties.get(typist.pk, ())


def test_it_is_the_one_appeal_of_the_decision(case):
    case.enter()

    with pytest.raises(Refusal) as refusal:
        case.lodge()
    assert refusal.value.codes == ("appealed_already",)


def test_who_is_of_the_unit_or_does_not_coordinate_the_area_types_none(case):
    own = factories.seated(Role.COUNTY_COORDINATOR, case.county.jurisdiction)
    own.home_organization = case.county.village
    own.save()
    for person in (own, case.county.reviewer, case.county.objection_officer):
        assert refused(case, actor=person).codes == ("not_permitted",)
        assert as_(person).get(form_of(case)).status_code == 404


def test_the_case_leads_the_coordinator_to_the_form_and_says_that_it_came_on_paper(case):
    page = reverse("applications:case", args=[case.application.pk])
    assert form_of(case) in as_(case.county.coordinator).get(page).content.decode()
    assert form_of(case) not in as_(case.county.head).get(page).content.decode()

    answer = typed(case)

    assert answer.status_code == 302, answer.context["form"].errors
    assert Appeal.objects.get().lodged_at == datetime(2026, 3, 2, 9, tzinfo=clock.SHANGHAI)
    shown = as_(case.county.head).get(answer.url).content.decode()
    assert "书面申请，由县级经办人登记" in shown
    assert "申请书" in shown


def test_what_is_amiss_is_told_at_its_field_and_nothing_typed_is_lost(case):
    answer = typed(case, received_at="2026-02-01 09:00")

    assert answer.status_code == 422
    (told,) = answer.context["form"].errors["received_at"]
    assert told == "收到时间早于作出决定的2026年3月2日(周一)，请核对。"
    assert REASON in answer.content.decode()
    assert set(typed(case, attachments=[], sure="").context["form"].errors) == {
        "attachments",
        "sure",
    }


def test_against_a_revocation_it_is_typed_on_the_page_of_the_title(county, held_clock):
    title = Title(county)
    title.act("revoke", actor=county.deciding_officer)
    address = reverse("appeals:enter_against_title", args=[title.row.pk])
    client = as_(county.coordinator)
    shown = client.get(reverse("titles:title", args=[title.row.pk])).content.decode()
    assert address in shown
    scan = SimpleUploadedFile("申请书.png", files.png())
    now = clock.now().astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
    said = {"reason": REASON, "received_at": now, "attachments": scan, "sure": "yes"}

    assert client.post(address, said).status_code == 302

    assert Appeal.objects.get().against == Against.REVOCATION


# Withdrawn on paper


@pytest.fixture
def typed_appeal(county, held_clock):
    """Typed by a coordinator without a hand in the case; another could hear it."""
    case = Appealed(county)
    case.typist = factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction)
    case.enter(actor=case.typist)
    return case


def withdrawal(case):
    return reverse("appeals:act", args=[case.appeal.pk, "withdraw_on_paper"])


def withdraw(case, person, **said):
    usual = {
        "attachments": SimpleUploadedFile("撤回书.png", files.png(mode="L")),
        "version": case.appeal.version,
        "sure": "yes",
    }
    return as_(person).post(withdrawal(case), usual | said)


def test_what_came_on_paper_is_withdrawn_by_a_paper_and_its_scan_is_kept(typed_appeal):
    page = reverse("appeals:appeal", args=[typed_appeal.appeal.pk])
    assert withdrawal(typed_appeal) in as_(typed_appeal.typist).get(page).content.decode()

    answer = withdraw(typed_appeal, typed_appeal.typist)

    assert answer.status_code == 302, answer.context["form"].errors
    appeal = typed_appeal.appeal
    assert appeal.status == Appeal.Status.WITHDRAWN
    assert appeal.term.ended_at is not None
    titles = [one.title for one in attached.of(appeal, typed_appeal.typist)]
    assert titles == ["申请书.png", "撤回书.png"]
    step = appeal.steps.get(act="withdrawn")
    assert (step.actor, step.role) == (typed_appeal.typist, Role.COUNTY_COORDINATOR)


def test_without_the_units_paper_nothing_is_withdrawn(typed_appeal):
    answer = withdraw(typed_appeal, typed_appeal.typist, attachments=[])

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"attachments"}
    with pytest.raises(Refusal) as refusal:
        typed_appeal.act("withdraw_on_paper", actor=typed_appeal.typist)
    assert refusal.value.codes == ("no_scan",)
    assert typed_appeal.appeal.status == Appeal.Status.LODGED


def test_another_coordinator_who_could_hear_it_types_the_withdrawal_too(typed_appeal):
    assert withdraw(typed_appeal, typed_appeal.hearer).status_code == 302


def test_nobody_whose_hand_it_is_about_and_no_officer_withdraws_it_for_the_unit(typed_appeal):
    county = typed_appeal.county
    for person in (county.reviewer, county.objection_officer, county.deciding_officer):
        with pytest.raises(Refusal) as refusal:
            typed_appeal.act("withdraw_on_paper", actor=person, papers=(scan(),))
        assert refusal.value.codes == ("not_permitted",)
    assert typed_appeal.appeal.status == Appeal.Status.LODGED


def test_what_the_unit_lodged_itself_it_withdraws_itself(county, held_clock):
    case = Appealed(county)
    case.lodge()

    with pytest.raises(Refusal) as refusal:
        case.act("withdraw_on_paper", papers=(scan(),))

    assert refusal.value.codes == ("not_permitted",)
    case.act("withdraw", actor=county.head)


def test_the_unit_and_whoever_could_hear_it_are_told_that_it_was_withdrawn(typed_appeal):
    assert typed_appeal.hearer
    withdraw(typed_appeal, typed_appeal.typist)
    delivery.deliver_waiting()

    rows = Message.objects.filter(event__action="appeal.withdrawn")
    told = set(rows.values_list("person", flat=True))
    assert {typed_appeal.hearer.pk, typed_appeal.county.head.pk} <= told


def test_the_answer_that_came_first_stands(typed_appeal):
    typed_appeal.act("take_up")
    seen = typed_appeal.appeal.version
    typed_appeal.act("dismiss")

    answer = withdraw(typed_appeal, typed_appeal.typist, version=seen)

    assert answer.status_code == 422
    assert typed_appeal.appeal.status == Appeal.Status.NOT_UPHELD
