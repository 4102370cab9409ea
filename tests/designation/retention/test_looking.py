"""What is due is announced, and goes when its notice is over; never what is held or stands."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from designation.administration.models import CountyTable, TableRow
from designation.administration.tables import bringing
from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.evidence import library
from designation.evidence.models import Citation, LibraryEntry
from designation.organizations.models import Role
from designation.register.models import Designation
from designation.retention import holds, looking
from designation.retention.models import Disposal, Outcome
from designation.retention.tasks import look_at_periods
from designation.site import clock
from designation.site.refusal import Refusal
from notifications.delivery import deliver_waiting
from notifications.models import Event, Message
from tests import factories
from tests.course import OPINION, PDF
from tests.designation.administration.filled_in import filled
from tests.designation.exports.test_taking import fetched, lines, taken

pytestmark = pytest.mark.django_db

REASON = "县审计局正在调阅这批材料。"
# The last day of a file of 2026 that is kept for ten years.
LAST_DAY = date(2036, 12, 31)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def file(county):
    return put_in(county)


def put_in(county, content=PDF, **more):
    sent = SimpleUploadedFile("会议纪要.pdf", content)
    return library.put_in(sent, holder=county.village, actor=county.preparer, **more)


def at(day, clock_):
    clock_.move_to(datetime(day.year, day.month, day.day, 2, tzinfo=UTC))


def days_before(count):
    return LAST_DAY - timedelta(days=count)


def in_store(entry):
    return default_storage.exists(str(entry.stored.file.name))


def listed(client, person, **asked):
    client.force_login(person)
    return client.get(reverse("retention:list"), asked).content.decode()


# Announced


def test_nothing_is_announced_before_the_time_of_the_notice(file, held_clock):
    at(days_before(31), held_clock)
    assert look_at_periods() == (0, 0)

    at(days_before(30), held_clock)
    assert look_at_periods() == (1, 0)
    assert look_at_periods() == (0, 0)


def test_the_notice_says_what_goes_how_many_and_when_to_those_who_look_after_it(
    client, county, file, held_clock
):
    county.coordinator  # noqa: B018 - their seat
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    at(days_before(30), held_clock)

    look_at_periods()
    deliver_waiting()

    told = Message.objects.filter(event__action="disposal.announce")
    assert {one.person for one in told} == {county.coordinator, administrator}
    said = told.first()
    assert said.subject == "1 项内容保管期限将满，2037年1月1日(周四)起销毁。"
    assert "佐证材料等上传的文件" in said.body
    assert "归档" in said.body
    page = listed(client, county.coordinator)
    assert file.title in page
    assert "保管到 2036年12月31日(周三)" in page


def test_what_was_due_long_ago_gets_its_notice_in_full(file, held_clock):
    at(date(2040, 5, 1), held_clock)

    assert look_at_periods() == (1, 0)

    assert Disposal.objects.get().goes_on == date(2040, 5, 31)
    assert in_store(file)


# Gone


def test_what_was_announced_and_not_held_goes_and_its_hash_and_the_fact_stay(file, held_clock):
    at(days_before(30), held_clock)
    look_at_periods()
    at(LAST_DAY, held_clock)
    assert look_at_periods() == (0, 0)

    at(LAST_DAY + timedelta(days=1), held_clock)
    assert look_at_periods() == (0, 1)

    gone = Disposal.objects.get()
    entry = LibraryEntry.objects.get(pk=file.pk)
    sha256 = hashlib.sha256(PDF).hexdigest()
    assert (gone.outcome, gone.sha256, gone.size) == (Outcome.DESTROYED, sha256, len(PDF))
    assert entry.taken_out_reason == "保管期限已满，通知后无人暂缓，按期销毁。"
    assert entry.stored.erased_at is not None
    event = AuditEvent.objects.get(action="disposal.destroy")
    assert (event.details["sha256"], event.actor) == (sha256, None)


@pytest.mark.django_db(transaction=True)
def test_the_content_is_erased_from_the_storage(reference_data, county, held_clock):
    file = put_in(county)
    at(days_before(30), held_clock)
    look_at_periods()
    at(LAST_DAY + timedelta(days=1), held_clock)

    look_at_periods()

    assert not in_store(file)


def test_a_content_that_another_library_keeps_longer_stays(county, file, held_clock):
    longer = put_in_by_the_township(county)
    at(days_before(30), held_clock)
    look_at_periods()
    at(LAST_DAY + timedelta(days=1), held_clock)

    look_at_periods()

    assert LibraryEntry.objects.get(pk=file.pk).taken_out_at is not None
    assert longer.stored.erased_at is None
    assert in_store(longer)


def put_in_by_the_township(county):
    holder = factories.VillageFactory(superior=county.township)
    preparer = factories.seated(Role.PREPARER, holder)
    sent = SimpleUploadedFile("会议纪要.pdf", PDF)
    return library.put_in(sent, holder=holder, actor=preparer, retention="thirty_years")


def test_what_is_kept_for_ever_never_goes(county, held_clock):
    put_in(county, retention="permanent")
    at(date(2126, 1, 1), held_clock)

    assert look_at_periods() == (0, 0)


def test_a_batch_is_bounded(county, held_clock, monkeypatch):
    monkeypatch.setattr(looking, "BATCH", 1)
    monkeypatch.setattr(looking, "MOST_DESTROYED", 2)
    for number in range(3):
        put_in(county, PDF + b"%d" % number)
    at(days_before(30), held_clock)
    look_at_periods()
    at(LAST_DAY + timedelta(days=1), held_clock)

    assert look_at_periods() == (0, 2)
    assert look_at_periods() == (0, 1)


# What stands


def test_the_files_of_an_open_case_are_neither_announced_nor_destroyed(county, held_clock):
    county.at(Stage.SUBMITTED)
    at(date(2060, 1, 1), held_clock)

    looking.announce("files")

    assert not Disposal.objects.exists()


def test_the_files_of_a_valid_title_stay_until_it_has_ended(county, held_clock):
    county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    LibraryEntry.objects.update(dated_on=date(2010, 3, 1))
    looking.announce("files")
    assert not Disposal.objects.exists()

    at(Designation.objects.get().valid_until + timedelta(days=1), held_clock)
    looking.announce("files")
    assert Disposal.objects.filter(holder=county.village.name_zh).exists()


def test_what_comes_into_force_after_the_notice_is_withdrawn(county, file, held_clock):
    at(days_before(30), held_clock)
    look_at_periods()
    LibraryEntry.objects.update(retention="thirty_years")
    at(LAST_DAY + timedelta(days=1), held_clock)

    assert look_at_periods() == (0, 0)

    assert Disposal.objects.get().outcome == Outcome.WITHDRAWN
    assert in_store(file)


# Held


@pytest.fixture
def announced(file, held_clock):
    at(days_before(30), held_clock)
    look_at_periods()
    return Disposal.objects.get()


def test_what_is_held_stays_with_reason_and_name_on_record(
    client, county, file, announced, held_clock
):
    client.force_login(county.coordinator)
    page = f"{reverse('retention:hold')}?row={announced.pk}"

    shown = client.post(page, {"reason": REASON}, follow=True).content.decode()

    assert "已办理 1 项" in shown
    at(LAST_DAY + timedelta(days=400), held_clock)
    assert look_at_periods() == (0, 0)
    assert in_store(file)
    hold = announced.holds.get()
    assert (hold.by, hold.role, hold.reason) == (county.coordinator, "county_coordinator", REASON)
    assert AuditEvent.objects.get(action="disposal.hold").details["reason"] == REASON
    assert REASON in listed(client, county.coordinator, state="held")


def test_the_second_of_two_hands_is_told_that_it_is_held_already(county, announced):
    holds.hold([announced.pk], reason=REASON, actor=county.coordinator)
    other = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)

    with pytest.raises(Refusal, match="已经暂缓"):
        holds.hold([announced.pk], reason=REASON, actor=other)
    holds.lift([announced.pk], reason=REASON, actor=county.coordinator)
    with pytest.raises(Refusal, match="没有暂缓"):
        holds.lift([announced.pk], reason=REASON, actor=other)


def test_a_hold_that_is_lifted_leaves_the_time_of_another_notice(county, announced, held_clock):
    holds.hold([announced.pk], reason=REASON, actor=county.coordinator)
    at(LAST_DAY + timedelta(days=90), held_clock)

    holds.lift([announced.pk], reason="审计调阅已经结束，可以销毁。", actor=county.coordinator)

    assert look_at_periods() == (0, 0)
    held_clock.move(timedelta(days=30))
    assert look_at_periods() == (0, 1)


def test_all_that_the_list_shows_is_held_at_once(client, county, file, held_clock):
    put_in(county, PDF + b"%2")
    at(days_before(30), held_clock)
    look_at_periods()
    client.force_login(county.coordinator)

    client.post(f"{reverse('retention:hold')}?kept_class=files", {"reason": REASON})

    assert Disposal.objects.held().count() == 2


def test_a_short_reason_is_told_at_its_field_and_holds_nothing(client, county, announced):
    client.force_login(county.coordinator)
    page = f"{reverse('retention:hold')}?row={announced.pk}"

    answer = client.post(page, {"reason": "要用"})

    assert answer.status_code == 422
    assert "请写明理由，不少于 10 个字。" in answer.content.decode()
    assert "要用" in answer.content.decode()
    assert not announced.holds.exists()


def test_nobody_else_holds_or_reads_it(client, county, announced):
    with pytest.raises(Refusal, match="只有县级经办人和系统管理员"):
        holds.hold([announced.pk], reason=REASON, actor=county.preparer)
    client.force_login(county.preparer)
    assert client.get(reverse("retention:list")).status_code == 404


def test_what_has_gone_is_not_held_any_more(county, announced, held_clock):
    at(LAST_DAY + timedelta(days=1), held_clock)
    look_at_periods()

    with pytest.raises(Refusal, match="已经办理"):
        holds.hold([announced.pk], reason=REASON, actor=county.coordinator)


# The destruction register


def test_the_destruction_register_is_taken_away_as_every_list(
    client, county, announced, held_clock
):
    at(LAST_DAY + timedelta(days=1), held_clock)
    look_at_periods()

    answer = taken(
        client,
        county.coordinator,
        table="disposals",
        kind="csv",
        asked="state=destroyed",
        columns=["label", "sha256", "settled_at", "by"],
    )

    assert lines(fetched(client, answer))[1][1:] == [
        announced.label,
        announced.sha256,
        f"2037-01-01 {clock.now().astimezone(clock.SHANGHAI):%H:%M}",
        "系统按保管期限，通知后无人暂缓",
    ]


# Messages and tables


def test_messages_of_what_is_over_go_after_three_years_and_those_of_what_stands_stay(
    county, held_clock
):
    county.at(Stage.SUBMITTED)
    factories.SeatFactory(role=Role.VERIFIER, jurisdiction=county.jurisdiction)
    standing = Event.objects.filter(subject_type="applications.application")
    kept = standing.count()
    over = standing.first()
    over.pk, over.subject_type, over.subject_id = None, "organizations.seat", "1"
    over.save()
    deliver_waiting()
    at(date(2029, 3, 2), held_clock)

    looking.announce("messages")
    assert Disposal.objects.get().label == "2026年3月的消息"
    at(date(2029, 4, 2), held_clock)
    looking.destroy("messages")

    gone = Disposal.objects.get()
    assert (gone.outcome, gone.count) == (Outcome.DESTROYED, 1)
    assert standing.count() == kept
    assert not Event.objects.filter(subject_type="organizations.seat").exists()


def test_the_rows_of_a_county_table_go_after_a_year_and_the_table_stays_on_record(
    county, held_clock
):
    bringer = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    table = filled(people=[{"username": "a.new", "full_name": "新人"}])
    bringing.bring("a.xlsx", table, actor=bringer)
    at(date(2027, 2, 10), held_clock)

    looking.announce("county_tables")
    at(date(2027, 3, 15), held_clock)
    looking.destroy("county_tables")

    assert Disposal.objects.get().outcome == Outcome.DESTROYED
    assert not TableRow.objects.exists()
    assert CountyTable.objects.exists()


# Personal data


def decided_with(county):
    """An application that was handed in with files, one of them marked, and then rejected."""
    application = county.at(Stage.SUBMITTED)
    entry = library_of(application).earliest("pk")
    LibraryEntry.objects.filter(pk=entry.pk).update(sensitivity="personal")
    county.act("reject", application, county.reviewer, opinion=OPINION)
    application.refresh_from_db()
    return application, LibraryEntry.objects.get(pk=entry.pk)


def library_of(application):
    return LibraryEntry.objects.filter(pk__in=application.evidence.values("entry"))


def ends_of(application):
    return application.stage_since.astimezone(clock.SHANGHAI).date() + timedelta(days=365)


def of_personal():
    return Disposal.objects.filter(kept_class="personal_files")


def test_personal_data_are_announced_eleven_months_after_the_decision_and_go_after_twelve(
    client, county, held_clock
):
    application, roster = decided_with(county)
    others = library_of(application).exclude(pk=roster.pk)
    last = ends_of(application)
    at(last - timedelta(days=31), held_clock)
    assert look_at_periods() == (0, 0)

    at(last - timedelta(days=30), held_clock)
    assert look_at_periods() == (1, 0)
    announced = of_personal().get()
    assert (announced.label, announced.kept_until) == (roster.title, last)
    assert "含个人信息的材料" in listed(client, county.coordinator)
    at(last, held_clock)
    assert look_at_periods() == (0, 0)

    at(last + timedelta(days=1), held_clock)
    assert look_at_periods() == (0, 1)

    roster.refresh_from_db()
    assert roster.taken_out_reason.startswith("含个人信息，申报办结已满 12 个月")
    assert roster.stored.erased_at is not None
    assert not others.filter(taken_out_at__isnull=False).exists()
    assert of_personal().get().outcome == Outcome.DESTROYED


def test_what_was_handed_in_keeps_the_name_and_the_hash_of_what_went(county, held_clock):
    application, roster = decided_with(county)
    before = application.submission.content
    at(ends_of(application) - timedelta(days=30), held_clock)
    look_at_periods()
    at(ends_of(application) + timedelta(days=1), held_clock)
    look_at_periods()

    application.submission.refresh_from_db()

    assert application.submission.content == before
    said = str(application.submission.content)
    assert roster.title in said
    assert roster.stored.sha256 in said
    event = AuditEvent.objects.get(action="disposal.destroy")
    assert event.details["sha256"] == roster.stored.sha256


def test_personal_data_of_a_valid_title_go_and_its_other_files_stay(county, held_clock):
    application = county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    roster = library_of(application).earliest("pk")
    LibraryEntry.objects.filter(pk=roster.pk).update(sensitivity="personal")
    at(ends_of(application) - timedelta(days=30), held_clock)
    look_at_periods()
    at(ends_of(application) + timedelta(days=1), held_clock)

    assert look_at_periods() == (0, 1)

    assert Designation.objects.get().valid_until > clock.today()
    assert [one.pk for one in LibraryEntry.objects.exclude(taken_out_at=None)] == [roster.pk]


def test_personal_data_of_a_case_under_way_stay_however_old_another_decision_is(county, held_clock):
    application, roster = decided_with(county)
    under_way = county.beside().at(Stage.SUBMITTED)
    under_way.evidence.filter(pk=under_way.evidence.earliest("pk").pk).update(entry=roster)
    at(ends_of(application) + timedelta(days=1), held_clock)

    assert look_at_periods() == (0, 0)


def test_of_two_decisions_the_last_one_counts(county, held_clock):
    later = county.beside().at(Stage.SUBMITTED)
    application, roster = decided_with(county)
    later.evidence.filter(pk=later.evidence.earliest("pk").pk).update(entry=roster)
    held_clock.move(timedelta(days=100))
    county.act("reject", later, county.reviewer, opinion=OPINION)
    later.refresh_from_db()

    at(ends_of(application) + timedelta(days=1), held_clock)
    assert look_at_periods() == (0, 0)
    at(ends_of(later) - timedelta(days=30), held_clock)

    assert look_at_periods() == (1, 0)


def test_personal_data_that_are_held_stay_until_the_hold_is_lifted(county, held_clock):
    application, _roster = decided_with(county)
    at(ends_of(application) - timedelta(days=30), held_clock)
    look_at_periods()
    (due,) = of_personal()
    holds.hold([due.pk], reason=REASON, actor=county.coordinator)
    at(ends_of(application) + timedelta(days=60), held_clock)
    assert look_at_periods() == (0, 0)

    holds.lift([due.pk], reason=REASON, actor=county.coordinator)
    assert look_at_periods() == (0, 0)
    at(clock.today() + timedelta(days=30), held_clock)

    assert look_at_periods() == (0, 1)


def test_personal_data_that_nothing_cites_keep_the_period_of_their_file(county, held_clock):
    put_in(county, sensitivity="personal")
    at(days_before(30), held_clock)

    assert look_at_periods() == (1, 0)

    assert Disposal.objects.get().kept_class == "files"


def test_personal_data_in_the_papers_of_a_notice_keep_the_period_of_their_file(county, held_clock):
    """It stands for more than one case."""
    application, roster = decided_with(county)
    Citation.objects.create(
        entry=roster,
        subject_type="workflows.notice",
        subject_id=1,
        cited_at=clock.now(),
        cited_by=county.coordinator,
    )
    at(ends_of(application) + timedelta(days=1), held_clock)

    assert look_at_periods() == (0, 0)


def test_what_was_marked_as_ordinary_after_the_notice_is_withdrawn(county, held_clock):
    application, roster = decided_with(county)
    at(ends_of(application) - timedelta(days=30), held_clock)
    look_at_periods()
    LibraryEntry.objects.filter(pk=roster.pk).update(sensitivity="ordinary")
    at(ends_of(application) + timedelta(days=1), held_clock)

    assert look_at_periods() == (0, 0)

    assert of_personal().get().outcome == Outcome.WITHDRAWN
