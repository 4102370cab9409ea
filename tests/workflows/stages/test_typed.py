"""A unit without a computer: its township types what its head signed, and does not review it."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from designation.applications.models import Application, SignedPaper, Stage
from designation.audit.models import AuditEvent
from designation.evidence import library
from designation.evidence.content import received
from designation.evidence.models import LibraryEntry
from designation.organizations.models import BodyKind, Organization, Role, Seat
from designation.site import clock
from designation.site.refusal import Refusal
from notifications import delivery
from notifications.models import Message
from tests import factories
from tests.course import OPINION, PDF
from tests.permissions.test_matrix import close_file
from tests.sheets import Sheet
from workflows.case import interests, rules
from workflows.case.facts import Case
from workflows.case.interests import Tie
from workflows.case.scoping import visible_applications, waiting_for
from workflows.stages.self_assessment import typed as typing_for

pytestmark = pytest.mark.django_db

SIGNER = "王书记"


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def page(name, application):
    return reverse(f"applications:{name}", args=[application.pk])


def told(person):
    """The subjects of what the person was told, the oldest first."""
    delivery.deliver_waiting()
    rows = Message.objects.filter(person=person).order_by("pk")
    return list(rows.values_list("subject", flat=True))


def paper(content=PDF):
    return received(content, "paper.pdf")


def signed(**more):
    return {"signed_by": SIGNER, "signed_on": clock.today(), **more}


def typing(county):
    return reverse("applications:type", args=[county.round.pk])


def file(content=PDF):
    return SimpleUploadedFile("纸质件.pdf", content)


@pytest.fixture
def typist(county):
    return county.reviewer


@pytest.fixture
def typed(county, typist):
    return typing_for.begin(county.round, county.village, paper(), actor=typist, **signed())


def fill_in(county, application, typist):
    """All that the confirmation asks for, typed by the township."""
    own, county.__dict__["preparer"] = county.preparer, typist
    county.prepare(application)
    county.__dict__["preparer"] = own


@pytest.fixture
def filled(county, typed, typist):
    fill_in(county, typed, typist)
    return typed


# Beginning


def test_the_desk_of_a_township_leads_to_typing_while_the_round_takes_applications(
    county, typist, held_clock
):
    assert typing(county) in browser(typist).get(reverse("home")).content.decode()
    assert typing(county) not in browser(county.preparer).get(reverse("home")).content.decode()

    held_clock.move_to(county.round.closes_at + timedelta(days=1))
    assert typing(county) not in browser(typist).get(reverse("home")).content.decode()


def test_the_paper_comes_first_and_the_unit_sees_all_of_it(county, typist):
    sheet = Sheet(browser(typist), typing(county))

    answer = sheet.send(
        organization=county.village.name,
        agreed="on",
        signed_by=SIGNER,
        signed_on=str(clock.today()),
        file=file(),
    )

    application = Application.objects.get()
    assert answer.url == page("case", application)
    (kept,) = SignedPaper.objects.all()
    assert (kept.application, kept.signed_by, kept.brought_by) == (application, SIGNER, typist)
    shown = browser(county.preparer).get(page("case", application)).content.decode()
    assert f"由{county.township.name}{typist.full_name}按签字纸质件代录" in " ".join(shown.split())
    listed = browser(county.head).get(page("signed_papers", application)).content.decode()
    assert kept.sha256 in listed
    assert "签字纸质件" in listed
    (entry,) = (one for _paper, one in typing_for.of(application, typist))
    assert entry.stored.sha256 == kept.sha256
    for reader in (county.head, typist):
        answer = browser(reader).get(reverse("library:file", args=[entry.pk]))
        assert b"".join(answer.streaming_content) == PDF
    assert f"{county.township.name}正按负责人签字的纸质件代录" in "".join(told(county.head))
    start = application.decisions.get()
    assert (start.transition, start.actor, start.actor_role) == ("start", typist, "first_reviewer")
    (event,) = AuditEvent.objects.filter(action="application.type")
    assert event.details["sha256"] == kept.sha256


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"organization": "没有这个村"}, "没有这个名称的单位"),
        ({"agreed": None}, "field-agreed"),
        ({"signed_by": "　"}, "field-signed_by"),
        ({"signed_on": "2099-01-01"}, "签字日期不能晚于今天"),
        ({"file": None}, "请选择文件"),
        ({"file": b"MZ not a paper"}, "field-file"),
    ],
    ids=["name", "agreed", "signer", "date", "no file", "file"],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_begun(county, typist, wrong, told):
    sheet = Sheet(browser(typist), typing(county))
    good = {
        "organization": county.village.name,
        "agreed": "on",
        "signed_by": SIGNER,
        "signed_on": str(clock.today()),
        "file": PDF,
    }
    typed = good | wrong
    if typed["file"] is not None:
        typed["file"] = file(typed["file"])

    answer = sheet.send(typed)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Application.objects.exists()


def test_two_units_of_one_name_are_not_guessed_between(county, typist):
    factories.VillageFactory(name_zh=county.village.name_zh)
    answer = Sheet(browser(typist), typing(county)).send(
        organization=county.village.name,
        agreed="on",
        signed_by=SIGNER,
        signed_on=str(clock.today()),
        file=file(),
    )
    assert "有几个单位叫这个名称" in answer.content.decode()


def test_the_same_form_sent_twice_begins_one(county, typist):
    sheet = Sheet(browser(typist), typing(county))

    def send(**more):
        return sheet.send(
            {
                "organization": county.village.name,
                "agreed": "on",
                "signed_by": SIGNER,
                "signed_on": str(clock.today()),
                "file": file(),
                **more,
            }
        )

    assert send().url == send().url
    assert Application.objects.count() == 1
    assert send(signed_by="别人").status_code == 422


def test_a_unit_that_has_begun_is_not_begun_again(county, typist):
    county.start()
    answer = Sheet(browser(typist), typing(county)).send(
        organization=county.village.name,
        agreed="on",
        signed_by=SIGNER,
        signed_on=str(clock.today()),
        file=file(),
    )
    assert answer.status_code == 422
    assert "该单位在这一批次已有申报，由它自己填写，不用代录" in answer.content.decode()
    assert not SignedPaper.objects.exists()


def test_a_unit_whose_application_has_ended_is_not_typed_for_and_nobody_is_sent_to_it(
    county, typist
):
    county.choose(left_out=[county.at(Stage.VERIFIED)])

    with pytest.raises(Refusal) as refusal:
        typing_for.begin(county.round, county.village, paper(), actor=typist, **signed())

    assert "已经结束" in refusal.value.findings[0].message
    assert "继续" not in refusal.value.findings[0].message


def test_what_somebody_types_is_not_begun_by_a_colleague_who_is_told_who_goes_on(
    county, typed, typist
):
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)
    for person, told in (
        (colleague, f"该单位在这一批次已由{typist.full_name}代录，请由其继续录入"),
        (typist, "该单位在这一批次已由您代录，请在“申报”中打开它继续录入"),
    ):
        with pytest.raises(Refusal, match=told):
            typing_for.begin(county.round, county.village, paper(), actor=person, **signed())
    typed.refresh_from_db()
    assert typed.typed_by == typist


# Gone on with, when whoever typed it has left


def leave(person):
    Seat.objects.filter(person=person).update(ended_at=clock.now())


def test_a_colleague_goes_on_with_what_was_left_from_a_paper_signed_anew(county, typed, typist):
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)
    leave(typist)

    answer = Sheet(browser(colleague), typing(county)).send(
        organization=county.village.name,
        agreed="on",
        signed_by=SIGNER,
        signed_on=str(clock.today()),
        file=file(PDF.replace(b"1.4", b"1.5")),
    )

    assert answer.url == page("case", typed)
    assert browser(colleague).get(answer.url).status_code == 200
    typed = Application.objects.get()
    assert typed.typed_by == colleague
    assert typed in waiting_for(colleague)
    assert list(typed.papers.values_list("brought_by", flat=True)) == [typist.pk, colleague.pk]
    begun = AuditEvent.objects.filter(action="application.type").order_by("pk")
    assert [event.actor for event in begun] == [typist, colleague]
    # Back in the seat, who typed before does neither type nor review.
    Seat.objects.filter(person=typist).update(ended_at=None)
    back = type(typist).objects.get(pk=typist.pk)
    assert typed not in visible_applications(back)
    assert not rules.is_first_reviewer(Case(typed), back)


def test_a_correction_that_was_left_is_gone_on_with_after_the_round_has_closed(
    county, filled, typist, held_clock
):
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)
    county.act("confirm", filled, typist, truth_confirmed=True)
    county.act("submit", filled, typist)
    county.act("return_for_correction", filled, colleague, corrections={"NC-13": "请补充面积依据"})
    held_clock.move_to(county.round.closes_at + timedelta(days=1))
    assert browser(colleague).get(typing(county)).status_code == 404
    leave(typist)
    leave(county.preparer)

    told = f"代录的人已离岗：请{county.township.name}的另一位初审员"
    assert told in browser(county.coordinator).get(reverse("home")).content.decode()
    assert typing(county) in browser(colleague).get(reverse("home")).content.decode()
    typing_for.begin(county.round, county.village, paper(), actor=colleague, **signed())

    filled.refresh_from_db()
    assert filled.typed_by == colleague
    assert rules.is_typist(Case(filled), colleague)
    assert browser(colleague).get(typing(county)).status_code == 404


def test_two_colleagues_do_not_both_go_on_with_it(county, typed, typist, monkeypatch):
    first = factories.seated(Role.FIRST_REVIEWER, county.township)
    second = factories.seated(Role.FIRST_REVIEWER, county.township)
    leave(typist)
    lock_for = typing_for.lock_for

    def after_the_other(application, may, actor):
        Application.objects.filter(pk=application.pk).update(typed_by=first)
        return lock_for(application, may, actor)

    monkeypatch.setattr(typing_for, "lock_for", after_the_other)
    with pytest.raises(Refusal):
        typing_for.begin(county.round, county.village, paper(), actor=second, **signed())
    assert SignedPaper.objects.count() == 1


def test_what_a_person_types_is_told_before_their_seat_ends(county, typed, typist):
    security = factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)
    seat = Seat.objects.get(person=typist)

    asked = browser(security).post(reverse("organizations:seat_end", args=[seat.pk]))

    content = asked.content.decode()
    assert "代录中的申报：1 件" in content
    assert "重新上传签字的纸质件，接着代录" in content


def test_only_the_township_that_reviews_the_unit_types_for_it(county, typist):
    elsewhere = factories.VillageFactory()
    stranger = factories.seated(Role.FIRST_REVIEWER, elsewhere.superior)
    with pytest.raises(Refusal):
        typing_for.begin(county.round, county.village, paper(), actor=stranger, **signed())
    with pytest.raises(Refusal):
        typing_for.begin(county.round, county.village, paper(), actor=county.preparer, **signed())

    Organization.objects.filter(pk=county.township.pk).update(
        body_kind=BodyKind.EDUCATION_COMMITTEE
    )
    village = Organization.objects.get(pk=county.village.pk)
    with pytest.raises(Refusal):
        typing_for.begin(county.round, village, paper(), actor=typist, **signed())


def test_a_paper_that_nobody_signed_is_not_taken(county, typist):
    with pytest.raises(Refusal):
        typing_for.begin(
            county.round, county.village, paper(), actor=typist, **signed(signed_by=" ")
        )


# Filling in and confirming


def test_whoever_types_sees_the_draft_and_nobody_else_of_the_township_does(county, typed, typist):
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)

    assert typed in visible_applications(typist)
    assert typed in waiting_for(typist)
    assert typed not in visible_applications(colleague)
    assert typed not in waiting_for(colleague)
    Seat.objects.filter(person=typist).update(ended_at=clock.now())
    del typist.__dict__["_seats"]
    assert typed not in visible_applications(typist)


def test_it_is_typed_as_its_own_people_would(county, typed, typist):
    client = browser(typist)
    section = reverse("applications:section", args=[typed.pk, 1])
    Sheet(client, section, to="/items/NC-03/").send({"NC-03-C1": "yes"})

    row = typed.answers.get(item__code="NC-03")
    assert (row.values["NC-03-C1"], row.saved_by) == (True, typist)


def test_the_signature_stands_for_the_heads_word(county, filled, typist):
    client = browser(typist)
    offer = Sheet(client, page("confirm", filled))
    assert "所录内容与单位负责人签字的纸质件一致" in offer.text
    assert f"查看{SIGNER}" in offer.text
    (link,) = offer.root.xpath("//form[@id='word']//a/@href")
    assert link == page("signed_papers", filled)

    assert offer.send().status_code == 422
    assert offer.send(truth="yes").status_code == 302

    filled.refresh_from_db()
    assert filled.stage == Stage.SELF_ASSESSED
    decision = filled.decisions.get(transition="confirm")
    assert (decision.actor, decision.actor_role) == (typist, "first_reviewer")
    county.act("submit", filled, typist)


def test_a_preparer_without_the_paper_still_does_not_confirm(county, filled):
    with pytest.raises(Refusal):
        county.act("confirm", filled, county.preparer, truth_confirmed=True)


def test_what_is_typed_too_late_stays_on_the_page_and_its_file_is_kept_nowhere(
    county, filled, typist
):
    client = browser(typist)
    county.act("confirm", filled, typist, truth_confirmed=True)
    county.act("submit", filled, typist)
    address = reverse("applications:evidence_add", args=[filled.pk, "NC-13"])
    entries = set(LibraryEntry.objects.values_list("pk", flat=True))

    late = client.post(
        address, {"answer": "1", "NC-13-note": "补一句", "note": "补一句", "file": file(PDF + b"%")}
    )

    content = late.content.decode()
    assert late.status_code == 422
    assert "本条现在不能修改" in content
    assert "补一句" in content
    assert "所选的材料没有存入" in content
    sent = PDF + b"% two"
    one = client.post(
        address,
        {"file": file(sent), "sha256": hashlib.sha256(sent).hexdigest()},
        headers={"X-Upload": "1"},
    )
    assert one.status_code == 422
    assert "本条现在不能修改" in one.json()["refused"]
    assert set(LibraryEntry.objects.values_list("pk", flat=True)) == entries


def test_a_correction_is_confirmed_by_a_paper_signed_anew(county, filled, typist, held_clock):
    county.act("confirm", filled, typist, truth_confirmed=True)
    county.act("submit", filled, typist)
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)
    county.act("return_for_correction", filled, colleague, corrections={"NC-13": "请补充面积依据"})
    filled.refresh_from_db()
    assert filled in waiting_for(typist)
    assert told(typist)[-1] == f"{county.village.name}的申报被退回补正，请按清单逐条补正。"
    filled.corrections.update(reply="已补充")
    held_clock.move(timedelta(hours=1))

    with pytest.raises(Refusal) as refused:
        county.act("resubmit", filled, typist, truth_confirmed=True)
    assert "paper_missing" in {one.code for one in refused.value.findings}

    sheet = Sheet(browser(typist), page("signed_papers", filled))
    again = file(PDF.replace(b"1.4", b"1.5"))
    answer = sheet.send(signed_by=SIGNER, signed_on=str(clock.today()), file=again)
    assert answer.url == page("case", filled)
    with pytest.raises(Refusal, match="已有人接着办理"):
        county.act("take_back_return", filled, colleague)
    county.act("resubmit", filled, typist, truth_confirmed=True)
    assert SignedPaper.objects.count() == 2


def test_a_paper_of_a_correction_is_read_by_others_once_it_is_handed_in(
    county, filled, typist, held_clock
):
    county.act("confirm", filled, typist, truth_confirmed=True)
    county.act("submit", filled, typist)
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)
    county.act("return_for_correction", filled, colleague, corrections={"NC-13": "请补充面积依据"})
    held_clock.move(timedelta(hours=1))
    again = paper(PDF.replace(b"1.4", b"1.5"))
    kept = typing_for.bring(Case(filled, actor=typist), again, actor=typist, **signed())
    filled.refresh_from_db()
    entry = typing_for.of(filled, typist)[-1][1]

    def reads(person):
        listed = browser(person).get(page("signed_papers", filled)).content.decode()
        file = browser(person).get(reverse("library:file", args=[entry.pk]))
        close_file(file)
        return kept.sha256 in listed, file.status_code == 200

    assert reads(colleague) == (False, False)
    assert reads(typist) == reads(county.head) == (True, True)
    filled.corrections.update(reply="已补充")
    county.act("resubmit", filled, typist, truth_confirmed=True)
    assert reads(colleague) == (True, True)


def test_another_paper_is_refused_with_what_to_do(county, typed, typist):
    sheet = Sheet(browser(typist), page("signed_papers", typed))
    assert sheet.send(signed_by="", signed_on="", file=file()).status_code == 422
    bad = sheet.send(signed_by=SIGNER, signed_on=str(clock.today()), file=file(b"MZ"))
    assert bad.status_code == 422
    with pytest.raises(Refusal):
        typing_for.bring(Case(typed, actor=typist), paper(), actor=typist, **signed(signed_by=""))


def test_once_it_was_confirmed_no_paper_comes_in_its_place(county, filled, typist):
    sheet = Sheet(browser(typist), page("signed_papers", filled))
    county.act("confirm", filled, typist, truth_confirmed=True)

    late = sheet.send(signed_by=SIGNER, signed_on=str(clock.today()), file=file())

    assert late.status_code == 422
    assert SignedPaper.objects.count() == 1
    stranger = browser(county.head).post(page("signed_papers", filled), {"signed_by": "甲"})
    assert stranger.status_code == 422


def test_an_application_that_its_own_people_fill_in_has_no_papers(county):
    draft = county.start()
    assert browser(county.preparer).get(page("signed_papers", draft)).status_code == 404


# Who does not review it


def test_where_nobody_else_could_review_it_is_said_before_anything_is_typed(county, typist):
    told = "您代录的申报将无人可以初审：请先请安全管理员再授予一人这个岗位"
    assert f"{county.township.name}现在只有您一人" in (
        shown := browser(typist).get(typing(county)).content.decode()
    )
    assert told in shown

    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)
    assert told not in browser(typist).get(typing(county)).content.decode()
    type(colleague).objects.filter(pk=colleague.pk).update(is_active=False)
    assert told in browser(typist).get(typing(county)).content.decode()


def test_whoever_types_is_told_what_became_of_it_until_the_unit_takes_over(county, filled, typist):
    county.act("confirm", filled, typist, truth_confirmed=True)
    county.act("submit", filled, typist)
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)
    before = len(told(typist))

    county.act("reject", filled, colleague, opinion=OPINION)

    (message,) = told(typist)[before:]
    assert message.startswith(county.village.name)


def test_once_the_unit_took_over_whoever_typed_is_told_no_more(county, filled, typist):
    county.act("confirm", filled, typist, truth_confirmed=True)
    county.act("submit", filled, typist)
    typing_for.take_over(Case(filled, actor=county.head), actor=county.head)
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)
    before = told(typist)

    county.act("reject", filled, colleague, opinion=OPINION)

    assert told(typist) == before
    assert told(county.head)[-1].startswith(county.village.name)


def test_whoever_typed_does_not_review_it(county, filled, typist):
    county.act("confirm", filled, typist, truth_confirmed=True)
    submitted = county.act("submit", filled, typist)
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)
    case = Case(submitted)

    assert Tie.PREPARED in interests.ties_of([submitted.pk])[submitted.pk][typist.pk]
    assert not rules.is_first_reviewer(case, typist)
    assert rules.is_first_reviewer(case, colleague)
    with pytest.raises(Refusal):
        county.act("reject", submitted, typist, opinion=OPINION)
    assert submitted not in waiting_for(typist)
    assert submitted in waiting_for(colleague)


def test_whoever_only_brought_a_paper_steps_aside_too(county, typed):
    other = factories.seated(Role.FIRST_REVIEWER, county.township)
    SignedPaper.objects.create(
        application=typed,
        signed_by=SIGNER,
        signed_on=clock.today(),
        sha256="0" * 64,
        brought_by=other,
        at=clock.now(),
    )
    assert not rules.is_first_reviewer(Case(typed), other)


def test_what_was_begun_for_the_wrong_unit_is_withdrawn_until_it_is_handed_in(
    county, filled, typist
):
    other = typing_for.begin(
        county.round, county.beside().village, paper(), actor=typist, **signed()
    )
    county.act("withdraw", other, typist, opinion="录错了单位，重新代录。")
    other.refresh_from_db()
    assert other.stage == Stage.WITHDRAWN

    county.act("confirm", filled, typist, truth_confirmed=True)
    county.act("submit", filled, typist)
    with pytest.raises(Refusal):
        county.act("withdraw", filled, typist, opinion="录错了单位，重新代录。")


# The unit goes on itself


def test_the_unit_takes_over_and_the_township_only_reviews_from_then_on(county, typed, typist):
    case = browser(county.head).get(page("case", typed)).content.decode()
    assert "由本单位接手填报" in case
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)

    answer = Sheet(browser(county.head), page("case", typed), to="/take-over/").send()

    assert answer.url == page("case", typed)
    typed.refresh_from_db()
    assert typed.taken_over_at == clock.now()
    assert typed not in visible_applications(typist)
    assert browser(typist).get(page("case", typed)).status_code == 404
    shown = browser(county.preparer).get(page("case", typed)).content.decode()
    assert "起由本单位自行填报" in shown
    assert "由本单位接手填报" not in shown
    (event,) = AuditEvent.objects.filter(action="application.take_over")
    assert (event.actor, event.actor_role) == (county.head, "head")
    name, body = county.village.name, county.township.name
    assert told(colleague) == [f"{name}已接手自行填报，不再由{body}代录。"]


def test_it_is_taken_over_once_and_by_its_own_people_alone(county, typed, typist):
    assert browser(typist).post(page("take_over", typed), {"sure": "yes"}).status_code == 404
    assert (
        browser(county.preparer).post(page("take_over", typed), {"sure": "yes"}).status_code == 302
    )
    assert (
        browser(county.preparer).post(page("take_over", typed), {"sure": "yes"}).status_code == 422
    )
    with pytest.raises(Refusal):
        typing_for.take_over(Case(typed, actor=typist), actor=typist)


def test_without_the_tick_the_case_page_says_what_is_asked(county, typed):
    answer = browser(county.head).post(page("take_over", typed))

    assert answer.status_code == 422
    content = answer.content.decode()
    assert content.count("勾选“我已看清”") == 2
    assert "由本单位接手填报" in content
    typed.refresh_from_db()
    assert typed.taken_over_at is None


def test_returned_after_the_unit_took_over_it_is_its_own_turn(county, filled, typist):
    county.act("confirm", filled, typist, truth_confirmed=True)
    county.act("submit", filled, typist)
    typing_for.take_over(Case(filled, actor=county.head), actor=county.head)
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)

    county.act("return_for_correction", filled, colleague, corrections={"NC-13": "请补充面积依据"})

    filled.refresh_from_db()
    assert filled not in waiting_for(typist)
    assert filled in waiting_for(county.preparer)


# What a township reads of the library


def test_whoever_types_chooses_only_what_they_may_read_anyway(county, typed, typist):
    entry = library.put_in(file(b"%PDF-1.7 other" + PDF), holder=county.village, actor=county.head)
    address = reverse("applications:library", args=[typed.pk, "NC-01"])

    assert entry.title in browser(county.head).get(address).content.decode()
    assert entry.title not in browser(typist).get(address).content.decode()
    assert browser(typist).post(address, {"entry": entry.pk}).status_code == 404


# What is kept


def test_on_an_english_page_the_record_is_in_chinese(county, typist):
    with override("en"):
        typed = typing_for.begin(county.round, county.village, paper(), actor=typist, **signed())
    ((_paper, entry),) = typing_for.of(typed, typist)
    assert entry.title == f"签字纸质件 {clock.today()}"


def test_a_paper_is_kept_as_it_came(typed):
    row = SignedPaper.objects.filter(application=typed)
    for change in (lambda: row.update(signed_by="别人"), row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_nothing_is_taken_over_from_nobody(county):
    draft = county.start()
    with pytest.raises(DatabaseError), transaction.atomic():
        Application.objects.filter(pk=draft.pk).update(taken_over_at=clock.now())
