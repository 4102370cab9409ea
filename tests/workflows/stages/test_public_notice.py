"""Notices: composed, four steps, the public page, the passing of the period."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from designation.applications.models import Application, Stage
from designation.calendar.tasks import carry_out_terms
from designation.organizations.models import Role
from designation.site.personal_data import has_id_number, personal_data
from designation.site.refusal import Refusal
from tests import factories
from tests.course import MEETING, NOTICE
from tests.public_addresses import public
from tests.sent_back import hidden
from tests.sheets import fill_in
from tests.terms import end_those_over
from workflows.stages.objections import objections
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.models import Notice

pytestmark = pytest.mark.django_db


def fresh(application):
    return Application.objects.get(pk=application.pk)


@pytest.fixture
def verified(county):
    return county.at(Stage.CHOSEN)


@pytest.fixture
def on_notice(county):
    return county.at(Stage.ON_NOTICE)


def compose(county):
    return reverse("notices:compose", args=[county.round.pk])


def printed(application, **changes):
    fields = NOTICE | {"meeting_on": "2026-03-02", "applications": [str(application.pk)]}
    return fields | changes


def test_a_notice_is_composed_from_verified_applications(client, county, verified):
    client.force_login(county.coordinator)

    assert county.village.name_zh in client.get(compose(county)).content.decode()
    fill_in(client, compose(county), printed(verified))

    notice = Notice.objects.get()
    assert notice.proposed_by == county.coordinator
    assert not notices.eligible(county.round).exists()


def test_a_notice_with_personal_data_is_refused(client, county, verified):
    client.force_login(county.coordinator)

    answer = client.post(compose(county), printed(verified, basis="联系人电话 13800138000"))

    content = answer.content.decode()
    assert answer.status_code == 422
    assert "含有身份证号或手机号" in content
    assert "联系人电话 13800138000" in content


def test_a_notice_tells_of_the_meeting_as_it_was_recorded(client, county, verified):
    client.force_login(county.coordinator)

    fill_in(client, compose(county), printed(verified, meeting_name="别的会议"))

    assert Notice.objects.get().meeting_name == NOTICE["meeting_name"]


def test_names_of_two_meetings_are_put_on_two_notices(client, county, verified):
    second = county.beside().at(Stage.VERIFIED)
    county.choose(second, meeting=replace(MEETING, name="县委专题会议"))
    client.force_login(county.coordinator)
    both = printed(verified, applications=[str(verified.pk), str(second.pk)])

    answer = client.post(compose(county), both)

    assert answer.status_code == 422
    assert "请按会议分开拟定公示" in answer.content.decode()


def test_identity_and_mobile_numbers_are_found_and_others_are_not():
    assert personal_data(["证件 34182119900101123X", "电话13912345678", "文号〔2026〕12号"]) == [
        "34182119900101123X",
        "13912345678",
    ]
    assert has_id_number("341821199001011234")
    assert not has_id_number("3418211990010112345")


def test_each_step_is_taken_by_its_own_role_in_order(client, county, verified):
    notice = notices.propose(county.round, NOTICE, [verified], actor=county.coordinator)

    def press(person, step):
        client.force_login(person)
        seen = hidden(client.get(reverse("notices:manage", args=[notice.pk])))
        return client.post(
            reverse("notices:step", args=[notice.pk, step]), seen | {"sure": "yes"}
        ).status_code

    assert press(county.deciding_officer, "approve") == 422
    assert press(county.coordinator, "publish") == 404
    assert press(county.publisher, "publish") == 422
    assert press(county.secrecy_reviewer, "secrecy") == 302
    assert press(county.deciding_officer, "approve") == 302
    assert press(county.publisher, "unknown") == 404
    assert press(county.publisher, "publish") == 302
    assert press(county.publisher, "publish") == 422
    assert fresh(verified).stage == Stage.ON_NOTICE


def test_a_notice_cannot_be_published_by_its_proposer(county, verified):
    notice = county.compose_notice(verified)
    factories.SeatFactory(
        person=county.coordinator, role=Role.NOTICE_PUBLISHER, jurisdiction=county.jurisdiction
    )

    with pytest.raises(Refusal):
        notices.publish(notice, actor=county.coordinator)
    notice.refresh_from_db()
    assert notice.status == Notice.Status.DRAFT


def test_a_step_by_its_own_proposer_is_refused(county, verified):
    factories.SeatFactory(
        person=county.secrecy_reviewer,
        role=Role.COUNTY_COORDINATOR,
        jurisdiction=county.jurisdiction,
    )
    notice = notices.propose(county.round, NOTICE, [verified], actor=county.secrecy_reviewer)

    with pytest.raises(Refusal, match="另一位"):
        notices.review_secrecy(notice, actor=county.secrecy_reviewer)


def test_the_period_begins_the_day_after_and_ends_at_midnight(on_notice):
    notice = on_notice.notice_entries.get().notice

    assert (notice.first_day, notice.last_day) == (date(2026, 3, 3), date(2026, 3, 9))
    assert notice.ends_at == datetime(2026, 3, 9, 16, 0, tzinfo=UTC)
    assert on_notice.due_at == notice.ends_at


def test_a_round_may_count_the_day_of_publication(county):
    county.round.notice_counts_first_day = True
    county.round.save()

    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice

    assert (notice.first_day, notice.last_day) == (date(2026, 3, 2), date(2026, 3, 6))


def test_a_period_that_leaves_the_loaded_calendar_is_refused(county, verified, held_clock):
    notice = county.compose_notice(verified)
    held_clock.move_to(datetime(2026, 12, 29, 1, 0, tzinfo=UTC))

    with pytest.raises(Refusal, match="2027"):
        notices.publish(notice, actor=county.publisher)


def test_a_missed_beat_is_caught_up_and_a_second_sweep_does_nothing(county, on_notice, held_clock):
    held_clock.move_to(on_notice.due_at - timedelta(microseconds=1))
    assert end_those_over() == 0

    held_clock.move(timedelta(days=20))
    carry_out_terms()
    assert fresh(on_notice).stage == Stage.AWAITING_DESIGNATION
    assert end_those_over() == 0
    assert Notice.objects.get().status == Notice.Status.ENDED


def test_nobody_ends_a_period_by_hand(county, on_notice, held_clock):
    held_clock.move_to(on_notice.due_at)

    with pytest.raises(Refusal) as refused:
        county.act("end_notice", on_notice, county.publisher)
    assert refused.value.codes == ("not_permitted",)


def test_the_register_is_closed_after_the_period_by_the_objection_officer(
    county, on_notice, held_clock
):
    notice = on_notice.notice_entries.get().notice

    with pytest.raises(Refusal, match="公示期未满"):
        notices.close_register(notice, actor=county.objection_officer)
    held_clock.move_to(notice.ends_at)
    with pytest.raises(Refusal, match="异议受理人"):
        notices.close_register(notice, actor=county.publisher)
    notices.close_register(notice, actor=county.objection_officer)
    assert notice.register_closed_by == county.objection_officer


def test_the_public_page_costs_three_statements_and_may_be_kept_for_every_visitor(
    client, on_notice, django_assert_num_queries
):
    address = public("notices:detail", args=[on_notice.notice_entries.get().notice_id])

    with django_assert_num_queries(3):
        answer = client.get(address)

    assert "public" in answer["Cache-Control"]
    assert "csrf" not in answer.content.decode()
    assert "5 个工作日" in answer.content.decode()
    assert on_notice.organization.name_zh in answer.content.decode()


def test_a_draft_is_not_public(client, county, verified):
    notice = county.compose_notice(verified)

    assert client.get(public("notices:detail", args=[notice.pk])).status_code == 404


def test_the_desk_shows_what_waits(client, county, verified):
    client.force_login(county.coordinator)
    assert "拟定公示" in client.get(reverse("notices:desk")).content.decode()

    county.compose_notice(verified)
    assert NOTICE["title"] in client.get(reverse("notices:desk")).content.decode()


def test_a_withdrawn_application_leaves_its_draft_notice(county, verified):
    notice = county.compose_notice(verified)

    county.act("withdraw", verified, county.head)

    assert not notice.entries.filter(dropped_at__isnull=True).exists()


def test_a_name_corrected_later_neither_changes_the_notice_nor_stops_the_title(
    client, county, held_clock
):
    application = county.at(Stage.ON_NOTICE)
    notice = Notice.objects.get()
    printed = county.village.name_zh
    county.village.name_zh = "更名后的村党支部"
    county.village.save()

    content = client.get(public("notices:detail", args=[notice.pk])).content.decode()
    held_clock.move_to(notice.ends_at)
    end_those_over()
    notices.close_register(notice, actor=county.objection_officer)
    county.designate(application)

    assert printed in content
    assert "更名后的村党支部" not in content
    assert Application.objects.get(pk=application.pk).stage == Stage.DESIGNATED


def test_a_year_later_the_notice_keeps_title_and_result_only(client, county, held_clock):
    county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    notice = Notice.objects.get()
    address = public("notices:detail", args=[notice.pk])

    assert notice.contact_phone in client.get(address).content.decode()
    held_clock.move_to(notice.ends_at + timedelta(days=365))
    reduced = client.get(address).content.decode()

    assert notice.title in reduced
    assert county.village.name_zh in reduced
    assert "已命名" in reduced
    assert notice.contact_phone not in reduced
    assert notice.meeting_name not in reduced


def test_everybody_reads_how_many_objections_came_and_what_became_of_them(client, county):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    page = public("notices:detail", args=[entry.notice_id])
    assert "没有收到异议" in client.get(page).content.decode()
    officer = county.objection_officer
    received, refused, dismissed = (
        objections.raise_objection(entry, facts=f"面积不实{n}", identity=None) for n in range(3)
    )
    objections.refuse(refused, reason="没有具体事实，不予受理。", actor=officer)
    objections.accept(dismissed, reason="可以核查，予以受理。", actor=officer)
    objections.dismiss(dismissed, finding="经查属实，异议不成立。", actor=officer)

    shown = client.get(page).content.decode()

    assert "共收到异议 3 件：不予受理 1 件，正在办理 1 件，成立 0 件，不成立 1 件。" in shown
    assert received.receipt_code not in shown
