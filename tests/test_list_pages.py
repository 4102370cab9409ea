"""Every list is the one list page, keeps the scope, sorts by an index, and costs what it shows.

A list costs the same statements for one row and for three: a literal number, at most twelve. The
cost of some is held beside their room's other tests: the desk and the applications, the register,
the public notices, the audit log.
"""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from authoring.drafting import readings
from authoring.replays import filters as of_replays
from authoring.replays import requesting
from authoring.replays.models import Basis
from designation.accounts import filters as of_links
from designation.administration import filters as of_administrators
from designation.administration import rights_reviews as reviewing
from designation.administration.tables import bringing
from designation.applications.models import Stage
from designation.audit import filters as of_the_log
from designation.calendar import filters as of_the_calendar
from designation.certificates import filters as of_certificates
from designation.certificates import issuing
from designation.evidence import filters as of_libraries
from designation.evidence import library as libraries
from designation.organizations.models import Person, Role
from designation.register import filters as of_the_register
from designation.register import giving
from designation.retention import filters as of_retention
from designation.rounds import filters as of_rounds
from designation.site import clock, lists, shown
from designation.site.jobs import running
from designation.site.shown import Seen
from notifications import delivery
from notifications import filters as of_messages
from notifications.models import Delivery, Message
from standards import catalogue, copying, publishing
from tests import factories, rechecks_held
from tests.appealed import Appealed
from tests.course import PDF
from tests.departments import department, sent
from tests.designation.administration.filled_in import filled
from tests.hearings import heard
from tests.own_standards import OwnStandards, text_file
from tests.public_addresses import public
from tests.terms import end_those_over
from tests.titles_given import paper
from tests.visits_apart import ITEM, recheck, title_given_before
from tooling.places import ROOT
from workflows.bars import filters as of_bars
from workflows.case_pages import filters as of_applications
from workflows.notice_pages import filters as of_the_desk
from workflows.rechecks import filters as of_rechecks
from workflows.rechecks.models import Draw
from workflows.stages.objections import objections
from workflows.stages.opinions import filters as of_opinions
from workflows.stages.public_notice import filters as of_notices
from workflows.stages.public_notice import notices
from workflows.stages.self_assessment import filters as of_choices
from workflows.stages.verification import filters as of_visits
from workflows.titles import acts as titles

pytestmark = pytest.mark.django_db


def applications_at(county, count, stage):
    """``count`` villages of the township, each with an application at ``stage``."""
    places = [county, *(county.beside() for _more in range(count - 1))]
    return [place.at(stage) for place in places]


def rounds(county, count, _held_clock):
    factories.RoundFactory.create_batch(count - 1, jurisdiction=county.jurisdiction)
    return county.coordinator, reverse("rounds:list")


def calendar_years(county, _count, _held_clock):
    """Those that come with the system: always more than asked for, and one a year."""
    return county.coordinator, reverse("calendar:list")


def townships(county, count, _held_clock):
    for number in range(count):
        factories.TownshipFactory(code=f"3418219{number:02d}000", parent=county.jurisdiction)
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    return administrator, reverse("organizations:jurisdictions")


def organizations(county, count, _held_clock):
    factories.VillageFactory.create_batch(count, superior=county.township)
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    return administrator, reverse("organizations:organizations")


def people(county, count, _held_clock):
    factories.PersonFactory.create_batch(count, home_organization=county.village)
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    return administrator, reverse("organizations:people")


def seats(county, count, _held_clock):
    for _seat in range(count):
        factories.seated(Role.VERIFIER, county.jurisdiction)
    administrator = factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)
    return administrator, reverse("organizations:seats")


def unused_accounts(county, count, _held_clock):
    """The last administrator of a kind among them, who is shown otherwise."""
    long_ago = clock.today() - timedelta(days=80)
    administrator = factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)
    factories.PersonFactory.create_batch(
        count - 1, jurisdiction=county.jurisdiction, used_on=long_ago
    )
    factories.PersonFactory(
        jurisdiction=county.jurisdiction,
        home_organization=county.township,
        used_on=long_ago,
        unused_told_on=clock.today(),
        is_active=False,
        unused_off_on=clock.today(),
    )
    return administrator, reverse("organizations:unused")


def rights_reviews(county, count, held_clock):
    administrator = factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)
    for _quarter in range(count):
        factories.rights_review(county.coordinator.seats.get())
        held_clock.move(timedelta(days=92))
    return administrator, reverse("organizations:rights_reviews")


def reviewed_seats(county, count, _held_clock):
    """Of each kind: with its last day, of who signed in, in whose place another acts; settled."""
    administrator = factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)
    seat = county.coordinator.seats.get()
    seat.starts_on, seat.ends_on = clock.today(), clock.today() + timedelta(days=60)
    seat.save()
    factories.deputy_in(seat)
    Person.objects.filter(pk=seat.person_id).update(last_login=clock.now())
    others = [factories.seated(Role.VERIFIER, county.jurisdiction) for _more in range(count - 1)]
    review = factories.rights_review(seat, *(one.seats.get() for one in others))
    line = review.lines.last()
    ticked = Seen.of(
        {
            shown.INPUT: shown.carried(
                reviewing.compared(reviewing.said_of([reviewing.lines_of(review).get(pk=line.pk)]))
            )
        }
    )
    reviewing.keep(review, [line.pk], seen=ticked, actor=administrator)
    return administrator, reverse("organizations:rights_review")


def inbox(county, count, _held_clock):
    reviewer = county.reviewer
    applications_at(county, count, Stage.SUBMITTED)
    delivery.deliver_waiting()
    assert Message.objects.filter(person=reviewer).count() == count
    return reviewer, reverse("messages:list")


def undelivered(county, count, held_clock):
    reviewer, _address = inbox(county, count, held_clock)
    Delivery.objects.bulk_create(
        Delivery(message=message, channel="email", state=Delivery.State.FAILED)
        for message in Message.objects.filter(person=reviewer)
    )
    return county.preparer, reverse("messages:undelivered")


def due_to_go(county, count, _held_clock):
    factories.DisposalFactory.create_batch(count)
    return county.coordinator, reverse("retention:list")


def objections_at_the_desk(county, count, _held_clock):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    for _objection in range(count):
        objections.raise_objection(entry, facts="面积不实，请予核查。", identity=None)
    return county.objection_officer, reverse("notices:desk")


def rounds_at_the_desk(county, count, _held_clock):
    factories.RoundFactory.create_batch(count - 1, jurisdiction=county.jurisdiction)
    return county.coordinator, reverse("notices:desk")


def composing(county, count, _held_clock):
    applications_at(county, count, Stage.CHOSEN)
    return county.coordinator, reverse("notices:compose", args=[county.round.pk])


def awaiting(county, count, held_clock):
    verified = applications_at(county, count, Stage.VERIFIED)
    notice = notices.publish(county.compose_notice(*verified), actor=county.publisher)
    held_clock.move_to(notice.ends_at)
    end_those_over()
    return county.deciding_officer, reverse("designations:designate", args=[county.round.pk])


def drafting(county, count, _held_clock):
    own = OwnStandards(county.jurisdiction)
    for number in range(count):
        copying.copy(catalogue.current("NC"), area_code=county.jurisdiction.code)
        version = copying.copy(catalogue.current("SQ"), area_code=county.jurisdiction.code)
        publishing.publish(version, at=clock.now())
        readings.keep(text_file(name=f"标准{number}.txt"), own.jurisdiction, actor=own.manager)
    return own.manager, reverse("drafting:list")


def questions(county, count, _held_clock):
    own = OwnStandards(county.jurisdiction)
    for number in range(count):
        own.draft.questions.create(line=number, text="原文", reason="没有读懂")
    return own.manager, reverse("drafting:questions", args=[own.draft.pk])


def replays(county, count, _held_clock):
    own = OwnStandards(county.jurisdiction)
    applications_at(county, count, Stage.SUBMITTED)
    for _replay in range(count):
        replay = requesting.request(
            county.round_category,
            county.round_category.standard,
            thresholds={"NC-08-C7": 4},
            basis=Basis.DECLARED,
            actor=own.manager,
        )
        running.run(replay.job_id)
    return own.manager, reverse("replays:list")


def replayed(county, count, held_clock):
    manager, _list = replays(county, count, held_clock)
    replay = county.round_category.replays.latest("pk")
    return manager, reverse("replays:detail", args=[replay.pk])


def to_replay(county, count, _held_clock):
    for round_ in factories.RoundFactory.create_batch(count - 1, jurisdiction=county.jurisdiction):
        factories.RoundCategoryFactory(round=round_)
    return OwnStandards(county.jurisdiction).manager, reverse("replays:choose")


def applications(county, count, _held_clock):
    applications_at(county, count, Stage.SUBMITTED)
    return county.coordinator, reverse("applications:list")


def waiting(county, count, held_clock):
    _coordinator, address = applications(county, count, held_clock)
    return county.reviewer, f"{address}?waiting=1"


def done(county, _count, _held_clock):
    county.at(Stage.RECOMMENDED)
    return county.reviewer, f"{reverse('applications:list')}?done=1"


def overseen(county, count, held_clock):
    coordinator, address = applications(county, count, held_clock)
    return coordinator, f"{address}?overseen=1"


def library(county, count, _held_clock):
    for number in range(count):
        file = SimpleUploadedFile(f"{number}.pdf", PDF + b"\n" * number)
        libraries.put_in(file, holder=county.village, actor=county.preparer)
    return county.preparer, reverse("library:list")


def choosing(county, count, held_clock):
    application = county.start()
    preparer, _list = library(county, count, held_clock)
    return preparer, reverse("applications:library", args=[application.pk, "NC-01"])


def choosing_for_a_hearing(county, count, held_clock):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    raised = objections.raise_objection(entry, facts="面积不实", identity=None)
    objections.accept(raised, reason="可以核查，予以受理。", actor=county.objection_officer)
    put = heard(raised).hearing
    preparer, _list = library(county, count, held_clock)
    return preparer, reverse("notices:hearing_library", args=[put.pk])


def choosing_for_an_appeal(county, count, held_clock):
    case = Appealed(county)
    case.lodge()
    library(county, count, held_clock)
    return county.head, reverse("appeals:library", args=[case.appeal.pk])


def password_links(county, count, held_clock):
    people(county, count, held_clock)
    administrator = factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)
    return administrator, reverse("organizations:password_links")


def password_slips(county, count, held_clock):
    administrator, _page = password_links(county, count, held_clock)
    Person.objects.filter(home_organization=county.village).update(password="!")
    return administrator, reverse("organizations:password_slips")


def tables(county, count, _held_clock):
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    for number in range(count):
        row = {"username": f"a{number}", "full_name": "甲"}
        bringing.bring("a.xlsx", filled(people=[row]), actor=administrator)
    return administrator, reverse("organizations:tables")


def table_rows(county, count, _held_clock):
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    rows = [{"username": f"a{number}", "full_name": "甲"} for number in range(count)]
    table = bringing.bring("a.xlsx", filled(people=rows), actor=administrator)
    return administrator, reverse("organizations:table", args=[table.pk])


def log(county, count, held_clock):
    applications_at(county, count, Stage.SUBMITTED)
    auditor = factories.seated(Role.AUDIT_ADMINISTRATOR, county.jurisdiction)
    return auditor, reverse("audit:list")


def register(county, _count, held_clock):
    county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    return None, public("register:list")


def public_notices(county, _count, _held_clock):
    county.at(Stage.ON_NOTICE)
    return None, public("notices:list")


def draws(county, count, _held_clock):
    rechecks_held.titles(county, 2)
    made = rechecks_held.draw(county)
    for year in range(2000, 2000 + count - 1):
        Draw.objects.create(
            **{
                field.name: getattr(made, field.name)
                for field in Draw._meta.fields
                if field.name not in ("id", "year")
            },
            year=year,
        )
    return None, public("draws:list")


def visits_apart(county, count, _held_clock):
    for _visit in range(count):
        recheck(county, ITEM)
    return county.coordinator, reverse("visits:list")


def barred(county, count, _held_clock):
    for _unit in range(count):
        title = title_given_before(county)
        titles.carry_out("revoke", title, paper(title, "revoke"), actor=county.deciding_officer)
    return county.coordinator, reverse("bars:list")


def certificates(county, count, _held_clock):
    """One of a round, of whose title a certificate is issued; the others of none."""
    officer = county.deciding_officer
    of_round = giving.record_decision(
        document_number="青发〔2026〕8号",
        decided_on=clock.today(),
        deciding_body="中共青山县委",
        actor=officer,
        round_=county.round,
    )
    until = clock.today() + timedelta(days=700)
    village = county.beside().village
    issuing.issue(
        giving.give(village, category="NC", decision=of_round, until=until, actor=officer),
        actor=officer,
    )
    for _decision in range(count - 1):
        title_given_before(county)
    return county.coordinator, reverse("certificates:decisions")


def titles_to_visit(county, count, _held_clock):
    for _title in range(count):
        title_given_before(county)
    return county.coordinator, reverse("visits:grounds")


def rechecks(county, count, _held_clock):
    rechecks_held.titles(county, count)
    rechecks_held.draw(county, count=count)
    return county.coordinator, reverse("rechecks:list")


def self_reports(county, count, _held_clock):
    """One is drawn."""
    rechecks_held.titles(county, count + 1)
    rechecks_held.draw(county, count=1)
    return county.coordinator, reverse("rechecks:reports")


def opinions(county, count, _held_clock):
    applications_at(county, count, Stage.RECOMMENDED)
    department(county, "县应急管理局")
    sent(county)
    return county.coordinator, reverse("opinions:round", args=[county.round.pk])


def notices_at_the_desk(county, _count, _held_clock):
    county.at(Stage.ON_NOTICE)
    return county.coordinator, reverse("notices:desk")


LISTS = {
    applications: of_applications.ApplicationFilters,
    barred: of_bars.BarFilters,
    certificates: of_certificates.DecisionFilters,
    calendar_years: of_the_calendar.YearFilters,
    draws: of_rechecks.DrawFilters,
    choosing: of_choices.ItemChoiceFilters,
    choosing_for_an_appeal: of_libraries.ChoiceFilters,
    choosing_for_a_hearing: of_libraries.ChoiceFilters,
    inbox: of_messages.MessageFilters,
    library: of_libraries.LibraryFilters,
    log: of_the_log.EventFilters,
    notices_at_the_desk: of_the_desk.NoticeFilters,
    opinions: of_opinions.OpinionFilters,
    organizations: of_administrators.OrganizationFilters,
    password_links: of_links.LinkFilters,
    password_slips: of_links.SlipFilters,
    people: of_administrators.PersonFilters,
    public_notices: of_notices.PublishedFilters,
    register: of_the_register.TitleFilters,
    replayed: of_replays.FlipFilters,
    replays: of_replays.ReplayFilters,
    rounds: of_rounds.RoundFilters,
    seats: of_administrators.SeatFilters,
    unused_accounts: of_administrators.UnusedFilters,
    rights_reviews: of_administrators.RightsReviewFilters,
    reviewed_seats: of_administrators.ReviewedSeatFilters,
    titles_to_visit: of_visits.TitlesToVisit,
    rechecks: of_rechecks.RecheckFilters,
    self_reports: of_rechecks.ReportFilters,
    to_replay: of_replays.EntryFilters,
    tables: of_administrators.TableFilters,
    table_rows: of_administrators.RowFilters,
    townships: of_administrators.JurisdictionFilters,
    undelivered: of_messages.UndeliveredFilters,
    visits_apart: of_visits.VisitFilters,
    waiting: of_applications.WaitingFilters,
    done: of_applications.DoneFilters,
    overseen: of_applications.OverseenFilters,
    due_to_go: of_retention.DisposalFilters,
}

# Rows on a page that are no list page, and why they need be none.
NO_LIST_PAGE = {
    "accounts/_letters.html": "those of one press, fifty at most",
    "help/_parts.html": "the parts of the help, one for each role",
    "administration/_seats_to_deputise.html": "one's own seats",
    "administration/deputies.html": "who acts for one, and for whom one acts",
    "administration/_leaving_lines.html": "what hangs on one person",
    "administration/_saves.html": "a line for each of sixty days",
    "administration/_table_counts.html": "a line for each of four sheets",
    "calendar/_month.html": "the weeks of one month",
    "calendar/list.html": "beside the list the years that wait, one of each",
    "case/_late_rows.html": "a hundred at most, the longest late first",
    "case/_results.html": "what became of those that were asked for at once",
    "case/_items.html": "the items of one standard",
    "case/_rows.html": "the first ten on the desk, which lead to the list",
    "desk/_calendar.html": "the years that wait, one of each",
    "desk/_county_tables.html": "the first ten on the desk: what is accepted makes room",
    "desk/_choosing.html": "six categories at most of each round under way",
    "desk/_my_work.html": "a line for each office",
    "desk/_notices.html": "the first ten on the desk, which lead to the list",
    "desk/_opinions.html": "the first ten that wait for one department",
    "desk/_orphans.html": "the first twenty on the desk",
    "desk/_still.html": "the first fifty of the day: what is mended makes room for the next",
    "desk/_unreached.html": "the first fifty of the day: who is reached makes room for the next",
    "desk/_visits.html": "the first ten on the desk, which lead to the list",
    "desk/_rechecks.html": "the first ten on the desk, which lead to the list",
    "rechecks/_figures.html": "one row of figures, each of which leads to its list",
    "rechecks/_report_figures.html": "one row of figures, each of which leads to its list",
    "rechecks/_findings.html": "the items of one visit",
    "rechecks/_last_year.html": "the first ten: who is entered makes room for the next",
    "rechecks/_listed.html": "what a draw was made from: whoever repeats it needs all of it",
    "desk/_objection_panels.html": "the first ten of what waits for one person, in each panel",
    "desk/_appeals.html": "the first ten on the desk: what is answered makes room for the next",
    "desk/_titles.html": "the first ten on the desk: what is concluded makes room for the next",
    "drafting/_drafts.html": "what one office is writing",
    "drafting/_open_questions.html": "the lines of one draft",
    "drafting/_readings.html": "what one office has read in",
    "drafting/_unread.html": "the lines of one file",
    "drafting/_versions.html": "the versions of one area",
    "exports/mine.html": "the files made for one person within a week",
    "first_review/_queue.html": "the first fifty that wait, which lead to the list",
    "notifications/automatic.html": "the messages that are declared in code",
    "opinions/standing.html": "the names on one list",
    "papers/_fields.html": "the fields of one kind of paper",
    "papers/_how_written.html": "the tags that a template may have",
    "papers/_laid_out.html": "the annex of one paper",
    "public_notice/_days.html": "the days of one notice",
    "public_notice/_entries.html": "the names on one notice",
    "public_notice/_objections.html": "the objections to one notice",
    "public_notice/_published.html": "the names on one notice",
    "public_notice/_received.html": "the hundred to work on, those not finished first",
    "reports/_items.html": "the items of one standard",
    "reports/_figures.html": "the figures of one round, none of them an application",
    "reports/_table.html": "a line for each place directly within an area",
    "replays/_anew.html": "the checks of one standard",
    "replays/_by_check.html": "the checks of one standard",
    "replays/_passing_table.html": "a line for each way to count",
    "replays/_thresholds.html": "the checks of one standard",
    "rounds/_categories.html": "six categories at most",
    "rounds/_by_superior.html": "the bodies that review first, of one round",
    "rounds/_routed.html": "the areas and categories of one round",
    "rounds/_timetable.html": "the steps of one round",
    "rounds/_places.html": "the reviewing bodies of one county, all in one form",
    "selection/_decided.html": "who was before one meeting",
    "selection/_lines.html": "who is before one meeting, all in one form",
    "standards/_versions.html": "the versions of one category",
    "verification/_items.html": "the items of one standard",
    "visits/_items.html": "the items of one standard",
    "visits/_objections.html": "the objections under investigation in one county",
}
_ROWS = re.compile(r'<tbody|<ul class="list-group|part "table"|parts/table.html|parts/pages.html')

# The index that serves an order, whichever end it is begun from; or why it needs none.
USUAL = "the usual order from its other end, at its cost"
SERVED_BY = {
    (of_retention.DisposalFilters, "going"): "disposal_waiting: what waits, of one's own county",
    (of_retention.DisposalFilters, "listed"): "retention_disposal_pkey",
    (
        of_applications.ApplicationFilters,
        "stage_since",
    ): f"{USUAL}; within one's own areas",
    (of_applications.ApplicationFilters, "due"): "within one's own areas",
    (of_applications.ApplicationFilters, "area"): "within one's own areas",
    (of_applications.WaitingFilters, "stage_since"): "within what waits for one person",
    (of_applications.WaitingFilters, "due"): "within what waits for one person",
    (of_applications.WaitingFilters, "area"): "within what waits for one person",
    (of_applications.DoneFilters, "stage_since"): f"{USUAL}; of what one person passed on",
    (of_applications.DoneFilters, "due"): "within what one person passed on",
    (of_applications.DoneFilters, "area"): "within what one person passed on",
    (of_applications.OverseenFilters, "stage_since"): f"{USUAL}; within one's own areas",
    (of_applications.OverseenFilters, "due"): "within one's own areas",
    (of_applications.OverseenFilters, "area"): "within one's own areas",
    (of_administrators.RowFilters, "rows"): "within one table that was uploaded",
    (of_administrators.TableFilters, "uploaded"): "administration_countytable_pkey",
    (of_the_calendar.YearFilters, "year"): "calendar_days_calendaryear_pkey",
    (of_choices.ItemChoiceFilters, "put_in"): "evidence_libraryentry_pkey",
    (of_libraries.ChoiceFilters, "put_in"): "evidence_libraryentry_pkey",
    (of_libraries.LibraryFilters, "put_in"): "evidence_libraryentry_pkey",
    (of_the_log.EventFilters, "sequence"): "audit_auditevent_pkey",
    (of_administrators.OrganizationFilters, "area"): f"{USUAL}; within one area",
    (of_administrators.JurisdictionFilters, "code"): "organizations_jurisdiction_code_key",
    (of_administrators.PersonFilters, "username"): "organizations_person_username_key",
    (of_administrators.SeatFilters, "given"): "organizations_seat_pkey",
    (of_administrators.UnusedFilters, "used"): f"{USUAL}; within one's own area",
    (of_administrators.RightsReviewFilters, "begins"): f"{USUAL}; four a year of one area",
    (of_administrators.ReviewedSeatFilters, "listed"): "administration_reviewedseat_pkey",
    (of_certificates.DecisionFilters, "decided_on"): f"{USUAL}; within one's own areas",
    (of_links.LinkFilters, "username"): "organizations_person_username_key",
    (of_links.SlipFilters, "username"): "organizations_person_username_key",
    (of_the_desk.NoticeFilters, "proposed"): "workflows_notice_pkey",
    (of_notices.PublishedFilters, "published_at"): "notice_as_listed",
    (of_opinions.OpinionFilters, "area"): f"{USUAL}; within one round",
    (of_the_register.TitleFilters, "designated_on"): "designation_as_listed",
    (of_the_register.TitleFilters, "number"): "register_designation_number_key",
    (of_replays.ReplayFilters, "asked"): "workflows_replay_pkey",
    (of_rounds.RoundFilters, "opens_at"): "round_as_listed",
    (of_rechecks.DrawFilters, "drawn"): "workflows_draw_pkey",
    (of_rechecks.RecheckFilters, "due_on"): "within one's own areas",
    (of_rechecks.ReportFilters, "due_on"): "within one's own areas",
    (of_visits.TitlesToVisit, "valid_until"): "within one's own areas",
    (of_visits.TitlesToVisit, "number"): "register_designation_number_key",
    (of_visits.VisitFilters, "planned_on"): f"{USUAL}; within one's own areas",
}


def every_kind(kind=lists.Filters):
    for one in kind.__subclasses__():
        yield one
        yield from every_kind(one)


def test_every_list_that_is_declared_stands_here():
    """Those of the demo's page of parts and what several lists have in common aside."""
    declared = {kind for kind in every_kind() if not kind.__name__.startswith(("_", "Shown"))}
    assert declared == set(LISTS.values())


def test_rows_are_shown_by_the_one_list_page_or_it_is_said_why_not():
    templates = ROOT / "templates"
    rows = {
        path.relative_to(templates).as_posix()
        for path in templates.rglob("*.html")
        if _ROWS.search(path.read_text())
    }
    assert {name for name in rows if not name.startswith(("parts/", "demo/"))} == set(NO_LIST_PAGE)


def test_nothing_else_leafs_through_rows():
    packages = ("standards", "designation", "workflows", "authoring", "reports", "notifications")
    leafing = {
        str(path.relative_to(ROOT))
        for package in packages
        for path in (ROOT / package).rglob("*.py")
        if "Paginator(" in path.read_text()
    }
    assert leafing == {"designation/site/lists.py"}


def signed_in(client, person):
    client.logout()
    if person is not None:
        client.force_login(person)


WRONG = ["\0", "1" + "0" * 30, "-1", "lost", "2026-02-30", "'; --", "%", "🎉", "x" * 300, "null"]


@pytest.mark.parametrize("arranged", LISTS)
def test_whatever_the_address_says_the_list_answers(client, county, held_clock, arranged):
    """The rows as asked, all of them, or none; and it says what of the address is wrong."""
    person, address = arranged(county, 2, held_clock)
    signed_in(client, person)
    usual = client.get(address).context["listing"]
    assert isinstance(usual.filters, LISTS[arranged])
    assert usual.page.paginator.count > 0

    asked = [
        (name, wrong)
        for name in (*usual.filters.filters, "page", "no-such-name")
        for wrong in WRONG
    ]
    told = {}
    for number, (name, wrong) in enumerate(asked):
        language = ("zh-hans", "en")[number % 2]
        path, _query, kept = address.partition("?")
        answer = client.get(
            path,
            dict([pair.split("=") for pair in kept.split("&") if pair]) | {name: wrong},
            headers={"accept-language": language},
        )
        assert answer.status_code == 200, (name, wrong)
        listing = answer.context["listing"]
        assert listing.page.paginator.count <= usual.page.paginator.count
        for errors in listing.filters.errors.values():
            assert str(errors[0]) in answer.content.decode()
            assert listing.page.paginator.count == usual.page.paginator.count
        told.setdefault(name, []).append(bool(listing.filters.errors))
    for name, found in usual.filters.filters.items():
        if isinstance(found, lists.Choice | lists.Number):
            assert sum(told[name]) >= len(WRONG) - 2, name


@pytest.mark.parametrize(
    "arranged", [one for one, kind in LISTS.items() if "order" in kind.base_filters]
)
def test_from_the_other_end_the_same_rows_stand_turned_round(client, county, held_clock, arranged):
    person, address = arranged(county, 3, held_clock)
    signed_in(client, person)

    def rows(order):
        joined = "&" if "?" in address else "?"
        return [row.pk for row in client.get(f"{address}{joined}order={order}").context["page"]]

    for name in {way.removeprefix("-") for way in LISTS[arranged].base_filters["order"].orderings}:
        assert rows(name) == rows(f"-{name}")[::-1] != []


def ways():
    return [
        (kind, name, columns)
        for kind in LISTS.values()
        if (order := kind.base_filters.get("order"))
        for name, columns in order.orderings.items()
    ]


def test_every_order_on_offer_says_what_serves_it():
    assert {(kind, name.removeprefix("-")) for kind, name, _columns in ways()} == set(SERVED_BY)


@pytest.mark.parametrize(
    ("kind", "way"), [(kind, way) for (kind, way), by in SERVED_BY.items() if " " not in by]
)
def test_an_order_begins_with_the_columns_of_its_index(db, kind, way):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(pg_get_indexdef(indexrelid, number::int, true) ORDER BY number)"
            " FROM pg_index, unnest(indkey) WITH ORDINALITY AS key(column_, number)"
            " WHERE indexrelid = %s::regclass AND number <= indnkeyatts GROUP BY indexrelid",
            [SERVED_BY[kind, way]],
        )
        (columns,) = cursor.fetchone()
    asked = [name.removeprefix("-") for name in kind.base_filters["order"].orderings[way]]
    assert [name.replace("pk", "id") for name in asked][: len(columns)] in (columns, ["id"])


@pytest.mark.parametrize(
    ("kind", "way"), [(kind, way) for (kind, way), by in SERVED_BY.items() if by.startswith(USUAL)]
)
def test_an_order_without_an_index_is_the_usual_one(kind, way):
    orderings = kind.base_filters["order"].orderings
    assert kind.in_order in (orderings[way], orderings[f"-{way}"])


# No two rows are equal in these.
_ALONE = {"year", "pk", "code", "username", "number", "sequence"}


@pytest.mark.parametrize(
    ("kind", "columns"),
    [(kind, kind.in_order) for kind in LISTS.values()]
    + [(kind, columns) for kind, _name, columns in ways()],
)
def test_no_two_rows_may_change_places_between_two_pages(kind, columns):
    assert str(columns[-1]).removeprefix("-") in _ALONE


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("rows", "statements"),
    [
        (rounds, 6),
        (townships, 7),
        (organizations, 7),
        (people, 7),
        (seats, 6),
        (inbox, 6),
        (objections_at_the_desk, 7),
        (rounds_at_the_desk, 6),
        (composing, 9),
        (awaiting, 11),
        (drafting, 6),
        (questions, 6),
        (replays, 6),
        (replayed, 7),
        (to_replay, 5),
    ],
)
def test_a_list_costs_the_same_for_one_row_and_for_three(
    client, county, held_clock, rows, statements, count, django_assert_num_queries
):
    person, address = rows(county, count, held_clock)
    client.force_login(person)

    with django_assert_num_queries(statements):
        assert client.get(address).status_code == 200
