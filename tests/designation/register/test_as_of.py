"""The register as of a day: what it said then, under which names, in list, page and file."""

from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from designation.administration import reorganizing
from designation.organizations import names, succession
from designation.organizations.lineage import Kind
from designation.organizations.models import Role
from designation.organizations.succession import Document, Proposal
from designation.register import queries
from designation.register.standing import Act, Status
from designation.site import clock
from tests import factories
from tests.designation.register.test_standing import GIVEN_ON, LAST_DAY, a_title, happened
from tests.public_addresses import public

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LIST = public("register:list")
ENDED = date(2027, 5, 20)


@pytest.fixture
def title(held_clock):
    return a_title()


@pytest.fixture
def revoked(title, held_clock):
    """Of a title that was revoked in May 2027, asked in June."""
    held_clock.move_to(clock.now().replace(year=2027, month=6, day=1))
    happened(title, Act.REVOKED, ENDED)
    return title


def listed(client, **asked):
    answer = client.get(LIST, asked)
    assert answer.status_code == 200
    return answer


def numbers(answer):
    return [title.number for title in answer.context["page"]]


def detail(client, title, **asked):
    answer = client.get(public("register:detail", args=[title.number]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def rename(title, name, on):
    rename_unit(title.organization, name, on)


def rename_unit(unit, name, on):
    """By the administrator's act, on that day."""
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, unit.jurisdiction.parent)
    document = Document("青民发〔2026〕12号", "青山县人民政府")
    unit.name_zh = name
    proposal = Proposal(Kind.RENAMED, on, (unit,), (unit,), document)
    shown = reorganizing.Outlook(succession.fates(proposal)).digest
    reorganizing.reorganize(proposal, chosen={}, seen=shown, actor=administrator)


def test_the_list_says_how_each_title_stood_on_the_day(client, revoked):
    before, after = ENDED - DAY, ENDED

    assert numbers(listed(client, on=before, status="valid")) == [revoked.number]
    assert numbers(listed(client, on=after, status="valid")) == []
    assert numbers(listed(client, on=after, status="revoked")) == [revoked.number]
    assert numbers(listed(client, status="revoked")) == [revoked.number]
    assert "截至2027年5月19日(周三)（含当天）的名册" in listed(client, on=before).content.decode()


@pytest.mark.parametrize("typed", ["2027年5月19日", "2027-5-19", "２０２７．５．１９"])
def test_a_day_is_read_in_the_spellings_people_use(client, revoked, typed):
    assert numbers(listed(client, on=typed, status="valid")) == [revoked.number]


def test_what_is_no_day_is_told_at_its_field_and_nothing_typed_is_lost(client, revoked):
    answer = listed(client, on="去年冬天", text=revoked.name_zh)

    content = answer.content.decode()
    assert "请填写日期" in content
    assert 'value="去年冬天"' in content
    assert numbers(answer) == [revoked.number], "as of today"
    assert "请填写日期" in detail(client, revoked, on="去年冬天")


def test_before_the_register_began_it_says_so(client, title):
    content = listed(client, on=GIVEN_ON - DAY).content.decode()

    assert "名册上还没有称号：第一个称号在2026年2月10日" in content
    assert title.number not in content


def test_of_a_day_to_come_it_says_what_is_known_now(client, title):
    content = listed(client, on=LAST_DAY + DAY, status="expired").content.decode()

    assert title.number in content
    assert "按今天已经登记的情况列出" in content
    assert "按今天已经登记的情况推算" in detail(client, title, on=LAST_DAY + DAY)


def test_the_day_is_kept_by_filters_pages_links_and_the_export(client, revoked, county):
    asked = {"on": "2027-05-19", "category": "NC"}
    content = listed(client, **asked).content.decode()

    assert f"{revoked.number}/?on=2027-05-19" in content
    assert "open.csv?on=2027-05-19&amp;category=NC" in content
    client.force_login(county.coordinator)
    own = client.get(reverse("register:list"), asked).content.decode()
    assert "register" in own
    assert quote("on=2027-05-19", safe="=") in own.split("导出")[0]


def test_the_page_of_a_title_tells_its_life_up_to_the_day(client, revoked):
    before = detail(client, revoked, on=ENDED - DAY)
    assert "截至2027年5月19日(周三)，称号有效" in before
    assert "经研究决定" not in before
    after = detail(client, revoked, on=ENDED)
    assert "截至2027年5月20日(周四)，称号不在有效状态" in after
    assert "经研究决定" in after


def test_of_a_day_before_it_was_given_a_title_says_when_it_was(client, title):
    content = detail(client, title, on=GIVEN_ON - DAY)

    assert "这个称号还没有授予：它在2026年2月10日" in content
    assert "称号有效" not in content


def test_names_are_those_of_the_giving_of_the_day_and_of_now(client, title, held_clock):
    given_to = title.name_zh
    held_clock.move(30 * DAY)
    renamed_on = clock.today()
    rename(title, "红星村党总支", renamed_on)
    held_clock.move(30 * DAY)
    rename(title, "红光村党总支", clock.today())

    before = detail(client, title, on=renamed_on - DAY)
    between = detail(client, title, on=renamed_on)

    assert f"<h1>{given_to}</h1>" in before
    assert "当日名称" not in before
    assert "当日名称" in between
    assert "红星村党总支" in between.split("当日名称")[1].split("现名")[0]
    assert "红光村党总支" in between.split("现名")[1]
    assert "当日名称：红星村党总支" in listed(client, on=renamed_on).content.decode()
    for name in (given_to, "红星", "红光", "hxc", "HGC"):
        assert numbers(listed(client, text=name, on=renamed_on - DAY)) == [title.number]


def test_a_name_is_a_former_one_from_the_day_on_which_another_took_its_place(
    client, title, held_clock
):
    days = []
    for name in ("红星村党总支", "红光村党总支"):
        held_clock.move(30 * DAY)
        days.append(clock.today())
        rename(title, name, days[-1])

    assert "曾用名" not in detail(client, title, on=days[1] - DAY)
    for said in ({"on": days[1]}, {}):
        assert "红星村党总支" in detail(client, title, **said).split("曾用名")[1].split("</dd>")[0]


def test_a_title_held_by_a_successor_says_who_held_it_then(client, title, held_clock):
    held_clock.move(60 * DAY)
    heir = factories.VillageFactory(name_zh="东风村党支部")
    happened(title, Act.RECOGNISED, clock.today() - 10 * DAY, organization=heir)

    assert "当日名称" not in detail(client, title, on=clock.today() - 11 * DAY)
    assert "东风村党支部" in detail(client, title, on=clock.today() - 11 * DAY), "held now"
    then = listed(client, on=clock.today() - 10 * DAY).content.decode()
    assert "当日名称：东风村党支部" in then


@pytest.mark.parametrize("on", [{}, {"on": "2030-02-20"}])
@pytest.mark.parametrize("text", [{}, {"text": "村"}, {"text": "不叫这个名字"}])
@pytest.mark.parametrize("status", [{}, *({"status": one.value} for one in Status)])
def test_no_question_to_the_list_costs_more_than_three_statements(
    client, title, on, text, status, django_assert_max_num_queries
):
    code = title.jurisdiction.code
    for more in ({}, {"area": code}, {"category": "NC"}, {"order": "number"}, {"page": "2"}):
        with django_assert_max_num_queries(3):
            listed(client, **on, **text, **status, **more)


def test_of_more_than_a_page_the_second_is_sorted_by_what_was_found(client, held_clock):
    """By a text and a status, and as of a day: the keys that were found are asked for once."""
    officer = factories.seated(Role.DECIDING_OFFICER, factories.JurisdictionFactory())
    given = sorted(a_title(officer=officer).number for _one in range(27))

    for asked in ({"text": "村"}, {"status": "valid"}, {"text": "村", "status": "valid"}):
        first = numbers(listed(client, on=GIVEN_ON + DAY, **asked))
        second = numbers(listed(client, on=GIVEN_ON + DAY, page="2", **asked))
        assert first + second == given


@pytest.mark.parametrize("asked", [{}, {"text": "村", "on": "2026-02-20", "status": "valid"}])
def test_the_list_costs_three_statements_also_as_of_a_day(
    client, title, asked, django_assert_num_queries
):
    with django_assert_num_queries(3):
        listed(client, **asked)


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [("cqc", True), ("CQC", True), ("ｃｑｃ", True), ("qcd", True), ("cq1", False)],
)
def test_a_title_is_found_by_the_initials_of_its_name(client, held_clock, typed, is_found):
    """As they are read: 重 is c in 重庆, z elsewhere."""
    title = a_title(name_as_given="重庆村党支部")

    assert numbers(listed(client, text=typed)) == [title.number] * is_found


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("红", True),
        ("旗村党", True),
        ("旗红", False),
        ("红旗红旗", False),
        ("%", False),
        ("红_村", False),
    ],
)
def test_a_title_is_found_by_a_part_of_its_name(client, held_clock, typed, is_found):
    title = a_title(name_as_given="红旗村党支部")

    assert numbers(listed(client, text=typed)) == [title.number] * is_found


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("红旗村(第二)", True),
        ("红旗村（第二）", True),
        ("红旗 村", True),
        ("红旗村　第", False),
        ("Ａ区５号", True),
        ("a区 5号", True),
        ("B区", False),
    ],
)
def test_a_title_is_found_by_its_name_as_given_in_whatever_spelling(
    client, held_clock, typed, is_found, django_assert_max_num_queries
):
    """As by the names that whoever holds it bears and bore."""
    title = a_title(name_as_given="红旗村（第二） Ａ区5号党支部")

    with django_assert_max_num_queries(3):
        assert numbers(listed(client, text=typed)) == [title.number] * is_found


def test_a_title_is_found_by_how_its_number_begins_or_ends(client, title):
    half = len(title.number) // 2

    wide = title.number.translate({sign: sign + 0xFEE0 for sign in range(0x21, 0x7F)})

    for typed in (
        title.number,
        title.number[:half],
        title.number[half:],
        title.number.lower(),
        wide,
    ):
        assert numbers(listed(client, text=typed)) == [title.number]
    assert numbers(listed(client, text=title.number[1:-1])) == []


def test_a_title_that_somebody_else_holds_now_is_found_by_their_names_in_three_statements(
    client, title, held_clock, django_assert_num_queries
):
    heir = factories.VillageFactory(name_zh="东风村党支部")
    happened(title, Act.RECOGNISED, clock.today(), organization=heir)
    rename_unit(heir, "朝阳村党支部", clock.today())

    for typed in ("东风村", "朝阳", "zyc"):
        with django_assert_num_queries(3):
            assert numbers(listed(client, text=typed)) == [title.number]


def test_no_more_are_counted_and_listed_than_a_reader_leafs_through(
    client, held_clock, monkeypatch
):
    given = {a_title().number for _one in range(3)}
    monkeypatch.setattr("designation.register.views.MOST_LISTED", 3)
    whole = listed(client)
    assert "共 3 条" in whole.content.decode()

    monkeypatch.setattr("designation.register.views.MOST_LISTED", 2)
    answer = listed(client)

    assert "超过 2 条，只列出前 2 条；请填写条件，缩小范围。" in answer.content.decode()
    assert answer.context["page"].paginator.num_pages == 1
    assert set(numbers(whole)) == given
    assert numbers(answer) == numbers(whole)[:2]


def test_a_second_county_reads_the_same(client, revoked):
    """The register is public: there is no scope to it."""
    other = factories.JurisdictionFactory(code="341822000000")
    client.force_login(factories.seated(Role.COUNTY_COORDINATOR, other))

    answer = client.get(reverse("register:list"), {"on": "2027-05-19"})

    assert numbers(answer) == [revoked.number]


# Every naming

UNITS, DAYS = 3, 6


@st.composite
def namings(draw):
    """What happened, day by day: a unit takes another name, or the title passes to a unit."""
    days = sorted(draw(st.lists(st.integers(0, DAYS), max_size=7)))
    unit, kind = st.integers(0, UNITS - 1), st.sampled_from(["renamed", "passed"])
    return draw(st.booleans()), [(day, draw(kind), draw(unit)) for day in days]


class EveryNaming(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(drawn=namings())
    def test_replayed_says_who_held_a_title_and_how_they_were_called_on_every_day(self, drawn):
        is_imported, happenings = drawn
        title = a_title(is_imported=is_imported)
        units = [title.organization, *(factories.VillageFactory() for _unit in range(UNITS - 1))]
        called = {(unit.pk, -1): unit.name_zh for unit in units}
        holders = {-1: title.organization.pk}
        for number, (day, kind, place) in enumerate(happenings):
            unit, on = units[place], GIVEN_ON + day * DAY
            if kind == "passed":
                happened(title, Act.RECOGNISED, on, organization=unit)
                holders[day] = unit.pk
            else:
                names.keep(unit, (unit.name_zh, ""), on=on, actor=title.decision.recorded_by)
                unit.name_zh = f"第{number}次改名的村"
                unit.save()
                called[unit.pk, day] = unit.name_zh

        for day in range(DAYS + 1):
            row = queries.titles(GIVEN_ON + day * DAY).get(pk=title.pk)
            holder = holders[max(one for one in holders if one <= day)]
            since = max(one for unit, one in called if unit == holder and one <= day)
            assert (row.called_then or row.name_zh) == called[holder, since]
            now = holders[max(holders)]
            last = max(one for unit, one in called if unit == now)
            assert (row.renamed_to or row.name_zh) == called[now, last]
            assert row.is_imported == is_imported
