"""An app brings a stage with its passages, a role, a kind of check, a channel and a term, all at
once, and one application goes through with them: no module of the house knows of any.
"""

import ast
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from pypdf import PdfReader

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.calendar import by_time, terms
from designation.calendar.terms import Ending
from designation.site import clock
from notifications.models import Message
from notifications.tasks import deliver_outbox
from tests import factories
from tests.sheets import fill_in
from workflows import permissions

from .channel import LOUDSPEAKER
from .conftest import ITEM
from .mediation import AT_LEAST, MEDIATION, MEDIATOR, TAKES

pytestmark = pytest.mark.django_db
APP = ("apps", "kind", "channel", "mediation")


class Walk:
    """One application, and what its people see and do in the browser."""

    def __init__(self, client, county, check):
        self.client, self.county, self.check = client, county, check
        self.village = county.village.name_zh
        self.mediator = factories.seated(MEDIATOR, county.jurisdiction)
        self.auditor = factories.seated("audit_administrator", county.jurisdiction)
        self.application = county.start()

    def get(self, person, page, *args, **query):
        self.client.force_login(person)
        return self.client.get(reverse(page, args=args), query, follow=True)

    def text(self, person, page, *args, **query):
        return self.get(person, page, *args, **query).content.decode()

    def case(self, person):
        return self.get(person, "applications:case", self.application.pk)

    def press(self, person, name):
        self.client.force_login(person)
        address = reverse("applications:perform", args=[self.application.pk, name])
        answer = self.client.post(address, {"version": self.application.version})
        self.application.refresh_from_db()
        return answer

    def declare(self, stars):
        """Everything is filled in, then the item with the invented check by its form."""
        self.county.prepare(self.application)
        self.client.force_login(self.county.preparer)
        address = reverse("applications:item", args=[self.application.pk, ITEM])
        return fill_in(self.client, address, {self.check: stars}, to=f"/items/{ITEM}/")

    def hand_in(self):
        self.county.act("confirm", self.application, self.county.head, truth_confirmed=True)
        self.county.act("submit", self.application, self.county.preparer)
        self.application.refresh_from_db()

    def sheet(self):
        printed = self.get(self.mediator, "applications:sheet", self.application.pk)
        pages = PdfReader(BytesIO(b"".join(printed.streaming_content))).pages
        return "".join("".join(page.extract_text() for page in pages).split())

    def told(self, person):
        """The subject of the last message in the person's inbox."""
        deliver_outbox()
        return Message.objects.filter(person=person).latest("pk").subject


@pytest.fixture
def walk(client, county, in_a_round):
    return Walk(client, county, in_a_round)


def test_one_application_goes_through_all_that_is_invented(walk, held_clock):
    the_applicant_declares_by_the_invented_kind_of_check(walk)
    the_reviewer_hands_it_to_the_invented_stage_and_role(walk)
    its_page_shows_each_what_is_theirs(walk)
    lists_picture_and_steps_hold_it_in_its_place(walk)
    messages_go_to_the_inbox_and_by_the_invented_channel(walk)
    the_sheet_is_printed_in_the_words_of_the_invented_kind(walk)
    the_gate_is_shut_and_says_why(walk)
    the_term_is_over_and_time_carries_the_passage_that_it_names(walk, held_clock)
    this_time_they_agree_and_it_goes_on_to_a_stage_of_ours(walk, held_clock)
    record_and_log_say_who_in_which_role_in_words(walk)


def the_applicant_declares_by_the_invented_kind_of_check(walk):
    preparer = walk.county.preparer
    item = ("applications:item", walk.application.pk, ITEM)

    assert walk.declare("二星").status_code == 302
    assert "现为“二星”，未达到要求" in walk.text(preparer, *item)
    assert walk.declare("四星").status_code == 302
    assert "未达到要求" not in walk.text(preparer, *item)
    walk.hand_in()


def the_reviewer_hands_it_to_the_invented_stage_and_role(walk):
    assert "交付调解" in walk.case(walk.county.reviewer).content.decode()

    assert walk.press(walk.county.reviewer, "mediate").status_code == 302

    assert (walk.application.stage, walk.application.holder_role) == (MEDIATION, MEDIATOR)
    assert walk.application.holder_organization is None
    assert walk.application.due_at == clock.now() + TAKES
    assert walk.village in walk.text(walk.mediator, "home")


def its_page_shows_each_what_is_theirs(walk):
    held = walk.case(walk.mediator).content.decode()
    assert "tone-noticed" in held
    now = held.split('id="now"')[1]
    assert reverse("applications:sheet", args=[walk.application.pk]) in now
    assert "调解记录" in now

    applicants = walk.case(walk.county.head).content.decode()
    assert "正在调解，请等候通知" in applicants
    assert "调解记录" not in applicants


def lists_picture_and_steps_hold_it_in_its_place(walk):
    listed = walk.text(walk.county.coordinator, "applications:list", stage=MEDIATION)
    assert walk.village in listed
    assert '<option value="mediation" selected>' in listed

    shown = walk.case(walk.mediator).context
    steps = [(step.label, step.state) for step in shown["steps"]]
    assert steps[1:4] == [("初审", "done"), ("调解", "present"), ("县级核验", "ahead")]
    main_line = [(place.label, place.onward) for place in shown["picture"][0]]
    assert main_line[2:4] == [("待审核", "交付调解"), ("调解中", "调解达成一致")]
    assert main_line[4][0] == "已推荐"


def messages_go_to_the_inbox_and_by_the_invented_channel(walk):
    subject = f"{walk.village}：交付调解。"
    assert walk.told(walk.county.head) == walk.told(walk.mediator) == subject

    address = reverse("applications:case", args=[walk.application.pk])
    assert (walk.mediator, subject, address) in LOUDSPEAKER.heard


def the_sheet_is_printed_in_the_words_of_the_invented_kind(walk):
    sheet = walk.sheet()

    assert "党支部星级：不低于三星" in sheet
    assert "四星" in sheet


def the_gate_is_shut_and_says_why(walk):
    assert "调解至少一天。" in walk.case(walk.mediator).content.decode()

    assert walk.press(walk.mediator, "agree").status_code == 422
    assert walk.press(walk.county.coordinator, "agree").status_code == 422
    assert walk.application.stage == MEDIATION


def the_term_is_over_and_time_carries_the_passage_that_it_names(walk, held_clock):
    ran = walk.application.term
    held_clock.move_to(ran.due_at)
    assert not +by_time.carry_out()

    # The last minute is still theirs.
    held_clock.move(timedelta(minutes=1))
    assert by_time.carry_out()["application.run_out"] == 1

    walk.application.refresh_from_db()
    ran.refresh_from_db()
    assert ran.ended_as == Ending.OVER
    assert walk.application.stage == Stage.SUBMITTED
    assert terms.open_terms(walk.application).get() == walk.application.term
    assert walk.told(walk.county.reviewer) == f"{walk.village}：调解期满。"


def this_time_they_agree_and_it_goes_on_to_a_stage_of_ours(walk, held_clock):
    walk.press(walk.county.reviewer, "mediate")
    held_clock.move(AT_LEAST)

    assert walk.press(walk.mediator, "agree").status_code == 302

    assert walk.application.stage == Stage.RECOMMENDED
    assert walk.told(walk.county.coordinator) == f"{walk.village}：调解达成一致。"


def record_and_log_say_who_in_which_role_in_words(walk):
    kept = walk.application.decisions.filter(from_stage=MEDIATION).order_by("pk")
    assert list(kept.values_list("transition", "actor", "actor_role")) == [
        ("run_out", None, "system"),
        ("agree", walk.mediator.pk, MEDIATOR),
    ]
    assert AuditEvent.objects.get(action="application.agree").actor_role == MEDIATOR
    log = walk.text(walk.auditor, "audit:list")
    for words in ("交付调解", "调解期满", "调解达成一致", "调解中", "调解员"):
        assert words in log


def test_the_generated_documents_say_it_in_both_languages(installed):
    document = permissions.document()

    assert "交付调解 Mediate `mediate`" in document
    assert "调解员 Mediator" in document
    assert "`both_sides_have_been_heard`" in document


@pytest.mark.parametrize("module", APP)
def test_the_app_takes_the_public_faces_of_the_rooms_and_nothing_behind_them(module):
    tree = ast.parse((Path(__file__).parent / f"{module}.py").read_text())
    taken = [
        name
        for node in ast.walk(tree)
        for name in (
            [node.attr]
            if isinstance(node, ast.Attribute)
            else [one.name for one in node.names]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    ]
    assert [name for name in taken if name.startswith("_") and not name.endswith("__")] == []
