"""Each passage keeps the key of the form that asked for it, and one form asks for it once."""

import pytest
from django.test import Client
from django.urls import reverse

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.organizations.models import Role
from designation.site import clock
from designation.site.refusal import Refusal
from tests import factories
from tests.course import NOTICE, OPINION
from tests.hearings import heard
from tests.sheets import Sheet
from tests.terms import end_those_over
from workflows import door
from workflows.case.facts import Act
from workflows.case.records import Decision
from workflows.stages.objections import objections
from workflows.stages.objections.models import ObjectionStep
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.models import NoticeStep
from workflows.stages.verification.models import VisitStep

pytestmark = pytest.mark.django_db

REASON = "经研究，属于受理范围。"
FINDING = "经调查，反映的情况属实。"
RETURN = "会议名称与会议纪要不一致，请核对。"


def sheet(person, address, *arguments, to=None):
    """The form as the person's browser holds it."""
    client = Client()
    client.force_login(person)
    return Sheet(client, reverse(address, args=arguments), to=to)


def key_of(form):
    (key,) = form.values["request_key"]
    assert key
    return key


def on_record(step):
    return step.actor, step.acted_for, step.request_key


def pressed_twice(form, typed):
    """Both answers, and that the second left nothing of its own."""
    first = form.send(typed)
    kept = AuditEvent.objects.count(), Decision.objects.count()
    second = form.send(typed)
    assert (AuditEvent.objects.count(), Decision.objects.count()) == kept
    return first, second


def same(answers):
    first, second = answers
    return (first.status_code, first.url) == (second.status_code, second.url)


# What a person can press: the page, where its form is sent, what is typed, and where it is kept.


def starting(county):
    form = sheet(county.preparer, "applications:start", county.round.pk)
    return county.preparer, form, {"organization": str(county.village.pk)}


def submitting(county):
    application = county.at(Stage.SELF_ASSESSED)
    form = sheet(county.preparer, "applications:case", application.pk, to="/submit/")
    return county.preparer, form, {}


def withdrawing(county):
    application = county.at(Stage.SUBMITTED)
    form = sheet(county.head, "applications:withdraw", application.pk)
    return county.head, form, {"opinion": "材料需要重新整理。"}


def reviewing(county):
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application)
    return county.reviewer, sheet(
        county.reviewer, "applications:review", application.pk, to="/decide/"
    )


def recommending(county):
    person, form = reviewing(county)
    return person, form, {"decision": "recommend", "opinion": OPINION}


def returning(county):
    person, form = reviewing(county)
    return person, form, {"decision": "return_for_correction", "reason-NC-13": "补依据"}


def beginning_verification(county):
    application = county.at(Stage.RECOMMENDED)
    county.arrange_visit(application)
    to = "/begin_verification/"
    form = sheet(county.coordinator, "applications:visit", application.pk, to=to)
    return county.coordinator, form, {}


def completing_verification(county):
    application = county.at(Stage.VERIFYING)
    county.measure_all(application)
    leader = county.verifiers[0]
    form = sheet(leader, "applications:verify", application.pk, to="/complete_verification/")
    return leader, form, {}


def failing_verification(county):
    application = county.at(Stage.VERIFYING)
    form = sheet(county.coordinator, "applications:verify", application.pk, to="/reject/")
    return county.coordinator, form, {"opinion": "现场核查多项不达标，不予通过。"}


def proposing(county):
    application = county.at(Stage.CHOSEN)
    form = sheet(county.coordinator, "notices:compose", county.round.pk)
    return county.coordinator, form, NOTICE | {"applications": [str(application.pk)]}


def proposed(county):
    return notices.propose(
        county.round, NOTICE, [county.at(Stage.CHOSEN)], actor=county.coordinator
    )


def reviewing_secrecy(county):
    person, notice = county.secrecy_reviewer, proposed(county)
    return person, sheet(person, "notices:manage", notice.pk, to="/secrecy/"), {}


def publishing(county):
    notice = county.compose_notice(county.at(Stage.CHOSEN))
    form = sheet(county.publisher, "notices:manage", notice.pk, to="/publish/")
    return county.publisher, form, {}


def discarding(county):
    notice = proposed(county)
    form = sheet(county.coordinator, "notices:manage", notice.pk, to="/discard/")
    return county.coordinator, form, {}


def sending_back(county):
    person, notice = county.secrecy_reviewer, proposed(county)
    form = sheet(person, "notices:manage", notice.pk, to="/send-back/")
    return person, form, {"reason": RETURN}


def held_up(name, typed):
    def arrange(county):
        notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice
        form = sheet(county.publisher, "notices:manage", notice.pk, to=f"/{name}/")
        return county.publisher, form, {f"{name}-reason": RETURN} | typed

    return arrange


def mending(county):
    notice = proposed(county)
    notices.send_back(notice, reason=RETURN, actor=county.secrecy_reviewer)
    form = sheet(county.coordinator, "notices:mend", notice.pk)
    return county.coordinator, form, {"meeting_result": "十一票同意，无反对票"}


def raised(county):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    return objections.raise_objection(entry, facts="反映的情况", identity=None)


def handling(act, reason, *, accepted=False):
    def arrange(county):
        found, officer = raised(county), county.objection_officer
        if accepted:
            objections.accept(found, reason=REASON, actor=officer)
            heard(found)
        form = sheet(officer, "notices:objection", found.pk)
        return officer, form, {"act": act, "reason": reason}

    return arrange


def designating(county, move_to):
    application = county.at(Stage.ON_NOTICE)
    notice = application.notice_entries.get().notice
    move_to(notice.ends_at)
    notices.close_register(notice, actor=county.objection_officer)
    end_those_over()
    form = sheet(county.deciding_officer, "designations:designate", county.round.pk)
    typed = {"document_number": "青发〔2026〕8号", "decided_on": clock.today().isoformat()}
    return county.deciding_officer, form, typed


def closing_the_register(county, move_to):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice
    move_to(notice.ends_at)
    person = county.objection_officer
    return person, sheet(person, "notices:manage", notice.pk, to="/close-register/"), {}


PRESSED = {
    "start": (starting, Decision),
    "submit": (submitting, Decision),
    "withdraw": (withdrawing, Decision),
    "recommend": (recommending, Decision),
    "return": (returning, Decision),
    "begin": (beginning_verification, VisitStep),
    "complete": (completing_verification, VisitStep),
    "fail": (failing_verification, VisitStep),
    "propose": (proposing, NoticeStep),
    "review secrecy": (reviewing_secrecy, NoticeStep),
    "publish": (publishing, NoticeStep),
    "discard": (discarding, NoticeStep),
    "send back": (sending_back, NoticeStep),
    "mend": (mending, NoticeStep),
    "extend": (held_up("extend", {"extend-days": "1"}), NoticeStep),
    "restart": (held_up("restart", {"restart-cause": "other"}), NoticeStep),
    "close the register": (closing_the_register, NoticeStep),
    "accept": (handling("accept", REASON), ObjectionStep),
    "refuse": (handling("refuse", REASON), ObjectionStep),
    "dismiss": (handling("dismiss", FINDING, accepted=True), ObjectionStep),
    "uphold": (handling("uphold", FINDING, accepted=True), ObjectionStep),
    "reverify": (handling("reverify", FINDING, accepted=True), ObjectionStep),
    "designate": (designating, Decision),
}
WAITING = (designating, closing_the_register)


def arranged(arrange, county, held_clock):
    return arrange(county, held_clock.move_to) if arrange in WAITING else arrange(county)


@pytest.mark.parametrize("what", PRESSED)
def test_a_step_keeps_who_pressed_and_the_key_of_their_form(county, held_clock, what):
    arrange, kept = PRESSED[what]
    person, form, typed = arranged(arrange, county, held_clock)

    assert form.send(typed).status_code == 302

    assert on_record(kept.objects.latest("pk")) == (person, None, key_of(form))


@pytest.mark.parametrize("what", PRESSED)
def test_a_form_pressed_twice_is_answered_as_the_first_time(county, held_clock, what):
    arrange, kept = PRESSED[what]
    _person, form, typed = arranged(arrange, county, held_clock)

    answers = pressed_twice(form, typed)

    assert answers[0].status_code == 302
    assert same(answers)
    assert kept.objects.filter(request_key=key_of(form)).count() == 1


OTHER_WORDS = {
    "withdraw": {"opinion": "另有一个原因。"},
    "recommend": {"opinion": "另写的审核意见，十个字以上。"},
    "recommend, another mark": {"comment-NC-02": "缺会议记录", "verdict-NC-02": "not_met"},
    "return": {"reason-NC-13": "另一个原因"},
    "return, more": {"reason-NC-02": "也要补充"},
    "fail": {"opinion": "另写的不通过意见，十个字以上。"},
    "send back": {"reason": "另写的退回原因，请再核对一遍。"},
    "mend": {"meeting_result": "另一个结果"},
    "accept": {"reason": "另写的受理意见，属于受理范围。"},
    "accept, then refused": {"act": "refuse"},
    "uphold": {"act": "reverify"},
    "reverify": {"act": "uphold"},
    "dismiss": {"reason": "另写的调查结论，不属实。"},
}


@pytest.mark.parametrize("what", OTHER_WORDS)
def test_other_words_under_the_same_key_are_no_repetition(county, held_clock, what):
    arrange, _kept = PRESSED[what.partition(",")[0]]
    _person, form, typed = arranged(arrange, county, held_clock)
    form.send(typed)
    before = AuditEvent.objects.count()

    told = form.send(typed | OTHER_WORDS[what])

    assert told.status_code == 422
    assert AuditEvent.objects.count() == before


def test_a_colleague_with_the_same_key_has_not_done_it(county):
    person, form, typed = recommending(county)
    form.send(typed)
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)
    form.client.force_login(colleague)

    told = form.send(typed)

    assert told.status_code == 422
    assert Decision.objects.latest("pk").actor == person


def test_a_form_without_a_key_is_told_where_it_stands_now(county):
    _person, form, typed = submitting(county)
    form.send(typed, request_key=None)

    told = form.send(typed, request_key=None)

    assert told.status_code == 422
    assert "已由他人办理" in told.content.decode()


def test_a_key_longer_than_any_of_ours_is_cut(county):
    _person, form, typed = submitting(county)

    assert form.send(typed, request_key="k" * 500).status_code == 302

    assert Decision.objects.latest("pk").request_key == "k" * 64


# What a passage carries along is asked for as it was


HOW = {"request_key": "key of the form"}


def carried(county, name, row, actor, act=None):
    """A deputy acts in the place of ``actor``."""
    deputy = factories.deputy_in(actor.seats.get())
    door.perform(name, row.pk, actor=deputy, act=act, **HOW)
    return deputy, actor, HOW["request_key"]


def test_a_visit_is_carried_along_in_whose_place_and_by_which_form(county):
    application = county.at(Stage.RECOMMENDED)
    county.arrange_visit(application)

    how = carried(county, "application.begin_verification", application, county.coordinator)

    assert on_record(VisitStep.objects.get()) == how
    assert on_record(application.decisions.latest("pk")) == how


def test_what_a_notice_puts_on_notice_keeps_in_whose_place_and_by_which_form(county):
    notice = county.compose_notice(county.at(Stage.CHOSEN))

    how = carried(county, "notice.publish", notice, county.publisher)

    assert on_record(NoticeStep.objects.latest("pk")) == how
    assert on_record(Decision.objects.get(transition="publish")) == how


@pytest.mark.parametrize("reverify", [True, False])
def test_what_an_objection_moves_keeps_in_whose_place_and_by_which_form(county, reverify):
    found = raised(county)
    objections.accept(found, reason=REASON, actor=county.objection_officer)

    how = carried(
        county,
        "objection.uphold",
        heard(found),
        county.objection_officer,
        objections.ObjectionAct(FINDING, reverify=reverify),
    )

    assert on_record(ObjectionStep.objects.latest("pk")) == how
    assert on_record(Decision.objects.latest("pk")) == how


def test_who_acted_in_anothers_place_has_not_done_it_in_their_own(county):
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application)
    act = Act(opinion=OPINION)
    carried(county, "application.recommend", application, county.reviewer, act)

    with pytest.raises(Refusal):
        door.perform("application.recommend", application.pk, actor=county.reviewer, act=act, **HOW)


def test_what_the_visit_did_is_done_once_by_one_form(county):
    application = county.at(Stage.RECOMMENDED)
    visit = county.arrange_visit(application)
    door.perform("visit.begin", visit.pk, actor=county.coordinator, **HOW)

    door.perform("visit.begin", visit.pk, actor=county.coordinator, **HOW)

    assert VisitStep.objects.count() == 1
    with pytest.raises(Refusal, match="核查中"):
        door.perform("visit.begin", visit.pk, actor=county.coordinator, request_key="another")
