"""Two counties on one site: nothing crosses from one into the other by a number in a form."""

from datetime import timedelta

import pytest
from django.urls import reverse

from authoring.replays import requesting
from authoring.replays.models import Replay
from designation.applications.models import Application, Stage
from designation.organizations.models import Level, Role
from designation.register.models import DesignationDecision
from designation.rounds.models import Round
from designation.site import clock
from designation.site.refusal import Refusal
from standards.categories import Category
from tests import factories
from tests.course import NOTICE, OPINION, County
from workflows import transitions
from workflows.case.facts import Case
from workflows.flow import Course
from workflows.stages.conferral import decisions
from workflows.stages.public_notice import notices

pytestmark = pytest.mark.django_db


class Neighbour(County):
    """白水县, beside 青山县: its own round, village and people."""

    def __init__(self):
        self.jurisdiction = factories.JurisdictionFactory(code="341822000000", name_zh="白水县")
        self.round = factories.RoundFactory(jurisdiction=self.jurisdiction, name_zh="白水县评定")
        self.round_category = factories.RoundCategoryFactory(round=self.round)
        factories.define_terms(self.jurisdiction)
        area = factories.TownshipFactory(code="341822100000", parent=self.jurisdiction)
        self.township = factories.TownshipCommitteeFactory(jurisdiction=area)
        self.village = factories.VillageFactory(superior=self.township)


@pytest.fixture
def neighbour(county):
    return Neighbour()


@pytest.fixture
def of_both(county, neighbour):
    """Heads a village in each county."""
    person = factories.seated(Role.HEAD, county.village)
    factories.SeatFactory(person=person, role=Role.HEAD, organization=neighbour.village)
    return person


@pytest.fixture
def page(client):
    def get(person, name, *arguments, **typed):
        client.force_login(person)
        address = reverse(name, args=arguments)
        return client.post(address, typed) if typed else client.get(address)

    return get


def text(answer):
    return answer.content.decode()


def refused(act, *arguments, **named):
    with pytest.raises(Refusal) as raised:
        act(*arguments, **named)
    return raised.value.codes


# A round takes organizations of its own area


def test_a_round_refuses_an_organization_of_another_county_with_the_reason(county, neighbour):
    with pytest.raises(Refusal) as raised:
        transitions.start(county.round, neighbour.village, actor=neighbour.head)

    assert raised.value.codes == ("outside_the_area",)
    assert "不在青山县辖区内" in str(raised.value)
    assert not Application.objects.exists()


def test_a_round_of_a_prefecture_takes_the_organizations_of_its_counties(county, neighbour):
    prefecture = factories.JurisdictionFactory(
        code="341800000000", name_zh="宛陵市", level=Level.PREFECTURE
    )
    wide = factories.RoundFactory(jurisdiction=prefecture)
    factories.RoundCategoryFactory(round=wide)

    for one in (county, neighbour):
        assert transitions.start(wide, one.village, actor=one.head).area_code.startswith("3418")


def test_the_desk_offers_each_organization_the_round_of_its_own_county(
    page, county, neighbour, of_both
):
    content = text(page(of_both, "home"))

    for one, other in ((county, neighbour), (neighbour, county)):
        card = content.split(one.round.name)[1].split("</section>")[0]
        assert one.village.name in card
        assert other.village.name not in card


def test_the_start_page_offers_what_the_round_takes_and_says_why_not_the_other(
    page, county, neighbour, of_both
):
    content = text(page(of_both, "applications:start", county.round.pk))

    assert f'value="{county.village.pk}"' in content
    assert f'value="{neighbour.village.pk}"' not in content
    assert "本批次只受理青山县辖区内的组织" in content
    assert neighbour.village.name in content

    foreign = text(page(neighbour.head, "applications:start", county.round.pk))
    assert "本批次只受理青山县辖区内的组织" in foreign
    assert 'name="organization"' not in foreign


def test_an_organization_of_another_county_sent_all_the_same_is_refused_and_told_why(
    page, county, neighbour, of_both
):
    answer = page(of_both, "applications:start", county.round.pk, organization=neighbour.village.pk)

    assert answer.status_code == 422
    assert "不在青山县辖区内" in text(answer)
    assert not Application.objects.exists()


def test_a_round_leads_to_the_start_only_those_whom_it_takes(page, county, neighbour):
    begin = reverse("applications:start", args=[county.round.pk])

    assert begin in text(page(county.preparer, "rounds:detail", county.round.pk))
    assert begin not in text(page(neighbour.preparer, "rounds:detail", county.round.pk))
    assert "青山县辖区内的组织" in text(page(neighbour.preparer, "rounds:detail", county.round.pk))


def test_the_list_of_rounds_says_which_take_ones_own_organization(page, county, neighbour):
    content = text(page(county.preparer, "rounds:list"))
    own, other = (content.split(one.round.name)[1].split("</li>")[0] for one in (county, neighbour))

    assert "不受理本组织的申报" not in own
    assert "不受理本组织的申报" in other


def test_an_organization_out_of_use_is_neither_offered_nor_taken(page, county):
    county.village.is_active = False
    county.village.save()

    assert county.round.name not in text(page(county.preparer, "home"))
    assert refused(county.start) == ("organization_inactive",)


@pytest.mark.parametrize(
    ("stage", "name"),
    [
        (Stage.DRAFT, "confirm"),
        (Stage.SELF_ASSESSED, "submit"),
        (Stage.SUBMITTED, "recommend"),
        (Stage.RECOMMENDED, "begin_verification"),
        (Stage.AWAITING_DESIGNATION, "designate"),
    ],
)
def test_an_organization_moved_to_another_county_goes_no_further(
    county, neighbour, held_clock, stage, name
):
    application = county.at(stage, wait=held_clock.move_to)
    county.village.jurisdiction = neighbour.village.jurisdiction
    county.village.save()
    moved = Application.objects.get(pk=application.pk)

    assert "outside_the_area" in {f.code for f in Course(Case(moved)).gate(name).findings}


def test_a_notice_does_not_go_out_with_an_organization_moved_away(county, neighbour):
    notice = county.compose_notice(county.at(Stage.CHOSEN))
    county.village.jurisdiction = neighbour.village.jurisdiction
    county.village.save()

    assert refused(notices.publish, notice, actor=county.publisher) == ("outside_the_area",)
    assert Application.objects.get().stage == Stage.CHOSEN


def test_a_correction_is_not_handed_in_again_from_another_county(county, neighbour):
    application = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction", application, county.reviewer, corrections={"NC-01": "请补正本条"}
    )
    county.village.jurisdiction = neighbour.village.jurisdiction
    county.village.save()

    assert "outside_the_area" in refused(
        county.act, "resubmit", application, county.head, truth_confirmed=True
    )


# Superiors and reviewing bodies


def test_a_superior_of_another_county_is_refused_by_who_administers_both(page, county, neighbour):
    prefecture = factories.JurisdictionFactory(
        code="341800000000", name_zh="宛陵市", level=Level.PREFECTURE
    )
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, prefecture)
    typed = {
        "name_zh": "东山村党支部",
        "category": Category.NC,
        "jurisdiction": county.township.jurisdiction_id,
        "superior": neighbour.township.pk,
        "is_active": "on",
    }

    answer = page(administrator, "organizations:organization_add", **typed)
    assert answer.status_code == 422
    assert "在另一个县" in text(answer)

    fitting = page(
        administrator,
        "organizations:organization_add",
        **typed | {"superior": county.township.pk},
    )
    assert fitting.status_code == 302


def test_a_reviewing_body_of_another_county_reviews_nothing(county, neighbour):
    county.village.superior = neighbour.township
    county.village.save()

    assert refused(county.start) == ("reviewing_body_elsewhere",)


# Notices and decisions hold applications of their own round


def test_a_notice_lists_no_application_of_another_round(page, county, neighbour):
    own, foreign = county.at(Stage.CHOSEN), neighbour.at(Stage.VERIFIED)

    refused(notices.propose, county.round, NOTICE, [own, foreign], actor=county.coordinator)
    answer = page(
        county.coordinator,
        "notices:compose",
        county.round.pk,
        **NOTICE,
        applications=[own.pk, foreign.pk],
    )

    assert answer.status_code == 422
    assert neighbour.village.name not in text(answer)
    assert not foreign.notice_entries.exists()


def decided(round_, applications, actor):
    return decisions.designate(
        round_,
        applications,
        document_number="青发〔2026〕9号",
        decided_on=clock.today() + timedelta(days=30),
        deciding_body="中共青山县委",
        actor=actor,
    )


def test_a_decision_names_applications_of_its_own_round_only(county, neighbour, held_clock):
    foreign = neighbour.at(Stage.AWAITING_DESIGNATION, wait=held_clock.move_to)

    assert refused(decided, county.round, [foreign], county.deciding_officer) == ("other_round",)
    assert refused(decided, county.round, [], county.deciding_officer) == ("other_round",)
    assert refused(decided, county.round, [foreign], neighbour.deciding_officer) == (
        "not_permitted",
        "other_round",
    )
    assert not DesignationDecision.objects.exists()


# What a round is judged by, and what is tried over it


def test_standards_terms_and_vetoes_of_a_round_are_out_of_a_neighbours_reach(
    page, county, neighbour
):
    draft = factories.RoundFactory(
        jurisdiction=county.jurisdiction, status=Round.Status.DRAFT, name_zh="筹备中的批次"
    )

    for name in ("edit", "categories", "terms", "vetoes"):
        assert page(neighbour.coordinator, f"rounds:{name}", draft.pk).status_code == 404
        assert page(neighbour.coordinator, f"rounds:{name}", draft.pk, x="1").status_code == 404
    answer = page(
        county.coordinator, "rounds:edit", draft.pk, jurisdiction=neighbour.jurisdiction.pk
    )
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.jurisdiction == county.jurisdiction


def test_a_sample_is_adopted_for_ones_own_county_only(page, county, neighbour):
    answer = page(
        county.coordinator,
        "adoptions:adopt",
        Category.GQ,
        jurisdiction=neighbour.jurisdiction.pk,
        reason="本县尚无正式文本，经研究先采用示例标准。",
    )

    assert answer.status_code == 422
    assert not neighbour.jurisdiction.adoptions.exists()


def test_a_replay_runs_over_ones_own_rounds_with_versions_of_the_area(county, neighbour):
    entry, foreign = county.round_category, neighbour.round_category
    for tried in ((foreign, foreign.standard), (foreign, entry.standard)):
        with pytest.raises(Refusal):
            requesting.request(*tried, thresholds={}, basis="declared", actor=county.coordinator)

    assert not Replay.objects.exists()


def test_a_reviewed_case_of_a_neighbour_is_beyond_every_seat(page, county, neighbour):
    application = county.at(Stage.SUBMITTED)

    assert refused(
        neighbour.act, "recommend", application, neighbour.reviewer, opinion=OPINION
    ) == ("not_permitted",)
    assert page(neighbour.reviewer, "applications:review", application.pk).status_code == 404
