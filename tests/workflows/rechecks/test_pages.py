"""The pages of re-checks: the year at a glance, the draw that everybody repeats, each one's own."""

import re
from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse

from designation.administration import reorganizing
from designation.calendar.models import Term
from designation.organizations import succession
from designation.organizations.lineage import Kind
from designation.organizations.models import Role
from designation.register.standing import Status
from designation.site import clock
from tests import factories
from tests.public_addresses import public
from tests.rechecks_held import (
    DAY,
    SEED,
    act,
    answered,
    draw,
    entered,
    head_of,
    proposed,
    titles,
    visited,
)
from tests.sheets import Sheet, fill_in
from tests.titles_given import REASON, paper
from tests.visits_apart import ITEM, begin, conclude, plan
from tests.workflows.test_two_counties import Neighbour
from workflows.rechecks import drawing
from workflows.rechecks.models import Draw, Outcome, Recheck, SelfReport, Standing
from workflows.stages.verification import visits
from workflows.tasks import look_at_ending_titles
from workflows.titles import acts as of_titles

pytestmark = pytest.mark.django_db

YEAR, DRAW = reverse("rechecks:year"), reverse("rechecks:draw")


@pytest.fixture(autouse=True)
def clock_held(held_clock):
    return held_clock


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def text(answer):
    return answer.content.decode()


def page(recheck):
    return reverse("rechecks:recheck", args=[recheck.pk])


def form_of(recheck, name):
    return reverse("rechecks:step", args=[recheck.pk, name])


def test_the_form_by_which_a_title_is_given_up_says_that_a_revocation_is_proposed(county):
    title = proposed(county).title
    client = as_(county.coordinator)
    address = reverse("titles:act", args=[title.pk, "cancel"])
    said = {
        "document_number": "红旗村党支部来函（3月2日）",
        "deciding_body": "红旗村党支部",
        "decided_on": clock.today(),
        "reason": REASON,
        "sure": "on",
    }
    assert "请先由审定人决定" in text(client.get(address))

    answer = fill_in(client, address, said)

    assert answer.status_code == 422
    assert "请先由审定人决定" in text(answer)
    assert title.standing_on(clock.today()).status == Status.VALID


@pytest.mark.parametrize(("name", "by"), [("order", "coordinator"), ("renew", "deciding_officer")])
def test_who_would_order_or_renew_reads_before_that_a_revocation_is_proposed(county, name, by):
    title = proposed(county).title
    client = as_(getattr(county, by))

    for address in ("titles:act", [title.pk, name]), ("titles:title", [title.pk]):
        shown = text(client.get(reverse(address[0], args=address[1])))
        assert "复核已提请撤销这个称号，现在不能责令限期整改、注销或者延续。" in shown


# The year


def test_a_year_is_drawn_by_its_form_and_the_page_of_the_draw_follows(county):
    titles(county, 12)
    client = as_(county.coordinator)
    assert DRAW in text(client.get(YEAR))

    answer = fill_in(client, DRAW, SEED)

    made = Draw.objects.get()
    assert made.count == 2
    assert answer.url == reverse("draws:drawn", args=[made.pk])
    assert DRAW not in text(client.get(YEAR))


def test_what_is_refused_of_a_draw_is_told_at_its_field_and_nothing_typed_is_lost(county):
    titles(county, 12)

    answer = fill_in(as_(county.coordinator), DRAW, SEED | {"count": "1"})

    assert answer.status_code == 422
    assert "请填 2 至 12 之间的数" in str(answer.context["form"].errors["count"])
    assert SEED["source"] in text(answer)
    assert not Draw.objects.exists()


def test_a_stranger_repeats_the_draw_from_its_public_page_alone(county, client):
    titles(county, 21)
    made = draw(county)

    shown = text(client.get(public("draws:drawn", args=[made.pk])))

    rows = re.findall(r"<tr>\s*<td>([^<]+)</td>.*?</tr>", shown, re.DOTALL)
    numbers = [row for row in rows if row[0].isdigit()]
    seed = re.search(r"抽取种子</dt>\s*<dd[^>]*>([^<]+)<", shown)[1]
    mark = sha256("\n".join(sorted(numbers)).encode()).hexdigest()
    assert mark in shown
    ranked = sorted(numbers, key=lambda n: sha256(f"{seed}|{mark}|{n}".encode()).hexdigest())
    chosen = {row.title.number for row in Recheck.objects.filter(why="drawn")}
    assert set(ranked[:3]) == chosen
    assert shown.count("抽到，第") == 3


def test_a_seed_typed_with_blanks_that_no_page_shows_is_repeated_as_it_is_seen(county, client):
    titles(county, 12)
    typed = {"seed": "\u3000０3  11\t18\xa0 22 ", "source": "福彩双色球2026年第23期开奖号码"}

    fill_in(as_(county.coordinator), DRAW, typed)

    made = Draw.objects.get()
    assert made.seed == "０3 11 18 22"
    shown = text(client.get(public("draws:drawn", args=[made.pk])))
    seed = " ".join(re.search(r"抽取种子</dt>\s*<dd[^>]*>([^<]+)<", shown)[1].split())
    again = drawing.drawn(made.listed, seed=seed, count=made.count)
    assert {row.title.number for row in Recheck.objects.filter(why="drawn")} == set(again)
    assert "连着的空格不增不减" in shown


def test_a_seed_that_was_kept_with_several_blanks_is_shown_with_them(county, client):
    # As a draw of before was kept: what is drawn is never rewritten.
    held = {"year": 2025, "listed": [], "digest": drawing.digest([]), "count": 0}
    by = {"actor": county.coordinator, "role": Role.COUNTY_COORDINATOR, "at": clock.now()}
    said = {"seed": "03  11", "source": "福彩双色球", "jurisdiction": county.jurisdiction}
    made = Draw.objects.create(**held, **by, **said)

    shown = text(client.get(public("draws:drawn", args=[made.pk])))

    assert re.search(r'<dd class="[^"]*as-typed[^"]*">03  11</dd>', shown)


def test_each_figure_of_the_year_leads_to_its_list(county, held_clock):
    titles(county, 1, days=300)
    titles(county, 3)
    draw(county)
    held_clock.move(310 * DAY)
    client = as_(county.coordinator)
    shown = text(client.get(f"{YEAR}?year=2026"))

    figures = re.findall(r'href="(/rechecks/(?:list|reports)/\?[^"]+)">(\d+)</a>', shown)

    assert len(figures) == 18
    for address, figure in figures:
        found = client.get(address.replace("&amp;", "&"))
        assert found.context["page"].paginator.count == int(figure), address


def test_who_entered_the_last_year_after_the_draw_is_named_and_entered_from_there(county):
    draw(county)
    new = titles(county, 1, days=350)[0]
    client = as_(county.coordinator)
    entering = reverse("rechecks:enter", args=[new.pk])
    shown = text(client.get(YEAR))
    assert "抽取以后新命名、恢复或者延续的称号有 1 个" in shown
    assert entering in shown

    answer = fill_in(client, entering, {"reason": "抽取以后进入有效期最后一年。"})

    recheck = Recheck.objects.get(title=new)
    assert answer.url == page(recheck)
    assert client.get(entering).url == page(recheck)


def concluded(county, recheck):
    return act("conclude", answered(county, recheck), county.coordinator, outcome="kept")


def test_that_a_title_ran_out_is_said_before_somebody_writes_why_it_is_rechecked(
    county, held_clock
):
    title = titles(county, 1, days=3)[0]
    client, entering = as_(county.coordinator), reverse("rechecks:enter", args=[title.pk])
    assert "不再复核" not in text(client.get(entering))
    held_clock.move(5 * DAY)

    assert "称号已不在有效期内，不再复核。" in text(client.get(entering))

    answer = fill_in(client, entering, {"reason": REASON})
    assert answer.status_code == 422
    assert text(answer).count("称号已不在有效期内，不再复核。") == 1
    assert not Recheck.objects.exists()


def test_a_title_is_looked_at_again_in_the_year_once_the_recheck_before_is_over(county):
    first = entered(county)
    client, entering = as_(county.coordinator), reverse("rechecks:enter", args=[first.title_id])
    assert client.get(entering).url == page(first)
    first = concluded(county, first)
    assert entering in text(client.get(page(first)))
    assert entering not in text(as_(county.deciding_officer).get(page(first)))

    answer = fill_in(client, entering, {"reason": "群众来信反映活动场所长期锁门。"})

    second = Recheck.objects.exclude(pk=first.pk).get()
    assert answer.url == page(second)
    assert (second.why, second.standing, second.year) == ("reason", Standing.DUE, first.year)
    assert entering not in text(client.get(page(first)))
    second = concluded(county, second)
    assert second.visit != first.visit
    assert text(client.get(reverse("titles:title", args=[first.title_id]))).count("因故复核") >= 2
    figures = client.get(YEAR).context["figures"].rechecks
    assert (figures["due"], figures["done"]) == (2, 2)


def test_who_enters_a_title_whose_recheck_of_an_earlier_year_is_open_is_led_there_and_told_why(
    county, held_clock
):
    held_clock.move(-300 * DAY)
    first = entered(county)
    held_clock.move(300 * DAY)
    client, entering = as_(county.coordinator), reverse("rechecks:enter", args=[first.title_id])
    assert "另有 1 个的复核从以前年度接着办理" in text(client.get(DRAW))

    shown = client.get(entering, follow=True)

    assert shown.redirect_chain == [(page(first), 302)]
    assert "2025 年的复核还没有办结" in text(shown)
    concluded(county, first)
    assert entering in text(client.get(page(first)))


def test_a_second_look_in_the_last_year_of_the_term_is_one_for_a_reason(county):
    title = titles(county, 1, days=300)[0]
    draw(county)
    concluded(county, Recheck.objects.get(title=title))

    entered(county, title)

    assert sorted(title.rechecks.values_list("why", flat=True)) == ["last_year", "reason"]


def test_a_recheck_that_was_dropped_keeps_no_title_from_being_looked_at_in_its_last_year(
    county, held_clock
):
    title = titles(county, 1, days=360)[0]
    dropped = entered(county, title)
    revoked(county, title)
    act("drop", dropped, county.coordinator)
    other = factories.seated(Role.DECIDING_OFFICER, county.jurisdiction)
    of_titles.carry_out("restore", title, paper(title, "restore"), actor=other)

    draw(county)

    assert list(title.rechecks.order_by("pk").values_list("why", "standing")) == [
        ("last_year", Standing.DROPPED),
        ("last_year", Standing.DUE),
    ]


def test_the_year_and_the_draw_are_the_countys(county):
    made = draw(county)
    neighbour = Neighbour()
    assert as_(county.deciding_officer).get(YEAR).status_code == 200
    assert as_(county.deciding_officer).get(DRAW).status_code == 404
    for person in (county.head, county.reviewer, county.objection_officer):
        assert as_(person).get(YEAR).status_code == 404
    stranger = as_(neighbour.coordinator)
    assert stranger.get(f"{YEAR}?area={county.jurisdiction.code}").status_code == 404
    assert stranger.get(f"{DRAW}?area={county.jurisdiction.code}").status_code == 404
    assert stranger.get(reverse("draws:drawn", args=[made.pk])).status_code == 200


# One re-check


def test_the_unit_reads_what_was_found_and_answers_and_does_not_learn_who_measured(county):
    recheck = visited(county)
    client = as_(head_of(recheck))
    shown = text(client.get(page(recheck)))
    assert "NC-13" in shown
    assert "不视为同意" in shown
    assert county.verifiers[0].full_name not in shown
    assert reverse("visits:verify", args=[recheck.visit_id]) not in shown

    answer = fill_in(client, form_of(recheck, "answer"), {"text": "无异议"})

    assert answer.url == page(recheck)
    assert "无异议" in text(as_(county.coordinator).get(page(recheck)))


def test_a_visit_is_arranged_from_the_recheck_and_its_record_is_led_to(county):
    recheck = entered(county)
    arranging = reverse("visits:for_title", args=[recheck.title_id])
    client = as_(county.coordinator)
    assert arranging in text(client.get(page(recheck)))
    assert arranging not in text(as_(head_of(recheck)).get(page(recheck)))

    recheck = visited(county, recheck)

    shown = text(client.get(page(recheck)))
    assert reverse("visits:verify", args=[recheck.visit_id]) in shown
    assert arranging not in shown


def test_of_a_title_that_ended_the_page_says_that_the_recheck_is_dropped_and_arranges_nothing(
    county,
):
    recheck = entered(county)
    revoked(county, recheck.title)
    client = as_(county.coordinator)

    shown = text(client.get(page(recheck)))

    assert "称号现为“已撤销”，不再核查" in shown
    assert "将安排实地核查" not in shown
    assert reverse("visits:for_title", args=[recheck.title_id]) not in shown
    assert form_of(recheck, "drop") in shown
    act("drop", recheck, county.coordinator)
    assert "不再核查" not in text(client.get(page(recheck)))


def test_the_desk_of_a_unit_asks_no_answer_once_its_title_has_ended(county):
    recheck = visited(county)
    client = as_(head_of(recheck))
    assert page(recheck) in text(client.get("/"))

    revoked(county, recheck.title)

    assert page(recheck) not in text(client.get("/"))


def test_the_page_of_a_visit_leads_back_to_its_recheck(county):
    recheck = entered(county)
    visit = plan(county, recheck.title, ITEM, standard=county.round_category.standard)
    client, record = as_(county.coordinator), reverse("visits:verify", args=[visit.pk])
    assert page(recheck) in text(client.get(record))

    conclude(county, begin(county, visit))

    assert page(recheck) in text(client.get(record))
    # Whoever was sent there reads no re-check.
    assert page(recheck) not in text(as_(county.verifiers[0]).get(record))


def test_the_draws_are_listed_for_everybody_by_county_and_year_from_the_register(county):
    titles(county, 2)
    made = draw(county)
    client, found = Client(), public("draws:list")
    assert found in text(client.get(public("register:list")))

    shown = text(client.get(found))

    assert public("draws:drawn", args=[made.pk]) in shown
    assert f"{made.year} 年称号复核抽取结果" in shown
    assert "2 个，抽取 1 个" in shown
    own = {"area": county.jurisdiction.code, "year": made.year}
    assert list(client.get(found, own).context["page"]) == [made]
    for other in ({"area": "340100000000"}, {"year": made.year - 1}):
        assert not client.get(found, own | other).context["page"].object_list


def test_a_visit_that_was_called_off_belongs_to_no_recheck(county):
    recheck = entered(county)
    visit = plan(county, recheck.title, ITEM, standard=county.round_category.standard)
    visits.call_off(visit, reason="村里停电，改日再去核查。", actor=county.coordinator)

    shown = text(as_(county.coordinator).get(reverse("visits:verify", args=[visit.pk])))

    assert page(recheck) not in shown


def test_an_order_is_concluded_by_its_form_and_recheck_and_title_refer_to_each_other(county):
    recheck = answered(county)
    client = as_(county.coordinator)
    said = {
        "outcome": "ordered",
        "text": REASON,
        "document_number": "青组发〔2026〕5号",
        "decided_on": "2026年3月2日",
        "correct_by": "2026年3月20日",
    }

    answer = fill_in(client, form_of(recheck, "conclude"), said)

    assert answer.url == page(recheck)
    recheck.refresh_from_db()
    assert recheck.outcome == Outcome.ORDERED
    assert recheck.title.standing_on(clock.today()).status == Status.ORDERED
    of_title = reverse("titles:title", args=[recheck.title_id])
    shown = text(client.get(page(recheck)))
    assert of_title in shown
    assert "青组发〔2026〕5号" in shown
    assert page(recheck) in text(client.get(of_title))


def test_a_warning_without_its_document_is_told_at_its_fields(county):
    recheck = answered(county)

    answer = fill_in(
        as_(county.coordinator),
        form_of(recheck, "conclude"),
        {"outcome": "warned", "text": REASON, "deciding_body": ""},
    )

    assert answer.status_code == 422
    assert {"document_number", "deciding_body"} == set(answer.context["form"].errors)
    assert REASON in text(answer)


@pytest.mark.parametrize("number", ["5", "来函（3月2日）", "青组发〔26〕5号"])
def test_a_warning_by_what_is_no_number_is_told_the_right_form(county, number):
    recheck = answered(county)
    said = {"outcome": "warned", "text": REASON, "document_number": number}

    answer = fill_in(as_(county.coordinator), form_of(recheck, "conclude"), said)

    assert answer.status_code == 422
    (told,) = answer.context["form"].errors["document_number"]
    assert "如：青组发〔2026〕5号" in told
    recheck.refresh_from_db()
    assert not recheck.outcome


def test_what_the_title_refuses_is_told_at_its_field(county):
    recheck = answered(county)
    said = {
        "outcome": "ordered",
        "text": REASON,
        "document_number": "青组发〔2026〕5号",
        "decided_on": "2026年3月2日",
        "correct_by": "2026年9月20日",
    }

    answer = fill_in(as_(county.coordinator), form_of(recheck, "conclude"), said)

    assert "整改期限请填" in str(answer.context["form"].errors["correct_by"])
    recheck.refresh_from_db()
    assert recheck.standing == Standing.ANSWERED


@pytest.mark.parametrize(("outcome", "on"), [("warned", "warn"), ("ordered", "order")])
def test_a_conclusion_that_a_colleague_overtook_on_the_title_is_told_so_and_stays_chosen(
    county, outcome, on
):
    recheck = answered(county)
    sheet = Sheet(as_(county.coordinator), form_of(recheck, "conclude"))
    of_titles.carry_out(on, recheck.title, paper(recheck.title, on), actor=county.coordinator)

    said = {"document_number": "青组发〔2026〕960号", "correct_by": clock.today() + 5 * DAY}
    answer = sheet.send(said, outcome=outcome, text=REASON)

    assert answer.status_code == 422
    (told,) = answer.context["form"].errors["outcome"]
    assert told.endswith("不能作这个结论，请另选。")
    assert answer.context["form"]["outcome"].value() == outcome
    assert re.search(rf'value="{outcome}"[^>]*checked', text(answer))
    # Whoever opens the form now is not offered it, and nothing made up is let through.
    assert f'value="{outcome}"' not in text(sheet.client.get(form_of(recheck, "conclude")))
    assert "outcome" in sheet.send(outcome="revoked", text=REASON).context["form"].errors


def test_a_proposal_stands_on_the_title_and_the_desk_of_who_decides(county):
    recheck = proposed(county)
    client = as_(county.deciding_officer)
    of_title = reverse("titles:title", args=[recheck.title_id])

    assert page(recheck) in text(client.get("/"))
    assert "等待审定人决定" in text(client.get(of_title))
    shown = text(client.get(page(recheck)))
    assert reverse("titles:act", args=[recheck.title_id, "revoke"]) in shown
    assert form_of(recheck, "decline") in shown


def test_a_page_grown_old_is_told_and_what_cannot_be_undone_asks_once(county):
    recheck = answered(county)
    sheet = Sheet(as_(county.coordinator), form_of(recheck, "conclude"))
    asked = sheet.send(outcome="kept", text=REASON, sure=None)
    assert "sure" in asked.context["form"].errors
    act("conclude", recheck, county.coordinator, outcome="kept")

    answer = sheet.send(outcome="kept", text=REASON)

    assert answer.status_code == 422
    assert "现为“已作结论”" in text(answer)


def test_an_id_number_stands_in_no_answer(county):
    recheck = visited(county)

    answer = fill_in(
        as_(head_of(recheck)),
        form_of(recheck, "answer"),
        {"text": "书记身份证号110101199003070811已更正。"},
    )

    assert "text" in answer.context["form"].errors


def test_nobody_else_reads_a_recheck_nor_its_forms(county):
    recheck = visited(county)
    other = factories.seated(Role.HEAD, factories.VillageFactory())

    for person in (other, county.reviewer, county.verifiers[0], Neighbour().coordinator):
        assert as_(person).get(page(recheck)).status_code == 404
        assert as_(person).get(form_of(recheck, "answer")).status_code == 404
    for name in ("tell", "lapse", "revoke", "bless", "conclude"):
        assert as_(county.coordinator).get(form_of(recheck, name)).status_code == 404


# The self-report


def asked_of(county):
    """A report that is awaited, and the head whose it is."""
    titles(county, 2)
    report = draw(county).self_reports.get()
    return report, factories.seated(Role.HEAD, report.title.organization)


def test_a_report_that_nothing_changed_is_one_choice_and_leaves_the_desk(county):
    report, head = asked_of(county)
    address = reverse("rechecks:report", args=[report.pk])
    client = as_(head)
    assert address in text(client.get("/"))

    answer = fill_in(client, address, {"said": "unchanged"})

    assert answer.url == address
    report.refresh_from_db()
    assert (report.changes, report.actor, report.role) == ({}, head, Role.HEAD)
    assert "没有变化" in text(client.get(address))
    assert address not in text(client.get("/"))


def test_what_changed_is_written_question_by_question_and_read_by_the_county(county):
    report, head = asked_of(county)
    address = reverse("rechecks:report", args=[report.pk])
    said = {"said": "changed", "standard": "NC-13 活动场所改建，面积不足。"}

    fill_in(as_(head), address, said)

    shown = text(as_(county.coordinator).get(address))
    assert "NC-13 活动场所改建，面积不足。" in shown
    assert reverse("rechecks:enter", args=[report.title_id]) in shown


@pytest.mark.parametrize(
    "said",
    [
        {"said": "changed"},
        {"said": "unchanged", "secretary": "书记换为李某"},
        {"secretary": "书记换为李某"},
    ],
)
def test_a_report_that_contradicts_itself_is_told_so_and_nothing_typed_is_lost(county, said):
    report, head = asked_of(county)

    answer = fill_in(as_(head), reverse("rechecks:report", args=[report.pk]), said)

    assert "said" in answer.context["form"].errors
    assert said.get("secretary", "") in text(answer)
    assert SelfReport.objects.get().is_awaited


def test_a_report_is_handed_in_once_late_too_by_nobody_but_the_unit(county, held_clock):
    report, head = asked_of(county)
    address = reverse("rechecks:report", args=[report.pk])
    sheet, other = Sheet(as_(head), address), Sheet(as_(head), address)
    for person in (county.coordinator, county.deciding_officer):
        assert as_(person).post(address, {"said": "unchanged", "sure": "yes"}).status_code == 404
    for person in (county.head, Neighbour().coordinator):
        assert as_(person).get(address).status_code == 404
    held_clock.move(40 * DAY)
    assert "逾期" in text(as_(county.coordinator).get(address))

    sheet.send(said="unchanged")
    late = other.send(said="changed", name="改为红旗社区党支部。")

    assert "不用再上报" in text(late)
    assert "改为红旗社区党支部。" in text(late)
    assert SelfReport.objects.get().changes == {}


# The self-report of a title that ends


def cancelled(county, title):
    of_titles.carry_out("cancel", title, paper(title, "cancel"), actor=county.coordinator)


def revoked(county, title):
    of_titles.carry_out("revoke", title, paper(title, "revoke"), actor=county.deciding_officer)


def dissolved(county, title):
    document = succession.Document("青民发〔2026〕12号", "青山县人民政府")
    unit = title.organization
    proposal = succession.Proposal(Kind.DISSOLVED, clock.today(), (unit,), (), document)
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    seen = reorganizing.outlook(proposal, administrator).digest
    reorganizing.reorganize(proposal, chosen={}, seen=seen, actor=administrator)


@pytest.mark.parametrize("end", [cancelled, revoked, dissolved])
def test_a_report_of_a_title_that_ended_is_awaited_no_more_and_its_page_says_why(
    county, held_clock, end
):
    report, head = asked_of(county)
    address = reverse("rechecks:report", args=[report.pk])
    sheet = Sheet(as_(head), address)
    end(county, report.title)
    held_clock.move(40 * DAY)

    shown = text(as_(county.coordinator).get(address))

    assert "不用再上报年度自查" in shown
    assert "逾期" not in shown
    year = as_(county.coordinator).get(f"{YEAR}?year=2026").context["figures"].reports
    assert (year["due"], year["awaited"], year["late"], year["ended"]) == (1, 0, 0, 1)
    term = Term.objects.get(kind="self_report.ask")
    assert (term.ended_at is not None, term.ended_as) == (True, Term.Ending.OVERTAKEN)
    late = sheet.send(said="unchanged")
    if late.status_code != 404:
        assert "称号终止，不用上报" in text(late)
    assert SelfReport.objects.get().handed_in_at is None
    assert address not in text(as_(head).get("/"))


def test_a_report_of_a_title_that_ran_out_is_refused_at_once_and_excused_by_the_daily_look(
    county, held_clock
):
    report, head = asked_of(county)
    address = reverse("rechecks:report", args=[report.pk])
    sheet = Sheet(as_(head), address)
    held_clock.move(701 * DAY)

    refused = sheet.send(said="unchanged")

    assert "称号现为“已到期”，不用再上报年度自查。" in text(refused)
    assert SelfReport.objects.get().is_awaited
    look_at_ending_titles()
    look_at_ending_titles()
    report.refresh_from_db()
    assert (report.is_awaited, report.has_ended, report.state) == (
        False,
        True,
        "称号终止，不用上报",
    )


def test_what_was_handed_in_stands_when_the_title_ends(county):
    report, head = asked_of(county)
    address = reverse("rechecks:report", args=[report.pk])
    fill_in(as_(head), address, {"said": "unchanged"})

    cancelled(county, report.title)

    assert "没有变化" in text(as_(county.coordinator).get(address))
    assert not SelfReport.objects.get().has_ended


def test_a_title_that_was_restored_is_one_that_comes_later_and_may_be_rechecked(county):
    report, _head = asked_of(county)
    cancelled(county, report.title)
    other = factories.seated(Role.DECIDING_OFFICER, county.jurisdiction)
    of_titles.carry_out("restore", report.title, paper(report.title, "restore"), actor=other)

    assert as_(county.coordinator).get(YEAR).context["later"] == 1
    entered(county, report.title)
    assert as_(county.coordinator).get(YEAR).context["later"] == 0
