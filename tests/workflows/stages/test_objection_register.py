"""The objection register: sent twice, entered late, by whom, and what one leaves to the next."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from designation.applications.models import Application, Stage
from designation.audit.models import AuditEvent
from designation.organizations.models import Person, Role
from designation.site.models import RequestKey
from designation.site.refusal import Refusal
from tests import factories
from tests.hearings import heard
from tests.sheets import Sheet
from tests.terms import end_those_over
from workflows.stages.objections import objections
from workflows.stages.objections.models import Objection
from workflows.stages.public_notice import notices

pytestmark = pytest.mark.django_db

REASON = "经研究，属于受理范围。"
FINDING = "经现场复测，反映情况属实。"
TYPED = {"manner": "named", "name": "张三", "contact": "a@b.cn", "facts": "面积不实"}


@pytest.fixture
def entry(county):
    return county.at(Stage.ON_NOTICE).notice_entries.get()


def stage(entry):
    return Application.objects.get(pk=entry.application_id).stage


def raised(entry, facts="面积不实", **more):
    return objections.raise_objection(entry, facts=facts, identity=None, **more)


def accepted(entry, county, facts="面积不实"):
    found = raised(entry, facts)
    objections.accept(found, reason=REASON, actor=county.objection_officer)
    return found


def public(entry):
    return reverse("notices:object", args=[entry.notice_id, entry.pk])


# Sent twice


def test_a_form_sent_twice_registers_one_objection(client, entry):
    sheet = Sheet(client, public(entry))

    first, second = (sheet.send(TYPED).content.decode() for _press in range(2))

    code = Objection.objects.get().receipt_code
    assert code in first
    assert code in second
    assert AuditEvent.objects.filter(action="objection.receive").count() == 1


@pytest.mark.parametrize(
    "changed", [{"facts": "另有一事"}, {"name": "李四"}, {"contact": "13800000000"}]
)
def test_what_is_sent_again_with_other_words_is_asked_about_and_then_its_own(
    client, entry, changed
):
    sheet = Sheet(client, public(entry))
    sheet.send(TYPED)
    first = Objection.objects.get()

    asked = sheet.send(TYPED | changed)

    assert asked.status_code == 422
    assert "再按一次，就另登记一件" in asked.content.decode()
    assert first.receipt_code not in asked.content.decode()
    assert Objection.objects.count() == 1
    again = sheet.shown_again(asked).send(TYPED | changed).content.decode()
    assert Objection.objects.exclude(pk=first.pk).get().receipt_code in again


def test_an_objection_sent_again_with_a_name_does_not_stay_anonymous(client, entry):
    sheet = Sheet(client, public(entry))
    sheet.send(TYPED | {"manner": "anonymous", "name": "", "contact": ""})

    asked = sheet.send(TYPED)
    sheet.shown_again(asked).send(TYPED)

    named = Objection.objects.get(is_named=True)
    assert objections.identity(named, actor=named_officer(entry)) == {
        "name": TYPED["name"],
        "contact": TYPED["contact"],
    }
    assert Objection.objects.filter(is_named=False).count() == 1


def named_officer(entry):
    area = entry.application.round.jurisdiction
    return factories.seated(Role.OBJECTION_OFFICER, area)


def test_the_same_words_about_another_are_another_objection(client, county, entry):
    second = county.beside().at(Stage.CHOSEN)
    notice = county.compose_notice(second)
    notices.publish(notice, actor=county.publisher)
    sheet = Sheet(client, public(entry))
    sheet.send(TYPED)

    sheet.address = public(second.notice_entries.get())

    assert sheet.send(TYPED).status_code == 422
    assert Objection.objects.count() == 1


def test_what_was_sent_is_kept_as_no_plain_hash_of_who_objected(client, entry, settings):
    sheet = Sheet(client, public(entry))
    sheet.send(TYPED)
    kept = RequestKey.objects.get().content
    settings.SECRET_KEY = "another key of the site"

    assert sheet.send(TYPED).status_code == 422
    assert RequestKey.objects.get().content == kept


# Received and entered


def entered(client, county, entry, received_at, channel="letter"):
    client.force_login(county.objection_officer)
    typed = TYPED | {"channel": channel, "received_at": received_at}
    return client.post(reverse("notices:enter", args=[entry.pk]), typed)


@pytest.fixture
def entry_after_its_period(entry, held_clock):
    held_clock.move_to(entry.notice.ends_at + timedelta(days=1))
    return entry


def test_a_letter_posted_in_time_is_entered_after_the_period(
    client, county, entry_after_its_period
):
    assert entered(client, county, entry_after_its_period, "2026-03-09T17:00").status_code == 302

    objection = Objection.objects.get()
    assert objection.received_at == datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
    assert (
        "办理期限" in client.get(reverse("notices:objection", args=[objection.pk])).content.decode()
    )


def test_what_came_at_24_00_of_the_last_day_as_the_page_prints_it_is_entered(
    client, county, entry_after_its_period
):
    answer = entered(client, county, entry_after_its_period, "2026年3月9日 24:00")

    assert answer.status_code == 302
    assert Objection.objects.get().received_at == entry_after_its_period.notice.ends_at


@pytest.mark.parametrize(
    ("received_at", "message"),
    [
        ("2026-03-01T09:00", "早于公示发布"),
        ("2026-03-10T00:01", "公示期已满"),
        ("2026-03-20T09:00", "不能晚于现在"),
    ],
)
def test_what_came_outside_the_period_is_not_entered(
    client, county, entry_after_its_period, received_at, message
):
    entry = entry_after_its_period

    answer = entered(client, county, entry, received_at)

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert "面积不实" in answer.content.decode()


def test_once_the_register_is_closed_nothing_is_entered(client, county, entry, held_clock):
    held_clock.move_to(entry.notice.ends_at)
    notices.close_register(entry.notice, actor=county.objection_officer)

    answer = entered(client, county, entry, "2026-03-09T17:00")

    assert answer.status_code == 422
    assert "异议登记已经关闭" in answer.content.decode()
    with pytest.raises(Refusal, match="已经关闭"):
        notices.close_register(entry.notice, actor=county.objection_officer)


def test_a_name_taken_off_the_notice_takes_no_objection(client, county, entry):
    found = accepted(entry, county)
    objections.uphold(heard(found), finding=FINDING, reverify=True, actor=county.objection_officer)

    answer = client.post(public(entry), TYPED)

    assert answer.status_code == 422
    assert "已不在公示名单中" in answer.content.decode()


def test_after_the_period_the_page_offers_no_form(client, entry, held_clock):
    held_clock.move_to(entry.notice.ends_at)

    content = client.get(public(entry), follow=True).content.decode()

    assert "公示期已满" in content
    assert "<textarea" not in content


# At the end of the known calendar


@pytest.fixture
def last_days(county, held_clock):
    """A notice that ends in the last days of the last loaded year."""
    application = county.at(Stage.CHOSEN)
    held_clock.move_to(datetime(2026, 12, 23, 1, 0, tzinfo=UTC))
    notice = notices.publish(county.compose_notice(application), actor=county.publisher)
    held_clock.move_to(datetime(2026, 12, 30, 1, 0, tzinfo=UTC))
    return notice.entries.get()


def test_an_objection_is_taken_in_although_the_calendar_ends(client, county, last_days):
    answer = client.post(public(last_days), TYPED)

    assert answer.status_code == 200
    found = Objection.objects.get()
    assert found.due_at is None
    objections.accept(found, reason=REASON, actor=county.objection_officer)
    assert found.due_at is None


def test_a_finding_that_cannot_move_the_application_leaves_all_as_it_was(client, county, last_days):
    found = accepted(last_days, county)
    client.force_login(county.objection_officer)

    answer = client.post(
        reverse("notices:objection", args=[heard(found).pk]),
        {"act": "reverify", "reason": FINDING, "sure": "yes"},
    )

    assert answer.status_code == 422
    assert "2027" in answer.content.decode()
    assert "调查中" in answer.content.decode()
    found.refresh_from_db()
    assert found.status == Objection.Status.ACCEPTED
    assert stage(last_days) == Stage.ON_NOTICE


# Who handles


def test_an_officer_from_the_applicant_steps_aside(county, entry):
    found = raised(entry)
    relative = factories.seated(
        Role.OBJECTION_OFFICER, county.jurisdiction, home_organization=county.village
    )

    with pytest.raises(Refusal, match="应当回避"):
        objections.accept(found, reason=REASON, actor=relative)


@pytest.mark.parametrize("earlier", ["reviewer", "verifier"])
def test_who_reviewed_or_verified_does_not_investigate(county, entry, earlier):
    found = raised(entry)
    person = county.reviewer if earlier == "reviewer" else county.verifiers[0]
    factories.SeatFactory(
        person=person, role=Role.OBJECTION_OFFICER, jurisdiction=county.jurisdiction
    )
    person = Person.objects.get(pk=person.pk)

    with pytest.raises(Refusal, match="应当回避"):
        objections.accept(found, reason=REASON, actor=person)


def test_who_objected_is_kept_in_no_cache_and_hidden_from_other_roles(client, county, entry):
    found = objections.raise_objection(
        entry, facts="面积不实", identity={"name": "张三", "contact": "a@b.cn"}
    )
    address = reverse("notices:identity", args=[found.pk])

    client.force_login(county.coordinator)
    assert client.post(address).status_code == 404
    client.force_login(county.objection_officer)
    answer = client.post(address)
    assert "no-store" in answer["Cache-Control"]
    assert "张三" in answer.content.decode()


# What one leaves to the next


def test_a_second_upheld_objection_is_kept_although_the_first_has_ended_it(county, entry):
    first, second = accepted(entry, county), accepted(entry, county, "另有一事")

    objections.uphold(heard(first), finding=FINDING, reverify=False, actor=county.objection_officer)
    objections.uphold(
        heard(second), finding=FINDING, reverify=False, actor=county.objection_officer
    )

    assert stage(entry) == Stage.REJECTED
    assert second.status == Objection.Status.UPHELD


def test_an_objection_left_open_blocks_the_next_notice_too(county, entry, held_clock):
    settled, left = accepted(entry, county), accepted(entry, county, "另有一事")
    objections.uphold(
        heard(settled), finding=FINDING, reverify=True, actor=county.objection_officer
    )
    application = Application.objects.get(pk=entry.application_id)
    county._begin_verification(application)
    county._complete_verification(Application.objects.get(pk=application.pk))
    county._publish(Application.objects.get(pk=application.pk))
    again = application.notice_entries.get(dropped_at=None)
    held_clock.move_to(again.notice.ends_at)

    assert end_those_over() == 0
    objections.dismiss(left, finding="经复核，情况不属实，不成立。", actor=county.objection_officer)
    assert end_those_over() == 1


# Following


def test_the_code_is_read_with_spaces_and_small_letters(client, entry):
    code = raised(entry).receipt_code
    typed = f" {code[:5].lower()} {code[5:]}\0"

    answer = client.post(reverse("notices:follow"), {"code": typed})

    assert "待受理" in answer.content.decode()


FULL_WIDTH = {sign: sign + 0xFEE0 for sign in range(0x21, 0x7F)}


@pytest.mark.parametrize(
    "spelled",
    [
        lambda code: code.translate(FULL_WIDTH),
        lambda code: code.lower().translate(FULL_WIDTH),
        lambda code: f"查询码：{code}",
        lambda code: f"Receipt code: {code[:5]} {code[5:]}",
        lambda code: f"code {code}",
        lambda code: f"（{code}）。\n",
        "\u3000".join,
        lambda code: f"\u200b{code[:5]}\u200b—{code[5:]}",
    ],
)
def test_the_code_is_read_as_people_type_and_paste_it(client, entry, spelled):
    code = raised(entry).receipt_code

    answer = client.post(reverse("notices:follow"), {"code": spelled(code)})

    assert answer.status_code == 200
    assert "待受理" in answer.content.decode()
    assert f'value="{code}"' in answer.content.decode()


def test_the_finding_is_answered_to_a_real_name_only(client, county, entry):
    def followed(objection):
        objections.accept(objection, reason=REASON, actor=county.objection_officer)
        objections.dismiss(objection, finding=FINDING, actor=county.objection_officer)
        typed = {"code": objection.receipt_code}
        return client.post(reverse("notices:follow"), typed).content.decode()

    named = objections.raise_objection(
        entry, facts="面积不实", identity={"name": "张三", "contact": "a@b.cn"}
    )
    assert FINDING in followed(named)
    assert FINDING not in followed(raised(entry, "匿名反映"))
