"""A title stands on its own: with or without an application and a round."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.organizations.models import Level, Role
from designation.register import giving
from designation.register.models import Designation, DesignationDecision
from designation.site import clock
from designation.site.refusal import Refusal
from notifications.models import Message
from tests import factories
from tests.public_addresses import public
from workflows.case.facts import Case
from workflows.stages.self_assessment.facts import Applicant

pytestmark = pytest.mark.django_db

LONG_AGO = date(2024, 6, 3)


@pytest.fixture
def decision(county):
    """A document of before the system."""
    return giving.record_decision(
        document_number="青发〔2024〕3号",
        decided_on=LONG_AGO,
        deciding_body="中共青山县委",
        area_code=county.jurisdiction.code,
        actor=county.deciding_officer,
    )


@pytest.fixture
def give(county, decision):
    def give(organization=None, **changes):
        arguments = {
            "category": "NC",
            "decision": decision,
            "until": date(2027, 6, 3),
            "actor": county.deciding_officer,
        }
        return giving.give(organization or county.village, **arguments | changes)

    return give


def shown(client, name, *args, language="zh-hans", **asked):
    return client.get(public(name, args=args, language=language), asked).content.decode()


def page_of(client, title, language="zh-hans"):
    return shown(client, "register:detail", title.number, language=language)


@pytest.mark.parametrize(
    ("language", "status", "stands", "round_"),
    [
        ("zh-hans", "有效", "截至2026年3月2日(周一)，称号有效。", "<dt>评定批次</dt>"),
        ("en", "Valid", "the title is valid.", "<dt>Round</dt>"),
    ],
)
def test_a_title_without_application_or_round_stands_in_the_register_and_on_its_page(
    client, county, give, language, status, stands, round_
):
    title = give()

    listed = shown(client, "register:list", language=language)
    page = page_of(client, title, language)

    for content in (listed, page):
        assert title.number in content
        assert county.village.name_zh in content
        assert status in content
    assert stands in page
    assert "青发〔2024〕3号" in page
    assert round_ not in page


@pytest.mark.parametrize(
    ("language", "round_"), [("zh-hans", "<dt>评定批次</dt>"), ("en", "<dt>Round</dt>")]
)
def test_a_title_of_a_round_says_which_on_its_page(client, county, held_clock, language, round_):
    county.at(Stage.DESIGNATED, wait=held_clock.move_to)

    page = page_of(client, Designation.objects.get(), language)

    assert round_ in page
    assert county.round.name_zh in page


def test_the_page_says_the_last_day_as_it_is_now(client, give, county):
    title = give()
    title.steps.create(
        act="extended",
        effective_on=date(2026, 3, 1),
        until=date(2030, 6, 3),
        reason="复核合格。",
        actor=county.deciding_officer,
        role=Role.DECIDING_OFFICER,
        at=clock.now(),
    )

    assert "2030年6月3日" in page_of(client, title)
    assert "2027年6月3日" not in page_of(client, title)


def test_its_number_is_unlike_that_of_any_application(give, county, decision):
    title = give()

    place = f"{decision.pk}-{county.village.pk:05d}"
    assert title.number == f"341821-2024-NC-{place}"
    assert (title.application, title.decision.round) == (None, None)
    assert (title.designated_on, title.valid_until) == (LONG_AGO, date(2027, 6, 3))


def test_giving_it_is_on_record_and_told_to_nobody(give, county):
    title = give()

    event = AuditEvent.objects.get(action="title.give")
    assert (event.actor, event.actor_role) == (county.deciding_officer, Role.DECIDING_OFFICER)
    assert (event.subject_id, event.subject_label) == (str(title.pk), title.number)
    assert event.details == {
        "organization": county.village.name_zh,
        "category": "NC",
        "document_number": "青发〔2024〕3号",
        "designated_on": "2024-06-03",
        "valid_until": "2027-06-03",
    }
    assert not Message.objects.exists()


def test_an_application_that_leads_to_a_title_is_recorded_once(county, held_clock):
    application = county.at(Stage.DESIGNATED, wait=held_clock.move_to)

    title = Designation.objects.get()
    assert title.application == application
    assert title.steps.get().actor == county.deciding_officer
    assert AuditEvent.objects.filter(action="application.designate").count() == 1
    assert not AuditEvent.objects.filter(action="title.give").exists()


def test_it_bears_the_name_on_its_document_and_is_found_by_it(client, give, county):
    title = give(name_as_given="早年的村党支部")

    assert (title.name_zh, title.name_en) == ("早年的村党支部", "")
    content = shown(client, "register:list", text="早年的村")
    assert title.number in content
    assert f"现名：{county.village.name_zh}" in content


def test_who_holds_it_does_not_apply_again_before_its_renewal(give, county, held_clock):
    give(until=clock.today() + timedelta(days=60))
    application = county.start()
    assert Applicant.of(Case(application)).has_valid_title

    held_clock.move(timedelta(days=1))
    assert not Applicant.of(Case(application)).has_valid_title


def test_one_that_was_revoked_is_none_that_is_held(give, county):
    application = county.start()
    title = give()
    title.steps.create(
        act="revoked",
        effective_on=clock.today(),
        reason="复核不合格。",
        actor=county.deciding_officer,
        role=Role.DECIDING_OFFICER,
        at=clock.now(),
    )

    assert not Applicant.of(Case(application)).has_valid_title


# What is refused


@pytest.mark.parametrize("role", [Role.COUNTY_COORDINATOR, Role.SYSTEM_ADMINISTRATOR])
def test_only_who_decides_for_the_area_gives_a_title(give, county, role):
    other = factories.seated(role, county.jurisdiction)

    with pytest.raises(Refusal, match="审定人") as refused:
        give(actor=other)

    assert refused.value.code == "not_permitted"
    assert not Designation.objects.exists()


def test_who_decides_elsewhere_gives_none_here(give):
    elsewhere = factories.JurisdictionFactory(code="341822000000", name_zh="绿水县")

    with pytest.raises(Refusal, match="审定人"):
        give(actor=factories.seated(Role.DECIDING_OFFICER, elsewhere))


@pytest.mark.parametrize("is_imported", [False, True])
def test_nobody_gives_their_own_organization_a_title(give, county, is_imported):
    officer = county.deciding_officer
    officer.home_organization = county.village
    officer.save()
    deputy = factories.deputy_in(officer.seats.get())

    for one in (officer, deputy):
        with pytest.raises(Refusal, match="请由其他审定人办理") as refused:
            give(actor=one, is_imported=is_imported)
        assert refused.value.code == "own_organization"
    assert not Designation.objects.exists()


def test_a_decision_gives_an_organization_a_title_once(give):
    give()

    with pytest.raises(Refusal, match="已经授予") as refused:
        give()

    assert refused.value.code == "title_given_already"
    assert Designation.objects.count() == 1


def test_a_title_that_would_end_before_it_begins_is_refused(give):
    with pytest.raises(Refusal, match="决定日期之后") as refused:
        give(until=LONG_AGO)

    assert refused.value.code == "ends_before_it_begins"


def test_a_document_number_is_recorded_once(decision, county):
    with pytest.raises(Refusal, match="已经登记过") as refused:
        giving.record_decision(
            document_number=decision.document_number,
            decided_on=LONG_AGO,
            deciding_body=decision.deciding_body,
            area_code=county.jurisdiction.code,
            actor=county.deciding_officer,
        )

    assert refused.value.code == "document_number_taken"
    assert DesignationDecision.objects.count() == 1


def test_a_decision_is_recorded_once_it_is_made(county):
    with pytest.raises(Refusal, match="不能晚于今天") as refused:
        giving.record_decision(
            document_number="青发〔2026〕9号",
            decided_on=clock.today() + timedelta(days=1),
            deciding_body="中共青山县委",
            area_code=county.jurisdiction.code,
            actor=county.deciding_officer,
        )

    assert refused.value.code == "decided_in_future"
    assert not DesignationDecision.objects.exists()


def test_a_decision_is_of_a_round_or_of_the_county_of_an_area(county):
    with pytest.raises(ValueError, match="of a round, or of the county"):
        giving.record_decision(
            document_number="青发〔2024〕9号",
            decided_on=LONG_AGO,
            deciding_body="中共青山县委",
            actor=county.deciding_officer,
        )

    assert not DesignationDecision.objects.exists()


def test_a_decision_of_another_county_on_no_round_gives_no_title_here(give):
    elsewhere = factories.JurisdictionFactory(code="341822000000", name_zh="绿水县")
    theirs = giving.record_decision(
        document_number="绿发〔2024〕3号",
        decided_on=LONG_AGO,
        deciding_body="中共绿水县委",
        area_code=elsewhere.code,
        actor=factories.seated(Role.DECIDING_OFFICER, elsewhere),
    )

    with pytest.raises(ValueError, match="a decision of 341822 gives no title in 341821"):
        give(decision=theirs)

    assert not Designation.objects.exists()


def test_a_decision_of_the_prefecture_is_found_below_it_where_it_is_on_a_round(county, decision):
    area = county.village.jurisdiction.code
    of_round = factories.decided_above(number="青发〔2024〕3号")
    assert giving.recorded_decision("中共青山县委", "青发[2024]3号", area) == decision
    assert giving.recorded_decision(of_round.deciding_body, "青发[2024]3号", area) == of_round

    elsewhere = factories.JurisdictionFactory(code="341900000000", level=Level.PREFECTURE)
    other = factories.decided_above(elsewhere, body="中共别市委", number="别发〔2024〕3号")
    assert giving.recorded_decision("中共别市委", other.document_number, area) is None


def test_a_title_of_no_known_category_is_refused_by_the_database(give):
    with pytest.raises(IntegrityError, match="designation_category_known"), transaction.atomic():
        give(category="ZZ")


@pytest.mark.parametrize("what", ["organization", "category", "decision"])
def test_a_title_fits_its_application_or_the_database_refuses_it(county, held_clock, what):
    application = county.at(Stage.SUBMITTED)
    decision = giving.record_decision(
        document_number="青发〔2026〕9号",
        decided_on=clock.today(),
        deciding_body="中共青山县委",
        actor=county.deciding_officer,
        round_=county.round,
    )
    another = {
        "organization": lambda: factories.VillageFactory(superior=county.township),
        "category": lambda: "SQ",
        "decision": lambda: giving.record_decision(
            document_number="青发〔2026〕10号",
            decided_on=clock.today(),
            deciding_body="中共青山县委",
            actor=county.deciding_officer,
            round_=factories.RoundFactory(jurisdiction=county.jurisdiction),
        ),
    }[what]()

    fields = {
        "organization": county.village,
        "category": "NC",
        "decision": decision,
    } | {what: another}

    with pytest.raises(IntegrityError, match="of its application"), transaction.atomic():
        Designation.objects.create(
            **fields,
            application=application,
            number="341821-2026-NC-00001",
            name_zh="第一村党支部",
            jurisdiction=county.village.jurisdiction,
            area_name_zh="第一镇",
            designated_on=decision.decided_on,
            valid_until=date(2029, 3, 2),
        )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "341821-2024-NC-99999"),
        ("category", "SQ"),
        ("designated_on", date(2024, 6, 4)),
        ("valid_until", date(2030, 1, 1)),
    ],
)
def test_the_database_keeps_a_title_as_it_was_given(give, field, value):
    title = give()

    with pytest.raises(IntegrityError, match="as they were given"), transaction.atomic():
        Designation.objects.filter(pk=title.pk).update(**{field: value})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("county", "341822"),
        ("document_number", "青发〔2024〕4号"),
        ("decided_on", date(2024, 6, 4)),
    ],
)
def test_the_database_keeps_a_decision_as_it_was_recorded(decision, field, value):
    with pytest.raises(IntegrityError, match="as they were given"), transaction.atomic():
        DesignationDecision.objects.filter(pk=decision.pk).update(**{field: value})


def test_a_title_that_has_its_history_is_not_deleted(give):
    give()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM register_designation; SET CONSTRAINTS ALL IMMEDIATE")


def test_a_title_of_an_application_may_be_given_by_a_decision_of_no_round(county, decision):
    application = county.at(Stage.SUBMITTED)

    title = giving.give_for(
        application, decision=decision, until=date(2027, 6, 3), actor=county.deciding_officer
    )

    assert title.number == f"341821-2024-NC-{application.pk:05d}"
