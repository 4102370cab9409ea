"""The organization's library: put in once, put right, cited, taken out at the end of its term."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from designation.applications import evidence
from designation.applications.models import Evidence, Stage
from designation.audit.models import AuditEvent
from designation.evidence import citing, contents, library, strays
from designation.evidence.models import (
    LibraryEntry,
    Retention,
    Sensitivity,
    StoredFile,
)
from designation.evidence.refusals import EvidenceRefused
from designation.evidence.storage import ContentStorage
from designation.organizations.models import Role
from designation.site import clock
from designation.site.refusal import Refusal
from tests import factories, files
from tests.course import PDF

pytestmark = pytest.mark.django_db

REASON = "保管期限已满，按规定移出。"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def uploaded(content=PDF, name="会议纪要.pdf"):
    return SimpleUploadedFile(name, content)


def put_in(county, content=PDF, **more):
    return library.put_in(uploaded(content), holder=county.village, actor=county.preparer, **more)


def on_disk(media):
    return sorted(file.name for file in media.rglob("*") if file.is_file())


# Put in


def test_a_file_is_put_in_on_the_page_with_all_that_is_said_of_it(client, county):
    client.force_login(county.preparer)
    typed = {
        "file": uploaded(),
        "title": "三月会议纪要",
        "caption": "研究申报事项",
        "dated_on": "2026-03-01",
        "sensitivity": "personal",
        "retention": "thirty_years",
        "organization": county.village.pk,
    }

    shown = client.post(reverse("library:add"), typed, follow=True).content.decode()

    entry = LibraryEntry.objects.get()
    assert "已存入资料库。" in shown
    assert (entry.title, entry.caption) == ("三月会议纪要", "研究申报事项")
    assert (entry.dated_on, entry.organization) == (date(2026, 3, 1), county.village)
    assert (entry.sensitivity, entry.retention) == ("personal", "thirty_years")
    assert entry.retained_until == date(2056, 12, 31)
    event = AuditEvent.objects.get(action="evidence.add")
    assert (event.actor_role, event.jurisdiction_code) == (
        Role.PREPARER,
        county.village.jurisdiction.code,
    )
    assert event.details["sha256"] == hashlib.sha256(PDF).hexdigest()


def test_the_same_file_again_is_told_and_changes_nothing(client, county):
    kept = put_in(county, title="会议纪要")
    client.force_login(county.head)
    typed = {"file": uploaded(), "title": "别的名称", "sensitivity": "ordinary"}
    typed |= {"retention": "permanent", "organization": county.village.pk}

    shown = client.post(reverse("library:add"), typed, follow=True).content.decode()

    assert "这个文件与资料库中的“会议纪要”内容相同，没有重复保存" in shown
    assert LibraryEntry.objects.get() == kept
    assert AuditEvent.objects.filter(action="evidence.add").count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"file": SimpleUploadedFile("a.exe", b"MZ\0\0")}, "的内容不是允许的类型，是程序。"),
        ({"dated_on": "2027-01-01"}, "材料日期不能晚于今天，请核对。"),
    ],
)
def test_what_is_not_taken_is_told_at_its_field_and_the_rest_is_kept(client, county, wrong, told):
    client.force_login(county.preparer)
    typed = {"file": uploaded(), "title": "会议纪要", "sensitivity": "ordinary"}
    typed |= {"retention": "ten_years", "organization": county.village.pk}

    answer = client.post(reverse("library:add"), typed | wrong)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert 'value="会议纪要"' in answer.content.decode()
    assert not LibraryEntry.objects.exists()


def test_a_full_library_and_a_full_disk_are_told_on_the_page(client, county, settings, monkeypatch):
    client.force_login(county.preparer)
    typed = {"title": "会议纪要", "sensitivity": "ordinary", "retention": "ten_years"}
    typed["organization"] = county.village.pk
    settings.EVIDENCE_LIBRARY_LIMIT = 10
    told = client.post(reverse("library:add"), typed | {"file": uploaded()}).content.decode()
    assert "本单位资料库合计不能超过 0 GB" in told

    def full(*_args, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ContentStorage, "save", full)
    told = client.post(reverse("library:add"), typed | {"file": uploaded()}).content.decode()
    assert "服务器的存储空间不足或暂时写不进去，文件没有保存。" in told


def test_another_organizations_people_put_nothing_into_this_library(county):
    other = county.beside()

    with pytest.raises(Refusal, match="只有本单位的填报人和负责人"):
        library.put_in(uploaded(), holder=county.village, actor=other.preparer)

    assert not StoredFile.objects.exists()


def test_what_the_items_of_an_application_bring_is_in_the_library(client, county):
    application = county.start()
    attached = county.attach(application)
    client.force_login(county.preparer)

    page = client.get(reverse("library:list")).content.decode()

    assert "会议记录" in page
    assert attached.entry.organization == county.village


# Once by content, in silence


def test_one_content_is_stored_once_and_the_second_uploader_learns_nothing(client, county, media):
    other = county.beside()
    pages = {}
    for one in (county, other):
        client.force_login(one.preparer)
        typed = {"file": uploaded(), "title": "会议纪要", "sensitivity": "ordinary"}
        typed |= {"retention": "ten_years", "organization": one.village.pk}
        pages[one] = client.post(reverse("library:add"), typed, follow=True).content.decode()

    assert on_disk(media) == [f"{hashlib.sha256(PDF).hexdigest()}.pdf"]
    assert StoredFile.objects.count() == 1
    assert LibraryEntry.objects.count() == 2
    assert all("已存入资料库。" in page for page in pages.values())
    assert all("没有重复保存" not in page for page in pages.values())


def test_the_second_uploader_takes_the_same_path_write_for_write(county, monkeypatch):
    other, saved = county.beside(), []
    _ = (county.preparer, other.preparer)
    save = ContentStorage.save

    def counted(storage, name, content, **more):
        saved.append(name)
        return save(storage, name, content, **more)

    monkeypatch.setattr(ContentStorage, "save", counted)
    statements = []
    for one in (county, other):
        with connection.execute_wrapper(noting(found := [])):
            library.put_in(uploaded(), holder=one.village, actor=one.preparer)
        statements.append(found)

    assert saved[0] == saved[1]
    assert len(saved) == 2
    assert statements[0] == statements[1]


def noting(found):
    def wrapper(execute, sql, params, many, context):
        # Savepoints bear numbers.
        found.append(sql.split(" VALUES ")[0].partition("SAVEPOINT")[0])
        return execute(sql, params, many, context)

    return wrapper


def test_to_have_the_same_file_gives_no_right_to_anothers_entry(client, county):
    kept, other = put_in(county), county.beside()
    library.put_in(uploaded(), holder=other.village, actor=other.preparer)
    client.force_login(other.preparer)

    for name in ("file", "entry"):
        assert client.get(reverse(f"library:{name}", args=[kept.pk])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_file_is_written_before_any_transaction_and_lock(
    client, reference_data, county, monkeypatch
):
    application = county.start()
    client.force_login(county.preparer)
    within, save = [], ContentStorage.save

    def asked(storage, *args, **more):
        within.append(connection.in_atomic_block)
        return save(storage, *args, **more)

    monkeypatch.setattr(ContentStorage, "save", asked)
    item = reverse("applications:evidence_add", args=[application.pk, "NC-01"])
    client.post(item, {"file": uploaded(), "title": "会议纪要"})
    typed = {"file": uploaded(PDF + b"\n"), "sensitivity": "ordinary", "retention": "ten_years"}
    client.post(reverse("library:add"), typed | {"organization": county.village.pk})

    assert within == [False, False]
    assert LibraryEntry.objects.count() == 2


def test_who_may_not_change_the_item_writes_no_file(client, county, media):
    application = county.at(Stage.SUBMITTED)
    before = on_disk(media)
    client.force_login(county.reviewer)
    address = reverse("applications:evidence_add", args=[application.pk, "NC-01"])

    client.post(address, {"file": uploaded(PDF + b"\n"), "title": "x"})

    assert on_disk(media) == before


def test_a_row_that_fails_leaves_a_stray_that_is_cleared(county, media):
    tomorrow = clock.system_now() + timedelta(days=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        put_in(county, sensitivity="unheard of")

    (stray,) = strays.strays(older_than=tomorrow)
    assert strays.clear(stray, older_than=tomorrow)
    assert on_disk(media) == []


def test_a_file_on_its_way_in_is_no_stray_yet(county, media):
    """Another connection holds what is being brought; this one would clear it."""
    tomorrow = clock.system_now() + timedelta(days=1)
    received = library.receive(uploaded())
    other = connection.copy()
    try:
        with contents.written(received) as new, other.cursor() as cursor:
            cursor.execute(
                "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [received.sha256]
            )
            assert cursor.fetchone() == (False,)
            assert default_storage.exists(new.name)
    finally:
        other.close()
    (stray,) = strays.strays(older_than=tomorrow)
    row = StoredFile(sha256=received.sha256, file=stray.name, media_type="application/pdf")
    row.size, row.stored_at = stray.size, clock.now()
    row.save()
    assert not strays.clear(stray, older_than=tomorrow)
    assert on_disk(media) == [f"{received.sha256}.pdf"]


def test_who_brings_it_keeps_the_clearing_away(county, monkeypatch):
    tomorrow = clock.system_now() + timedelta(days=1)
    contents.write("evidence/ab/ab.pdf", b"x")
    (stray,) = strays.strays(older_than=tomorrow)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock_shared(hashtextextended('ab.pdf', 0))")
        assert not strays.clear(stray, older_than=tomorrow)
    finally:
        other.close()
    assert default_storage.exists(stray.name)


# Put right


def test_a_title_put_right_leaves_what_cited_it_as_it_was(county):
    application = county.at(Stage.SUBMITTED)
    kept = application.evidence.get().entry

    library.describe(kept, {"title": "改后的名称"}, actor=county.head)

    kept.refresh_from_db()
    assert kept.title == "改后的名称"
    assert application.evidence.get().title == "会议记录"
    assert application.submission.content["evidence"][0]["title"] == "会议记录"


def test_the_term_of_what_is_on_record_is_only_made_longer(county):
    kept = county.at(Stage.SUBMITTED).evidence.get().entry

    library.describe(kept, {"retention": "permanent"}, actor=county.head)
    with pytest.raises(Refusal, match="保管期限只能延长"):
        library.describe(kept, {"retention": "ten_years"}, actor=county.head)
    kept.refresh_from_db()
    assert kept.retention == Retention.PERMANENT


def test_what_is_put_right_that_cannot_be_is_refused_at_its_value(county):
    kept = put_in(county)

    def refused(**values):
        with pytest.raises(Refusal) as why:
            library.describe(kept, values, actor=county.preparer)
        return [(finding.field, finding.code) for finding in why.value.findings]

    ahead = clock.today() + timedelta(days=1)
    assert refused(dated_on=ahead) == [("dated_on", "in_future")]
    assert refused(title=" ") == [("title", "not_taken")]
    assert refused(sensitivity="secret") == [("sensitivity", "not_taken")]
    assert refused(stored_id=1) == [("stored_id", "not_filled_here")]
    with pytest.raises(Refusal, match="材料日期不能晚于今天"):
        put_in(county, dated_on=ahead)


def test_what_another_put_right_since_it_was_read_is_refused(county):
    kept = put_in(county)
    read = {"title": kept.title}
    library.describe(kept, {"title": "他人改的"}, actor=county.head)

    with pytest.raises(Refusal, match="他人刚刚改了这里"):
        library.describe(kept, {"title": "我改的"}, before=read, actor=county.preparer)

    kept.refresh_from_db()
    assert kept.title == "他人改的"


def test_of_what_holds_personal_data_the_log_names_the_columns_alone(county):
    kept = put_in(county)

    def told():
        return AuditEvent.objects.filter(action="evidence.edit").latest("pk").details["changed"]

    library.describe(kept, {"caption": "第一行\n第二行"}, actor=county.preparer)
    assert told() == {"caption": ["", "第一行\n第二行"]}
    library.describe(kept, {"sensitivity": "personal", "caption": "张三"}, actor=county.preparer)
    assert told() == ["sensitivity", "caption"]
    library.describe(kept, {"sensitivity": "ordinary", "caption": ""}, actor=county.preparer)
    assert told() == ["sensitivity", "caption"]
    events = AuditEvent.objects.count()
    library.describe(kept, {"caption": ""}, actor=county.preparer)
    assert AuditEvent.objects.count() == events


def test_others_put_nothing_right(county):
    kept = put_in(county)

    with pytest.raises(Refusal, match="只有本单位的填报人和负责人可以修改"):
        library.describe(kept, {"title": "x"}, actor=county.reviewer)


# Taken out


def take_out(county, entry, **more):
    return library.take_out(entry, reason=more.get("reason", REASON), actor=county.head)


def test_what_was_never_on_record_goes_at_once_and_leaves_its_traces(
    client, county, media, django_capture_on_commit_callbacks
):
    kept = put_in(county, title="会议纪要", sensitivity=Sensitivity.PERSONAL)
    client.force_login(county.head)
    sheet = client.get(reverse("library:take_out", args=[kept.pk])).content.decode()
    assert "不能再打开，也不能恢复" in sheet
    with django_capture_on_commit_callbacks(execute=True):
        take_out(county, kept)

    page = client.get(reverse("library:entry", args=[kept.pk])).content.decode()

    assert on_disk(media) == []
    for trace in ("会议纪要", hashlib.sha256(PDF).hexdigest(), REASON, "2026年3月2日"):
        assert trace in page
    assert client.get(reverse("library:file", args=[kept.pk])).status_code == 404
    event = AuditEvent.objects.get(action="evidence.take_out")
    assert (event.details["reason"], event.details["size"]) == (REASON, len(PDF))


def test_the_content_stays_while_another_library_holds_it(
    county, media, django_capture_on_commit_callbacks
):
    kept, other = put_in(county), county.beside()
    library.put_in(uploaded(), holder=other.village, actor=other.preparer)

    with django_capture_on_commit_callbacks(execute=True):
        take_out(county, kept)

    assert len(on_disk(media)) == 1
    assert StoredFile.objects.get().erased_at is None


def test_what_was_erased_may_be_brought_again(county, media, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        take_out(county, put_in(county))

    again = put_in(county, title="又一次")

    assert LibraryEntry.objects.count() == 2
    assert StoredFile.objects.get().erased_at is None
    with contents.opened(again.stored, "") as file:
        assert file.read() == PDF


def test_brought_again_before_it_was_erased_it_stays(
    county, media, django_capture_on_commit_callbacks
):
    kept = put_in(county)
    with django_capture_on_commit_callbacks(execute=True):
        take_out(county, kept)
        put_in(county)

    assert len(on_disk(media)) == 1


def test_what_an_application_under_way_cites_stays_and_says_where(county):
    kept = county.at(Stage.SUBMITTED).evidence.get().entry

    with pytest.raises(library.NotTakenOut, match=r"还有在办或有效的事项引用它：.*评定"):
        take_out(county, kept)


def test_what_was_handed_in_goes_at_the_end_of_its_term_only(county, held_clock):
    application = county.at(Stage.SUBMITTED)
    kept = application.evidence.get().entry
    county.act("withdraw", application, county.head)
    with pytest.raises(library.NotTakenOut, match=r"保管期限到 2036年12月31日.*期满后才能移出"):
        take_out(county, kept)

    held_clock.move_to(held_clock.moment.replace(year=2037))

    assert take_out(county, kept).taken_out_reason == REASON
    assert application.submission.content["evidence"][0]["sha256"] == kept.stored.sha256


def test_what_is_kept_for_ever_is_never_taken_out(county, held_clock):
    application = county.at(Stage.SUBMITTED)
    kept = application.evidence.get().entry
    LibraryEntry.objects.update(retention=Retention.PERMANENT)
    county.act("withdraw", application, county.head)
    held_clock.move_to(held_clock.moment.replace(year=2090))

    with pytest.raises(library.NotTakenOut, match="保管期限为永久"):
        take_out(county, kept)


def test_a_title_in_force_holds_what_its_application_cited(county, held_clock):
    application = county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    kept = application.evidence.get().entry

    assert citing.in_force(kept, county.head) == [str(application)]


def test_taking_out_needs_the_head_a_reason_and_an_entry_that_is_there(county):
    kept = put_in(county)
    with pytest.raises(library.NotTakenOut, match="只有本单位负责人可以移出"):
        library.take_out(kept, reason=REASON, actor=county.preparer)
    with pytest.raises(library.NotTakenOut, match="不少于 10 个字"):
        take_out(county, kept, reason="到期")
    take_out(county, kept)
    with pytest.raises(library.NotTakenOut, match="这份资料已经移出"):
        take_out(county, kept)


def test_what_was_taken_out_is_cited_by_nothing_any_more(county):
    application, kept = county.start(), put_in(county, title="会议纪要")
    take_out(county, kept)
    item = application.standard.items.first()

    with pytest.raises(EvidenceRefused, match="材料“会议纪要”已移出资料库，不能引用"):
        evidence.choose(application, kept, items=[item], actor=county.preparer)
    assert not Evidence.objects.exists()


def test_what_was_changed_meanwhile_is_looked_at_again_before_it_goes(client, county):
    kept = put_in(county)
    client.force_login(county.head)
    address = reverse("library:take_out", args=[kept.pk])

    answer = client.post(address, {"reason": REASON, "shown": ""})

    assert answer.status_code == 422
    assert "在您打开本页后改过" in answer.content.decode()
    assert REASON in answer.content.decode()
    kept.refresh_from_db()
    assert kept.taken_out_at is None


# Found


def test_the_list_is_narrowed_by_words_class_and_term(client, county, held_clock):
    put_in(county, title="会议纪要", dated_on=date(2015, 5, 1))
    put_in(county, files.pdf(), title="花名册", sensitivity=Sensitivity.PERSONAL)
    gone = put_in(county, PDF + b"\n", title="旧照片")
    take_out(county, gone)
    client.force_login(county.preparer)

    def shown(**wanted):
        page = client.get(reverse("library:list"), wanted).content.decode()
        return [title for title in ("会议纪要", "花名册", "旧照片") if title in page]

    assert shown() == ["会议纪要", "花名册"]
    assert shown(text="花名") == ["花名册"]
    assert shown(sensitivity="personal") == ["花名册"]
    assert shown(retention="ten_years") == ["会议纪要", "花名册"]
    assert shown(state="term_over") == ["会议纪要"]
    assert shown(state="taken_out") == ["旧照片"]
    assert shown(text="没有的") == []


def test_who_looks_after_two_libraries_chooses_between_them(client, county):
    other = county.beside()
    person = factories.seated(Role.HEAD, county.village)
    factories.SeatFactory(role=Role.HEAD, person=person, organization=other.village)
    put_in(county, title="甲村的")
    library.put_in(uploaded(), holder=other.village, title="乙村的", actor=other.preparer)
    client.force_login(person)

    page = client.get(reverse("library:list"), {"organization": other.village.pk}).content.decode()

    assert "乙村的" in page
    assert "甲村的" not in page


def test_an_entry_says_where_it_is_cited(client, county):
    application = county.at(Stage.SUBMITTED)
    client.force_login(county.preparer)

    page = client.get(
        reverse("library:entry", args=[application.evidence.get().entry_id])
    ).content.decode()

    assert reverse("applications:case", args=[application.pk]) in page
    assert str(application) in page
