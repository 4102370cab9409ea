"""Who reads a file follows from what cites it, and from whether it holds personal data."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from designation.applications.models import Evidence, Stage
from designation.audit.models import AuditEvent
from designation.evidence import citations, citing, library, rules
from designation.evidence.models import Citation, LibraryEntry, Sensitivity
from designation.organizations.models import Role
from designation.site.refusal import Refusal
from tests import factories
from tests.course import PDF
from tests.permissions.test_a_second_county import SecondCounty
from tests.permissions.test_matrix import close_file
from workflows.stages.objections import objections
from workflows.stages.public_notice.models import Notice

pytestmark = pytest.mark.django_db

ALL = {
    "preparer",
    "head",
    "reviewer",
    "coordinator",
    "secrecy_reviewer",
    "publisher",
    "objection_officer",
    "deciding_officer",
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def person(county, who):
    return county.verifiers[0] if who == "verifier" else getattr(county, who)


def readers(county, entry):
    """Which of the county's people read the content."""
    return {
        who
        for who in (*ALL, "verifier")
        if rules.readable(person(county, who), [entry.pk]).exists()
    }


def of_the_county(county, actor):
    """A file that somebody of the county brings, in no organization's library."""
    file = SimpleUploadedFile("photo.pdf", PDF)
    return library.put_in(file, holder=county.jurisdiction, title="现场照片", actor=actor)


def test_ordinary_evidence_is_read_by_all_who_see_the_case(county):
    draft = county.start()
    entry = county.attach(draft).entry
    assert readers(county, entry) == {"preparer", "head"}

    other = county.beside()
    handed_in = other.at(Stage.SUBMITTED).evidence.get().entry
    assert readers(other, handed_in) == ALL


def test_personal_data_is_read_by_those_who_review_the_case_alone(county):
    application = county.at(Stage.VERIFYING)
    LibraryEntry.objects.update(sensitivity=Sensitivity.PERSONAL)

    found = readers(county, application.evidence.get().entry)

    assert found == {"preparer", "head", "reviewer", "coordinator", "verifier"}


def test_the_case_page_says_who_may_read_personal_data_and_links_it_to_nobody_else(client, county):
    application = county.at(Stage.SUBMITTED)
    LibraryEntry.objects.update(sensitivity=Sensitivity.PERSONAL)
    link = reverse("applications:evidence", args=[application.pk, Evidence.objects.get().pk])
    for who, may in (("reviewer", True), ("deciding_officer", False)):
        client.force_login(person(county, who))
        page = client.get(reverse("applications:case", args=[application.pk])).content.decode()
        assert "会议记录" in page
        assert (link in page) is may
        assert ("（含个人信息，只有审核、核查的人能看）" in page) is not may
        answer = client.get(link)
        assert (answer.status_code == 200) is may
        if may:
            close_file(answer)


def test_a_file_that_left_the_draft_is_read_by_its_own_people_alone(county):
    application = county.at(Stage.SUBMITTED)
    discarded = county.attach(application, PDF + b"\n").entry
    Evidence.objects.filter(entry=discarded).update(removed_at=application.created_at)

    assert readers(county, discarded) == {"preparer", "head"}


def test_what_a_submission_names_is_read_although_it_was_taken_away_since(county):
    application = county.at(Stage.SUBMITTED)
    Evidence.objects.update(removed_at=application.created_at)

    assert readers(county, application.evidence.get().entry) == ALL


def test_another_countys_people_read_nothing(county):
    other = SecondCounty()
    entry = county.at(Stage.VERIFYING).evidence.get().entry

    assert readers(other, entry) == set()


# A visit


def test_what_a_team_brought_back_is_theirs_until_its_record_is_released(county):
    application = county.at(Stage.VERIFYING)
    visit = application.visits.get()
    photo = of_the_county(county, county.verifiers[0])
    citations.cite(photo, visit, actor=county.verifiers[0])
    assert readers(county, photo) == {"coordinator", "verifier"}

    county._complete_verification(application)

    assert readers(county, photo) == ALL | {"verifier"}
    assert [one.title for one in citations.cited_by(visit, county.head)] == ["现场照片"]


def test_only_the_rooms_that_cite_a_file_are_asked_who_reads_it(client, county, monkeypatch):
    """Each picture on a page asks so; to compose the question of every room takes seconds."""
    visit = county.at(Stage.VERIFYING).visits.get()
    photo = of_the_county(county, county.verifiers[0])
    citations.cite(photo, visit, actor=county.verifiers[0])
    asked = []
    for label, kind in list(citing._KINDS.items()):
        monkeypatch.setitem(citing._KINDS, label, told_of(kind, label, asked))
    client.force_login(county.verifiers[0])

    answer = client.get(reverse("library:file", args=[photo.pk]))

    assert b"".join(answer) == PDF
    answer.close()
    assert set(asked) == {"workflows.visit"}


def told_of(kind, label, asked):
    def read_by(person):
        asked.append(label)
        return kind.read_by(person)

    return replace(kind, read_by=read_by)


@pytest.mark.parametrize("label", sorted(citing._KINDS))
def test_every_kind_is_found_by_the_entries_that_its_rows_cite(label):
    """Or nobody would read what it cites: its table is asked by the column ``entry``."""
    with CaptureQueriesContext(connection) as ran:
        citing.kinds_citing([0])
    (question,) = [one["sql"] for one in ran]
    of_its_own = label not in citing._SUBJECTS
    table = apps.get_model(label)._meta.db_table if of_its_own else Citation._meta.db_table
    assert f'"{table}"."entry_id" = ANY(' in question


def test_a_citation_stands_on_record_with_the_role_and_is_made_once(county):
    visit = county.at(Stage.VERIFYING).visits.get()
    photo = of_the_county(county, county.verifiers[0])

    for _turn in range(2):
        citations.cite(photo, visit, actor=county.verifiers[0])

    event = AuditEvent.objects.get(action="evidence.cite")
    assert event.actor_role == Role.VERIFIER
    assert event.details["cited_by"] == str(visit)
    assert Citation.objects.count() == 1


def test_nobody_else_cites_for_a_visit_and_no_one_once_it_is_over(county):
    application = county.at(Stage.VERIFYING)
    visit, photo = application.visits.get(), of_the_county(county, county.verifiers[0])
    for other in (county.head, county.reviewer, county.coordinator):
        with pytest.raises(citations.NotCited, match="您不能在这里引用"):
            citations.cite(photo, visit, actor=other)

    county._complete_verification(application)
    visit.refresh_from_db()

    with pytest.raises(citations.NotCited, match="您不能在这里引用"):
        citations.cite(photo, visit, actor=county.verifiers[0])


def test_who_may_not_read_a_file_cites_it_nowhere(county):
    visit = county.at(Stage.VERIFYING).visits.get()
    other = county.beside()
    theirs = other.attach(other.start()).entry

    with pytest.raises(citations.NotCited, match="您不能在这里引用"):
        citations.cite(theirs, visit, actor=county.verifiers[0])


def test_a_citation_ends_and_stays_on_record(county):
    visit = county.at(Stage.VERIFYING).visits.get()
    photo = of_the_county(county, county.verifiers[0])
    citations.cite(photo, visit, actor=county.verifiers[0])
    with pytest.raises(citations.NotCited, match="您不能在这里引用"):
        citations.uncite(photo, visit, actor=county.head)

    for _turn in range(2):
        citations.uncite(photo, visit, actor=county.verifiers[0])

    assert Citation.objects.get().removed_by == county.verifiers[0]
    assert AuditEvent.objects.filter(action="evidence.uncite").count() == 1
    assert readers(county, photo) == set()
    assert citing.is_on_record(photo)


def test_what_was_taken_out_is_not_cited(county):
    visit = county.at(Stage.VERIFYING).visits.get()
    photo = of_the_county(county, county.verifiers[0])
    library.take_out(photo, reason="照片拍糊了，重新拍过。", actor=county.coordinator)

    with pytest.raises(citations.NotCited, match="已移出资料库，不能引用"):
        citations.cite(photo, visit, actor=county.verifiers[0])


def test_a_visit_holds_its_photos_while_the_case_is_under_way(county):
    visit = county.at(Stage.VERIFYING).visits.get()
    photo = of_the_county(county, county.verifiers[0])
    citations.cite(photo, visit, actor=county.verifiers[0])

    assert citing.in_force(photo, county.coordinator) == ["实地核查"]
    (place,) = citing.places(photo, county.coordinator)
    assert place.address == reverse("applications:case", args=[visit.application_id])
    with pytest.raises(library.NotTakenOut, match="还有在办或有效的事项引用它：实地核查"):
        library.take_out(photo, reason="照片拍糊了，重新拍过。", actor=county.coordinator)


def test_what_a_person_may_not_know_of_is_not_named_to_them(county):
    application = county.at(Stage.ON_NOTICE)
    entry = application.evidence.get().entry
    objection = objections.raise_objection(
        application.notice_entries.get(), facts="面积不实", identity=None
    )
    citations.cite(entry, objection, actor=county.objection_officer)

    assert citing.in_force(entry, county.head) == [str(application), "其他在办事项"]
    assert [one.words for one in citing.places(entry, county.head)] == [str(application)]
    assert "异议" in [one.words for one in citing.places(entry, county.objection_officer)]


# An objection


def test_what_an_objection_rests_on_is_sealed_to_whoever_may_not_hear_it(county):
    application = county.at(Stage.ON_NOTICE)
    objection = objections.raise_objection(
        application.notice_entries.get(), facts="面积不实", identity=None
    )
    letter = of_the_county(county, county.objection_officer)
    citations.cite(letter, objection, actor=county.objection_officer)

    assert readers(county, letter) == {"objection_officer"}
    with pytest.raises(citations.NotCited, match="您不能在这里引用"):
        citations.cite(letter, objection, actor=county.coordinator)


def test_nothing_is_added_to_an_objection_that_was_answered(county):
    application = county.at(Stage.ON_NOTICE)
    objection = objections.raise_objection(
        application.notice_entries.get(), facts="面积不实", identity=None
    )
    objections.refuse(objection, reason="经研究，不属于受理范围。", actor=county.objection_officer)
    letter = of_the_county(county, county.objection_officer)

    with pytest.raises(citations.NotCited, match="您不能在这里引用"):
        citations.cite(letter, objection, actor=county.objection_officer)


# A notice


def test_what_a_notice_rests_on_is_read_by_those_who_handle_it(county):
    notice = county.compose_notice(county.at(Stage.CHOSEN))
    Notice.objects.update(status=Notice.Status.DRAFT)
    minutes = of_the_county(county, county.coordinator)
    citations.cite(minutes, notice, actor=county.coordinator)
    handles = {
        "coordinator",
        "secrecy_reviewer",
        "publisher",
        "objection_officer",
        "deciding_officer",
    }
    assert readers(county, minutes) == handles

    LibraryEntry.objects.filter(pk=minutes.pk).update(sensitivity=Sensitivity.PERSONAL)
    assert readers(county, minutes) == {"coordinator", "secrecy_reviewer"}
    assert [one.words for one in citing.places(minutes, county.coordinator)] == ["公示"]


def test_nothing_is_added_to_a_notice_that_was_published(county):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice
    minutes = of_the_county(county, county.coordinator)

    with pytest.raises(citations.NotCited, match="您不能在这里引用"):
        citations.cite(minutes, notice, actor=county.coordinator)


def test_into_an_areas_library_its_own_officers_put_and_no_administrator(county):
    stranger = SecondCounty().coordinator
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)

    for other in (stranger, administrator, county.head):
        with pytest.raises(Refusal, match="可以存入资料"):
            of_the_county(county, other)


def test_nobody_puts_right_what_an_area_holds(county):
    photo = of_the_county(county, county.verifiers[0])

    with pytest.raises(Refusal, match="可以修改"):
        library.describe(photo, {"title": "x"}, actor=county.coordinator)
