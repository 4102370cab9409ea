"""A page that comes back with a question or a refusal: what it shows anew is not called seen."""

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from designation.organizations.models import Role
from tests import factories
from tests.course import PDF
from tests.sent_back import as_it_stands
from workflows.stages.verification.models import Measurement

from . import test_two_hands as two_hands
from .test_two_hands import answer_of, conflict_choice, page

pytestmark = pytest.mark.django_db


class Hand(two_hands.Hand):
    """Sends every box of the page as it stands, with what is typed over it."""

    def press(self, **typed):
        stands = as_it_stands(self.shown, self.address) | as_it_stands(self.shown)
        self.answer = self.client.post(self.address, stands | typed)
        return self.answer


@pytest.fixture
def draft(county):
    return county.start()


@pytest.fixture
def preparer(county):
    return Hand(county.preparer)


@pytest.fixture
def head(county):
    return Hand(county.head)


# The item of the self-assessment


def test_a_question_about_one_field_costs_nothing_of_another(preparer, head, draft):
    address = page("item", draft, "NC-13")
    preparer.open(address).press(note="起先的说明", **{"NC-13-C2": "100"})
    preparer.open(address), head.open(address)
    head.press(note="负责人改的说明", **{"NC-13-C2": "200"})
    preparer.press(**{"NC-13-C2": "300"})
    assert preparer.answer.status_code == 422
    choice = conflict_choice(preparer, "mine", "NC-13-C2")

    preparer.open_again().press(**choice)

    assert answer_of(draft).values == {"NC-13-C2": 300}
    assert answer_of(draft).note == "负责人改的说明"


def test_a_refused_figure_put_right_is_still_asked_about(preparer, head, draft):
    address = page("item", draft, "NC-13")
    preparer.open(address), head.open(address)
    head.press(**{"NC-13-C2": "200"})
    preparer.press(**{"NC-13-C2": "三百来平"})
    assert preparer.answer.status_code == 422

    preparer.open_again().press(**{"NC-13-C2": "300"})

    assert preparer.answer.status_code == 422
    assert answer_of(draft).values == {"NC-13-C2": 200}


def test_a_refused_figure_costs_nothing_of_a_colleagues_note(preparer, head, draft):
    address = page("item", draft, "NC-13")
    preparer.open(address), head.open(address)
    head.press(note="负责人的说明")
    preparer.press(**{"NC-13-C2": "三百来平"})

    preparer.open_again().press(**{"NC-13-C2": "300"})

    assert answer_of(draft).values == {"NC-13-C2": 300}
    assert answer_of(draft).note == "负责人的说明"


def test_what_was_kept_at_a_refused_press_may_be_changed_again_unasked(preparer, draft):
    address = page("item", draft, "NC-13")
    preparer.open(address).press(note="一", **{"NC-13-C2": "三百来平"})

    preparer.open_again().press(note="一二", **{"NC-13-C2": "300"})

    assert preparer.answer.status_code == 302
    assert answer_of(draft).note == "一二"


def test_citing_a_file_that_was_taken_away_meanwhile_keeps_what_was_typed(
    county, preparer, head, draft
):
    file = county.attach(draft)
    preparer.open(page("item", draft, "NC-13"))
    head.open(page("item", draft, "NC-01"))
    head.send(page("evidence_remove", draft, "NC-01", file.pk), answer="1")

    preparer.send(
        page("evidence_cite", draft, "NC-13"), preparer.address, note="见会议记录", evidence=file.pk
    )

    assert preparer.answer.status_code == 302
    told = preparer.client.get(preparer.answer.url).content.decode()
    assert "材料“会议记录”已被移除，不能引用" in told
    assert answer_of(draft).note == "见会议记录"
    assert not file.items.exists()


def test_a_file_discarded_before_it_was_handed_in_is_the_applicants_own(county, preparer):
    draft = county.start()
    county.prepare(draft)
    file = county.attach(draft, PDF + b"\n")
    preparer.client.post(page("evidence_remove", draft, "NC-01", file.pk))
    county.act("confirm", draft, county.head, truth_confirmed=True)
    county.act("submit", draft, county.head)
    address = page("evidence", draft, file.pk)

    own = preparer.client.get(address)
    assert b"".join(own.streaming_content) == PDF + b"\n"
    assert Hand(county.reviewer).client.get(address).status_code == 404


# The summary


def test_a_refused_day_costs_nothing_of_a_colleagues_summary(preparer, head, draft):
    address = page("summary", draft)
    preparer.open(address), head.open(address)
    head.press(summary="负责人的简介")
    preparer.press(approving_meeting_on="2030-01-01")
    assert preparer.answer.status_code == 422

    preparer.open_again().press(approving_meeting_on="2026-03-01")

    draft.refresh_from_db()
    assert draft.summary == "负责人的简介"


def test_a_question_about_the_summary_costs_nothing_of_a_day(preparer, head, draft):
    address = page("summary", draft)
    preparer.open(address), head.open(address)
    head.press(summary="负责人的简介", approving_meeting_on="2026-02-28")
    preparer.press(summary="填报人的简介")
    choice = conflict_choice(preparer, "mine", "summary")

    preparer.open_again().press(**choice)

    draft.refresh_from_db()
    assert draft.summary == "填报人的简介"
    assert str(draft.approving_meeting_on) == "2026-02-28"


# The first review


def test_the_rest_asks_nothing_about_what_another_marked_meanwhile(county):
    submitted = county.at(Stage.SUBMITTED)
    second = Hand(factories.seated(Role.FIRST_REVIEWER, county.township))
    first = Hand(county.reviewer)
    first.open(page("review", submitted)), second.open(page("review", submitted))
    given = {"verdict-NC-02": "not_met", "comment-NC-02": "缺会议记录"}
    second.send(page("mark", submitted), page("decide", submitted), **given)

    first.send(page("mark", submitted), page("decide", submitted), rest="met")

    assert first.answer.status_code == 302
    assert submitted.marks.get(item__code="NC-02").comment == "缺会议记录"


# On site


@pytest.fixture
def verifying(county):
    return county.at(Stage.VERIFYING)


def test_a_refused_moment_costs_nothing_of_anothers_account(county, verifying):
    first, second = (Hand(person) for person in county.verifiers[:2])
    address = page("verify", verifying)
    first.open(address), second.open(address)
    second.press(summary="走访六户", started_at="2026-03-02T08:30")
    first.press(started_at="2026-03-02T08:30", ended_at="2030-01-01T10:00")
    assert first.answer.status_code == 422

    first.open_again().press(ended_at="")

    assert first.answer.status_code == 302
    assert verifying.visits.get().summary == "走访六户"


def test_a_question_on_site_costs_nothing_of_another_field(county, verifying):
    first, second = (Hand(person) for person in county.verifiers[:2])
    address = page("measure", verifying, "NC-09")
    first.open(address), second.open(address)
    second.press(basis="看了台账", **{"NC-09-C2": "61"})
    first.press(**{"NC-09-C2": "92"})
    choice = conflict_choice(first, "mine", "NC-09-C2")

    first.open_again().press(**choice)

    found = Measurement.objects.get(visit__application=verifying, item__code="NC-09")
    assert found.values["NC-09-C2"] == 92
    assert found.basis == "看了台账"


def test_nobody_signs_for_a_record_that_was_not_shown(county, verifying):
    first = Hand(county.verifiers[0])
    first.client.post(reverse("applications:sign", args=[verifying.pk]))

    assert not verifying.visits.get().members.filter(signed_at__isnull=False).exists()
