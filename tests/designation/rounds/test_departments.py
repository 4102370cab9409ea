"""Which departments a draft round asks, what, and who reads it."""

import pytest
from django.urls import reverse

from designation.audit.models import AuditEvent
from designation.organizations.models import Organization, Role
from designation.rounds import copying, departments
from designation.rounds.configuring import RoundRefused
from designation.rounds.departments import AskedOf
from designation.rounds.models import Round, Secrecy
from tests import factories
from tests.sheets import Sheet

pytestmark = pytest.mark.django_db

QUESTION = "近三年是否发生过生产安全责任事故？"


@pytest.fixture
def draft(county):
    entry = factories.RoundCategoryFactory(
        round__status="draft", round__jurisdiction=county.jurisdiction
    )
    return entry.round


def organization(county, name, **more):
    return Organization.objects.create(
        name_zh=name, category="JG", **{"jurisdiction": county.jurisdiction} | more
    )


@pytest.fixture
def safety(county):
    return organization(county, "县应急管理局")


def page(client, county, draft):
    client.force_login(county.coordinator)
    return Sheet(client, reverse("rounds:departments", args=[draft.pk]))


def test_what_the_methods_ask_is_proposed_and_counts_only_once_saved(client, county, draft, safety):
    organization(county, "县公安局")
    organization(county, "县信访局党支部")
    organization(county, "县信访局")
    form = page(client, county, draft)

    assert form.values["department2-name"] == ["县公安局"]
    assert form.values["department4-name"] == ["县应急管理局"]
    # Nobody is there, and two bear the word: neither is guessed.
    assert form.values.get("department1-name", [""]) == [""]
    assert form.values.get("department3-name", [""]) == [""]
    assert "例如纪委监委；本县还没有录入" in form.text
    assert "生产安全责任事故" in form.values["department4-question"][0]
    assert form.values["department1-secrecy"] == ["coordinator"]
    assert form.values["department-days"] == ["5"]
    assert not draft.departments.exists()

    assert form.send({}).status_code == 302
    draft.refresh_from_db()
    assert draft.department_days == 5
    assert [one.department.name_zh for one in draft.departments.all()] == [
        "县公安局",
        "县应急管理局",
    ]
    assert "department1-name" not in page(client, county, draft).values


def test_vetoes_that_the_standard_lets_it_confirm_are_proposed_ticked(client, county, draft):
    organization(county, "县公安局")
    ticked = page(client, county, draft).values.get("department2-vetoes", [])
    assert ticked
    assert page(client, county, draft).send({}).status_code == 302
    assert draft.departments.get().veto_codes == ticked


def test_a_row_without_a_name_is_left_out_and_none_ask_nobody(client, county, draft, safety):
    departments.set_departments(draft, {1: AskedOf(safety, QUESTION)}, 5, actor=county.coordinator)
    form = page(client, county, draft)
    assert form.send({"department1-name": ""}).status_code == 302
    draft.refresh_from_db()
    assert draft.department_days is None
    assert not draft.departments.exists()
    changed = AuditEvent.objects.filter(action="round.departments").latest("pk").details["changed"]
    assert changed["department1-name"] == ["县应急管理局", ""]
    assert changed["department-days"] == ["5", ""]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"department1-name": "没有这个局"}, "本辖区没有这个组织"),
        ({"department1-question": ""}, "请写明问这个部门的一个问题"),
        ({"department-days": ""}, "请填写部门答复的期限"),
        ({"department-days": "31"}, "30"),
        ({"department1-question": "问" * 201}, "200"),
        ({"department2-name": "县应急管理局", "department2-question": "？"}, "一个部门只列一次"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_lost(
    client, county, draft, safety, typed, told
):
    first = {"department1-name": "县应急管理局", "department1-question": QUESTION}
    clear = {f"department{n}-name": "" for n in range(2, 9)}
    form = page(client, county, draft)
    answer = form.send(clear | first | {"department-days": "5"} | typed)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    again = form.shown_again(answer)
    for name, text in typed.items():
        assert again.values.get(name, [""]) == [text]
    assert not draft.departments.exists()


def test_a_name_that_two_bear_is_no_name(client, county, draft, safety):
    other = factories.TownshipFactory(parent=county.jurisdiction)
    organization(county, "县应急管理局", jurisdiction=other)
    answer = page(client, county, draft).send({"department4-name": "县应急管理局"})
    assert answer.status_code == 422
    assert "有几个组织用这个名称" in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "days", "field"),
    [
        ({"question": " "}, 5, "department1-question"),
        ({"secrecy": "none"}, 5, "department1-secrecy"),
        ({"vetoes": ("NC-01-C1",)}, 5, "department1-vetoes"),
        ({}, None, "department-days"),
        ({}, 31, "department-days"),
    ],
)
def test_whoever_sets_them_is_refused_what_cannot_be(county, draft, safety, asked, days, field):
    one = AskedOf(safety, **({"question": QUESTION} | asked))
    with pytest.raises(RoundRefused) as refused:
        departments.set_departments(draft, {1: one}, days, actor=county.coordinator)
    assert [finding.field for finding in refused.value.findings] == [field]


@pytest.mark.parametrize("number", [0, 9])
def test_there_are_no_more_rows_than_there_are(county, draft, safety, number):
    rows = {number: AskedOf(safety, QUESTION)}
    with pytest.raises(RoundRefused):
        departments.set_departments(draft, rows, 5, actor=county.coordinator)


def test_a_department_of_another_area_or_dissolved_is_not_asked(county, draft, safety):
    elsewhere = factories.JurisdictionFactory(code="350102000000", name_zh="他县")
    other = organization(county, "他县公安局", jurisdiction=elsewhere)
    Organization.objects.filter(pk=safety.pk).update(is_active=False)
    safety.refresh_from_db()
    for one in (other, safety):
        rows = {1: AskedOf(one, QUESTION)}
        with pytest.raises(RoundRefused, match="本辖区内有效组织"):
            departments.set_departments(draft, rows, 5, actor=county.coordinator)


def test_once_open_the_round_asks_whom_it_asks(client, county, draft, safety):
    form = page(client, county, draft)
    Round.objects.filter(pk=draft.pk).update(status=Round.Status.OPEN)
    answer = form.send({"department4-name": "县应急管理局"})
    assert answer.status_code == 422
    assert "规则不能再改" in answer.content.decode()
    assert client.get(reverse("rounds:departments", args=[draft.pk])).status_code == 404


def test_what_another_has_set_meanwhile_is_asked_about(client, county, draft, safety):
    departments.set_departments(draft, {1: AskedOf(safety, QUESTION)}, 5, actor=county.coordinator)
    other = factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction)
    form = page(client, county, draft)
    changed = {1: AskedOf(safety, "是否受过处罚？")}
    departments.set_departments(draft, changed, 5, actor=other)

    answer = form.send({"department1-question": "是否发生过事故？"})
    assert answer.status_code == 422
    assert "是否受过处罚？" in answer.content.decode()
    assert other.full_name in answer.content.decode()
    again = form.shown_again(answer)
    name = "department1-question"
    assert again.send({f"choose-{name}": again.choice(name, "mine")}).status_code == 302
    assert draft.departments.get().question == "是否发生过事故？"


def test_who_writes_behind_another_is_refused_under_the_lock(county, draft, safety):
    with pytest.raises(RoundRefused, match="他人刚刚改了"):
        departments.set_departments(
            draft,
            {1: AskedOf(safety, QUESTION)},
            5,
            actor=county.coordinator,
            before=departments.as_read({1: AskedOf(safety, "旧问题")}, 5),
        )


def test_a_department_for_which_nobody_answers_is_named_before_the_round_opens(
    client, county, draft, safety
):
    assert departments.unstaffed(draft) == []
    departments.set_departments(draft, {1: AskedOf(safety, QUESTION)}, 5, actor=county.coordinator)
    client.force_login(county.coordinator)
    told = "县应急管理局无人担任“部门承办人”"
    address = reverse("rounds:detail", args=[draft.pk])
    assert told in client.get(address).content.decode()
    factories.seated(Role.DEPARTMENT_CLERK, safety)
    assert told not in client.get(address).content.decode()


def test_the_same_again_is_no_change(county, draft, safety):
    for _turn in range(2):
        rows = {1: AskedOf(safety, QUESTION, Secrecy.MEETING)}
        departments.set_departments(draft, rows, 5, actor=county.coordinator)
    assert AuditEvent.objects.filter(action="round.departments").count() == 1


def test_a_round_made_after_it_asks_the_same_but_those_dissolved(county, draft, safety):
    police = organization(county, "县公安局")
    rows = {1: AskedOf(safety, QUESTION, Secrecy.MEETING), 3: AskedOf(police, "？")}
    departments.set_departments(draft, rows, 7, actor=county.coordinator)
    draft.refresh_from_db()
    made = copying.copy(draft, actor=county.coordinator)
    assert departments.of_round(made) == departments.of_round(draft)
    assert made.department_days == 7

    Organization.objects.filter(pk__in=[safety.pk, police.pk]).update(is_active=False)
    last = copying.copy(draft, actor=county.coordinator)
    last.refresh_from_db()
    assert (last.department_days, last.departments.count()) == (None, 0)
