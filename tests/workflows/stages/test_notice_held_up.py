"""A notice that was held up: more time with a reason, or another notice in its place."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from designation.applications.models import Application, Stage
from designation.calendar.models import Term, TermExtension
from designation.evidence import content
from designation.organizations.models import Role
from designation.papers import sealed
from designation.site.refusal import Refusal
from notifications import delivery
from notifications.models import Message
from tests import factories
from tests.course import NOTICE, OPINION, PDF
from tests.hearings import heard
from tests.public_addresses import public
from tests.sheets import Sheet, fill_in
from tests.terms import end_those_over
from workflows.case.records import Decision
from workflows.stages.conferral.decisions import designate
from workflows.stages.objections import objections
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.models import Cause, Notice, NoticeStep

pytestmark = pytest.mark.django_db

DOWN = "3月5日网站检修一天，公示页面无法访问。"
OBJECTION = {"manner": "anonymous", "facts": "面积不实，望核实。"}
WRONG = "名单中一个组织的名称印错，现予更正。"


def told(person):
    delivery.deliver_waiting()
    return Message.objects.filter(person=person).order_by("pk")


def fresh(row):
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def on_notice(county):
    return county.at(Stage.ON_NOTICE)


@pytest.fixture
def notice(on_notice):
    return on_notice.notice_entries.get().notice


def manage(notice):
    return reverse("notices:manage", args=[notice.pk])


def wall(client, notice):
    client.logout()
    return client.get(public("notices:detail", args=[notice.pk])).content.decode()


def extend(county, notice, **changes):
    notices.extend(notice, **{"days": 2, "reason": DOWN, "actor": county.publisher} | changes)


def restart(county, notice, **changes):
    said = {"cause": Cause.UNREACHABLE, "reason": DOWN, "actor": county.publisher}
    return notices.restart(notice, **said | changes)


def put_on_the_wall(county, draft):
    """The four steps, with the names as they were moved."""
    names = [entry.application for entry in draft.entries.filter(dropped_at=None)]
    printed = NOTICE | {"title": draft.title}
    notices.propose_again(draft, printed, names, actor=county.coordinator)
    notices.review_secrecy(draft, actor=county.secrecy_reviewer)
    notices.approve(draft, actor=county.deciding_officer)
    return notices.publish(draft, actor=county.publisher)


# More time


def test_the_publisher_extends_and_everybody_reads_until_when_and_why(client, county, notice):
    client.force_login(county.publisher)

    done = fill_in(
        client, manage(notice), {"extend-days": "2", "extend-reason": DOWN}, to="/extend/"
    )

    assert done.status_code == 302
    notice = fresh(notice)
    assert (notice.last_day, notice.working_days) == (date(2026, 3, 11), 7)
    page = wall(client, notice)
    assert DOWN in page
    assert "末日由2026年3月9日(周一)延至2026年3月11日(周三)" in page
    assert "2026年3月11日(周三)" in page.split("公示时间：")[1][:80]


def test_with_the_last_day_move_the_terms_and_the_end_of_the_period(
    county, on_notice, notice, held_clock
):
    before = notice.ends_at
    extend(county, notice)

    assert fresh(on_notice).due_at == notice.ends_at > before
    held_clock.move_to(before)
    assert end_those_over() == 0
    held_clock.move_to(notice.ends_at)
    assert end_those_over() == 1
    assert fresh(on_notice).stage == Stage.AWAITING_DESIGNATION
    assert fresh(notice).status == Notice.Status.ENDED


def test_each_term_keeps_from_when_to_when_and_why(county, on_notice, notice):
    extend(county, notice)

    kept = TermExtension.objects.values_list("reason", "actor", "role")
    assert set(kept) == {(DOWN, county.publisher.pk, Role.NOTICE_PUBLISHER)}
    assert {one.term.subject_type for one in TermExtension.objects.all()} == {
        "applications.application",
        "workflows.notice",
    }
    assert Decision.objects.get(transition="extend_notice").opinion == DOWN
    step = notice.steps.get(act=NoticeStep.Act.EXTENDED)
    assert step.content == {"before": "2026-03-09", "after": "2026-03-11"}


def test_the_applicant_is_told_of_the_new_last_day(county, notice):
    extend(county, notice)

    message = told(county.head).last()
    assert "公示期已延长" in message.subject
    assert DOWN in message.body


def test_an_extended_notice_is_designated_as_any_other(county, on_notice, notice, held_clock):
    extend(county, notice)
    held_clock.move_to(notice.ends_at)
    end_those_over()
    notices.close_register(notice, actor=county.objection_officer)
    county.designate(on_notice)

    assert fresh(on_notice).stage == Stage.DESIGNATED


def test_nothing_is_designated_on_a_day_within_the_longer_period(
    county, on_notice, notice, held_clock
):
    extend(county, notice)
    held_clock.move_to(notice.ends_at)
    end_those_over()
    notices.close_register(notice, actor=county.objection_officer)

    with pytest.raises(Refusal, match="公示最后一日之后"):
        designate(
            county.round,
            [on_notice],
            document_number="青发〔2026〕1号",
            decided_on=date(2026, 3, 11),
            deciding_body="中共青山县委",
            actor=county.deciding_officer,
        )


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"reason": "检修"}, "不少于 10 个字"),
        ({"reason": "联系人张三，电话 13800138000，网站检修。"}, "身份证号或手机号"),
        ({"days": 0}, "1 至 15"),
        ({"days": 16}, "1 至 15"),
    ],
)
def test_more_time_is_refused_with_what_is_to_be_done(county, notice, changes, told):
    with pytest.raises(Refusal, match=told):
        extend(county, notice, **changes)
    assert fresh(notice).last_day == date(2026, 3, 9)


def test_a_period_that_is_over_is_not_extended(county, notice, held_clock):
    held_clock.move_to(notice.ends_at)

    with pytest.raises(Refusal, match="终止并重新公示"):
        extend(county, notice)


def test_what_was_changed_beside_the_record_is_not_sealed_anew(county, notice):
    Notice.objects.filter(pk=notice.pk).update(title="另一个标题")

    with pytest.raises(Refusal, match="与发布时不一致"):
        extend(county, notice)


def test_a_day_beyond_the_calendar_is_refused(county, held_clock):
    verified = county.at(Stage.CHOSEN)
    composed = county.compose_notice(verified)
    held_clock.move_to(datetime(2026, 12, 22, 1, 0, tzinfo=UTC))
    notice = notices.publish(composed, actor=county.publisher)

    with pytest.raises(Refusal, match="2027"):
        extend(county, notice, days=5)
    assert fresh(notice).ends_at == notice.ends_at


@pytest.mark.parametrize("act", [extend, restart])
def test_who_proposed_a_notice_does_not_hold_it_up(client, county, notice, act):
    proposer = notice.proposed_by
    factories.SeatFactory(
        person=proposer, role=Role.NOTICE_PUBLISHER, jurisdiction=county.jurisdiction
    )

    with pytest.raises(Refusal, match="另一位"):
        act(county, notice, actor=proposer)
    client.force_login(proposer)
    shown = client.get(manage(notice)).content.decode()
    assert "您办理了“提出”" in shown
    assert f"/{act.__name__}/" not in shown


def test_what_was_typed_stays_where_it_was_refused(client, county, notice):
    client.force_login(county.publisher)
    typed = {"extend-days": "2", "extend-reason": "检修"}

    answer = fill_in(client, manage(notice), typed, to="/extend/")

    assert answer.status_code == 422
    assert (
        Sheet.of(answer).root.xpath("//textarea[@name='extend-reason']")[0].text.strip() == "检修"
    )


# Another notice in its place


def test_what_was_typed_for_a_step_that_has_lapsed_is_listed_in_words(
    client, county, on_notice, notice
):
    """Somebody was named meanwhile: the page says why it is shut, and shows the form no more."""
    client.force_login(county.publisher)
    sheet = Sheet(client, manage(notice), to="/restart/")
    Application.objects.filter(pk=on_notice.pk).update(stage=Stage.DESIGNATED)

    answer = sheet.send({"restart-cause": Cause.UNREACHABLE, "restart-reason": DOWN})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "名单中已有组织命名，不能再终止公示" in page
    kept = page.split("您刚才填写的内容没有保存，列在这里供复制")[1].split("</section>")[0]
    assert DOWN in kept
    assert str(Cause.UNREACHABLE.label) in kept
    assert Cause.UNREACHABLE.value not in kept


def test_it_is_broken_off_and_its_names_go_on_with_another(client, county, on_notice, notice):
    client.force_login(county.publisher)
    typed = {"restart-cause": "unreachable", "restart-reason": DOWN}

    answer = fill_in(client, manage(notice), typed, to="/restart/")

    draft = Notice.objects.get(restarts=notice)
    assert answer.url == manage(draft)
    assert fresh(notice).status == Notice.Status.STOPPED
    assert draft.title == "关于拟命名示范点名单的公示（重新公示）"
    assert [entry.application for entry in draft.entries.all()] == [on_notice]
    page = wall(client, notice)
    assert "不再接收异议" in page
    assert DOWN in page
    assert county.village.name_zh in page
    assert "名单将重新公示" in page
    assert "提出异议" not in page


def test_the_new_one_runs_the_full_period_and_each_says_what_became_of_the_other(
    client, county, on_notice, notice, held_clock
):
    held_clock.move_to(datetime(2026, 3, 6, 1, 0, tzinfo=UTC))
    draft = restart(county, notice)
    assert fresh(on_notice).due_at is None

    published = put_on_the_wall(county, draft)

    assert (published.first_day, published.last_day) == (date(2026, 3, 7), date(2026, 3, 13))
    assert fresh(on_notice).due_at == published.ends_at
    assert "已重新公示：" in wall(client, notice)
    assert published.title in wall(client, notice)
    assert notice.title in wall(client, published)
    held_clock.move_to(published.ends_at)
    assert end_those_over() == 1
    notices.close_register(published, actor=county.objection_officer)
    county.designate(fresh(on_notice))
    assert fresh(on_notice).stage == Stage.DESIGNATED


def test_a_corrected_name_is_printed_with_the_one_that_was_wrong(client, county, notice):
    village, wrong = county.village, county.village.name_zh
    draft = restart(county, notice, cause=Cause.CORRECTION, reason=WRONG)
    type(village).objects.filter(pk=village.pk).update(name_zh="红旗村党支部委员会")

    published = put_on_the_wall(county, draft)

    assert published.title.endswith("（更正公示）")
    page = wall(client, published)
    assert "红旗村党支部委员会" in page
    assert f"更正，原公示为：{wrong}" in page
    assert wrong in wall(client, notice)


def test_the_last_moment_is_that_of_the_last_notice(county, on_notice, notice, held_clock):
    draft = restart(county, notice)
    held_clock.move_to(notice.ends_at)

    assert end_those_over() == 0
    assert fresh(on_notice).stage == Stage.ON_NOTICE
    assert not Term.objects.filter(ended_at=None, kind="notice.published").exists()
    put_on_the_wall(county, draft)
    assert end_those_over() == 0


def test_what_was_awaiting_designation_goes_back_on_notice(county, on_notice, notice, held_clock):
    held_clock.move_to(notice.ends_at)
    end_those_over()

    draft = restart(county, fresh(notice))

    assert fresh(on_notice).stage == Stage.ON_NOTICE
    put_on_the_wall(county, draft)
    assert fresh(on_notice).due_at == fresh(draft).ends_at


def test_an_objection_stays_with_its_applicant(county, on_notice, notice, held_clock):
    raised = objections.raise_objection(
        notice.entries.get(), facts="面积不实，请查。", identity=None
    )
    objections.accept(raised, reason=OPINION, actor=county.objection_officer)
    published = put_on_the_wall(county, restart(county, notice))

    held_clock.move_to(published.ends_at)
    assert end_those_over() == 0
    objections.dismiss(raised, finding=OPINION, actor=county.objection_officer)
    assert end_those_over() == 1


def test_an_objection_upheld_meanwhile_takes_the_name_off_the_draft(county, on_notice, notice):
    raised = objections.raise_objection(
        notice.entries.get(), facts="面积不实，请查。", identity=None
    )
    objections.accept(raised, reason=OPINION, actor=county.objection_officer)
    draft = restart(county, notice)

    objections.uphold(
        heard(raised), finding=OPINION, reverify=False, actor=county.objection_officer
    )

    assert fresh(on_notice).stage == Stage.REJECTED
    assert not draft.entries.filter(dropped_at=None).exists()


def test_a_call_that_came_before_the_break_is_still_entered(county, on_notice, notice, held_clock):
    called = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)
    held_clock.move_to(datetime(2026, 3, 5, 2, 0, tzinfo=UTC))
    published = put_on_the_wall(county, restart(county, notice))

    raised = objections.raise_objection(
        published.entries.get(),
        facts="面积不实，请查。",
        identity=None,
        channel="phone",
        actor=county.objection_officer,
        received_at=called,
    )

    assert raised.received_at == called


def test_no_name_is_left_behind_and_the_draft_is_not_discarded(county, on_notice, notice):
    other = county.beside().at(Stage.CHOSEN)
    draft = restart(county, notice)

    with pytest.raises(Refusal, match="已在原公示名单中"):
        notices.propose_again(draft, NOTICE, [other], actor=county.coordinator)
    with pytest.raises(Refusal, match="不能作废"):
        notices.discard(draft, actor=county.coordinator)
    assert fresh(on_notice).stage == Stage.ON_NOTICE


def test_what_a_title_rests_on_is_not_broken_off(county, held_clock):
    application = county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    notice = application.notice_entries.get().notice

    with pytest.raises(Refusal, match="已有组织命名"):
        restart(county, notice)


def test_the_publisher_sees_before_typing_that_a_title_rests_on_it(client, county, held_clock):
    application = county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    client.force_login(county.publisher)

    page = client.get(manage(application.notice_entries.get().notice)).content.decode()

    assert "已有组织命名" in page
    assert "/restart/" not in page


def test_a_notice_whose_register_is_closed_is_still_broken_off_on_its_page(
    client, county, on_notice, notice, held_clock
):
    held_clock.move_to(notice.ends_at)
    end_those_over()
    notices.close_register(notice, actor=county.objection_officer)
    client.force_login(county.publisher)
    typed = {"restart-cause": "correction", "restart-reason": WRONG}

    answer = fill_in(client, manage(notice), typed, to="/restart/")

    draft = Notice.objects.get(restarts=notice)
    assert answer.url == manage(draft)
    assert fresh(on_notice).stage == Stage.ON_NOTICE
    published = put_on_the_wall(county, draft)
    held_clock.move_to(published.ends_at)
    end_those_over()
    notices.close_register(published, actor=county.objection_officer)
    county.designate(fresh(on_notice))
    assert fresh(on_notice).stage == Stage.DESIGNATED


def objected(county, notice):
    raised = objections.raise_objection(
        notice.entries.get(), facts="面积不实，请查。", identity=None
    )
    objections.accept(raised, reason=OPINION, actor=county.objection_officer)
    return raised


def uphold(county, raised):
    objections.uphold(
        heard(raised), finding=OPINION, reverify=False, actor=county.objection_officer
    )


def test_a_notice_on_which_nobody_is_left_is_not_broken_off_for_nothing(client, county, notice):
    uphold(county, objected(county, notice))

    with pytest.raises(Refusal, match="不必重新公示"):
        restart(county, notice)
    client.force_login(county.publisher)
    page = client.get(manage(notice)).content.decode()
    assert "不必重新公示" in page
    assert "/restart/" not in page


def test_the_public_is_promised_no_notice_when_the_last_name_has_left_the_draft(
    client, county, notice
):
    raised = objected(county, notice)
    restart(county, notice)
    assert "名单将重新公示" in wall(client, notice)

    uphold(county, raised)

    page = wall(client, notice)
    assert "名单将重新公示" not in page
    assert "名单中的组织不再公示" in page


def test_the_cause_is_one_of_those_named(county, notice):
    with pytest.raises(Refusal, match="请选择终止的原因"):
        restart(county, notice, cause="weather")


def test_it_is_broken_off_once(client, county, notice):
    client.force_login(county.publisher)
    sheet = Sheet(client, manage(notice), to="/restart/")
    typed = {"restart-cause": "unreachable", "restart-reason": DOWN}

    sheet.send(typed)
    sheet.send(typed)

    assert Notice.objects.filter(restarts=notice).count() == 1
    with pytest.raises(Refusal, match="没有在公示期内"):
        restart(county, notice)


def test_the_coordinator_is_asked_and_finds_the_reason_above_the_draft(client, county, notice):
    draft = restart(county, notice)

    assert any("已转入新的拟稿" in one.subject for one in told(county.coordinator))
    client.force_login(county.coordinator)
    assert DOWN in client.get(manage(draft)).content.decode()
    mending = client.get(reverse("notices:mend", args=[draft.pk])).content.decode()
    assert "终止了原公示" in mending
    assert draft.title in mending


def test_the_public_page_costs_no_more_for_it(client, county, notice, django_assert_num_queries):
    put_on_the_wall(county, restart(county, notice))
    address = public("notices:detail", args=[notice.pk])
    client.get(address)

    with django_assert_num_queries(3):
        client.get(address)


def test_both_stand_in_the_public_list(client, county, notice):
    put_on_the_wall(county, restart(county, notice))

    page = client.get(public("notices:list")).content.decode()

    assert "已终止" in page
    assert page.count("（重新公示）") == 1
    assert Application.objects.get().stage == Stage.ON_NOTICE


# The paper that corrects


def correction(client, person, notice, suffix="docx"):
    client.force_login(person)
    return client.get(reverse("notices:correction", args=[notice.pk, suffix]))


def said_in(answer):
    document = Document(BytesIO(b"".join(answer.streaming_content)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [one.text for one in document.paragraphs] + cells


def test_a_wrong_name_is_corrected_by_a_paper_that_says_both(client, county, notice):
    village, wrong = county.village, county.village.name_zh
    draft = restart(county, notice, cause=Cause.CORRECTION, reason=WRONG)
    type(village).objects.filter(pk=village.pk).update(name_zh="红旗村党支部委员会")
    published = put_on_the_wall(county, draft)

    said = said_in(correction(client, county.publisher, published))

    assert {wrong, "红旗村党支部委员会"} <= set(said)
    whole = "".join(said)
    assert f"关于更正《{notice.title}》的公告" in whole
    assert WRONG in whole
    assert f"以重新发布的《{published.title}》为准" in whole
    assert f"公示编号：{published.number}" in whole
    assert f"2026年3月2日发布的《{notice.title}》（编号：{notice.number}）内容有误" in whole
    assert "自2026年3月3日至2026年3月9日" in whole
    page = client.get(manage(published)).content.decode()
    assert reverse("notices:correction", args=[published.pk, "pdf"]) in page
    printed = correction(client, county.publisher, published, "pdf")
    assert b"".join(printed.streaming_content).startswith(b"%PDF-")


def test_the_correction_keeps_the_period_of_its_date_and_says_when_it_was_extended(
    client, county, notice
):
    draft = restart(county, notice, cause=Cause.CORRECTION, reason=WRONG)
    published = put_on_the_wall(county, draft)
    before = "".join(said_in(correction(client, county.publisher, published)))
    assert "公示期重新计算，为5个工作日，自2026年3月3日至2026年3月9日。" in before

    extend(county, published)

    after = "".join(said_in(correction(client, county.publisher, published)))
    longer = "该公示期于2026年3月2日延长至2026年3月11日。"
    assert after.replace(longer, "") == before
    assert longer in after


def test_a_draft_has_the_paper_marked_as_one_and_no_place_for_a_sealed_copy(client, county, notice):
    draft = restart(county, notice, cause=Cause.CORRECTION, reason=WRONG)

    said = said_in(correction(client, county.publisher, draft))

    assert "草稿" in said
    assert "公示编号：〔2026〕2号" in said
    page = client.get(manage(draft)).content.decode()
    assert reverse("notices:correction", args=[draft.pk, "pdf"]) in page
    assert reverse("papers:sealed", args=["notice_correction", draft.pk]) not in page


def test_what_was_wrong_beside_the_names_is_corrected_too(client, county, notice):
    published = put_on_the_wall(county, restart(county, notice, cause=Cause.CORRECTION))

    assert "名单以外的内容" in said_in(correction(client, county.publisher, published))


def test_a_notice_that_corrects_nothing_has_no_such_paper(client, county, notice):
    published = put_on_the_wall(county, restart(county, notice))

    for one in (notice, published):
        assert correction(client, county.publisher, one).status_code == 404
    assert "/correction." not in client.get(manage(published)).content.decode()


def test_the_correction_comes_back_sealed_from_the_publisher(client, county, notice):
    published = put_on_the_wall(county, restart(county, notice, cause=Cause.CORRECTION))
    file = content.received(PDF, "a.pdf")

    sealed.put("notice_correction", published, file, seen=None, actor=county.publisher)

    answer = correction(client, county.coordinator, published, "pdf")
    assert b"".join(answer.streaming_content) == PDF


def test_the_new_notice_mentions_the_objections_that_are_carried_over(
    client, county, on_notice, notice, held_clock
):
    entry, officer = on_notice.notice_entries.get(), county.objection_officer
    settled, accepted = (
        objections.raise_objection(entry, facts=facts, identity=None)
        for facts in ("台账缺", "面积不实")
    )
    objections.refuse(settled, reason=OPINION, actor=officer)
    objections.accept(accepted, reason=OPINION, actor=officer)
    restart(county, notice)
    held_clock.move(timedelta(hours=1))
    anew = put_on_the_wall(county, Notice.objects.get(restarts=notice))

    shown = wall(client, anew)
    assert "没有收到异议" not in shown
    assert "尚未办结的异议 1 件，其中正在办理 1 件" in shown
    said = client.get(public("notices:open_json", args=[anew.pk])).json()["objections"]
    assert (said["received"], said["carried_over"], said["carried_over_under_way"]) == (0, 1, 1)
    assert "尚未办结" not in wall(client, notice)

    held_clock.move(timedelta(hours=1))
    objections.dismiss(accepted, finding=OPINION, actor=officer)
    assert "尚未办结的异议 1 件，其中正在办理 0 件" in wall(client, anew)


def test_who_has_the_form_open_while_it_is_broken_off_reads_how_to_object(
    client, county, on_notice, notice
):
    entry = on_notice.notice_entries.get()
    address = public("notices:object", args=[notice.pk, entry.pk])
    restart(county, notice)
    client.logout()

    for answer in (client.get(address), client.post(address, OBJECTION)):
        page = answer.content.decode()
        assert "将重新公示；可以等重新公示后提出异议，也可以现在打电话或者写信" in page
        assert "不在公示名单" not in page
        assert public("notices:detail", args=[notice.pk]) in page

    anew = put_on_the_wall(county, Notice.objects.get(restarts=notice))
    client.logout()
    for answer in (client.get(address), client.post(address, OBJECTION)):
        page = answer.content.decode()
        assert "请在新的公示上提出异议" in page
        assert public("notices:detail", args=[anew.pk]) in page
