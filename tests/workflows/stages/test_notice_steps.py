"""Who takes a notice through its steps, who must leave one to others, and how it is sent back."""

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.organizations.models import Person, Role
from designation.rounds.models import NoticePeople
from designation.site.refusal import Refusal
from tests import factories
from tests.course import NOTICE
from tests.public_addresses import public
from tests.sent_back import hidden
from tests.sheets import Sheet
from tests.terms import end_those_over
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.models import Notice, NoticeStep

pytestmark = pytest.mark.django_db

REASON = "会议名称与会议纪要不一致，请核对。"
SEATS = {
    "propose": ("coordinator", Role.COUNTY_COORDINATOR),
    "secrecy": ("secrecy_reviewer", Role.SECRECY_REVIEWER),
    "approve": ("deciding_officer", Role.DECIDING_OFFICER),
    "publish": ("publisher", Role.NOTICE_PUBLISHER),
    "close-register": ("objection_officer", Role.OBJECTION_OFFICER),
}


@pytest.fixture
def verified(county):
    return county.at(Stage.CHOSEN)


def people(county, **same):
    """Who takes each step; ``same`` lets the taker of one step take another, too."""
    takers = {step: getattr(county, name) for step, (name, _role) in SEATS.items()}
    for step, other in same.items():
        name = step.replace("_", "-")
        takers[name] = takers[other]
        factories.SeatFactory(
            person=takers[name], role=SEATS[name][1], jurisdiction=county.jurisdiction
        )
    return takers


def press(client, person, notice, step, **typed):
    client.force_login(person)
    name, arguments = ("notices:step", [notice.pk, step])
    if step in ("send_back", "mend"):
        name, arguments = (f"notices:{step}", [notice.pk])
    shown = reverse(f"notices:{'mend' if step == 'mend' else 'manage'}", args=[notice.pk])
    seen = hidden(client.get(shown))
    return client.post(reverse(name, args=arguments), seen | {"sure": "yes"} | typed)


def page(client, person, notice):
    client.force_login(person)
    return client.get(reverse("notices:manage", args=[notice.pk])).content.decode()


def taken(county, takers, application, held_clock, until):
    """The notice with every step before ``until`` taken."""
    notice = notices.propose(county.round, NOTICE, [application], actor=takers["propose"])
    for step, take in (
        ("secrecy", notices.review_secrecy),
        ("approve", notices.approve),
        ("publish", notices.publish),
    ):
        if step == until:
            return notice
        take(notice, actor=takers[step])
    held_clock.move_to(notice.ends_at)
    end_those_over()
    return notice


# Three people, or four


@pytest.mark.parametrize(
    ("later", "earlier", "people_asked", "may"),
    [
        ("secrecy", "propose", 3, False),
        ("approve", "propose", 3, False),
        ("approve", "secrecy", 3, False),
        ("publish", "propose", 3, False),
        ("publish", "approve", 3, False),
        ("publish", "secrecy", 3, True),
        ("publish", "secrecy", 4, False),
        ("close_register", "propose", 3, False),
        ("close_register", "secrecy", 3, True),
        ("close_register", "approve", 3, True),
        ("close_register", "publish", 3, True),
    ],
)
def test_the_same_person_takes_two_steps_only_where_the_rule_lets_them(
    client, county, verified, held_clock, later, earlier, people_asked, may
):
    county.round.notice_people = people_asked
    county.round.save()
    takers = people(county, **{later: earlier})
    step = later.replace("_", "-")
    notice = taken(county, takers, verified, held_clock, step)

    content = page(client, takers[step], notice)
    before = content.split(f"/{step}/")[1].split("</form>")[0]
    answer = press(client, takers[step], notice, step)

    assert ("disabled" in before) is not may
    assert ("须由另一位有权限的人办理" in content) is not may
    assert answer.status_code == (302 if may else 422)
    if not may:
        assert "须由另一位有权限的人办理" in answer.content.decode()


@pytest.mark.parametrize(
    ("later", "earlier", "people_asked"),
    [
        ("secrecy_reviewed", "proposed", 3),
        ("approved", "proposed", 3),
        ("approved", "secrecy_reviewed", 3),
        ("published", "proposed", 3),
        ("published", "approved", 3),
        ("published", "secrecy_reviewed", 4),
        ("register_closed", "proposed", 3),
    ],
)
def test_the_database_holds_the_people_apart(
    county, verified, held_clock, later, earlier, people_asked
):
    notice = taken(county, people(county), verified, held_clock, "close-register")
    same = {
        "people_asked": people_asked,
        f"{later}_by": getattr(Notice.objects.get(), f"{earlier}_by"),
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(**same)


def test_a_round_may_demand_four_people_and_says_so(client, county):
    county.round.notice_people = NoticePeople.FOUR
    county.round.save()

    content = client.get(public("rounds:detail", args=[county.round.pk])).content.decode()

    assert "四人：提出、保密审查、审批、发布各由一人办理" in content


def test_a_draft_from_before_the_rule_is_not_published_by_two_people(county, verified):
    notice = county.compose_notice(verified)
    Notice.objects.update(people_asked=2, approved_by=county.secrecy_reviewer)

    with pytest.raises(Refusal) as refused:
        notices.publish(notice, actor=county.publisher)
    assert refused.value.codes == ("steps_by_the_same_person",)


@pytest.mark.parametrize("step", ["propose", "secrecy", "approve", "publish", "close-register"])
def test_who_belongs_to_an_applicant_on_the_list_takes_no_step(
    client, county, verified, held_clock, step
):
    takers = people(county)
    if step == "propose":
        factories.SeatFactory(person=takers[step], role=Role.HEAD, organization=county.village)
        proposer = Person.objects.get(pk=takers[step].pk)
        with pytest.raises(Refusal) as refused:
            notices.propose(county.round, NOTICE, [verified], actor=proposer)
        assert refused.value.codes == ("interested",)
        assert not Notice.objects.exists()
        return
    notice = taken(county, takers, verified, held_clock, step)
    takers[step].home_organization = county.village
    takers[step].save()

    content = page(client, takers[step], notice)
    answer = press(client, takers[step], notice, step)

    assert "应当回避" in content
    assert answer.status_code == 422
    assert "应当回避" in answer.content.decode()


# Sent back


@pytest.mark.parametrize("step", ["secrecy", "approve", "publish"])
def test_each_of_the_three_can_send_it_back_and_the_coordinator_sees_who_when_and_why(
    client, county, verified, held_clock, step
):
    takers = people(county)
    notice = taken(county, takers, verified, held_clock, step)

    assert "退回公示" in page(client, takers[step], notice)
    assert press(client, takers[step], notice, "send_back", reason=REASON).status_code == 302

    notice.refresh_from_db()
    assert (notice.secrecy_reviewed_by, notice.approved_by) == (None, None)
    content = page(client, county.coordinator, notice)
    assert f"{takers[step].full_name}（{SEATS[step][1].label}）" in content
    assert REASON in content
    assert "修改后重新提出" in content
    event = AuditEvent.objects.get(action="notice.send_back")
    assert (event.actor_role, event.details["reason"]) == (SEATS[step][1], REASON)


def test_a_reason_too_short_is_asked_for_at_its_field_and_kept(client, county, verified):
    notice = notices.propose(county.round, NOTICE, [verified], actor=county.coordinator)

    answer = press(client, county.secrecy_reviewer, notice, "send_back", reason="不妥")

    content = answer.content.decode()
    assert answer.status_code == 422
    assert ">不妥</textarea>" in content.replace("\n", "")
    assert "不少于 10 个字" in content
    with pytest.raises(Refusal, match="不少于 10 个字"):
        notices.send_back(notice, reason=" 不妥         ", actor=county.secrecy_reviewer)
    assert not NoticeStep.objects.filter(act="sent_back").exists()


def test_nobody_sends_back_before_their_turn_nor_what_is_published(client, county, verified):
    notice = notices.propose(county.round, NOTICE, [verified], actor=county.coordinator)

    for person, status in (
        (county.coordinator, 404),
        (county.objection_officer, 404),
        (county.deciding_officer, 422),
        (county.publisher, 422),
    ):
        assert "退回公示" not in page(client, person, notice)
        assert press(client, person, notice, "send_back", reason=REASON).status_code == status
    notices.review_secrecy(notice, actor=county.secrecy_reviewer)
    notices.approve(notice, actor=county.deciding_officer)
    assert "退回公示" in page(client, county.secrecy_reviewer, notice)
    notices.publish(notice, actor=county.publisher)
    assert press(client, county.publisher, notice, "send_back", reason=REASON).status_code == 422


def test_what_was_given_before_is_withdrawn_in_the_open_and_begins_anew(
    client, county, verified, held_clock
):
    takers = people(county)
    notice = taken(county, takers, verified, held_clock, "publish")
    press(client, takers["publish"], notice, "send_back", reason=REASON)

    assert press(client, takers["publish"], notice, "publish").status_code == 422
    assert press(client, takers["secrecy"], notice, "secrecy").status_code == 422
    typed = NOTICE | {"applications": [verified.pk], "meeting_result": "十一票同意，无反对票"}
    assert press(client, takers["propose"], notice, "mend", **typed).status_code == 302
    notice.refresh_from_db()
    assert notice.meeting_result == "十一票同意，无反对票"
    for step in ("secrecy", "approve", "publish"):
        assert press(client, takers[step], notice, step).status_code == 302

    acts = [
        "proposed",
        "secrecy_reviewed",
        "approved",
        "sent_back",
        "proposed",
        "secrecy_reviewed",
        "approved",
        "published",
    ]
    assert list(notice.steps.values_list("act", flat=True)) == acts
    first, second = notice.steps.filter(act="proposed")
    assert first.content["printed"]["meeting_result"] == NOTICE["meeting_result"]
    assert second.content["printed"]["meeting_result"] == "十一票同意，无反对票"
    content = page(client, takers["propose"], notice)
    assert content.count("已作废") == 3
    assert NOTICE["meeting_result"] in content


def test_a_notice_sent_back_may_be_discarded_and_its_names_stand_free(client, county, verified):
    notice = notices.propose(county.round, NOTICE, [verified], actor=county.coordinator)
    notices.send_back(notice, reason=REASON, actor=county.secrecy_reviewer)

    assert press(client, county.coordinator, notice, "discard").status_code == 302
    assert notices.eligible(county.round).get() == verified


def test_a_name_is_taken_off_and_another_put_on_when_it_is_mended(client, county, verified):
    other = county.beside()
    second = other.at(Stage.CHOSEN)
    notice = notices.propose(county.round, NOTICE, [verified], actor=county.coordinator)
    notices.send_back(notice, reason=REASON, actor=county.secrecy_reviewer)

    client.force_login(county.coordinator)
    form = client.get(reverse("notices:mend", args=[notice.pk])).content.decode()
    assert county.village.name in form
    assert other.village.name in form
    assert REASON in form
    press(client, county.coordinator, notice, "mend", **NOTICE | {"applications": [second.pk]})

    assert [e.application for e in notice.entries.filter(dropped_at=None)] == [second]
    assert notices.eligible(county.round).get() == verified


def test_a_mended_notice_is_checked_like_a_new_one(client, county, verified):
    notice = notices.propose(county.round, NOTICE, [verified], actor=county.coordinator)
    notices.send_back(notice, reason=REASON, actor=county.secrecy_reviewer)
    bad = NOTICE | {"applications": [verified.pk], "basis": "联系人 13800138000"}

    answer = press(client, county.coordinator, notice, "mend", **bad)

    assert answer.status_code == 422
    assert "联系人 13800138000" in answer.content.decode()
    assert press(client, county.publisher, notice, "mend", **bad).status_code == 404
    with pytest.raises(Refusal, match="县级经办人"):
        notices.propose_again(notice, NOTICE, [verified], actor=county.publisher)


def test_only_what_was_sent_back_is_mended(client, county, verified):
    notice = notices.propose(county.round, NOTICE, [verified], actor=county.coordinator)
    client.force_login(county.coordinator)

    assert client.get(reverse("notices:mend", args=[notice.pk])).status_code == 404
    typed = NOTICE | {"applications": [verified.pk], "meeting_result": "全票通过"}
    answer = press(client, county.coordinator, notice, "mend", **typed)
    assert answer.status_code == 422
    assert "全票通过" in answer.content.decode()


def test_who_presses_on_an_older_page_is_told_that_the_notice_changed(client, county, verified):
    notice = notices.propose(county.round, NOTICE, [verified], actor=county.coordinator)
    client.force_login(county.secrecy_reviewer)
    sheet = Sheet(client, reverse("notices:manage", args=[notice.pk]), to="/secrecy/")
    notices.send_back(notice, reason=REASON, actor=county.secrecy_reviewer)
    notices.propose_again(notice, NOTICE, [verified], actor=county.coordinator)

    answer = sheet.send()

    assert answer.status_code == 422
    assert "请看最新内容后再办理" in answer.content.decode()
    assert sheet.shown_again(answer).send().status_code == 302


def test_a_step_once_taken_is_neither_rewritten_nor_taken_away(county, verified):
    notice = notices.propose(county.round, NOTICE, [verified], actor=county.coordinator)

    for change in (lambda rows: rows.update(reason="x"), lambda rows: rows.delete()):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            change(notice.steps.all())


# What waits for whom


def test_the_notice_desk_says_whose_turn_it_is(client, county, verified, held_clock):
    assert people(county), "all are seated: nobody is missing"
    client.force_login(county.coordinator)

    def waits():
        content = client.get(reverse("notices:desk")).content.decode()
        row = content.split(NOTICE["title"])[1].split("</li>")[0]
        return [role.label for _name, role in SEATS.values() if f"待{role.label}办理" in row]

    notice = notices.propose(county.round, NOTICE, [verified], actor=county.coordinator)
    assert waits() == ["保密审查人"]
    notices.review_secrecy(notice, actor=county.secrecy_reviewer)
    assert waits() == ["审定人"]
    notices.send_back(notice, reason=REASON, actor=county.deciding_officer)
    assert waits() == ["县级经办人"]
    assert NOTICE["title"] in client.get(reverse("home")).content.decode()
    notices.propose_again(notice, NOTICE, [verified], actor=county.coordinator)
    notices.review_secrecy(notice, actor=county.secrecy_reviewer)
    notices.approve(notice, actor=county.deciding_officer)
    assert waits() == ["公示发布人"]
    notices.publish(notice, actor=county.publisher)
    assert waits() == []
    held_clock.move_to(Notice.objects.get().ends_at)
    end_those_over()
    assert waits() == ["异议受理人"]
    client.force_login(county.objection_officer)
    assert NOTICE["title"] in client.get(reverse("home")).content.decode()
