"""What cannot be undone asks once, naming what will happen; every act stands in a list."""

import pytest
from django.test import Client
from django.urls import reverse

from designation.applications.models import Application, Stage
from designation.audit.models import AuditEvent
from designation.evidence import content
from designation.organizations.models import Role, Seat
from designation.rounds.models import Round, RoundCategory
from designation.site import clock, seen_whole, shown
from tests import factories
from tests.course import NOTICE, OPINION, PDF
from tests.hearings import heard
from tests.sheets import Sheet
from tests.two_hands.writing_forms import (
    EDITS,
    HELD_ELSEWHERE,
    LATES,
    MAKES,
    NO_RECORD,
    SIGNS,
    opening_a_round,
)
from tests.visits_apart import ITEM, begin, recheck, seen
from workflows import declared
from workflows.notice_pages import page as notice_page
from workflows.stages.objections import hearing, investigation, objections
from workflows.stages.objections.models import Hearing, Objection
from workflows.stages.public_notice import notices
from workflows.stages.self_assessment import typed as typing_for
from workflows.stages.verification.course import PASSAGES as OF_A_VISIT

pytestmark = pytest.mark.django_db

NOT_TICKED = "请先看清"


# Each: who is before which page, where its form goes, what they send, and what the page names.


def refusing(county, _clock):
    page = reverse("applications:review", args=[county.at(Stage.SUBMITTED).pk])
    sent = {"decision": "reject", "opinion": OPINION}
    return county.reviewer, page, "/decide/", sent, "这份申报即告结束，不能恢复"


def refusing_on_site(county, _clock):
    page = reverse("applications:verify", args=[county.at(Stage.VERIFYING).pk])
    return county.coordinator, page, "/reject/", {"opinion": OPINION}, "即告结束，不能恢复"


def publishing(county, _clock):
    notice = county.compose_notice(county.at(Stage.CHOSEN))
    page = reverse("notices:manage", args=[notice.pk])
    return county.publisher, page, "/publish/", {}, "公示立即对外公开"


def discarding(county, _clock):
    chosen = [county.at(Stage.CHOSEN)]
    notice = notices.propose(county.round, NOTICE, chosen, actor=county.coordinator)
    page = reverse("notices:manage", args=[notice.pk])
    return county.coordinator, page, "/discard/", {}, "这份拟稿不能恢复"


def closing_the_register(county, clock):
    entry = county.at(Stage.AWAITING_DESIGNATION, wait=clock.move_to).notice_entries.get()
    page = reverse("notices:manage", args=[entry.notice_id])
    return county.objection_officer, page, "/close-register/", {}, "也不能重新打开"


def extending_a_notice(county, _clock):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice
    page = reverse("notices:manage", args=[notice.pk])
    sent = {"extend-days": "1", "extend-reason": "网站检修一天，页面无法访问。"}
    return county.publisher, page, "/extend/", sent, "不能改回"


def breaking_a_notice_off(county, _clock):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice
    page = reverse("notices:manage", args=[notice.pk])
    sent = {"restart-cause": "other", "restart-reason": "网站检修一天，页面无法访问。"}
    return county.publisher, page, "/restart/", sent, "公示期重新计算"


def objected(county, act):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    found = objections.raise_objection(entry, facts="面积不实", identity=None)
    if act != "refuse":
        objections.accept(found, reason=OPINION, actor=county.objection_officer)
    page = reverse("notices:objection", args=[heard(found).pk])
    return county.objection_officer, page, None, {"act": act, "reason": OPINION}, "不能再改"


def releasing(county, _clock):
    officer, _page, *_rest = objected(county, "dismiss")
    found = Objection.objects.get()
    Hearing.objects.filter(objection=found).delete()
    hearing.redact(found, facts="场所面积是否不足。", actor=officer)
    return officer, reverse("notices:release", args=[found.pk]), None, {}, "不能收回"


def stating(county, clock):
    officer, _page, *_rest = releasing(county, clock)
    found = Objection.objects.get()
    seen = {shown.INPUT: shown.carried(seen_whole.as_shown(["场所面积是否不足。"]))}
    put = hearing.release(found, seen=seen, actor=officer)
    page = reverse("notices:hearing", args=[put.pk])
    return county.head, page, None, {"statement": OPINION}, "不能再改"


def reporting(county, _clock):
    officer, _page, *_rest = objected(county, "dismiss")
    found, asked = Objection.objects.get(), county.publisher
    investigation.assign(found, investigator=asked, reason=OPINION, actor=officer)
    page = reverse("notices:report", args=[found.pk])
    return asked, page, None, {"report": OPINION}, "不能再改"


def answering(county, _clock):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    identity = {"name": "张三", "contact": "0563-6021234"}
    found = objections.raise_objection(entry, facts="面积不实", identity=identity)
    officer = county.objection_officer
    objections.accept(found, reason=OPINION, actor=officer)
    objections.dismiss(found, finding=OPINION, actor=officer)
    page = reverse("notices:answer", args=[found.pk])
    return officer, page, None, {"answer": OPINION}, "不能再改"


def naming(county, clock):
    entry = county.at(Stage.AWAITING_DESIGNATION, wait=clock.move_to).notice_entries.get()
    notices.close_register(entry.notice, actor=county.objection_officer)
    page = reverse("designations:designate", args=[county.round.pk])
    sent = {"document_number": "青发〔2026〕8号", "decided_on": "2026-03-10"}
    return county.deciding_officer, page, None, sent, "名册立即对外公布"


def choosing(county, _clock):
    application = county.at(Stage.VERIFIED)
    page = reverse("selections:compose", args=[county.round.pk, "NC"])
    sent = {name: NOTICE[name] for name in NOTICE if name.startswith("meeting_")}
    sent |= {"stood_aside": "无", f"{application.pk}-outcome": "not_chosen"}
    return county.coordinator, page, None, sent, "达标未入选的申报即告结束"


def concluding_a_visit(county, _clock):
    visit = begin(county, recheck(county, ITEM))
    seen(county, visit)
    page = reverse("visits:verify", args=[visit.pk])
    return county.verifiers[0], page, "/conclude/", {}, "核查记录和签字不能再改"


def ending_the_reserve(county, _clock):
    RoundCategory.objects.update(quota=1)
    first, application = county.at(Stage.VERIFIED), county.beside().at(Stage.VERIFIED)
    county.choose(first, reserve=[application])
    Application.objects.filter(pk=first.pk).update(stage=Stage.DESIGNATED)
    Round.objects.update(status=Round.Status.CLOSED)
    page = reverse("applications:case", args=[application.pk])
    return county.coordinator, page, "/end_reserve/", {}, "不能再递补"


def opening(county, _clock):
    scene = opening_a_round(county)
    return scene.people[0], scene.page, scene.to, {}, "只能延长时间"


def taking_over(county, _clock):
    signed = {"signed_by": "王书记", "signed_on": clock.today()}
    paper = content.received(PDF, "paper.pdf")
    typed = typing_for.begin(county.round, county.village, paper, actor=county.reviewer, **signed)
    page = reverse("applications:case", args=[typed.pk])
    return county.head, page, "/take-over/", {}, "不能再代录"


def finishing_a_review(county, _clock):
    seat = county.reviewer.seats.get()
    factories.rights_review(seat)
    Seat.objects.filter(pk=seat.pk).update(ended_at=clock.now())
    security = factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)
    page = reverse("organizations:rights_review")
    return security, page, "/finish/", {}, "存入记录，不能再改"


TICKED = {
    "organizations:rights_finish": [finishing_a_review],
    "applications:take_over": [taking_over],
    "rounds:open": [opening],
    "applications:decide": [refusing],
    "applications:reject": [refusing_on_site],
    "applications:perform": [ending_the_reserve],
    "notices:step": [publishing, discarding, closing_the_register],
    "notices:extend": [extending_a_notice],
    "notices:restart": [breaking_a_notice_off],
    "notices:objection": [
        lambda county, _clock, act=act: objected(county, act)
        for act in ("refuse", "dismiss", "reverify", "uphold")
    ],
    "notices:release": [releasing],
    "notices:hearing": [stating],
    "notices:report": [reporting],
    "notices:answer": [answering],
    "designations:designate": [naming],
    "selections:compose": [choosing],
    "visits:perform": [concluding_a_visit],
}


@pytest.mark.parametrize("arrange", [one for scenes in TICKED.values() for one in scenes])
def test_it_is_done_only_when_what_will_happen_was_ticked(county, held_clock, arrange):
    person, page, to, sent, names = arrange(county, held_clock)
    client = Client()
    client.force_login(person)
    sheet = Sheet(client, page, to=to)
    before = AuditEvent.objects.count()

    asked = sheet.send(sent | {"sure": None})

    assert names in sheet.text
    assert asked.status_code == 422
    assert NOT_TICKED in asked.content.decode()
    assert AuditEvent.objects.count() == before
    assert Sheet(client, page, to=to).send(sent).status_code == 302
    assert AuditEvent.objects.count() > before


def test_an_objection_is_accepted_without_being_asked(client, county):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    found = objections.raise_objection(entry, facts="面积不实", identity=None)
    client.force_login(county.objection_officer)
    sheet = Sheet(client, reverse("notices:objection", args=[found.pk]))

    answer = sheet.send({"act": "accept", "reason": OPINION, "sure": None})

    assert answer.status_code == 302


# Those with a page of their own, between the press that asks for it and the one that does it.
OWN_PAGES = {
    "applications:withdraw": "case/withdraw.html",
    "applications:end_overdue": "case/reasoned.html",
    "applications:decline": "case/reasoned.html",
    "organizations:seat_end": "administration/seat_end.html",
    "organizations:rights_withdraw": "administration/rights_review_withdraw.html",
    "organizations:reorganize": "administration/reorganize_seen.html",
    "organizations:leaving": "administration/leaving.html",
    "drafting:publish": "drafting/publish.html",
    "drafting:discard": "drafting/discard.html",
    "drafting:retire": "drafting/retire.html",
    "library:take_out": "evidence/take_out.html",
    "visits:call_off": "visits/call_off.html",
    "titles:act": "titles/act.html",
    "bars:lift": "bars/lift.html",
    "rechecks:draw": "rechecks/draw.html",
    "rechecks:step": "rechecks/step.html",
    "rechecks:report": "rechecks/report.html",
    "certificates:issue": "certificates/issue.html",
    "certificates:decision": "certificates/decision.html",
    "appeals:act": "appeals/act.html",
    "appeals:against_decision": "appeals/lodge.html",
    "appeals:against_title": "appeals/lodge.html",
    "appeals:enter_against_decision": "appeals/lodge.html",
    "appeals:enter_against_title": "appeals/lodge.html",
    "appeals:attach": "appeals/attach.html",
    "organizations:password_link": "accounts/_make_link.html",
}


def test_a_seat_is_ended_on_a_page_that_names_what_will_happen(client, county):
    client.force_login(factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction))
    seat = Seat.objects.get(person=county.reviewer)
    page = reverse("organizations:seat_end", args=[seat.pk])

    told = f"立即不能再以“{seat.get_role_display()}”办理"
    assert told in client.get(page).content.decode()
    client.post(page)
    seat.refresh_from_db()
    assert seat.ended_at is None


@pytest.mark.parametrize(
    ("name", "stage", "who"),
    [
        ("withdraw", Stage.SUBMITTED, "head"),
        ("decline", Stage.AWAITING_DESIGNATION, "deciding_officer"),
    ],
)
def test_the_page_of_a_passage_names_what_will_happen(client, county, held_clock, name, stage, who):
    application = county.at(stage, wait=held_clock.move_to)
    client.force_login(getattr(county, who))

    page = client.get(reverse(f"applications:{name}", args=[application.pk])).content.decode()

    assert "这份申报即告" in page
    assert Application.objects.get(pk=application.pk).stage == stage


# What takes each of the others back; "" where there is nothing that could be.
TAKEN_BACK = {
    "adoptions:adopt": "another version is adopted in its place",
    "applications:arrange": "it is described, ordered and linked anew",
    "applications:batch": "each is returned to review",
    "applications:remind_late": "nothing of a case changes; it is on record who reminded",
    "applications:claim": "it is put down",
    "applications:confirm": "it is reopened, or returned for correction",
    "applications:remind": "it asks for what is to be done anyway, and changes nothing",
    "applications:declare": "the coordinator takes the person off the team",
    "applications:evidence_add": "it is taken off the item again",
    "applications:evidence_cite": "it is taken off the item again",
    "applications:evidence_remove": "it is cited anew: the file stays in the library",
    "applications:item": "it is answered anew",
    "applications:library": "it is taken off the item again",
    "applications:mark": "it is marked anew",
    "applications:measure": "it is measured anew",
    "applications:put_back": "a meeting chooses it again",
    "applications:return_to_preparer": "it is sent to the head again",
    "applications:return_to_review": "it is recommended again",
    "applications:sign": "whoever changes the record asks all to sign anew",
    "applications:papers": "another page takes its place; the first is kept",
    "applications:signed_papers": "another is brought, and all are kept",
    "applications:posting": "it is registered anew",
    "applications:section": "it is answered anew",
    "applications:start": "it is withdrawn",
    "applications:summary": "it is written anew",
    "applications:type": "it is withdrawn, or taken over",
    "applications:verify": "it is written anew",
    "applications:visit": "the team is changed",
    "calendar:add": "it is declined before anybody confirms it",
    "calendar:confirm": "the year is loaded anew and confirmed",
    "calendar:decline": "the year is loaded anew",
    "certificates:design": "it is saved anew; what was issued keeps its own",
    "drafting:blank": "the draft is discarded",
    "drafting:check": "it is edited anew; to delete it is behind a fold that says so",
    "drafting:check_add": "it is deleted",
    "drafting:copy": "the draft is discarded",
    "drafting:details": "they are edited anew",
    "drafting:item": "it is edited anew; to delete it is behind a fold that says so",
    "drafting:item_add": "it is deleted",
    "drafting:questions": "they are asked again when the item is edited",
    "drafting:read": "the reading is left alone",
    "drafting:section": "it is edited anew; to delete it is behind a fold that says so",
    "drafting:section_add": "it is deleted",
    "drafting:take": "the draft is discarded",
    "exports:take": "the file goes by itself",
    "library:add": "it is taken out",
    "library:entry": "it is edited anew",
    "messages:email": "it is edited anew, or left to the system again",
    "messages:email_restore": "the log has what stood before, and it is said anew",
    "messages:webhook": "it is edited anew",
    "messages:webhook_key": "it is ended",
    "messages:webhook_key_end": "another one is made",
    "messages:webhook_try": "it asks for nothing",
    "notices:compose": "it is sent back, or discarded",
    "notices:enter": "it is refused, with the reason",
    "notices:mend": "it is sent back again",
    "notices:ask_longer": "it is refused or granted, and nothing ends by it",
    "notices:longer": "more time ends nothing; refused, it is asked for again",
    "notices:assign": "it is given to another, or taken back, with the reason",
    "notices:join": "they are separated again, until the finding is made",
    "notices:separate": "it is joined again",
    "notices:redact": "it is written anew while it was not released",
    "appeals:library": "what was chosen stands beside the appeal alone",
    "notices:hearing_library": "what was chosen stands beside the answer alone",
    "notices:object": "it is the public's to send, and answered with a receipt",
    "notices:record_posting": "another is entered, and all are kept",
    "notices:send_back": "it is mended and proposed anew",
    "opinions:not_awaited": "an answer that comes after all takes its place",
    "opinions:paper": "the department's own answer takes its place",
    "opinions:papers": "another is brought, and all are kept",
    "opinions:send": "the department is told; what it says is corrected ever after",
    "opinions:sheet": "it is corrected, and all of it stays on record",
    "organizations:first_day": "it is edited anew; its page says that the code stays",
    "organizations:forgotten": "the link is left alone",
    "organizations:deputy_end": "another is named",
    "organizations:rights_keep": "the seat is ended as any other",
    "organizations:switch_on": "they are let go, or go off again",
    "organizations:staying": "they are let go again",
    "organizations:deputy_name": "it is ended",
    "organizations:jurisdiction_add": "it is switched off",
    "organizations:jurisdiction_edit": "it is edited anew",
    "organizations:organization_add": "it is switched off",
    "organizations:organization_edit": "it is edited anew",
    "organizations:password": "it is changed again",
    "organizations:password_slips": "another link ends the one before",
    "organizations:link_mailing": "another link ends the one before",
    "organizations:person_add": "the account is switched off",
    "organizations:person_edit": "it is edited anew",
    "organizations:seat_add": "the seat is ended",
    "organizations:table_add": "another one takes its place; nothing is entered by it",
    "organizations:table_accept": "what was entered is edited anew, or switched off",
    "organizations:table_seats": "the seats are ended",
    "organizations:table_titles": "a title is revoked or cancelled by a document of its own",
    "organizations:table_stop": "it is accepted again",
    "organizations:set_password": "it is changed again",
    "organizations:settings": "they are edited anew",
    "papers:sealed": "another copy takes its place; the first is kept",
    "papers:template": "another template, or the system's own, takes its place",
    "papers:end": "the county's own is brought again",
    "replays:begin": "it is cancelled",
    "replays:cancel": "it is asked for anew",
    "retention:hold": "the hold is lifted",
    "retention:lift": "it is held again, within the time of another notice",
    "rounds:add": "a draft opens nothing",
    "rounds:categories": "they are edited anew while it is a draft",
    # Behind a fold that says so; the round goes on for all who handed in.
    "rounds:close": "one organization is let in late",
    "rounds:correct_term": "it is corrected again, and all of it stays on record",
    "rounds:copy": "a draft opens nothing",
    "rounds:department_add": "it is taken back while it was asked of nobody",
    "rounds:department_remove": "it is added again",
    "rounds:departments": "they are edited anew while it is a draft",
    "rounds:edit": "it is edited anew while it is a draft",
    "rounds:extend": "its page says that time is only ever added",
    "rounds:extend_for": "its page says that time is only ever added",
    "rounds:methods": "they are edited anew while it is a draft",
    "rounds:places": "they are set anew",
    "rounds:routing": "it is set anew",
    "rounds:terms": "they are edited anew",
    "rounds:vetoes": "they are edited anew while it is a draft",
    "rechecks:enter": "nothing is concluded by it: the title may be kept",
    "visits:for_title": "it is planned otherwise, or called off",
    "visits:for_decision": "it is planned otherwise, or called off",
    "visits:for_objection": "it is planned otherwise, or called off",
    "visits:plan": "it is planned otherwise",
    "visits:declare": "the coordinator takes the person off the team",
    "visits:measure": "it is measured anew",
    "visits:sign": "whoever changes the record asks all to sign anew",
    "visits:verify": "it is written anew",
}


def test_every_form_that_writes_is_asked_about_or_can_be_taken_back():
    """To mend: tick it (``designation/site/sure.py``), or say here what takes it back."""
    rows = {one.address for table in (EDITS, MAKES, SIGNS, LATES) for one in table}
    lists = (set(TICKED), set(OWN_PAGES), set(TAKEN_BACK))

    assert (rows | set(HELD_ELSEWHERE)) - NO_RECORD == set().union(*lists)
    assert sum(len(one) for one in lists) == len(set().union(*lists))


# The passage that takes it back, of those that do not say what they do for good.
PASSAGES_TAKEN_BACK = {
    "confirm": "reopen",
    "send_to_head": "return_to_preparer",
    "return_to_preparer": "send_to_head",
    "reopen": "confirm",
    "submit": "recall",
    "recall": "submit",
    "recommend": "take_back_recommendation",
    "return_for_correction": "take_back_return",
    "resubmit": "return_for_correction",
    "take_back_return": "return_for_correction",
    "take_back_recommendation": "recommend",
    "begin_verification": "return_to_review",
    "complete_verification": "return_to_review",
    "return_to_review": "recommend",
    "choose": "put_back",
    "put_in_reserve": "move_up",
    "move_up": "put_back",
    "put_back": "choose",
    # With the notice that it is on.
    "stop_notice": "publish_anew",
    "publish_anew": "stop_notice",
    # Time does it.
    "end_notice": "reverify",
    "reverify": "begin_verification",
}


def test_every_passage_says_what_it_does_for_good_or_is_taken_back_by_another():
    for_good = {name for name, one in declared.passages().items() if one.cannot_be_undone}

    assert for_good.isdisjoint(PASSAGES_TAKEN_BACK)
    assert for_good | set(PASSAGES_TAKEN_BACK) == set(declared.passages())
    assert set(PASSAGES_TAKEN_BACK.values()) <= set(declared.passages())


def test_every_step_of_a_notice_and_of_a_visit_does_the_same():
    steps = {name for name in notice_page.STEPS if notice_page.cannot_be_undone(name)}
    of_a_visit = {name for name, one in OF_A_VISIT.items() if one.cannot_be_undone}

    # Sent back they go to the coordinator, to be mended.
    assert set(notice_page.STEPS) - steps == {"secrecy", "approve"}
    # One that has begun is closed when another is planned.
    assert set(OF_A_VISIT) - of_a_visit == {"begin", "close"}
