"""The quarterly review of rights: every seat of an area, kept or withdrawn, and kept on record."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from designation.administration import rights_reviews, seating, tasks
from designation.administration.models import ReviewedSeat, RightsReview, Verdict
from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.organizations.models import Role, Seat
from designation.site import clock
from designation.site.refusal import Refusal
from designation.site.shown import carried
from notifications.delivery import deliver_waiting
from notifications.models import Message
from tests import factories

pytestmark = pytest.mark.django_db

# The held clock stands on Monday 2 March 2026; the next quarter begins on Wednesday 1 April.
QUARTER = date(2026, 4, 1)


@pytest.fixture
def security(county):
    """With whom two others hold a seat in the county."""
    assert county.coordinator != county.reviewer
    return factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)


@pytest.fixture
def auditor(county):
    return factories.seated(Role.AUDIT_ADMINISTRATOR, county.jurisdiction)


@pytest.fixture
def review(county, security, auditor, held_clock):
    held_clock.move_to(datetime(2026, 4, 1, 9, tzinfo=clock.SHANGHAI))
    tasks.look_after_rights()
    return RightsReview.objects.get()


def door_of(person):
    browser = Client()
    browser.force_login(person)
    return browser


@pytest.fixture
def door(security, review):
    return door_of(security)


def page(**asked):
    return reverse("organizations:rights_review", query=asked)


def line_of(review, person):
    return review.lines.get(seat__person=person)


def seen(lines):
    return carried(rights_reviews.compared(rights_reviews.said_of(lines)))


def all_lines(review):
    return list(rights_reviews.lines_of(review))


def keep(door, review, *lines, shown=None):
    sent = {
        "line": [line.pk for line in lines],
        "shown": seen(rights_reviews.lines_of(review)) if shown is None else shown,
    }
    answer = door.post(reverse("organizations:rights_keep", args=[review.pk]), sent, follow=True)
    return answer.content.decode()


def finish(door, review, **sent):
    address = reverse("organizations:rights_finish", args=[review.pk])
    return door.post(address, {"sure": "yes"} | sent, follow=True).content.decode()


def subjects_for(person):
    deliver_waiting()
    return list(Message.objects.filter(person=person).values_list("subject", flat=True))


# It opens


def test_it_opens_with_the_quarter_once_and_lists_every_seat(county, review, security, auditor):
    tasks.look_after_rights()

    assert (review.begins_on, review.jurisdiction) == (QUARTER, county.jurisdiction)
    assert RightsReview.objects.count() == 1
    held = Seat.objects.own().filter(ended_at__isnull=True)
    assert set(review.lines.values_list("seat", flat=True)) == set(
        held.values_list("pk", flat=True)
    )
    assert any("权限复核已开始" in told for told in subjects_for(security))
    assert any("由安全管理员核对" in told for told in subjects_for(auditor))


def test_it_does_not_open_in_the_midst_of_a_quarter(security, held_clock):
    tasks.look_after_rights()

    assert not RightsReview.objects.exists()


def test_after_a_stop_of_the_worker_it_opens_late(security, held_clock):
    held_clock.move_to(datetime(2026, 4, 9, 9, tzinfo=clock.SHANGHAI))
    tasks.look_after_rights()

    assert RightsReview.objects.get().begins_on == QUARTER


def test_an_area_within_that_has_its_own_administrator_has_its_own_review(
    county, security, held_clock
):
    township = county.township.jurisdiction
    factories.seated(Role.SECURITY_ADMINISTRATOR, township)
    held_clock.move_to(datetime(2026, 4, 1, 9, tzinfo=clock.SHANGHAI))
    tasks.look_after_rights()

    wide = RightsReview.objects.get(jurisdiction=county.jurisdiction)
    own = RightsReview.objects.get(jurisdiction=township)
    assert line_of(own, county.reviewer)
    assert not wide.lines.filter(seat__person=county.reviewer).exists()


def test_a_line_says_who_what_where_since_when_and_who_stands_in(county, security, held_clock):
    factories.deputy_in(county.coordinator.seats.get(), ends_on=date(2026, 5, 20))
    held_clock.move_to(datetime(2026, 4, 1, 9, tzinfo=clock.SHANGHAI))
    tasks.look_after_rights()

    shown = door_of(security).get(page()).content.decode()

    assert county.coordinator.full_name in shown
    assert f"县级经办人 · {county.jurisdiction.name_zh}" in shown
    assert "2026年5月20日" in shown
    assert "从未登录" in shown
    assert "checked" not in shown, "nothing is preselected"


# Keeping


def test_many_lines_are_kept_at_once_with_what_was_shown(county, door, review, security):
    lines = all_lines(review)[:3]

    told = keep(door, review, *lines)

    assert "已保留 3 个岗位" in told
    line = ReviewedSeat.objects.get(pk=lines[0].pk)
    assert (line.verdict, line.by, line.at) == (Verdict.KEPT, security, clock.now())
    assert line.shown["username"] == line.seat.person.username
    event = AuditEvent.objects.get(action="rights_review.keep")
    assert (event.actor, event.details["count"]) == (security, 3)


def test_a_line_that_changed_since_the_page_is_told_and_not_kept(county, door, review):
    line = line_of(review, county.coordinator)
    before = seen(rights_reviews.lines_of(review))
    factories.deputy_in(line.seat)

    told = keep(door, review, line, shown=before)

    assert f"{county.coordinator.full_name} · 县级经办人：您打开页面后有变化" in told
    assert line_of(review, county.coordinator).verdict == ""


def test_that_somebody_signed_in_meanwhile_changes_nothing(county, door, review):
    line = line_of(review, county.coordinator)
    before = seen(rights_reviews.lines_of(review))
    door_of(county.coordinator)

    keep(door, review, line, shown=before)

    assert line_of(review, county.coordinator).verdict == Verdict.KEPT


def test_what_another_settled_meanwhile_stays_as_it_is(county, door, review):
    other = factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)
    line = line_of(review, county.coordinator)
    before = seen(rights_reviews.lines_of(review))
    keep(door_of(other), review, line)

    told = keep(door, review, line, shown=before)

    assert "他人已核对" in told
    assert line_of(review, county.coordinator).by == other


def test_pressed_without_a_tick_nothing_happens_but_is_told(door, review):
    assert "请先勾选" in keep(door, review)
    assert not review.lines.exclude(verdict="").exists()


# Withdrawing


def test_a_seat_is_withdrawn_after_its_consequences_were_shown(county, door, review, security):
    county.at(Stage.SUBMITTED)
    line = line_of(review, county.reviewer)
    address = reverse("organizations:rights_withdraw", args=[line.pk])

    asked = door.get(address).content.decode()
    assert "等待办理的申报" in asked
    assert reverse("organizations:leaving", args=[county.reviewer.pk]) in asked
    door.post(address)
    assert county.reviewer.seats.get().ended_at is None
    door.post(address, {"confirmed": "yes"})

    assert county.reviewer.seats.get().ended_at is not None
    assert line_of(review, county.reviewer).verdict == Verdict.WITHDRAWN
    actions = AuditEvent.objects.filter(actor=security).values_list("action", flat=True)
    assert {"seat.end", "rights_review.withdraw"} <= set(actions)


def test_nobody_withdraws_their_own(review, security):
    with pytest.raises(Refusal) as refused:
        rights_reviews.withdraw(line_of(review, security), actor=security)

    assert refused.value.codes == ("own_seat",)
    assert line_of(review, security).verdict == ""


# Finishing


def test_it_is_not_finished_while_a_line_waits(door, review):
    told = finish(door, review)

    assert f"还有 {review.lines.count()} 行没有核对" in told
    review.refresh_from_db()
    assert review.finished_at is None


def test_it_is_finished_by_hand_and_what_ended_meanwhile_is_written_down(
    county, door, review, security, auditor
):
    seating.end_seat(county.reviewer.seats.get(), actor=security)
    keep(door, review, *all_lines(review))

    assert "请先看清" in finish(door, review, sure="")
    finish(door, review)

    review.refresh_from_db()
    assert (review.finished_by, review.finished_at) == (security, clock.now())
    assert line_of(review, county.reviewer).verdict == Verdict.ENDED
    event = AuditEvent.objects.get(action="rights_review.finish")
    assert event.details["ended"] == 1
    assert any("权限复核已完成：保留" in told for told in subjects_for(auditor))


def test_what_was_said_is_never_rewritten(county, door, review, security):
    keep(door, review, *all_lines(review))
    finish(door, review)
    line = line_of(review, county.reviewer)

    for change in (
        lambda: ReviewedSeat.objects.filter(pk=line.pk).update(verdict=Verdict.WITHDRAWN),
        line.delete,
        lambda: RightsReview.objects.filter(pk=review.pk).update(finished_at=None),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(Refusal) as refused:
        rights_reviews.finish(review, actor=security)
    assert refused.value.codes == ("over",)


def test_an_unfinished_one_ends_with_the_next_quarter_and_stays_on_record(
    door, review, security, held_clock
):
    held_clock.move_to(datetime(2026, 7, 1, 9, tzinfo=clock.SHANGHAI))
    tasks.look_after_rights()

    with pytest.raises(Refusal):
        rights_reviews.finish(review, actor=security)
    shown = door_of(security).get(page(review=review.pk)).content.decode()
    assert "2026 年第 2 季度" in shown
    assert "个岗位没有核对" in shown


# Reminding, and who reads


def test_both_are_reminded_once_after_ten_working_days(review, security, auditor, held_clock):
    def reminded(person):
        return sum("还没有完成" in told for told in subjects_for(person))

    # Three days off for 清明 lie between.
    held_clock.move_to(datetime(2026, 4, 15, 9, tzinfo=clock.SHANGHAI))
    tasks.look_after_rights()
    assert reminded(security) == 0

    held_clock.move(timedelta(days=1))
    tasks.look_after_rights()
    tasks.look_after_rights()

    assert (reminded(security), reminded(auditor)) == (1, 1)


def test_what_is_finished_in_time_is_not_reminded_of(door, review, security, held_clock):
    keep(door, review, *all_lines(review))
    finish(door, review)
    held_clock.move(timedelta(days=30))

    tasks.look_after_rights()

    assert not AuditEvent.objects.filter(action="rights_review.remind").exists()


def test_the_audit_administrator_reads_and_ticks_nothing(county, review, auditor):
    browser = door_of(auditor)
    line = line_of(review, county.reviewer)

    shown = browser.get(page()).content.decode()

    assert county.reviewer.full_name in shown
    assert 'name="line"' not in shown
    assert reverse("organizations:rights_withdraw", args=[line.pk]) not in shown
    for name, key in (("rights_keep", review.pk), ("rights_finish", review.pk)):
        assert browser.post(reverse(f"organizations:{name}", args=[key])).status_code == 404
    with pytest.raises(Refusal):
        rights_reviews.finish(review, actor=auditor)


def test_nobody_else_reads_it(county, review):
    assert door_of(county.coordinator).get(page()).status_code == 404
    elsewhere = factories.seated(
        Role.SECURITY_ADMINISTRATOR, factories.JurisdictionFactory(code="341822000000")
    )
    assert county.reviewer.full_name not in door_of(elsewhere).get(page()).content.decode()
