"""A page that saves itself: each input is answered for, and nothing else is touched."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from designation.applications.models import Answer, Stage
from designation.organizations.models import Role
from designation.site import shown
from designation.site.models import SaveTally
from designation.site.present_session import opaque_id
from tests import factories
from tests.sent_back import hidden
from workflows.stages.verification.models import Visit

pytestmark = pytest.mark.django_db

OK = 200
BROWSER = "0123456789abcdef01234567"


class Page:
    """A page of one person that saves itself as its script does."""

    def __init__(self, person, address):
        self.client, self.person, self.address = Client(), person, address
        self.client.force_login(person)
        self.shown, self.saved = {}, 0

    def opened(self):
        answer = self.client.get(self.address, follow=True)
        self.shown = json.loads(hidden(answer, self.address)["shown"])
        return self

    def saves(self, typed):
        """Sends what was ``typed``, by input."""
        said = {
            "fields": ",".join(typed),
            "shown": json.dumps(self.shown),
            "tally": f"{BROWSER}:{self.saved}:{self.saved}",
        }
        headers = {
            "x-autosave": "1",
            "x-sent-by": "script",
            "x-person": opaque_id(self.person),
        }
        answer = self.client.post(self.address, typed | said, headers=headers)
        self.saved += answer.status_code == OK
        self.shown |= answer.json().get("shown", {}) if answer.status_code == OK else {}
        return answer


@pytest.fixture
def draft(county):
    return county.start()


@pytest.fixture
def item(county, draft):
    address = reverse("applications:item", args=[draft.pk, "NC-13"])
    return Page(county.preparer, address).opened()


def stored(draft):
    return Answer.objects.get(application=draft, item__code="NC-13")


def test_what_changed_is_saved_and_answered_for(item, draft):
    said = item.saves({"note": "服务中心已建成"}).json()

    assert stored(draft).note == "服务中心已建成"
    assert said["saved_at"] == "09:00"
    assert said["shown"] == {"note": shown.digest("服务中心已建成")}
    assert said["refused"] == said["conflicts"] == {}


def test_what_was_not_sent_stays(item, draft):
    item.saves({"NC-13-C2": "320", "conclusion": "met"})
    item.saves({"note": "补一句"})

    answer = stored(draft)
    assert (answer.note, answer.conclusion) == ("补一句", "met")
    assert answer.values["NC-13-C2"]


def test_a_box_that_was_emptied_is_emptied(item, draft):
    item.saves({"note": "先写一句"})
    item.opened().saves({"note": ""})

    assert stored(draft).note == ""


def test_what_is_refused_is_said_at_its_input_and_costs_the_others_nothing(item, draft):
    said = item.saves({"NC-13-C2": "三百多", "note": "待核实"}).json()

    assert set(said["refused"]) == {"NC-13-C2"}
    assert set(said["shown"]) == {"note"}
    assert stored(draft).note == "待核实"


def test_the_verdict_comes_with_the_answer(item):
    said = item.saves({"NC-13-C2": "200"}).json()

    assert "低于原则性要求" in said["hints"]
    assert 'id="verdict-NC-13-C2"' in said["hints"]


@pytest.fixture
def colleague(county, draft):
    person = factories.seated(Role.PREPARER, county.village)
    return Page(person, reverse("applications:item", args=[draft.pk, "NC-13"]))


def test_what_a_colleague_wrote_meanwhile_is_asked_about_field_by_field(item, colleague, draft):
    colleague.opened().saves({"note": "同事写的说明", "NC-13-C2": "330"})

    said = item.saves({"note": "我写的说明", "conclusion": "met"}).json()

    assert set(said["conflicts"]) == {"note"}
    told = said["conflicts"]["note"]
    assert (told["theirs"], told["by"]) == ("同事写的说明", colleague.person.full_name)
    assert told["texts"] == {"note": ["同事写的说明"]}
    assert "note" not in said["shown"]
    assert (stored(draft).note, stored(draft).conclusion) == ("同事写的说明", "met")


def test_ones_own_choice_is_saved_over_what_was_shown_beside_it(item, colleague, draft):
    colleague.opened().saves({"note": "同事写的说明"})
    told = item.saves({"note": "我写的说明"}).json()["conflicts"]["note"]

    item.shown[told["field"]] = told["shown"]
    assert item.saves({"note": "我写的说明"}).json()["conflicts"] == {}
    assert stored(draft).note == "我写的说明"


def test_a_locked_item_says_why_and_keeps_nothing(item, county, draft):
    county._confirm(draft)
    answer = item.saves({"note": "改一改"})

    assert answer.status_code == 422
    assert "现在不能修改" in answer.json()["denied"]


def statements(queries):
    """All but the marks of a transaction, which the test's own turns into savepoints."""
    return [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]


def test_a_save_costs_at_most_eight_statements(item):
    item.saves({"note": "先写一句"})
    with CaptureQueriesContext(connection) as queries:
        item.saves({"note": "再写一句"})

    assert len(statements(queries)) <= 8, "\n".join(statements(queries))


def returned(county):
    application = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction", application, county.reviewer, corrections={"NC-13": "补依据"}
    )
    return application


@pytest.fixture
def returned_item(county):
    application = returned(county)
    return Page(
        county.preparer, reverse("applications:item", args=[application.pk, "NC-13"])
    ).opened()


@pytest.mark.parametrize("name", ["note", "reply"])
def test_so_does_a_save_of_a_correction(returned_item, name, held_clock):
    held_clock.move(timedelta(minutes=1))
    returned_item.saves({name: "先写一句"})
    with CaptureQueriesContext(connection) as queries:
        said = returned_item.saves({name: "再写一句"}).json()

    assert set(said["shown"]) == {name}
    assert len(statements(queries)) <= 8, "\n".join(statements(queries))


def test_an_item_that_is_not_listed_is_locked(county):
    address = reverse("applications:item", args=[returned(county).pk, "NC-01"])

    answer = Page(county.preparer, address).saves({"note": "改一改"})

    assert "现在不能修改" in answer.json()["denied"]


@pytest.mark.parametrize("code", ["NC-13", "NC-99"])
def test_a_stranger_learns_nothing_and_saves_nothing(county, draft, code):
    stranger = factories.seated(Role.PREPARER, factories.VillageFactory(superior=county.township))
    address = reverse("applications:item", args=[draft.pk, code])

    assert Page(stranger, address).saves({"note": "别村的"}).status_code == 404
    assert not Answer.objects.filter(note="别村的").exists()


def test_an_item_that_the_standard_does_not_have_is_not_found(county, draft):
    for pk, code in ((draft.pk, "NC-99"), (draft.pk + 99, "NC-13")):
        address = reverse("applications:item", args=[pk, code])
        assert Page(county.preparer, address).saves({"note": "没有"}).status_code == 404


@pytest.fixture
def summary(county, draft):
    return Page(county.preparer, reverse("applications:summary", args=[draft.pk])).opened()


def test_the_summary_saves_itself(summary, draft):
    said = summary.saves({"summary": "红旗村逐条自评。"}).json()

    draft.refresh_from_db()
    assert draft.summary == "红旗村逐条自评。"
    assert set(said["shown"]) == {"summary"}


def test_a_day_to_come_is_refused_and_the_text_kept(summary, draft):
    said = summary.saves({"summary": "已写", "approving_meeting_on": "2027-01-01"}).json()

    draft.refresh_from_db()
    assert set(said["refused"]) == {"approving_meeting_on"}
    assert (draft.summary, draft.approving_meeting_on) == ("已写", None)


def test_two_summaries_are_asked_about(summary, county, draft):
    person = factories.seated(Role.PREPARER, county.village)
    Page(person, summary.address).opened().saves({"summary": "同事写的"})

    told = summary.saves({"summary": "我写的"}).json()["conflicts"]["summary"]

    assert (told["theirs"], told["texts"]) == ("同事写的", {"summary": ["同事写的"]})


def test_a_summary_that_was_handed_in_is_locked(summary, county, draft):
    county._confirm(draft)

    assert summary.saves({"summary": "再改"}).json()["denied"]


@pytest.fixture
def review(county):
    application = county.at(Stage.SUBMITTED)
    page = Page(county.reviewer, reverse("applications:review", args=[application.pk])).opened()
    page.address = reverse("applications:mark", args=[application.pk])
    page.application = application
    return page


def mark(code, verdict="", comment=""):
    chosen = {f"verdict-{code}": verdict} if verdict else {}
    return chosen | {f"comment-{code}": comment}


def test_a_mark_is_saved_as_it_is_given(review):
    said = review.saves(mark("NC-01", "met", "属实")).json()

    kept = review.application.marks.get()
    assert (kept.verdict, kept.comment) == ("met", "属实")
    assert set(said["shown"]) == {"mark-NC-01"}


def test_a_comment_without_its_verdict_waits_on_the_page(review):
    said = review.saves(mark("NC-01", comment="材料还不全")).json()

    assert said["refused"] == {"comment-NC-01": "请选择初审结论。"}
    assert not review.application.marks.exists()


def test_a_mark_that_a_colleague_gave_meanwhile_is_asked_about(review, county):
    body = review.application.reviewing_body
    colleague = Page(factories.seated(Role.FIRST_REVIEWER, body), review.address)
    colleague.saves(mark("NC-01", "not_met", "面积不足"))

    told = review.saves(mark("NC-01", "met")).json()["conflicts"]["comment-NC-01"]

    assert told["theirs"].endswith("面积不足")
    assert told["texts"] == {"verdict-NC-01": ["not_met"], "comment-NC-01": ["面积不足"]}
    assert review.application.marks.get(voided_at=None).verdict == "not_met"


def test_a_review_that_was_decided_is_closed_to_marks(review, county):
    county.act(
        "return_for_correction", review.application, county.reviewer, corrections={"NC-13": "补"}
    )

    assert review.saves(mark("NC-01", "met")).json()["denied"]


def test_nobody_else_marks(review, county):
    assert Page(county.coordinator, review.address).saves(mark("NC-01", "met")).status_code == 404


@pytest.fixture
def verifying(county):
    return county.at(Stage.VERIFYING)


def on_site(county, application, name, *more):
    page = Page(county.verifiers[0], reverse(f"applications:{name}", args=[application.pk, *more]))
    page.application = application
    return page.opened()


@pytest.fixture
def record(county, verifying):
    return on_site(county, verifying, "verify")


@pytest.fixture
def measured(county, verifying):
    return on_site(county, verifying, "measure", "NC-13")


def visit_of(page):
    return Visit.objects.get(application=page.application)


def test_the_record_of_a_visit_saves_itself(record):
    said = record.saves({"summary": "实地查看服务中心。"}).json()

    assert visit_of(record).summary == "实地查看服务中心。"
    assert set(said["shown"]) == {"summary"}


def test_a_departure_before_the_arrival_is_refused_by_what_stands(record):
    record.saves({"started_at": "2026-03-02T08:00"})
    said = record.saves({"ended_at": "2026-03-02T07:00"}).json()

    assert set(said["refused"]) == {"ended_at"}
    assert visit_of(record).ended_at is None


def test_an_arrival_after_the_departure_is_refused_too(record):
    record.saves({"started_at": "2026-03-02T07:00", "ended_at": "2026-03-02T07:30"})
    said = record.saves({"started_at": "2026-03-02T08:00"}).json()

    assert set(said["refused"]) == {"started_at"}


def test_a_signature_rests_on_what_was_just_saved(record):
    content = record.client.get(record.address).content.decode()
    over = content.split("data-rests-on=")[1].split('name="shown" value="')[1].split('"')[0]
    over = over.replace("&quot;", '"')

    said = record.saves({"summary": "看过了"} | {"rests_on": over}).json()
    signed = record.client.post(
        reverse("applications:sign", args=[record.application.pk]),
        {"shown": json.dumps(said["rests_on"])},
    )

    assert signed.status_code == 302


def test_what_a_colleague_changed_is_not_signed_for_unseen(record):
    said = record.saves({"summary": "看过了", "rests_on": '{"record": "older"}'}).json()

    assert said["rests_on"] == {}


def test_a_measurement_saves_itself(measured):
    said = measured.saves({"NC-13-C2": "330", "verdict": "met", "basis": "现场复测"}).json()

    found = visit_of(measured).measurements.get(item__code="NC-13")
    assert (found.verdict, found.basis) == ("met", "现场复测")
    assert set(said["shown"]) == {"NC-13-C2", "verdict", "basis"}


def test_two_measurements_are_asked_about(measured, county):
    Page(county.verifiers[1], measured.address).opened().saves({"NC-13-C2": "280"})

    told = measured.saves({"NC-13-C2": "330", "basis": "量过"}).json()["conflicts"]["NC-13-C2"]

    assert told["texts"] == {"NC-13-C2": ["280"]}
    assert visit_of(measured).measurements.get(item__code="NC-13").basis == "量过"


def test_what_does_not_fit_is_refused_on_site_too(measured):
    assert set(measured.saves({"NC-13-C2": "很大"}).json()["refused"]) == {"NC-13-C2"}


def test_an_item_that_is_not_of_the_standard_is_not_measured(measured):
    measured.address = measured.address.replace("NC-13", "NC-99")

    assert measured.saves({"basis": "量过"}).status_code == 404


def test_who_is_not_on_the_team_records_nothing(measured, county):
    other = Page(factories.seated(Role.VERIFIER, county.jurisdiction), measured.address)

    assert other.saves({"basis": "路过"}).status_code == 404


def test_a_closed_record_says_why(record, measured, county):
    county.act("reject", measured.application, county.coordinator, opinion="现场核查不符合标准。")

    for page, typed in ((measured, {"basis": "再补"}), (record, {"summary": "再补"})):
        assert page.saves(typed).json()["denied"]
    elsewhere = reverse("applications:verify", args=[measured.application.pk + 99])
    assert Page(county.verifiers[0], elsewhere).saves({"summary": "再补"}).status_code == 404


def test_a_save_is_counted_with_what_it_keeps_also_when_nothing_changed(measured, record):
    for page, typed in ((measured, {"basis": "一"}), (record, {"summary": "一"})):
        page.saves(typed)
        page.saves(typed)

    assert SaveTally.objects.get().kept == 4


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("summary", {"summary": "一"}, {"summary": "二"}),
        ("review", mark("NC-01", "met", "一"), mark("NC-01", "met", "二")),
        ("record", {"summary": "一"}, {"summary": "二"}),
        ("measured", {"basis": "一"}, {"basis": "二"}),
    ],
)
def test_every_page_that_saves_itself_does_so_in_at_most_eight_statements(
    request, name, first, second
):
    saving = request.getfixturevalue(name)
    saving.saves(first)
    with CaptureQueriesContext(connection) as queries:
        said = saving.saves(second).json()

    assert said["shown"]
    assert len(statements(queries)) <= 8, "\n".join(statements(queries))
