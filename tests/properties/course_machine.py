"""Random actors press random things; after every step the record must still be true."""

from collections import Counter
from datetime import timedelta

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from designation.applications.answers import save_item
from designation.applications.models import (
    NOTICED_STAGES,
    PLACED_STAGES,
    Application,
    Conclusion,
    Stage,
)
from designation.audit.chain import verify
from designation.site import clock
from designation.site.refusal import Refusal
from tests.conftest import START
from tests.course import MEETING, NOTICE, OPINION, passing_value, said_of, standard_items
from tests.hearings import heard
from tests.terms import end_those_over
from workflows import gates, transitions
from workflows.case.facts import Act, Case
from workflows.case.records import Correction
from workflows.stages.conferral.decisions import designate
from workflows.stages.first_review import marks
from workflows.stages.objections import objections
from workflows.stages.objections.models import Objection
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.models import Notice
from workflows.stages.selection import choosing
from workflows.stages.selection.choosing import PASSAGES
from workflows.stages.selection.order import Outcome
from workflows.stages.self_assessment import editing
from workflows.stages.verification import visits

from . import possible_acts, record
from .neighbourhood import NAMES, PLACES, STEPS, VILLAGES, target
from .short_standard import CODES, failing_value

# Beyond, deadlines would leave the loaded calendar; a walk stays within it.
LONGEST = timedelta(days=150)
# What the act itself brings about, so that the gate asked before it cannot see it yet.
MADE_WITHIN = {"no_upheld_objection", "no_decision_document", "notice_not_published"}

villages = st.integers(0, VILLAGES - 1)
OFFICIALS = (
    "reviewer",
    "coordinator",
    "verifier",
    "second_verifier",
    "secrecy_reviewer",
    "publisher",
    "objection_officer",
    "deciding_officer",
    "double",
    "kin",
    "local_verifier",
    "far_reviewer",
    "far_verifier",
    "outsider",
)
ANYONE = (*OFFICIALS, *(f"{part}{n}" for n in range(VILLAGES) for part in ("preparer", "head")))
# The right person three times of four, then anyone at all.
someone = st.one_of(st.none(), st.none(), st.none(), st.sampled_from(ANYONE))
wrong_items = st.one_of(st.just(set()), st.sets(st.sampled_from(CODES), max_size=1))
several = st.sets(villages, min_size=1)
TEAMS = [
    ("verifier", "second_verifier"),
    ("verifier", "second_verifier"),
    ("second_verifier",),
    ("verifier", "local_verifier"),
    ("far_verifier", "verifier"),
]
reasons = st.sampled_from(["请补充。", "请补充。", " "])

# What may happen, and what is drawn for it beside the village.
DEEDS = {
    "start": {"key": someone},
    "fill_in": {"wrong": wrong_items, "key": someone},
    "prepare_well": {},
    "mark": {"verdict": st.sampled_from(Conclusion.values), "key": someone},
    "open_submission": {},
    "arrange_a_visit": {
        "team": st.sampled_from(TEAMS),
        "key": someone,
        "promised": st.sampled_from([True, True, True, False]),
    },
    "measure": {"wrong": wrong_items, "key": someone},
    "sign": {"forgotten": st.sampled_from([False, False, True])},
    "hold_a_meeting": {
        "said": st.lists(st.sampled_from([*Outcome, Outcome.CHOSEN]), min_size=3, max_size=3),
        "key": someone,
    },
    "propose_a_notice": {"chosen": several, "key": someone},
    "prepare_a_notice": {},
    "take_a_step_of_a_notice": {
        "which": st.integers(0, 3),
        "step": st.sampled_from(["secrecy", "approve", "publish", "publish", "close", "discard"]),
        "key": someone,
    },
    "object": {
        "named": st.booleans(),
        "outcome": st.sampled_from(["", "accept", "dismiss", "reject", "reverify"]),
    },
    "handle_an_objection": {
        "which": st.sampled_from([0, 0, 1, 2]),
        "answer": st.sampled_from(["accept", "refuse", "dismiss", "reject", "reverify"]),
        "key": someone,
    },
    "let_time_pass": {
        "days": st.sampled_from([1, 1, 2, 5, 8, 15, 30]),
        "swept": st.sampled_from([True, True, False]),
    },
    "decide": {"chosen": several, "key": someone, "back": st.sampled_from([0, 0, 0, 20])},
    "press_what_is_offered": {
        "choice": st.integers(0, 5),
        "late": st.sampled_from([False, False, False, True]),
        "listed": st.dictionaries(
            st.sampled_from(CODES), st.just("请补充。"), min_size=1, max_size=3
        ),
    },
    "press_anything": {
        "name": st.sampled_from(NAMES),
        "key": st.sampled_from([*ANYONE, "time"]),
        "late": st.sampled_from([False, False, False, True]),
        "opinion": st.sampled_from([OPINION, OPINION, "", "同意"]),
        "listed": st.dictionaries(st.sampled_from([*CODES, "XX-99"]), reasons, max_size=3),
        "truth": st.booleans(),
    },
    "carry_on": {},
}
DRAWN = {deed: st.fixed_dictionaries(drawn) for deed, drawn in DEEDS.items()}
# Not of one village.
FOR_ALL = (
    "hold_a_meeting",
    "propose_a_notice",
    "take_a_step_of_a_notice",
    "handle_an_objection",
    "let_time_pass",
    "decide",
)
ANYWHERE = ("carry_on", "press_what_is_offered", "press_what_is_offered", "press_anything")
# What is worth trying where the village stands; the wrong moment is tried in ANYWHERE.
HERE = {
    "": ("start",),
    "draft": ("fill_in", "prepare_well", "start"),
    "self_assessed": ("fill_in", "let_time_pass"),
    "submitted": ("mark", "open_submission", "fill_in"),
    "returned": ("carry_on", "carry_on", "fill_in", "mark"),
    "recommended": ("arrange_a_visit", "arrange_a_visit", "mark"),
    "verifying": ("measure", "sign", "arrange_a_visit"),
    "verified": ("hold_a_meeting", "hold_a_meeting", "carry_on"),
    "chosen": (
        "prepare_a_notice",
        "propose_a_notice",
        "take_a_step_of_a_notice",
        "take_a_step_of_a_notice",
    ),
    "reserve": ("let_time_pass", "carry_on"),
    "on_notice": (*["object"] * 4, *["handle_an_objection"] * 3, "let_time_pass", "decide"),
    "awaiting_designation": ("handle_an_objection", "take_a_step_of_a_notice", "decide", "object"),
}


class CourseMachine(RuleBasedStateMachine):
    """One walk, inside a savepoint that is rolled back at its end."""

    def __init__(self, neighbourhood, held_clock, seen, passages=()):
        super().__init__()
        self.places = neighbourhood
        self.clock = held_clock
        self.seen = seen
        self.passages = Counter(passages)
        self.documents = 0
        self.proved = set()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.began = clock.now()

    def teardown(self):
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)
        self.clock.move_to(self.began)

    @rule(index=villages, data=st.data())
    def something_happens(self, index, data):
        index = self.open_one(index)
        application = self.places.application(index)
        here = HERE.get(application.stage if application else "", ())
        deed = data.draw(st.sampled_from([*ANYWHERE, *here]), label="deed")
        drawn = data.draw(DRAWN[deed], label="with")
        own = {} if deed in FOR_ALL else {"index": index}
        getattr(self, deed)(**own, **drawn)

    # The measure of every step

    def attempt(self, deed, moves=None, *, shut=False):
        """Do ``deed``: either it is refused and nothing has changed, or just ``moves`` passed.

        ``moves`` maps applications to transitions; ``shut`` says that a gate or a right is
        missing, so that it must be refused. Returns whether it passed.
        """
        before, moves = record.standing(), moves or {}
        try:
            deed()
        except Refusal:
            assert record.standing() == before
            self.seen["refused"] += 1
            return False
        assert not shut, f"passed a shut gate: {moves}"
        after = record.standing()
        passed, told = record.passages_since(before)
        assert passed == moves
        assert after.decisions == before.decisions + len(moves)
        assert after.outbox == before.outbox + len(moves)
        assert all(seats >= 2 for seats in told)
        assert after.places == before.places | self._places_after(before, moves)
        self.passages.update(moves.items())
        self.seen.update(moves.values())
        return True

    def _places_after(self, before, moves):
        stages = dict(Application.objects.filter(pk__in=moves).values_list("pk", "stage"))
        return {
            pk: (stages[pk], before.places[pk][1] + 1 if pk in before.places else 1) for pk in moves
        }

    def is_shut(self, name, application, actor, act, *, made_within=frozenset()):
        """Whether the stage or the gate forbids it; a gate is asked at its own stage only."""
        if target(application, name) is None:
            return True
        findings = gates.findings(name, Case(application, actor=actor, act=act, under_lock=True))
        return any(one.blocking and one.code not in made_within for one in findings)

    def person(self, key, part, index):
        return self.places.people[key] if key else self.places.who(part, index)

    def application_at(self, index, *stages):
        application = self.places.application(index)
        return application if application and application.stage in stages else None

    def open_one(self, index):
        """The village itself, or the next one whose application is not at its end."""
        for place in (*range(index, VILLAGES), *range(index)):
            application = self.places.application(place)
            if application is None or not application.is_final:
                return place
        return index

    # Applicants

    def start(self, index, key):
        county, person = self.places.counties[index], self.person(key, "preparer", index)
        present = self.places.application(index)
        shut = (
            person not in (county.preparer, county.head)
            or (present is not None and present.stage != Stage.WITHDRAWN)
            or clock.now() > county.round.closes_at
        )
        before = record.standing()
        try:
            with transaction.atomic():
                application = transitions.start(county.round, county.village, actor=person)
        except Refusal:
            assert shut
            assert record.standing() == before
            return
        assert not shut
        self.passages[application.pk, "start"] += 1

    def fill_in(self, index, wrong=(), key=None):
        """Every item that is unlocked takes the answer; every other one refuses it."""
        application = self.places.application(index)
        if application is None:
            return
        person = self.person(key, "preparer", index)
        unlocked = editing.unlocked_items(Case(application), person)
        for item, rules in standard_items(application):
            value = failing_value if item.code in wrong else passing_value
            self.attempt(
                lambda item=item, rules=rules, value=value: self._answer(
                    application, item, {check.code: value(check) for check in rules.checks}, person
                ),
                shut=item.code not in unlocked,
            )

    def _answer(self, application, item, values, person):
        with editing.held(application, editing.may_edit_item(item.code), person):
            save_item(
                application,
                item,
                values=values,
                conclusion=Conclusion.MET,
                note="",
                actor=person,
            )
            Correction.objects.filter(application=application, item=item).update(reply="已补正。")

    def prepare_well(self, index):
        if application := self.application_at(index, Stage.DRAFT):
            self.places.counties[index].prepare(application)

    # First review

    def mark(self, index, verdict=Conclusion.MET, key=None):
        if application := self.places.application(index):
            person = self.person(key, "reviewer", index)
            verdicts = {item: (verdict, "") for item, _rules in standard_items(application)}
            self.attempt(
                lambda: marks.mark_all(application, verdicts, actor=person),
                shut=application.stage != Stage.SUBMITTED
                or person != self.places.people["reviewer"],
            )

    def open_submission(self, index):
        if application := self.application_at(index, Stage.SUBMITTED):
            reviewer = self.places.people["reviewer"]
            marks.open_submission(Case(application, actor=reviewer), reviewer)

    # Verification

    def arrange_a_visit(self, index, team, key, promised):
        application = self.places.application(index)
        if application is None:
            return
        members = [self.places.people[member] for member in team]
        person = self.person(key, "coordinator", index)
        arranged = self.attempt(
            lambda: visits.arrange(
                application,
                planned_on=clock.today(),
                place="村委会",
                team=members,
                leader=members[0],
                actor=person,
            ),
            shut=application.stage not in (Stage.RECOMMENDED, Stage.VERIFYING),
        )
        if arranged and promised:
            for member in application.visits.get(closed_at=None).members.all():
                visits.declare_no_interest(member)

    def measure(self, index, wrong=(), key=None):
        application = self.places.application(index)
        visit = application and application.visits.filter(closed_at=None).first()
        if not visit:
            return
        person = self.person(key, "leader", index)
        for item, rules in standard_items(application):
            failing = item.code in wrong
            self.attempt(
                lambda item=item, rules=rules, failing=failing: visits.measure(
                    visit,
                    item,
                    values={
                        check.code: failing_value(check)
                        if failing
                        else passing_value(check, "verification")
                        for check in rules.checks
                    },
                    verdict=Conclusion.MET,
                    basis="",
                    actor=person,
                ),
                shut=application.stage != Stage.VERIFYING,
            )
        now = clock.now()
        self.attempt(
            lambda: visits.record_visit(
                visit, started_at=now, ended_at=now, summary="", actor=person
            ),
            shut=application.stage != Stage.VERIFYING,
        )

    def sign(self, index, forgotten):
        application = self.places.application(index)
        visit = application and application.visits.filter(closed_at=None).first()
        members = list(visit.members.all()) if visit else []
        for member in members[1:] if forgotten else members:
            self.attempt(
                lambda member=member: visits.sign(member), shut=application.stage != Stage.VERIFYING
            )

    # Selection

    def hold_a_meeting(self, said, key):
        """Of everybody verified, as the meeting says; more than there are places are refused."""
        person = self.person(key, "coordinator", 0)
        waiting = list(Application.objects.filter(stage=Stage.VERIFIED).order_by("pk"))
        decided = dict(zip(waiting, said, strict=False))
        taken = Application.objects.filter(stage__in=[*PLACED_STAGES]).count()
        chosen = sum(one == Outcome.CHOSEN for one in decided.values())
        moves = {a.pk: PASSAGES[one] for a, one in decided.items() if one in PASSAGES}
        entry = self.places.counties[0].round_category
        self.attempt(
            lambda: choosing.record(
                entry,
                MEETING,
                said_of(entry, {a.pk: one for a, one in decided.items()}),
                actor=person,
            ),
            moves,
            shut=not waiting or taken + chosen > PLACES,
        )

    def _chosen(self):
        """As many as there are places for, the others in reserve."""
        taken = Application.objects.filter(stage__in=[*PLACED_STAGES]).count()
        free = max(PLACES - taken, 0)
        said = [Outcome.CHOSEN] * free + [Outcome.RESERVE] * VILLAGES
        self.hold_a_meeting(said[:VILLAGES], None)

    # Notice, objections, decision

    def propose_a_notice(self, chosen, key):
        person = self.person(key, "coordinator", 0)
        listed = [a for index in sorted(chosen) if (a := self.places.application(index))]
        ready = [a for a in listed if a.stage == Stage.CHOSEN]
        wanted = ready or listed
        self.attempt(
            lambda: notices.propose(self.places.round, NOTICE, wanted, actor=person),
            shut=any(a.stage != Stage.CHOSEN for a in wanted)
            or (len(wanted) > 1 and any(map(self._moved_up, wanted))),
        )

    @staticmethod
    def _moved_up(application):
        """Such a name has a notice of its own."""
        ways = application.decisions.filter(transition__in=("choose", "move_up"))
        return ways.order_by("-pk").values_list("transition", flat=True).first() == "move_up"

    def take_a_step_of_a_notice(self, which, step, key):
        known = list(Notice.objects.order_by("-pk"))
        if known:
            self._step(known[which % len(known)], step, key)

    def _step(self, notice, step, key=None):
        deed, part = {
            "secrecy": (notices.review_secrecy, "secrecy_reviewer"),
            "approve": (notices.approve, "deciding_officer"),
            "publish": (notices.publish, "publisher"),
            "close": (notices.close_register, "objection_officer"),
            "discard": (notices.discard, "coordinator"),
        }[step]
        person = self.person(key, part, 0)
        listed = self._listed(notice) if step == "publish" else []
        shut = any(
            self.is_shut("publish", a, person, Act(), made_within=MADE_WITHIN) for a in listed
        )
        moves = {application.pk: "publish" for application in listed}
        return self.attempt(lambda: deed(notice, actor=person), moves, shut=shut)

    def _listed(self, notice):
        entries = notice.entries.filter(dropped_at=None).select_related("application")
        return [entry.application for entry in entries]

    def object(self, index, named, outcome):
        application = self.places.application(index)
        entry = application and application.notice_entries.order_by("-pk").first()
        if not entry:
            return
        identity = {"name": "群众"} if named else None
        raised = self.attempt(
            lambda: objections.raise_objection(entry, facts="情况不实", identity=identity),
            shut=application.stage != Stage.ON_NOTICE,
        )
        if raised and outcome:
            self.handle_an_objection(0, "accept", None)
        if raised and outcome not in ("", "accept"):
            self.handle_an_objection(0, outcome, None)

    def handle_an_objection(self, which, answer, key):
        # Those that wait first: accepted, received.
        known = sorted(Objection.objects.order_by("-pk"), key=lambda one: one.status)
        if not known:
            return
        objection = known[which % len(known)]
        person = self.person(key, "objection_officer", 0)
        moves = {}
        if answer in ("reject", "reverify"):
            application = objection.entry.application
            name = "reverify" if answer == "reverify" else "uphold_objection"
            if (application.stage, name) in STEPS:
                moves = {application.pk: name}
        deed = {
            "accept": lambda: objections.accept(objection, reason=OPINION, actor=person),
            "refuse": lambda: objections.refuse(objection, reason=OPINION, actor=person),
            "dismiss": lambda: objections.dismiss(objection, finding=OPINION, actor=person),
        }.get(
            answer,
            lambda: objections.uphold(
                heard(objection), finding=OPINION, reverify=answer == "reverify", actor=person
            ),
        )
        expected = Objection.Status.RECEIVED if answer in ("accept", "refuse") else "accepted"
        shut = objection.status != expected or person != self.places.people["objection_officer"]
        self.attempt(deed, moves, shut=shut)

    def let_time_pass(self, days, swept):
        if clock.now() - START < LONGEST:
            self.clock.move(timedelta(days=days))
        if swept:
            self.sweep()

    def sweep(self):
        """Time moves exactly those whose gate stands open."""
        on_notice = Application.objects.filter(stage=Stage.ON_NOTICE)
        ready = [a for a in on_notice if not self.is_shut("end_notice", a, None, Act())]
        self.attempt(end_those_over, {application.pk: "end_notice" for application in ready})

    def decide(self, chosen, key, back):
        wanted = [a for index in sorted(chosen) if (a := self.places.application(index))]
        wanted = [a for a in wanted if a.stage == Stage.AWAITING_DESIGNATION] or wanted
        if wanted:
            self._designate(wanted, self.person(key, "deciding_officer", 0), back)

    def _designate(self, wanted, person, back=0):
        self.documents += 1
        shut = any(
            self.is_shut("designate", a, person, Act(), made_within=MADE_WITHIN) for a in wanted
        )
        self.attempt(
            lambda: designate(
                self.places.round,
                wanted,
                document_number=f"青发〔2026〕{self.documents}号",
                decided_on=clock.today() - timedelta(days=back),
                deciding_body="中共青山县委",
                actor=person,
            ),
            {application.pk: "designate" for application in wanted},
            shut=shut or person != self.places.people["deciding_officer"],
        )

    # The door itself

    def press_what_is_offered(self, index, choice, late, listed):
        """The right person, with everything the act needs; the page's age and the gate decide."""
        application = self.places.application(index)
        names = sorted(
            name
            for stage, name in STEPS
            if application
            and stage == application.stage
            and name != "end_barred"
            # Before the notice hardly one was objected to: these would crowd out what is.
            and (stage in NOTICED_STAGES or name not in ("uphold_objection", "reverify"))
        )
        if not names:
            return
        # The last of them is withdrawal: it ends a walk, so it is seldom pressed.
        name = names[choice % (len(names) if choice > len(names) else max(len(names) - 1, 1))]
        part = {"start": "preparer", "recall": "preparer", "reopen": "head", "submit": "head"}.get(
            name, STEPS[application.stage, name][1][0]
        )
        act = Act(opinion=OPINION, corrections=listed, truth_confirmed=True)
        seen = application.version - late
        self._press(name, application, self.places.who(part, index), act, seen=seen)

    def press_anything(self, index, name, key, late, opinion, listed, truth):
        """Anyone presses anything, on a page of now or of before."""
        application = self.places.application(index)
        if application is None:
            return
        latest = Objection.objects.filter(entry__application=application).order_by("-pk").first()
        act = Act(
            opinion=opinion,
            corrections=listed,
            truth_confirmed=truth,
            objection_id=latest.pk if latest else None,
        )
        may = target(application, name) is not None and self.places.may(key, name, index)
        seen = application.version - late
        self._press(name, application, self.places.people[key], act, seen=seen, may=may)

    def _press(self, name, application, person, act, *, seen=None, may=True):
        """It passes when, and only when, page, right and gate all allow it."""
        leads_to = target(application, name)
        version = application.version if seen is None else seen
        is_open = may and version == application.version
        shut = not is_open or self.is_shut(name, application, person, act)
        passed = self.attempt(
            lambda: transitions.perform(
                name, application.pk, actor=person, expected_version=version, act=act
            ),
            {application.pk: name},
            shut=shut,
        )
        assert passed != shut, f"{name} was refused through an open gate"
        if passed:
            assert Application.objects.get(pk=application.pk).stage == leads_to

    # What everyone is there for

    def carry_on(self, index):
        """The next thing is done, and done properly."""
        application = self.places.application(index)
        stage = application.stage if application else ""
        proper = {
            "": lambda: self.start(index, None),
            Stage.DRAFT: lambda: self._prepared(application, index),
            Stage.SELF_ASSESSED: lambda: self._presses("submit", index),
            Stage.SUBMITTED: lambda: self._reviewed(index),
            Stage.RETURNED: lambda: self._corrected(index),
            Stage.RECOMMENDED: lambda: self._visited(index),
            Stage.VERIFYING: lambda: self._verified(index),
            Stage.VERIFIED: self._chosen,
            Stage.CHOSEN: lambda: self._noticed(index),
            Stage.RESERVE: lambda: self._presses("move_up", index),
            Stage.ON_NOTICE: lambda: self._waited(application),
            Stage.AWAITING_DESIGNATION: lambda: self._decided(application),
        }
        proper.get(stage, lambda: None)()

    def _presses(self, name, index):
        application = self.places.application(index)
        if target(application, name):
            part = STEPS[application.stage, name][1][0]
            act = Act(opinion=OPINION, truth_confirmed=True)
            self._press(name, application, self.places.who(part, index), act)

    def _prepared(self, application, index):
        self.places.counties[index].prepare(application)
        self._presses("confirm", index)

    def _reviewed(self, index):
        self.mark(index)
        self._presses("recommend", index)

    def _corrected(self, index):
        self.fill_in(index)
        self._presses("resubmit", index)

    def _visited(self, index):
        self.arrange_a_visit(index, ("verifier", "second_verifier"), None, promised=True)
        self._presses("begin_verification", index)

    def _verified(self, index):
        self.measure(index)
        self.sign(index, forgotten=False)
        self._presses("complete_verification", index)

    def prepare_a_notice(self, index):
        """A notice that lacks nothing but to be published."""
        application = self.application_at(index, Stage.CHOSEN)
        if application is None:
            return None
        entry = application.notice_entries.filter(dropped_at=None).first()
        if entry is None:
            self.attempt(
                lambda: notices.propose(
                    self.places.round,
                    NOTICE,
                    [application],
                    actor=self.places.people["coordinator"],
                )
            )
            entry = application.notice_entries.get(dropped_at=None)
        for step, done in (("secrecy", "secrecy_reviewed_by"), ("approve", "approved_by")):
            if getattr(entry.notice, done) is None:
                self._step(entry.notice, step)
        return entry.notice

    def _noticed(self, index):
        self._step(self.prepare_a_notice(index), "publish")

    def _waited(self, application):
        ends_at = application.notice_entries.get(dropped_at=None).notice.ends_at
        if ends_at - START < LONGEST:
            self.clock.move_to(max(clock.now(), ends_at))
            self.sweep()

    def _decided(self, application):
        self._step(application.notice_entries.get(dropped_at=None).notice, "close")
        self._designate([application], self.places.people["deciding_officer"])

    # What holds after every step

    @invariant()
    def what_has_changed_is_true(self):
        """Asked again of whatever has changed since it was last found true."""
        now = record.standing()
        self.seen.update(stage for stage, _version in now.places.values())
        if self._is_new("chain", now.events):
            record.assert_one_event_a_passage(self.passages)
            assert verify().whole
            possible_acts.assert_register_is_the_designated()
            record.assert_places_are_kept(self.places.round)
        self._assert_courses_are_true(now)
        self._assert_somebody_can_act((clock.now(), now.events))

    def _assert_courses_are_true(self, now):
        changed = [pk for pk, (_stage, version) in now.places.items() if self._is_new(pk, version)]
        for application in Application.objects.select_related("submission").filter(pk__in=changed):
            record.assert_course_is_whole(application)
            record.assert_designated_by_every_approval(application)

    def _assert_somebody_can_act(self, moment):
        for index in range(VILLAGES) if self._is_new("moment", moment) else ():
            application = self.places.application(index)
            if application:
                part = possible_acts.HOLDERS.get(application.stage)
                person = self.places.who(part, index) if part else None
                possible_acts.assert_somebody_can_act(
                    application, person, self.places.people["coordinator"]
                )

    def _is_new(self, *fact):
        if fact in self.proved:
            return False
        self.proved.add(fact)
        return True
