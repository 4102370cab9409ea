"""The page of a reorganization: typed, then seen with all that follows, then confirmed once."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from designation.calendar import reminding, terms
from designation.organizations.models import Organization, Reorganization, Role
from designation.register import queries
from designation.register.proposed import is_proposed
from designation.register.standing import Status
from designation.site import clock
from designation.site.refusal import Refusal
from notifications.delivery import deliver_waiting
from notifications.models import Message
from tests import factories
from tests.public_addresses import public
from tests.rechecks_held import entered, proposed
from tests.titles_given import paper
from workflows.titles.acts import carry_out

from .test_reorganizing import title_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def neighbour(county):
    return factories.VillageFactory(superior=county.township, name_zh="绿水村党支部")


@pytest.fixture
def typed():
    return {
        "kind": "merged",
        "after": "绿水村党支部",
        "on": clock.today().isoformat(),
        "document_number": "青民发〔2026〕12号",
        "decided_by": "青山县人民政府",
    }


@pytest.fixture
def send(county, client):
    """``send(**typed)`` sends the form of the county's village; with nothing sent it opens it."""
    client.force_login(factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction))
    address = reverse("organizations:reorganize", args=[county.village.pk])
    return lambda **sent: client.post(address, sent) if sent else client.get(address)


def hidden(shown, name):
    return re.search(rf'name="{name}" value="([^"]*)"', shown.content.decode()).group(1)


@pytest.fixture
def recorded(send, typed):
    """``recorded(**chosen)`` goes the whole way; returns the last answer."""

    def go(**chosen):
        shown = send(**typed)
        names = {name: hidden(shown, name) for name in ("seen", "request_key")}
        return send(**typed, **names, sure="yes", step="record", **chosen)

    return go


def test_all_that_follows_is_named_before_anything_is_written(county, neighbour, send, typed):
    application = county.at(Stage.SUBMITTED)
    title = title_of(county, county.village)
    text = send(**typed).content.decode()
    assert "青山县人民政府 青民发〔2026〕12号" in text
    for named in (title.number, str(application.round), county.preparer.full_name):
        assert named in text
    assert not Reorganization.objects.exists()


def test_a_question_is_asked_only_where_there_is_more_than_one_answer(
    county, neighbour, send, typed
):
    title, application = title_of(county, county.village), county.start()
    text = send(**typed).content.decode()
    assert f'name="title-{title.pk}"' in text
    assert f'name="application-{application.pk}"' not in text
    assert "由“绿水村党支部”接着办理" in text


def test_it_is_recorded_and_shown_with_its_history(county, neighbour, recorded, client):
    answer = recorded()
    shown = client.get(answer.url).content.decode()
    assert "机构变更已登记" in shown
    assert f"“{county.village.name_zh}”并入“绿水村党支部”" in shown
    listed = client.get(reverse("organizations:organizations"), {"text": county.village.name_zh})
    assert "已合并" in listed.content.decode()


def test_without_the_tick_nothing_is_written_and_nothing_typed_is_lost(
    county, neighbour, send, typed
):
    title = title_of(county, county.village)
    shown = send(**typed)
    chosen = {f"title-{title.pk}": "end"}
    again = send(**typed, **chosen, step="record", seen=hidden(shown, "seen"))
    assert again.status_code == 422
    text = again.content.decode()
    assert "请先看清" in text
    assert re.search(rf'name="title-{title.pk}" value="end"[^>]*checked', text)
    assert not Reorganization.objects.exists()


def test_what_changed_meanwhile_is_told_above_the_list_as_it_is_now(county, neighbour, send, typed):
    shown = send(**typed)
    county.start()
    names = {name: hidden(shown, name) for name in ("seen", "request_key")}
    again = send(**typed, **names, sure="yes", step="record")
    assert again.status_code == 422
    assert "有了变化" in again.content.decode()
    assert str(county.round) in again.content.decode()
    assert not Reorganization.objects.exists()


def test_the_same_press_again_is_answered_as_the_first(county, neighbour, send, typed):
    shown = send(**typed)
    names = {name: hidden(shown, name) for name in ("seen", "request_key")}
    sent = typed | names | {"sure": "yes", "step": "record"}
    first, second = send(**sent), send(**sent)
    assert first.url == second.url
    assert Reorganization.objects.count() == 1


def test_one_may_go_back_and_change_what_was_typed(neighbour, send, typed):
    text = send(**typed, step="edit").content.decode()
    assert "绿水村党支部" in text
    assert "下一步：看看会怎样" in text


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"after": ""}, "请填写变更后的单位。"),
        ({"after": "甲\n乙"}, "更名、合并之后只有一个单位。"),
        ({"kind": "split", "after": "只有一个"}, "分立后至少有两个单位"),
        ({"together": "没有这个村"}, "没有找到“没有这个村”"),
        ({"on": "2099-01-01"}, "生效日期不能晚于今天"),
        ({"document_number": ""}, "field-error"),
        ({"kind": "renamed", "after": "绿水村党支部"}, "是同一个名称"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(neighbour, send, typed, changed, told):
    answer = send(**typed | changed)
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_a_unit_is_not_merged_with_itself(county, send, typed):
    answer = send(**typed | {"after": county.village.name_zh})
    assert "不能与自己合并" in answer.content.decode()


def test_what_is_out_of_use_is_not_merged_into(neighbour, send, typed):
    Organization.objects.filter(pk=neighbour.pk).update(is_active=False)
    assert "已经停用或者不再存在" in send(**typed).content.decode()


def test_a_name_that_is_not_known_is_said_to_be_that_of_a_new_unit(send, typed):
    text = send(**typed | {"after": "青绿村党支部"}).content.decode()
    assert "系统中还没有“青绿村党支部”，将作为新单位录入" in text


def test_several_in_one_merger_are_typed_by_name(county, neighbour, send, typed, recorded):
    typed |= {"together": "绿水村党支部", "after": "青绿村党支部"}
    assert recorded().status_code == 302
    assert not Organization.objects.filter(pk__in=[county.village.pk, neighbour.pk], is_active=True)


def test_a_renaming_is_recorded_with_its_document(county, typed, recorded):
    former = county.village.name_zh
    typed |= {"kind": "renamed", "after": "新旗村党支部"}
    assert recorded().status_code == 302
    row = Reorganization.objects.get()
    assert (row.document_number, row.units.get().name_zh) == ("青民发〔2026〕12号", former)
    assert Organization.objects.get(pk=county.village.pk).name_zh == "新旗村党支部"


def test_an_application_on_notice_shuts_the_button(county, neighbour, send, typed):
    county.at(Stage.ON_NOTICE)
    text = send(**typed).content.decode()
    assert "请等公示结束" in text
    assert "确认登记机构变更" not in text


def test_the_case_says_why_another_unit_goes_on_with_it(county, neighbour, recorded, client):
    application = county.at(Stage.SUBMITTED)
    recorded()
    client.force_login(county.coordinator)
    case = client.get(reverse("applications:case", args=[application.pk])).content.decode()
    assert "由新单位接着办理" in case
    assert "青民发〔2026〕12号" in case
    assert "绿水村党支部" in case


def test_everybody_reads_in_the_register_what_became_of_the_unit(
    county, neighbour, recorded, client
):
    title = title_of(county, county.village)
    recorded()
    text = client.get(public("register:detail", args=[title.number])).content.decode()
    assert county.village.name_zh in text
    assert "重新认定" in text
    assert "并入“绿水村党支部”" in text


def test_the_people_of_the_units_are_told(county, neighbour, recorded):
    ours, theirs = county.preparer, factories.seated(Role.PREPARER, neighbour)
    recorded()
    deliver_waiting()
    told = Message.objects.filter(event__action="organization.reorganize")
    assert {ours.pk, theirs.pk} <= set(told.values_list("person", flat=True))
    assert "青民发〔2026〕12号" in told.first().subject


def test_who_does_not_administer_the_unit_finds_no_such_page(county, client):
    client.force_login(county.coordinator)
    address = reverse("organizations:reorganize", args=[county.village.pk])
    assert client.get(address).status_code == 404


# Titles that something stands against


def ordered(county, organization):
    title = title_of(county, organization)
    carry_out("order", title, paper(title, "order"), actor=county.coordinator)
    return title


def proposed_to_be_revoked(county, organization):
    return proposed(county, entered(county, title_of(county, organization))).title


BURDENED = [(ordered, "正在限期整改"), (proposed_to_be_revoked, "已提请撤销")]


@pytest.mark.parametrize(("burdened", "told"), BURDENED)
def test_a_title_that_something_stands_against_is_not_cancelled_by_a_merger(
    county, neighbour, send, typed, recorded, held_clock, burdened, told
):
    title = burdened(county, county.village)
    status = title.standing_on(clock.today()).status
    shown = send(**typed).content.decode()
    assert told in shown
    assert "由“绿水村党支部”继续持有（重新认定），整改、提请撤销接着办理，不能注销" in shown
    assert f'name="title-{title.pk}"' not in shown

    recorded(**{f"title-{title.pk}": "end"})

    assert title.standing_on(clock.today()).status == status
    assert queries.holder(title) == neighbour
    assert told == "正在限期整改" or is_proposed(title)


def test_the_order_goes_on_with_the_successor_who_is_reminded_and_may_lose_the_title(
    county, neighbour, recorded, held_clock
):
    title, head = ordered(county, county.village), factories.seated(Role.HEAD, neighbour)
    recorded()
    with pytest.raises(Refusal) as refusal:
        carry_out("cancel", title, paper(title, "cancel"), actor=county.coordinator)
    assert refusal.value.codes == ("order_stands",)
    held_clock.move(timedelta(days=31))
    reminding.remind()
    carry_out("revoke", title, paper(title, "revoke"), actor=county.deciding_officer)
    deliver_waiting()

    assert title.standing_on(clock.today()).status == Status.REVOKED
    assert Message.objects.filter(person=head, subject__contains="称号已撤销").exists()


@pytest.mark.parametrize(("burdened", "told"), BURDENED)
def test_of_a_dissolved_unit_it_is_cancelled_and_the_page_says_what_ends_with_it(
    county, send, typed, recorded, held_clock, burdened, told
):
    title = burdened(county, county.village)
    typed |= {"kind": "dissolved", "after": ""}
    shown = send(**typed).content.decode()
    assert told in shown
    assert "注销（没有单位承接，整改随之终止，提请撤销的复核由县级经办人终止）" in shown

    recorded()

    assert title.standing_on(clock.today()).status == Status.CANCELLED
    assert not terms.open_terms(title).exists()


def test_what_is_ordered_after_the_page_was_shown_is_shown_again(
    county, neighbour, send, typed, held_clock
):
    title = title_of(county, county.village)
    shown = send(**typed)
    carry_out("order", title, paper(title, "order"), actor=county.coordinator)
    names = {name: hidden(shown, name) for name in ("seen", "request_key")}

    again = send(**typed, **names, sure="yes", step="record", **{f"title-{title.pk}": "end"})

    assert again.status_code == 422
    assert "正在限期整改" in again.content.decode()
    assert not Reorganization.objects.exists()
