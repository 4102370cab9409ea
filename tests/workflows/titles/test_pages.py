"""A title's page of its own: its life, what may be done next, and the form of each act."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from designation.organizations.models import Role
from designation.register.standing import Status
from designation.site import clock
from designation.site.templatetags.moments import day
from tests import factories
from tests.sheets import fill_in
from tests.titles_given import DAY, REASON, Title
from tests.workflows.test_two_counties import Neighbour

pytestmark = pytest.mark.django_db


@pytest.fixture
def title(county, held_clock):
    return Title(county)


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def page(title, person=None):
    address = reverse("titles:title", args=[title.row.pk])
    return as_(person or title.county.coordinator).get(address)


def text(answer):
    return answer.content.decode()


def act_page(title, name):
    return reverse("titles:act", args=[title.row.pk, name])


SAID = {
    "document_number": "青组发〔2026〕5号",
    "deciding_body": "中共青山县委组织部",
    "decided_on": "2026年3月2日",
    "reason": REASON,
}


def test_the_page_tells_the_life_of_a_title_by_what_when_whom_and_on_which_paper(title):
    step = title.act("warn")

    shown = text(page(title))

    for said in (
        "命名",
        title.row.decision.document_number,
        "警告",
        step.document,
        REASON,
        title.county.coordinator.full_name,
        "县级经办人",
        "已警告",
    ):
        assert said in shown


def test_what_may_be_done_is_shown_with_what_keeps_it_back(title):
    title.act("order")

    shown = text(page(title, title.county.deciding_officer))

    assert act_page(title, "revoke") in shown
    assert "期满仍未整改到位的才能撤销" in shown
    assert act_page(title, "prolong") not in shown
    coordinators = text(page(title))
    assert act_page(title, "prolong") in coordinators
    assert act_page(title, "revoke") not in coordinators


def test_an_act_is_done_by_its_form_and_leads_back_to_the_life(title):
    said = SAID | {"correct_by": "2026年3月20日"}

    answer = fill_in(as_(title.county.coordinator), act_page(title, "order"), said)

    assert answer.url == reverse("titles:title", args=[title.row.pk])
    assert (title.status, title.standing.correct_by) == (Status.ORDERED, date(2026, 3, 20))
    assert "整改期限到2026年3月20日(周五)（含当天）" in text(page(title))


def test_the_form_proposes_the_body_today_and_the_longest_time_there_is(title):
    form = as_(title.county.coordinator).get(act_page(title, "order")).context["form"]

    assert form["deciding_body"].initial == "中共青山县委"
    assert form["decided_on"].initial == clock.today()
    assert form["correct_by"].initial == clock.today() + 30 * DAY


def test_the_form_of_an_order_proposes_a_day_that_leaves_one_of_the_title_or_none(
    title, held_clock
):
    coordinator, last = as_(title.county.coordinator), title.row.valid_until
    held_clock.move(last - clock.today() - 15 * DAY)
    shown = coordinator.get(act_page(title, "order"))
    assert shown.context["form"]["correct_by"].initial == last - DAY

    held_clock.move(15 * DAY)
    shown = coordinator.get(act_page(title, "order"))

    assert shown.context["form"]["correct_by"].initial is None
    assert "没有整改的时间。可以警告；有过错、应当撤销的，由审定人撤销。" in text(shown)


def test_the_form_of_more_time_asks_when_it_was_decided_once_the_order_has_run_out(
    title, held_clock
):
    last, coordinator = title.act("order").correct_by, as_(title.county.coordinator)
    held_clock.move(31 * DAY)

    shown = coordinator.get(act_page(title, "prolong"))

    assert shown.context["form"]["decided_on"].initial is None
    assert "届满（2026年4月1日(周三)）以前作出的文件才能登记" in text(shown)
    said = SAID | {"decided_on": last.isoformat(), "correct_by": (last + 30 * DAY).isoformat()}
    assert fill_in(coordinator, act_page(title, "prolong"), said).status_code == 302
    assert title.standing.correct_by == last + 30 * DAY


def test_the_page_of_a_title_that_ran_out_under_order_says_what_is_to_be_done_first(
    title, held_clock
):
    held_clock.move(title.row.valid_until - clock.today() - 10 * DAY)
    title.act("order", correct_by=title.row.valid_until - DAY)
    held_clock.move(11 * DAY)

    assert "延续称号以前，须先认定整改合格" in text(page(title))
    title.act("accept")
    assert "延续称号以前" not in text(page(title))


def test_what_is_refused_is_told_at_its_field_and_nothing_typed_is_lost(title):
    said = SAID | {"correct_by": "2026年6月1日", "decided_on": "2026年3月3日"}

    answer = fill_in(as_(title.county.coordinator), act_page(title, "order"), said)

    assert answer.status_code == 422
    form = answer.context["form"]
    assert "整改期限请填" in str(form.errors["correct_by"])
    assert "不能晚于今天" in str(form.errors["decided_on"])
    assert REASON in text(answer)
    assert title.status == Status.VALID


def test_an_act_that_is_shut_says_so_before_anything_is_typed(title, held_clock):
    held_clock.move(800 * DAY)

    shown = text(as_(title.county.deciding_officer).get(act_page(title, "revoke")))

    assert "不用再撤销或注销" in shown


def test_what_cannot_be_undone_asks_once(title):
    officer = as_(title.county.deciding_officer)

    answer = officer.post(act_page(title, "revoke"), SAID)

    assert "sure" in answer.context["form"].errors
    assert title.status == Status.VALID
    fill_in(officer, act_page(title, "revoke"), SAID | {"sure": "on"})
    assert title.status == Status.REVOKED


def test_a_revocation_of_before_the_end_of_an_order_is_told_at_the_day_of_its_document(
    title, held_clock
):
    title.act("order")
    held_clock.move(40 * DAY)
    client = as_(title.county.deciding_officer)
    said = SAID | {"decided_on": "2026年3月20日", "sure": "on"}

    answer = fill_in(client, act_page(title, "revoke"), said)

    assert answer.status_code == 422
    assert "须在这一天以后作出" in str(answer.context["form"].errors["decided_on"])
    assert title.status == Status.ORDERED


def test_what_was_decided_in_the_term_is_entered_by_its_form_after_the_last_day(title, held_clock):
    last = title.row.valid_until
    held_clock.move(last - clock.today() + 5 * DAY)
    client, address = as_(title.county.deciding_officer), act_page(title, "revoke")
    assert "在这一天或者以前作出的，仍然登记" in text(client.get(address))
    said = SAID | {"sure": "on"}

    late = fill_in(client, address, said | {"decided_on": last + DAY})

    assert late.status_code == 422
    assert "仍然登记" in str(late.context["form"].errors["decided_on"])
    answer = fill_in(client, address, said | {"decided_on": last})
    assert answer.url == reverse("titles:title", args=[title.row.pk])
    assert title.status == Status.REVOKED


def test_an_id_number_stands_in_no_reason(title):
    said = SAID | {"reason": "负责人身份证号110101199003070811弄虚作假。"}

    answer = fill_in(as_(title.county.coordinator), act_page(title, "warn"), said)

    assert "reason" in answer.context["form"].errors


@pytest.mark.parametrize("field", ["reason", "document_number", "deciding_body"])
def test_a_mobile_number_stands_in_nothing_that_the_public_reads(title, field):
    said = SAID | {field: "来函人电话138 1234 5678，反映材料弄虚作假。"}

    answer = as_(title.county.coordinator).post(act_page(title, "warn"), said)

    assert answer.status_code == 422
    assert "会对外公开，请不要填写手机号" in answer.content.decode()
    assert field in answer.context["form"].errors


def test_who_acts_on_a_page_grown_old_is_told_what_stands(title):
    client = as_(title.county.coordinator)
    shown = client.get(act_page(title, "warn")).context["form"]
    assert shown is not None
    form = client.get(act_page(title, "cancel"))
    seen = form.context["seen"]
    title.act("revoke")

    sent = SAID | {"version": seen, "sure": "on"}
    answer = client.post(act_page(title, "cancel"), sent)

    assert answer.status_code == 422
    assert "现为“已撤销”" in text(answer)
    assert REASON in text(answer)


def test_the_unit_reads_the_life_of_its_own_title_and_acts_on_nothing(title):
    title.act("order")
    head = factories.seated(Role.HEAD, title.row.organization)

    shown = text(page(title, head))

    assert REASON in shown
    assert "可以办理" not in shown
    assert as_(head).get(act_page(title, "accept")).status_code == 404


@pytest.mark.parametrize("role", [Role.HEAD, Role.FIRST_REVIEWER, Role.OBJECTION_OFFICER])
def test_nobody_else_reads_more_than_the_register(title, role):
    place = {
        Role.HEAD: factories.VillageFactory(),
        Role.FIRST_REVIEWER: title.county.township,
        Role.OBJECTION_OFFICER: title.county.jurisdiction,
    }[role]

    assert page(title, factories.seated(role, place)).status_code == 404


def test_another_county_reads_nothing_of_it(title):
    neighbour = Neighbour()

    assert page(title, neighbour.coordinator).status_code == 404
    assert as_(neighbour.deciding_officer).get(act_page(title, "revoke")).status_code == 404
    register_page = reverse("register:detail", args=[title.row.number])
    own = reverse("titles:title", args=[title.row.pk])
    assert own not in text(as_(neighbour.coordinator).get(register_page))
    assert own in text(as_(title.county.coordinator).get(register_page))


def test_an_unknown_act_or_one_from_elsewhere_is_not_found(title):
    client = as_(title.county.coordinator)

    for name in ("lift", "accept", "bless"):
        assert client.get(act_page(title, name)).status_code == 404


# The desk


def test_the_desk_of_the_holder_shows_the_order_its_day_and_what_to_do(county, held_clock):
    title = Title(county)
    head = factories.seated(Role.HEAD, title.row.organization)
    nothing = "现在没有等您办理的事项"
    assert nothing in text(as_(head).get(reverse("home")))
    title.act("order")
    last = day(title.standing.correct_by)

    running = text(as_(head).get(reverse("home")))
    held_clock.move(40 * DAY)
    run_out = text(as_(head).get(reverse("home")))

    assert f"请在{last}前（含当天）整改到位" in running
    assert f"整改期限已于{last}届满" in run_out
    assert "整改期满，待作结论" in run_out
    for shown in (running, run_out):
        assert reverse("titles:title", args=[title.row.pk]) in shown
        assert nothing not in shown
    assert as_(county.head).get(reverse("home")).context["ordered"] == []

    title.act("accept")
    assert as_(head).get(reverse("home")).context["ordered"] == []


def test_the_desk_shows_what_is_under_order_first_what_is_overdue_and_what_runs_out_soon(
    county, held_clock
):
    far, soon, ordered, overdue = (Title(county) for _title in range(4))
    soon.act("renew", until=soon.row.valid_until + 5 * DAY)
    held_clock.move(660 * DAY)
    far.act("renew")
    overdue.act("order", correct_by=clock.today() + DAY)
    held_clock.move(2 * DAY)
    ordered.act("order", correct_by=clock.today() + 10 * DAY)

    desk = as_(county.coordinator).get(reverse("home"))

    assert [row.pk for row in desk.context["titles"]] == [
        one.row.pk for one in (overdue, ordered, soon)
    ]
    assert text(desk).count("整改期满，待作结论") == 1
    assert as_(Neighbour().coordinator).get(reverse("home")).context["titles"] == []
    assert as_(county.reviewer).get(reverse("home")).context["titles"] == []
