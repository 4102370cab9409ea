"""The papers of an application: form, report and list; and the page that was signed and sealed."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override
from docx import Document
from pypdf import PdfReader

from designation.applications.models import Application, Conclusion, SignedPage, Stage
from designation.audit.models import AuditEvent
from designation.evidence.content import received
from designation.organizations import names
from designation.site import clock
from tests import factories
from tests.course import OPINION, PDF
from tests.permissions.test_matrix import close_file
from tests.sheets import fill_in
from workflows.case.facts import Case
from workflows.stages.first_review import decision_drafts
from workflows.stages.self_assessment import signed_page

pytestmark = pytest.mark.django_db


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def page(name, application, *more):
    return reverse(f"applications:{name}", args=[application.pk, *more])


def fetched(person, application, kind, suffix):
    answer = browser(person).get(page("paper", application, kind, suffix))
    assert answer.status_code == 200
    return BytesIO(b"".join(answer.streaming_content))


def in_pdf(person, application, kind):
    """The text, without spaces."""
    pages = PdfReader(fetched(person, application, kind, "pdf")).pages
    return "".join("".join(each.extract_text() for each in pages).split())


def in_word(person, application, kind):
    document = Document(fetched(person, application, kind, "docx"))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    heads = [each.text for each in document.sections[0].header.paragraphs]
    texts = [*heads, *(each.text for each in document.paragraphs), *cells]
    return "".join("".join(texts).split())


READERS = (in_pdf, in_word)


@pytest.mark.parametrize("read", READERS)
def test_the_form_holds_the_facts_and_a_block_for_each_opinion_and_seal(county, read):
    application = county.at(Stage.SUBMITTED)
    text = read(county.head, application, "form")

    for said in (
        "示范点申报表",
        county.village.name_zh,
        county.township.name_zh,
        county.round.name_zh,
        "党员人数",
        "承诺：",
        "共23条：达标23条",
        "本组织意见",
        f"初审机构意见（{county.township.name_zh}）",
        f"县级承办部门意见（{county.round.managing_office}）",
        f"县委意见（{county.round.organizer}）",
        application.submission.receipt.number,
    ):
        assert said in text, said
    assert text.count("负责人（签字）") == 4
    assert text.count("（盖章）") == 4
    assert "草稿" not in text


# The opinions of those who judged


def squeezed(text):
    return "".join(text.split())


def blocks(text):
    """The form's opinion blocks, by how many characters of their title one may know them."""
    titles = ("本组织意见", "初审机构意见", "县级承办部门意见", "县委意见")
    starts = [*(text.index(title) for title in titles), len(text)]
    return {title: text[starts[n] : starts[n + 1]] for n, title in enumerate(titles)}


def is_empty(block):
    return "负责人（签字）：" in block and "办理人" not in block


@pytest.mark.parametrize("read", READERS)
def test_an_opinion_on_record_stands_in_its_block_with_signer_and_date(county, read):
    application = county.at(Stage.RECOMMENDED)

    found = blocks(read(county.head, application, "form"))

    assert squeezed(OPINION) in found["初审机构意见"]
    assert f"办理人：{squeezed(county.reviewer.full_name)}（盖章）" in found["初审机构意见"]
    assert squeezed(date_format(clock.today(), "DATE_FORMAT")) in found["初审机构意见"]
    assert not is_empty(found["初审机构意见"])
    for title in ("本组织意见", "县级承办部门意见", "县委意见"):
        assert is_empty(found[title]), title


def test_an_opinion_of_a_deputy_is_signed_with_both_names(county):
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application)
    deputy = factories.deputy_in(county.reviewer.seats.get())
    county.act("recommend", application, deputy, opinion=OPINION)

    found = blocks(in_word(county.head, application, "form"))

    names_of_both = f"{squeezed(deputy.full_name)}代{squeezed(county.reviewer.full_name)}"
    assert f"办理人：{names_of_both}（盖章）" in found["初审机构意见"]


@pytest.mark.parametrize("read", READERS)
def test_an_opinion_that_is_still_a_draft_is_on_no_paper(county, read):
    application = county.at(Stage.SUBMITTED)
    decision_drafts.save(application, {"opinion": "还没有作出的意见"}, actor=county.reviewer)

    for person in (county.head, county.reviewer):
        text = read(person, application, "form")
        assert "还没有作出的意见" not in text
        assert is_empty(blocks(text)["初审机构意见"])


@pytest.mark.parametrize(
    ("name", "person", "reason"),
    [("take_back_recommendation", "reviewer", ""), ("return_to_review", "coordinator", OPINION)],
)
def test_what_went_back_has_no_opinion_until_another_is_given(county, name, person, reason):
    application = county.at(Stage.RECOMMENDED)

    county.act(name, application, getattr(county, person), opinion=reason)

    assert is_empty(blocks(in_pdf(county.head, application, "form"))["初审机构意见"])
    county.act("recommend", application, county.reviewer, opinion="再次审核，同意推荐。")
    assert "再次审核，同意推荐。" in in_pdf(county.head, application, "form")


def test_a_correction_that_the_county_asks_for_leaves_the_recommendation(county):
    application = county.at(Stage.RECOMMENDED)
    asked = {"corrections": {"NC-01": "请补充。"}, "opinion": "请按清单补正。"}
    county.act("return_for_correction", application, county.coordinator, **asked)

    found = blocks(in_pdf(county.head, application, "form"))

    assert squeezed(OPINION) in found["初审机构意见"]
    assert is_empty(found["县级承办部门意见"])


@pytest.mark.parametrize("read", READERS)
def test_the_countys_block_says_what_the_meeting_made_of_it(county, read):
    application = county.at(Stage.CHOSEN)
    said = application.decisions.get(transition="choose").opinion

    found = blocks(read(county.head, application, "form"))

    assert squeezed(said) in found["县级承办部门意见"]
    assert f"办理人：{squeezed(county.coordinator.full_name)}" in found["县级承办部门意见"]
    county.act("put_back", application, county.coordinator, opinion=OPINION)
    assert is_empty(blocks(read(county.head, application, "form"))["县级承办部门意见"])


def test_the_refusal_of_a_case_stands_in_the_block_of_who_refused(county):
    application = county.at(Stage.VERIFYING)
    county.act("reject", application, county.coordinator, opinion="现场核查，多项没有落实。")

    found = blocks(in_pdf(county.head, application, "form"))

    assert "现场核查，多项没有落实。" in found["县级承办部门意见"]
    assert squeezed(OPINION) in found["初审机构意见"]


def test_what_went_without_words_says_what_was_done(county):
    application = county.at(Stage.VERIFIED)
    county.choose(reserve=[application])
    county.round_category.places = 1
    county.round_category.save()
    county.act("move_up", application, county.coordinator)

    found = blocks(in_pdf(county.head, application, "form"))

    assert "递补为拟命名。" in found["县级承办部门意见"]


@pytest.mark.parametrize("read", READERS)
def test_the_title_stands_in_the_committees_block_with_its_document(county, held_clock, read):
    application = county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    given = application.designation.decision

    found = blocks(read(county.head, application, "form"))

    assert squeezed(given.document_number) in found["县委意见"]
    assert given.deciding_body in found["县委意见"]
    assert f"办理人：{squeezed(county.deciding_officer.full_name)}" in found["县委意见"]


def test_who_gave_it_is_called_as_on_that_day(county, held_clock):
    application = county.at(Stage.RECOMMENDED)
    called = county.reviewer.full_name
    held_clock.move(timedelta(days=2))
    names.keep(county.reviewer, (called, ""), on=clock.today(), actor=county.coordinator)
    type(county.reviewer).objects.filter(pk=county.reviewer.pk).update(full_name="新名字")

    text = in_pdf(county.head, application, "form")

    assert f"办理人：{squeezed(called)}" in text
    assert "新名字" not in text


WORD = "x" * 400
LONG = "\n".join([f"第{n}点：" + "意见" * 150 for n in range(1, 6)] + [WORD])


@pytest.mark.parametrize("read", READERS)
def test_a_long_opinion_is_printed_whole_and_signed_where_it_ends(county, read):
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application)
    county.act("recommend", application, county.reviewer, opinion=LONG)

    # Without the numbers of the pages that it goes over.
    text = re.sub(r"\u200b|\d/\d", "", read(county.head, application, "form"))

    for part in LONG.splitlines():
        assert part in text
    assert f"{WORD}办理人：" in text


def test_a_long_opinion_goes_over_the_page_within_its_frame(county):
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application)
    county.act("recommend", application, county.reviewer, opinion=LONG)

    pages = PdfReader(fetched(county.head, application, "form", "pdf")).pages

    begun = next(n for n, one in enumerate(pages) if "初审机构意见" in one.extract_text())
    ended = next(n for n, one in enumerate(pages) if "办理人" in one.extract_text())
    assert ended > begun
    # No line runs out of the page: 161 mm hold no more than 110 of the narrowest letters.
    lines = [line for one in pages for line in one.extract_text().splitlines()]
    assert max(len(line.replace("\u200b", "")) for line in lines) <= 110


@pytest.mark.parametrize("kind", ["form", "report", "evidence"])
@pytest.mark.parametrize("read", READERS)
def test_what_was_not_handed_in_is_marked_as_a_draft(county, read, kind):
    application = county.start()
    county.prepare(application)

    text = read(county.preparer, application, kind)

    assert "草稿" in text
    assert "尚未提交" in text


@pytest.mark.parametrize("read", READERS)
def test_the_report_says_of_every_item_what_was_declared_and_which_files_show_it(county, read):
    application = county.at(Stage.SUBMITTED)
    text = read(county.head, application, "report")

    assert "示范点创建自评报告" in text
    for item in application.standard.items.all():
        assert item.code in text
    assert "决策部署贯彻落实到位：已按要求落实，有会议记录；不落实、不配合上级工作：" in text
    assert "没有未达标的条目。" in text
    assert "经会议研究通过" in text


def test_the_report_names_what_falls_short_with_the_plan(county):
    application = county.start()
    county.prepare(application)
    application.answers.filter(item__code="NC-13").update(
        conclusion=Conclusion.NOT_MET, note="年底前扩建到三百平方米。"
    )

    text = in_pdf(county.head, application, "report")

    assert "NC-13：年底前扩建到三百平方米。" in text
    assert "未达标1条" in text


@pytest.mark.parametrize("read", READERS)
def test_the_list_numbers_each_file_with_its_items_kind_and_hash(county, read):
    application = county.at(Stage.SUBMITTED)
    file = application.evidence.get()
    text = read(county.reviewer, application, "evidence")

    assert "佐证材料清单" in text
    assert "".join(file.title.split()) in text
    assert "PDF" in text
    assert file.sha256[:8] in text
    assert "不涉密" in text


def test_earlier_titles_stand_on_the_form_and_not_the_one_that_it_led_to(county, held_clock):
    first = county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    village, county.round = county.village, factories.RoundFactory(name_zh="下一批次")
    county.round_category = factories.RoundCategoryFactory(round=county.round)
    again = county.start()
    assert again.organization == village

    earlier, own = (in_pdf(county.head, one, "form") for one in (again, first))

    assert "曾获称号" in earlier
    assert first.designation.number in earlier
    assert first.designation.number not in own


def test_a_correction_under_way_is_read_by_others_as_it_was_handed_in(county):
    application = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction", application, county.reviewer, corrections={"NC-01": "请补充。"}
    )
    application.answers.filter(item__code="NC-01").update(note="正在改的说明")

    assert "正在改的说明" in in_pdf(county.preparer, application, "report")
    theirs = in_pdf(county.reviewer, application, "report")
    assert "正在改的说明" not in theirs
    assert "草稿" not in theirs


def test_the_case_page_leads_to_the_papers_and_another_kind_is_not_there(county):
    application = county.at(Stage.SUBMITTED)
    head = browser(county.head)

    assert page("papers", application) in head.get(page("case", application)).content.decode()
    content = head.get(page("papers", application)).content.decode()
    for kind in ("form", "report", "evidence"):
        assert page("paper", application, kind, "pdf") in content
        assert page("paper", application, kind, "docx") in content
    assert head.get(page("paper", application, "other", "pdf")).status_code == 404
    assert head.get(page("paper", application, "form", "exe")).status_code == 404


# The signed and sealed page


def bring(person, application, content=PDF, name="签章.pdf", **typed):
    file = SimpleUploadedFile(name, content)
    return fill_in(browser(person), page("papers", application), {"file": file, **typed})


@pytest.fixture
def handed_in(county):
    return county.at(Stage.SUBMITTED)


def test_the_signed_page_is_kept_with_its_hash_and_read_by_the_reviewer(county, handed_in):
    assert bring(county.head, handed_in, PDF + b"% signed").status_code == 302

    kept = SignedPage.objects.get()
    assert kept.submission == handed_in.submission
    reviewer = browser(county.reviewer)
    content = reviewer.get(page("papers", handed_in)).content.decode()
    assert kept.sha256 in content
    assert "上传签章页" not in content
    file = reviewer.get(reverse("library:file", args=[kept.entry_id]))
    assert file.status_code == 200
    close_file(file)
    event = AuditEvent.objects.filter(action="evidence.cite").latest("pk")
    assert event.details["sha256"] == kept.sha256


def test_what_is_said_of_the_first_page_is_not_said_of_another(county, handed_in):
    head = browser(county.head)
    for content, is_another in ((b"% one", False), (b"% two", True)):
        file = SimpleUploadedFile("签章.pdf", PDF + content)
        answer = fill_in(head, page("papers", handed_in), {"file": file})
        shown = head.get(answer.url).content.decode()
        assert "签章页已收下" in shown
        assert ("原来的仍留存" in shown) == is_another


def test_on_an_english_page_it_enters_the_record_in_chinese(county, handed_in):
    case = Case(handed_in, actor=county.head)
    with override("en"):
        signed_page.bring(case, received(PDF + b"% signed", "a.pdf"), title="", actor=county.head)
    assert SignedPage.objects.get().entry.title == "签章页"


def test_another_page_takes_its_place_and_the_first_stays(county, handed_in):
    bring(county.head, handed_in, PDF + b"% one")
    bring(county.preparer, handed_in, PDF + b"% two", title="重新盖章")

    first, second = SignedPage.objects.order_by("pk")
    assert first.replaced_at is not None
    assert second.replaced_at is None
    theirs = browser(county.head).get(page("papers", handed_in)).content.decode()
    assert "已由后来的替换，留存" in theirs
    assert first.sha256 in theirs
    reviewer = browser(county.reviewer).get(page("papers", handed_in)).content.decode()
    assert "重新盖章" in reviewer
    assert first.sha256 not in reviewer


def test_a_page_of_a_correction_is_read_by_others_once_it_is_handed_in(
    county, handed_in, held_clock
):
    bring(county.head, handed_in, PDF + b"% one")
    corrections = {"NC-13": "请补充面积依据"}
    county.act("return_for_correction", handed_in, county.reviewer, corrections=corrections)
    held_clock.move(timedelta(hours=1))
    bring(county.head, handed_in, PDF + b"% two")
    pages = list(SignedPage.objects.order_by("pk"))

    def read_by(person):
        """The pages that are listed, and whose files are opened."""
        listed = browser(person).get(page("papers", handed_in)).content.decode()
        files = [browser(person).get(reverse("library:file", args=[one.entry_id])) for one in pages]
        for file in files:
            close_file(file)
        return [one.sha256 in listed for one in pages], [one.status_code == 200 for one in files]

    assert read_by(county.reviewer) == ([True, False], [True, False])
    assert read_by(county.head) == ([True, True], [True, True])
    handed_in.corrections.update(reply="已补充")
    county.act("resubmit", handed_in, county.head, truth_confirmed=True)
    assert read_by(county.reviewer) == ([False, True], [False, True])


def test_the_same_file_again_changes_nothing(county, handed_in):
    for _turn in range(2):
        bring(county.head, handed_in, PDF + b"% one")

    assert SignedPage.objects.count() == 1


def test_a_file_that_is_not_taken_is_told_at_its_field(county, handed_in):
    for content, name in ((b"MZ\x90", "签章.exe"), (b"", "empty.pdf")):
        answered = bring(county.head, handed_in, content, name)
        assert answered.status_code == 422
    missing = fill_in(browser(county.head), page("papers", handed_in))
    assert missing.status_code == 422
    assert not SignedPage.objects.exists()


def test_nobody_but_the_applicant_brings_it_and_not_at_the_end(county, handed_in):
    file = {"file": SimpleUploadedFile("a.pdf", PDF)}
    assert browser(county.reviewer).post(page("papers", handed_in), file).status_code == 404
    opened = browser(county.head)
    Application.objects.filter(pk=handed_in.pk).update(stage=Stage.REJECTED)

    file = {"file": SimpleUploadedFile("a.pdf", PDF)}
    assert opened.post(page("papers", handed_in), file).status_code == 422
    assert "上传签章页" not in opened.get(page("papers", handed_in)).content.decode()
    assert not SignedPage.objects.exists()


def test_the_database_keeps_what_was_brought(county, handed_in):
    bring(county.head, handed_in)
    kept = SignedPage.objects.get()

    for change in (lambda: SignedPage.objects.update(sha256="0" * 64), kept.delete):
        with pytest.raises(IntegrityError, match="kept as it was brought"), transaction.atomic():
            change()
    kept.pk = None
    with pytest.raises(IntegrityError, match="signed_page_one_stands"), transaction.atomic():
        kept.save(force_insert=True)
