"""How a round says beforehand who is put forward: chosen before it opens, shown to everybody."""

import pytest
from django.urls import reverse

from designation.audit.models import AuditEvent
from designation.rounds import configuring, copying, methods, opening
from designation.rounds.models import Method, Round, RoundCategory, TieRule
from tests import factories
from tests.public_addresses import public
from tests.sheets import Sheet, fill_in

pytestmark = pytest.mark.django_db

BY_FIGURES = {
    "NC-method": "order",
    "NC-document": "青办〔2026〕3号",
    "NC-figure1": "findings::low",
    "NC-figure2": "check_value:NC-13-C2:high",
    "NC-ties": "next_figure",
    "NC-reserve": "2",
}


@pytest.fixture
def entry(county):
    return factories.RoundCategoryFactory(
        round__jurisdiction=county.jurisdiction, round__status=Round.Status.DRAFT
    )


@pytest.fixture
def page(client, county, entry):
    client.force_login(county.coordinator)
    return reverse("rounds:methods", args=[entry.round.pk])


def test_the_figures_of_the_document_are_kept_in_their_order(client, page, entry):
    assert fill_in(client, page, BY_FIGURES).status_code == 302

    entry.refresh_from_db()
    assert (entry.method, entry.method_document, entry.reserve) == (
        Method.ORDER,
        "青办〔2026〕3号",
        2,
    )
    assert entry.ties == TieRule.NEXT_FIGURE
    assert [str(one) for one in entry.figures.all()] == [
        "核查发现的不足数 低者在前",
        "核查实测值 NC-13-C2 高者在前",
    ]
    changed = AuditEvent.objects.get(action="round.methods").details["changed"]
    assert "NC-document" in changed


def test_what_was_kept_is_shown_again_and_sent_again_changes_nothing(client, page, entry):
    fill_in(client, page, BY_FIGURES)

    shown = Sheet(client, page)
    assert shown.values["NC-figure2"] == ["check_value:NC-13-C2:high"]
    shown.send()

    assert entry.figures.count() == 2


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"NC-document": ""}, "请填写列明排序数据的文件"),
        ({"NC-figure1": "", "NC-figure2": ""}, "请选择文件所列的第一项数据"),
        ({"NC-figure2": "", "NC-figure3": "votes::high"}, "数据要依次填写"),
        ({"NC-figure2": "findings::high"}, "同一项数据只能用一次"),
        ({"NC-method": "meeting"}, "只有“按文件所列数据排序”才用数据"),
    ],
)
def test_an_order_that_lacks_something_is_told_at_its_field(client, page, entry, typed, told):
    answer = fill_in(client, page, BY_FIGURES | typed)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not entry.figures.exists()


def test_once_open_the_rule_stands(client, county, page, entry):
    sheet = Sheet(client, page)
    Round.objects.filter(pk=entry.round_id).update(status=Round.Status.OPEN)

    assert sheet.send(BY_FIGURES).status_code == 422
    with pytest.raises(configuring.RoundRefused):
        methods.set_methods(entry.round, {"NC": methods.Rule(reserve=1)}, actor=county.coordinator)


def test_places_may_be_without_limit(client, county, entry):
    client.force_login(county.coordinator)
    page = reverse("rounds:categories", args=[entry.round.pk])

    both = fill_in(client, page, {"NC-unlimited": "on"})
    assert "已选“名额不限”" in both.content.decode()
    assert fill_in(client, page, {"NC": "", "NC-unlimited": "on"}).status_code == 302

    assert RoundCategory.objects.get(pk=entry.pk).quota is None
    assert Sheet(client, page).values["NC-unlimited"] == ["on"]


def test_everybody_reads_by_which_rule_a_round_chooses(client, county):
    entry = county.round_category
    entry.method, entry.method_document, entry.quota = Method.ALL, "青办〔2026〕3号", None
    entry.save()

    text = client.get(public("rounds:detail", args=[county.round.pk])).content.decode()

    for words in ("达标即入选", "青办〔2026〕3号", "不限"):
        assert words in text


def test_next_years_round_takes_the_rule_over(county):
    entry = county.round_category
    entry.method, entry.method_document = Method.ORDER, "青办〔2026〕3号"
    entry.save()
    entry.figures.create(position=1, kind="findings", direction="low")

    made = copying.copy(county.round, actor=county.coordinator)

    (category,) = made.categories.all()
    assert methods.rule_of(category) == methods.rule_of(entry)


def test_a_figure_of_a_check_that_the_standard_lacks_is_told_before_the_round_opens(entry):
    entry.figures.create(position=1, kind="check_value", check_code="NC-99-C9", direction="high")

    assert "figure_without_check" in {one.code for one in opening.obstacles(entry.round)}


def test_a_rule_that_another_changed_meanwhile_is_not_written_over(county, entry):
    read = methods.rule_of(entry)
    actor = county.coordinator
    methods.set_methods(entry.round, {"NC": methods.Rule(reserve=1)}, actor=actor)

    with pytest.raises(configuring.RoundRefused):
        methods.set_methods(
            entry.round, {"NC": methods.Rule(reserve=2)}, actor=actor, before={"NC": read}
        )
    entry.refresh_from_db()
    assert entry.reserve == 1


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (methods.Rule(method="lottery"), "method_unknown"),
        (methods.Rule(document="青" * 201), "too_long"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_whoever_calls(county, entry, rule, code):
    with pytest.raises(configuring.RoundRefused) as refused:
        methods.set_methods(entry.round, {"NC": rule}, actor=county.coordinator)

    assert refused.value.codes == (code,)


def test_a_rule_kept_as_it_was_leaves_no_trace(county, entry):
    methods.set_methods(entry.round, {"NC": methods.rule_of(entry)}, actor=county.coordinator)

    assert not AuditEvent.objects.filter(action="round.methods").exists()
