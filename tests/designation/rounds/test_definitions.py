"""Local terms of a round: the county's definitions of its opening, corrected only on record."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from lxml import html

from designation.applications.models import Stage
from designation.audit import wording
from designation.audit.models import AuditEvent
from designation.organizations.models import Role
from designation.rounds import configuring, copying, definitions, opening
from designation.rounds.models import LocalTerm, Round, RoundDefinition
from designation.site import clock
from notifications.delivery import deliver_waiting
from notifications.models import Message
from tests import factories
from tests.public_addresses import public
from tests.sheets import Sheet, fill_in

pytestmark = pytest.mark.django_db

TERM = "四个统一"
NEW, DOCUMENT = "标识、外观、设施、展陈统一", "县委办〔2026〕7号"
REASON = "原释义漏写了展陈。"


def browser(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def draft(county):
    round_ = factories.RoundFactory(
        jurisdiction=county.jurisdiction, status=Round.Status.DRAFT, name_zh="筹备中的批次"
    )
    factories.RoundCategoryFactory(round=round_)
    return round_


def said(round_, term=TERM):
    return round_.definitions.get(term=term, replaced_by=None)


def define(round_, county, definition, document="", term=TERM):
    configuring.define_terms(round_, {term: (definition, document)}, actor=county.coordinator)


def address(definition):
    return reverse("rounds:correct_term", args=[definition.round_id, definition.pk])


def correct(county, former, **typed):
    typed = {"definition": NEW, "document": DOCUMENT, "reason": REASON} | typed
    return fill_in(browser(county.coordinator), address(former), typed)


def told(person):
    deliver_waiting()
    return list(Message.objects.filter(person=person).values_list("subject", flat=True))


def round_page(client, round_):
    return client.get(public("rounds:detail", args=[round_.pk])).content.decode()


# What a round takes when it opens


def test_a_round_that_opens_takes_what_the_county_says_of_the_terms_it_uses(county, draft):
    LocalTerm.objects.filter(term=TERM).update(definition="县里说的", source_document=DOCUMENT)

    opening.open_round(draft, actor=county.coordinator)

    row = said(draft)
    assert (row.definition, row.source_document, row.way) == ("县里说的", DOCUMENT, "opened")
    assert (row.actor, row.role) == (county.coordinator, Role.COUNTY_COORDINATOR)
    used = {"四议两公开", "三有三带", "双推双评三全程", TERM, "两代表一委员", "通、净、绿、亮、文"}
    assert set(draft.definitions.values_list("term", flat=True)) == used


def test_what_the_county_says_later_leaves_an_open_round_as_it_is(county, draft, client):
    opening.open_round(draft, actor=county.coordinator)
    later = factories.RoundFactory(jurisdiction=county.jurisdiction, status=Round.Status.DRAFT)
    factories.RoundCategoryFactory(round=later)

    define(later, county, "后来的规定")

    assert said(draft).definition == f"本县对{TERM}的规定"
    assert "后来的规定" not in round_page(client, draft)
    opening.open_round(later, actor=county.coordinator)
    assert said(later).definition == "后来的规定"


def test_a_copied_round_takes_what_the_county_says_now(county):
    correct(county, said(county.round))
    made = copying.copy(county.round, actor=county.coordinator)
    define(made, county, "今年的规定")
    Round.objects.filter(pk=made.pk).update(
        approval_document_number="〔2026〕1号",
        opens_at=clock.now(),
        closes_at=clock.now() + timedelta(days=20),
    )

    opening.open_round(made, actor=county.coordinator)

    assert said(made).definition == "今年的规定"


def test_a_term_that_nobody_defined_is_named_with_the_page_on_which_it_is_filled(county, draft):
    LocalTerm.objects.filter(term=TERM).delete()

    page = browser(county.coordinator).get(reverse("rounds:detail", args=[draft.pk]))

    found = {finding.message: where for finding, where in page.context["obstacles"]}
    terms = reverse("rounds:terms", args=[draft.pk])
    assert found == {f"地方用语“{TERM}”还没有本县释义，请先录入。": terms}


def test_who_opens_a_round_has_seen_the_definitions_that_it_takes(county, draft):
    page = reverse("rounds:detail", args=[draft.pk])
    sheet = Sheet(browser(county.coordinator), page, to="/open/")
    assert "以下是本县现在的释义" in sheet.text
    assert f"本县对{TERM}的规定" in sheet.text
    define(draft, county, "他人刚改的规定")

    refused = sheet.send()

    assert refused.status_code == 422
    assert "在您打开页面后有改动" in refused.content.decode()
    assert not draft.definitions.exists()


def test_an_application_is_judged_by_its_rounds_definitions_alone(county):
    application = county.at(Stage.DRAFT)
    LocalTerm.objects.all().delete()

    where = reverse("applications:item", args=[application.pk, item_using(TERM)])
    found = browser(county.preparer).get(where, follow=True)

    assert "本县释义尚未录入" not in found.content.decode()


# Where it is read


def item_using(term):
    checks = factories.current("NC").items.filter(checks__local_term=term)
    return checks.values_list("code", flat=True).first()


def test_the_applicant_reads_the_definition_and_its_document_beside_the_item(county):
    application = county.start()
    correct(county, said(county.round))
    client = browser(county.preparer)

    def card(code):
        where = reverse("applications:item", args=[application.pk, code])
        page = html.fromstring(client.get(where, follow=True).content.decode())
        return page.get_element_by_id(code).text_content()

    for words in (f"“{TERM}”", NEW, DOCUMENT, REASON, f"本县对{TERM}的规定"):
        assert words in card(item_using(TERM))
    assert "本批次对地方用语的释义" not in card("NC-01")


def test_reviewer_and_verifier_read_it_beside_the_item(county):
    application = county.at(Stage.SUBMITTED)
    review = browser(county.reviewer).get(reverse("applications:review", args=[application.pk]))
    assert f"本县对{TERM}的规定" in review.content.decode()
    on_site = county.beside()
    where = [on_site.at(Stage.VERIFYING).pk, item_using(TERM)]
    measure = reverse("applications:measure", args=where)
    assert f"本县对{TERM}的规定" in browser(on_site.verifiers[0]).get(measure).content.decode()


def test_the_public_reads_them_on_the_page_of_the_round(county, client):
    correct(county, said(county.round))

    content = round_page(client, county.round)

    for words in (TERM, NEW, DOCUMENT, REASON, f"本县对{TERM}的规定", "更正，原因："):
        assert words in content
    assert "按本县当日的释义列入" in content


# Corrected


def test_a_correction_is_another_row_on_record_and_told_to_those_it_concerns(county):
    county.start()
    handed_in = county.beside()
    handed_in.at(Stage.SUBMITTED)
    on_site = county.beside()
    on_site.at(Stage.VERIFYING)
    withdrawn = county.beside()
    withdrawn.act("withdraw", withdrawn.at(Stage.DRAFT), withdrawn.head)
    before = said(county.round)

    assert correct(county, before).status_code == 302

    after = said(county.round)
    assert (after.replaces, after.way, after.reason) == (before, "corrected", REASON)
    assert (after.definition, after.source_document) == (NEW, DOCUMENT)
    assert LocalTerm.objects.get(term=TERM).definition == f"本县对{TERM}的规定"
    subject = f"“{county.round.name_zh}”中“{TERM}”的释义已更正。"
    for person in (county.head, county.preparer, handed_in.head, handed_in.reviewer):
        assert told(person).count(subject) == 1
    assert subject in told(on_site.verifiers[0])
    assert subject not in told(withdrawn.head)
    event = AuditEvent.objects.get(action="round.correct_term")
    assert event.actor_role == Role.COUNTY_COORDINATOR
    assert dict(wording.details(event)) == {
        f"“{TERM}”": f"本县对{TERM}的规定 → {NEW}",
        f"“{TERM}”的依据文件": f"（空） → {DOCUMENT}",
        "理由": REASON,
    }


def test_whose_standard_does_not_use_the_term_and_who_has_only_a_draft_to_review_is_not_told(
    county,
):
    county.start()
    foreign = RoundDefinition.objects.get(round=county.round, term="六有")

    correct(county, said(county.round))
    correct(county, foreign)

    assert [subject for subject in told(county.head) if "释义" in subject] == [
        f"“{county.round.name_zh}”中“{TERM}”的释义已更正。"
    ]
    assert told(county.reviewer) == []


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"definition": " "}, "definition", "请填写更正后的释义。"),
        (
            {"definition": f"本县对{TERM}的规定", "document": ""},
            "definition",
            "没有需要更正的内容",
        ),
        ({"definition": "字" * 1001}, "definition", "1000"),
        ({"document": "字" * 201}, "document", "200"),
        ({"reason": " "}, "reason", ""),
        ({"reason": ""}, "reason", ""),
    ],
)
def test_a_correction_that_says_nothing_is_refused_at_its_field_and_kept(
    county, typed, field, message
):
    refused = correct(county, said(county.round), **typed)

    assert refused.status_code == 422
    assert message in str(refused.context["form"].errors[field])
    shown = Sheet.of(refused).values
    for name, value in ({"definition": NEW, "reason": REASON} | typed).items():
        assert "".join(shown.get(name, [])) == value.strip()
    assert not RoundDefinition.objects.filter(way="corrected").exists()


def test_pressed_twice_it_is_corrected_once(county):
    before = said(county.round)
    client = browser(county.coordinator)
    sheet = Sheet.of(client.get(address(before)))
    typed = sheet.values | {"definition": [NEW], "document": [DOCUMENT], "reason": [REASON]}

    first, again = client.post(address(before), typed), client.post(address(before), typed)

    assert first.status_code == again.status_code == 302
    assert RoundDefinition.objects.filter(way="corrected").count() == 1


def test_of_two_who_correct_the_same_the_second_is_told_and_loses_nothing(county):
    before = said(county.round)
    other = factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction)
    page = browser(other).get(address(before))
    correct(county, before)

    sheet = Sheet.of(page)
    client = browser(other)
    late = client.post(address(before), sheet.values | {"definition": "我的", "reason": "我的原因"})

    assert late.status_code == 422
    assert "已由他人更正" in late.content.decode()
    assert Sheet.of(late).values["definition"] == ["我的"]
    assert said(county.round).definition == NEW
    assert client.get(address(before)).status_code == 404


def test_once_nobody_can_apply_by_it_a_definition_is_not_corrected(county, held_clock, client):
    before = said(county.round)
    page = browser(county.coordinator).get(address(before))
    typed = Sheet.of(page).values | {"definition": NEW, "reason": REASON}
    held_clock.move_to(county.round.closes_at + timedelta(minutes=1))
    coordinator = browser(county.coordinator)

    late = coordinator.post(address(before), typed)
    assert late.status_code == 422
    assert "确需更正，请先延长申报时间。" in late.content.decode()
    assert coordinator.get(address(before)).status_code == 404

    opening.close_round(county.round, actor=county.coordinator)
    late = coordinator.post(address(before), typed)
    assert "各单位是按现有释义申报的，不再更正。" in late.content.decode()
    assert said(county.round) == before
    assert "更正</a>" not in round_page(coordinator, county.round)


def test_only_who_manages_the_round_corrects_it(county):
    with pytest.raises(definitions.CorrectionRefused) as refused:
        definitions.correct(
            said(county.round), NEW, "", reason=REASON, actor=county.deciding_officer
        )
    assert [finding.code for finding in refused.value.findings] == ["not_allowed"]


# What the database holds


def test_what_a_round_once_said_is_kept(county):
    row = said(county.round)
    for rewrite in (
        lambda: RoundDefinition.objects.filter(pk=row.pk).update(definition="改写"),
        lambda: RoundDefinition.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rewrite()


@pytest.mark.parametrize(
    "wrong",
    [
        {"way": "taken_over"},
        {"definition": "", "term": "新"},
        {"way": "corrected", "reason": "有原因", "term": "新"},
        {"way": "opened", "term": "新"},
    ],
    ids=["twice", "empty", "replaces nothing", "by nobody"],
)
def test_a_definition_stands_once_says_something_and_has_who_gave_it(county, wrong):
    given = {"term": TERM, "definition": "另一", "way": "taken_over"} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundDefinition.objects.create(round=county.round, at=clock.now(), **given)


def test_a_correction_has_its_reason(county):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundDefinition.objects.create(
            round=county.round,
            term=TERM,
            definition="另一",
            way="corrected",
            replaces=said(county.round),
            actor=county.coordinator,
            at=clock.now(),
        )
