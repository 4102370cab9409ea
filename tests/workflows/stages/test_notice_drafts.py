"""A draft notice on its way: what keeps it back, how it is taken back, what the public sees."""

from datetime import timedelta

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.site.personal_data import personal_data
from designation.site.refusal import Refusal
from tests.course import NOTICE
from tests.public_addresses import public
from tests.sent_back import hidden
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.models import Notice
from workflows.stages.public_notice.scan import offending_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def verified(county):
    return county.at(Stage.CHOSEN)


@pytest.fixture
def draft(county, verified):
    return notices.propose(county.round, NOTICE, [verified], actor=county.coordinator)


def press(client, person, notice, step):
    client.force_login(person)
    seen = hidden(client.get(reverse("notices:manage", args=[notice.pk])))
    return client.post(reverse("notices:step", args=[notice.pk, step]), seen | {"sure": "yes"})


def managed(client, person, notice):
    client.force_login(person)
    return client.get(reverse("notices:manage", args=[notice.pk])).content.decode()


def test_an_application_stands_on_one_notice_only(county, verified, draft):
    with pytest.raises(Refusal, match="已列入其他公示"):
        notices.propose(county.round, NOTICE, [verified], actor=county.coordinator)

    assert Notice.objects.count() == 1


def test_a_notice_lists_at_least_one_application(county):
    with pytest.raises(Refusal):
        notices.propose(county.round, NOTICE, [], actor=county.coordinator)


def test_a_second_coordinator_who_was_slower_keeps_what_was_typed(client, county, verified, draft):
    client.force_login(county.coordinator)
    typed = NOTICE | {"applications": [str(verified.pk)], "meeting_result": "全票通过"}

    answer = client.post(reverse("notices:compose", args=[county.round.pk]), typed)

    assert answer.status_code == 422
    assert "全票通过" in answer.content.decode()


def test_only_the_coordinator_proposes(county, verified):
    with pytest.raises(Refusal, match="县级经办人"):
        notices.propose(county.round, NOTICE, [verified], actor=county.publisher)


def test_numbers_broken_by_spaces_or_hyphens_are_found():
    assert personal_data(["138 1234 5678", "138-1234-5678", "341821 19900101 1234"]) == [
        "138 1234 5678",
        "138-1234-5678",
        "341821 19900101 1234",
    ]


def test_the_receiving_unit_may_print_a_mobile_but_no_id_number():
    assert offending_fields({"contact_phone": "13800138000", "working_days": 5}) == []
    assert offending_fields({"contact_phone": "341821199001011234"}) == ["contact_phone"]


def test_personal_data_blocks_proposing_and_publishing_alike(county, verified):
    with pytest.raises(Refusal) as refused:
        notices.propose(
            county.round,
            NOTICE | {"procedure": "联系人 13800138000"},
            [verified],
            actor=county.coordinator,
        )
    assert refused.value.codes == ("personal_data",)
    assert "评定过程" in str(refused.value)

    notice = county.compose_notice(verified)
    Notice.objects.update(basis="证件号 341821199001011234")
    with pytest.raises(Refusal) as refused:
        notices.publish(notice, actor=county.publisher)
    assert refused.value.codes == ("personal_data",)


def test_a_step_pressed_twice_is_taken_once(client, county, draft):
    press(client, county.secrecy_reviewer, draft, "secrecy")

    answer = press(client, county.secrecy_reviewer, draft, "secrecy")

    assert answer.status_code == 422
    assert "已经办理" in answer.content.decode()
    assert AuditEvent.objects.filter(action="notice.secrecy_reviewed").count() == 1


def test_each_step_is_in_the_audit_log(county, verified):
    notices.publish(county.compose_notice(verified), actor=county.publisher)

    acts = AuditEvent.objects.filter(action__startswith="notice.").order_by("sequence")
    assert list(acts.values_list("action", flat=True)) == [
        "notice.propose",
        "notice.secrecy_reviewed",
        "notice.approved",
        "notice.publish",
    ]


def test_only_the_publisher_publishes(county, verified):
    notice = county.compose_notice(verified)

    with pytest.raises(Refusal, match="公示发布人"):
        notices.publish(notice, actor=county.secrecy_reviewer)


def test_a_draft_is_taken_back_and_composed_anew_with_its_text(client, county, verified, draft):
    Notice.objects.update(meeting_result="十一票同意，无反对票")

    assert press(client, county.publisher, draft, "discard").status_code == 404
    assert press(client, county.coordinator, draft, "discard").status_code == 302
    assert "已作废" in managed(client, county.coordinator, draft)
    assert "已作废" in client.get(reverse("notices:desk")).content.decode()
    form = client.get(reverse("notices:compose", args=[county.round.pk])).content.decode()
    assert "十一票同意，无反对票" in form
    assert verified.organization.name_zh in form


def test_a_draft_taken_back_goes_no_further(client, county, draft):
    press(client, county.coordinator, draft, "discard")

    answer = press(client, county.secrecy_reviewer, draft, "secrecy")

    assert answer.status_code == 422
    assert "请重新拟定公示" in answer.content.decode()


def test_a_published_notice_is_not_taken_back(client, county, verified):
    notice = notices.publish(county.compose_notice(verified), actor=county.publisher)

    assert press(client, county.coordinator, notice, "discard").status_code == 422


def test_the_page_says_what_is_missing_before_publication(client, county, draft):
    content = managed(client, county.publisher, draft)

    assert "发布前还差" in content
    assert "请先完成保密审查" in content
    # The proposer does not publish, and is not told that they may not.
    assert "提出人不能自己发布，请由他人发布" not in managed(client, county.coordinator, draft)


def test_what_two_names_share_is_said_once(client, county, verified):
    second = county.beside().at(Stage.CHOSEN)
    notice = notices.propose(county.round, NOTICE, [verified, second], actor=county.coordinator)

    assert managed(client, county.publisher, notice).count("请先完成保密审查") == 1


def test_the_page_of_a_draft_costs_the_same_for_two_names(
    client, county, verified, django_assert_num_queries
):
    notice = notices.propose(county.round, NOTICE, [verified], actor=county.coordinator)
    client.force_login(county.publisher)
    address = reverse("notices:manage", args=[notice.pk])
    with django_assert_num_queries(12):
        client.get(address)
    press(client, county.coordinator, notice, "discard")
    both = [verified, county.beside().at(Stage.CHOSEN)]
    notice = notices.propose(county.round, NOTICE, both, actor=county.coordinator)
    client.force_login(county.publisher)

    with django_assert_num_queries(12):
        client.get(reverse("notices:manage", args=[notice.pk]))


def test_who_withdraws_before_publication_is_not_printed_but_who_is_sent_back_later_is(
    client, county, verified, held_clock
):
    neighbour = county.beside()
    withdrawn = neighbour.at(Stage.CHOSEN)
    notice = county.compose_notice(verified, withdrawn)
    neighbour.act("withdraw", withdrawn, neighbour.head)
    held_clock.move(timedelta(minutes=1))
    notices.publish(notice, actor=county.publisher)
    entry = notice.entries.get(application=verified)
    entry.dropped_at = notice.published_at
    entry.save()

    content = client.get(public("notices:detail", args=[notice.pk])).content.decode()

    assert verified.organization.name_zh in content
    assert withdrawn.organization.name_zh not in content
    assert "已退出公示名单" in managed(client, county.coordinator, notice)


def published(county, number):
    """Bare notices: the list reads nothing else of them."""
    moment = county.round.opens_at
    Notice.objects.bulk_create(
        Notice(
            round=county.round,
            **NOTICE,
            status=Notice.Status.PUBLISHED,
            published_at=moment,
            first_day=moment.date(),
            last_day=moment.date(),
            ends_at=moment,
            working_days=5,
        )
        for _place in range(number)
    )


@pytest.mark.parametrize("number", [1, 3])
def test_the_public_list_costs_two_statements(client, county, number, django_assert_num_queries):
    published(county, number)

    with django_assert_num_queries(2):
        content = client.get(public("notices:list")).content.decode()
    assert content.count(NOTICE["title"]) == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_costs_the_same_for_any_number(client, county, number, django_assert_num_queries):
    published(county, number)
    client.force_login(county.coordinator)

    with django_assert_num_queries(7):
        content = client.get(reverse("notices:desk")).content.decode()
    assert content.count(NOTICE["title"]) == number


def test_the_desk_is_for_those_who_handle_notices(client, county):
    client.force_login(county.preparer)

    assert client.get(reverse("notices:desk")).status_code == 404


def test_the_public_list_is_there_in_english(client, county):
    published(county, 1)

    content = client.get(public("notices:list", language="en"))

    assert 'lang="en"' in content.content.decode()
