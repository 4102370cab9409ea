"""More time to apply: for everybody with reason and notice, for one alone, late too."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from designation.applications.models import Application, Stage
from designation.audit import wording
from designation.audit.models import AuditEvent
from designation.calendar.models import TermExtension
from designation.organizations.models import Role
from designation.rounds import extending
from designation.rounds.models import Round, RoundExtension
from designation.site import seen_whole, shown
from designation.site.refusal import Refusal
from notifications.delivery import deliver_waiting
from notifications.models import Message
from tests import factories
from tests.public_addresses import public
from tests.sheets import Sheet, fill_in

pytestmark = pytest.mark.django_db

# The round of the tests closes on 1 April 2026 at 9:00 in Shanghai.
LATER = "2026-04-08T17:30"
REASON = "连日暴雨，多处停电。"


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def extend(county, until=LATER, reason=REASON):
    address = reverse("rounds:extend", args=[county.round.pk])
    return fill_in(browser(county.coordinator), address, {"until": until, "reason": reason})


def extend_for(county, until=LATER, *, name=None, reason=REASON):
    address = reverse("rounds:extend_for", args=[county.round.pk])
    typed = {"organization": name or county.village.name_zh, "until": until, "reason": reason}
    return fill_in(browser(county.coordinator), address, typed)


def closed(county, held_clock):
    held_clock.move_to(county.round.closes_at + timedelta(minutes=2))


def told(person):
    deliver_waiting()
    return list(Message.objects.filter(person=person).values_list("subject", flat=True))


def test_everybody_has_more_time_and_the_public_page_says_so_with_the_reason(county, client):
    draft = county.start()
    other = county.beside()
    other.start()
    handed_in = county.beside().at(Stage.SUBMITTED)
    before = {row.pk: row.term.due_at for row in (draft, handed_in)}

    assert extend(county).status_code == 302

    county.round.refresh_from_db()
    assert county.round.closes_at == datetime(2026, 4, 8, 9, 30, tzinfo=UTC)
    page = client.get(public("rounds:detail", args=[county.round.pk])).content.decode()
    assert "延长至2026年4月8日(周三)17:30" in page
    assert REASON in page
    draft.refresh_from_db()
    assert draft.term.due_at == county.round.closes_at
    assert draft.term.continues.due_at == before[draft.pk]
    assert draft.term.extension.reason == REASON
    handed_in.refresh_from_db()
    assert handed_in.term.due_at == before[handed_in.pk]
    assert TermExtension.objects.count() == 2
    subject = f"“{county.round.name_zh}”的申报截止时间延长至2026年4月8日(周三)17:30。"
    for person in (county.head, county.preparer, other.head):
        assert subject in told(person)
    assert subject not in told(county.reviewer)
    event = AuditEvent.objects.get(action="round.extend")
    assert (event.actor_role, event.details["reason"]) == (Role.COUNTY_COORDINATOR, REASON)
    assert dict(wording.details(event))["新值"] == "2026年4月8日(周三)17:30"


def test_within_the_longer_time_one_applies_and_hands_in(county, held_clock):
    application = county.at(Stage.SELF_ASSESSED)
    before = county.round.closes_at
    extend(county)
    held_clock.move_to(before + timedelta(days=1))

    county.act("submit", Application.objects.get(pk=application.pk), county.head)
    county.round.refresh_from_db()
    assert county.beside().start().stage == Stage.DRAFT


@pytest.mark.parametrize(
    ("until", "reason", "field", "message"),
    [
        ("2026-03-20T17:30", REASON, "until", "新的截止时间应晚于现在，也晚于原来的截止时间。"),
        (LATER, "", "reason", ""),
        (LATER, " ", "reason", ""),
        ("", REASON, "until", ""),
        ("2027-01-08T17:30", REASON, "until", "2027 年的工作日历尚未启用，不能延长到那一年。"),
    ],
)
def test_what_is_not_later_or_without_a_reason_or_beyond_the_calendar_is_refused_at_its_field(
    county, until, reason, field, message
):
    refused = extend(county, until, reason)

    assert refused.status_code == 422
    assert message in str(refused.context["form"].errors[field])
    page = Sheet.of(refused)
    assert page.values["reason"] == [reason.strip()]
    assert not RoundExtension.objects.exists()


def test_two_who_extend_at_once_are_told_of_each_other(county):
    other = factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction)
    address = reverse("rounds:extend", args=[county.round.pk])
    late = Sheet(browser(other), address)
    extend(county)

    asked = late.send({"until": "2026-04-20T17:30", "reason": REASON})

    assert asked.status_code == 422
    assert "这个批次在您打开页面后有改动" in asked.content.decode()
    assert RoundExtension.objects.count() == 1


def test_one_alone_applies_late_by_permission_and_the_others_do_not(county, held_clock):
    closed(county, held_clock)
    other = county.beside()
    with pytest.raises(Refusal):
        county.start()

    assert extend_for(county).status_code == 302

    home = browser(county.head).get(reverse("home")).content.decode()
    assert "开始申报" in home
    assert "开始申报" not in browser(other.head).get(reverse("home")).content.decode()
    round_page = reverse("rounds:detail", args=[county.round.pk])
    start = reverse("applications:start", args=[county.round.pk])
    assert start in browser(county.head).get(round_page).content.decode()
    assert start not in browser(other.head).get(round_page).content.decode()
    application = county.at(Stage.SUBMITTED)
    assert application.stage == Stage.SUBMITTED
    with pytest.raises(Refusal):
        other.start()
    permission = f"准许贵单位在2026年4月8日(周三)17:30以前申报“{county.round.name_zh}”。"
    assert permission in told(county.head)
    assert not [subject for subject in told(other.head) if "准许" in subject]


def test_a_draft_that_was_late_has_the_longer_term(county, held_clock):
    draft = county.start()
    closed(county, held_clock)

    extend_for(county)

    draft.refresh_from_db()
    assert draft.term.due_at == datetime(2026, 4, 8, 9, 30, tzinfo=UTC)
    begun_again = Application.objects.get(pk=draft.pk)
    assert begun_again.term.continues_id is not None


def test_when_its_own_time_is_over_too_the_organization_hands_in_no_more(county, held_clock):
    application = county.at(Stage.SELF_ASSESSED)
    closed(county, held_clock)
    extend_for(county)
    held_clock.move_to(datetime(2026, 4, 8, 9, 31, tzinfo=UTC))

    with pytest.raises(Refusal) as refused:
        county.act("submit", Application.objects.get(pk=application.pk), county.head)

    assert refused.value.codes == ("window_closed",)


def test_after_the_round_was_closed_one_may_be_let_in_again(county, held_clock):
    Round.objects.filter(pk=county.round.pk).update(status=Round.Status.CLOSED)
    county.round.refresh_from_db()

    assert extend_for(county).status_code == 302
    assert county.at(Stage.SUBMITTED).stage == Stage.SUBMITTED
    page = browser(county.coordinator).get(reverse("rounds:detail", args=[county.round.pk]))
    assert f"{county.village.name_zh}：" in page.content.decode()
    assert REASON in page.content.decode()


def test_the_public_does_not_read_whom_alone_the_round_gave_more_time(county, client):
    extend_for(county)
    page = client.get(public("rounds:detail", args=[county.round.pk])).content.decode()

    assert county.village.name_zh not in page
    assert REASON not in page


def test_an_organization_is_called_by_its_name_and_must_be_of_the_round(county):
    elsewhere = factories.VillageFactory(
        superior=factories.TownshipCommitteeFactory(
            jurisdiction=factories.TownshipFactory(
                code="350102100000", parent=factories.JurisdictionFactory(code="350102000000")
            )
        )
    )
    school = factories.VillageFactory(category="XX", superior=county.township)
    for name in (elsewhere.name_zh, school.name_zh, "没有的村"):
        refused = extend_for(county, name=name)
        assert "本批次受理的组织中没有这个名称" in refused.content.decode()
        assert Sheet.of(refused).values["organization"] == [name]
    area = factories.TownshipFactory(parent=county.jurisdiction)
    body = factories.TownshipCommitteeFactory(jurisdiction=area)
    factories.VillageFactory(name_zh=county.village.name_zh, superior=body)
    assert "有几个组织用这个名称" in extend_for(county).content.decode()


def test_the_act_itself_asks_what_it_needs(county):
    shown_now = {shown.INPUT: shown.carried(seen_whole.as_shown(extending.as_shown(county.round)))}
    until = datetime(2026, 4, 8, tzinfo=UTC)
    stranger = factories.seated(
        Role.COUNTY_COORDINATOR, factories.JurisdictionFactory(code="350102000000")
    )
    with pytest.raises(Refusal, match="只有本辖区的县级经办人"):
        extending.extend(county.round, until, reason=REASON, actor=stranger, seen=shown_now)
    school = factories.VillageFactory(category="XX", superior=county.township)
    with pytest.raises(Refusal, match="不受理这个组织"):
        extending.extend_for(county.round, school, until, reason=REASON, actor=county.coordinator)
    with pytest.raises(Refusal, match="请写明延长的原因"):
        extending.extend(county.round, until, reason=" ", actor=county.coordinator, seen=shown_now)
    Round.objects.update(status=Round.Status.DRAFT)
    with pytest.raises(Refusal, match="只有已开展的批次"):
        extending.extend(county.round, until, reason=REASON, actor=county.coordinator, seen={})
    with pytest.raises(Refusal, match="批次还没有开展"):
        extending.extend_for(
            county.round, county.village, until, reason=REASON, actor=county.coordinator
        )


def test_an_extension_is_kept_as_it_was_given(county):
    extend(county)
    rows = RoundExtension.objects.all()
    assert str(rows.get()) == f"{county.round} · 2026-04-08"
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(reason="别的")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundExtension.objects.create(
            round=county.round,
            closes_before=county.round.closes_at,
            closes_after=county.round.closes_at,
            reason=REASON,
            actor=county.coordinator,
            role=Role.COUNTY_COORDINATOR,
            at=county.round.closes_at,
        )


def test_many_drafts_take_the_statements_of_one(county, django_assert_max_num_queries):
    for _village in range(4):
        county.beside().start()
    seen = {shown.INPUT: shown.carried(seen_whole.as_shown(extending.as_shown(county.round)))}
    until = datetime(2026, 4, 8, tzinfo=UTC)
    with django_assert_max_num_queries(18):
        extending.extend(county.round, until, reason=REASON, actor=county.coordinator, seen=seen)
