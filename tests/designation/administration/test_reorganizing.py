"""What became of organizations is recorded in one act, with all that follows from it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from designation.administration import entering, reorganizing
from designation.applications.models import Application, Stage
from designation.audit.models import AuditEvent
from designation.evidence.models import LibraryEntry
from designation.organizations import succession
from designation.organizations.lineage import Kind, Part
from designation.organizations.models import (
    Organization,
    Person,
    Reorganization,
    ReorganizedUnit,
    Role,
    Seat,
)
from designation.organizations.succession import Document, Proposal
from designation.register import giving, queries
from designation.register.models import Designation
from designation.register.queries import holder
from designation.register.standing import Act, Status
from designation.rounds import extending
from designation.rounds.models import RoundExtension
from designation.site import clock
from designation.site.refusal import Refusal
from standards.categories import Category
from tests import factories
from tests.appealed import Appealed
from tests.public_addresses import public
from tests.rechecks_held import titles
from tests.titles_given import DAY, Title, paper
from workflows.titles.acts import carry_out

pytestmark = pytest.mark.django_db

DOCUMENT = Document("青民发〔2026〕12号", "青山县人民政府")


@pytest.fixture
def administrator(county):
    return factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)


@pytest.fixture
def neighbour(county):
    """Another village of the same township."""
    return factories.VillageFactory(superior=county.township, name_zh="绿水村党支部")


def new_unit(county, name="青绿村党支部"):
    return Organization(
        name_zh=name,
        category=Category.NC,
        jurisdiction=county.village.jurisdiction,
        superior=county.township,
    )


def proposal(kind, before, after=(), *, on=None, document=DOCUMENT):
    return Proposal(kind, on or clock.today(), tuple(before), tuple(after), document)


def seen(proposed, actor):
    return reorganizing.outlook(proposed, actor).digest


def record(proposed, actor, **chosen):
    ways = {name.replace("_", "-"): way for name, way in chosen.items()}
    return reorganizing.reorganize(proposed, chosen=ways, seen=seen(proposed, actor), actor=actor)


def merge(county, into, actor, **chosen):
    return record(proposal(Kind.MERGED, [county.village], [into]), actor, **chosen)


def title_of(county, organization, number="青委〔2025〕3号"):
    decision = giving.record_decision(
        document_number=number,
        decided_on=clock.today() - timedelta(days=30),
        deciding_body="中共青山县委",
        area_code=county.jurisdiction.code,
        actor=county.deciding_officer,
    )
    return giving.give(
        organization,
        category=Category.NC,
        decision=decision,
        until=clock.today() + timedelta(days=700),
        actor=county.deciding_officer,
    )


def as_registered(title):
    return queries.titles().get(pk=title.pk)


# The record


def test_a_merger_is_on_record_with_its_document_and_its_units(county, neighbour, administrator):
    row = merge(county, neighbour, administrator)

    assert (row.kind, row.document_number) == (Kind.MERGED, DOCUMENT.number)
    parts = {unit.organization: unit.part for unit in row.units.all()}
    assert parts == {county.village: Part.GONE, neighbour: Part.STAYS}
    assert not Organization.objects.get(pk=county.village.pk).is_active
    assert AuditEvent.objects.filter(action="organization.merged").count() == 1


def test_what_is_on_record_is_never_rewritten(county, neighbour, administrator):
    row = merge(county, neighbour, administrator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reorganization.objects.filter(pk=row.pk).update(document_number="另一号")
    with pytest.raises(IntegrityError), transaction.atomic():
        row.units.all().delete()


def test_two_units_merged_into_a_new_one_enter_it_below_their_superior(
    county, neighbour, administrator
):
    new, title = new_unit(county), title_of(county, neighbour)
    record(proposal(Kind.MERGED, [county.village, neighbour], [new]), administrator)

    assert "合并为“青绿村党支部”" in title.steps.last().reason
    made = Organization.objects.get(name_zh="青绿村党支部")
    assert (made.superior, made.category) == (county.township, Category.NC)
    assert succession.heirs_of(county.village) == [made]
    assert succession.heirs_of(neighbour) == [made]


def test_a_chain_leads_to_the_unit_there_is_now(county, neighbour, administrator):
    merge(county, neighbour, administrator)
    last = factories.VillageFactory(superior=county.township)
    record(proposal(Kind.MERGED, [neighbour], [last]), administrator)
    assert succession.heirs_of(county.village) == [last]


def test_what_is_gone_comes_back_by_no_page_and_keeps_its_last_name(
    county, neighbour, administrator
):
    merge(county, neighbour, administrator)
    gone = Organization.objects.get(pk=county.village.pk)
    for values in ({"is_active": True}, {"name_zh": "又一个名称"}):
        with pytest.raises(Refusal) as refused:
            entering.change(gone, values, actor=administrator)
        assert refused.value.code == "gone"


def test_a_name_changed_on_any_page_is_on_record_as_a_renaming(county, administrator):
    former = county.village.name_zh
    entering.change(county.village, {"name_zh": "新旗村党支部"}, actor=administrator)

    unit = ReorganizedUnit.objects.get()
    assert (unit.reorganization.kind, unit.part, unit.name_zh) == (
        Kind.RENAMED,
        Part.STAYS,
        former,
    )


# What cannot be


def refused(proposed, actor):
    with pytest.raises(Refusal) as why:
        reorganizing.outlook(proposed, actor)
    return [(finding.field, finding.code) for finding in why.value.findings]


def test_a_unit_is_not_merged_with_itself(county, administrator):
    itself = proposal(Kind.MERGED, [county.village], [county.village])
    assert refused(itself, administrator) == [("after", "with_itself")]


def test_a_day_to_come_is_refused(county, neighbour, administrator):
    tomorrow = clock.today() + timedelta(days=1)
    ahead = proposal(Kind.MERGED, [county.village], [neighbour], on=tomorrow)
    assert refused(ahead, administrator) == [("on", "in_future")]


def test_a_day_before_the_units_own_last_change_is_refused(county, neighbour, administrator):
    merge(county, neighbour, administrator)
    earlier = clock.today() - timedelta(days=1)
    late = proposal(Kind.DISSOLVED, [neighbour], on=earlier)
    assert refused(late, administrator) == [("on", "before_its_last")]


def test_nothing_is_merged_into_what_was_dissolved(county, neighbour, administrator):
    record(proposal(Kind.DISSOLVED, [neighbour]), administrator)
    into = proposal(Kind.MERGED, [county.village], [neighbour])
    assert refused(into, administrator) == [("after", "gone_already")]


def test_a_unit_of_another_county_is_refused(county, administrator):
    elsewhere = factories.JurisdictionFactory(code="341822000000", name_zh="白云县")
    far = factories.VillageFactory(superior=None, jurisdiction=elsewhere)
    into = proposal(Kind.MERGED, [county.village], [far])
    assert refused(into, administrator) == [("", "not_allowed")]


def test_a_province_merges_nothing_across_counties(county):
    province = factories.JurisdictionFactory(code="340000000000", level="province", name_zh="皖省")
    above = factories.seated(Role.SYSTEM_ADMINISTRATOR, province)
    elsewhere = factories.JurisdictionFactory(code="341822000000", name_zh="白云县")
    far = factories.VillageFactory(superior=None, jurisdiction=elsewhere)
    into = proposal(Kind.MERGED, [county.village], [far])
    assert refused(into, above) == [("after", "elsewhere")]


def test_a_new_unit_does_not_take_the_name_of_another(county, neighbour, administrator):
    taken = new_unit(county, name=neighbour.name_zh)
    into = proposal(Kind.MERGED, [county.village], [taken])
    assert refused(into, administrator) == [("after", "name_taken")]


def test_only_the_areas_own_administrator_records_it(county, neighbour):
    into = proposal(Kind.MERGED, [county.village], [neighbour])
    assert refused(into, county.coordinator) == [("", "not_allowed")]


# Applications


def test_an_open_application_goes_on_under_the_unit_merged_into(county, neighbour, administrator):
    application = county.at(Stage.SUBMITTED)
    due = application.due_at
    merge(county, neighbour, administrator)

    application.refresh_from_db()
    assert (application.organization, application.stage) == (neighbour, Stage.SUBMITTED)
    assert application.due_at == due
    last = application.decisions.last()
    assert (last.transition, last.actor) == ("go_on", None)
    assert county.village.name_zh in last.opinion
    assert DOCUMENT.number in last.opinion


def test_the_new_units_people_go_on_with_a_correction(county, neighbour, administrator):
    application = county.at(Stage.SUBMITTED)
    code = application.standard.items.first().code
    county.act("return_for_correction", application, county.reviewer, corrections={code: "请补充"})
    merge(county, neighbour, administrator)

    application.refresh_from_db()
    assert application.stage == Stage.RETURNED
    # The same head, in the new unit: read anew, with the seats of now.
    county.head = Person.objects.get(pk=county.head.pk)
    county.act_on_correction(application, code)
    application.refresh_from_db()
    assert application.stage == Stage.SUBMITTED


def test_time_that_was_given_to_the_unit_alone_goes_along_with_its_draft(
    county, neighbour, administrator, held_clock
):
    application = county.at(Stage.DRAFT)
    own = county.round.closes_at + timedelta(days=3)
    extending.extend_for(
        county.round, county.village, own, reason="停电三天", actor=county.coordinator
    )
    held_clock.move_to(county.round.closes_at + timedelta(days=1))
    assert not extending.runs_for(county.round, neighbour.pk, clock.now())

    merge(county, neighbour, administrator)

    application.refresh_from_db()
    assert (application.organization, application.due_at) == (neighbour, own)
    assert extending.closes_for(county.round, neighbour.pk) == own
    assert RoundExtension.objects.filter(organization=neighbour).get().closes_before < own


def test_a_unit_whose_own_time_is_longer_keeps_it(county, neighbour, administrator):
    county.at(Stage.DRAFT)
    for unit, days in ((county.village, 1), (neighbour, 3)):
        until = county.round.closes_at + timedelta(days=days)
        extending.extend_for(county.round, unit, until, reason="停电", actor=county.coordinator)

    merge(county, neighbour, administrator)

    until = county.round.closes_at + timedelta(days=3)
    assert extending.closes_for(county.round, neighbour.pk) == until
    assert RoundExtension.objects.filter(organization=neighbour).count() == 1


def test_what_stands_before_the_public_waits_for_the_end_of_its_notice(
    county, neighbour, administrator
):
    county.at(Stage.ON_NOTICE)
    proposed = proposal(Kind.MERGED, [county.village], [neighbour])
    assert reorganizing.outlook(proposed, administrator).waits
    with pytest.raises(Refusal) as refusal:
        record(proposed, administrator)
    assert refusal.value.code == "must_wait"
    assert not Reorganization.objects.exists()


def test_a_unit_that_was_refused_stays_while_it_may_appeal_and_until_it_is_answered(
    county, neighbour, administrator, held_clock
):
    refused = Appealed(county)
    proposed = proposal(Kind.MERGED, [county.village], [neighbour])

    def waits():
        fates = reorganizing.outlook(proposed, administrator).fates
        return [fate.waits for fate in fates if fate.waits]

    assert waits() == ["2026年3月9日(周一) 24:00前可以申请复核，请等期满后再登记变更。"]
    with pytest.raises(Refusal) as refusal:
        record(proposed, administrator)
    assert refusal.value.code == "must_wait"

    refused.lodge()
    held_clock.move(10 * DAY)
    assert waits() == ["申请的复核还没有答复，请等答复后再登记变更。"]

    refused.act("withdraw", actor=county.head)
    assert waits() == []
    assert record(proposed, administrator).kind == Kind.MERGED


def test_an_application_ends_where_the_other_unit_applies_in_the_round_itself(
    county, neighbour, administrator
):
    other = county.beside()
    other.village = neighbour
    theirs = other.start()
    ours = county.start()
    merge(county, neighbour, administrator)

    stages = dict(Application.objects.values_list("pk", "stage"))
    assert stages == {theirs.pk: Stage.DRAFT, ours.pk: Stage.WITHDRAWN}
    assert ours.decisions.last().actor is None


def test_of_two_applications_one_goes_on_with_the_new_unit(county, neighbour, administrator):
    other = county.beside()
    other.village = neighbour
    theirs, ours = other.start(), county.start()
    both = proposal(Kind.MERGED, [county.village, neighbour], [new_unit(county)])

    with pytest.raises(Refusal) as refusal:
        record(both, administrator)
    assert refusal.value.findings[0].code == "one_a_round"
    assert not Organization.objects.filter(name_zh="青绿村党支部").exists()

    both = proposal(Kind.MERGED, [county.village, neighbour], [new_unit(county)])
    record(both, administrator, **{f"application_{ours.pk}": "end"})
    theirs.refresh_from_db()
    ours.refresh_from_db()
    assert (theirs.organization.name_zh, ours.stage) == ("青绿村党支部", Stage.WITHDRAWN)


def test_the_application_of_a_dissolved_unit_ends_with_the_reason(county, administrator):
    application = county.at(Stage.SUBMITTED)
    record(proposal(Kind.DISSOLVED, [county.village]), administrator)
    application.refresh_from_db()
    assert application.stage == Stage.WITHDRAWN
    assert "撤销" in application.decisions.last().opinion


def test_a_body_that_still_reviews_is_not_dissolved(county, administrator):
    county.at(Stage.SUBMITTED)
    proposed = proposal(Kind.DISSOLVED, [county.township])
    assert reorganizing.outlook(proposed, administrator).waits


# Titles


def test_a_title_kept_is_held_by_the_successor_under_its_old_number_and_name(
    county, neighbour, administrator
):
    title = title_of(county, county.village)
    merge(county, neighbour, administrator)

    found = as_registered(title)
    assert (found.status, found.name_zh) == (Status.VALID, county.village.name_zh)
    assert found.renamed_to == neighbour.name_zh
    assert list(Designation.objects.filter(queries.held_by([neighbour]))) == [title]
    assert not Designation.objects.filter(queries.held_by([county.village])).exists()
    step = title.steps.last()
    assert (step.act, step.organization, step.role) == (
        Act.RECOGNISED,
        neighbour,
        Role.SYSTEM_ADMINISTRATOR,
    )
    assert DOCUMENT.number in step.reason


def test_a_title_is_cancelled_without_fault_where_the_document_says_so(
    county, neighbour, administrator
):
    title = title_of(county, county.village)
    merge(county, neighbour, administrator, **{f"title_{title.pk}": "end"})
    assert as_registered(title).status == Status.CANCELLED


def test_the_title_of_a_dissolved_unit_is_cancelled(county, administrator):
    title = title_of(county, county.village)
    record(proposal(Kind.DISSOLVED, [county.village]), administrator)
    assert as_registered(title).status == Status.CANCELLED


@pytest.fixture
def restored(county, held_clock):
    """A title that was revoked, and restored ten days ago, each twelve days after the other."""
    title = Title(county)
    title.act("revoke")
    held_clock.move(12 * DAY)
    another = factories.seated(Role.DECIDING_OFFICER, county.jurisdiction)
    title.act("restore", actor=another, document_number="青发〔2026〕77号")
    held_clock.move(10 * DAY)
    return title.row


@pytest.mark.parametrize("kind", [Kind.DISSOLVED, Kind.MERGED])
def test_a_title_restored_after_the_day_of_the_document_is_cancelled_as_the_page_says(
    county, neighbour, administrator, client, restored, kind
):
    units = ([restored.organization], [neighbour] if kind == Kind.MERGED else ())
    proposed = proposal(kind, *units, on=clock.today() - 15 * DAY)
    record(proposed, administrator, **{f"title_{restored.pk}": "end"})

    assert as_registered(restored).status == Status.CANCELLED
    step = restored.steps.last()
    assert (step.act, step.effective_on) == (Act.CANCELLED, clock.today() - 10 * DAY)
    assert proposed.basis == step.reason, "the document keeps its own day"
    page = client.get(public("register:detail", args=[restored.number])).content.decode()
    assert "已注销" in page


def test_a_title_restored_after_the_day_of_the_merger_is_the_successors_from_that_day(
    county, neighbour, administrator, restored
):
    on = clock.today() - 15 * DAY
    merged = proposal(Kind.MERGED, [restored.organization], [neighbour], on=on)
    record(merged, administrator)

    assert as_registered(restored).status == Status.VALID
    assert (restored.steps.get(act=Act.RECOGNISED).effective_on, holder(restored)) == (
        on,
        neighbour,
    )
    record(proposal(Kind.DISSOLVED, [neighbour], on=on), administrator)
    assert as_registered(restored).status == Status.CANCELLED


def told_of_titles(proposed, actor):
    rooms = dict(reorganizing.outlook(proposed, actor).rooms)
    return [(one.what, [way.value for way in one.ways]) for one in rooms.get("称号", ())]


@pytest.fixture
def run_out(county, held_clock):
    """A title that ran out two days ago, three after the day of which documents speak here."""
    (title,) = titles(county, 1, days=10)
    held_clock.move(12 * DAY)
    return title


def test_a_title_that_ran_out_since_the_day_of_the_merger_is_the_successors_to_have_renewed(
    county, neighbour, administrator, client, run_out
):
    unit, on = run_out.organization, clock.today() - 5 * DAY
    proposed = proposal(Kind.MERGED, [unit], [neighbour], on=on)
    ((what, ways),) = told_of_titles(proposed, administrator)
    assert "到期" in what
    assert ways == ["to-0"], "time ended it, and nothing else does"

    record(proposed, administrator)

    assert (holder(run_out), as_registered(run_out).status) == (neighbour, Status.EXPIRED)
    address = public("register:detail", args=[run_out.number])
    then = client.get(address, {"on": on.isoformat()}).content.decode()
    assert neighbour.name_zh in then.split("当日名称")[1]
    carry_out("renew", run_out, paper(run_out, "renew"), actor=county.deciding_officer)
    assert as_registered(run_out).status == Status.VALID


def test_a_title_that_ran_out_since_its_unit_was_dissolved_is_cancelled_from_that_day(
    county, administrator, run_out
):
    on = clock.today() - 5 * DAY
    record(proposal(Kind.DISSOLVED, [run_out.organization], on=on), administrator)

    assert run_out.standing_on(on - DAY).status == Status.VALID
    assert run_out.standing_on(on).status == Status.CANCELLED


def test_a_title_that_had_run_out_by_the_day_of_the_merger_is_not_asked_about(
    county, neighbour, administrator, run_out
):
    proposed = proposal(Kind.MERGED, [run_out.organization], [neighbour], on=clock.today() - DAY)
    assert told_of_titles(proposed, administrator) == []


def test_what_was_ended_before_the_merger_is_not_ended_again(county, neighbour, administrator):
    title = title_of(county, county.village)
    merge(county, neighbour, administrator, **{f"title_{title.pk}": "end"})
    last = factories.VillageFactory(superior=county.township)
    record(proposal(Kind.MERGED, [neighbour], [last]), administrator)
    assert title.steps.count() == 2


def test_a_title_follows_through_two_mergers_and_stays_one(county, neighbour, administrator):
    title = title_of(county, county.village)
    merge(county, neighbour, administrator)
    last = factories.VillageFactory(superior=county.township, name_zh="末村党支部")
    record(proposal(Kind.MERGED, [neighbour], [last]), administrator)

    assert as_registered(title).renamed_to == "末村党支部"
    assert [step.act for step in title.steps.all()] == [
        Act.GIVEN,
        Act.RECOGNISED,
        Act.RECOGNISED,
    ]


def test_a_renaming_writes_a_line_of_the_titles_history(county, administrator):
    title = title_of(county, county.village)
    entering.change(county.village, {"name_zh": "新旗村党支部"}, actor=administrator)
    step = title.steps.last()
    assert (step.act, as_registered(title).renamed_to) == (Act.RENAMED, "新旗村党支部")
    assert "更名为“新旗村党支部”" in step.reason


def test_every_name_finds_the_title(county, neighbour, administrator, client):
    title = title_of(county, county.village)
    merge(county, neighbour, administrator)
    for name in (county.village.name_zh, neighbour.name_zh):
        page = client.get(public("register:list"), {"text": name})
        assert title.number in page.content.decode()


def test_whoever_holds_a_title_by_a_merger_does_not_apply_for_another(
    county, neighbour, administrator
):
    title_of(county, neighbour)
    record(proposal(Kind.MERGED, [neighbour], [county.village]), administrator)
    application = county.at(Stage.SELF_ASSESSED)
    with pytest.raises(Refusal) as refusal:
        county.act("submit", application, county.preparer)
    assert "title_is_valid" in refusal.value.codes


# Seats, people, what lies below, and the library


def test_people_go_on_in_the_same_roles_and_never_in_more(county, neighbour, administrator):
    preparer = county.preparer
    merge(county, neighbour, administrator)

    held = Seat.objects.filter(person=preparer, ended_at=None)
    assert [(seat.organization, seat.role) for seat in held] == [(neighbour, Role.PREPARER)]
    assert AuditEvent.objects.filter(action="seat.give", actor=administrator).count() == 1


def test_a_unit_that_has_its_head_keeps_that_one(county, neighbour, administrator):
    ours, theirs = county.head, factories.seated(Role.HEAD, neighbour)
    merge(county, neighbour, administrator)
    heads = Seat.objects.filter(role=Role.HEAD, organization=neighbour, ended_at=None)
    assert [seat.person for seat in heads] == [theirs]
    assert not Seat.objects.filter(person=ours, ended_at=None).exists()


def test_the_deputy_of_a_seat_that_ends_stands_in_for_nobody(county, neighbour, administrator):
    seat = county.head.seats.get()
    deputy = factories.deputy_in(
        seat, factories.SeatFactory(role=Role.HEAD, organization=neighbour)
    )
    merge(county, neighbour, administrator)
    assert not deputy.seats.filter(deputy_of__isnull=False, ended_at=None).exists()


def test_people_and_subordinates_belong_to_the_successor(county, administrator):
    clerk = factories.PersonFactory(home_organization=county.township)
    other = factories.TownshipCommitteeFactory()
    record(proposal(Kind.MERGED, [county.township], [other]), administrator)
    clerk.refresh_from_db()
    county.village.refresh_from_db()
    assert (clerk.home_organization, county.village.superior) == (other, other)


def test_the_library_goes_along(county, neighbour, administrator):
    application = county.start()
    county.attach(application)
    merge(county, neighbour, administrator)
    assert LibraryEntry.objects.get().organization == neighbour


def test_a_split_asks_for_each_thing_where_it_goes(county, administrator):
    title, preparer = title_of(county, county.village), county.preparer
    application = county.start()
    parts = [new_unit(county, "甲村党支部"), new_unit(county, "乙村党支部")]
    record(
        proposal(Kind.SPLIT, [county.village], parts),
        administrator,
        **{
            f"title_{title.pk}": "to-0",
            f"application_{application.pk}": "to-1",
            f"seat_{preparer.seats.get().pk}": "to-1",
        },
    )
    application.refresh_from_db()
    assert as_registered(title).renamed_to == "甲村党支部"
    assert application.organization.name_zh == "乙村党支部"
    assert preparer.seats.get(ended_at=None).organization.name_zh == "乙村党支部"


def test_what_remains_of_a_split_keeps_everything_unless_it_is_said_otherwise(
    county, administrator
):
    title = title_of(county, county.village)
    part = new_unit(county, "乙村党支部")
    record(proposal(Kind.SPLIT, [county.village], [county.village, part]), administrator)
    assert list(Designation.objects.filter(queries.held_by([county.village]))) == [title]
    assert title.steps.count() == 1
    assert Organization.objects.get(pk=county.village.pk).is_active


# As it was seen


def test_what_changed_since_it_was_shown_is_shown_again(county, neighbour, administrator):
    proposed = proposal(Kind.MERGED, [county.village], [neighbour])
    before = seen(proposed, administrator)
    county.start()
    with pytest.raises(Refusal) as refusal:
        reorganizing.reorganize(proposed, chosen={}, seen=before, actor=administrator)
    assert refusal.value.code == "overtaken"


def test_of_two_at_once_the_second_is_refused(county, neighbour, administrator):
    proposed = proposal(Kind.MERGED, [county.village], [neighbour])
    before = seen(proposed, administrator)
    reorganizing.reorganize(proposed, chosen={}, seen=before, actor=administrator)
    with pytest.raises(Refusal) as refusal:
        reorganizing.reorganize(proposed, chosen={}, seen=before, actor=administrator)
    assert refusal.value.code == "gone_already"
    assert Reorganization.objects.count() == 1


def test_names_on_a_day_are_those_borne_then(county, administrator):
    former = county.village.name_zh
    on = clock.today() - timedelta(days=10)
    entering.change(county.village, {"name_zh": "新旗村党支部"}, renamed_on=on, actor=administrator)
    unit = Organization.objects.get(pk=county.village.pk)
    assert [unit.name_on(day) for day in (date(2020, 1, 1), on, clock.today())] == [
        former,
        "新旗村党支部",
        "新旗村党支部",
    ]
