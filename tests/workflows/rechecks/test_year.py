"""The year of a county: what its draw enters, whom it asks to report, and who comes later."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from designation.audit.models import AuditEvent
from designation.calendar.models import Term
from designation.organizations.models import Role
from designation.site import clock
from designation.site.refusal import Refusal
from notifications import delivery
from notifications.models import Message
from tests import factories
from tests.rechecks_held import DAY, SEED, act, answered, draw, entered, titles
from tests.titles_given import REASON, paper
from tests.workflows.test_two_counties import Neighbour
from workflows.rechecks import drawing, queries, yearly
from workflows.rechecks.models import Draw, Recheck, SelfReport
from workflows.titles.acts import carry_out

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock_held(held_clock):
    return held_clock


def refused(county, **said):
    before = Draw.objects.count(), Recheck.objects.count(), SelfReport.objects.count()
    with pytest.raises(Refusal) as refusal:
        draw(county, **said)
    assert (Draw.objects.count(), Recheck.objects.count(), SelfReport.objects.count()) == before
    return refusal.value.codes


def kept(county, recheck):
    return act("conclude", answered(county, recheck), county.coordinator, outcome="kept")


def rechecked(why):
    rows = Recheck.objects.filter(why=why).select_related("title")
    return {row.title for row in rows}


def test_all_in_their_last_year_are_rechecked_a_tenth_of_the_others_and_the_rest_reports(county):
    last = titles(county, 2, days=300)
    others = titles(county, 11)

    made = draw(county)

    assert rechecked("last_year") == set(last)
    assert len(rechecked("drawn")) == made.count == 2
    assert rechecked("drawn") <= set(others)
    asked = {report.title for report in SelfReport.objects.all()}
    assert asked == set(others) - rechecked("drawn")
    assert made.listed == sorted(title.number for title in others)


def test_the_draw_says_all_that_repeats_it_and_the_log_too(county):
    titles(county, 12)

    made = draw(county)

    again = drawing.drawn(made.listed, seed=SEED["seed"], count=made.count)
    assert {title.number for title in rechecked("drawn")} == set(again)
    assert made.digest == drawing.digest(made.listed)
    event = AuditEvent.objects.get(action="draw.make")
    assert event.details["seed"] == SEED["seed"]
    assert event.details["digest"] == made.digest


def test_a_draw_in_december_that_asks_nobody_to_report_waits_for_no_calendar_of_the_next_year(
    county, held_clock
):
    last = titles(county, 2, days=300)
    held_clock.move_to(datetime(2026, 12, 14, 1, tzinfo=UTC))

    draw(county)

    assert rechecked("last_year") == set(last)


def test_a_draw_in_december_that_asks_for_a_report_is_refused_without_the_next_years_calendar(
    county, held_clock
):
    titles(county, 2, days=900)
    held_clock.move_to(datetime(2026, 12, 14, 1, tzinfo=UTC))

    assert refused(county) == ("calendar_unknown",)


def test_a_county_may_draw_more_never_fewer_and_no_more_than_there_are(county):
    titles(county, 11)

    assert refused(county, count=1) == ("count_out_of_range",)
    assert refused(county, count=12) == ("count_out_of_range",)
    assert draw(county, count=11).count == 11
    assert not SelfReport.objects.exists()


def test_a_seed_of_which_nobody_could_find_whence_it_is_draws_nothing(county):
    titles(county, 2)

    assert refused(county, seed=" ", source="") == ("no_seed", "no_source")


def test_a_year_is_drawn_once_and_another_year_anew(county, held_clock):
    held_clock.move(-365 * DAY)
    titles(county, 2)
    draw(county)

    assert refused(county, count=2) == ("drawn_already",)
    held_clock.move(365 * DAY)
    assert draw(county).year == 2026


def test_a_county_without_titles_draws_nobody(county):
    assert (draw(county).count, Recheck.objects.count()) == (0, 0)


def test_only_the_coordinator_of_the_county_draws_and_only_its_titles(county):
    ours = titles(county, 1)
    neighbour = Neighbour()
    theirs = titles(neighbour, 1)

    for person in (neighbour.coordinator, county.deciding_officer, county.reviewer):
        assert refused(county, actor=person) == ("not_permitted",)
    assert draw(county).listed == [ours[0].number]
    assert draw(neighbour).listed == [theirs[0].number]


def test_what_a_draw_was_made_from_is_never_rewritten(county):
    made = draw(county)

    for change in (lambda: Draw.objects.filter(pk=made.pk).update(seed="8"), made.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_recheck_is_due_at_the_end_of_the_year_or_of_the_term_if_that_is_first(county):
    soon, later = titles(county, 1, days=40)[0], titles(county, 1, days=340)[0]
    draw(county)

    assert Recheck.objects.get(title=soon).due_on == clock.today() + 40 * DAY
    assert Recheck.objects.get(title=later).due_on == date(2026, 12, 31)
    assert set(Term.objects.values_list("kind", "role")) == {("recheck.due", "county_coordinator")}


def test_the_last_year_of_a_term_is_rechecked_once_although_it_lies_in_two_years(
    county, held_clock
):
    held_clock.move(-365 * DAY)
    title = titles(county, 1, days=360)[0]
    draw(county)
    kept(county, Recheck.objects.get())
    held_clock.move(320 * DAY)

    made = draw(county)

    assert made.listed == [title.number]
    assert list(title.rechecks.order_by("year").values_list("year", "why")) == [
        (2025, "last_year"),
        (2026, "drawn"),
    ]


def test_a_title_whose_recheck_of_the_year_before_is_still_open_is_neither_drawn_nor_asked(
    county, held_clock
):
    held_clock.move(-300 * DAY)
    carried, over = titles(county, 2, days=600)
    first = entered(county, carried)
    kept(county, entered(county, over))
    held_clock.move(300 * DAY)
    assert yearly.eligible(county.jurisdiction, clock.today()).carried == 1

    made = draw(county)

    assert (made.listed, rechecked("last_year")) == ([], {over})
    assert not SelfReport.objects.exists()
    # Nor does it come later, nor in the last year of its term: it is looked at in that.
    assert not yearly.come_later(made, clock.today()).exists()
    assert not yearly.entered_last_year(made, clock.today()).exists()
    with pytest.raises(Refusal, match="2025 年的复核还没有办结") as refusal:
        entered(county, carried)
    assert refusal.value.codes == ("rechecked_already",)
    kept(county, first)
    assert not yearly.come_later(made, clock.today()).exists()
    assert not yearly.entered_last_year(made, clock.today()).exists()


def test_what_was_carried_into_a_year_spares_no_last_year_of_the_term_that_comes_later(
    county, held_clock
):
    held_clock.move(-365 * DAY)
    title = titles(county, 1, days=800)[0]
    first = entered(county, title)
    held_clock.move(365 * DAY)
    draw(county)
    kept(county, first)
    held_clock.move(365 * DAY)

    assert list(yearly.eligible(county.jurisdiction, clock.today()).last_year) == [title]


def test_who_comes_after_the_draw_is_told_on_the_page_and_entered_by_itself(county, held_clock):
    titles(county, 2)
    made = draw(county)
    new = titles(county, 1, days=350)[0]

    assert list(yearly.come_later(made, clock.today())) == [new]
    assert list(yearly.entered_last_year(made, clock.today())) == [new]
    recheck = entered(county, new)
    assert (recheck.why, recheck.draw) == ("last_year", None)
    assert not yearly.come_later(made, clock.today()).exists()
    assert not yearly.entered_last_year(made, clock.today()).exists()


def test_a_renewed_title_that_was_seen_in_its_first_last_year_is_due_in_that_of_the_next(
    county, held_clock
):
    held_clock.move(-365 * DAY)
    renewed = titles(county, 3, days=360)
    draw(county)
    for recheck in Recheck.objects.all():
        kept(county, recheck)
    end = clock.today() + 815 * DAY
    for title in renewed:
        said = paper(title, "renew", until=end)
        carry_out("renew", title, said, actor=county.deciding_officer)
    held_clock.move(365 * DAY)
    made = draw(county)
    (seen,) = Recheck.objects.filter(year=2026)
    waiting = [title for title in renewed if title != seen.title]
    assert not yearly.entered_last_year(made, clock.today()).exists()

    held_clock.move(100 * DAY)

    assert set(yearly.entered_last_year(made, clock.today())) == set(waiting)
    again = entered(county, waiting[0])
    assert (again.why, again.until) == ("last_year", end)
    assert list(yearly.entered_last_year(made, clock.today())) == waiting[1:]


def test_a_title_entered_for_a_reason_before_the_draw_is_in_no_list_of_it(county):
    recheck = entered(county)
    other = titles(county, 1)[0]

    assert draw(county).listed == [other.number]
    assert (recheck.why, recheck.reason) == ("reason", REASON)


def test_none_reports_in_the_year_of_a_recheck(county):
    titles(county, 1)
    first, second = titles(county, 2)
    drawn = draw(county)
    asked = [report.title for report in drawn.self_reports.all()]

    entered(county, asked[0])

    report = SelfReport.objects.get(title=asked[0])
    assert not report.is_awaited
    assert report.excused_at is not None
    assert not Term.objects.filter(kind="self_report.ask", subject_id=report.pk, ended_at=None)
    assert SelfReport.objects.get(title=asked[1]).is_awaited
    assert {first, second} & set(asked)


def test_a_title_is_entered_once_a_year_with_a_reason_and_while_it_is_in_force(county, held_clock):
    title = titles(county, 1)[0]

    def codes(**said):
        with pytest.raises(Refusal) as refusal:
            yearly.enter(title, **{"reason": REASON, "actor": county.coordinator} | said)
        return refusal.value.codes

    own = factories.seated(
        Role.COUNTY_COORDINATOR, county.jurisdiction, home_organization=title.organization
    )
    for person in (Neighbour().coordinator, county.deciding_officer, own):
        assert codes(actor=person) == ("not_permitted",)
    assert codes(reason="太短。") == ("reason_too_short",)
    entered(county, title)
    assert codes() == ("rechecked_already",)
    held_clock.move(800 * DAY)
    assert codes() == ("title_not_in_force",)


def test_the_units_are_told_what_the_year_asks_of_them(county):
    last, other = titles(county, 1, days=300)[0], titles(county, 2)
    heads = {title: factories.seated(Role.HEAD, title.organization) for title in [last, *other]}
    draw(county)
    delivery.deliver_waiting()

    def told(title):
        return Message.objects.get(person=heads[title]).subject

    assert "列入 2026 年复核" in told(last)
    said = sorted("年度自查" in told(title) for title in other)
    assert said == [False, True]


def test_the_figures_of_a_year_count_each_title_where_its_list_shows_it(county, held_clock):
    titles(county, 1, days=300)
    titles(county, 3)
    draw(county)
    held_clock.move(310 * DAY)

    found = queries.figures(county.jurisdiction, 2026)

    due = {name: found.rechecks[name] for name in ("due", "drawn", "last_year", "done", "late")}
    assert due == {"due": 2, "drawn": 1, "last_year": 1, "done": 0, "late": 2}
    assert (found.reports["due"], found.reports["awaited"], found.reports["late"]) == (2, 2, 2)
    assert queries.figures(Neighbour().jurisdiction, 2026).rechecks["due"] == 0
