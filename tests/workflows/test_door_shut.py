"""What the door says when it stays shut: to a page grown old, to others, and to nobody at all."""

import pytest
from django.db import OperationalError

from designation.applications.models import Stage
from designation.organizations.models import Person
from designation.site.refusal import Refusal
from tests.course import OPINION
from workflows import door
from workflows.case.facts import Act
from workflows.stages.objections import objections
from workflows.stages.public_notice import notices

REASON = "依据写得不完整，请补充文号。"


@pytest.fixture
def stays_locked(monkeypatch):
    """Let every row of a course stay locked."""

    def lock(kind):
        def refuse(_cls, _keys):
            raise OperationalError

        monkeypatch.setattr(door.courses()[kind], "lock", classmethod(refuse))

    return lock


def test_a_course_answers_for_everything_or_is_none():
    with pytest.raises(TypeError, match="abstract"):
        door.Course(None)


def test_time_is_no_person():
    with pytest.raises(TypeError, match="Only a person"):
        assert door.Asked(None).person


@pytest.mark.django_db
def test_an_application_that_stays_locked_is_told_to_be_busy(stays_locked):
    stays_locked("application")
    with pytest.raises(Refusal) as refused:
        door.perform("application.recommend", 1, actor=None)
    assert refused.value.codes == ("busy",)


@pytest.mark.django_db
def test_a_notice_that_stays_locked_is_told_by_a_page_of_its_own(stays_locked):
    stays_locked("notice")
    with pytest.raises(OperationalError):
        door.perform("notice.publish", 1, actor=None)


@pytest.mark.django_db
def test_a_page_older_than_the_record_is_told_where_the_case_stands(county):
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application)

    with pytest.raises(Refusal, match="待审核") as refused:
        door.perform(
            "application.recommend",
            application.pk,
            actor=county.reviewer,
            expected_version=application.version - 1,
            act=Act(opinion=OPINION),
        )

    assert refused.value.codes == ("already_moved",)


@pytest.mark.django_db
def test_whom_no_rule_lets_in_is_told_so_by_each_course(county):
    visit = county.arrange_visit(county.at(Stage.RECOMMENDED))

    with pytest.raises(Refusal) as refused:
        door.perform("visit.begin", visit.pk, actor=county.preparer)

    assert refused.value.codes == ("not_permitted",)


@pytest.mark.django_db
def test_an_objection_is_handled_once_and_with_a_reason(county):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    raised = objections.raise_objection(entry, facts="反映的情况", identity=None)

    with pytest.raises(Refusal, match="请写明意见和理由"):
        objections.accept(raised, reason="  ", actor=county.objection_officer)
    objections.accept(raised, reason="可以核查，予以受理。", actor=county.objection_officer)
    with pytest.raises(Refusal, match="已由他人办理"):
        objections.accept(raised, reason="再次受理。", actor=county.objection_officer)


@pytest.mark.django_db
def test_who_does_not_hear_an_objection_is_told_why_whatever_became_of_it(county):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    raised = objections.raise_objection(entry, facts="反映的情况", identity=None)
    objections.accept(raised, reason="可以核查，予以受理。", actor=county.objection_officer)

    with pytest.raises(Refusal, match="请由异议受理人办理"):
        objections.accept(raised, reason="再次受理。", actor=county.preparer)
    officer = county.objection_officer
    Person.objects.filter(pk=officer.pk).update(home_organization=county.village)
    with pytest.raises(Refusal, match="应当回避"):
        objections.accept(raised, reason="再次受理。", actor=Person.objects.get(pk=officer.pk))


@pytest.mark.django_db
def test_several_rows_pass_together_or_none_of_them_does(county):
    first, second = county.at(Stage.SUBMITTED), county.beside().at(Stage.SUBMITTED)
    keys = [first.pk, second.pk]
    act = Act(opinion="材料不实，经核对不予推荐。")

    with pytest.raises(Refusal):
        door.perform_all("application.reject", keys, actor=county.reviewer, act=Act())
    moved = door.perform_all("application.reject", keys, actor=county.reviewer, act=act)

    assert [row.stage for row in moved] == [Stage.REJECTED, Stage.REJECTED]
    assert first.decisions.filter(transition="reject").count() == 1


@pytest.mark.django_db
def test_a_notice_is_sent_back_once(county):
    notice = county.compose_notice(county.at(Stage.CHOSEN))
    notices.send_back(notice, reason=REASON, actor=county.secrecy_reviewer)

    with pytest.raises(Refusal, match="您现在不能退回这份公示"):
        notices.send_back(notice, reason=REASON, actor=county.secrecy_reviewer)
