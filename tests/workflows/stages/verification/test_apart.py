"""A visit that no application carries along: on a title, an objection, or an appeal."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, OperationalError, transaction

from designation.applications.models import Application, Conclusion, FormerValue, Stage
from designation.audit.models import AuditEvent
from designation.evidence import citations, citing, library
from designation.organizations.models import Role, Seat
from designation.register.models import Act, TitleStep
from designation.site import clock, shown
from designation.site.refusal import Refusal
from designation.site.shown import Seen
from notifications.models import Event
from tests import factories
from tests.course import OPINION, PDF, passing_value
from tests.visits_apart import ITEM, begin, plan, title_given_before
from workflows import door
from workflows.desk.handover import what_waits
from workflows.stages.objections import objections
from workflows.stages.verification import apart, visits
from workflows.stages.verification.models import Measurement, Visit
from workflows.stages.verification.standing import Standing, standing

pytestmark = pytest.mark.django_db

FACTS = "反映活动场所面积不实。"


def coordinator_of_another_county():
    elsewhere = factories.JurisdictionFactory(code="341822000000", name_zh="白水县")
    return factories.seated(Role.COUNTY_COORDINATOR, elsewhere)


@pytest.fixture
def title(county):
    """Of a village beside, given before the system."""
    return title_given_before(county)


@pytest.fixture
def raised(county):
    """An objection under investigation, to a case that two verifiers have seen."""
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    raised = objections.raise_objection(entry, facts=FACTS, identity=None)
    objections.accept(raised, reason="可以核查，予以受理。", actor=county.objection_officer)
    return raised


@pytest.fixture
def ended(county):
    """The decision that ended a case on site."""
    application = county.at(Stage.VERIFYING)
    county.act("reject", application, county.coordinator, opinion=OPINION)
    return application.decisions.get(transition="reject")


@pytest.fixture
def others(county):
    return [factories.seated(Role.VERIFIER, county.jurisdiction) for _place in range(2)]


def rules_of(visit, code=ITEM):
    return apart.Apart(visit).standard.item(code)


def stored(visit, code=ITEM):
    return visit.about.standard.items.get(code=code)


def measure(visit, person, verdict=Conclusion.MET, code=ITEM):
    found = visit.measurements.filter(item__code=code).first()
    visits.measure(
        visit,
        stored(visit, code),
        values={c.code: passing_value(c, "verification") for c in rules_of(visit, code).checks},
        verdict=verdict,
        actor=person,
        seen=Seen(shown.digests(visits.measured_fields(found))),
    )


def sign_all(visit, person):
    now = clock.now()
    visits.record_visit(visit, started_at=now, ended_at=now, actor=person)
    for member in visit.members.filter(left_at=None):
        visits.sign(member)


def with_standard(county):
    return {"standard": county.round_category.standard}


# What it stands on


def test_the_reason_follows_from_what_it_is_made_for(county, title, raised, others):
    recheck = plan(county, title, **with_standard(county))
    investigation = plan(county, raised, team=others)

    assert (recheck.reason, recheck.title) == (Visit.Reason.RECHECK, title)
    assert (investigation.reason, investigation.objection) == (Visit.Reason.OBJECTION, raised)
    assert recheck.application is investigation.application is None


def test_an_appeal_is_looked_into_on_the_decision(county, ended, others):
    visit = plan(county, ended, ITEM, team=others)

    assert (visit.reason, visit.decision, visit.items) == (Visit.Reason.APPEAL, ended, [ITEM])
    assert visit.about == ended.application


def test_a_title_with_an_application_is_looked_at_by_its_standard(county, held_clock):
    application = county.at(Stage.DESIGNATED, wait=held_clock.move_to)

    visit = plan(county, application.designation)

    assert visit.standard == application.standard
    assert visit.about.organization == application.organization


def test_the_database_refuses_a_reason_that_fits_another_subject(county, raised, others):
    visit = plan(county, raised, team=others)

    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(reason=Visit.Reason.APPEAL)
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(objection=None)


def test_arranged_again_it_is_the_same_visit(county, title):
    visit = plan(county, title, **with_standard(county))
    again = plan(county, title, team=county.verifiers[::-1])

    assert again.pk == visit.pk
    assert [member.is_leader for member in again.members.order_by("person")] == [False, True]


def test_once_concluded_the_next_is_another(county, title):
    first = begin(county, plan(county, title, ITEM, **with_standard(county)))
    measure(first, county.verifiers[0])
    sign_all(first, county.verifiers[0])
    door.perform("visit.conclude", first.pk, actor=county.verifiers[0])

    second = plan(county, title, ITEM, **with_standard(county))

    assert second.pk != first.pk


# What calls for one, and who may arrange it


def test_a_title_that_ended_calls_for_no_visit(county, title):
    TitleStep.objects.create(
        title=title,
        act=Act.REVOKED,
        effective_on=clock.today(),
        reason="经查实，予以撤销。",
        actor=county.deciding_officer,
        role=Role.DECIDING_OFFICER,
        at=clock.now(),
    )

    with pytest.raises(Refusal, match="不再安排核查"):
        plan(county, title, **with_standard(county))


def test_an_objection_that_is_settled_calls_for_no_visit(county, raised, others):
    objections.dismiss(
        raised, finding="经调查，反映不实，予以驳回。", actor=county.objection_officer
    )

    with pytest.raises(Refusal, match="不再安排核查"):
        plan(county, raised, team=others)


def test_a_decision_that_ended_nothing_calls_for_no_visit(county, others):
    recommended = county.at(Stage.RECOMMENDED).decisions.get(transition="recommend")

    with pytest.raises(Refusal, match="不再安排核查"):
        plan(county, recommended, team=others)


def test_a_title_without_application_needs_a_standard_of_its_category(county, title):
    with pytest.raises(Refusal, match="先启用与称号同一类别的标准"):
        plan(county, title)


def test_an_item_that_the_standard_does_not_have_is_refused(county, title):
    with pytest.raises(Refusal, match="没有第 ZZ-99 条"):
        plan(county, title, "ZZ-99", **with_standard(county))


def test_only_the_coordinator_of_the_area_arranges_it(county, raised, others):
    elsewhere = coordinator_of_another_county()
    for person in (county.objection_officer, elsewhere, county.head):
        with pytest.raises(Refusal, match="不能办理"):
            visits.arrange(
                raised,
                planned_on=clock.today(),
                place="村部",
                team=others,
                leader=others[0],
                actor=person,
            )


def test_who_verified_the_case_does_not_look_into_the_objection_to_it(county, raised):
    with pytest.raises(Refusal, match="核查过这份申报，应当回避"):
        plan(county, raised)


def test_who_serves_the_titled_organization_does_not_look_at_it(county, title):
    own = factories.seated(Role.VERIFIER, county.jurisdiction)
    own.home_organization = title.organization
    own.save()

    with pytest.raises(Refusal, match="来自申报单位，应当回避"):
        plan(county, title, team=[county.verifiers[0], own], **with_standard(county))


def test_a_title_that_stays_locked_is_told_so(county, title, monkeypatch):
    def stays_locked(_rows, _keys):
        raise OperationalError

    monkeypatch.setattr(apart, "locked", stays_locked)

    with pytest.raises(Refusal, match="他人正在办理"):
        plan(county, title, **with_standard(county))


# Its course


def test_it_is_begun_once_all_have_declared_and_concluded_once_all_have_signed(
    county, raised, others
):
    visit = plan(county, raised, ITEM, team=others)
    with pytest.raises(Refusal, match="尚未签署回避承诺"):
        door.perform("visit.begin", visit.pk, actor=county.coordinator)

    begin(county, visit)
    assert standing(visit) == Standing.UNDER_WAY
    with pytest.raises(Refusal) as refused:
        door.perform("visit.conclude", visit.pk, actor=others[0])
    assert set(refused.value.codes) == {"visit_not_timed", "item_not_verified", "not_signed"}

    measure(visit, others[0], Conclusion.NOT_MET)
    sign_all(visit, others[0])
    door.perform("visit.conclude", visit.pk, actor=others[0])

    visit.refresh_from_db()
    assert standing(visit) == Standing.CONCLUDED
    assert [(step.act, step.role) for step in visit.steps.all()] == [
        ("begin", "county_coordinator"),
        ("conclude", "verifier"),
    ]


def test_it_leaves_the_application_where_it_is(county, raised, others):
    before = Application.objects.values().get()
    visit = begin(county, plan(county, raised, ITEM, team=others))
    measure(visit, others[0])

    assert Application.objects.values().get() == before
    assert raised.entry.application.visits.get() != visit


def test_who_carries_an_application_along_does_not_carry_such_a_visit(county, raised, others):
    visit = begin(county, plan(county, raised, ITEM, team=others))
    measure(visit, others[0])
    sign_all(visit, others[0])

    for person in (county.coordinator, county.reviewer, others[1]):
        with pytest.raises(Refusal, match="不能办理"):
            door.perform("visit.conclude", visit.pk, actor=person)
    with pytest.raises(Refusal, match="不能办理"):
        door.perform("visit.close", visit.pk, actor=county.objection_officer)


def test_nothing_is_recorded_before_it_begins_nor_after_it_is_concluded(county, title):
    visit = plan(county, title, ITEM, **with_standard(county))
    with pytest.raises(Refusal, match="已安排"):
        measure(visit, county.verifiers[0])

    begin(county, visit)
    measure(visit, county.verifiers[0])
    sign_all(visit, county.verifiers[0])
    door.perform("visit.conclude", visit.pk, actor=county.verifiers[0])

    with pytest.raises(Refusal, match="已作结论"):
        measure(visit, county.verifiers[0])


# What is kept of it


def test_what_another_member_wrote_is_kept_with_the_visit_alone(county, title):
    visit = begin(county, plan(county, title, ITEM, **with_standard(county)))
    first, second = county.verifiers
    measure(visit, first)
    measure(visit, second, Conclusion.NOT_MET)

    kept = FormerValue.objects.get(field="verdict")
    assert (kept.application, kept.subject, kept.subject_id) == (None, "measurement", visit.pk)
    assert (kept.value, kept.written_by) == ("met", first)


def test_a_former_value_is_of_an_application_or_of_a_visit(county, title):
    visit = begin(county, plan(county, title, ITEM, **with_standard(county)))
    measure(visit, county.verifiers[0])
    measure(visit, county.verifiers[1], Conclusion.NOT_MET)

    with pytest.raises(IntegrityError), transaction.atomic():
        FormerValue.objects.bulk_create(
            [
                FormerValue(
                    subject=FormerValue.Subject.ANSWER,
                    field="note",
                    written_by=county.preparer,
                    first_at=clock.now(),
                    last_at=clock.now(),
                    replaced_by=county.head,
                    replaced_at=clock.now(),
                )
            ]
        )


def test_the_log_tells_each_act_of_the_visit_itself(county, title):
    visit = begin(county, plan(county, title, ITEM, **with_standard(county)))
    measure(visit, county.verifiers[0])
    sign_all(visit, county.verifiers[0])

    of_visit = AuditEvent.objects.filter(subject_type="workflows.visit", subject_id=str(visit.pk))
    assert set(of_visit.values_list("action", "jurisdiction_code")) == {
        (action, title.jurisdiction.code)
        for action in (
            "visit.arrange",
            "visit.declare",
            "visit.begin",
            "visit.record",
            "visit.sign",
        )
    }


def test_a_change_takes_the_signatures_away(county, title):
    visit = begin(county, plan(county, title, ITEM, **with_standard(county)))
    sign_all(visit, county.verifiers[0])

    measure(visit, county.verifiers[0])

    assert not visit.members.filter(signed_at__isnull=False).exists()


# What stands beside


def test_what_was_found_last_stands_beside(county, raised, others):
    before = raised.entry.application.visits.get()
    visit = plan(county, raised, ITEM, team=others)

    former = apart.OnSite.of(apart.Apart(visit)).former

    assert former[ITEM] == Measurement.objects.get(visit=before, item__code=ITEM)


def test_of_a_title_what_its_application_and_its_last_recheck_found(county, held_clock):
    application = county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    title = application.designation
    first = begin(county, plan(county, title, ITEM))
    assert apart.OnSite.of(apart.Apart(first)).before == application.visits.get()
    measure(first, county.verifiers[0], Conclusion.NOT_MET)
    sign_all(first, county.verifiers[0])
    door.perform("visit.conclude", first.pk, actor=county.verifiers[0])

    second = plan(county, title, ITEM)

    assert apart.OnSite.of(apart.Apart(second)).former[ITEM].verdict == Conclusion.NOT_MET
    first.refresh_from_db()
    assert apart.OnSite.of(apart.Apart(first)).before == application.visits.get()


# Who reads it


def readers(visit, *people):
    return [person for person in people if apart.in_scope(person).filter(pk=visit.pk).exists()]


def test_an_investigation_is_read_by_team_coordinator_and_who_hears_the_objection(
    county, raised, others
):
    visit = plan(county, raised, team=others)
    elsewhere = coordinator_of_another_county()

    assert readers(
        visit,
        *others,
        county.coordinator,
        county.objection_officer,
        *county.verifiers,
        county.head,
        county.reviewer,
        county.deciding_officer,
        elsewhere,
    ) == [*others, county.coordinator, county.objection_officer]


def test_a_recheck_is_read_by_team_and_coordinator(county, title):
    visit = plan(county, title, **with_standard(county))

    assert readers(
        visit, *county.verifiers, county.coordinator, county.objection_officer, county.head
    ) == [*county.verifiers, county.coordinator]


def test_a_visit_that_an_application_carries_is_none_of_them(county):
    county.at(Stage.VERIFYING)

    assert not apart.in_scope(county.coordinator).exists()
    assert not apart.in_scope(county.verifiers[0]).exists()


def test_who_is_sent_is_told_why(county, raised, others):
    plan(county, raised, team=others)

    told = Event.objects.get(action="visit.send")
    assert told.said["errand"] == {"zh": "异议调查", "en": "Investigation of an objection"}
    assert FACTS not in str(told.said)


def test_what_the_team_brought_back_is_read_by_whoever_reads_the_visit(county, title):
    visit = begin(county, plan(county, title, ITEM, **with_standard(county)))
    leader = county.verifiers[0]
    photo = library.put_in(
        SimpleUploadedFile("photo.pdf", PDF),
        holder=county.jurisdiction,
        title="现场照片",
        actor=leader,
    )
    citations.cite(photo, visit, actor=leader)

    assert list(citations.cited_by(visit, county.coordinator)) == [photo]
    assert list(citations.cited_by(visit, county.objection_officer)) == []
    assert [place.address for place in citing.places(photo, leader)] == [f"/visits/{visit.pk}/"]
    with pytest.raises(Refusal):
        citations.cite(photo, visit, actor=county.coordinator)


def test_it_waits_for_whoever_leaves_their_seat_until_it_is_over(county, title):
    visit = plan(county, title, **with_standard(county))
    seat = Seat.objects.get(person=county.verifiers[0])

    def waiting():
        return next(one.count for one in what_waits(seat) if one.what == "参加的实地核查")

    assert waiting() == 1
    Visit.objects.filter(pk=visit.pk).update(released_at=clock.now())
    assert waiting() == 0
