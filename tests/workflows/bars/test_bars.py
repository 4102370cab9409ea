"""What bars an organization: before it begins, when it hands in, and what it has under way."""

from copy import copy
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from designation.administration import reorganizing
from designation.applications.models import Application, Stage
from designation.audit.models import AuditEvent
from designation.organizations import succession
from designation.organizations.lineage import Kind
from designation.organizations.models import Organization, Role
from designation.organizations.succession import Proposal
from designation.register import giving
from designation.register.bars import Fault, Ground
from designation.register.models import BarLifting, DesignationDecision
from designation.site import clock
from designation.site.refusal import Refusal
from designation.site.templatetags.moments import day
from notifications import delivery
from notifications.models import Message
from tests import factories
from tests.appealed import said_of
from tests.sheets import fill_in
from tests.titles_given import DAY, REASON, paper
from workflows import transitions
from workflows.bars import queries as bars
from workflows.bars.lifting import Document, lift
from workflows.bars.tables import BARS
from workflows.case.facts import Act
from workflows.stages.appeals import appeals
from workflows.stages.appeals.taking_in import Brought
from workflows.titles import acts

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=365)
DOCUMENT = {
    "document_number": "青组发〔2026〕9号",
    "deciding_body": "中共青山县委组织部",
    "reason": "经复核，原决定事实不清，予以解除。",
}


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def text(answer):
    return answer.content.decode()


def titled(county, organization):
    """A title of the organization, given before."""
    decision = giving.record_decision(
        document_number=f"青发〔2020〕{DesignationDecision.objects.count() + 30}号",
        decided_on=clock.today() - 30 * DAY,
        deciding_body="中共青山县委",
        area_code=county.jurisdiction.code,
        actor=county.deciding_officer,
    )
    until, officer = clock.today() + 700 * DAY, county.deciding_officer
    return giving.give(organization, category="NC", decision=decision, until=until, actor=officer)


def revoke(county, title, *, fault="", actor=None):
    said = paper(title, "revoke", fault=fault)
    acts.carry_out("revoke", title, said, actor=actor or county.deciding_officer)
    return title.steps.get(act="revoked")


@pytest.fixture
def revoked(county, held_clock):
    """The village of the county, whose title was revoked today."""
    return revoke(county, titled(county, county.village))


def start_page(county, round_=None, of=None):
    address = reverse("applications:start", args=[(round_ or county.round).pk])
    return as_(of or county.preparer).get(address, {"organization": county.village.pk})


def refused(county, round_=None):
    with pytest.raises(Refusal) as refusal:
        transitions.start(round_ or county.round, county.village, actor=county.preparer)
    return refusal.value.codes


OVER = "对这个决定申请复核的期限到2026年3月9日(周一) 24:00为止，已经过了"


def on_the_desk_of(person):
    return text(as_(person).get(reverse("home")))


def test_the_desk_says_until_when_the_head_may_appeal_and_leads_them_to_the_form(
    county, revoked, held_clock
):
    form = reverse("appeals:against_title", args=[revoked.title_id])
    told = f"{county.village.name_zh}的负责人可以在2026年3月9日(周一) 24:00前申请复核一次"

    for shown in (on_the_desk_of(county.head), text(start_page(county, of=county.head))):
        assert told in shown
        assert form in shown
    assert told in on_the_desk_of(county.preparer)
    assert form not in on_the_desk_of(county.preparer)

    held_clock.move(20 * DAY)

    shown = on_the_desk_of(county.head)
    assert OVER in shown
    assert form not in shown
    assert "现在不能申报" in shown


def test_the_desk_says_what_became_of_the_appeal_and_offers_none_after_the_answer(county, revoked):
    appeal = appeals.lodge(revoked, Brought(REASON), actor=county.head)
    address = reverse("appeals:appeal", args=[appeal.pk])
    shown = on_the_desk_of(county.head)
    assert "已经申请复核，正在等待答复" in shown
    assert address in shown

    for step in ("take_up", "dismiss"):
        no_meeting = {"meeting_name": "", "meeting_attendance": "", "meeting_result": ""}
        said = said_of(step, meeting_on=None, **no_meeting)
        appeals.carry_out(step, appeal, said, actor=county.coordinator)

    shown = on_the_desk_of(county.head)
    assert "已经作出最终答复，不能再申请复核" in shown
    assert address in shown
    assert reverse("appeals:against_title", args=[revoked.title_id]) not in shown


def test_who_was_rejected_for_a_fault_is_led_to_the_appeal_against_that(county, held_clock):
    application = county.at(Stage.SUBMITTED)
    fault = Fault.FALSE_MATERIAL.value
    county.act("reject", application, county.reviewer, opinion=REASON, fault=fault)
    decision = application.decisions.get(transition="reject")

    shown = on_the_desk_of(county.head)

    assert reverse("appeals:against_decision", args=[decision.pk]) in shown


def later_round(county, **more):
    opens_at = clock.now() - timedelta(hours=1)
    said = {"jurisdiction": county.jurisdiction, "opens_at": opens_at} | more
    round_ = factories.RoundFactory(closes_at=opens_at + 30 * DAY, **said)
    factories.RoundCategoryFactory(round=round_, standard=county.round_category.standard)
    return round_


# Before it begins


def test_the_start_page_of_who_was_revoked_refuses_before_any_work_is_done(county, revoked):
    shown = text(start_page(county))

    assert f"到{day(clock.today().replace(year=2028))}为止不能申报" in shown
    assert REASON in shown
    assert "申请复核" in shown
    assert ">开始申报</button>" not in shown
    assert 'name="veto' not in shown


def test_nobody_begins_in_the_place_of_who_is_barred(county, revoked):
    assert refused(county) == ("barred",)
    posted = as_(county.preparer).post(
        reverse("applications:start", args=[county.round.pk]),
        {"organization": county.village.pk},
    )
    assert posted.status_code == 422
    assert not Application.objects.exists()


def test_the_day_after_two_years_the_unit_applies_again(county, revoked, held_clock):
    held_clock.move(2 * YEAR + DAY)
    held_clock.move_to(clock.now().replace(year=2028, month=3, day=2))
    round_ = later_round(county)
    assert refused(county, round_) == ("barred",)

    held_clock.move(DAY)

    assert transitions.start(round_, county.village, actor=county.preparer).stage == Stage.DRAFT


@pytest.mark.parametrize("fault", Fault.values)
def test_a_revocation_for_a_fault_bars_for_three_years(county, held_clock, fault):
    revoke(county, titled(county, county.village), fault=fault)

    (bar,) = bars.bars_of(county.village)[county.village.pk]

    assert bar.until == clock.today().replace(year=2029)
    assert str(Fault(fault).label) in text(start_page(county))


def test_a_cancelled_title_bars_nobody(county, held_clock):
    title = titled(county, county.village)
    acts.carry_out("cancel", title, paper(title, "cancel"), actor=county.coordinator)

    assert bars.bars_of(county.village)[county.village.pk] == []
    assert transitions.start(county.round, county.village, actor=county.preparer)


def test_who_met_the_standard_and_was_left_out_is_not_barred(county, held_clock):
    county.choose(left_out=[county.at(Stage.VERIFIED)])

    assert bars.bars_of(county.village)[county.village.pk] == []


def test_a_restored_title_bars_nobody(county, revoked, held_clock):
    held_clock.move(DAY)
    other = factories.seated(Role.DECIDING_OFFICER, county.jurisdiction)
    said = paper(revoked.title, "restore", document_number="青发〔2026〕77号")
    acts.carry_out("restore", revoked.title, said, actor=other)

    assert bars.bars_of(county.village)[county.village.pk] == []


def reject(county, **said):
    application = county.at(Stage.SUBMITTED)
    act = Act(opinion="台账与实际不符，不予推荐。", **said)
    transitions.perform("reject", application.pk, actor=county.reviewer, act=act)
    return application


def test_who_was_rejected_applies_again_from_the_next_round_on(county, held_clock):
    beside = later_round(county)
    held_clock.move(timedelta(hours=1))
    reject(county)

    assert refused(county, beside) == ("barred",)
    assert "下一批次起可以申报" in text(start_page(county, beside))

    held_clock.move(timedelta(hours=2))
    assert transitions.start(later_round(county), county.village, actor=county.preparer)


def test_what_was_begun_before_another_was_rejected_goes_on(county, held_clock):
    beside = later_round(county)
    begun = transitions.start(beside, county.village, actor=county.preparer)
    reject(county)

    found = bars.by_days(bars.bars_of(begun.organization)[begun.organization_id])

    assert found == []


def test_who_was_rejected_for_false_material_is_told_and_barred_for_three_years(county, held_clock):
    application = reject(county, fault=Fault.FALSE_MATERIAL)
    until = day(clock.today().replace(year=2029))

    delivery.deliver_waiting()
    told = Message.objects.filter(person=county.head).latest("pk")
    assert f"到{until}为止不能申报" in told.body
    case = as_(county.head).get(reverse("applications:case", args=[application.pk]))
    assert f"到{until}为止不能申报" in text(case)
    held_clock.move(timedelta(hours=2))
    assert refused(county, later_round(county)) == ("barred",)


def test_the_reviewer_says_on_the_page_whether_it_was_for_a_fault(county, held_clock):
    application = county.at(Stage.SUBMITTED)
    page = reverse("applications:review", args=[application.pk])
    client = as_(county.reviewer)
    assert "是否有下列情形" in text(client.get(page))
    said = {
        "decision": "reject",
        "opinion": "材料系编造，不予推荐。",
        "fault": Fault.FALSE_MATERIAL.value,
        "version": application.version,
    }
    decide = reverse("applications:decide", args=[application.pk])

    unsure = client.post(decide, said)

    assert unsure.status_code == 422
    kept = html.fromstring(text(unsure)).xpath('//input[@name="fault" and @checked]/@value')
    assert kept == [Fault.FALSE_MATERIAL], "nothing typed is lost"
    client.post(decide, said | {"sure": "yes"})
    assert application.decisions.latest("pk").fault == Fault.FALSE_MATERIAL


def test_who_rejects_on_site_says_on_the_page_whether_it_was_for_a_fault(county, held_clock):
    application = county.at(Stage.VERIFYING)
    client = as_(county.coordinator)
    page = client.get(reverse("applications:verify", args=[application.pk]))
    assert "是否有下列情形" in text(page)
    said = {
        "opinion": "现场台账系事后编造，核查不通过。",
        "fault": Fault.FALSE_MATERIAL.value,
        "version": application.version,
    }
    refuse = reverse("applications:reject", args=[application.pk])

    unsure = client.post(refuse, said)

    assert unsure.status_code == 422
    kept = html.fromstring(text(unsure)).xpath('//input[@name="fault" and @checked]/@value')
    assert kept == [Fault.FALSE_MATERIAL], "nothing typed is lost"
    client.post(refuse, said | {"sure": "yes"})
    assert application.decisions.latest("pk").fault == Fault.FALSE_MATERIAL


def test_a_township_reads_whom_it_may_not_type_for_before_it_collects_a_paper(county, held_clock):
    page = reverse("applications:type", args=[county.round.pk])
    typist, elsewhere = county.reviewer, factories.VillageFactory(name_zh="远山村党支部")
    assert 'id="barred"' not in text(as_(typist).get(page))
    revoke(county, titled(county, elsewhere))
    assert 'id="barred"' not in text(as_(typist).get(page)), "a unit of another township"

    revoke(county, titled(county, county.village), fault=Fault.REFUSED)

    (told,) = html.fromstring(text(as_(typist).get(page))).xpath("//*[@id='barred']")
    shown = told.text_content()
    assert county.village.name in shown
    assert f"到{day(clock.today().replace(year=2029))}为止不能申报" in shown
    assert REASON in shown


# What is under way


@pytest.mark.parametrize(
    ("stage", "ends_as"),
    [
        (Stage.DRAFT, Stage.WITHDRAWN),
        (Stage.SUBMITTED, Stage.REJECTED),
        (Stage.VERIFYING, Stage.REJECTED),
        (Stage.ON_NOTICE, Stage.REJECTED),
    ],
)
def test_a_revocation_ends_what_the_unit_has_under_way(county, held_clock, stage, ends_as):
    head, application = county.head, county.at(stage)

    step = revoke(county, titled(county, county.village))

    application.refresh_from_db()
    assert (application.stage, application.holder_role) == (ends_as, "")
    passage = application.decisions.latest("pk")
    assert (passage.transition, passage.actor_role) == ("end_barred", "system")
    assert step.reason in passage.opinion
    assert AuditEvent.objects.filter(action="application.end_barred").count() == 1
    delivery.deliver_waiting()
    subjects = Message.objects.filter(person=head).values_list("subject", flat=True)
    assert any("这份申报已经终止" in subject for subject in subjects)


def test_the_reviewers_queue_no_longer_holds_it(county, held_clock):
    application = county.at(Stage.SUBMITTED)
    queue = reverse("applications:queue")
    page = reverse("applications:review", args=[application.pk])
    assert page in text(as_(county.reviewer).get(queue))

    revoke(county, titled(county, county.village))

    assert page not in text(as_(county.reviewer).get(queue))


def test_what_a_revocation_ended_does_not_bar_as_a_rejection_too(county, held_clock):
    county.at(Stage.SUBMITTED)
    revoke(county, titled(county, county.village))

    grounds = [bar.ground for bar in bars.bars_of(county.village)[county.village.pk]]

    assert grounds == [Ground.REVOKED]


def test_the_applications_of_others_go_on(county, held_clock):
    application = county.at(Stage.SUBMITTED)

    revoke(county, titled(county, county.beside().village))

    application.refresh_from_db()
    assert application.stage == Stage.SUBMITTED


def test_who_revokes_sees_before_which_applications_end(county, held_clock):
    county.at(Stage.SUBMITTED)
    title = titled(county, county.village)

    shown = text(as_(county.deciding_officer).get(reverse("titles:act", args=[title.pk, "revoke"])))

    assert "以下正在办理的申报随即终止" in shown
    assert f"{county.village.name} · {county.round.name} · 待审核" in shown


def test_who_dates_a_revocation_before_a_split_sees_what_ends_of_the_new_units(county, held_clock):
    """A unit that came of the holder since that day goes on with the bar."""
    title, new = titled(county, county.village), copy(county.village)
    new.pk, new.name_zh = None, "乙村党支部"
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    since, units = clock.today() - 5 * DAY, (county.village, new)
    by = succession.Document("青民发〔2026〕12号", "青山县人民政府")
    proposal = Proposal(Kind.SPLIT, since, (county.village,), units, by)
    reorganizing.reorganize(
        proposal,
        chosen={},
        seen=reorganizing.outlook(proposal, administrator).digest,
        actor=administrator,
    )
    county.village = Organization.objects.get(name_zh="乙村党支部")
    for seat in ("preparer", "head"):
        county.__dict__.pop(seat, None)
    application = county.start()
    client = as_(county.deciding_officer)
    page = reverse("titles:act", args=[title.pk, "revoke"])
    assert "以下正在办理的申报随即终止" not in text(client.get(page))
    said = {
        "document_number": "青发〔2026〕5号",
        "deciding_body": "中共青山县委",
        "decided_on": (clock.today() - 6 * DAY).isoformat(),
        "reason": REASON,
        "fault": "neither",
        "sure": "yes",
    }

    shown = fill_in(client, page, said)

    assert shown.status_code == 422
    assert "还有原来没有列出的申报随撤销终止" in text(shown)
    assert f"乙村党支部 · {county.round.name}" in text(shown)
    application.refresh_from_db()
    assert application.stage == Stage.DRAFT
    keys = {"stops": str(application.pk)}
    assert fill_in(client, page, said | keys).status_code == 302
    application.refresh_from_db()
    assert application.stage == Stage.WITHDRAWN


def test_a_revocation_decided_before_a_merger_bars_who_held_the_title_then(county, held_clock):
    """Entered after it: the unit that took the title in answers for nothing, and goes on."""
    title, barred = titled(county, county.village), county.village
    decided = clock.today()
    held_clock.move(DAY)
    successor = factories.VillageFactory(superior=county.township, name_zh="青绿村党支部")
    by = succession.Document("青民发〔2026〕12号", "青山县人民政府")
    merged = Proposal(Kind.MERGED, clock.today(), (barred,), (successor,), by)
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    digest = reorganizing.outlook(merged, administrator).digest
    reorganizing.reorganize(merged, chosen={}, seen=digest, actor=administrator)
    county.village = successor
    for seat in ("preparer", "head"):
        county.__dict__.pop(seat, None)
    application = county.start()
    held_clock.move(DAY)
    said = {
        "document_number": "青发〔2026〕5号",
        "deciding_body": "中共青山县委",
        "decided_on": decided.isoformat(),
        "reason": REASON,
        "fault": "neither",
    }

    answer = fill_in(
        as_(county.deciding_officer), reverse("titles:act", args=[title.pk, "revoke"]), said
    )

    assert answer.status_code == 302
    assert title.standing_on(decided).status == "revoked"
    found = bars.bars_of(barred, successor)
    assert [bar.since for bar in found[barred.pk]] == [decided]
    assert found[successor.pk] == []
    application.refresh_from_db()
    assert application.stage == Stage.DRAFT


def test_the_form_of_a_revocation_asks_for_the_fault_and_refuses_an_unknown_one(county, held_clock):
    title = titled(county, county.village)
    page = reverse("titles:act", args=[title.pk, "revoke"])
    said = {
        "document_number": "青发〔2026〕5号",
        "deciding_body": "中共青山县委",
        "decided_on": "2026年3月2日",
        "reason": REASON,
        "sure": "yes",
    }

    wrong = fill_in(as_(county.deciding_officer), page, said | {"fault": "laziness"})
    assert wrong.status_code == 422
    assert wrong.context["form"].errors["fault"]
    fill_in(as_(county.deciding_officer), page, said | {"fault": "refused"})

    assert title.steps.get(act="revoked").fault == Fault.REFUSED


def test_a_bar_that_came_in_between_is_asked_at_the_handing_in(county, held_clock):
    """One that was carried over from before, in which nothing was stopped."""
    application = county.at(Stage.SELF_ASSESSED)
    before = factories.RoundFactory(jurisdiction=county.jurisdiction)
    factories.RoundCategoryFactory(round=before, standard=county.round_category.standard)
    place, county.round = county.round, before
    reject(county, fault=Fault.REFUSED)
    county.round = place

    with pytest.raises(Refusal) as refusal:
        transitions.perform("submit", application.pk, actor=county.preparer)

    assert "barred" in refusal.value.codes


def test_nobody_ends_an_application_so_while_nothing_bars_its_unit(county, held_clock):
    application = county.at(Stage.SUBMITTED)

    with pytest.raises(Refusal) as refusal:
        transitions.perform("end_barred", application.pk, actor=None)
    assert refusal.value.codes == ("not_barred",)
    with pytest.raises(Refusal):
        transitions.perform("end_barred", application.pk, actor=county.coordinator)


# Lifted by a decision


def bar_of(step):
    return bars.bar_of(Ground.REVOKED, step.pk)


def decided(**said):
    return Document(**DOCUMENT | {"decided_on": clock.today()} | said)


@pytest.fixture
def other(county):
    return factories.seated(Role.DECIDING_OFFICER, county.jurisdiction)


def test_a_bar_is_lifted_by_a_decision_of_somebody_else(county, revoked, other):
    page = reverse("bars:lift", args=[Ground.REVOKED, revoked.pk])
    said = DOCUMENT | {"decided_on": "2026年3月2日", "sure": "yes"}

    answer = fill_in(as_(other), page, said)

    assert answer.url == reverse("bars:list")
    lifting = BarLifting.objects.get()
    assert (lifting.step, lifting.actor, lifting.role) == (revoked, other, Role.DECIDING_OFFICER)
    assert bars.bars_of(county.village)[county.village.pk] == []
    assert transitions.start(county.round, county.village, actor=county.preparer)
    event = AuditEvent.objects.get(action="bar.lift")
    assert event.details["document_number"] == "中共青山县委组织部 青组发〔2026〕9号"
    delivery.deliver_waiting()
    subjects = Message.objects.filter(person=county.preparer).values_list("subject", flat=True)
    assert any("限制申报已经解除" in subject for subject in subjects)


def test_who_revoked_does_not_lift_what_that_barred(county, revoked):
    with pytest.raises(Refusal) as refusal:
        lift(bar_of(revoked), decided(), actor=county.deciding_officer)

    assert refusal.value.codes == ("took_part",)


def test_nobody_else_lifts_it(county, revoked):
    neighbour = factories.seated(
        Role.DECIDING_OFFICER, factories.JurisdictionFactory(code="341822000000")
    )
    for person in (county.coordinator, county.head, neighbour):
        with pytest.raises(Refusal) as refusal:
            lift(bar_of(revoked), decided(), actor=person)
        assert refusal.value.codes == ("not_permitted",)
    page = reverse("bars:lift", args=[Ground.REVOKED, revoked.pk])
    assert as_(county.coordinator).get(page).status_code == 404
    assert as_(neighbour).get(page).status_code == 404


def test_what_is_wrong_with_the_decision_is_told_at_its_field(county, revoked, other):
    page = reverse("bars:lift", args=[Ground.REVOKED, revoked.pk])
    said = DOCUMENT | {"decided_on": "2026年3月3日", "reason": "太短", "sure": "yes"}

    answer = fill_in(as_(other), page, said)

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "reason": ["请写明情况，不少于 10 个字，现有 2 个字。"]
    }
    answer = fill_in(as_(other), page, said | {"reason": DOCUMENT["reason"]})
    assert "不能晚于今天" in str(answer.context["form"].errors["decided_on"])
    assert not BarLifting.objects.exists()


def test_a_bar_is_not_lifted_by_a_decision_from_before_it_began(county, revoked, other):
    page = reverse("bars:lift", args=[Ground.REVOKED, revoked.pk])
    said = DOCUMENT | {"sure": "yes"}

    before = fill_in(as_(other), page, said, decided_on=str(revoked.effective_on - DAY))

    assert before.status_code == 422
    (told,) = before.context["form"].errors["decided_on"]
    assert f"文件日期不能早于{day(revoked.effective_on)}" in told
    assert not BarLifting.objects.exists()
    same_day = fill_in(as_(other), page, said, decided_on=str(revoked.effective_on))
    assert same_day.status_code == 302


def test_the_same_form_twice_lifts_once_and_a_second_person_is_told(county, revoked, other):
    bar = bar_of(revoked)
    first = lift(bar, decided(), actor=other, request_key="k")

    assert lift(bar, decided(), actor=other, request_key="k") == first
    with pytest.raises(Refusal) as refusal:
        lift(bar, decided(), actor=other)
    assert refusal.value.codes == ("no_bar",)
    page = reverse("bars:lift", args=[Ground.REVOKED, revoked.pk])
    assert "已经解除或者期满" in text(as_(other).get(page, follow=True))


def test_a_rejection_for_a_fault_is_lifted_too(county, held_clock, other):
    application = reject(county, fault=Fault.REFUSED)

    lift(bars.bar_of(Ground.REJECTED, application.pk), decided(), actor=other)

    assert bars.bars_of(county.village)[county.village.pk] == []


def test_in_the_round_whose_application_the_revocation_ended_lifting_promises_nothing(
    county, held_clock, other
):
    head, ended = county.head, county.at(Stage.SUBMITTED)
    step = revoke(county, titled(county, county.village))
    page = reverse("bars:lift", args=[Ground.REVOKED, step.pk])
    assert "申报未通过的批次除外" in text(as_(other).get(page))

    fill_in(as_(other), page, DOCUMENT | {"decided_on": "2026年3月2日", "sure": "yes"})

    delivery.deliver_waiting()
    told = Message.objects.filter(person=head).latest("pk")
    assert "可以申报；申报未通过的批次除外" in told.subject
    shown = text(start_page(county))
    assert "在这一批次的申报已经结束（未通过），不能再填写" in shown
    assert reverse("applications:case", args=[ended.pk]) in shown
    assert "打开已有的申报" not in shown
    with pytest.raises(Refusal, match="已经结束，不能再填写；要再申报，请等以后的批次") as refusal:
        transitions.start(county.round, county.village, actor=county.preparer)
    assert refusal.value.codes == ("already_applied",)
    assert transitions.start(later_round(county), county.village, actor=county.preparer)


def test_a_draft_that_the_revocation_ended_is_begun_anew_once_the_bar_is_lifted(
    county, held_clock, other
):
    county.start()
    step = revoke(county, titled(county, county.village))
    lift(bar_of(step), decided(), actor=other)

    fill_in(as_(county.preparer), reverse("applications:start", args=[county.round.pk]))

    assert Application.objects.exclude(stage=Stage.WITHDRAWN).get().stage == Stage.DRAFT


# Seen


def test_the_countys_list_holds_its_own_bars_in_force(county, revoked, other, held_clock):
    place = county.beside()
    reject(place, fault=Fault.FALSE_MATERIAL)
    reject(county.beside())

    page = as_(county.coordinator).get(reverse("bars:list"))

    shown = text(page)
    assert county.village.name in shown
    assert place.village.name in shown
    assert page.context["page"].paginator.count == 2, "until the next round is no row"
    assert "登记解除" not in shown
    assert "登记解除" in text(as_(other).get(reverse("bars:list")))
    held_clock.move_to(clock.now().replace(year=2028, month=3, day=3))
    later = as_(county.coordinator).get(reverse("bars:list"))
    assert [row.pk for row in later.context["page"]] == [place.village.pk]


def test_of_several_bars_the_list_says_each_and_when_the_last_one_ends(county, held_clock, other):
    """One for a fault, which may be over before an ordinary one that came later."""
    first, second = titled(county, county.village), titled(county, county.village)
    revoke(county, first, fault=Fault.FALSE_MATERIAL)
    held_clock.move(690 * DAY)
    revoke(county, second)
    ends = [bar.until for bar in bars.bars_of(county.village)[county.village.pk]]
    assert ends == sorted(ends, reverse=True)

    page = as_(other).get(reverse("bars:list"), {"ground": Ground.REVOKED})

    (row,) = page.context["page"]
    assert [bar.until for bar in bars.bars_on(row)] == ends
    for until in ends:
        assert f"到{day(until)}为止不能申报" in text(page)
    assert text(page).count("登记解除") == len(ends)
    assert {one.code: one.value(row) for one in BARS.columns}["until"] == ends[0]
    none = as_(other).get(reverse("bars:list"), {"ground": Ground.REJECTED})
    assert none.context["page"].paginator.count == 0


def test_units_that_came_of_a_barred_one_are_listed_and_told_when_the_bar_is_lifted(
    county, revoked, other, held_clock
):
    held_clock.move(DAY)
    names = ["甲村党支部", "乙村党支部"]
    units = []
    for name in names:
        new = copy(county.village)
        new.pk, new.name_zh = None, name
        units.append(new)
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    by = succession.Document("青民发〔2026〕12号", "青山县人民政府")
    proposal = Proposal(Kind.SPLIT, clock.today(), (county.village,), tuple(units), by)
    reorganizing.reorganize(
        proposal,
        chosen={},
        seen=reorganizing.outlook(proposal, administrator).digest,
        actor=administrator,
    )
    heads = [
        factories.seated(Role.HEAD, one)
        for one in Organization.objects.filter(name_zh__in=names).order_by("pk")
    ]
    client, page = as_(other), reverse("bars:list")

    found = client.get(page, {"text": "甲村", "ground": Ground.REVOKED})

    (row,) = found.context["page"]
    assert row.name_zh == "甲村党支部"
    assert REASON in text(found)
    until = bars.bars_of(county.village)[county.village.pk][0].until
    assert {one.code: one.value(row) for one in BARS.columns}["until"] == until
    assert client.get(page).context["page"].paginator.count == 1 + len(names)
    rejected = client.get(page, {"ground": Ground.REJECTED})
    assert rejected.context["page"].paginator.count == 0
    (way,) = html.fromstring(text(found)).xpath("//main//a[.='登记解除']/@href")

    fill_in(client, way, DOCUMENT | {"decided_on": str(clock.today())})

    assert client.get(page).context["page"].paginator.count == 0
    delivery.deliver_waiting()
    for head in heads:
        subjects = Message.objects.filter(person=head).values_list("subject", flat=True)
        assert any("限制申报已经解除" in subject for subject in subjects)


def test_the_list_of_a_second_county_is_empty_and_others_have_none(county, revoked):
    second = factories.JurisdictionFactory(code="341822000000")
    neighbour = factories.seated(Role.COUNTY_COORDINATOR, second)

    assert as_(neighbour).get(reverse("bars:list")).context["page"].paginator.count == 0
    assert as_(county.head).get(reverse("bars:list")).status_code == 404


def test_the_desk_of_the_unit_says_why_it_may_not_begin(county, revoked):
    shown = text(as_(county.preparer).get(reverse("home")))

    assert "现在不能申报" in shown
    assert REASON in shown
    assert reverse("applications:start", args=[county.round.pk]) not in shown
