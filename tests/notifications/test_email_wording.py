"""A county words the e-mails of its round; what, until when and where stay the system's to say."""

import pytest
from django.core import mail
from django.urls import reverse
from lxml import html

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.organizations.models import Role
from designation.rounds import copying
from designation.rounds.models import Round
from designation.site import seen_whole, shown
from designation.site.refusal import Refusal
from notifications import delivery, email_wordings, placeholders, preferences, round_messages
from notifications.email_preview import previews
from notifications.models import Delivery, EmailWording, Message
from notifications.tasks import deliver_outbox
from tests import factories
from tests.markup import flat
from tests.sheets import Sheet

pytestmark = pytest.mark.django_db

RETURN = "application.return_for_correction"
TO_THE_APPLICANT = f"{RETURN}.asks"
REASONS = {"NC-01": "缺会议记录"}


def page(round_, slug=TO_THE_APPLICANT):
    return reverse("messages:email", args=[round_.pk, slug])


def restoring(round_, slug=TO_THE_APPLICANT):
    return reverse("messages:email_restore", args=[round_.pk, slug])


def worded(county, slug=TO_THE_APPLICANT, **typed):
    """The county says so, by the act."""
    message = round_messages.called(slug)
    return email_wordings.keep(county.round, message, typed, actor=county.coordinator)


def mailed_to(county, *people):
    for person in people:
        person.email = f"{person.username}@example.cn"
        person.save()


def returned(county, **more):
    """The preparer's mail when the case was sent back to be corrected."""
    mailed_to(county, county.preparer)
    case = county.at(Stage.SUBMITTED)
    deliver_outbox()
    mail.outbox.clear()
    county.act("return_for_correction", case, county.reviewer, corrections=REASONS, **more)
    deliver_outbox()
    (sent,) = mail.outbox
    return sent


def seen_of(county, slug):
    stored = email_wordings.stored(email_wordings.of(county.round, round_messages.called(slug)))
    return {shown.INPUT: shown.carried(seen_whole.as_shown(stored))}


@pytest.fixture
def coordinator(client, county):
    client.force_login(county.coordinator)
    return client


# What a receiver gets


def test_the_county_s_words_stand_around_the_lines_of_the_system(county):
    worded(
        county,
        subject_zh="【{批次}】请{组织名称}补正",
        opening_zh="{组织名称}：\n您单位的申报需要补正，{办理期限}前交回。",
        closing_zh="联系电话：0591-2288001",
    )

    sent = returned(county)

    name, round_ = county.village.name_zh, county.round.name_zh
    assert sent.subject == f"【{round_}】请{name}补正"
    opening, told, facts, link, closing = (
        sent.body.index(text)
        for text in (
            "您单位的申报需要补正，2026年",
            "NC-01：缺会议记录",
            "办理期限：2026年",
            "/applications/",
            "联系电话：0591-2288001",
        )
    )
    assert opening < told < facts < link < closing
    assert f"批次：{round_}" in sent.body


def test_the_inbox_says_what_the_system_says(county):
    worded(county, subject_zh="请补正", opening_zh="请看附件。")

    returned(county)

    (told,) = Message.objects.filter(person=county.preparer, event__action=RETURN)
    assert told.subject != "请补正"
    assert "请看附件" not in told.body


def test_a_county_cannot_take_a_deadline_out(county):
    worded(county, subject_zh="通知", opening_zh="无", closing_zh="无")

    assert "办理期限：2026年" in returned(county).body


def test_who_reads_english_gets_the_county_s_english_where_there_is_any(county):
    worded(county, subject_zh="请补正", opening_zh="请尽快。", subject_en="{Round}: please correct")
    county.preparer.language = "en"

    sent = returned(county)

    assert sent.subject.endswith(": please correct")
    assert "请尽快" not in sent.body, "what it does not say in English, the system says"


def test_without_english_the_whole_e_mail_is_the_system_s(county):
    county.preparer.language = "en"
    plain = returned(county)
    mail.outbox.clear()
    worded(county, subject_zh="请补正", opening_zh="请尽快。")

    assert "请" not in plain.subject
    told = Delivery.objects.order_by("-pk").first()
    assert (told.subject, told.opening, told.closing) == ("", "", "")


def test_those_who_are_only_told_get_words_of_their_own(county):
    worded(county, slug=f"{RETURN}.tells", opening_zh="只告知，不必办理。")

    assert "只告知" not in returned(county).body


def test_another_round_is_left_as_it_is(county):
    other = copying.copy(county.round, actor=county.coordinator)
    message = round_messages.called(TO_THE_APPLICANT)
    said = {"opening_zh": "别的批次"}
    email_wordings.keep(other, message, said, actor=county.coordinator)

    assert "别的批次" not in returned(county).body


def test_a_line_without_its_fact_is_left_out_and_a_subject_without_it_is_the_system_s(county):
    worded(county, subject_zh="回执{回执编号}", opening_zh="请补正。\n回执编号{回执编号}，请留存。")

    sent = returned(county)

    assert sent.subject == f"{county.village.name_zh}的申报被退回补正，请按清单逐条补正。"
    assert "请补正。" in sent.body
    assert "请留存" not in sent.body, "what is sent back has no receipt"


def test_what_a_person_wrote_is_never_read_as_a_field(county):
    worded(county, opening_zh="意见：{意见}")
    opinion = "材料不全，{办理期限}和%(round)s都照写。"

    assert f"意见：{opinion}" in returned(county, opinion=opinion).body


def test_one_mail_a_day_carries_each_message_with_its_words(county):
    slug = "application.submit.tells"
    worded(county, slug=slug, subject_zh="已提交", opening_zh="以下事项请知悉。")
    mailed_to(county, county.head)
    preferences.keep({"application": "daily"}, None, None, actor=county.head)
    county.at(Stage.SUBMITTED)
    deliver_outbox()

    worded_ones = Delivery.objects.filter(is_gathered=True).exclude(opening="")
    assert [one.subject for one in worded_ones] == ["已提交"]


# What was said stays said


def test_what_waits_to_be_sent_keeps_the_words_of_its_day(county):
    worded(county, opening_zh="原来的话")
    mailed_to(county, county.preparer)
    case = county.at(Stage.SUBMITTED)
    county.act("return_for_correction", case, county.reviewer, corrections=REASONS)
    delivery.deliver_waiting()
    mail.outbox.clear()

    worded(county, opening_zh="后来的话")
    deliver_outbox()

    sent = [one.body for one in mail.outbox if "退回补正" in one.body]
    assert sent
    assert all("原来的话" in body and "后来的话" not in body for body in sent)


# The pages


def test_the_coordinator_finds_it_from_the_round(county, coordinator):
    about = coordinator.get(reverse("rounds:detail", args=[county.round.pk])).content.decode()
    listed = reverse("messages:emails", args=[county.round.pk])
    assert listed in about
    worded(county, opening_zh="请补正。")

    told = " ".join(html.fromstring(coordinator.get(listed).content).text_content().split())

    assert "退回补正（请办理） 本县措辞" in told
    assert told.count("本县措辞") == 1
    assert "修改密码（告知）" not in told, "what concerns no round is nobody's to word"


def test_what_is_typed_is_kept_and_shown_as_it_will_arrive(county, coordinator):
    sheet = Sheet(coordinator, page(county.round))
    assert "点要填的地方" in sheet.text

    answer = sheet.send(
        subject_zh="｛批次｝补正通知",
        opening_zh="{ 申报批次 不是字段",
    )

    assert answer.status_code == 422
    told = flat(answer.content)
    assert "大括号要成对：“{ 申报批次 不是字段”" in told
    assert "｛批次｝补正通知" in answer.content.decode(), "nothing typed is lost"

    assert sheet.send(subject_zh="｛批次｝补正通知").status_code == 302
    told = flat(coordinator.get(page(county.round)).content)
    assert f"{county.round.name_zh}补正通知" in told
    assert EmailWording.objects.get().subject_zh == "{round}补正通知"
    assert "办理期限：" in told, "the lines of the system stand in the example"


def test_a_preview_saves_nothing(county, coordinator):
    sheet = Sheet(coordinator, page(county.round), press="preview")

    answer = sheet.send(opening_zh="请{组织名称}看一看")

    assert answer.status_code == 200
    assert "请红旗村党支部看一看" in flat(answer.content), "nobody has applied: an invented one"
    assert not EmailWording.objects.exists()


def test_the_example_is_of_the_round_where_somebody_has_applied(county, coordinator):
    county.at(Stage.SUBMITTED)
    sheet = Sheet(coordinator, page(county.round), press="preview")

    answer = sheet.send(opening_zh="请{组织名称}看一看")

    assert f"请{county.village.name_zh}看一看" in flat(answer.content)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("{经办人}您好", "这种消息里没有“经办人”"),
        ("{会议日期}前", "这种消息里没有“会议日期”"),
        ("{batch.__class__}", "这种消息里没有“batch.__class__”"),
        ("{{批次}}", "大括号要成对"),
        ("批次}", "大括号要成对"),
        ("{批次", "大括号要成对"),
        ("请联系 138 0013 8000", "含有身份证号或手机号"),
        ("长" * 1001, "最多 1000 字"),
    ],
)
def test_what_cannot_be_sent_is_told_at_its_input(county, coordinator, typed, told):
    sheet = Sheet(coordinator, page(county.round))

    answer = sheet.send(opening_zh=typed)

    assert answer.status_code == 422
    refused = Sheet.of(answer).root.xpath("//*[@id='field-opening_zh']")[0]
    assert told in refused.text_content()
    assert Sheet.of(answer).values["opening_zh"] == [typed]
    assert not EmailWording.objects.exists()


def test_a_subject_is_one_line_and_what_nobody_sees_is_taken_out(county, coordinator):
    sheet = Sheet(coordinator, page(county.round))

    sheet.send(subject_zh="补正\r\nBcc: a@example.cn\x07\u200b通知", opening_zh="一\r\n二\x00")

    stored = EmailWording.objects.get()
    assert stored.subject_zh == "补正 Bcc: a@example.cn通知"
    assert stored.opening_zh == "一\n二"
    assert returned(county).subject == stored.subject_zh


def test_english_alone_is_not_enough(county, coordinator):
    answer = Sheet(coordinator, page(county.round)).send(subject_en="Please correct")

    assert answer.status_code == 422
    assert "请先填写中文" in flat(answer.content)


def test_a_field_is_edited_in_the_language_of_whoever_edits(county, coordinator):
    worded(county, opening_zh="{批次}")
    coordinator.cookies["django_language"] = "en"

    sheet = Sheet(coordinator, page(county.round))

    assert sheet.values["opening_zh"] == ["{Round}"]
    assert sheet.send(closing_zh="{ round } / {名 称}").status_code == 422
    assert sheet.send(closing_zh="{ round }").status_code == 302
    assert EmailWording.objects.get().closing_zh == "{round}"


# On record, and taken back


def test_a_change_is_on_record_with_what_stood_before(county):
    worded(county, opening_zh="{批次}甲")
    worded(county, opening_zh="{批次}乙")

    last = AuditEvent.objects.filter(action="email_wording.edit").first()
    assert last.details["changed"] == {"opening_zh": ["{批次}甲", "{批次}乙"]}
    assert last.actor == county.coordinator
    assert last.actor_role == Role.COUNTY_COORDINATOR


def test_the_same_again_is_not_recorded(county):
    worded(county, opening_zh="甲")
    worded(county, opening_zh="甲")

    assert AuditEvent.objects.filter(action="email_wording.edit").count() == 1


def test_the_system_s_words_are_restored_by_one_press(county, coordinator):
    worded(county, opening_zh="甲")
    sheet = Sheet(coordinator, page(county.round), to="/system/")

    assert sheet.send().status_code == 302

    told = AuditEvent.objects.filter(action="email_wording.restore").get()
    assert told.details["changed"] == {"opening_zh": ["甲", ""]}
    assert "甲" not in returned(county).body


def test_who_restores_has_seen_what_they_take_back(county, coordinator):
    worded(county, opening_zh="甲")
    sheet = Sheet(coordinator, page(county.round), to="/system/")
    worded(county, opening_zh="乙")

    answer = sheet.send()

    assert answer.status_code == 422
    assert "有人改了这里的措辞" in flat(answer.content)
    assert EmailWording.objects.get().opening_zh == "乙"


# Whose it is


def test_a_round_that_is_over_is_not_worded_any_more(county, coordinator):
    sheet = Sheet(coordinator, page(county.round))
    Round.objects.filter(pk=county.round.pk).update(status=Round.Status.CLOSED)

    answer = sheet.send(opening_zh="甲")

    assert answer.status_code == 422
    assert "批次已经结束" in flat(answer.content)
    assert Sheet.of(answer).values["opening_zh"] == ["甲"]
    assert coordinator.get(page(county.round)).status_code == 404


def test_the_coordinator_of_another_county_gets_neither_page_nor_act(county, client):
    elsewhere = factories.seated(
        Role.COUNTY_COORDINATOR, factories.JurisdictionFactory(code="350102000000")
    )
    client.force_login(elsewhere)

    assert client.get(page(county.round)).status_code == 404
    assert client.post(restoring(county.round)).status_code == 404
    message = round_messages.called(TO_THE_APPLICANT)
    with pytest.raises(Refusal, match="只有本辖区的县级经办人"):
        email_wordings.keep(county.round, message, {"opening_zh": "甲"}, actor=elsewhere)


def test_a_message_that_no_room_declares_has_no_page(county, coordinator):
    assert coordinator.get(page(county.round, "application.fly.asks")).status_code == 404


def test_next_year_s_round_says_the_same(county):
    worded(county, opening_zh="{批次}甲", subject_en="Please")
    worded(county, slug="application.submit.tells", opening_zh="乙")
    email_wordings.restore(
        county.round,
        round_messages.called("application.submit.tells"),
        seen=seen_of(county, "application.submit.tells"),
        actor=county.coordinator,
    )

    made = copying.copy(county.round, actor=county.coordinator)

    said = EmailWording.objects.get(round=made)
    assert (said.action, said.opening_zh, said.subject_en) == (RETURN, "{round}甲", "Please")


# Every message, whatever rooms there are


def test_every_field_of_a_message_has_a_word_of_its_own_in_each_language():
    for message in round_messages.round_messages():
        spelled = placeholders._codes(message.fields)
        assert set(spelled.values()) == set(message.fields)
        for name in message.fields:
            assert placeholders.read(placeholders.shown(f"{{{name}}}"), message.fields) == (
                f"{{{name}}}"
            )


def test_an_address_names_one_message():
    slugs = [one.slug for one in round_messages.round_messages()]
    assert len(set(slugs)) == len(slugs)
    assert all(round_messages.called(slug).slug == slug for slug in slugs)


def test_each_message_of_a_round_can_be_previewed(county, coordinator):
    nothing = dict.fromkeys(email_wordings.PARTS, "")
    for message in round_messages.round_messages():
        for each in previews(county.round, message, nothing, reader=county.coordinator):
            assert each.subject.strip()
            assert each.subject in each.text
