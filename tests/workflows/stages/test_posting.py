"""Posted at the applicant's own board before it is handed in, where the round asks it."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from designation.applications.models import FormerValue, Posting, Stage
from designation.audit.models import AuditEvent
from designation.evidence.models import Citation
from designation.organizations.models import Role
from designation.rounds import opening, postings
from designation.rounds.models import Round
from designation.site import clock
from tests import factories
from tests.course import PDF
from tests.public_addresses import public
from tests.sheets import Sheet, fill_in
from workflows.door import Refusal

pytestmark = pytest.mark.django_db

# The tests begin on Monday 2 March 2026; the round opened on the Sunday before.
MONDAY, FRIDAY, SUNDAY = "2026-03-02", "2026-03-06", "2026-03-08"
BOARD = "村务公开栏"


@pytest.fixture
def asking(county, held_clock):
    """Five working days are asked for; two weeks of the round are over."""
    Round.objects.filter(pk=county.round.pk).update(posting_days=5)
    county.round.refresh_from_db()
    application = county.start()
    held_clock.move_to(clock.now().replace(day=16))
    return application


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def address(application):
    return reverse("applications:posting", args=[application.pk])


def proof(name="board.pdf", content=PDF + b"% board"):
    return SimpleUploadedFile(name, content)


def register(person, application, **typed):
    typed = {"posted_from": MONDAY, "posted_to": FRIDAY, "place": BOARD} | typed
    return fill_in(browser(person), address(application), typed)


def codes(found):
    return [finding.code for finding in found]


# Off unless the round says so


def test_nothing_of_it_is_there_where_the_round_does_not_ask(county, client):
    application = county.start()
    preparer = browser(county.preparer)

    assert preparer.get(address(application)).status_code == 404
    case = preparer.get(reverse("applications:case", args=[application.pk])).content.decode()
    assert "内部公示" not in case
    round_page = client.get(public("rounds:detail", args=[county.round.pk])).content.decode()
    assert "内部公示" not in round_page
    submitted = county.beside().at(Stage.SUBMITTED)
    assert "posting" not in submitted.submission.content
    assert not Posting.objects.exists()


def test_the_coordinator_asks_for_it_and_the_public_page_says_so(county, client):
    draft = factories.RoundFactory(jurisdiction=county.jurisdiction, status=Round.Status.DRAFT)
    form = reverse("rounds:edit", args=[draft.pk])
    coordinator = browser(county.coordinator)

    fill_in(coordinator, form, {"posting_days": "7", "posting_unit": "calendar"})

    page = coordinator.get(reverse("rounds:detail", args=[draft.pk])).content.decode()
    assert "提交前内部公示" in page
    assert "7 个自然日" in page
    refused = fill_in(coordinator, form, {"posting_days": "31"})
    assert refused.status_code == 422


def test_a_round_that_leaves_no_time_for_it_does_not_open(county):
    draft = factories.RoundFactory(
        jurisdiction=county.jurisdiction, status=Round.Status.DRAFT, posting_days=30
    )
    factories.RoundCategoryFactory(round=draft)
    with pytest.raises(opening.NotReady) as refused:
        opening.open_round(draft, actor=county.coordinator)
    assert codes(refused.value.findings) == ["posting_too_long"]

    draft.posting_unit = "calendar"
    assert postings.fits(draft)
    draft.posting_unit, draft.closes_at = "working", draft.closes_at.replace(year=2027)
    # Who asks for the calendar tells of a year without one.
    assert postings.fits(draft)


# Registered by the applicant


def test_the_applicant_registers_days_place_and_proof_and_hands_in(county, asking):
    county.prepare(asking)
    county.act("confirm", asking, county.head, truth_confirmed=True)
    with pytest.raises(Refusal) as shut:
        county.act("submit", asking, county.head)
    assert "posting_missing" in codes(shut.value.findings)

    assert register(county.head, asking).status_code == 302
    with pytest.raises(Refusal) as shut:
        county.act("submit", asking, county.head)
    assert codes(shut.value.findings) == ["posting_not_proved"]

    assert register(county.head, asking, file=proof()).status_code == 302
    county.act("submit", asking, county.head)

    asking.refresh_from_db()
    frozen = asking.submission.content["posting"]
    assert (frozen["posted_from"], frozen["posted_to"], frozen["place"]) == (MONDAY, FRIDAY, BOARD)
    (named,) = frozen["proofs"]
    assert named["title"] == "board.pdf"
    assert AuditEvent.objects.filter(action="evidence.cite").count() == 1


def test_what_was_long_enough_when_it_was_registered_is_judged_by_what_is_asked_now(county, asking):
    county.prepare(asking)
    county.act("confirm", asking, county.head, truth_confirmed=True)
    assert register(county.head, asking, file=proof()).status_code == 302
    Round.objects.filter(pk=county.round.pk).update(posting_days=6)

    with pytest.raises(Refusal) as shut:
        county.act("submit", asking, county.head)

    (found,) = shut.value.findings
    assert "所填日期只有5 个工作日" in found.message


def test_the_reviewer_reads_it_and_opens_the_proof(county, asking):
    county.prepare(asking)
    county.act("confirm", asking, county.head, truth_confirmed=True)
    register(county.head, asking, file=proof())
    county.act("submit", asking, county.head)
    reviewer = browser(county.reviewer)

    for page in ("case", "review", "posting"):
        content = reviewer.get(reverse(f"applications:{page}", args=[asking.pk])).content.decode()
        assert "2026年3月2日(周一) – 2026年3月6日(周五)" in content
    assert BOARD in content
    (citation,) = Citation.objects.all()
    file = reverse("library:file", args=[citation.entry_id])
    assert b"".join(reviewer.get(file).streaming_content).endswith(b"% board")
    assert reviewer.post(address(asking), {"place": "别处"}).status_code == 404
    late = browser(county.preparer).post(address(asking), {"place": "别处"})
    assert late.status_code == 422
    assert "别处" in late.content.decode()


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"posted_from": FRIDAY, "posted_to": MONDAY}, "posted_to", "结束日期不能早于开始日期"),
        ({"posted_to": "2026-03-17"}, "posted_to", "公示日期不能晚于今天"),
        ({"posted_from": "2026-03-17", "posted_to": ""}, "posted_from", "公示日期不能晚于今天"),
        ({"posted_from": "2026-02-28"}, "posted_from", "公示日期不能早于申报开始的"),
        ({"posted_to": "2026-03-05"}, "posted_to", "所填日期只有4 个工作日"),
        ({"posted_from": "2026-03-07", "posted_to": "2026-03-08"}, "posted_to", "只有0 个工作日"),
        ({"posted_from": "昨天"}, "posted_from", ""),
        ({"place": "栏" * 201}, "place", "200"),
    ],
)
def test_days_that_cannot_be_are_told_at_their_field_and_kept(
    county, asking, typed, field, message
):
    refused = register(county.preparer, asking, **typed)

    assert refused.status_code == 422
    assert message in str(refused.context["form"].errors[field])
    shown = Sheet.of(refused).values
    for name, value in typed.items():
        assert "".join(shown.get(name, [])) == value
    assert not Posting.objects.exclude(place="").exists()


def test_calendar_days_count_every_day(county, asking):
    Round.objects.update(posting_days=7, posting_unit="calendar")

    assert register(county.preparer, asking, posted_to="2026-03-07").status_code == 422
    assert register(county.preparer, asking, posted_to=SUNDAY).status_code == 302


@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [
        (date(2026, 12, 28), date(2027, 1, 6), "posted_to"),
        (date(2027, 1, 4), date(2027, 1, 6), "posted_from"),
    ],
)
def test_working_days_over_a_year_without_a_calendar_are_not_guessed(
    county, held_clock, begins, ends, field
):
    county.round.posting_days = 5
    held_clock.move_to(clock.now().replace(year=2027))

    (fault,) = postings.faults(county.round, begins, ends)

    assert (fault.code, fault.field) == ("posting_calendar_missing", field)
    assert "2027 年的工作日历尚未启用" in fault.message


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("board.exe", b"MZ\x00\x00 not a picture"),
        SimpleUploadedFile("board.jpg", b"<script>alert(1)</script>"),
        SimpleUploadedFile("board.pdf", b""),
    ],
    ids=["program", "script as a picture", "empty"],
)
def test_a_file_that_is_not_taken_is_told_at_its_field_and_the_rest_is_kept(county, asking, file):
    refused = register(county.preparer, asking, file=file)

    assert refused.status_code == 422
    assert refused.context["proof_form"].errors["file"]
    assert Posting.objects.get().place == BOARD
    assert not Citation.objects.exists()


def test_a_file_is_kept_though_the_days_are_wrong(county, asking):
    refused = register(county.preparer, asking, posted_to="2026-03-17", file=proof())

    assert refused.status_code == 422
    assert "board.pdf" in refused.content.decode()
    assert Citation.objects.count() == 1


def test_a_proof_is_not_asked_for_while_it_still_hangs(county, asking):
    page = browser(county.preparer).get(address(asking))

    assert not page.context["proof_form"].fields["file"].required
    assert register(county.preparer, asking, posted_to="").status_code == 302


def test_a_proof_is_taken_away_until_it_was_handed_in_and_there_are_five_at_most(county, asking):
    for number in range(5):
        register(county.preparer, asking, file=proof(f"{number}.pdf", PDF + b"%" * number))
    sixth = register(county.preparer, asking, file=proof("6.pdf", PDF + b"%%%%%%"))
    assert "最多 5 个文件" in str(sixth.context["proof_form"].errors["file"])

    entry = Citation.objects.earliest("pk").entry_id
    assert register(county.preparer, asking, remove=str(entry)).status_code == 302
    assert Citation.objects.filter(removed_at=None).count() == 4
    assert register(county.preparer, asking, remove="999999").status_code == 404


def test_sent_back_others_read_what_was_handed_in_and_its_proof_stays(county, asking):
    county.prepare(asking)
    county.act("confirm", asking, county.head, truth_confirmed=True)
    register(county.head, asking, file=proof())
    county.act("submit", asking, county.head)
    county.act(
        "return_for_correction",
        asking,
        county.reviewer,
        opinion="请补充会议记录的签到页。",
        corrections={"NC-01": "请补充签到页。"},
    )
    entry = Citation.objects.get().entry_id

    kept = register(county.head, asking, remove=str(entry))
    assert kept.status_code == 422
    assert "已随申报提交的证明不能移除" in kept.content.decode()
    assert register(county.head, asking, place="村口公告栏").status_code == 302

    read = browser(county.reviewer).get(address(asking)).content.decode()
    assert BOARD in read
    assert "村口公告栏" not in read
    former = FormerValue.objects.get(field="place")
    assert (former.subject, former.value) == ("posting", BOARD)
    case = reverse("applications:case", args=[asking.pk])
    assert "公示地点" in browser(county.head).get(case).content.decode()


def test_what_another_wrote_meanwhile_is_shown_and_a_person_chooses(county, asking):
    sheet = Sheet(browser(county.preparer), address(asking))
    register(county.head, asking, place="村口公告栏")

    asked = sheet.send(place="村委会门口", posted_from=MONDAY)

    assert asked.status_code == 422
    assert "村口公告栏" in asked.content.decode()
    assert "村委会门口" in asked.content.decode()
    assert Posting.objects.get().place == "村口公告栏"


def test_the_database_refuses_a_posting_that_runs_backward(county):
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.create(
            application=county.start(), posted_from=date(2026, 3, 6), posted_to=date(2026, 3, 2)
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.update(posting_days=31)


def test_nobody_but_the_applicant_registers_it(county, asking):
    other = factories.seated(Role.PREPARER, county.beside().village)
    assert browser(other).get(address(asking)).status_code == 404
