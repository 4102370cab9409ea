"""What-if: asked for on a page, carried out by a worker, told in words, tables and files."""

import csv
import io
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from kombu.exceptions import OperationalError
from openpyxl import load_workbook

from authoring.replays import requesting
from authoring.replays import running as replaying
from authoring.replays.models import Basis, Replay, ReplayFlip
from designation.applications.models import Application, Stage
from designation.audit.models import AuditEvent
from designation.celery import app
from designation.organizations.models import Role
from designation.rounds.models import Veto
from designation.site.jobs import running, waking
from designation.site.jobs.models import Job, State
from designation.site.tasks import resend_jobs, run_job
from standards import copying, values
from standards.catalogue import published
from standards.models import Check
from tests import factories
from tests.course import passing_value
from tests.handed_in import frozen, hand_in, passing
from tests.own_standards import OwnStandards
from workflows.stages.verification.models import Measurement, Visit

pytestmark = pytest.mark.django_db
RATE = "NC-09-C2"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def as_manager(client, own):
    client.force_login(own.manager)
    return client


def page(name, *args):
    return reverse(f"replays:{name}", args=args)


def handed_in(county, *rates, **changes):
    """Applications that pass everything, save what their satisfaction rate decides."""
    standard = published(county.round_category.standard_id)
    good = passing(county) | {code.replace("_", "-"): value for code, value in changes.items()}
    return hand_in(county, [frozen(standard, good | {RATE: rate}) for rate in rates])


def wanted(county, own, *, version=None, basis=Basis.DECLARED, **thresholds):
    return requesting.request(
        county.round_category,
        version or county.round_category.standard,
        thresholds={code.replace("_", "-"): value for code, value in thresholds.items()},
        basis=basis,
        actor=own.manager,
    )


def carried_out(county, own, **given):
    replay = wanted(county, own, **given)
    run_job(replay.job_id)
    replay.refresh_from_db()
    return replay


def told(client, replay, **filters):
    answer = client.get(page("detail", replay.pk), filters)
    assert answer.status_code == 200
    return answer.content.decode()


def close_file(answer):
    """The file that is sent, but not the test's own database connection with it."""
    for close in answer._resource_closers:
        close()


def measure_all(county, visit, rate):
    """A visit measured, and its record released by the decision."""
    visit.released_at = county.round.opens_at
    visit.save()
    standard = published(county.round_category.standard_id)
    for item in visit.application.standard.items.order_by("order"):
        measured = {
            check.code: values.to_json(passing_value(check, "verification"))
            for check in standard.item(item.code).checks
        }
        Measurement.objects.create(
            visit=visit,
            item=item,
            values=measured | ({RATE: rate} if RATE in measured else {}),
            measured_by=county.coordinator,
            measured_at=county.round.opens_at,
        )


# Asking for one


def test_a_manager_changes_one_threshold_and_reads_who_falls_and_by_which_check(
    as_manager, county, own
):
    handed_in(county, 80, 85, 90, 95)
    address = page("begin", county.round_category.pk)
    form = as_manager.get(address).context["form"]
    typed = {field.html_name: field.value() for field in form}

    answer = as_manager.post(address, typed | {f"threshold-{RATE}": "88"})
    replay = Replay.objects.get()
    run_job(replay.job_id)
    content = told(as_manager, replay)

    assert answer.url == page("detail", replay.pk)
    assert replay.thresholds == {RATE: 88}
    assert "共 4 份申报：原来 4 份达标，现在 2 份达标。" in content
    assert "2 份由达标变为不达标，0 份由不达标变为达标。" in content
    assert content.count("✕ 由达标变为不达标") == 2
    assert "党员和群众对“两委”干部满意度：不低于 88%" in content
    assert "原来：党员和群众对“两委”干部满意度：不低于 80%" in content


def test_the_same_standard_with_nothing_changed_is_not_replayed(as_manager, county):
    address = page("begin", county.round_category.pk)
    form = as_manager.get(address).context["form"]

    answer = as_manager.post(address, {field.html_name: field.value() for field in form})

    assert answer.status_code == 422
    assert "请换一个版本，或改动指标值。" in answer.content.decode()
    assert not Replay.objects.exists()


@pytest.mark.parametrize("typed", ["101", "-1", "许多", ""])
def test_a_threshold_that_cannot_be_is_refused_and_what_was_typed_stays(as_manager, county, typed):
    address = page("begin", county.round_category.pk)
    form = as_manager.get(address).context["form"]
    data = {field.html_name: field.value() for field in form}

    answer = as_manager.post(address, data | {f"threshold-{RATE}": typed, "basis": "measured"})
    form = answer.context["form"]

    assert answer.status_code == 422
    assert form.errors.keys() == {f"threshold-{RATE}"}
    assert form[f"threshold-{RATE}"].value() == typed
    assert "<details open>" in answer.content.decode()


def test_one_person_has_one_replay_under_way(as_manager, county, own):
    replay = wanted(county, own, NC_09_C2=90)
    address = page("begin", county.round_category.pk)
    form = as_manager.get(address).context["form"]
    data = {field.html_name: field.value() for field in form} | {f"threshold-{RATE}": "88"}

    refused = as_manager.post(address, data)
    Job.objects.update(state=State.DONE, ended_at=replay.job.asked_at)
    taken = as_manager.post(address, data)

    assert refused.status_code == 422
    assert "您有一个推演还没有结束。" in refused.content.decode()
    assert taken.status_code == 302


def test_offered_are_drafts_of_the_area_and_none_of_another_county(as_manager, county, own):
    elsewhere = factories.JurisdictionFactory(code="350102000000", name_zh="他县")
    foreign = OwnStandards(elsewhere).draft
    address = page("begin", county.round_category.pk)

    offered = as_manager.get(address, {"version": own.draft.pk}).context

    assert offered["version"] == own.draft
    assert foreign not in offered["versions"]
    assert as_manager.get(address, {"version": foreign.pk}).status_code == 404


def test_a_draft_without_checks_is_not_offered(as_manager, county, own):
    Check.objects.filter(item__version=own.draft).delete()

    offered = as_manager.get(page("begin", county.round_category.pk)).context["versions"]

    assert own.draft not in offered


def test_the_ways_in_lead_from_the_round_the_draft_and_the_standards(as_manager, county, own):
    for address in (
        reverse("rounds:detail", args=[county.round.pk]),
        reverse("drafting:draft", args=[own.draft.pk]),
    ):
        assert page("choose") in as_manager.get(address).content.decode()
    assert page("list") in as_manager.get(reverse("standards:list")).content.decode()

    narrowed = as_manager.get(page("choose"), {"version": own.draft.pk, "round": county.round.pk})
    assert f"{page('begin', county.round_category.pk)}?version={own.draft.pk}" in (
        narrowed.content.decode()
    )


def test_the_rounds_to_choose_say_how_much_was_handed_in(as_manager, county):
    kept = handed_in(county, 80, 85, 90)
    Application.objects.filter(pk=kept[0]).update(stage=Stage.WITHDRAWN)

    shown = as_manager.get(page("choose"))

    assert [entry.handed_in for entry in shown.context["entries"]] == [2]
    assert "2 份" in shown.content.decode()


def test_another_category_of_draft_leaves_no_round_to_choose(as_manager, county, own):
    answer = as_manager.get(page("choose"), {"version": own.published.pk})

    assert "没有可以推演的批次" in answer.content.decode()


# What is judged


def test_a_draft_is_replayed_as_it_stands(as_manager, county, own):
    handed_in(county, 80, 95)
    Check.objects.filter(item__version=own.draft, code=RATE).update(threshold=90)

    replay = carried_out(county, own, version=own.draft)

    assert [flip.check_codes for flip in replay.flips.all()] == [[RATE]]
    assert (replay.result["falls"], replay.result["rises"]) == (1, 0)


def test_a_check_asked_anew_fails_nobody_and_is_counted_apart(as_manager, county, own):
    handed_in(county, 95, 95)
    item = own.draft.items.get(code="NC-09")
    Check.objects.create(
        item=item,
        code="NC-09-C9",
        order=99,
        kind="number_at_least",
        metric="hours",
        metric_zh="志愿服务时长",
        unit="项",
        threshold=3,
        strictness="strict",
        scope="current",
        phrase=item.text[:4],
    )
    content = told(as_manager, carried_out(county, own, version=own.draft))

    assert "另有 2 份只差新增的检查点" in content
    assert "志愿服务时长" in content
    assert "没有一份因为所填的数值改变结论。" in content


def test_the_rounds_vetoes_stand_in_both(county, own):
    code = "NC-03-C4"
    assert published(county.round_category.standard_id).check(code).kind == "must_be_false"
    Veto.objects.create(round=county.round, check_code=code, document="县委〔2026〕1号")
    handed_in(county, 95, NC_03_C4=True)

    replay = carried_out(county, own, NC_09_C2=90)

    assert replay.result["passed_before"] == 0
    assert replay.result["falls"] == 0


def test_what_was_taken_back_and_other_rounds_are_left_out(county, own):
    _first, second, third = handed_in(county, 80, 80, 80)
    Application.objects.filter(pk=second).update(stage=Stage.WITHDRAWN)
    Application.objects.filter(pk=third).update(round=factories.RoundFactory())

    assert carried_out(county, own, NC_09_C2=90).result["rows"] == 1


def test_measured_values_are_those_of_the_last_visit(county, own):
    keys = handed_in(county, 95, 95)
    first, _never_visited = Application.objects.filter(pk__in=keys).order_by("pk")
    for rate in (95, 85):
        visit = Visit.objects.create(
            application=first,
            planned_on=county.round.opens_at.date(),
            place="村委会",
            arranged_by=county.coordinator,
            closed_at=county.round.opens_at,
        )
        measure_all(county, visit, rate)

    replay = carried_out(county, own, basis=Basis.MEASURED, NC_09_C2=90)

    assert replay.result["rows"] == 1
    assert replay.flips.get().check_codes == [RATE]


def test_a_lower_threshold_lifts_those_it_held_back(as_manager, county, own):
    handed_in(county, 70, 95)

    content = told(as_manager, carried_out(county, own, NC_09_C2=60))

    assert "0 份由达标变为不达标，1 份由不达标变为达标。" in content
    assert content.count("✓ 由不达标变为达标") == 1


def test_batches_make_no_difference(county, own, monkeypatch):
    handed_in(county, *range(70, 100))
    whole = carried_out(county, own, NC_09_C2=90)
    monkeypatch.setattr(replaying, "CHUNK", 7)
    pieces = carried_out(county, own, NC_09_C2=90)

    assert whole.result == pieces.result
    assert whole.result["rows"] == 30
    assert (whole.job.done, whole.job.total) == (pieces.job.done, pieces.job.total) == (30, 30)
    assert pieces.flips.count() == whole.flips.count() == 10


# Its course


def test_progress_is_told_while_it_runs_and_the_page_then_stops_asking(as_manager, county, own):
    handed_in(county, 80)
    replay = wanted(county, own, NC_09_C2=90)
    Job.objects.update(state=State.RUNNING, total=400, done=100)

    asked = as_manager.get(page("detail", replay.pk), headers=HTMX)
    Job.objects.update(state=State.DONE, ended_at=replay.job.asked_at)
    ended = as_manager.get(page("detail", replay.pk), headers=HTMX)

    assert "已推演 100 份，共 400 份。" in asked.content.decode()
    assert 'hx-trigger="every 2s"' in asked.content.decode()
    assert ended.headers["HX-Refresh"] == "true"


def test_a_replay_cancelled_half_way_stops_and_leaves_nothing(as_manager, county, own, monkeypatch):
    handed_in(county, 80, 81, 82, 83)
    monkeypatch.setattr(replaying, "CHUNK", 1)
    replay = wanted(county, own, NC_09_C2=90)
    read_on, read = replaying.rows_after, []

    def cancelled_after_two(replay, last):
        read.append(read_on(replay, last))
        if len(read) == 3:
            asked = as_manager.post(page("cancel", replay.pk), follow=True).content.decode()
            assert "正在取消：手上这一批做完就停，不留下结果。" in asked
            assert "取消推演" not in asked
        return read[-1]

    monkeypatch.setattr(replaying, "rows_after", cancelled_after_two)
    run_job(replay.job_id)
    replay.refresh_from_db()

    assert (replay.job.state, replay.job.done, len(read)) == (State.CANCELLED, 2, 3)
    assert not ReplayFlip.objects.exists()
    assert "推演已取消，没有留下结果" in told(as_manager, replay)


def test_a_cancelled_replay_is_not_begun(as_manager, county, own):
    handed_in(county, 80)
    replay = wanted(county, own, NC_09_C2=90)
    as_manager.post(page("cancel", replay.pk))

    run_job(replay.job_id)
    replay.refresh_from_db()

    assert (replay.job.state, replay.job.attempt) == (State.CANCELLED, 0)


def test_what_has_ended_cannot_be_cancelled(as_manager, county, own):
    replay = carried_out(county, own, NC_09_C2=90)

    answer = as_manager.post(page("cancel", replay.pk), follow=True)
    replay.refresh_from_db()

    assert replay.job.state == State.DONE
    assert "推演已经结束，没有可以取消的。" in answer.content.decode()


def test_two_messages_for_one_replay_run_it_once(county, own):
    handed_in(county, 80)
    replay = carried_out(county, own, NC_09_C2=90)

    run_job(replay.job_id)
    replay.refresh_from_db()

    assert (replay.job.attempt, replay.flips.count()) == (1, 1)


def killed_after(chunks, monkeypatch):
    """The worker dies once it has committed so many chunks."""
    read_on, read = replaying.rows_after, []

    def killed(replay, last):
        if len(read) == chunks:
            raise KeyboardInterrupt
        read.append(last)
        return read_on(replay, last)

    monkeypatch.setattr(replaying, "rows_after", killed)


def test_a_replay_whose_worker_died_goes_on_where_it_was(county, own, held_clock, monkeypatch):
    handed_in(county, 80, 95, 81, 95, 82)
    whole = carried_out(county, own, NC_09_C2=90)
    monkeypatch.setattr(replaying, "CHUNK", 2)
    replay = wanted(county, own, NC_09_C2=90)
    with monkeypatch.context() as patch:
        killed_after(2, patch)
        with pytest.raises(KeyboardInterrupt):
            run_job(replay.job_id)
    replay.refresh_from_db()
    assert (replay.job.state, replay.job.done, replay.flips.count()) == (State.RUNNING, 4, 2)

    held_clock.move(running.UNHEARD + timedelta(seconds=1))
    run_job(replay.job_id)
    replay.refresh_from_db()

    assert (replay.job.state, replay.job.attempt, replay.job.done) == (State.DONE, 2, 5)
    assert replay.result == whole.result
    assert flipped(replay) == flipped(whole)


def flipped(replay):
    return list(replay.flips.order_by("application").values_list("application", "check_codes"))


def test_a_draft_that_changed_between_two_workers_is_judged_anew_as_a_whole(
    county, own, held_clock, monkeypatch
):
    handed_in(county, 80, 85, 95)
    monkeypatch.setattr(replaying, "CHUNK", 1)
    replay = wanted(county, own, version=own.draft)
    Check.objects.filter(item__version=own.draft, code=RATE).update(threshold=90)
    with monkeypatch.context() as patch:
        killed_after(1, patch)
        with pytest.raises(KeyboardInterrupt):
            run_job(replay.job_id)
    assert replay.flips.count() == 1

    Check.objects.filter(item__version=own.draft, code=RATE).update(threshold=82)
    held_clock.move(running.UNHEARD + timedelta(seconds=1))
    run_job(replay.job_id)
    replay.refresh_from_db()

    assert (replay.job.state, replay.job.done, replay.result["falls"]) == (State.DONE, 3, 1)
    assert replay.flips.count() == 1


@pytest.mark.parametrize(("basis", "each"), [(Basis.DECLARED, 5), (Basis.MEASURED, 6)])
def test_a_chunk_costs_the_same_statements_however_long(county, own, basis, each, monkeypatch):
    keys = handed_in(county, *([80] * 12))
    for application in Application.objects.filter(pk__in=keys):
        visit = Visit.objects.create(
            application=application,
            planned_on=county.round.opens_at.date(),
            place="村委会",
            arranged_by=county.coordinator,
            closed_at=county.round.opens_at,
        )
        measure_all(county, visit, 85)

    def statements(chunk):
        monkeypatch.setattr(replaying, "CHUNK", chunk)
        replay = wanted(county, own, basis=basis, NC_09_C2=90)
        with CaptureQueriesContext(connection) as captured:
            run_job(replay.job_id)
        assert replay.flips.count() == 12
        return len(captured)

    # Reading; the chunk's own transaction, begun and ended; what turned round; how far it is.
    assert statements(3) - statements(4) == each
    assert statements(2) - statements(3) == 2 * each


def test_a_message_that_was_lost_is_sent_again_after_a_minute(county, own, held_clock, monkeypatch):
    replay = wanted(county, own, NC_09_C2=90)
    sent = []
    monkeypatch.setattr(waking, "send", sent.append)

    resend_jobs()
    held_clock.move(running.UNSENT + timedelta(seconds=1))
    resend_jobs()

    assert sent == [replay.job_id]


def test_without_a_broker_it_waits_in_the_queue(
    as_manager, county, own, monkeypatch, django_capture_on_commit_callbacks, caplog
):
    def gone(*_args):
        raise OperationalError

    monkeypatch.setattr(app, "send_task", gone)
    with django_capture_on_commit_callbacks(execute=True):
        replay = wanted(county, own, NC_09_C2=90)
    waking.wake_up.settle()

    assert "排队中" in told(as_manager, replay)
    assert "stays in the queue" in caplog.text


def test_a_broker_that_hangs_does_not_hold_the_page(
    as_manager, county, monkeypatch, django_capture_on_commit_callbacks
):
    answers, sent = Event(), []
    monkeypatch.setattr(app, "send_task", lambda *told: (answers.wait(30), sent.append(told)))
    address = page("begin", county.round_category.pk)
    form = as_manager.get(address).context["form"]
    typed = {field.html_name: field.value() for field in form} | {f"threshold-{RATE}": "88"}

    with django_capture_on_commit_callbacks(execute=True):
        answer = as_manager.post(address, typed)
    assert answer.status_code == 302
    assert sent == [], "the page came although the broker has not answered"
    answers.set()
    waking.wake_up.settle()

    assert sent == [(run_job.name, [Replay.objects.get().job_id])]


def test_a_draft_thrown_away_meanwhile_is_said_to_be_gone(as_manager, county, own):
    replay = wanted(county, own, version=own.draft)
    Replay.objects.update(version=None)

    run_job(replay.job_id)

    content = told(as_manager, replay)
    assert "试用的草稿已被放弃，不能再推演。" in content
    assert "（草稿已放弃）" in content


def test_an_unforeseen_fault_is_told_and_another_may_be_begun(
    as_manager, county, own, monkeypatch, caplog
):
    def broken(*_given):
        raise RuntimeError("out of order")

    monkeypatch.setattr(replaying, "comparison", broken)
    replay = carried_out(county, own, NC_09_C2=90)

    assert replay.job.state == State.FAILED
    assert "推演中途出错，没有结果。" in told(as_manager, replay)
    assert "out of order" in caplog.text


def test_a_round_without_submissions_says_so(as_manager, county, own):
    declared = carried_out(county, own, NC_09_C2=90)
    measured = carried_out(county, own, basis=Basis.MEASURED, NC_09_C2=90)

    assert "还没有组织提交申报" in told(as_manager, declared)
    assert "可以改用各组织申报的数值再推演" in told(as_manager, measured)


# Who learns what


def test_a_manager_reads_the_names_and_a_coordinator_may_open_the_cases(client, county, own):
    (key,) = handed_in(county, 80)
    replay = carried_out(county, own, NC_09_C2=90)
    case = reverse("applications:case", args=[key])

    client.force_login(own.manager)
    assert case not in told(client, replay)
    client.force_login(county.coordinator)
    content = told(client, replay)
    assert case in content
    assert "第0号村党支部" in content


def test_the_organizations_are_narrowed_by_what_befell_them_and_by_check(as_manager, county, own):
    standard = published(county.round_category.standard_id)
    good = passing(county)
    hand_in(
        county,
        [
            frozen(standard, good | {RATE: 80}),
            frozen(standard, good | {RATE: 95, "NC-08-C7": 2}),
            frozen(standard, good | {RATE: 95}),
        ],
    )
    replay = carried_out(county, own, NC_09_C2=90, NC_08_C7=2)

    def names(**filters):
        return [
            row["flip"].application.organization.name
            for row in as_manager.get(page("detail", replay.pk), filters).context["rows"]
        ]

    assert names() == ["第0号村党支部", "第1号村党支部"]
    assert names(turn="falls") == names(check=RATE) == ["第0号村党支部"]
    assert names(turn="rises") == names(check="NC-08-C7") == ["第1号村党支部"]
    assert names(check="NC-99-C1", turn="sideways") == names()


def test_the_pages_cost_the_same_whatever_the_number(
    as_manager, county, own, django_assert_num_queries
):
    handed_in(county, *([80] * 40))
    replay = carried_out(county, own, NC_09_C2=90)
    for _more in range(3):
        carried_out(county, own, NC_09_C2=90)
    as_manager.get(page("list"))

    with django_assert_num_queries(6):
        as_manager.get(page("list"))
    with django_assert_num_queries(7):
        as_manager.get(page("detail", replay.pk))
    with django_assert_num_queries(5):
        as_manager.get(page("choose"))


# Taking it away


def test_the_table_leaves_as_csv_that_no_spreadsheet_runs(as_manager, county, own):
    (key,) = handed_in(county, 80)
    organization = Application.objects.get(pk=key).organization
    organization.name_zh = "=HYPERLINK(1)"
    organization.save()
    replay = carried_out(county, own, NC_09_C2=90)

    answer = as_manager.get(page("csv", replay.pk))
    text = b"".join(answer.streaming_content).decode()
    heading, row = csv.reader(io.StringIO(text.removeprefix("\ufeff")))

    assert text.startswith("\ufeff")
    assert heading == ["组织", "区划代码", "变化", "检查点", "要求"]
    assert row[0] == "'=HYPERLINK(1)"
    assert row[2:4] == ["由达标变为不达标", RATE]
    assert AuditEvent.objects.filter(action="replay.export").count() == 1


def test_the_workbook_has_the_checks_and_the_organizations(as_manager, county, own):
    handed_in(county, 80, 95)
    replay = carried_out(county, own, NC_09_C2=90)

    answer = as_manager.get(page("xlsx", replay.pk))
    book = load_workbook(io.BytesIO(answer.getvalue()))
    close_file(answer)
    checks, organizations = book.worksheets

    assert [cell.value for cell in checks[2]] == [
        RATE,
        "党员和群众对“两委”干部满意度：不低于 90%",
        "党员和群众对“两委”干部满意度：不低于 80%",
        0,
        1,
        1,
        0,
    ]
    assert organizations.max_row == 2
    assert organizations["A2"].value == "第0号村党支部"


def test_more_organizations_than_a_sheet_holds_are_offered_as_csv(
    as_manager, county, own, monkeypatch
):
    handed_in(county, 80, 81)
    replay = carried_out(county, own, NC_09_C2=90)
    monkeypatch.setattr("authoring.replays.exports._MOST_ROWS", 1)

    answer = as_manager.get(page("xlsx", replay.pk), follow=True)

    assert "请导出 CSV" in answer.content.decode()


def test_what_is_not_finished_is_not_exported(as_manager, county, own):
    replay = wanted(county, own, NC_09_C2=90)

    assert as_manager.get(page("csv", replay.pk)).status_code == 404
    assert as_manager.get(page("xlsx", replay.pk)).status_code == 404


def test_asking_cancelling_and_taking_away_are_on_the_record(as_manager, county, own):
    replay = wanted(county, own, NC_09_C2=90)
    as_manager.post(page("cancel", replay.pk))
    again = carried_out(county, own, NC_09_C2=90)
    close_file(as_manager.get(page("xlsx", again.pk)))

    recorded = AuditEvent.objects.filter(action__startswith="replay.").order_by("sequence")
    assert [event.action for event in recorded] == [
        "replay.begin",
        "replay.cancel",
        "replay.begin",
        "replay.export",
    ]
    assert recorded[0].details == {"thresholds": {RATE: 90}}


def test_a_copy_that_changes_nothing_turns_nobody(county, own):
    handed_in(county, 70, 80, 95)
    copy = copying.copy(county.round_category.standard, area_code=county.jurisdiction.code)

    result = carried_out(county, own, version=copy).result

    assert (result["falls"], result["rises"]) == (0, 0)
    assert result["after"] == {"passes": 2, "to_fill": 0, "fails": 1}


def test_roles_outside_learn_nothing(client, county, own):
    replay = carried_out(county, own, NC_09_C2=90)
    elsewhere = factories.JurisdictionFactory(code="350102000000", name_zh="他县")
    for person in (county.reviewer, factories.seated(Role.STANDARDS_MANAGER, elsewhere)):
        client.force_login(person)
        assert client.get(page("detail", replay.pk)).status_code == 404
        assert client.get(page("begin", county.round_category.pk)).status_code == 404
