"""Every function by which somebody changes the record: whose it is, and how it is called.

``OWN`` are about the person alone who calls them; ``PARTS`` are called within another act, which
has asked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from authoring.drafting import drafts, parts, readings
from authoring.replays import requesting
from designation.accounts import link_mailings, own_settings, password_links, slips
from designation.administration import (
    deputies,
    entering,
    leaving,
    reorganizing,
    rights_reviews,
    seating,
    unused,
)
from designation.administration.tables import accepting, bringing, setting_aside
from designation.administration.tables.parts import ENTRIES
from designation.adoptions import adopting
from designation.applications import (
    answers,
    descriptions,
    evidence,
    postings,
    published,
    seals,
    summaries,
)
from designation.applications.models import Conclusion, Stage
from designation.calendar import loads
from designation.certificates import designing, issuing, packing, plaques
from designation.evidence import citations, content, library
from designation.exports import asking as exporting
from designation.exports import columns
from designation.organizations import succession
from designation.organizations.lineage import Kind
from designation.organizations.models import Organization, Person, Role
from designation.organizations.succession import Document, Proposal
from designation.papers import sealed as sealed_copies
from designation.papers import templates as word_templates
from designation.papers.word import own_template
from designation.register import giving
from designation.register.bars import Fault, Ground
from designation.retention import holds
from designation.rounds import (
    configuring,
    copying,
    definitions,
    department_changes,
    departments,
    extending,
    methods,
    opening,
    places,
    routing,
)
from designation.site import clock, seen_whole, shown, tables
from designation.site.shown import Seen
from notifications import (
    delivery,
    email_wordings,
    inbox,
    preferences,
    round_messages,
    webhook_settings,
)
from notifications.models import Delivery
from reports.archive import asking as archiving
from standards.models import Section, StandardVersion
from tests import factories, files, rechecks_held
from tests.appealed import scan
from tests.calendars import year_2027
from tests.course import MEETING, NOTICE, OPINION, PDF
from tests.departments import FOUND, NOTHING, department, sent
from tests.designation.administration.filled_in import filled
from tests.hearings import heard
from tests.own_standards import text_file
from tests.rechecks_held import SEED
from tests.titles_given import paper
from tests.visits_apart import ITEM, recheck, title_given_before
from workflows import door, reminding, transitions
from workflows.bars import lifting as bars_lifting
from workflows.bars.queries import bar_of
from workflows.case.facts import Case
from workflows.rechecks import acts as rechecks
from workflows.rechecks import reports as self_reports
from workflows.rechecks import yearly
from workflows.rechecks.case import RecheckAct
from workflows.stages.appeals import appeals, attached
from workflows.stages.appeals.case import AppealAct
from workflows.stages.appeals.taking_in import Brought
from workflows.stages.conferral import decisions
from workflows.stages.first_review import claims, decision_drafts, internal_notes, marks
from workflows.stages.objections import hearing, investigation, joining, longer, objections
from workflows.stages.objections.attachments import Attached
from workflows.stages.opinions import answering, asking, instead
from workflows.stages.opinions import drafts as opinion_drafts
from workflows.stages.opinions import papers as opinion_papers
from workflows.stages.public_notice import notices
from workflows.stages.public_notice import postings as notice_postings
from workflows.stages.selection import choosing
from workflows.stages.selection.order import Outcome
from workflows.stages.self_assessment import (
    item_answers,
    item_evidence,
    posting,
    replies,
    signed_page,
    starting,
    typed,
)
from workflows.stages.self_assessment import summary as summary_page
from workflows.stages.verification import taking_over, visits
from workflows.titles import acts as titles

DEFINED = {"四个统一": ("本县的规定", "县委〔2026〕2号")}
LIFTED = bars_lifting.Document(
    "青组发〔2026〕9号",
    "中共青山县委组织部",
    date(2026, 3, 2),
    "经复核，原决定事实不清，予以解除。",
)
VETO = {"NC-03-C4": ("县委〔2026〕2号", "县公安局")}
REASON = "由于工作需要，按程序办理此事。"


POSTED = {"channel": "website", "place": "县政府网站", "posted_by": "李四"}
SIGNED = {"signed_by": "王书记", "signed_on": date(2026, 3, 1)}


def _file():
    return SimpleUploadedFile("minutes.pdf", PDF)


def _dissolve(w, actor):
    document = Document("青民发〔2026〕12号", "青山县人民政府")
    proposed = Proposal(Kind.DISSOLVED, clock.today(), (w.county.village,), (), document)
    shown = reorganizing.Outlook(succession.fates(proposed)).digest
    reorganizing.reorganize(proposed, chosen={}, seen=shown, actor=actor)


def read_whole(value):
    """A form that showed ``value`` as a whole."""
    return {shown.INPUT: shown.carried(seen_whole.as_shown(value))}


class World:
    """A county with what is acted on, each arranged when it is first asked for."""

    def __init__(self, county, own, held_clock):
        self.county, self.own, self.clock = county, own, held_clock
        self.application = None

    def person(self, whose):
        """Who may: somebody of the county's, or a new person in that role over it."""
        if whose == "verifier":
            return self.county.verifiers[0]
        if whose == "manager":
            return self.own.manager
        if whose in ("clerk", "holder"):
            return getattr(self, whose)
        if hasattr(self.county, whose):
            return getattr(self.county, whose)
        return factories.seated(Role(whose), self.county.jurisdiction)

    @cached_property
    def typed(self):
        """An application that the township types."""
        file, county = content.received(PDF, "a.pdf"), self.county
        return typed.begin(county.round, county.village, file, actor=county.reviewer, **SIGNED)

    @cached_property
    def load(self):
        loader = factories.seated(Role.SYSTEM_ADMINISTRATOR, self.county.jurisdiction)
        return loads.bring(year_2027(), "国办发明电〔2026〕5号", actor=loader)

    @cached_property
    def answered(self):
        return rechecks_held.answered(self.county)

    @cached_property
    def self_report(self):
        rechecks_held.titles(self.county, 2)
        return rechecks_held.draw(self.county).self_reports.get()

    @cached_property
    def holder(self):
        return factories.seated(Role.HEAD, self.self_report.title.organization)

    @property
    def later(self):
        return self.county.round.closes_at + timedelta(days=7)

    @property
    def seen_round(self):
        seen = seen_whole.as_shown(extending.as_shown(self.county.round))
        return {shown.INPUT: shown.carried(seen)}

    @property
    def seen_load(self):
        return {shown.INPUT: shown.carried(seen_whole.as_shown(loads.as_shown(self.load)))}

    table_file = filled(people=[{"username": "a.new", "full_name": "新人"}])

    @cached_property
    def county_table(self):
        bringer = factories.seated(Role.SYSTEM_ADMINISTRATOR, self.county.jurisdiction)
        return bringing.bring("a.xlsx", self.table_file, actor=bringer)

    @cached_property
    def round_message(self):
        return round_messages.called("application.submit.asks")

    @property
    def email_seen(self):
        wording = email_wordings.of(self.county.round, self.round_message)
        seen = seen_whole.as_shown(email_wordings.stored(wording))
        return {shown.INPUT: shown.carried(seen)}

    gateway_set = {"address": "https://gateway.example.cn/", "kinds": ["asks"]}

    @cached_property
    def gateway(self):
        area = self.county.jurisdiction
        administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, area)
        return webhook_settings.keep(area, self.gateway_set, actor=administrator)

    @cached_property
    def gateway_key(self):
        administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, self.county.jurisdiction)
        return webhook_settings.make_key(self.gateway, seen=[], actor=administrator)

    @property
    def table_seen(self):
        seen = seen_whole.as_shown(accepting.as_shown(self.county_table, ENTRIES))
        return {shown.INPUT: shown.carried(seen)}

    @cached_property
    def refused(self):
        """What the reviewing body decided of the application."""
        county, application = self.county, self.at(Stage.SUBMITTED)
        county.act("reject", application, county.reviewer, opinion=REASON)
        return application.decisions.last()

    @cached_property
    def appealed(self):
        return appeals.lodge(self.refused, Brought(REASON), actor=self.county.head)

    @cached_property
    def without_a_password(self):
        person = factories.PersonFactory(
            jurisdiction=self.county.jurisdiction, email="new@example.cn"
        )
        person.set_unusable_password()
        person.save()
        return person

    @cached_property
    def without_a_letter(self):
        """The letter went to nobody: its address was taken away."""
        person = self.without_a_password
        Person.objects.filter(pk=person.pk).update(password_links=1, email="a@example.cn")
        person.refresh_from_db()
        return person

    @cached_property
    def link_mailing(self):
        administrator = factories.seated(Role.SECURITY_ADMINISTRATOR, self.county.jurisdiction)
        mailing = link_mailings.send([self.without_a_letter], actor=administrator)
        delivery.deliver_waiting()
        Delivery.objects.filter(message__person=self.without_a_letter).update(
            state=Delivery.State.FAILED, next_at=None
        )
        return mailing

    @cached_property
    def seat(self):
        return self.county.coordinator.seats.get()

    @cached_property
    def asked_of(self):
        office = Organization.objects.create(
            name_zh="县信访局", category="JG", jurisdiction=self.county.jurisdiction
        )
        return departments.AskedOf(office, "近三年是否发生过越级集体上访？")

    @cached_property
    def asked_department(self):
        department(self.county, "县审计局")
        return self.county.round.departments.get()

    @cached_property
    def plaques_to_make(self):
        area, coordinator = self.county.jurisdiction, self.county.coordinator
        factories.certificate_design(area, coordinator, makes_plaques=True)
        return self.title.decision

    @cached_property
    def due_to_go(self):
        return factories.DisposalFactory()

    @cached_property
    def held(self):
        keeper = factories.seated(Role.COUNTY_COORDINATOR, self.county.jurisdiction)
        holds.hold([self.due_to_go.pk], reason=KEEP_IT, actor=keeper)
        return self.due_to_go

    @cached_property
    def about_to_leave(self):
        person = self.county.coordinator
        person.last_day = clock.today()
        person.save()
        return person

    @cached_property
    def review(self):
        return factories.rights_review(self.seat)

    @cached_property
    def reviewed_rights(self):
        self.county.coordinator.seats.update(ended_at=clock.now())
        return self.review

    @cached_property
    def switched_off_unused(self):
        person = self.county.coordinator
        person.is_active, person.unused_off_on = False, clock.today()
        person.save()
        return person

    @cached_property
    def third_verifier(self):
        return factories.seated(Role.VERIFIER, self.county.jurisdiction)

    @cached_property
    def deputy(self):
        return factories.deputy_in(self.seat).seats.get(deputy_of=self.seat)

    @cached_property
    def sample(self):
        return StandardVersion.objects.get(category="GQ", is_sample=True)

    @cached_property
    def draft_round(self):
        entry = factories.RoundCategoryFactory(
            round__status="draft", round__jurisdiction=self.county.jurisdiction
        )
        return entry.round

    @cached_property
    def new_round(self):
        made = factories.RoundFactory.build(jurisdiction=self.county.jurisdiction)
        return {name: getattr(made, name) for name in configuring.FRAME}

    @cached_property
    def new_village(self):
        village = self.county.village
        return {
            "name_zh": "新村党支部",
            "category": village.category,
            "jurisdiction": village.jurisdiction,
        }

    def at(self, stage):
        """The application, at that stage when it is first asked for."""
        wait = self.clock.move_to
        if self.application is None:
            self.application = self.county.at(stage, wait=wait)
        return self.application

    @cached_property
    def item(self):
        return self.at(Stage.DRAFT).standard.items.first()

    def case(self, actor, stage=Stage.DRAFT):
        return Case(self.at(stage), actor=actor)

    def asking(self, actor):
        """A case of a round that asks for an internal posting."""
        round_ = self.at(Stage.DRAFT).round
        if round_.posting_days is None:
            round_.posting_days = 5
            round_.save(update_fields=["posting_days"])
        return self.case(actor)

    @cached_property
    def proof(self):
        case = self.asking(self.county.preparer)
        file = content.received(PDF, "a.pdf")
        return posting.prove(case, file, title="", actor=self.county.preparer)

    @cached_property
    def attached(self):
        return self.county.attach(self.at(Stage.DRAFT))

    @property
    def page(self):
        address = "https://www.example.gov.cn/notice.html"
        return {"address": address, "title": "公告", "published_on": clock.today()}

    @cached_property
    def linked(self):
        draft = self.at(Stage.DRAFT)
        return published.add(draft, self.item, self.page, actor=self.county.preparer)

    @cached_property
    def entry(self):
        return library.put_in(_file(), holder=self.county.village, actor=self.county.preparer)

    @cached_property
    def cited(self):
        visit = self.visit
        entry = visit.application.evidence.first().entry
        citations.cite(entry, visit, actor=self.county.verifiers[0])
        return entry

    @cached_property
    def visit(self):
        return self.at(Stage.VERIFYING).visits.get()

    @cached_property
    def rechecked(self):
        return recheck(self.county, ITEM)

    @cached_property
    def correction(self):
        application = self.at(Stage.SUBMITTED)
        self.county.act(
            "return_for_correction",
            application,
            self.county.reviewer,
            opinion=OPINION,
            corrections={"NC-01": "请补充会议记录。"},
        )
        return application.corrections.select_related("application", "item").get()

    @cached_property
    def decision(self):
        return self.record_decision(self.county.deciding_officer)

    def record_decision(self, actor):
        return giving.record_decision(
            document_number="青发〔2026〕3号",
            decided_on=clock.today(),
            deciding_body="中共青山县委",
            round_=self.county.round,
            actor=actor,
        )

    @cached_property
    def title(self):
        return title_given_before(self.county)

    design = (
        dict.fromkeys(designing.COLUMNS, "")
        | {"heading": "证书", "wording": "命名【单位】", "colour": "#000000"}
        | {"makes_plaques": False}
    )

    @cached_property
    def certified_before(self):
        """A title whose certificate was issued before the design that the county has now."""
        issuing.issue(self.title, actor=self.county.deciding_officer)
        by = {"actor": self.county.coordinator, "seen": 0}
        designing.save(self.county.jurisdiction, self.design, crest=None, **by)
        return self.title

    @cached_property
    def bar(self):
        """That of a rejection for a fault: nobody who decides had a hand in it."""
        rejected, why = self.at(Stage.SUBMITTED), {"fault": Fault.FALSE_MATERIAL}
        self.county.act("reject", rejected, self.county.reviewer, opinion=REASON, **why)
        return bar_of(Ground.REJECTED, rejected.pk)

    @cached_property
    def until(self):
        return clock.today().replace(year=clock.today().year + 3)

    @cached_property
    def awaiting(self):
        """An application whose notice is over and whose register is closed."""
        application = self.at(Stage.AWAITING_DESIGNATION)
        notice = application.notice_entries.get().notice
        notices.close_register(notice, actor=self.county.objection_officer)
        return application

    @cached_property
    def proposed(self):
        listed = self.at(Stage.CHOSEN)
        return notices.propose(self.county.round, NOTICE, [listed], actor=self.county.coordinator)

    @cached_property
    def reviewed(self):
        notices.review_secrecy(self.proposed, actor=self.county.secrecy_reviewer)
        return self.proposed

    @cached_property
    def approved(self):
        notices.approve(self.reviewed, actor=self.county.deciding_officer)
        return self.reviewed

    @cached_property
    def sent_back(self):
        notices.send_back(self.proposed, reason=REASON, actor=self.county.secrecy_reviewer)
        return self.proposed

    @cached_property
    def over(self):
        return self.at(Stage.AWAITING_DESIGNATION).notice_entries.get().notice

    @cached_property
    def listed(self):
        return self.at(Stage.ON_NOTICE).notice_entries.get()

    @cached_property
    def received(self):
        identity = {"name": "张三", "contact": "0563-1"}
        photo = Attached("image/png", b"a picture")
        return objections.raise_objection(
            self.listed, facts=REASON, identity=identity, attached=[photo]
        )

    @cached_property
    def accepted(self):
        objections.accept(self.received, reason=REASON, actor=self.county.objection_officer)
        return self.received

    @cached_property
    def closed(self):
        objections.dismiss(self.accepted, finding=REASON, actor=self.county.objection_officer)
        return self.accepted

    @cached_property
    def heard(self):
        return heard(self.accepted)

    @cached_property
    def longer_asked(self):
        officer = self.county.objection_officer
        return longer.ask(self.accepted, days=3, reason=REASON, actor=officer)

    @cached_property
    def given(self):
        investigation.assign(
            self.accepted,
            investigator=self.county.publisher,
            reason=REASON,
            actor=self.county.objection_officer,
        )
        return self.accepted

    @cached_property
    def another(self):
        return objections.raise_objection(self.accepted.entry, facts=REASON, identity=None)

    @cached_property
    def joined(self):
        officer = self.county.objection_officer
        joining.join(self.accepted, [self.another], reason=REASON, actor=officer)
        return self.another

    @cached_property
    def redacted(self):
        hearing.redact(self.accepted, facts=REASON, actor=self.county.objection_officer)
        return self.accepted

    @cached_property
    def put(self):
        officer = self.county.objection_officer
        hearing.redact(self.accepted, facts=REASON, actor=officer)
        return hearing.release(self.accepted, seen=read_whole([REASON]), actor=officer)

    @cached_property
    def section(self):
        return self.own.draft.sections.first()

    @cached_property
    def second_item(self):
        return self.own.draft.items.all()[1]

    @cached_property
    def replay(self):
        return self.request_replay(self.own.manager)

    def request_replay(self, actor):
        entry = self.county.round_category
        return requesting.request(
            entry, entry.standard, thresholds={}, basis="declared", actor=actor
        )

    @cached_property
    def department(self):
        return department(self.county, "县应急管理局")

    @property
    def clerk(self):
        return self.department.clerk

    @cached_property
    def asked_round(self):
        self.at(Stage.RECOMMENDED)
        assert self.department
        return self.county.round

    @cached_property
    def in_review(self):
        assert self.county.reviewer
        return self.at(Stage.SUBMITTED)

    @cached_property
    def opinions(self):
        assert self.asked_round
        sent(self.county)
        return self.department.list

    @cached_property
    def overdue(self):
        self.clock.move_to(self.opinions.due_at)
        return self.opinions

    @cached_property
    def handed_in(self):
        assert self.opinions
        self.department.answer()
        return self.department.list

    @property
    def nothing(self):
        return {line.pk: NOTHING for line in self.opinions.lines.all()}

    @property
    def found(self):
        return {line.pk: FOUND for line in self.opinions.lines.all()}

    @cached_property
    def word_template(self):
        received = content.received(own_template("decision"), "模板.docx")
        return word_templates.bring(
            self.county.jurisdiction,
            "decision",
            received,
            seen=word_templates.Seen(None),
            actor=self.county.coordinator,
        )

    @cached_property
    def newcomer(self):
        return factories.PersonFactory(jurisdiction=self.county.jurisdiction)


KEEP_IT = "审计正在调阅这批材料，暂不销毁。"


@dataclass(frozen=True)
class Act:
    """``whose`` names who may (``World.person``); ``by`` calls it."""

    whose: str
    by: Callable[[World, Any], Any]
    # Roles whose holders may wherever they hold them: what is acted on is of no area.
    anywhere: frozenset[str] = frozenset()


def _taken():
    return readings.Taken(category="NC", title="县级农村示范点标准", document="县委〔2026〕1号")


def _said():
    return item_answers.Sent(values={}, note="有会议记录。")


def _all_met(application):
    return dict.fromkeys(application.standard.items.all(), (Conclusion.MET, ""))


ACTS = {
    own_settings.keep: Act(
        "head",
        lambda w, actor: own_settings.keep(w.county.head, {"large_type": True}, actor=actor),
    ),
    password_links.make: Act(
        "security_administrator",
        lambda w, actor: password_links.make(w.county.coordinator, actor=actor),
    ),
    slips.make: Act(
        "security_administrator",
        lambda w, actor: slips.make([w.without_a_password.pk], actor=actor),
    ),
    slips.hand_out: Act(
        "security_administrator",
        lambda w, actor: slips.hand_out([w.without_a_password.pk], actor=actor),
    ),
    slips.mail_all: Act(
        "security_administrator",
        lambda w, actor: slips.mail_all(
            Person.objects.filter(pk=w.without_a_password.pk), actor=actor
        ),
    ),
    slips.make_instead: Act(
        "security_administrator",
        lambda w, actor: slips.make_instead(w.link_mailing, [w.without_a_letter.pk], actor=actor),
    ),
    accepting.accept: Act(
        "system_administrator",
        lambda w, actor: accepting.accept(w.county_table, ENTRIES, actor=actor, seen=w.table_seen),
    ),
    setting_aside.set_aside: Act(
        "system_administrator",
        lambda w, actor: setting_aside.set_aside(w.county_table, ENTRIES, actor=actor),
    ),
    accepting.stop: Act(
        "system_administrator",
        lambda w, actor: accepting.stop(w.county_table, actor=actor),
    ),
    email_wordings.keep: Act(
        "coordinator",
        lambda w, actor: email_wordings.keep(
            w.county.round, w.round_message, {"opening_zh": "请补正。"}, actor=actor
        ),
    ),
    email_wordings.restore: Act(
        "coordinator",
        lambda w, actor: email_wordings.restore(
            w.county.round, w.round_message, seen=w.email_seen, actor=actor
        ),
    ),
    webhook_settings.keep: Act(
        "system_administrator",
        lambda w, actor: webhook_settings.keep(w.county.jurisdiction, w.gateway_set, actor=actor),
    ),
    webhook_settings.make_key: Act(
        "system_administrator",
        lambda w, actor: webhook_settings.make_key(w.gateway, seen=[], actor=actor),
    ),
    webhook_settings.end_key: Act(
        "system_administrator",
        lambda w, actor: webhook_settings.end_key(w.gateway_key, actor=actor),
    ),
    webhook_settings.ask_trial: Act(
        "system_administrator",
        lambda w, actor: webhook_settings.ask_trial(w.gateway_key.webhook, actor=actor),
    ),
    entering.add: Act(
        "system_administrator",
        lambda w, actor: entering.add(Organization, w.new_village, actor=actor),
    ),
    entering.change: Act(
        "system_administrator",
        lambda w, actor: entering.change(w.county.village, {"name_en": "First"}, actor=actor),
    ),
    seating.give_seat: Act(
        "security_administrator",
        lambda w, actor: seating.give_seat(
            w.newcomer, Role.VERIFIER, w.county.jurisdiction, actor=actor
        ),
    ),
    seating.end_seat: Act(
        "security_administrator", lambda w, actor: seating.end_seat(w.seat, actor=actor)
    ),
    reorganizing.reorganize: Act("system_administrator", _dissolve),
    deputies.name_deputy: Act(
        "coordinator",
        lambda w, actor: deputies.name_deputy(
            w.seat,
            w.county.secrecy_reviewer.seats.get(),
            starts_on=clock.today(),
            ends_on=w.later.date(),
            actor=actor,
        ),
    ),
    deputies.end_deputy: Act(
        "coordinator", lambda w, actor: deputies.end_deputy(w.deputy, actor=actor)
    ),
    leaving.leave: Act(
        "security_administrator",
        lambda w, actor: leaving.leave(w.county.coordinator, {}, actor=actor),
    ),
    unused.switch_on: Act(
        "security_administrator",
        lambda w, actor: unused.switch_on(
            w.switched_off_unused, reason="产假结束返岗，本人来电核实。", actor=actor
        ),
    ),
    rights_reviews.keep: Act(
        "security_administrator",
        lambda w, actor: rights_reviews.keep(w.review, [], seen=Seen(), actor=actor),
    ),
    rights_reviews.withdraw: Act(
        "security_administrator",
        lambda w, actor: rights_reviews.withdraw(w.review.lines.get(), actor=actor),
    ),
    rights_reviews.finish: Act(
        "security_administrator",
        lambda w, actor: rights_reviews.finish(w.reviewed_rights, actor=actor),
    ),
    leaving.stay: Act(
        "security_administrator", lambda w, actor: leaving.stay(w.about_to_leave, actor=actor)
    ),
    claims.hand_over: Act(
        "security_administrator",
        lambda w, actor: claims.hand_over(w.at(Stage.SUBMITTED), w.county.reviewer, actor=actor),
    ),
    taking_over.take_place: Act(
        "security_administrator",
        lambda w, actor: taking_over.take_place(
            w.visit, w.county.verifiers[0], w.third_verifier, actor=actor
        ),
    ),
    word_templates.bring: Act(
        "coordinator",
        lambda w, actor: word_templates.bring(
            w.county.jurisdiction,
            "decision",
            content.received(own_template("decision"), "模板.docx"),
            seen=word_templates.Seen(None),
            actor=actor,
        ),
    ),
    word_templates.end: Act(
        "coordinator",
        lambda w, actor: word_templates.end(
            w.county.jurisdiction,
            "decision",
            seen=word_templates.Seen(w.word_template.pk),
            actor=actor,
        ),
    ),
    adopting.adopt_sample: Act(
        "coordinator",
        lambda w, actor: adopting.adopt_sample(
            w.sample, w.county.jurisdiction, actor=actor, reason=REASON
        ),
    ),
    answers.save_item: Act(
        "preparer",
        lambda w, actor: answers.save_item(
            w.at(Stage.DRAFT), w.item, values={}, note="有会议记录。", actor=actor
        ),
    ),
    evidence.attach: Act(
        "preparer",
        lambda w, actor: evidence.attach(
            w.at(Stage.DRAFT), _file(), title="", items=[w.item], actor=actor
        ),
    ),
    evidence.choose: Act(
        "preparer",
        lambda w, actor: evidence.choose(w.at(Stage.DRAFT), w.entry, items=[w.item], actor=actor),
    ),
    evidence.remove: Act(
        "preparer", lambda w, actor: evidence.remove(w.attached, w.item, actor=actor)
    ),
    descriptions.save: Act(
        "preparer",
        lambda w, actor: descriptions.save(
            w.at(Stage.DRAFT), w.item, {f"caption-{w.attached.pk}": "说明"}, actor=actor
        ),
    ),
    descriptions.move: Act(
        "preparer",
        lambda w, actor: descriptions.move(
            w.attached.application, w.attached, w.item, to=0, actor=actor
        ),
    ),
    published.add: Act(
        "preparer",
        lambda w, actor: published.add(w.at(Stage.DRAFT), w.item, w.page, actor=actor),
    ),
    published.remove: Act("preparer", lambda w, actor: published.remove(w.linked, actor=actor)),
    summaries.save_summary: Act(
        "preparer",
        lambda w, actor: summaries.save_summary(
            w.at(Stage.DRAFT), {"summary": "本村简介"}, actor=actor
        ),
    ),
    citations.cite: Act(
        "verifier",
        lambda w, actor: citations.cite(
            w.visit.application.evidence.first().entry, w.visit, actor=actor
        ),
    ),
    citations.uncite: Act(
        "verifier", lambda w, actor: citations.uncite(w.cited, w.visit, actor=actor)
    ),
    library.put_in: Act(
        "preparer",
        lambda w, actor: library.put_in(_file(), holder=w.county.village, actor=actor),
    ),
    library.describe: Act(
        "preparer",
        lambda w, actor: library.describe(w.entry, {"title": "新"}, actor=actor),
    ),
    library.take_out: Act(
        "head", lambda w, actor: library.take_out(w.entry, reason=REASON, actor=actor)
    ),
    giving.record_decision: Act("deciding_officer", lambda w, actor: w.record_decision(actor)),
    giving.give_for: Act(
        "deciding_officer",
        lambda w, actor: giving.give_for(
            w.awaiting, decision=w.decision, until=w.until, actor=actor
        ),
    ),
    giving.give: Act(
        "deciding_officer",
        lambda w, actor: giving.give(
            w.county.village, category="NC", decision=w.decision, until=w.until, actor=actor
        ),
    ),
    configuring.begin: Act(
        "coordinator", lambda w, actor: configuring.begin(w.new_round, actor=actor)
    ),
    loads.bring: Act(
        "system_administrator",
        lambda _w, actor: loads.bring(year_2027(), "国办发明电〔2026〕5号", actor=actor),
        anywhere=frozenset({Role.SYSTEM_ADMINISTRATOR}),
    ),
    loads.confirm: Act(
        "coordinator",
        lambda w, actor: loads.confirm(w.load.pk, actor=actor, seen=w.seen_load),
        anywhere=frozenset({Role.SYSTEM_ADMINISTRATOR, Role.COUNTY_COORDINATOR}),
    ),
    loads.decline: Act(
        "coordinator",
        lambda w, actor: loads.decline(w.load.pk, actor=actor, reason=REASON),
        anywhere=frozenset({Role.SYSTEM_ADMINISTRATOR, Role.COUNTY_COORDINATOR}),
    ),
    configuring.keep_frame: Act(
        "coordinator",
        lambda w, actor: configuring.keep_frame(w.draft_round, {"name_zh": "新"}, actor=actor),
    ),
    configuring.set_places: Act(
        "coordinator",
        lambda w, actor: configuring.set_places(w.draft_round, {"NC": 3}, actor=actor),
    ),
    methods.set_methods: Act(
        "coordinator",
        lambda w, actor: methods.set_methods(
            w.draft_round, {"NC": methods.Rule(reserve=2)}, actor=actor
        ),
    ),
    department_changes.add: Act(
        "coordinator",
        lambda w, actor: department_changes.add(
            w.county.round, w.asked_of, days=5, reason=KEEP_IT, actor=actor
        ),
    ),
    department_changes.remove: Act(
        "coordinator",
        lambda w, actor: department_changes.remove(
            w.county.round, w.asked_department, reason=KEEP_IT, actor=actor
        ),
    ),
    departments.set_departments: Act(
        "coordinator",
        lambda w, actor: departments.set_departments(
            w.draft_round,
            {1: departments.AskedOf(w.department.organization, REASON)},
            5,
            actor=actor,
        ),
    ),
    asking.send: Act("coordinator", lambda w, actor: asking.send(w.asked_round, actor=actor)),
    answering.hand_in: Act(
        "clerk",
        lambda w, actor: answering.hand_in(w.opinions, w.nothing, actor=actor),
    ),
    answering.correct: Act(
        "clerk",
        lambda w, actor: answering.correct(w.handed_in, w.found, REASON, actor=actor),
    ),
    opinion_drafts.save: Act(
        "clerk",
        lambda w, actor: opinion_drafts.save(
            w.opinions, {"answer": "no"}, fields=("answer",), actor=actor, seen=Seen()
        ),
    ),
    instead.enter_paper: Act(
        "coordinator",
        lambda w, actor: instead.enter_paper(
            w.opinions, instead.Letter("5号", clock.today()), w.nothing, actor=actor
        ),
    ),
    sealed_copies.put: Act(
        "deciding_officer",
        lambda w, actor: sealed_copies.put(
            "decision", w.decision, content.received(PDF, "a.pdf"), seen=None, actor=actor
        ),
    ),
    opinion_papers.bring: Act(
        "clerk",
        lambda w, actor: opinion_papers.bring(
            w.opinions, content.received(PDF, "a.pdf"), actor=actor
        ),
    ),
    instead.wait_no_more: Act(
        "coordinator",
        lambda w, actor: instead.wait_no_more(w.overdue, REASON, actor=actor),
    ),
    configuring.define_terms: Act(
        "coordinator",
        lambda w, actor: configuring.define_terms(w.draft_round, DEFINED, actor=actor),
    ),
    configuring.set_vetoes: Act(
        "coordinator",
        lambda w, actor: configuring.set_vetoes(w.draft_round, VETO, actor=actor),
    ),
    copying.copy: Act("coordinator", lambda w, actor: copying.copy(w.county.round, actor=actor)),
    extending.extend: Act(
        "coordinator",
        lambda w, actor: extending.extend(
            w.county.round, w.later, reason=REASON, actor=actor, seen=w.seen_round
        ),
    ),
    definitions.correct: Act(
        "coordinator",
        lambda w, actor: definitions.correct(
            w.county.round.definitions.get(term="四个统一"),
            "本批次的规定",
            "县委〔2026〕3号",
            reason=REASON,
            actor=actor,
        ),
    ),
    extending.extend_for: Act(
        "coordinator",
        lambda w, actor: extending.extend_for(
            w.county.round, w.county.village, w.later, reason=REASON, actor=actor
        ),
    ),
    places.set_recommendations: Act(
        "coordinator",
        lambda w, actor: places.set_recommendations(
            w.county.round, {(w.county.township.pk, "NC"): 3}, actor=actor
        ),
    ),
    routing.set_routing: Act(
        "coordinator",
        lambda w, actor: routing.set_routing(
            w.draft_round, {routing.LEFT_OVER: w.county.township}, actor=actor
        ),
    ),
    opening.open_round: Act(
        "coordinator", lambda w, actor: opening.open_round(w.draft_round, actor=actor)
    ),
    opening.close_round: Act(
        "coordinator", lambda w, actor: opening.close_round(w.county.round, actor=actor)
    ),
    reminding.remind: Act(
        "coordinator",
        lambda w, actor: reminding.remind(w.in_review, "请尽快办理", actor=actor),
    ),
    door.perform: Act(
        "head",
        lambda w, actor: door.perform(
            "application.submit", w.at(Stage.SELF_ASSESSED).pk, actor=actor
        ),
    ),
    door.perform_all: Act(
        "head",
        lambda w, actor: door.perform_all(
            "application.submit", [w.at(Stage.SELF_ASSESSED).pk], actor=actor
        ),
    ),
    transitions.perform: Act(
        "head",
        lambda w, actor: transitions.perform("submit", w.at(Stage.SELF_ASSESSED).pk, actor=actor),
    ),
    decisions.designate: Act(
        "deciding_officer",
        lambda w, actor: decisions.designate(
            w.county.round,
            [w.awaiting],
            document_number="青发〔2026〕4号",
            decided_on=clock.today(),
            deciding_body="中共青山县委",
            actor=actor,
        ),
    ),
    claims.claim: Act(
        "reviewer", lambda w, actor: claims.claim(w.at(Stage.SUBMITTED), actor=actor)
    ),
    claims.release: Act(
        "reviewer", lambda w, actor: claims.release(w.at(Stage.SUBMITTED), actor=actor)
    ),
    decision_drafts.save: Act(
        "reviewer",
        lambda w, actor: decision_drafts.save(
            w.at(Stage.SUBMITTED), {"opinion": REASON}, actor=actor
        ),
    ),
    decision_drafts.save_held: Act(
        "reviewer",
        lambda w, actor: decision_drafts.save_held(
            w.case(actor, Stage.SUBMITTED), {"opinion": REASON}, actor=actor
        ),
    ),
    internal_notes.save: Act(
        "reviewer",
        lambda w, actor: internal_notes.save(w.at(Stage.SUBMITTED), {"NC-01": REASON}, actor=actor),
    ),
    internal_notes.save_held: Act(
        "reviewer",
        lambda w, actor: internal_notes.save_held(
            w.case(actor, Stage.SUBMITTED), {"NC-01": REASON}, actor=actor
        ),
    ),
    marks.mark_all: Act(
        "reviewer",
        lambda w, actor: marks.mark_all(
            w.at(Stage.SUBMITTED), _all_met(w.at(Stage.SUBMITTED)), actor=actor
        ),
    ),
    marks.mark_held: Act(
        "reviewer",
        lambda w, actor: marks.mark_held(
            w.case(actor, Stage.SUBMITTED), _all_met(w.at(Stage.SUBMITTED)), actor=actor
        ),
    ),
    objections.raise_objection: Act(
        "objection_officer",
        lambda w, actor: objections.raise_objection(
            w.listed, facts=REASON, identity=None, channel="phone", actor=actor
        ),
    ),
    objections.accept: Act(
        "objection_officer",
        lambda w, actor: objections.accept(w.received, reason=REASON, actor=actor),
    ),
    objections.refuse: Act(
        "objection_officer",
        lambda w, actor: objections.refuse(w.received, reason=REASON, actor=actor),
    ),
    objections.dismiss: Act(
        "objection_officer",
        lambda w, actor: objections.dismiss(w.accepted, finding=REASON, actor=actor),
    ),
    objections.uphold: Act(
        "objection_officer",
        lambda w, actor: objections.uphold(w.heard, finding=REASON, reverify=False, actor=actor),
    ),
    objections.identity: Act(
        "objection_officer", lambda w, actor: objections.identity(w.received, actor=actor)
    ),
    objections.attachment: Act(
        "objection_officer", lambda w, actor: objections.attachment(w.received, 1, actor=actor)
    ),
    objections.answer: Act(
        "objection_officer",
        lambda w, actor: objections.answer(w.closed, answer=REASON, actor=actor),
    ),
    investigation.assign: Act(
        "objection_officer",
        lambda w, actor: investigation.assign(
            w.accepted, investigator=w.county.publisher, reason=REASON, actor=actor
        ),
    ),
    investigation.report: Act(
        "publisher", lambda w, actor: investigation.report(w.given, report=REASON, actor=actor)
    ),
    longer.ask: Act(
        "objection_officer",
        lambda w, actor: longer.ask(w.accepted, days=3, reason=REASON, actor=actor),
    ),
    longer.answer: Act(
        "deciding_officer",
        lambda w, actor: longer.answer(
            w.longer_asked, is_granted=True, opinion=REASON, actor=actor
        ),
    ),
    joining.join: Act(
        "objection_officer",
        lambda w, actor: joining.join(w.accepted, [w.another], reason=REASON, actor=actor),
    ),
    joining.separate: Act(
        "objection_officer",
        lambda w, actor: joining.separate(w.joined, reason=REASON, actor=actor),
    ),
    hearing.redact: Act(
        "objection_officer",
        lambda w, actor: hearing.redact(w.accepted, facts=REASON, actor=actor),
    ),
    hearing.release: Act(
        "objection_officer",
        lambda w, actor: hearing.release(w.redacted, seen=read_whole([REASON]), actor=actor),
    ),
    hearing.state: Act(
        "preparer", lambda w, actor: hearing.state(w.put, statement=REASON, actor=actor)
    ),
    hearing.choose: Act(
        "preparer",
        lambda w, actor: hearing.choose(w.put, w.entry, actor=actor),
    ),
    choosing.record: Act(
        "coordinator",
        lambda w, actor: choosing.record(
            w.county.round_category,
            MEETING,
            {w.at(Stage.VERIFIED).pk: choosing.Said(Outcome.CHOSEN)},
            actor=actor,
        ),
    ),
    notices.propose: Act(
        "coordinator",
        lambda w, actor: notices.propose(w.county.round, NOTICE, [w.at(Stage.CHOSEN)], actor=actor),
    ),
    notices.propose_again: Act(
        "coordinator",
        lambda w, actor: notices.propose_again(
            w.sent_back, NOTICE, [w.at(Stage.CHOSEN)], actor=actor
        ),
    ),
    notices.review_secrecy: Act(
        "secrecy_reviewer", lambda w, actor: notices.review_secrecy(w.proposed, actor=actor)
    ),
    notices.approve: Act(
        "deciding_officer", lambda w, actor: notices.approve(w.reviewed, actor=actor)
    ),
    notices.send_back: Act(
        "secrecy_reviewer",
        lambda w, actor: notices.send_back(w.proposed, reason=REASON, actor=actor),
    ),
    notices.publish: Act("publisher", lambda w, actor: notices.publish(w.approved, actor=actor)),
    notices.extend: Act(
        "publisher",
        lambda w, actor: notices.extend(w.listed.notice, days=1, reason=REASON, actor=actor),
    ),
    notice_postings.record: Act(
        "coordinator",
        lambda w, actor: notice_postings.record(
            w.listed.notice,
            POSTED | {"posted_on": clock.today()},
            content.received(files.jpeg(), "a.jpg"),
            actor=actor,
        ),
    ),
    notices.restart: Act(
        "publisher",
        lambda w, actor: notices.restart(
            w.listed.notice, cause="other", reason=REASON, actor=actor
        ),
    ),
    notices.discard: Act("coordinator", lambda w, actor: notices.discard(w.proposed, actor=actor)),
    notices.close_register: Act(
        "objection_officer", lambda w, actor: notices.close_register(w.over, actor=actor)
    ),
    item_answers.save: Act(
        "preparer",
        lambda w, actor: item_answers.save(w.case(actor), w.item, _said(), actor=actor),
    ),
    item_answers.save_held: Act(
        "preparer",
        lambda w, actor: item_answers.save_held(
            w.case(actor), w.at(Stage.DRAFT), w.item, _said(), actor=actor
        ),
    ),
    item_evidence.attach: Act(
        "preparer",
        lambda w, actor: item_evidence.attach(
            w.case(actor), w.item, content.received(PDF, "a.pdf"), title="", actor=actor
        ),
    ),
    item_evidence.describe: Act(
        "preparer",
        lambda w, actor: item_evidence.describe(
            w.case(actor), w.item, {f"caption-{w.attached.pk}": "说明"}, actor=actor
        ),
    ),
    item_evidence.move: Act(
        "preparer",
        lambda w, actor: item_evidence.move(w.case(actor), w.item, w.attached, to=0, actor=actor),
    ),
    item_evidence.link: Act(
        "preparer",
        lambda w, actor: item_evidence.link(w.case(actor), w.item, w.page, actor=actor),
    ),
    item_evidence.unlink: Act(
        "preparer", lambda w, actor: item_evidence.unlink(w.case(actor), w.linked, actor=actor)
    ),
    item_evidence.choose: Act(
        "preparer",
        lambda w, actor: item_evidence.choose(w.case(actor), w.item, w.entry, actor=actor),
    ),
    item_evidence.cite: Act(
        "preparer",
        lambda w, actor: item_evidence.cite(w.case(actor), w.item, w.attached, actor=actor),
    ),
    item_evidence.remove: Act(
        "preparer",
        lambda w, actor: item_evidence.remove(w.case(actor), w.item, w.attached, actor=actor),
    ),
    replies.save_reply: Act(
        "preparer",
        lambda w, actor: replies.save_reply(w.correction, "已补充。", actor=actor, seen=Seen()),
    ),
    starting.start: Act(
        "preparer",
        lambda w, actor: starting.start(w.county.round, w.county.village, actor=actor),
    ),
    postings.save: Act(
        "preparer",
        lambda w, actor: postings.save(
            postings.of(w.at(Stage.DRAFT)), {"place": "村务公开栏"}, actor=actor
        ),
    ),
    seals.put: Act(
        "preparer",
        lambda w, actor: seals.put(w.at(Stage.DRAFT), w.entry, actor=actor),
    ),
    signed_page.bring: Act(
        "preparer",
        lambda w, actor: signed_page.bring(
            w.case(actor), content.received(PDF, "a.pdf"), title="签章页", actor=actor
        ),
    ),
    posting.save: Act(
        "preparer",
        lambda w, actor: posting.save(w.asking(actor), {"place": "村务公开栏"}, actor=actor),
    ),
    posting.prove: Act(
        "preparer",
        lambda w, actor: posting.prove(
            w.asking(actor), content.received(PDF, "a.pdf"), title="", actor=actor
        ),
    ),
    posting.take_away: Act(
        "preparer",
        lambda w, actor: posting.take_away(w.asking(actor), w.proof, actor=actor),
    ),
    typed.begin: Act(
        "reviewer",
        lambda w, actor: typed.begin(
            w.county.round, w.county.village, content.received(PDF, "a.pdf"), actor=actor, **SIGNED
        ),
    ),
    typed.bring: Act(
        "reviewer",
        lambda w, actor: typed.bring(
            Case(w.typed, actor=actor), content.received(PDF, "a.pdf"), actor=actor, **SIGNED
        ),
    ),
    typed.take_over: Act(
        "head",
        lambda w, actor: typed.take_over(Case(w.typed, actor=actor), actor=actor),
    ),
    summary_page.save: Act(
        "preparer",
        lambda w, actor: summary_page.save(w.case(actor), {"summary": "本村简介"}, actor=actor),
    ),
    visits.arrange: Act(
        "coordinator",
        lambda w, actor: visits.arrange(
            w.at(Stage.RECOMMENDED),
            planned_on=clock.today(),
            place="村党群服务中心",
            team=w.county.verifiers,
            leader=w.county.verifiers[0],
            actor=actor,
        ),
    ),
    appeals.lodge: Act(
        "head",
        lambda w, actor: appeals.lodge(w.refused, Brought(REASON), actor=actor),
    ),
    appeals.enter: Act(
        "coordinator",
        lambda w, actor: appeals.enter(
            w.refused,
            Brought(REASON, files=[scan()], received_at=clock.now()),
            actor=actor,
        ),
    ),
    attached.attach: Act(
        "head",
        lambda w, actor: attached.attach(w.appealed, (), actor=actor),
    ),
    attached.choose: Act(
        "head",
        lambda w, actor: attached.choose(w.appealed, w.entry, actor=actor),
    ),
    appeals.carry_out: Act(
        "coordinator",
        lambda w, actor: appeals.carry_out("take_up", w.appealed, AppealAct(), actor=actor),
    ),
    titles.carry_out: Act(
        "coordinator",
        lambda w, actor: titles.carry_out("warn", w.title, paper(w.title, "warn"), actor=actor),
    ),
    bars_lifting.lift: Act(
        "deciding_officer",
        lambda w, actor: bars_lifting.lift(w.bar, LIFTED, actor=actor),
    ),
    yearly.draw: Act(
        "coordinator",
        lambda w, actor: yearly.draw(w.county.jurisdiction, count=None, actor=actor, **SEED),
    ),
    yearly.enter: Act(
        "coordinator", lambda w, actor: yearly.enter(w.title, reason=REASON, actor=actor)
    ),
    rechecks.carry_out: Act(
        "coordinator",
        lambda w, actor: rechecks.carry_out(
            "conclude", w.answered, RecheckAct(REASON, "kept"), actor=actor
        ),
    ),
    self_reports.hand_in: Act(
        "holder", lambda w, actor: self_reports.hand_in(w.self_report, changes={}, actor=actor)
    ),
    issuing.issue: Act("deciding_officer", lambda w, actor: issuing.issue(w.title, actor=actor)),
    issuing.issue_first: Act(
        "deciding_officer",
        lambda w, actor: issuing.issue_first([w.title.pk], w.county.jurisdiction, actor=actor),
    ),
    issuing.issue_anew: Act(
        "deciding_officer",
        lambda w, actor: issuing.issue_anew(
            [w.certified_before.pk], w.county.jurisdiction, actor=actor
        ),
    ),
    packing.ask: Act(
        "deciding_officer", lambda w, actor: packing.ask(w.title.decision, actor=actor)
    ),
    designing.save: Act(
        "coordinator",
        lambda w, actor: designing.save(
            w.county.jurisdiction, w.design, crest=None, seen=0, actor=actor
        ),
    ),
    plaques.listed: Act(
        "coordinator",
        lambda w, actor: plaques.listed(w.plaques_to_make, w.county.jurisdiction, actor=actor),
    ),
    visits.call_off: Act(
        "coordinator",
        lambda w, actor: visits.call_off(w.rechecked, reason=REASON, actor=actor),
    ),
    visits.record_visit: Act(
        "verifier",
        lambda w, actor: visits.record_visit(w.visit, summary="看过。", actor=actor),
    ),
    visits.measure: Act(
        "verifier",
        lambda w, actor: visits.measure(
            w.visit,
            w.visit.application.standard.items.first(),
            values={},
            basis="看过。",
            actor=actor,
        ),
    ),
    drafts.begin_copy: Act(
        "manager",
        lambda w, actor: drafts.begin_copy(
            w.county.round_category.standard, w.county.jurisdiction, actor=actor
        ),
    ),
    drafts.begin_blank: Act(
        "manager",
        lambda w, actor: drafts.begin_blank(
            "NC", w.county.jurisdiction, title_zh="县级标准", actor=actor
        ),
    ),
    drafts.publish: Act(
        "manager", lambda w, actor: drafts.publish(w.own.draft, actor=actor, reason=REASON)
    ),
    drafts.retire: Act(
        "manager", lambda w, actor: drafts.retire(w.own.published, actor=actor, reason=REASON)
    ),
    drafts.discard: Act(
        "manager", lambda w, actor: drafts.discard(w.own.draft, actor=actor, reason=REASON)
    ),
    parts.add: Act(
        "manager",
        lambda w, actor: parts.add(
            w.own.draft, Section, {"title_printed": "新的部分"}, actor=actor
        ),
    ),
    parts.keep: Act(
        "manager",
        lambda w, actor: parts.keep(w.own.draft, w.section, {"title_en": "New"}, actor=actor),
    ),
    parts.move: Act(
        "manager",
        lambda w, actor: parts.move(w.own.draft, w.second_item, down=False, actor=actor),
    ),
    parts.delete: Act(
        "manager", lambda w, actor: parts.delete(w.own.draft, w.second_item, actor=actor)
    ),
    readings.keep: Act(
        "manager",
        lambda w, actor: readings.keep(text_file(), w.county.jurisdiction, actor=actor),
    ),
    readings.accept: Act(
        "manager", lambda w, actor: readings.accept(w.own.reading, 0, _taken(), actor=actor)
    ),
    readings.settle: Act(
        "manager", lambda w, actor: readings.settle(w.own.draft, [1], actor=actor)
    ),
    readings.settle_chosen: Act(
        "manager", lambda w, actor: readings.settle_chosen(w.own.draft, [1], actor=actor)
    ),
    exporting.ask: Act(
        "coordinator",
        lambda _w, actor: exporting.ask(
            tables.of("applications"), "", columns=["stage"], file_format="csv", actor=actor
        ),
        # Elsewhere one takes one's own.
        anywhere=frozenset({Role.COUNTY_COORDINATOR}),
    ),
    holds.hold: Act(
        "coordinator",
        lambda w, actor: holds.hold([w.due_to_go.pk], reason=KEEP_IT, actor=actor),
    ),
    holds.lift: Act(
        "system_administrator",
        lambda w, actor: holds.lift([w.held.pk], reason=KEEP_IT, actor=actor),
    ),
    archiving.of_case: Act(
        "coordinator", lambda w, actor: archiving.of_case(w.at(Stage.DESIGNATED), actor=actor)
    ),
    archiving.of_round: Act(
        "coordinator",
        lambda w, actor: archiving.of_round(w.at(Stage.DESIGNATED).round, actor=actor),
    ),
    requesting.request: Act("manager", lambda w, actor: w.request_replay(actor)),
    requesting.cancel: Act("manager", lambda w, actor: requesting.cancel(w.replay, actor=actor)),
    requesting.record_export: Act(
        "manager",
        lambda w, actor: requesting.record_export(w.replay, file_format="csv", actor=actor),
    ),
}

# Each reads what was sent to the person who calls it, changes what that person keeps, or brings a
# table of their own area, and nothing of anybody else.
OWN = {
    bringing.bring,
    inbox.read,
    inbox.read_about,
    inbox.read_all,
    preferences.keep,
    columns.keep,
    columns.forget,
    exporting.cancel,
}

# Written within these acts, each of which has asked.
PARTS = {
    "designation.accounts.record.record": (own_settings.keep, password_links.make),
    "designation.accounts.link_mailings.send": (slips.hand_out,),
    "designation.administration.tables.titles.enter": (accepting.accept,),
    "workflows.late_cases.remind_each": (reminding.remind,),
    "designation.calendar.terms.extend_all": (extending.extend, extending.extend_for),
    "designation.calendar.terms.extend": (titles.carry_out,),
    "workflows.stages.appeals.announcements.happened": (
        appeals.lodge,
        appeals.enter,
        appeals.carry_out,
    ),
    "designation.administration.announcements.reorganized": (reorganizing.reorganize,),
    "designation.administration.seating.pass_on": (reorganizing.reorganize,),
    "designation.administration.seating.end_with_its_place": (reorganizing.reorganize,),
    "designation.organizations.succession.record": (reorganizing.reorganize, entering.change),
    "designation.administration.announcements.happened": (seating.give_seat, seating.end_seat),
    "designation.administration.seating.record": (deputies.name_deputy, deputies.end_deputy),
    "designation.administration.seating.end_deputies": (seating.end_seat, entering.change),
    "designation.administration.seating.end_by": (leaving.leave,),
    "designation.administration.announcements.left": (leaving.leave,),
    "designation.administration.announcements.switched_on": (unused.switch_on,),
    "designation.administration.announcements.review_finished": (rights_reviews.finish,),
    "designation.administration.deputies.end_with_the_account": (entering.change, leaving.leave),
    "designation.organizations.charges.hand_over": (leaving.leave,),
    "designation.applications.sittings.note": (item_answers.save_held, marks.mark_held),
    "designation.applications.submissions.freeze": (door.perform_all,),
    "designation.evidence.library.add": (library.put_in, evidence.attach),
    "designation.evidence.library.record": (library.put_in, citations.cite),
    "designation.organizations.names.keep": (entering.change,),
    "designation.rounds.configuring.record_part": (configuring.set_places, methods.set_methods),
    "designation.rounds.configuring.record": (configuring.keep_frame, opening.open_round),
    "designation.rounds.definitions.take": (opening.open_round,),
    "designation.rounds.extending.pass_on": (reorganizing.reorganize,),
    "designation.administration.entering.proposed": (entering.add,),
    "designation.administration.entering.proposed_change": (entering.change,),
    "designation.administration.seating.refuse_what_cannot_be": (seating.give_seat,),
    "designation.administration.tables.accepting.judge_all": (accepting.accept,),
    "designation.administration.tables.accepting.finish": (accepting.accept,),
    "designation.administration.tables.parts.record": (accepting.accept,),
    "designation.site.jobs.asking.ask": (requesting.request, exporting.ask, archiving.of_case),
    "workflows.case.replaced.append": (marks.mark_held,),
    "workflows.case.replaced.record": (item_answers.save_held, item_evidence.remove),
    "workflows.rechecks.reports.excuse_those_of_ended": (
        titles.carry_out,
        reorganizing.reorganize,
    ),
    "workflows.stages.conferral.announcements.given": (decisions.designate,),
    "workflows.stages.objections.announcements.happened": (objections.raise_objection,),
    "workflows.stages.objections.announcements.asked_to_investigate": (investigation.assign,),
    "workflows.stages.objections.announcements.asked_for_longer": (longer.ask,),
    "workflows.stages.objections.announcements.answered_on_longer": (longer.answer,),
    "workflows.stages.objections.announcements.investigated": (investigation.report,),
    "workflows.stages.objections.announcements.joined_more": (joining.join,),
    "workflows.stages.objections.announcements.organization_spoke": (hearing.state,),
    "workflows.stages.objections.announcements.put_to_the_organization": (hearing.release,),
    "workflows.stages.opinions.announcements.happened": (asking.send, answering.hand_in),
    "workflows.stages.opinions.recording.record": (asking.send, instead.wait_no_more),
    "workflows.stages.opinions.recording.write": (answering.hand_in, instead.enter_paper),
    "workflows.stages.public_notice.announcements.stepped": (notices.propose,),
    "workflows.stages.public_notice.course.entry_of": (notices.propose,),
    "workflows.stages.self_assessment.concluding.conclude": (item_answers.save_held,),
    "workflows.stages.selection.announcements.recorded": (choosing.record,),
    "workflows.stages.verification.announcements.arranged": (visits.arrange,),
    "workflows.stages.verification.visits.unsign": (visits.arrange, visits.measure),
}
# What no act calls so far: the one that will asks who may, and in which role.
UNUSED: set[str] = set()
