"""Every address of the site, for everyone: who gets the page, and who learns nothing of it.

Out of scope is 404, never 403. An address that the table does not name fails the test.
"""

import re
from functools import cached_property, partial

import pytest
import time_machine
from django.conf import settings
from django.core.signals import request_finished
from django.db import close_old_connections
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from django.urls.resolvers import LocalePrefixPattern

from authoring.replays import requesting
from designation.accounts import link_mailings
from designation.administration.tables import bringing
from designation.applications.models import Stage
from designation.calendar import loads
from designation.certificates import issuing
from designation.evidence import content, contents
from designation.evidence.models import PREVIEW_SIZES, preview_name
from designation.exports import asking as exporting
from designation.exports import columns
from designation.organizations.models import BodyKind, Level, Role, Seat
from designation.organizations.roles import ORGANIZATION_ROLES
from designation.papers import sealed as sealed_copies
from designation.register.bars import Ground
from designation.register.models import Designation
from designation.retention import holds
from designation.rounds.models import Round
from designation.site import clock, seen_whole, shown, tables
from designation.site.jobs import running
from notifications import webhook_settings
from notifications.delivery import deliver_waiting
from notifications.models import Message, WebhookKey
from tests import factories
from tests import rechecks_held as rechecks
from tests.answered_with_files import FILES
from tests.calendars import year_2027
from tests.course import NOTICE, PDF, County
from tests.departments import department, sent
from tests.designation.administration.filled_in import filled
from tests.own_standards import OwnStandards
from tests.public_addresses import LANGUAGES, public
from tests.titles_given import Title, paper
from tests.visits_apart import ITEM, begin, conclude, recheck, title_given_before
from tests.workflows.stages.test_notice_held_up import put_on_the_wall
from workflows.rechecks.models import Draw
from workflows.stages.appeals import appeals
from workflows.stages.appeals.case import AppealAct
from workflows.stages.appeals.models import Appeal
from workflows.stages.appeals.taking_in import Brought
from workflows.stages.objections import hearing, investigation, joining, longer, objections
from workflows.stages.objections.attachments import Attached
from workflows.stages.public_notice import notices
from workflows.stages.selection.models import Selection
from workflows.stages.verification.models import VisitMember
from workflows.titles import acts as titles

pytestmark = pytest.mark.django_db

OK, LOGIN, HIDDEN = 200, 302, 404
ALL = frozenset(role.value for role in Role)
APPLICANT = {"preparer", "head"}
COUNTY = {
    "county_coordinator",
    "secrecy_reviewer",
    "notice_publisher",
    "objection_officer",
    "deciding_officer",
}
MANAGER = {"standards_manager"}
LINKS = {"security_administrator", "audit_administrator"}
REPLAYS = {"standards_manager", "county_coordinator"}
TABLES = {"system_administrator", "security_administrator", "deciding_officer"}
CALENDAR = {"system_administrator", "county_coordinator"}
RETENTION = {"county_coordinator", "system_administrator"}
HEARS_APPEALS = {"county_coordinator", "objection_officer"}
SEES_CASE = APPLICANT | COUNTY | {"first_reviewer", "verifier"}

# Below a language the same for everybody; without one, of the signed-in alone.
PUBLIC = {
    "accessibility",
    "help:index",
    "help:course",
    "help:part",
    "home",
    "standards:list",
    "standards:detail",
    "standards:version",
    "standards:version_file",
    "standards:compare",
    "standards:sample_file",
    "standards:sample",
    "rounds:list",
    "rounds:detail",
    "notices:list",
    "notices:detail",
    "notices:open_json",
    "notices:object",
    "notices:follow",
    "register:list",
    "register:open_csv",
    "register:open_json",
    "register:feed",
    "register:detail",
    "draws:list",
    "draws:drawn",
    "certificates:check",
    "certificates:keys",
    "certificates:signed",
}
# Open to everyone where they are, and why they have no public page.
OPEN = {
    "healthz": "machines ask it whether the site lives",
    "too_large": "the proxy shows it under a status of its own, wherever it was sent",
    "organizations:login": "makes a session",
    "organizations:forgotten": "who cannot sign in asks for a link there",
    "organizations:forgotten_asked": "says the same to whoever asked",
    "organizations:session": "scripts ask it whose session there is",
}
DAILY = {"county_coordinator", "system_administrator", "security_administrator"}
SIGNED_IN = {
    "organizations:password",
    "organizations:settings",
    "organizations:deputies",
    "exports:mine",
    "messages:list",
    "messages:automatic",
    "messages:undelivered",
    "messages:preferences",
    "retention:classes",
    "applications:list",
}
# Pages by the roles that get them, each asked at the stage named.
PAGES = {
    ("applications:case", Stage.SUBMITTED): APPLICANT | COUNTY | {"first_reviewer"},
    ("applications:case", Stage.VERIFYING): SEES_CASE,
    ("applications:case", Stage.DRAFT): APPLICANT,
    ("applications:sheet", Stage.SUBMITTED): APPLICANT | COUNTY | {"first_reviewer"},
    ("applications:sheet", Stage.DRAFT): APPLICANT,
    ("applications:section", Stage.SUBMITTED): APPLICANT | COUNTY | {"first_reviewer"},
    ("applications:next_open", Stage.SUBMITTED): APPLICANT | COUNTY | {"first_reviewer"},
    ("applications:item", Stage.SUBMITTED): APPLICANT | COUNTY | {"first_reviewer"},
    ("applications:evidence", Stage.SUBMITTED): APPLICANT | COUNTY | {"first_reviewer"},
    ("applications:evidence", Stage.SELF_ASSESSED): APPLICANT,
    ("applications:arrange", Stage.DRAFT): APPLICANT,
    ("applications:arrange", Stage.SUBMITTED): set(),
    ("applications:library", Stage.DRAFT): APPLICANT,
    ("applications:library", Stage.SUBMITTED): set(),
    ("library:list", Stage.DRAFT): APPLICANT,
    ("library:add", Stage.DRAFT): APPLICANT,
    ("library:entry", Stage.SUBMITTED): APPLICANT,
    ("library:take_out", Stage.SUBMITTED): {"head"},
    ("library:file", Stage.SELF_ASSESSED): APPLICANT,
    ("library:file", Stage.SUBMITTED): APPLICANT | COUNTY | {"first_reviewer"},
    ("library:page", Stage.SELF_ASSESSED): APPLICANT,
    ("library:page", Stage.VERIFYING): SEES_CASE,
    ("applications:summary", Stage.DRAFT): APPLICANT,
    ("applications:summary", Stage.SUBMITTED): set(),
    ("applications:type", Stage.DRAFT): {"first_reviewer"},
    ("applications:signed_papers", Stage.DRAFT): APPLICANT | {"first_reviewer"},
    ("applications:signed_papers", Stage.VERIFYING): SEES_CASE,
    ("applications:posting", Stage.DRAFT): APPLICANT,
    ("applications:posting", Stage.VERIFYING): SEES_CASE,
    ("applications:receipt", Stage.SUBMITTED): APPLICANT | COUNTY | {"first_reviewer"},
    ("applications:receipt", Stage.VERIFYING): SEES_CASE,
    ("applications:receipt", Stage.SELF_ASSESSED): set(),
    ("applications:copy", Stage.SUBMITTED): APPLICANT | COUNTY | {"first_reviewer"},
    ("applications:copy", Stage.VERIFYING): SEES_CASE,
    ("applications:copy", Stage.SELF_ASSESSED): set(),
    ("applications:papers", Stage.DRAFT): APPLICANT,
    ("applications:papers", Stage.SUBMITTED): APPLICANT | COUNTY | {"first_reviewer"},
    ("applications:papers", Stage.VERIFYING): SEES_CASE,
    ("applications:paper", Stage.DRAFT): APPLICANT,
    ("applications:paper", Stage.VERIFYING): SEES_CASE,
    ("applications:letter", Stage.SUBMITTED): APPLICANT | COUNTY | {"first_reviewer"},
    ("applications:visit_record", Stage.VERIFIED): SEES_CASE,
    ("applications:confirm", Stage.DRAFT): {"head"},
    ("applications:confirm", Stage.SUBMITTED): set(),
    ("applications:return_to_preparer", Stage.DRAFT): {"head"},
    ("applications:return_to_preparer", Stage.SELF_ASSESSED): {"head"},
    ("applications:return_to_preparer", Stage.SUBMITTED): set(),
    ("applications:withdraw", Stage.SUBMITTED): {"head"},
    ("applications:withdraw", Stage.DESIGNATED): set(),
    ("applications:review", Stage.SUBMITTED): {"first_reviewer"},
    ("applications:review", Stage.RECOMMENDED): {"county_coordinator"},
    ("applications:review", Stage.VERIFYING): set(),
    ("applications:queue", Stage.SUBMITTED): {"first_reviewer", "county_coordinator"},
    ("applications:batch", Stage.SUBMITTED): {"first_reviewer"},
    ("applications:remind_late", Stage.SUBMITTED): {"county_coordinator"},
    ("applications:visit", Stage.RECOMMENDED): {"county_coordinator"},
    ("applications:visit", Stage.VERIFYING): {"county_coordinator"},
    ("applications:visit", Stage.VERIFIED): set(),
    ("applications:verify", Stage.VERIFYING): {"county_coordinator", "verifier"},
    ("applications:measure", Stage.VERIFYING): {"verifier"},
    ("applications:measure", Stage.VERIFIED): set(),
    ("applications:start", Stage.DRAFT): APPLICANT,
    ("applications:end_overdue", Stage.SUBMITTED): set(),
    ("applications:return_to_review", Stage.VERIFIED): {"county_coordinator"},
    ("applications:return_to_review", Stage.SUBMITTED): set(),
    ("applications:put_back", Stage.CHOSEN): {"county_coordinator", "deciding_officer"},
    ("applications:decline", Stage.AWAITING_DESIGNATION): {"deciding_officer"},
    ("applications:remind", Stage.DRAFT): set(),
    ("applications:remind", Stage.SUBMITTED): {"county_coordinator"},
    ("applications:standing", Stage.SUBMITTED): {"county_coordinator"},
    ("opinions:round", Stage.RECOMMENDED): COUNTY,
    ("opinions:sheet", Stage.RECOMMENDED): {"department_clerk", "county_coordinator"},
    ("opinions:paper", Stage.RECOMMENDED): {"county_coordinator"},
    ("opinions:not_awaited", Stage.RECOMMENDED): {"county_coordinator"},
    ("selections:round", Stage.VERIFIED): COUNTY,
    ("selections:compose", Stage.VERIFIED): {"county_coordinator"},
    ("selections:meeting", Stage.CHOSEN): COUNTY,
    ("selections:meeting_sheet", Stage.CHOSEN): COUNTY,
    ("visits:list", Stage.DRAFT): {"county_coordinator", "verifier", "objection_officer"},
    ("visits:verify", Stage.DRAFT): {"county_coordinator", "verifier"},
    ("visits:record", Stage.DRAFT): {"county_coordinator", "verifier"},
    ("visits:call_off", Stage.DRAFT): {"county_coordinator"},
    ("appeals:against_decision", Stage.SUBMITTED): {"head"},
    ("appeals:against_title", Stage.DRAFT): {"head"},
    ("appeals:enter_against_decision", Stage.SUBMITTED): {"county_coordinator"},
    ("appeals:enter_against_title", Stage.DRAFT): {"county_coordinator"},
    ("appeals:appeal", Stage.SUBMITTED): APPLICANT | HEARS_APPEALS,
    ("appeals:act", Stage.SUBMITTED): HEARS_APPEALS,
    ("appeals:attach", Stage.SUBMITTED): {"head"},
    ("appeals:library", Stage.SUBMITTED): {"head"},
    ("titles:title", Stage.DRAFT): {"county_coordinator", "deciding_officer"},
    ("titles:act", Stage.DRAFT): {"county_coordinator"},
    ("bars:list", Stage.DRAFT): {"county_coordinator", "deciding_officer"},
    ("bars:lift", Stage.DRAFT): {"deciding_officer"},
    ("rechecks:year", Stage.DRAFT): {"county_coordinator", "deciding_officer"},
    ("rechecks:draw", Stage.DRAFT): {"county_coordinator"},
    ("rechecks:list", Stage.DRAFT): {"county_coordinator", "deciding_officer"} | APPLICANT,
    ("rechecks:reports", Stage.DRAFT): {"county_coordinator", "deciding_officer"} | APPLICANT,
    ("rechecks:report", Stage.DRAFT): {"county_coordinator", "deciding_officer"},
    ("rechecks:enter", Stage.DRAFT): {"county_coordinator"},
    ("rechecks:recheck", Stage.DRAFT): {"county_coordinator", "deciding_officer"},
    ("rechecks:step", Stage.DRAFT): {"county_coordinator"},
    ("certificates:issue", Stage.DRAFT): {"deciding_officer"},
    ("certificates:decisions", Stage.DRAFT): {"county_coordinator", "deciding_officer"},
    ("certificates:decision", Stage.DRAFT): {"county_coordinator", "deciding_officer"},
    ("certificates:file", Stage.DRAFT): {"county_coordinator", "deciding_officer"},
    ("certificates:design", Stage.DRAFT): {"county_coordinator"},
    ("certificates:preview", Stage.DRAFT): {"county_coordinator", "deciding_officer"},
    ("titles:paper", Stage.DRAFT): {"county_coordinator", "deciding_officer"},
    ("papers:sealed", Stage.DRAFT): {"county_coordinator", "deciding_officer"},
    ("papers:copy", Stage.DRAFT): {"county_coordinator", "deciding_officer"},
    ("papers:kinds", Stage.DRAFT): {"county_coordinator"},
    ("papers:template", Stage.DRAFT): {"county_coordinator"},
    ("papers:file", Stage.DRAFT): {"county_coordinator"},
    ("visits:plan", Stage.DRAFT): {"county_coordinator"},
    ("visits:grounds", Stage.DRAFT): {"county_coordinator"},
    ("visits:for_title", Stage.DRAFT): {"county_coordinator"},
    # The coordinator is the one who decided: another hears the appeal, and has it looked into.
    ("visits:for_decision", Stage.VERIFYING): set(),
    ("visits:for_objection", Stage.ON_NOTICE): {"county_coordinator"},
    ("visits:measure", Stage.DRAFT): {"verifier"},
    ("notices:desk", Stage.ON_NOTICE): COUNTY,
    ("notices:compose", Stage.CHOSEN): {"county_coordinator"},
    ("notices:manage", Stage.ON_NOTICE): COUNTY,
    ("notices:paper", Stage.ON_NOTICE): COUNTY,
    ("notices:correction", Stage.ON_NOTICE): COUNTY,
    ("notices:mend", Stage.CHOSEN): {"county_coordinator"},
    ("notices:objection", Stage.ON_NOTICE): {"objection_officer"},
    ("notices:letter", Stage.ON_NOTICE): {"objection_officer"},
    ("notices:enter", Stage.ON_NOTICE): {"objection_officer"},
    ("notices:answer", Stage.ON_NOTICE): {"objection_officer"},
    ("notices:redact", Stage.ON_NOTICE): {"objection_officer"},
    ("notices:release", Stage.ON_NOTICE): {"objection_officer"},
    ("notices:assign", Stage.ON_NOTICE): {"objection_officer"},
    ("notices:report", Stage.ON_NOTICE): {"notice_publisher"},
    ("notices:ask_longer", Stage.ON_NOTICE): {"objection_officer"},
    ("notices:longer", Stage.ON_NOTICE): {"deciding_officer"},
    ("notices:join", Stage.ON_NOTICE): {"objection_officer"},
    ("notices:separate", Stage.ON_NOTICE): {"objection_officer"},
    ("notices:hearing", Stage.ON_NOTICE): APPLICANT,
    ("notices:hearing_library", Stage.ON_NOTICE): APPLICANT,
    ("designations:designate", Stage.AWAITING_DESIGNATION): {"deciding_officer"},
    ("designations:draft", Stage.AWAITING_DESIGNATION): {"deciding_officer"},
    ("designations:decision", Stage.DESIGNATED): {"county_coordinator", "deciding_officer"},
    ("adoptions:adopt", Stage.DRAFT): {"county_coordinator"},
    ("drafting:list", Stage.DRAFT): MANAGER,
    ("drafting:compare", Stage.DRAFT): MANAGER,
    ("drafting:copy", Stage.DRAFT): MANAGER,
    ("drafting:blank", Stage.DRAFT): MANAGER,
    ("drafting:read", Stage.DRAFT): MANAGER,
    ("drafting:take", Stage.DRAFT): MANAGER,
    ("drafting:reading", Stage.SUBMITTED): MANAGER,
    ("drafting:draft", Stage.DRAFT): MANAGER,
    ("drafting:file", Stage.DRAFT): MANAGER,
    ("drafting:questions", Stage.DRAFT): MANAGER,
    ("drafting:publish", Stage.DRAFT): MANAGER,
    ("drafting:discard", Stage.DRAFT): MANAGER,
    ("drafting:details", Stage.DRAFT): MANAGER,
    ("drafting:section_add", Stage.DRAFT): MANAGER,
    ("drafting:section", Stage.DRAFT): MANAGER,
    ("drafting:item_add", Stage.DRAFT): MANAGER,
    ("drafting:item", Stage.DRAFT): MANAGER,
    ("drafting:check_add", Stage.DRAFT): MANAGER,
    ("drafting:check", Stage.DRAFT): MANAGER,
    ("drafting:retire", Stage.DRAFT): MANAGER,
    ("standard_preview:bench", Stage.DRAFT): MANAGER,
    ("standard_preview:preview", Stage.DRAFT): MANAGER,
    ("replays:list", Stage.DRAFT): REPLAYS,
    ("replays:choose", Stage.DRAFT): REPLAYS,
    ("replays:begin", Stage.DRAFT): REPLAYS,
    ("replays:detail", Stage.SUBMITTED): REPLAYS,
    ("replays:csv", Stage.SUBMITTED): REPLAYS,
    ("replays:xlsx", Stage.SUBMITTED): REPLAYS,
    ("reports:board", Stage.DRAFT): {"county_coordinator"},
    ("reports:figures", Stage.DRAFT): COUNTY | {"first_reviewer"},
    ("reports:item_figures", Stage.DRAFT): COUNTY | {"first_reviewer"},
    ("reports:report", Stage.DRAFT): COUNTY,
    ("reports:year_figures", Stage.DRAFT): COUNTY,
    ("reports:workload", Stage.DRAFT): REPLAYS,
    ("reports:archive_round", Stage.DRAFT): {"county_coordinator"},
    ("reports:archive_case", Stage.DESIGNATED): {"county_coordinator"},
    ("retention:list", Stage.DRAFT): RETENTION,
    ("retention:hold", Stage.DRAFT): RETENTION,
    ("retention:lift", Stage.DRAFT): RETENTION,
    ("exports:take", Stage.SUBMITTED): COUNTY | {"first_reviewer"},
    ("exports:detail", Stage.SUBMITTED): {"county_coordinator"},
    ("exports:fetch", Stage.SUBMITTED): {"county_coordinator"},
    ("calendar:list", Stage.DRAFT): CALENDAR,
    ("calendar:year", Stage.DRAFT): CALENDAR,
    ("calendar:add", Stage.DRAFT): {"system_administrator"},
    ("calendar:load", Stage.DRAFT): CALENDAR,
    ("rounds:add", Stage.DRAFT): {"county_coordinator"},
    ("rounds:edit", None): {"county_coordinator"},
    ("rounds:categories", None): {"county_coordinator"},
    ("rounds:methods", None): {"county_coordinator"},
    ("rounds:terms", None): {"county_coordinator"},
    ("rounds:vetoes", None): {"county_coordinator"},
    ("rounds:departments", None): {"county_coordinator"},
    ("rounds:places", None): {"county_coordinator"},
    ("rounds:routing", None): {"county_coordinator"},
    ("rounds:department_add", Stage.DRAFT): {"county_coordinator"},
    ("rounds:department_remove", Stage.DRAFT): {"county_coordinator"},
    ("rounds:extend", Stage.DRAFT): {"county_coordinator"},
    ("rounds:extend_for", Stage.DRAFT): {"county_coordinator"},
    ("rounds:correct_term", Stage.DRAFT): {"county_coordinator"},
    ("organizations:saves", Stage.DRAFT): {"system_administrator"},
    ("organizations:jurisdictions", Stage.DRAFT): {"system_administrator"},
    ("organizations:jurisdiction_add", Stage.DRAFT): {"system_administrator"},
    ("organizations:jurisdiction_edit", Stage.DRAFT): {"system_administrator"},
    ("organizations:organizations", Stage.DRAFT): {"system_administrator"},
    ("organizations:organization_add", Stage.DRAFT): {"system_administrator"},
    ("organizations:organization_edit", Stage.DRAFT): {"system_administrator"},
    ("organizations:reorganize", Stage.DRAFT): {"system_administrator"},
    ("organizations:people", Stage.DRAFT): {"system_administrator"},
    ("organizations:person_add", Stage.DRAFT): {"system_administrator"},
    ("organizations:person_edit", Stage.DRAFT): {"system_administrator"},
    ("organizations:tables", Stage.DRAFT): TABLES,
    ("organizations:table_add", Stage.DRAFT): {"system_administrator"},
    ("organizations:table_template", Stage.DRAFT): TABLES,
    ("organizations:table", Stage.DRAFT): TABLES,
    ("organizations:password_links", Stage.DRAFT): LINKS,
    ("organizations:password_link", Stage.DRAFT): {"security_administrator"},
    ("organizations:password_slips", Stage.DRAFT): {"security_administrator"},
    ("organizations:link_mailing", Stage.DRAFT): {"security_administrator"},
    ("organizations:seats", Stage.DRAFT): {"security_administrator"},
    ("organizations:seat_add", Stage.DRAFT): {"security_administrator"},
    ("organizations:seat_end", Stage.DRAFT): {"security_administrator"},
    ("organizations:leaving", Stage.DRAFT): {"security_administrator"},
    ("organizations:unused", Stage.DRAFT): {"security_administrator"},
    ("organizations:rights_reviews", Stage.DRAFT): LINKS,
    ("organizations:rights_review", Stage.DRAFT): LINKS,
    ("organizations:rights_withdraw", Stage.DRAFT): {"security_administrator"},
    ("organizations:switch_on", Stage.DRAFT): {"security_administrator"},
    ("daily", Stage.DRAFT): DAILY,
    ("organizations:deputy_name", Stage.DRAFT): {"preparer", "security_administrator"},
    ("organizations:deputy_end", Stage.DRAFT): {"preparer", "security_administrator"},
    ("messages:webhook", Stage.DRAFT): {"system_administrator"},
    ("messages:emails", Stage.DRAFT): {"county_coordinator"},
    ("messages:email", Stage.DRAFT): {"county_coordinator"},
    ("audit:list", Stage.DRAFT): {"audit_administrator"},
}
# One of a round's e-mails, as its page is addressed.
MESSAGE = "application.submit.asks"
# Addresses that only take a POST: an empty one must tell outsiders nothing.
POSTS = {
    ("organizations:table_accept", Stage.DRAFT): {"system_administrator"},
    ("organizations:table_seats", Stage.DRAFT): {"security_administrator"},
    ("organizations:table_titles", Stage.DRAFT): {"deciding_officer"},
    ("organizations:table_stop", Stage.DRAFT): TABLES,
    ("organizations:slips_file", Stage.DRAFT): {"security_administrator"},
    ("organizations:staying", Stage.DRAFT): {"security_administrator"},
    ("organizations:rights_keep", Stage.DRAFT): {"security_administrator"},
    ("organizations:rights_finish", Stage.DRAFT): {"security_administrator"},
    ("applications:take_over", Stage.DRAFT): APPLICANT,
    ("applications:perform", Stage.SUBMITTED): APPLICANT | COUNTY | {"first_reviewer"},
    ("applications:evidence_add", Stage.SUBMITTED): APPLICANT | COUNTY | {"first_reviewer"},
    ("applications:evidence_cite", Stage.SUBMITTED): APPLICANT | COUNTY | {"first_reviewer"},
    ("applications:evidence_remove", Stage.SUBMITTED): APPLICANT | COUNTY | {"first_reviewer"},
    ("certificates:plaques", Stage.DRAFT): {"county_coordinator", "deciding_officer"},
    ("exports:forget", Stage.SUBMITTED): {"county_coordinator"},
    ("exports:cancel", Stage.SUBMITTED): {"county_coordinator"},
    ("applications:mark", Stage.SUBMITTED): {"first_reviewer"},
    ("applications:claim", Stage.SUBMITTED): {"first_reviewer"},
    ("applications:decide", Stage.RECOMMENDED): set(),
    ("applications:declare", Stage.VERIFYING): {"verifier"},
    ("applications:sign", Stage.VERIFYING): {"verifier"},
    ("applications:reject", Stage.VERIFYING): {"county_coordinator"},
    ("opinions:send", Stage.RECOMMENDED): {"county_coordinator"},
    ("opinions:papers", Stage.RECOMMENDED): {"department_clerk", "county_coordinator"},
    ("papers:end", Stage.DRAFT): {"county_coordinator"},
    ("visits:declare", Stage.DRAFT): {"verifier"},
    ("visits:sign", Stage.DRAFT): {"verifier"},
    ("visits:perform", Stage.DRAFT): {"county_coordinator", "verifier"},
    ("notices:send_back", Stage.ON_NOTICE): {
        "secrecy_reviewer",
        "deciding_officer",
        "notice_publisher",
    },
    ("notices:record_posting", Stage.ON_NOTICE): {"county_coordinator"},
    ("notices:extend", Stage.ON_NOTICE): {"notice_publisher"},
    ("notices:restart", Stage.ON_NOTICE): {"notice_publisher"},
    ("notices:step", Stage.ON_NOTICE): {"objection_officer"},
    ("notices:identity", Stage.ON_NOTICE): {"objection_officer"},
    ("notices:attachment", Stage.ON_NOTICE): {"objection_officer", "notice_publisher"},
    ("calendar:confirm", Stage.DRAFT): CALENDAR,
    ("calendar:decline", Stage.DRAFT): CALENDAR,
    ("rounds:copy", Stage.DRAFT): {"county_coordinator"},
    ("rounds:open", Stage.DRAFT): {"county_coordinator"},
    ("rounds:close", Stage.DRAFT): {"county_coordinator"},
    ("standard_preview:item", Stage.DRAFT): MANAGER,
    ("standard_preview:check", Stage.DRAFT): MANAGER,
    ("standard_preview:check_add", Stage.DRAFT): MANAGER,
    ("replays:cancel", Stage.SUBMITTED): REPLAYS,
    ("audit:verify", Stage.DRAFT): {"audit_administrator"},
    ("messages:email_restore", Stage.DRAFT): {"county_coordinator"},
    ("messages:webhook_key", Stage.DRAFT): {"system_administrator"},
    ("messages:webhook_key_end", Stage.DRAFT): {"system_administrator"},
    ("messages:webhook_try", Stage.DRAFT): {"system_administrator"},
    ("messages:open", Stage.SUBMITTED): {"the receiver only"},
    ("messages:read_all", Stage.DRAFT): set(ALL),
}
# Django's own: leaving a session, and choosing a language. A password link is its bearer's, and so
# is the link of the first day.
ELSEWHERE = {
    "organizations:logout",
    "organizations:set_password",
    "organizations:first_day",
    "organizations:first_day_link",
    "organizations:first_day_slips",
    "set_language",
}


def named_addresses(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield prefix + entry.name
        else:
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from named_addresses(entry, prefix + inner)


def test_every_address_stands_in_the_table():
    tabled = {name for name, _stage in (*PAGES, *POSTS)} | PUBLIC | {*OPEN} | SIGNED_IN | ELSEWHERE

    assert set(named_addresses()) == tabled


def below_a_language(entry):
    return isinstance(entry.pattern, LocalePrefixPattern)


def test_every_public_page_stands_in_the_table_and_nothing_else_is_public():
    below = [e for e in get_resolver(settings.PUBLIC_URLCONF).url_patterns if below_a_language(e)]

    assert {name for entry in below for name in named_addresses(entry)} == PUBLIC


class World:
    """A county with an application at a stage, and its like elsewhere for the strangers."""

    def draw_of_the_year(self):
        """One a year, which leaves somebody to report."""
        if drawn := Draw.objects.first():
            return drawn
        rechecks.titles(self.county, 2)
        return rechecks.draw(self.county)

    def self_report(self):
        return self.draw_of_the_year().self_reports.first()

    def __init__(self, stage, held_clock):
        self.county = County()
        self.application = self.county.at(stage or Stage.DRAFT, wait=held_clock.move_to)
        self.draft_round = self._draft_round()
        self.people = {role.value: self._person(role) for role in Role}
        self.strangers = {role.value: self._stranger(role) for role in Role}

    def _draft_round(self):
        round_ = factories.RoundFactory(
            jurisdiction=self.county.jurisdiction, status=Round.Status.DRAFT
        )
        factories.RoundCategoryFactory(round=round_)
        return round_

    def _person(self, role):
        county = self.county
        known = {
            Role.PREPARER: lambda: county.preparer,
            Role.HEAD: lambda: county.head,
            Role.FIRST_REVIEWER: lambda: county.reviewer,
            Role.COUNTY_COORDINATOR: lambda: county.coordinator,
            Role.VERIFIER: lambda: county.verifiers[0],
            Role.SECRECY_REVIEWER: lambda: county.secrecy_reviewer,
            Role.NOTICE_PUBLISHER: lambda: county.publisher,
            Role.OBJECTION_OFFICER: lambda: county.objection_officer,
            Role.DECIDING_OFFICER: lambda: county.deciding_officer,
        }
        if role in known:
            return known[role]()
        if role == Role.DEPARTMENT_CLERK:
            body = factories.TownshipCommitteeFactory(jurisdiction=county.jurisdiction)
            return factories.seated(role, body)
        return factories.seated(role, county.jurisdiction)

    def _stranger(self, role):
        elsewhere = factories.JurisdictionFactory(code="350102000000", name_zh="他县")
        if role not in ORGANIZATION_ROLES:
            return factories.seated(role, elsewhere)
        township = factories.TownshipFactory(
            code="350102100000", parent=elsewhere, level=Level.TOWNSHIP
        )
        body = factories.TownshipCommitteeFactory(jurisdiction=township)
        if role == Role.FIRST_REVIEWER:
            assert body.body_kind == BodyKind.TOWNSHIP_COMMITTEE
            return factories.seated(role, body)
        return factories.seated(role, factories.VillageFactory(superior=body))

    def address(self, name, to=reverse):
        """Where the page is; ``to`` makes an address of its name and ``args``."""
        last_try = None
        for arguments in self._arguments(name):
            try:
                return to(name, args=arguments)
            except NoReverseMatch as error:
                last_try = error
        raise last_try

    def _arguments(self, name):
        application = self.application
        entry = application.notice_entries.select_related("notice").order_by("pk").last()
        evidence = application.evidence.first()
        special = {
            "help:part": lambda: ["preparer"],
            "standards:detail": lambda: ["NC"],
            "standards:version": lambda: ["NC", 1],
            "standards:version_file": lambda: ["NC", 1, "annex.pdf"],
            "standards:compare": lambda: ["NC"],
            "standards:sample": lambda: ["GQ"],
            "standards:sample_file": lambda: ["GQ", "sheet.docx"],
            "adoptions:adopt": lambda: ["GQ"],
            **self._drafting(),
            "messages:emails": lambda: [self.county.round.pk],
            "messages:email": lambda: [self.county.round.pk, MESSAGE],
            "messages:email_restore": lambda: [self.county.round.pk, MESSAGE],
            "messages:webhook_key": self.at_the_gateway,
            "messages:webhook_key_end": lambda: [self.gateway_key().pk],
            "messages:webhook_try": self.at_the_gateway,
            "applications:section": lambda: [application.pk, 1],
            "applications:next_open": lambda: [application.pk],
            "applications:item": lambda: [application.pk, "NC-01"],
            "applications:measure": lambda: [application.pk, "NC-01"],
            "applications:perform": lambda: [application.pk, "submit"],
            "applications:receipt": lambda: [application.pk, 1],
            "applications:copy": lambda: [application.pk, 1],
            "applications:paper": lambda: [application.pk, "form", "pdf"],
            "applications:letter": lambda: [application.pk, self.returned().pk, "docx"],
            "applications:evidence": lambda: [application.pk, evidence.pk],
            "applications:evidence_add": lambda: [application.pk, "NC-01"],
            "applications:evidence_cite": lambda: [application.pk, "NC-01"],
            "applications:evidence_remove": lambda: [application.pk, "NC-01", evidence.pk],
            "applications:arrange": lambda: [application.pk, "NC-01"],
            "applications:library": lambda: [application.pk, "NC-01"],
            "library:list": list,
            "visits:list": list,
            "visits:grounds": list,
            "visits:for_title": lambda: [title_given_before(self.county).pk],
            "appeals:against_decision": lambda: [self.refused().pk],
            "appeals:against_title": lambda: [self.revoked_title().pk],
            "appeals:enter_against_decision": lambda: [self.refused().pk],
            "appeals:enter_against_title": lambda: [self.revoked_title().pk],
            "appeals:appeal": lambda: [self.appeal().pk],
            "appeals:act": lambda: [self.appeal().pk, "take_up"],
            "appeals:attach": lambda: [self.appeal().pk],
            "appeals:library": lambda: [self.appeal().pk],
            "titles:title": lambda: [title_given_before(self.county).pk],
            "papers:kinds": lambda: [self.county.jurisdiction.pk],
            **{
                f"papers:{name}": lambda: [self.county.jurisdiction.pk, "decision"]
                for name in ("template", "file", "end")
            },
            "titles:paper": self.of_an_order,
            "papers:sealed": lambda: ["rectification", self.of_an_order()[1]],
            "papers:copy": lambda: [self.sealed_copy().pk],
            "titles:act": lambda: [title_given_before(self.county).pk, "warn"],
            "bars:list": list,
            "bars:lift": self.barred,
            **{f"rechecks:{name}": list for name in ("year", "draw", "list", "reports")},
            "rechecks:enter": lambda: [title_given_before(self.county).pk],
            "rechecks:recheck": lambda: [rechecks.entered(self.county).pk],
            "rechecks:step": lambda: [rechecks.answered(self.county).pk, "conclude"],
            "rechecks:report": lambda: [self.self_report().pk],
            "certificates:keys": list,
            "certificates:issue": lambda: [title_given_before(self.county).pk],
            "certificates:decisions": list,
            "certificates:decision": lambda: [title_given_before(self.county).decision_id],
            "certificates:plaques": self.plaques_to_make,
            **{
                f"certificates:{name}": lambda: [self.county.jurisdiction.pk]
                for name in ("design", "preview")
            },
            **{
                f"certificates:{name}": lambda: self.certificate.place
                for name in ("check", "signed", "file")
            },
            "draws:list": list,
            "draws:drawn": lambda: [self.draw_of_the_year().pk],
            "visits:for_decision": lambda: [self.appeal_to_look_into().decision_id],
            "visits:for_objection": lambda: [self.investigated(entry).pk],
            "library:add": list,
            "library:page": lambda: [self.drawn(evidence.entry).pk, 1, "small"],
            **{
                f"library:{name}": lambda: [evidence.entry_id]
                for name in ("entry", "take_out", "file")
            },
            "applications:start": lambda: [self.county.round.pk],
            "applications:standing": lambda: [self.county.round.pk],
            "opinions:round": lambda: [self.asking().pk],
            "opinions:send": lambda: [self.asking().pk],
            **{
                f"opinions:{name}": lambda: [self.asked().pk]
                for name in ("sheet", "paper", "papers", "not_awaited")
            },
            "selections:round": lambda: [self.county.round.pk],
            "selections:compose": lambda: [self.county.round.pk, "NC"],
            **{
                f"selections:{name}": lambda: [Selection.objects.get(round=self.county.round).pk]
                for name in ("meeting", "meeting_sheet")
            },
            "applications:visit_record": lambda: [application.pk, application.visits.get().pk],
            "visits:record": lambda: [
                conclude(self.county, begin(self.county, recheck(self.county, ITEM))).pk
            ],
            "visits:measure": lambda: [begin(self.county, recheck(self.county)).pk, ITEM],
            "visits:perform": lambda: [recheck(self.county).pk, "begin"],
            **{
                f"visits:{name}": lambda: [recheck(self.county).pk]
                for name in ("verify", "declare", "sign", "call_off", "plan")
            },
            "notices:compose": lambda: [self.county.round.pk],
            "notices:detail": lambda: [entry.notice_id],
            "notices:open_json": lambda: [entry.notice_id],
            "notices:manage": lambda: [entry.notice_id],
            "notices:send_back": lambda: [entry.notice_id],
            "notices:extend": lambda: [entry.notice_id],
            "notices:record_posting": lambda: [entry.notice_id],
            "notices:restart": lambda: [entry.notice_id],
            "notices:mend": lambda: [self.sent_back().pk],
            "notices:object": lambda: [entry.notice_id, entry.pk],
            "notices:enter": lambda: [entry.pk],
            "notices:step": lambda: [entry.notice_id, "close-register"],
            "notices:objection": lambda: [self.objection(entry).pk],
            "notices:paper": lambda: [entry.notice_id, "docx"],
            "notices:correction": lambda: [self.corrected(entry.notice).pk, "docx"],
            "notices:letter": lambda: [self.answered(entry).pk, "docx"],
            "notices:identity": lambda: [self.objection(entry).pk],
            "notices:answer": lambda: [self.dismissed(entry).pk],
            "notices:redact": lambda: [self.investigated(entry).pk],
            "notices:release": lambda: [self.redacted(entry).pk],
            "notices:assign": lambda: [self.investigated(entry).pk],
            "notices:report": lambda: [self.given(entry).pk],
            "notices:ask_longer": lambda: [self.investigated(entry).pk],
            "notices:join": lambda: [self.investigated(entry).pk],
            "notices:separate": lambda: [self.joined(entry).pk],
            "notices:longer": lambda: [self.longer_asked(entry).pk],
            "notices:hearing": lambda: [self.put(entry).pk],
            "notices:hearing_library": lambda: [self.put(entry).pk],
            "notices:attachment": lambda: [self.joined_to_given(entry).pk, 1],
            "designations:designate": lambda: [self.county.round.pk],
            "designations:draft": lambda: [self.county.round.pk, "docx"],
            "designations:decision": lambda: [self.county.round.decisions.get().pk, "docx"],
            "register:detail": lambda: [Designation.objects.get().number],
            "reports:board": lambda: [self.county.round.pk],
            "reports:figures": lambda: [self.county.round.pk],
            "reports:item_figures": lambda: [self.county.round.pk],
            "reports:report": lambda: [self.county.round.pk],
            "reports:workload": lambda: [self.county.round.pk],
            "reports:archive_round": lambda: [self.county.round.pk],
            "retention:list": list,
            "retention:hold": self.due_to_go,
            "retention:lift": self.held,
            "exports:take": lambda: ["applications"],
            "exports:forget": lambda: ["applications", self.kept_columns().pk],
            **{
                f"exports:{name}": lambda: [self.made_file().pk]
                for name in ("detail", "fetch", "cancel")
            },
            "calendar:list": list,
            "calendar:add": list,
            "calendar:year": lambda: [2026],
            **{
                f"calendar:{name}": lambda: [self.calendar_load().pk]
                for name in ("load", "confirm", "decline")
            },
            "rounds:detail": lambda: [self.county.round.pk],
            "rounds:department_add": lambda: [self.county.round.pk],
            "rounds:department_remove": lambda: [
                self.county.round.pk,
                self.asking().departments.first().pk,
            ],
            "rounds:extend": lambda: [self.county.round.pk],
            "rounds:extend_for": lambda: [self.county.round.pk],
            "applications:posting": lambda: [self.posted(application).pk],
            "applications:type": lambda: [self.county.round.pk],
            "applications:signed_papers": lambda: [self.typed(application).pk],
            "applications:take_over": lambda: [self.typed(application).pk],
            "rounds:correct_term": lambda: [
                self.county.round.pk,
                self.county.round.definitions.earliest("pk").pk,
            ],
            "replays:begin": lambda: [self.county.round_category.pk],
            **{
                f"replays:{name}": lambda: [self.replay().pk]
                for name in ("detail", "csv", "xlsx", "cancel")
            },
            "organizations:jurisdiction_edit": lambda: [self.county.jurisdiction.pk],
            "organizations:organization_edit": lambda: [self.county.village.pk],
            "organizations:reorganize": lambda: [self.county.village.pk],
            "organizations:person_edit": lambda: [self.county.preparer.pk],
            "organizations:password_link": lambda: [self.county.preparer.pk],
            "organizations:link_mailing": lambda: [self.link_mailing().pk],
            "organizations:leaving": lambda: [self.county.preparer.pk],
            "organizations:staying": lambda: [self.county.preparer.pk],
            "organizations:switch_on": lambda: [self.county.preparer.pk],
            "organizations:rights_withdraw": lambda: [self.review().lines.get().pk],
            **{
                f"organizations:{name}": lambda: [self.review().pk]
                for name in ("rights_keep", "rights_finish")
            },
            "organizations:table_template": list,
            **{
                f"organizations:{name}": lambda: [self.county_table().pk]
                for name in ("table", "table_accept", "table_seats", "table_titles", "table_stop")
            },
            **{
                f"organizations:{name}": lambda: [Seat.objects.get(person=self.county.preparer).pk]
                for name in ("seat_end", "deputy_name")
            },
            "organizations:deputy_end": lambda: [self.deputy_seat().pk],
            "messages:open": lambda: [self.message().pk],
        }
        if name in special:
            yield special[name]()
        elif name.startswith("rounds:"):
            yield from ([], [self.draft_round.pk])
        else:
            yield from ([], [application.pk])

    @cached_property
    def certificate(self):
        title = title_given_before(self.county)
        return issuing.issue(title, actor=self.county.deciding_officer)

    def plaques_to_make(self):
        area = self.county.jurisdiction
        factories.certificate_design(area, self.county.coordinator, makes_plaques=True)
        return [title_given_before(self.county).decision_id, area.pk]

    def returned(self):
        """The return of the application for correction, which was handed in again since."""
        if self.application.stage == Stage.SUBMITTED:
            asked = {"NC-01": "请补充会议记录。"}
            self.county.act(
                "return_for_correction",
                self.application,
                self.county.reviewer,
                opinion="请补正。",
                corrections=asked,
            )
            self.county.act_on_correction(self.application, "NC-01")
            self.application.refresh_from_db()
        return self.application.decisions.get(transition="return_for_correction")

    def of_an_order(self):
        """A title under order to correct, and the step that orders it."""
        title = Title(self.county)
        return [title.row.pk, title.act("order").pk, "docx"]

    def corrected(self, notice):
        """The notice that took the place of one whose name was wrong."""
        why = {"cause": "correction", "reason": "名单中一个组织的名称印错，现予更正。"}
        draft = notices.restart(notice, actor=self.county.publisher, **why)
        return put_on_the_wall(self.county, draft)

    def sealed_copy(self):
        """Of an order."""
        order = Title(self.county).act("order")
        file, issuer = content.received(PDF, "a.pdf"), self.county.coordinator
        return sealed_copies.put("rectification", order, file, seen=None, actor=issuer)

    def answered(self, entry):
        """An objection that was not accepted, and whoever raised it is told why."""
        raised = self.objection(entry)
        objections.refuse(
            raised, reason="所反映的问题不属于本批次。", actor=self.county.objection_officer
        )
        return raised

    def due_to_go(self):
        factories.DisposalFactory()
        return []

    def held(self):
        row = factories.DisposalFactory()
        holds.hold([row.pk], reason="审计正在调阅这批材料。", actor=self.county.coordinator)
        return []

    def deputy_seat(self):
        """That of who stands in for the preparer."""
        held = Seat.objects.get(person=self.county.preparer)
        own = factories.SeatFactory(role=Role.HEAD, organization=held.organization)
        return factories.deputy_in(held, own=own).seats.get(deputy_of=held)

    def review(self):
        """Of rights, with the preparer's seat."""
        return factories.rights_review(self.county.preparer.seats.get())

    def at_the_gateway(self):
        """No argument: each has the gateway of their own area, which has a key."""
        self.gateway_key()
        return []

    def gateway_key(self):
        """Of the gateway that the county has set up."""
        area = self.county.jurisdiction
        if (key := WebhookKey.objects.filter(webhook__jurisdiction=area).first()) is not None:
            return key
        administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, area)
        values = {"address": "https://gateway.example.cn/", "kinds": ["asks"]}
        webhook = webhook_settings.keep(area, values, actor=administrator)
        return webhook_settings.make_key(webhook, seen=[], actor=administrator)

    def county_table(self):
        area = self.county.jurisdiction
        bringer = factories.seated(Role.SYSTEM_ADMINISTRATOR, area)
        return bringing.bring("a.xlsx", filled(people=[{"username": "a"}]), actor=bringer)

    def drawn(self, entry):
        """An entry whose one page has its pictures."""
        for size in PREVIEW_SIZES:
            contents.write(preview_name(entry.stored.sha256, 1, size), b"RIFF0000WEBP")
        type(entry.stored).objects.filter(pk=entry.stored_id).update(drawn=1, pages=1)
        type(entry).objects.filter(pk=entry.pk).update(previewed_at=clock.now())
        return entry

    def posted(self, application):
        """Of a round that asks for an internal posting."""
        Round.objects.filter(pk=application.round_id).update(posting_days=5)
        return application

    def typed(self, application):
        """Typed by the township, from a paper."""
        type(application).objects.filter(pk=application.pk).update(typed_by=self.county.reviewer)
        return application

    def made_file(self):
        """A list that the coordinator had made as a file."""
        return exporting.ask(
            tables.of("applications"),
            "",
            columns=["stage"],
            file_format="csv",
            actor=self.people["county_coordinator"],
        )

    def kept_columns(self):
        coordinator = self.people["county_coordinator"]
        columns.keep("applications", "给办公室", ["stage"], actor=coordinator)
        return columns.kept_by(coordinator, "applications").get()

    def asking(self):
        """Of a round that asks the department for which the clerk answers."""
        if self.county.round.department_days is None:
            department(self.county, "县应急管理局", clerk=self.people["department_clerk"])
        return self.county.round

    def asked(self):
        if self.asking() and not self.county.round.opinion_lists.exists():
            sent(self.county)
        return self.county.round.opinion_lists.get()

    def calendar_load(self):
        administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, self.county.jurisdiction)
        return loads.bring(year_2027(), "国办发明电〔2026〕5号", actor=administrator)

    def sent_back(self):
        county = self.county
        notice = notices.propose(county.round, NOTICE, [self.application], actor=county.coordinator)
        notices.send_back(
            notice, reason="会议名称与纪要不一致，请核对。", actor=county.secrecy_reviewer
        )
        return notice

    def _drafting(self):
        """A county's own standards and a file that it read, made when first asked for."""
        made = OwnStandards(self.county.jurisdiction)
        return {
            "drafting:reading": lambda: [made.reading.pk],
            "drafting:take": lambda: [made.reading.pk, 0],
            "drafting:retire": lambda: [made.published.pk],
            "drafting:file": lambda: [made.draft.pk, "annex.docx"],
            "drafting:section": lambda: [made.draft.pk, made.draft.sections.first().pk],
            "drafting:item_add": lambda: [made.draft.pk, made.draft.sections.first().pk],
            "drafting:item": lambda: [made.draft.pk, "NC-01"],
            "drafting:check_add": lambda: [made.draft.pk, "NC-01"],
            "drafting:check": lambda: [made.draft.pk, "NC-01", "NC-01-C1"],
            "standard_preview:bench": lambda: [made.draft.pk],
            "standard_preview:preview": lambda: [made.draft.pk, "NC-01"],
            "standard_preview:item": lambda: [made.draft.pk, "NC-01"],
            "standard_preview:check_add": lambda: [made.draft.pk, "NC-01"],
            "standard_preview:check": lambda: [made.draft.pk, "NC-01", "NC-01-C1"],
        } | {
            f"drafting:{name}": lambda: [made.draft.pk]
            for name in (
                "draft",
                "compare",
                "questions",
                "publish",
                "discard",
                "details",
                "section_add",
            )
        }

    def refused(self):
        """What ended the application at its first review."""
        reason = "材料与实际不符，不予推荐。"
        if not self.application.decisions.filter(transition="reject").exists():
            self.county.act("reject", self.application, self.county.reviewer, opinion=reason)
        return self.application.decisions.get(transition="reject")

    def appeal(self):
        decision = self.refused()
        made = Appeal.objects.filter(decision=decision).first()
        return made or appeals.lodge(
            decision, Brought("材料齐全，请求核对原件。"), actor=self.county.head
        )

    def appeal_to_look_into(self):
        """Against what was found on site, taken up by somebody else."""
        if made := Appeal.objects.first():
            return made
        reason, hearer = "实地核查发现台账长期空白。", self.people["objection_officer"]
        self.county.act("reject", self.application, self.county.coordinator, opinion=reason)
        decision = self.application.decisions.get(transition="reject")
        brought = Brought("台账齐全，请求核对原件。")
        made = appeals.lodge(decision, brought, actor=self.county.head)
        return appeals.carry_out("take_up", made, AppealAct(), actor=hearer)

    def revoked_title(self):
        """Of a unit that the head of the applicant leads, too."""
        title = Title(self.county)
        title.act("revoke")
        factories.SeatFactory(
            role=Role.HEAD, person=self.county.head, organization=title.row.organization
        )
        return title.row

    def objection(self, entry):
        return objections.raise_objection(
            entry,
            facts="请核查",
            identity={"name": "某人", "contact": "a@b.cn"},
            attached=[Attached("image/png", b"a picture")],
        )

    def barred(self):
        """The bar of a village beside: its title was revoked."""
        title, officer = title_given_before(self.county), self.county.deciding_officer
        titles.carry_out("revoke", title, paper(title, "revoke"), actor=officer)
        return [Ground.REVOKED, title.steps.get(act="revoked").pk]

    def investigated(self, entry):
        raised = self.objection(entry)
        officer = self.people["objection_officer"]
        objections.accept(raised, reason="可以核查，予以受理。", actor=officer)
        return raised

    def longer_asked(self, entry):
        raised, officer = self.investigated(entry), self.people["objection_officer"]
        return longer.ask(raised, days=3, reason="须等部门提供图纸和说明。", actor=officer)

    def given(self, entry):
        raised = self.investigated(entry)
        officer, asked = self.people["objection_officer"], self.people["notice_publisher"]
        investigation.assign(
            raised, investigator=asked, reason="由他人调查，以示公正。", actor=officer
        )
        return raised

    def joined(self, entry):
        return self._joined_to(self.investigated(entry), entry)

    def joined_to_given(self, entry):
        """To one that somebody investigates, who opens what came with it."""
        return self._joined_to(self.given(entry), entry)

    def _joined_to(self, leading, entry):
        same, officer = self.objection(entry), self.people["objection_officer"]
        joining.join(leading, [same], reason="反映的都是场所面积不足。", actor=officer)
        return same

    def dismissed(self, entry):
        raised = self.investigated(entry)
        officer = self.people["objection_officer"]
        objections.dismiss(raised, finding="经查不属实，异议不成立。", actor=officer)
        return raised

    def redacted(self, entry):
        raised = self.investigated(entry)
        officer = self.people["objection_officer"]
        hearing.redact(raised, facts="场所面积是否不足。", actor=officer)
        return raised

    def put(self, entry):
        raised, facts = self.redacted(entry), ["场所面积是否不足。"]
        seen = {shown.INPUT: shown.carried(seen_whole.as_shown(facts))}
        return hearing.release(raised, seen=seen, actor=self.people["objection_officer"])

    def link_mailing(self):
        administrator = self.people["security_administrator"]
        return link_mailings.send([self.county.preparer], actor=administrator)

    def replay(self):
        """One that is done: it has all its pages."""
        made = requesting.request(
            self.county.round_category,
            self.county.round_category.standard,
            thresholds={"NC-09-C2": 90},
            basis="declared",
            actor=self.people["standards_manager"],
        )
        running.run(made.job_id)
        return made

    def message(self):
        deliver_waiting()
        return Message.objects.filter(person=self.county.head).first()


def answer(client, person, method, address):
    client.logout()
    if person is not None:
        client.force_login(person)
    response = getattr(client, method)(address)
    if response.streaming:
        close_file(response)
    return response.status_code


def close_file(response):
    """Close a served file, but not the test's own database connection with it."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


def stage_to_show(name):
    return Stage.DESIGNATED if name == "register:detail" else Stage.ON_NOTICE


@pytest.mark.parametrize("name", sorted(OPEN))
def test_what_is_open_has_no_need_of_a_seat(name, client, held_clock):
    assert answer(client, None, "get", reverse(name)) == OK


def of_both_counties(world):
    """Who asks for what is public: nobody known, an applicant and an officer here and elsewhere."""
    roles = ("preparer", "county_coordinator", "standards_manager")
    return (None, *(people[role] for people in (world.people, world.strangers) for role in roles))


def body(client, person, address):
    client.logout()
    if person is not None:
        client.force_login(person)
    response = client.get(address)
    assert response.status_code == OK, (address, person)
    if not response.streaming:
        return response.content
    content = b"".join(response.streaming_content)
    close_file(response)
    return content


# A form bears a token of its own at each showing.
TOKEN = re.compile(rb'(csrfmiddlewaretoken|request_key)" value="[^"]*"')


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_a_public_page_is_the_same_for_everyone_of_both_counties_and_nobody(
    name, language, client, held_clock
):
    world = World(stage_to_show(name), held_clock)
    address = world.address(name, partial(public, language=language))

    # The file of a draft bears the moment of its making.
    with time_machine.travel(clock.system_now(), tick=False):
        bodies = {TOKEN.sub(b"", body(client, who, address)) for who in of_both_counties(world)}

    assert len(bodies) == 1
    client.logout()
    head = client.head(address)
    assert head.status_code == OK
    assert head["Content-Type"].startswith("text/html") == (name not in FILES)


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_a_public_page_without_its_language_is_of_the_signed_in_and_leads_others_to_it(
    name, client, held_clock
):
    world = World(stage_to_show(name), held_clock)
    address = world.address(name)

    assert client.get(address).url == world.address(name, public)
    for person in of_both_counties(world):
        assert answer(client, person, "get", address) == (OK if person else LOGIN)


@pytest.mark.parametrize("name", sorted(SIGNED_IN))
def test_pages_of_ones_own_open_to_whoever_signed_in(name, client, held_clock):
    world = World(Stage.DRAFT, held_clock)

    assert answer(client, None, "get", world.address(name)) == LOGIN
    for person in (*world.people.values(), *world.strangers.values()):
        assert answer(client, person, "get", world.address(name)) == OK


# Addresses that only lead to a place on a page.
LEADS_ON, ONWARD = {"applications:item", "applications:next_open"}, 302


@pytest.mark.parametrize(("name", "stage"), sorted(PAGES, key=str))
def test_a_page_opens_to_its_roles_and_hides_from_all_others(name, stage, client, held_clock):
    world = World(stage, held_clock)
    address = world.address(name)
    seen = {role: answer(client, person, "get", address) for role, person in world.people.items()}

    opens = ONWARD if name in LEADS_ON else OK
    assert seen == {role: opens if role in PAGES[name, stage] else HIDDEN for role in ALL}
    assert answer(client, None, "get", address) == (HIDDEN if name == "audit:list" else LOGIN)


# What a stranger gets for pages that are about one's own seat rather than about this application.
OF_ONES_OWN = {
    "applications:start": APPLICANT,
    "applications:queue": {"first_reviewer", "county_coordinator"},
    "applications:batch": {"first_reviewer"},
    "applications:remind_late": {"county_coordinator"},
    "library:list": APPLICANT,
    "library:add": APPLICANT,
    "visits:list": {"county_coordinator", "verifier", "objection_officer"},
    "visits:grounds": {"county_coordinator"},
    "rechecks:year": {"county_coordinator", "deciding_officer"},
    "rechecks:draw": {"county_coordinator"},
    "bars:list": {"county_coordinator", "deciding_officer"},
    "certificates:decisions": {"county_coordinator", "deciding_officer"},
    "rechecks:list": {"county_coordinator", "deciding_officer"} | APPLICANT,
    "rechecks:reports": {"county_coordinator", "deciding_officer"} | APPLICANT,
    "notices:desk": COUNTY,
    "reports:year_figures": COUNTY,
    "adoptions:adopt": {"county_coordinator"},
    "drafting:copy": MANAGER,
    "drafting:blank": MANAGER,
    "drafting:read": MANAGER,
    "drafting:list": MANAGER,
    "replays:list": REPLAYS,
    "replays:choose": REPLAYS,
    "exports:take": COUNTY | {"first_reviewer"},
    "retention:list": RETENTION,
    # The calendar is the country's.
    "calendar:list": CALENDAR,
    "calendar:year": CALENDAR,
    "calendar:add": {"system_administrator"},
    "calendar:load": CALENDAR,
    "rounds:add": {"county_coordinator"},
    "organizations:saves": {"system_administrator"},
    "organizations:jurisdictions": {"system_administrator"},
    "organizations:jurisdiction_add": {"system_administrator"},
    "organizations:organizations": {"system_administrator"},
    "organizations:organization_add": {"system_administrator"},
    "organizations:people": {"system_administrator"},
    "organizations:person_add": {"system_administrator"},
    "organizations:tables": TABLES,
    "organizations:table_add": {"system_administrator"},
    "organizations:table_template": TABLES,
    "organizations:password_links": LINKS,
    "organizations:password_slips": {"security_administrator"},
    "organizations:seats": {"security_administrator"},
    "organizations:seat_add": {"security_administrator"},
    "organizations:unused": {"security_administrator"},
    "organizations:rights_reviews": LINKS,
    "organizations:rights_review": LINKS,
    "messages:webhook": {"system_administrator"},
    "daily": DAILY,
    "audit:list": {"audit_administrator"},
}


@pytest.mark.parametrize(("name", "stage"), sorted(PAGES, key=str))
def test_the_same_roles_elsewhere_see_nothing_of_it(name, stage, client, held_clock):
    world = World(stage, held_clock)
    address = world.address(name)
    own = OF_ONES_OWN.get(name, set())
    seen = {
        role: answer(client, person, "get", address) for role, person in world.strangers.items()
    }

    assert seen == {role: OK if role in own else HIDDEN for role in ALL}


@pytest.mark.parametrize(("name", "stage"), sorted(POSTS, key=str))
def test_an_act_is_hidden_from_those_it_is_not_for(name, stage, client, held_clock):
    world = World(stage, held_clock)
    address = world.address(name)
    strangers = world.strangers.items()
    own = {
        "messages:read_all": set(ALL),
        "audit:verify": {"audit_administrator"},
        "calendar:confirm": CALENDAR,
        "calendar:decline": CALENDAR,
        # Of their own links.
        "organizations:slips_file": {"security_administrator"},
    }.get(name, set())

    assert answer(client, None, "get", address) in (LOGIN, HIDDEN, 405)
    assert answer(client, None, "post", address) in (LOGIN, HIDDEN)
    for role, person in world.people.items():
        if role not in POSTS[name, stage] and name != "messages:open":
            assert answer(client, person, "post", address) == HIDDEN, role
    for role, person in strangers:
        if role not in own:
            assert answer(client, person, "post", address) == HIDDEN, role


def test_a_verifier_sees_only_the_applications_they_are_sent_to(client, held_clock):
    world = World(Stage.VERIFYING, held_clock)
    other = factories.seated(Role.VERIFIER, world.county.jurisdiction)

    assert not VisitMember.objects.filter(person=other).exists()
    assert answer(client, other, "get", world.address("applications:case")) == HIDDEN
    assert (
        answer(client, world.county.verifiers[1], "get", world.address("applications:case")) == OK
    )
