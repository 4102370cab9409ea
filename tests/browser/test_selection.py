"""Five villages verified for two places: ordered, chosen, moved up, let go, by the pages alone."""

import re

import pytest

from demo import under_way
from demo.accounts import PASSWORD
from designation.applications.models import Application, Stage
from designation.organizations.models import Jurisdiction, Organization, Person, Role, Seat
from designation.rounds.models import Method, RoundCategory
from notifications.delivery import deliver_waiting
from tests.hearings import heard
from tests.terms import end_those_over
from workflows.stages.objections import objections
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.models import Notice

pytestmark = pytest.mark.django_db(transaction=True)

# In the order of their votes; the second and the third are tied at the last place.
VOTES = {"东沟村": 9, "西沟村": 7, "南沟村": 7, "北沟村": 5, "中沟村": 3}
REASON = "经调查核实，反映情况属实，异议成立。"


def stage_of(name):
    return Application.objects.get(organization__name_zh=name).stage


def person(username):
    return Person.objects.get(username=username)


def seated(username, role, organization):
    found = Person.objects.create_user(
        username, PASSWORD, full_name=username, jurisdiction=organization.jurisdiction
    )
    Seat.objects.create(person=found, role=role, organization=organization)
    return found


def verified_village(name, entry):
    township = Organization.objects.get(name_zh="松林镇党委")
    village = Organization.objects.create(
        name_zh=name,
        name_en=name,
        category="NC",
        jurisdiction=Jurisdiction.objects.get(name_zh="松林镇"),
        superior=township,
    )
    people = {one.username: one for one in Person.objects.all()}
    people["preparer"] = seated(f"preparer.{village.pk}", Role.PREPARER, village)
    people["head"] = seated(f"head.{village.pk}", Role.HEAD, village)
    walk = {
        "organization": name,
        "preparer": "preparer",
        "head": "head",
        "reviewer": "songlin.town",
        "coordinator": "county.coordinator",
        "team": ["verifier.one", "verifier.two"],
        "stage": "verified",
    }
    under_way.walk(walk, entry.round, {name: village}, people)


@pytest.fixture
def five_villages(demo_place):
    entry = RoundCategory.objects.select_related("round__jurisdiction").get(category="NC")
    entry.quota, entry.reserve = 2, 1
    entry.method, entry.method_document = Method.ORDER, "青办〔2026〕3号"
    entry.save()
    entry.figures.create(position=1, kind="votes", direction="high")
    for name in VOTES:
        verified_village(name, entry)


def row(page, name):
    return page.locator("tr", has_text=name)


def vote_and_order(visitor):
    visitor.sign_in("county.coordinator")
    visitor.follow("农村：5 份核查合格，等待会议研究")
    page = visitor.page
    for name, votes in VOTES.items():
        row(page, name).get_by_label("得票").fill(str(votes))
    page.get_by_label(re.compile("研究会议")).fill("县委常委会会议")
    visitor.press("按得票重新排序")
    visitor.sees("2（并列）")
    assert page.get_by_label(re.compile("研究会议")).input_value() == "县委常委会会议"
    visitor.keep_picture("selection-1-ordered")


def choose(visitor):
    page = visitor.page
    outcomes = ("拟命名", "拟命名", "拟命名", "达标未入选", "达标未入选")
    for name, outcome in zip(VOTES, outcomes, strict=True):
        row(page, name).get_by_label(outcome, exact=True).check()
    assert page.locator("[data-chosen]").inner_text() == "3"
    row(page, "南沟村").get_by_label("候补", exact=True).check()
    assert page.locator("[data-chosen]").inner_text() == "2"
    page.get_by_label(re.compile("会议日期")).fill("2026-03-02")
    page.get_by_label(re.compile("到会情况")).fill("应到 11 人，实到 11 人")
    page.get_by_label(re.compile("回避情况")).fill("无")
    page.get_by_label(re.compile("^研究结果")).last.fill("一致同意")
    visitor.press("登记研究结果")
    visitor.sees("请在“并列的取舍”中写明会议如何决定")
    visitor.keep_picture("selection-2-a-tie-undecided")
    page.get_by_label(re.compile("并列的取舍")).fill("第二轮投票，西沟村 8 票，南沟村 3 票。")
    visitor.press("登记研究结果")
    visitor.sees("择优结果已登记")
    visitor.keep_picture("selection-3-the-record")


def put_on_notice(visitor):
    """Proposed by the page; the other steps are tried elsewhere."""
    visitor.sign_in("county.coordinator")
    visitor.follow("公示办理")
    visitor.follow("拟定公示")
    visitor.keep_picture("selection-4-composing-from-the-record")
    visitor.press("提出公示")
    notice = Notice.objects.latest("pk")
    notices.review_secrecy(notice, actor=person("county.secrecy"))
    notices.approve(notice, actor=person("county.decision"))
    return notices.publish(notice, actor=person("county.publisher"))


def uphold_an_objection(notice, name):
    officer = person("county.objections")
    entry = notice.entries.get(application__organization__name_zh=name)
    raised = objections.raise_objection(entry, facts="面积不实，请核查。", identity=None)
    objections.accept(raised, reason=REASON, actor=officer)
    objections.uphold(heard(raised), finding=REASON, reverify=False, actor=officer)


def move_up(visitor):
    visitor.sign_in("county.coordinator")
    visitor.follow("农村：有名额空出，可以递补候补")
    visitor.sees("候补 1")
    visitor.follow("南沟村")
    visitor.press("递补为拟命名")
    visitor.sees("拟命名")


def decline(visitor, name):
    visitor.sign_in("county.decision")
    key = Application.objects.get(organization__name_zh=name).pk
    visitor.go(f"/applications/{key}/")
    visitor.follow("不予命名")
    visitor.page.get_by_label(re.compile("理由")).fill("公示后查明有未结案件，暂不予命名。")
    visitor.press("不予命名")
    visitor.sees("未通过")


def test_five_villages_for_two_places(five_villages, visitor, held_clock):
    vote_and_order(visitor)
    choose(visitor)
    stages = [stage_of(name) for name in VOTES]
    assert stages == [Stage.CHOSEN, Stage.CHOSEN, Stage.RESERVE, *[Stage.NOT_CHOSEN] * 2]

    first = put_on_notice(visitor)
    assert {e.printed_name for e in first.entries.all()} == {"东沟村", "西沟村"}
    assert first.meeting_name == "县委常委会会议"
    uphold_an_objection(first, "西沟村")
    move_up(visitor)
    second = put_on_notice(visitor)
    assert [e.printed_name for e in second.entries.all()] == ["南沟村"]

    held_clock.move_to(second.ends_at)
    end_those_over()
    decline(visitor, "南沟村")

    deliver_waiting()
    for name in ("北沟村", "中沟村"):
        visitor.sign_in(f"head.{Organization.objects.get(name_zh=name).pk}")
        visitor.go("/messages/")
        visitor.sees("达到了标准，因名额有限，这次没有入选；下一批次开始申报即可再次申报")
    assert stage_of("东沟村") == Stage.AWAITING_DESIGNATION
    assert stage_of("南沟村") == Stage.REJECTED
    assert visitor.complaints == []
