"""Adopting a sample: who may, why, what is recorded, and what a round may use then."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from designation.adoptions import adopting
from designation.adoptions.models import Adoption
from designation.audit import chain
from designation.audit.models import AuditEvent
from designation.organizations.models import Role
from designation.rounds import opening
from designation.rounds.models import Round
from standards import catalogue, publishing
from standards.models import Check, Item, Section, StandardVersion
from tests import factories
from tests.sheets import fill_in
from workflows import transitions

pytestmark = pytest.mark.django_db

REASON = "正式文本尚未下发，先按示例试行。"
DRAFTED = "参照公开依据拟写，并非文件原文"


@pytest.fixture
def elsewhere(county):
    """Another county of the same site, and its coordinator."""
    place = factories.JurisdictionFactory(code="350102000000", name_zh="他县")
    return place, factories.seated(Role.COUNTY_COORDINATOR, place)


@pytest.fixture
def as_coordinator(client, county):
    client.force_login(county.coordinator)
    return client


def adopt(county, category="GQ", *, reason=REASON, actor=None):
    return adopting.adopt_sample(
        catalogue.sample(category),
        county.jurisdiction,
        actor=actor or county.coordinator,
        reason=reason,
    )


def refusal(code, act):
    with pytest.raises(adopting.AdoptionRefused) as refused:
        act()
    assert refused.value.code == code
    return str(refused.value)


def official_text(category):
    """A verbatim version of a category, as an import leaves it before it is published."""
    version = StandardVersion.objects.create(
        category=category,
        number=21,
        title_zh="正式标准",
        heading_printed="正式标准",
        provenance="verbatim",
    )
    section = Section.objects.create(version=version, order=1, title_printed="组织设置")
    item = Item.objects.create(version=version, section=section, order=1, code="GQ-01", text="条文")
    Check.objects.create(
        item=item,
        order=1,
        code="GQ-01-C1",
        kind="must_be_true",
        metric="set_up",
        metric_zh="组织设置",
        unit="boolean",
        strictness="strict",
        scope="current",
        phrase="条文",
    )
    return version


def test_adopting_publishes_the_sample_and_records_who_and_why(county, held_clock):
    adoption = adopt(county)

    version = catalogue.current("GQ")
    assert adoption.version == version
    assert version.published_at == held_clock.now()
    assert (adoption.jurisdiction, adoption.reason) == (county.jurisdiction, REASON)
    event = AuditEvent.objects.get(action="standard.adopt")
    assert event.actor == county.coordinator
    assert event.actor_role == Role.COUNTY_COORDINATOR
    assert event.jurisdiction_code == county.jurisdiction.code
    assert event.details == {"reason": REASON, "content_hash": version.content_hash}
    assert chain.verify().whole


def test_an_adopted_sample_is_still_no_official_text(county):
    adopt(county)

    assert catalogue.awaiting_text("GQ")
    assert catalogue.current("GQ").is_drafted


def test_only_a_coordinator_of_the_place_may_adopt(county, elsewhere):
    _place, stranger = elsewhere

    for person in (county.head, county.reviewer, county.deciding_officer, stranger):
        refusal("not_allowed", lambda person=person: adopt(county, actor=person))
    assert catalogue.current("GQ") is None
    assert not AuditEvent.objects.filter(action="standard.adopt").exists()


def test_a_township_adopts_no_standard(county):
    refusal(
        "not_allowed",
        lambda: adopting.adopt_sample(
            catalogue.sample("GQ"),
            county.township.jurisdiction,
            actor=county.coordinator,
            reason=REASON,
        ),
    )


@pytest.mark.parametrize("reason", ["", "   ", "试行" * 4, "  试行试行试行试行  "])
def test_a_reason_must_say_something(county, reason):
    assert "采用理由" in refusal("reason_too_short", lambda: adopt(county, reason=reason))
    assert catalogue.current("GQ") is None


def test_a_county_adopts_a_sample_once(county):
    adopt(county)

    refusal("adopted_already", lambda: adopt(county))
    assert AuditEvent.objects.filter(action="standard.adopt").count() == 1


def test_a_second_county_adopts_the_same_text_by_an_act_of_its_own(county, elsewhere):
    adopt(county)
    first = catalogue.current("GQ")
    place, coordinator = elsewhere
    assert first not in adopting.usable_standards(place)

    adopting.adopt_sample(catalogue.sample("GQ"), place, actor=coordinator, reason=REASON)

    assert catalogue.current("GQ") == first
    assert first in adopting.usable_standards(place)
    assert Adoption.objects.filter(version=first).count() == 2


def test_nothing_but_a_sample_can_be_adopted(county, held_clock):
    refusal(
        "no_sample",
        lambda: adopting.adopt_sample(
            catalogue.current("NC"), county.jurisdiction, actor=county.coordinator, reason=REASON
        ),
    )
    sample = catalogue.sample("GQ")
    adopt(county)
    publishing.publish(official_text("GQ"), at=held_clock.now())
    refusal(
        "no_sample",
        lambda: adopting.adopt_sample(
            sample, county.jurisdiction, actor=county.coordinator, reason=REASON
        ),
    )


def test_no_sample_takes_the_place_of_the_official_text(county, held_clock):
    publishing.publish(official_text("GQ"), at=held_clock.now())

    assert "已有正式标准" in refusal("text_in_force", lambda: adopt(county))


def test_the_database_holds_one_adoption_with_its_reason(county):
    made = adopt(county)
    again = {
        "version": made.version,
        "adopted_by": made.adopted_by,
        "adopted_at": made.adopted_at,
    }
    for fields in (
        {"jurisdiction": made.jurisdiction, "reason": REASON},
        {"jurisdiction": county.township.jurisdiction, "reason": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Adoption.objects.create(**again, **fields)
    assert str(made) == "青山县 · 国有企业基层党组织建设标准（示例） v1"


def test_a_round_can_use_a_sample_only_where_it_was_adopted(as_coordinator, county):
    draft = factories.RoundFactory(jurisdiction=county.jurisdiction, status=Round.Status.DRAFT)
    address = reverse("rounds:categories", args=[draft.pk])
    as_coordinator.post(address, {"GQ": "3"})
    assert not draft.categories.exists()
    assert "采用示例标准后" in as_coordinator.get(address).content.decode()

    adopt(county)
    as_coordinator.post(address, {"GQ": "3"})

    assert draft.categories.get().standard == catalogue.current("GQ")
    fill_in(as_coordinator, reverse("rounds:detail", args=[draft.pk]), to="/open/")
    draft.refresh_from_db()
    assert draft.status == Round.Status.OPEN
    assert DRAFTED in as_coordinator.get(reverse("rounds:detail", args=[draft.pk])).content.decode()


def test_a_round_whose_standard_gave_way_does_not_open_until_it_is_chosen_anew(
    as_coordinator, county, held_clock
):
    adopt(county)
    draft = factories.RoundFactory(jurisdiction=county.jurisdiction, status=Round.Status.DRAFT)
    address = reverse("rounds:categories", args=[draft.pk])
    as_coordinator.post(address, {"GQ": "3"})
    publishing.publish(official_text("GQ"), at=held_clock.now())

    assert [obstacle.code for obstacle in opening.obstacles(draft)] == ["standard_not_usable"]
    as_coordinator.post(address, {"GQ": "3"})

    assert list(opening.obstacles(draft)) == []
    assert draft.categories.get().standard.provenance == "verbatim"


def test_a_category_chosen_without_adoption_falls_out_when_saved(as_coordinator, county, elsewhere):
    place, coordinator = elsewhere
    adopting.adopt_sample(catalogue.sample("GQ"), place, actor=coordinator, reason=REASON)
    draft = factories.RoundFactory(jurisdiction=county.jurisdiction, status=Round.Status.DRAFT)
    factories.RoundCategoryFactory(round=draft, category="GQ")

    address = reverse("rounds:categories", args=[draft.pk])
    told = fill_in(as_coordinator, address, NC="2")
    assert "这一类现在没有可用的标准，请清空名额" in told.content.decode()
    assert [entry.category for entry in draft.categories.all()] == ["GQ"]

    fill_in(as_coordinator, address, NC="2", GQ="")

    assert [entry.category for entry in draft.categories.all()] == ["NC"]


def test_the_coordinator_adopts_on_the_page_and_is_told(as_coordinator, county):
    address = reverse("adoptions:adopt", args=["GQ"])
    listed = as_coordinator.get(reverse("standards:list")).content.decode()
    assert listed.count("为本县采用这一示例") == 3
    assert DRAFTED in as_coordinator.get(address).content.decode()

    typed = {"jurisdiction": county.jurisdiction.pk, "reason": REASON, "understood": "on"}
    answer = as_coordinator.post(address, typed, follow=True)

    content = answer.content.decode()
    assert answer.redirect_chain == [(reverse("standards:detail", args=["GQ"]), 302)]
    assert "已采用示例标准" in content
    assert "青山县于2026年3月2日" in content
    assert REASON in content
    assert DRAFTED in content
    listed = as_coordinator.get(reverse("standards:list")).content.decode()
    assert listed.count("待录入") == 3
    assert listed.count(DRAFTED) == 3
    assert listed.count("为本县采用这一示例") == 2


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reason": "  "}, "请填写这一项"),
        ({"reason": "试行"}, "不少于 10 个字"),
        ({"understood": ""}, "请先确认您知道这不是文件原文"),
    ],
)
def test_a_refused_form_comes_back_filled(as_coordinator, county, changes, message):
    typed = {"jurisdiction": county.jurisdiction.pk, "reason": REASON, "understood": "on"}

    answer = as_coordinator.post(reverse("adoptions:adopt", args=["GQ"]), typed | changes)

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert changes.get("reason", REASON) in answer.content.decode()
    assert catalogue.current("GQ") is None


def test_a_second_press_is_told_that_it_is_done(as_coordinator, county):
    adopt(county)
    typed = {"jurisdiction": county.jurisdiction.pk, "reason": REASON, "understood": "on"}

    answer = as_coordinator.post(reverse("adoptions:adopt", args=["GQ"]), typed, follow=True)

    content = answer.content.decode()
    assert "已经采用" in content
    assert "为本县采用这一示例" not in content
    assert Adoption.objects.count() == 1


def test_what_changes_while_the_form_is_open_is_told_on_the_form(
    as_coordinator, county, monkeypatch
):
    def too_late(*_arguments, **_fields):
        raise adopting.AdoptionRefused.because("text_in_force", "本类已有正式标准")

    monkeypatch.setattr(adopting, "adopt_sample", too_late)
    typed = {"jurisdiction": county.jurisdiction.pk, "reason": REASON, "understood": "on"}

    answer = as_coordinator.post(reverse("adoptions:adopt", args=["GQ"]), typed)

    assert answer.status_code == 422
    assert "本类已有正式标准" in answer.content.decode()
    assert REASON in answer.content.decode()


def test_a_place_out_of_reach_cannot_be_chosen(as_coordinator, county, elsewhere):
    place, _coordinator = elsewhere
    typed = {"jurisdiction": place.pk, "reason": REASON, "understood": "on"}

    answer = as_coordinator.post(reverse("adoptions:adopt", args=["GQ"]), typed)

    assert answer.status_code == 422
    assert not Adoption.objects.exists()


def test_where_there_is_no_sample_there_is_nothing_to_adopt(as_coordinator):
    for category in ("NC", "ZZ"):
        assert as_coordinator.get(reverse("adoptions:adopt", args=[category])).status_code == 404


def test_the_applicants_pages_say_that_the_standard_was_drafted(client, county):
    adopt(county)
    factories.RoundCategoryFactory(round=county.round, category="GQ")
    assets = factories.TownshipCommitteeFactory(
        body_kind="state_assets_committee", jurisdiction=county.jurisdiction
    )
    firm = factories.VillageFactory(category="GQ", superior=assets)
    preparer = factories.seated(Role.PREPARER, firm)
    application = transitions.start(county.round, firm, actor=preparer)
    client.force_login(preparer)

    case = client.get(reverse("applications:case", args=[application.pk])).content.decode()
    item = client.get(reverse("applications:item", args=[application.pk, "GQ-01"]), follow=True)

    assert DRAFTED in case
    assert DRAFTED in item.content.decode()
    assert "安徽省国有企业基层党组织建设标准" in item.content.decode()


def test_a_verbatim_standard_carries_no_such_mark(client, county):
    application = county.at("draft")
    client.force_login(county.preparer)

    for name, arguments in (("case", []), ("item", ["NC-01"])):
        content = client.get(
            reverse(f"applications:{name}", args=[application.pk, *arguments])
        ).content.decode()
        assert "并非文件原文" not in content


def test_the_audit_page_says_in_words_what_was_done(client, county):
    adopt(county)
    client.force_login(factories.seated(Role.AUDIT_ADMINISTRATOR, county.jurisdiction))

    content = client.get(reverse("audit:list")).content.decode()

    assert "采用示例标准" in content
    assert REASON in content
