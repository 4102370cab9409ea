"""A second county on the site, a prefecture above both, and people with seats in both.

Whatever the second county does, no page, mail or export of the first says another word: neither
a name, nor a number, nor a count.
"""

import io
import re
import zipfile

import pytest
from django.core import mail
from django.urls import reverse

from designation.applications.models import Stage
from designation.organizations.models import Level, Role
from designation.rounds.models import Round
from notifications import carrying, delivery
from notifications.channels.email import EMAIL
from notifications.models import Message
from standards.categories import Category
from tests import factories
from tests.course import NOTICE, County
from tests.own_standards import OwnStandards
from workflows.stages.public_notice import notices

from .test_matrix import PAGES, SIGNED_IN, World, close_file

pytestmark = pytest.mark.django_db

MARK = "白水"
STAGES = sorted({stage for _name, stage in PAGES if stage is not None})
# The stages at which everybody's own pages are asked too: much waits then for many.
DESKS = (Stage.SUBMITTED, Stage.VERIFYING)
# Differs at every showing of a page, whatever happens elsewhere.
_CHANGING = re.compile(
    r'(csrfmiddlewaretoken|request_key|token)" value="[^"]*"|x-csrftoken": "[^"]*"'
)


class SecondCounty(County):
    """白水县: its own round, villages and people, all of whom bear its name."""

    def __init__(self):
        self.jurisdiction = factories.JurisdictionFactory(code="341822000000", name_zh=f"{MARK}县")
        self.round = factories.RoundFactory(
            jurisdiction=self.jurisdiction, name_zh=f"{MARK}评定", organizer=f"中共{MARK}县委"
        )
        self.round_category = factories.RoundCategoryFactory(round=self.round)
        factories.define_terms(self.jurisdiction)
        area = factories.TownshipFactory(
            code="341822100000", parent=self.jurisdiction, name_zh=f"{MARK}镇"
        )
        self.township = factories.TownshipCommitteeFactory(
            jurisdiction=area, name_zh=f"{MARK}镇党委"
        )
        self.village = self._village(1)

    def _village(self, number):
        return factories.VillageFactory(superior=self.township, name_zh=f"{MARK}{number}村党支部")

    def _seat(self, role, place):
        person = factories.seated(role, place, full_name=f"{MARK}{role.label}")
        person.email = f"{person.username}@{role.value}.baishui.cn"
        person.save()
        return person

    def beside(self):
        other = super().beside()
        other.village = self._village(other.village.pk)
        return other

    def live(self):
        """An application at every stage that needs no waiting, drafts, standards, replays."""
        self.draft_round = factories.RoundFactory(
            jurisdiction=self.jurisdiction, name_zh=f"{MARK}拟稿", status=Round.Status.DRAFT
        )
        OwnStandards(self.jurisdiction).published  # noqa: B018 - made by being asked for
        for stage in (
            Stage.SUBMITTED,
            Stage.RECOMMENDED,
            Stage.VERIFYING,
            Stage.VERIFIED,
        ):
            self.beside().at(stage)
        listed = self.beside().at(Stage.CHOSEN)
        notices.propose(self.round, NOTICE, [listed], actor=self.coordinator)
        for role in Role:
            if role.value.endswith("administrator") or role == Role.STANDARDS_MANAGER:
                self._seat(role, self.jurisdiction)


def shown(client, person, address):
    """The text of a page as the person gets it; a workbook is read in its parts."""
    client.force_login(person)
    answer = client.get(address)
    if answer.status_code != 200:
        return str(answer.status_code)
    if answer.streaming:
        content = b"".join(answer.streaming_content)
        close_file(answer)
    else:
        content = answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"".join(parts.read(name) for name in sorted(parts.namelist()))
    return _CHANGING.sub("", content.decode(errors="replace"))


def addresses_at(world, stage):
    """What the people of a county get at a stage: by page and role, whose it is and where.

    Some addresses make what they show, so they are asked for once.
    """
    everybody = tuple(world.people)
    of_all = dict.fromkeys((*SIGNED_IN, "home"), everybody) if stage in DESKS else {}
    roles = {name: PAGES[name, at] for name, at in PAGES if at == stage} | of_all
    places = {name: world.address(name) for name in roles}
    return {
        (name, role): (world.people[role], places[name])
        for name in sorted(roles)
        for role in sorted(roles[name])
    }


def pages_of(addresses, client):
    return {place: shown(client, *whose) for place, whose in addresses.items()}


@pytest.mark.parametrize("stage", STAGES)
def test_a_second_county_changes_no_word_on_any_page_of_the_first(stage, client, held_clock):
    world = World(stage, held_clock)
    addresses = addresses_at(world, stage)
    # The first look opens what was handed in, and tells what there is to tell once.
    pages_of(addresses, client)
    before = pages_of(addresses, client)

    SecondCounty().live()

    after = pages_of(addresses, client)
    assert [place for place, text in after.items() if text != before[place]] == []
    assert [place for place, text in after.items() if MARK in text] == []


def test_no_mail_and_no_message_of_one_county_reaches_the_other(held_clock, county):
    for person in (county.preparer, county.head, county.reviewer, county.coordinator):
        person.email = f"{person.username}@qingshan.cn"
        person.save()
    county.at(Stage.VERIFYING)
    SecondCounty().live()

    delivery.deliver_waiting()
    carrying.carry_waiting(EMAIL)

    sent = [(letter.to[0], f"{letter.subject}\n{letter.body}") for letter in mail.outbox]
    assert {to.endswith("baishui.cn") for to, _text in sent} == {True, False}
    for to, text in sent:
        assert (MARK in text) == to.endswith("baishui.cn"), to
    own = Message.objects.exclude(person__full_name__startswith=MARK)
    assert not own.filter(body__contains=MARK).exists()


@pytest.fixture
def prefecture(county):
    area = factories.JurisdictionFactory(
        code="341800000000", name_zh="宣城市", level=Level.PREFECTURE
    )
    county.jurisdiction.parent = area
    county.jurisdiction.save()
    return area


@pytest.fixture
def both(county):
    """Both counties with an application under review each."""
    second = SecondCounty()
    return county.at(Stage.SUBMITTED), second.at(Stage.SUBMITTED), second


def test_a_seat_over_the_prefecture_sees_both_counties(client, prefecture, both):
    above = factories.seated(Role.COUNTY_COORDINATOR, prefecture)

    cases = shown(client, above, reverse("applications:list"))

    first, other, _second = both
    assert first.organization.name_zh in cases
    assert other.organization.name_zh in cases
    for application in (first, other):
        assert application.organization.name_zh in shown(
            client, above, reverse("applications:case", args=[application.pk])
        )


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.SYSTEM_ADMINISTRATOR, "organizations:organizations"),
        (Role.SYSTEM_ADMINISTRATOR, "organizations:people"),
        (Role.SECURITY_ADMINISTRATOR, "organizations:seats"),
        (Role.AUDIT_ADMINISTRATOR, "audit:list"),
    ],
)
def test_an_administrator_of_the_prefecture_sees_both_and_one_of_a_county_her_own(
    client, prefecture, both, role, page
):
    first, other, second = both
    above = factories.seated(role, prefecture)
    within = factories.seated(role, second.jurisdiction)
    own = factories.seated(role, first.organization.jurisdiction.parent)
    names = (
        (county_words(first), county_words(other))
        if page != "organizations:people"
        else (first.created_by.full_name, other.created_by.full_name)
    )

    seen = {who: shown(client, who, reverse(page)) for who in (above, within, own)}

    assert [name in seen[above] for name in names] == [True, True]
    assert [name in seen[within] for name in names] == [False, True]
    assert [name in seen[own] for name in names] == [True, False]


def county_words(application):
    return application.organization.name_zh


def test_a_person_with_seats_in_both_counties_has_each_right_in_its_own_place(
    client, held_clock, county
):
    second = SecondCounty()
    person = county.preparer
    factories.SeatFactory(person=person, role=Role.FIRST_REVIEWER, organization=second.township)
    own, theirs, draft = county.start(), second.at(Stage.SUBMITTED), second.beside().start()

    assert shown(client, person, reverse("applications:item", args=[own.pk, "NC-01"])) != "404"
    assert shown(client, person, reverse("applications:review", args=[theirs.pk])) != "404"
    assert shown(client, person, reverse("applications:case", args=[draft.pk])) == "404"
    assert shown(client, person, reverse("applications:review", args=[own.pk])) == "404"
    assert shown(client, person, reverse("applications:visit", args=[theirs.pk])) == "404"


def test_a_title_of_one_county_is_no_bar_in_the_other(client, held_clock, county):
    """The register is public, and says of each title whose it is."""
    county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    second = SecondCounty()
    second.village.category = Category.NC
    application = second.start()

    assert application.stage == Stage.DRAFT
    assert MARK not in shown(client, county.head, reverse("register:list"))
