"""Everything that this system records, done once, by people whose pages are in one language."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from authoring.drafting import drafts
from authoring.replays import requesting
from designation.adoptions.adopting import adopt_sample
from designation.applications.models import Application, Stage
from designation.calendar import by_time, months
from designation.organizations.models import Organization, Role
from designation.rounds.models import Round
from designation.site import clock, seen_whole, shown
from designation.site.jobs.running import run
from standards.models import StandardVersion
from tests import factories
from tests.course import NOTICE, OPINION, PDF
from tests.departments import department
from tests.own_standards import TEXT, text_file
from tests.sheets import fill_in
from tests.terms import end_those_over
from tests.visits_apart import ITEM, begin, conclude, recheck
from workflows.stages.objections import erasure, hearing, investigation, longer, objections
from workflows.stages.objections.attachments import Attached
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.models import Notice
from workflows.stages.verification import visits

REASON = "由于工作需要，按程序办理此事。"
FINDING = "经调查核实，反映情况属实，异议成立。"


def _told(context):
    """What a refused page says."""
    return context["form"].errors if "form" in context else context["refused"]


class Whole:
    """Walks through all of it; what pages propose is sent back as they propose it."""

    def __init__(self, county, own, held_clock, language):
        self.county, self.own, self.clock = county, own, held_clock
        self.client = Client(headers={"accept-language": language})
        self.language = language

    def walk(self):
        with translation.override(self.language):
            for step in (
                self.administer,
                self.make_standards,
                self.set_up_a_round,
                self.post_one_at_its_board,
                self.hear_departments,
                self.carry_one_through,
                self.check_a_title_again,
                self.turn_some_back,
                self.object_to_some,
                self.replay,
            ):
                step()
                translation.activate(self.language)

    def _as(self, person):
        self.client.force_login(person)
        return self.client

    def _send(self, person, address, typed=None, **more):
        answer = fill_in(self._as(person), address, typed, **more)
        assert answer.status_code == 302, _told(answer.context)
        return answer

    def administer(self):
        county = self.county
        system = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
        security = factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)
        self._send(
            system,
            reverse("organizations:jurisdiction_add"),
            {"code": "341821090000", "name_zh": "新设乡"},
        )
        for name in ("jurisdiction_edit", "organization_edit"):
            thing = county.village.jurisdiction if "juris" in name else county.village
            address = reverse(f"organizations:{name}", args=[thing.pk])
            self._send(system, address, {"name_en": "Another name"})
            self._send(system, address, {"name_zh": f"改名{thing.pk}"})
        self._send(
            system,
            reverse("organizations:organization_add"),
            {
                "name_zh": "新建村党支部",
                "category": "NC",
                "jurisdiction": county.village.jurisdiction_id,
                "superior": county.township.pk,
            },
        )
        county.village = Organization.objects.get(pk=county.village.pk)
        self._seats(security)
        self._calendar(system)
        self._send(county.head, reverse("organizations:settings"), {"large_type": "on"})

    def _calendar(self, system):
        """A load sent back, and one that takes the place of a year in force."""
        year = months.official(clock.today().year)
        days = [day for month in year.months for week in month.weeks for day in week if day]
        lines = [f"{one.day},{one.kind}" for one in days if one.kind]
        swapped = [line.replace("10-10", "10-11") for line in lines]
        for end, typed in (("decline", {"reason": REASON}), ("confirm", {"compared": "on"})):
            file = SimpleUploadedFile("年.csv", "\n".join(["date,kind", *swapped]).encode())
            asked = {"file": file, "document": "国办发明电〔2025〕7号"}
            address = self._send(system, reverse("calendar:add"), asked).url
            self._send(self.county.coordinator, address, typed, to=f"/{end}/")

    def _seats(self, security):
        typed = {
            "person": self.county.head.pk,
            "role": Role.PREPARER,
            "organization": self.county.village.pk,
        }
        self._send(security, reverse("organizations:seat_add"), typed)
        seat = self.county.head.seats.get(role=Role.PREPARER)
        address = reverse("organizations:seat_end", args=[seat.pk])
        self._as(security).post(address, {"confirmed": "yes"})
        self._deputy(security)

    def _deputy(self, security):
        seat = self.county.coordinator.seats.get()
        typed = {
            "colleague": self.county.secrecy_reviewer.seats.get().pk,
            "starts_on": clock.today(),
            "ends_on": clock.today(),
        }
        self._send(security, reverse("organizations:deputy_name", args=[seat.pk]), typed)
        deputy = seat.deputies.get()
        address = reverse("organizations:deputy_end", args=[deputy.pk])
        self._as(security).post(address, {"confirmed": "yes"})
        self._leaving(security)

    def _leaving(self, security):
        """Somebody who was given a seat for nothing else goes, with a last day and without."""
        leaver = factories.seated(Role.VERIFIER, self.county.jurisdiction)
        page = reverse("organizations:leaving", args=[leaver.pk])
        self._send(security, page, {"sure": "yes", "last_day": clock.today()})
        self._as(security).post(reverse("organizations:staying", args=[leaver.pk]))
        self._send(security, page, {"sure": "yes", "last_day": ""})

    def make_standards(self):
        manager, area = self.own.manager, self.own.jurisdiction
        client = self._as(manager)
        asked = {"file": text_file(TEXT + "4.每周召开一次会议。\n"), "jurisdiction": area.pk}
        answer = client.post(reverse("drafting:read"), asked, follow=True)
        taken = self._send(manager, answer.redirect_chain[-1][0], {"category": "NC"})
        draft = StandardVersion.objects.get(pk=taken.url.rstrip("/").rsplit("/", 1)[-1])
        drafts.discard(draft, actor=manager, reason=REASON)
        made = drafts.begin_copy(self.county.round_category.standard, area, actor=manager)
        drafts.publish(made, actor=manager, reason=REASON)
        drafts.retire(made, actor=manager, reason=REASON)
        sample = StandardVersion.objects.get(category="GQ", is_sample=True)
        adopt_sample(sample, area, actor=self.county.coordinator, reason=REASON)

    def set_up_a_round(self):
        coordinator = self.county.coordinator
        typed = {
            "name_zh": "2027年评定",
            "jurisdiction": self.county.jurisdiction.pk,
            "organizer": "中共青山县委",
            "organizer_level": "county",
            "managing_office": "县委组织部",
            "approving_body": "省表彰办",
            "approval_document_number": "〔2026〕9号",
            "cycle": "每年一次",
            "opens_at": "2026-03-01T09:00",
            "closes_at": "2026-04-30T17:30",
        }
        self._send(coordinator, reverse("rounds:add"), typed)
        round_ = Round.objects.get(name_zh="2027年评定")
        self._send(coordinator, reverse("rounds:edit", args=[round_.pk]), {"cycle": "每两年一次"})
        self._send(coordinator, reverse("rounds:categories", args=[round_.pk]), {"NC": "3"})
        methods = {"NC-document": "青办〔2026〕3号", "NC-reserve": "2"}
        self._send(coordinator, reverse("rounds:methods", args=[round_.pk]), methods)
        term = "term-六有"
        self._send(coordinator, reverse("rounds:terms", args=[round_.pk]), {term: "有新的释义"})
        veto = {"NC-04-1": "县委〔2026〕2号"}
        self._send(coordinator, reverse("rounds:vetoes", args=[round_.pk]), veto)
        typed = {"department1-name": self.county.township.name_zh}
        self._send(coordinator, reverse("rounds:departments", args=[round_.pk]), typed)
        typed = {f"places-{self.county.township.pk}-NC": "3"}
        self._send(coordinator, reverse("rounds:places", args=[round_.pk]), typed)
        typed = {"route-default": self.county.township.name_zh}
        self._send(coordinator, reverse("rounds:routing", args=[round_.pk]), typed)
        self._extend(coordinator)
        address = reverse("rounds:detail", args=[self.county.round.pk])
        self._send(coordinator, address, to="/copy/")
        for step in ("open", "close"):
            self._send(coordinator, reverse("rounds:detail", args=[round_.pk]), to=f"/{step}/")
        round_.refresh_from_db()
        assert round_.status == Round.Status.CLOSED

    def _extend(self, coordinator):
        more = {"until": "2026-06-30T17:30", "reason": REASON}
        address = reverse("rounds:extend", args=[self.county.round.pk])
        self._send(coordinator, address, more)
        said = self.county.round.definitions.get(term="四个统一")
        address = reverse("rounds:correct_term", args=[said.round_id, said.pk])
        corrected = {"definition": "更正后的规定", "document": "县委〔2026〕3号", "reason": REASON}
        self._send(coordinator, address, corrected)
        named = {"organization": self.county.village.name_zh, "until": "2026-07-10T17:30"}
        address = reverse("rounds:extend_for", args=[self.county.round.pk])
        self._send(coordinator, address, more | named)

    def post_one_at_its_board(self):
        """What is registered, put right and handed in, while the round asks for it."""
        county = self.county.beside()
        Round.objects.filter(pk=county.round.pk).update(posting_days=1)
        application = county.start()
        address = reverse("applications:posting", args=[application.pk])
        day = str(clock.today())
        typed = {"posted_from": day, "posted_to": day, "place": "村务公开栏"}
        self._send(county.head, address, typed | {"file": SimpleUploadedFile("公示.pdf", PDF)})
        self._send(county.head, address, {"place": "村口公告栏"})
        county.prepare(application)
        county.act("confirm", application, county.head, truth_confirmed=True)
        county.act("submit", application, county.head)
        Round.objects.filter(pk=county.round.pk).update(posting_days=None)

    def hear_departments(self):
        """One answers and corrects, one on paper, one not at all; while the round asks them."""
        county = self.county.beside()
        asked = [department(county, f"县直{name}局") for name in "甲乙丙"]
        application = county.at(Stage.RECOMMENDED)
        round_page = reverse("opinions:round", args=[county.round.pk])
        self._send(county.coordinator, round_page, to="/send/")
        keys = [one.line(application).pk for one in asked]
        answering = reverse("opinions:sheet", args=[asked[0].list.pk])
        self._send(asked[0].clerk, answering, {f"answer-{keys[0]}": "no"})
        corrected = {f"answer-{keys[0]}": "yes", f"remark-{keys[0]}": "有一起", "reason": REASON}
        self._send(asked[0].clerk, answering, corrected)
        letter = {"document_number": "函〔2026〕5号", "document_date": str(clock.today())}
        paper = reverse("opinions:paper", args=[asked[1].list.pk])
        self._send(county.coordinator, paper, letter | {f"answer-{keys[1]}": "no"})
        before = self.clock.now()
        self.clock.move_to(asked[2].list.due_at)
        by_time.carry_out()
        silent = reverse("opinions:not_awaited", args=[asked[2].list.pk])
        self._send(county.coordinator, silent, {"reason": REASON})
        self.clock.move_to(before)
        Round.objects.filter(pk=county.round.pk).update(department_days=None)
        county.round.refresh_from_db()

    def carry_one_through(self):
        county = self.county
        application = self._arranged_by_page(county.at(Stage.RECOMMENDED))
        self._choose_by_page(application)
        self._publish_by_page()
        entry = application.notice_entries.get(dropped_at=None)
        self.clock.move_to(entry.notice.ends_at)
        end_those_over()
        notices.close_register(entry.notice, actor=county.objection_officer)
        self._send(
            county.deciding_officer,
            reverse("designations:designate", args=[county.round.pk]),
            {"document_number": "青发〔2026〕8号", "decided_on": str(clock.today())},
        )

    def check_a_title_again(self):
        conclude(self.county, begin(self.county, recheck(self.county, ITEM)))

    def _arranged_by_page(self, application):
        county = self.county
        team = [str(person.pk) for person in county.verifiers]
        self._send(
            county.coordinator,
            reverse("applications:visit", args=[application.pk]),
            {"team": team, "leader": team[0]},
        )
        for member in application.visits.get().members.all():
            visits.declare_no_interest(member)
        county.act("begin_verification", application, county.coordinator)
        county._complete_verification(application)
        return Application.objects.get(pk=application.pk)

    def _choose_by_page(self, application):
        county = self.county
        typed = {
            name: NOTICE[name]
            for name in ("meeting_name", "meeting_on", "meeting_attendance", "meeting_result")
        }
        typed |= {"stood_aside": "无", f"{application.pk}-outcome": "chosen"}
        page = reverse("selections:compose", args=[county.round.pk, "NC"])
        self._send(county.coordinator, page, typed)

    def _publish_by_page(self):
        county = self.county
        self._send(county.coordinator, reverse("notices:compose", args=[county.round.pk]))
        notice = Notice.objects.latest("pk")
        for step, person in (
            ("secrecy", county.secrecy_reviewer),
            ("approve", county.deciding_officer),
            ("publish", county.publisher),
        ):
            self._send(person, reverse("notices:manage", args=[notice.pk]), to=f"/{step}/")

    def turn_some_back(self):
        county = self.county.beside()
        application = county.at(Stage.SELF_ASSESSED)
        county.act("reopen", application, county.head)
        county.act("send_to_head", application, county.preparer)
        county.act("return_to_preparer", application, county.head, opinion=OPINION)
        county.act("confirm", application, county.head, truth_confirmed=True)
        county.act("submit", application, county.head)
        county.act("recall", application, county.head)
        county.act("confirm", application, county.head, truth_confirmed=True)
        county.act("submit", application, county.head)
        listed = {"corrections": {"NC-01": "请补充会议记录。"}, "opinion": OPINION}
        county.act("return_for_correction", application, county.reviewer, **listed)
        county.act("take_back_return", application, county.reviewer)
        county.mark_all(application)
        county.act("recommend", application, county.reviewer, opinion=OPINION)
        county.act("take_back_recommendation", application, county.reviewer)
        county.act("return_for_correction", application, county.reviewer, **listed)
        application.corrections.filter(closed_at=None).update(
            reply="已补充。", replied_at=self.clock.now()
        )
        county.act("resubmit", application, county.head, truth_confirmed=True)
        county.act("reject", application, county.reviewer, opinion=OPINION)
        other = self.county.beside()
        county.act("withdraw", other.start(), other.head)
        verified = self.county.beside().at(Stage.CHOSEN)
        notice = notices.propose(county.round, NOTICE, [verified], actor=county.coordinator)
        notices.discard(notice, actor=county.coordinator)
        county.act("put_back", verified, county.coordinator, opinion=OPINION)
        county.act("return_to_review", verified, county.coordinator, opinion=OPINION)
        self._choose_among_three()

    def _choose_among_three(self):
        county = self.county
        first, second, third = (county.beside().at(Stage.VERIFIED) for _place in range(3))
        county.choose(first, reserve=[second], left_out=[third])
        county.act("move_up", second, county.coordinator)
        notice = notices.publish(county.compose_notice(first), actor=county.publisher)
        self.clock.move_to(notice.ends_at)
        end_those_over()
        county.act("decline", first, county.deciding_officer, opinion=OPINION)

    def object_to_some(self):
        officer = self.county.objection_officer
        for reverify in (True, False):
            entry = self.county.beside().at(Stage.ON_NOTICE).notice_entries.get()
            upheld = objections.raise_objection(
                entry,
                facts=REASON,
                identity={"name": "张三", "contact": "0563-1"},
                attached=[Attached("image/png", b"a picture")],
            )
            objections.identity(upheld, actor=officer)
            objections.attachment(upheld, 1, actor=officer)
            objections.accept(upheld, reason=REASON, actor=officer)
            dismissed, refused = (
                objections.raise_objection(entry, facts=f"{REASON}{n}", identity=None)
                for n in range(2)
            )
            objections.refuse(refused, reason=REASON, actor=officer)
            objections.accept(dismissed, reason=REASON, actor=officer)
            objections.dismiss(dismissed, finding=REASON, actor=officer)
            self.hear(upheld, is_silent=reverify)
            if reverify:
                self.investigate(upheld)
                self.take_longer(upheld)
            objections.uphold(upheld, finding=FINDING, reverify=reverify, actor=officer)
            objections.answer(upheld, answer=FINDING, actor=officer)
        self.clock.move(timedelta(days=400))
        erasure.erase_identities()

    def investigate(self, objection):
        """Given to one of the office, to another in their place, who reports."""
        asked, other = (
            factories.seated(Role.SECRECY_REVIEWER, self.county.jurisdiction) for _n in range(2)
        )
        officer = self.county.objection_officer
        investigation.assign(objection, investigator=asked, reason=REASON, actor=officer)
        investigation.assign(objection, investigator=other, reason=REASON, actor=officer)
        investigation.report(objection, report=REASON, actor=other)

    def take_longer(self, objection):
        """Refused, asked for again, granted."""
        officer, decider = self.county.objection_officer, self.county.deciding_officer
        for is_granted in (False, True):
            asked = longer.ask(objection, days=3, reason=REASON, actor=officer)
            longer.answer(asked, is_granted=is_granted, opinion=REASON, actor=decider)

    def hear(self, objection, *, is_silent):
        """Its organization reads the facts, and answers or lets its term pass."""
        officer = self.county.objection_officer
        organization = objection.entry.application.organization
        head = factories.seated(Role.HEAD, organization)
        hearing.redact(objection, facts=REASON, actor=officer)
        seen = {shown.INPUT: shown.carried(seen_whole.as_shown([REASON]))}
        put = hearing.release(objection, seen=seen, actor=officer)
        if is_silent:
            self.clock.move_to(put.term.due_at + timedelta(minutes=1))
            end_those_over()
        else:
            hearing.state(put, statement=REASON, actor=head)

    def replay(self):
        county, manager = self.county, self.own.manager
        version = county.round_category.standard
        asked = {"thresholds": {"NC-13-1": 60}, "basis": "declared", "actor": manager}
        done = requesting.request(county.round_category, version, **asked)
        run(done.job_id)
        self._as(manager).get(reverse("replays:csv", args=[done.pk]))
        stopped = requesting.request(county.round_category, version, **asked)
        requesting.cancel(stopped, actor=manager)
