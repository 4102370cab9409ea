"""A document number is read however it was typed, and a county gives it to one paper alone."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from designation.administration.reorganizing_forms import ReorganizationForm
from designation.applications.models import Stage
from designation.papers import given_numbers, numbers
from designation.papers.models import GivenNumber
from designation.register import giving
from designation.register.bars import Ground
from designation.site import clock
from designation.site.refusal import Refusal
from tests.sheets import fill_in
from tests.titles_given import DAY, REASON, Title
from tests.workflows.test_two_counties import Neighbour
from workflows.bars import lifting
from workflows.bars.forms import LiftingForm
from workflows.bars.queries import bar_of
from workflows.rechecks import forms as rechecks
from workflows.stages.appeals import forms as appeals
from workflows.stages.conferral.forms import DecisionForm
from workflows.titles import forms as titles

NUMBER = "青组发〔2026〕5号"


@pytest.mark.parametrize(
    "typed",
    [
        "青组发〔2026〕5号",
        "青组发[2026]5号",
        "青组发【2026】5号",
        "青组发（２０２６）５号",
        "青组发(2026)5号",
        "青组发［2026］05号",
        "青组发〖2026〗第5号",
        "青组发﹝2026年﹞ 5 号",
        " 青组发 〔2026〕\u30005号 ",
        "青组发〔2026〕5",
        "青组发〔2026〕5号文",
        "青组发〔2026〕5号文件",
        "青组发〔2026〕5 号。",
        "青组发<2026>5号",
        "青组发＜2026＞5号",
        "青组发〈2026〉5号",
        "青组发《2026》5号",
        "青组发{2026}5号",
        "青组发〔2026)5号",
    ],
)
def test_it_is_one_number_however_its_brackets_and_digits_were_typed(typed):
    assert numbers.read(typed) == numbers.Number("青组发", 2026, "5")
    assert numbers.normal(typed) == NUMBER


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "红旗村党支部来函，2026年6月1日",
        "5号",
        "〔2026〕5号",
        "青组发〔26〕5号",
        "青组发〔2026〕号",
        "青组发〔2026〕5号、青组发〔2026〕6号",
        "青组发2026年5号",
        "青组发〔2026〕5号文的附件",
    ],
)
def test_what_is_no_number_is_left_as_it_was_typed(typed):
    assert numbers.read(typed) is None
    assert numbers.normal(f" {typed} ") == typed


@pytest.mark.parametrize(
    "typed",
    [
        "青组发2026〕5号",
        "青组发〔2026 5号",
        "青组发〔26〕5号",
        "青组发〔2026〕五号",
        "青组发2026-5号",
        "青组发2026年第5号",
        "〔2026〕5号",
        "青组发〔2026〕5号、6号",
        "《关于注销的通知》（青组发〔2026〕5号）",
    ],
)
def test_what_seems_a_number_and_reads_as_none_is_asked_about(typed):
    assert numbers.seems_one(typed)


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        "红旗村党支部来函（11月20日）",
        "红旗村党支部来函，2026年6月1日",
        "红旗村党支部来函（2026）3月2日",
        "红旗村党支部2026-03-02来函",
        "县委（2026）第3次会议纪要",
        "来函",
        "5号",
    ],
)
def test_a_number_that_reads_and_a_letter_with_its_day_are_not(typed):
    assert not numbers.seems_one(typed)


def test_numbers_that_differ_in_anything_are_two():
    read = [numbers.read(one) for one in (NUMBER, "青发〔2026〕5号", "青组发〔2025〕5号")]
    read.append(numbers.read("青组发〔2026〕15号"))

    assert len(set(read)) == 4


def document(number=NUMBER, kind="title.warned", whose="中共青山县委", on=None):
    return given_numbers.Document(kind, number, whose, on or clock.today())


# As it is typed within 80 characters, and more as it goes on record.
GROWING = "㍿" * 40 + "〔2026〕5号"


@pytest.mark.parametrize(
    "form",
    [
        titles.ActForm,
        rechecks.StepForm,
        appeals.ActForm,
        LiftingForm,
        DecisionForm,
        ReorganizationForm,
    ],
)
def test_every_form_says_of_a_number_that_it_is_too_long_as_it_goes_on_record(form):
    field = form.base_fields["document_number"]

    assert field.clean("青组发[2026]05号") == "青组发[2026]05号", "what was typed stays"
    with pytest.raises(ValidationError, match="最多 80 字，现有 168 字"):
        field.clean(GROWING)


@pytest.mark.django_db
def test_an_order_whose_number_is_too_long_is_shown_again_and_not_recorded(county):
    title, browser = Title(county), Client()
    browser.force_login(county.coordinator)

    answer = fill_in(
        browser,
        reverse("titles:act", args=[title.row.pk, "order"]),
        {"document_number": GROWING, "reason": REASON},
    )

    assert answer.status_code == 422
    assert "最多 80 字" in answer.content.decode()
    assert title.row.steps.count() == 1


AREA = "341821000000"


@pytest.mark.django_db
def test_the_same_paper_bears_its_number_for_each_of_whom_it_speaks():
    given_numbers.give(document(), AREA)
    given_numbers.give(document("青组发[2026]05号", whose=" 中共青山县委 "), "341821100000")

    assert GivenNumber.objects.get().number == NUMBER


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other",
    [{"kind": "bar.lift"}, {"whose": "青山县人民政府"}, {"on": clock.today() - DAY}],
    ids=["another kind", "another body", "another day"],
)
def test_another_paper_does_not_bear_it_and_is_told_which_does(other):
    given_numbers.give(document(), AREA)

    with pytest.raises(Refusal, match="“警告”的文号（中共青山县委）") as refused:
        given_numbers.give(document(**other), AREA)

    (finding,) = refused.value.findings
    assert (finding.code, finding.field) == ("document_number_taken", "document_number")
    assert NUMBER in finding.message


@pytest.mark.django_db
def test_another_county_counts_for_itself_and_a_letter_without_number_is_not_counted():
    given_numbers.give(document(), AREA)
    given_numbers.give(document(kind="decision"), "341822000000")
    for kind in ("title.warned", "title.cancelled"):
        given_numbers.give(document("红旗村党支部来函", kind=kind), AREA)

    assert GivenNumber.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_keeps_what_was_given(change):
    given_numbers.give(document(), AREA)
    rows = GivenNumber.objects.all()

    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(number="青发〔2026〕6号") if change == "update" else rows.delete()


@pytest.mark.django_db(transaction=True)
def test_of_two_papers_at_once_one_gets_the_number():
    """The second waits at the row of the first, until that is committed."""
    holds, waits, told = threading.Event(), threading.Event(), []

    def first():
        with transaction.atomic():
            given_numbers.give(document(), AREA)
            holds.set()
            waits.wait(10)
        connection.close()

    def second():
        holds.wait(10)
        try:
            with transaction.atomic():
                waits.set()
                given_numbers.give(document(kind="bar.lift"), AREA)
        except Refusal as refused:
            told.append(refused.code)
        connection.close()

    both = [threading.Thread(target=one) for one in (first, second)]
    for one in both:
        one.start()
    for one in both:
        one.join(20)

    assert told == ["document_number_taken"]
    assert GivenNumber.objects.get().kind == "title.warned"


# At the field

NO_NUMBERS = ("5", "5号", "无", "青组发〔26〕5号", "青组发〔2026〕五号", "青组发2026-5号")


@pytest.mark.parametrize("typed", NO_NUMBERS)
@pytest.mark.parametrize("form", [appeals.ActForm, LiftingForm, DecisionForm])
def test_a_decision_that_bears_no_number_is_told_the_right_form(form, typed):
    with pytest.raises(ValidationError, match="如：青组发〔2026〕5号") as refused:
        form.base_fields["document_number"].clean(typed)

    assert refused.value.code == "no_number"


@pytest.mark.parametrize("typed", NO_NUMBERS[3:])
def test_where_a_letter_is_let_in_only_what_seems_a_number_is_refused(typed):
    field = titles.ActForm.base_fields["document_number"]
    assert field.clean("红旗村党支部来函（11月20日）")

    with pytest.raises(ValidationError, match="像是发文字号"):
        field.clean(typed)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "typed"),
    [*(("warn", typed) for typed in NO_NUMBERS), ("warn", "来函"), ("cancel", "青组发〔26〕5号")],
)
def test_what_becomes_of_a_title_is_not_recorded_under_what_is_no_number(county, name, typed):
    title, browser = Title(county), Client()
    browser.force_login(county.coordinator)
    said = {"document_number": typed, "reason": REASON, "sure": "on"}

    answer = fill_in(browser, reverse("titles:act", args=[title.row.pk, name]), said)

    assert answer.status_code == 422
    assert "青组发〔2026〕5号" in answer.context["form"].errors["document_number"][0]
    assert f'value="{typed}"' in answer.content.decode(), "what was typed stays"
    assert title.row.steps.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["青组发〔2026〕5", "青组发〔2026〕5号文", "青组发<2026>5号。"])
def test_a_number_that_is_nearly_right_is_given_once_as_well(county, held_clock, typed):
    Title(county).act("warn", document_number=NUMBER)
    held_clock.move(DAY)
    other, browser = Title(county.beside()), Client()
    browser.force_login(county.coordinator)
    said = {"document_number": typed, "reason": REASON}

    answer = fill_in(browser, reverse("titles:act", args=[other.row.pk, "warn"]), said)

    assert answer.status_code == 422
    assert "已是" in answer.context["form"].errors["document_number"][0]


# In the acts


def recorded(county, number, round_=None, body="中共青山县委"):
    return giving.record_decision(
        document_number=number,
        decided_on=clock.today(),
        deciding_body=body,
        actor=county.deciding_officer,
        round_=round_ or county.round,
    )


@pytest.mark.django_db
def test_a_decision_goes_on_record_under_its_number_in_its_one_form(county):
    decision = recorded(county, "青发[2026]08号")

    assert decision.document_number == "青发〔2026〕8号"
    assert giving.recorded_decision("中共青山县委", "青发（2026）8号", AREA) == decision
    with pytest.raises(Refusal) as refused:
        recorded(county, "青发【2026】8号")
    assert refused.value.code == "document_number_taken"


@pytest.mark.django_db
def test_an_order_bears_no_number_of_a_decision_and_the_form_says_whose_it_is(county):
    decision = recorded(county, NUMBER, body="青山县人民政府")
    title = Title(county)
    browser = Client()
    browser.force_login(county.coordinator)
    said = {"document_number": "青组发(2026)5号", "reason": REASON}

    answer = fill_in(browser, reverse("titles:act", args=[title.row.pk, "order"]), said)

    assert answer.status_code == 422
    (told,) = answer.context["form"].errors["document_number"]
    assert "命名决定" in told
    assert decision.document_number in told
    assert f"{decision.recorded_by.full_name}于" in told, "whom to ask"
    assert "不要照错的填" in told
    assert 'value="青组发(2026)5号"' in answer.content.decode(), "what was typed stays"
    assert title.row.steps.count() == 1


@pytest.mark.django_db
def test_one_order_speaks_of_several_titles_and_no_revocation_bears_its_number(county, held_clock):
    one, other = Title(county), Title(county.beside())
    for title in (one, other):
        title.act("order", document_number="青组发[2026]5号")
    assert one.row.steps.last().document_number == NUMBER
    held_clock.move(31 * DAY)

    with pytest.raises(Refusal) as refused:
        one.act("revoke", document_number=NUMBER)

    assert refused.value.code == "document_number_taken"
    assert one.status == "ordered"


@pytest.mark.django_db
def test_what_is_refused_or_rolled_back_takes_no_number(county):
    title = Title(county)
    with pytest.raises(Refusal):
        title.act("order", document_number=NUMBER, reason="短")

    title.act("warn", document_number=NUMBER)

    assert GivenNumber.objects.get(number=NUMBER).kind == "title.warned"


@pytest.mark.django_db
def test_the_lifting_of_a_bar_bears_a_number_of_its_own(county):
    rejected = county.at(Stage.SUBMITTED)
    county.act("reject", rejected, county.reviewer, opinion=REASON, fault="false_material")
    recorded(county, NUMBER)
    bar = bar_of(Ground.REJECTED, rejected.pk)
    said = {"deciding_body": "中共青山县委", "decided_on": clock.today(), "reason": REASON}

    with pytest.raises(Refusal) as refused:
        lifting.lift(bar, lifting.Document(NUMBER, **said), actor=county.deciding_officer)
    lifted = lifting.lift(
        bar, lifting.Document("青组发[2026]6号", **said), actor=county.deciding_officer
    )

    assert refused.value.findings[0].field == "document_number"
    assert lifted.document_number == "青组发〔2026〕6号"


@pytest.mark.django_db
def test_of_another_county_the_number_is_free(county):
    recorded(county, NUMBER)

    recorded(Neighbour(), NUMBER, body="中共白水县委")

    assert GivenNumber.objects.filter(number=NUMBER).count() == 2


@pytest.mark.django_db
def test_two_counties_renew_by_decisions_that_bear_the_same_words(county, held_clock):
    one = Title(county)
    held_clock.move(DAY)
    other = Title(Neighbour())
    for title, day in ((one, clock.today()), (other, clock.today() - DAY)):
        said = {"document_number": NUMBER, "deciding_body": "县委", "decided_on": day}
        assert title.act("renew", **said).decision.county == title.row.jurisdiction.code[:6]


@pytest.mark.django_db
def test_one_circular_warns_one_orders_another_and_renews_a_third(county):
    """What is one paper of one body and day may say something else of each title."""
    acts = ("renew", "warn", "order")
    titles_of = [Title(county) for _act in acts]

    for title, name in zip(titles_of, acts, strict=True):
        title.act(name, document_number=NUMBER)

    assert [title.status for title in titles_of] == ["valid", "warned", "ordered"]
    assert GivenNumber.objects.filter(number=NUMBER).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("first", ["renew", "revoke"])
def test_one_decision_renews_one_title_and_revokes_another(county, first):
    one, other = Title(county), Title(county)
    acts = {"renew": one, "revoke": other}

    for name in sorted(acts, key=lambda name: name != first):
        acts[name].act(name, document_number=NUMBER)

    assert (one.status, other.status) == ("valid", "revoked")


@pytest.mark.django_db
def test_a_circular_that_was_recorded_with_another_day_names_who_recorded_it(county):
    Title(county).act("warn", document_number=NUMBER, decided_on=clock.today() - DAY)

    with pytest.raises(Refusal, match="用新的文号重新发文") as refused:
        Title(county).act("order", document_number=NUMBER)

    assert county.coordinator.full_name in str(refused.value)
