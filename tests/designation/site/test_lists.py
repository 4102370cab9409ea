"""A list page: narrowed, sorted and leafed through by its address, whatever the address says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from designation.organizations.models import Role
from designation.register import queries
from designation.site import lists
from tests import factories
from tests.public_addresses import public

pytestmark = pytest.mark.django_db

PEOPLE = reverse("organizations:people")


@pytest.fixture
def area(db):
    return factories.JurisdictionFactory(code="341821000000")


@pytest.fixture
def as_administrator(client, area):
    client.force_login(
        factories.seated(Role.SYSTEM_ADMINISTRATOR, area, username="a.admin", jurisdiction=area)
    )
    return client


@pytest.fixture
def people(area):
    """Thirty clerks of the area, ``clerk.00`` to ``clerk.29``."""
    return [
        factories.PersonFactory(username=f"clerk.{number:02d}", jurisdiction=area)
        for number in range(30)
    ]


def shown(answer):
    assert answer.status_code == 200
    return [person.username for person in answer.context["page"]]


def text(answer):
    return answer.content.decode()


# Count and paging


def test_the_page_says_how_many_there_are_in_both_languages(as_administrator, people):
    assert "共 31 条" in text(as_administrator.get(PEOPLE))
    english = as_administrator.get(PEOPLE, headers={"accept-language": "en"})
    assert "31 in all" in text(english)


def test_the_page_says_how_many_are_as_asked(as_administrator, people):
    assert "符合条件的有 10 条" in text(as_administrator.get(PEOPLE, {"text": "clerk.0"}))


def test_the_links_to_the_next_page_keep_filter_and_order(as_administrator, people):
    first = as_administrator.get(PEOPLE, {"text": "clerk", "order": "-username"})

    assert "?text=clerk&amp;order=-username&amp;page=2" in text(first)
    second = as_administrator.get(PEOPLE, {"text": "clerk", "order": "-username", "page": "2"})
    assert shown(second) == [f"clerk.0{number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize(
    ("asked", "number"),
    [("9", 2), ("1" + "0" * 30, 2), ("9" * 5000, 1), ("-1", 2), ("x", 1), ("1e3", 1), ("\0", 1)],
)
def test_a_page_that_is_not_there_is_told_and_the_nearest_shown(
    as_administrator, people, asked, number
):
    answer = as_administrator.get(PEOPLE, {"page": asked})

    assert answer.context["page"].number == number
    told = f"没有您要的那一页，现在显示第 {number} 页。"
    # A sign that is no text is cleaned away on its way in: then no page was asked for.
    assert (told in text(answer)) == (asked != "\0")


def test_a_page_that_is_there_is_not_told_about(as_administrator, people):
    assert "没有您要的那一页" not in text(as_administrator.get(PEOPLE, {"page": "２"}))


# Sorting


def test_the_head_of_a_column_sorts_and_says_how_it_stands(as_administrator, people):
    usual = as_administrator.get(PEOPLE)
    assert '<th scope="col" aria-sort="ascending">' in text(usual)
    assert 'href="?order=-username"' in text(usual)

    turned = as_administrator.get(PEOPLE, {"order": "-username", "page": "2"})
    assert '<th scope="col" aria-sort="descending">' in text(turned)
    assert 'href="?order=username"' in text(turned)
    assert shown(turned)[-1] == "a.admin"


@pytest.mark.parametrize("asked", ["full_name", "pk", "-", "username,-pk", "password", "?"])
def test_an_order_that_is_not_offered_is_told_and_the_usual_kept(as_administrator, people, asked):
    answer = as_administrator.get(PEOPLE, {"order": asked})

    assert shown(answer)[0] == "a.admin"
    assert "没有这个选项，请从列表中选择。" in text(answer)


# Filters


def test_what_was_asked_for_can_be_cleared(as_administrator, people):
    assert "清除筛选" not in text(as_administrator.get(PEOPLE))
    assert 'href="?">清除筛选</a>' in text(as_administrator.get(PEOPLE, {"text": "clerk"}))


def test_where_nothing_is_as_asked_it_says_so_and_how_to_see_all(as_administrator, people):
    answer = text(as_administrator.get(PEOPLE, {"text": "nobody"}))

    assert "没有查到" in answer
    assert "还没有人员" not in answer
    assert answer.count("清除筛选") == 2


def test_where_there_is_nothing_at_all_it_says_so(client, county):
    client.force_login(county.preparer)

    answer = text(client.get(reverse("library:list")))

    assert "资料库还是空的" in answer
    assert "没有符合条件的资料" not in answer
    assert "清除筛选" not in answer


def test_of_a_text_that_is_too_long_the_beginning_is_sought_and_all_of_it_stays(
    as_administrator, area
):
    factories.PersonFactory(username="c" * 60, jurisdiction=area)
    asked = "c" * 60 + "d"

    answer = as_administrator.get(PEOPLE, {"text": asked})

    assert shown(answer) == ["c" * 60]
    assert f'value="{asked}"' in text(answer)


def test_an_unknown_choice_is_told_at_its_field_and_hides_nothing(client, county):
    county.start()
    client.force_login(county.preparer)

    answer = client.get(reverse("applications:list"), {"stage": "lost", "category": "NC"})

    assert len(answer.context["page"]) == 1
    assert 'id="stage_error" role="alert"' in text(answer)
    english = client.get(
        reverse("applications:list"), {"stage": "lost"}, headers={"accept-language": "en"}
    )
    assert "There is no such choice" in text(english)


def test_a_number_that_a_link_carries_wrongly_is_told_above_the_list(client, db):
    answer = text(client.get(public("register:list"), {"decision": "x"}))

    assert "命名决定：请填写数字。" in answer


def test_clearing_the_list_of_what_waits_keeps_that_it_waits(client, county):
    county.start()
    client.force_login(county.preparer)

    answer = text(client.get(reverse("applications:list"), {"waiting": "1", "stage": "draft"}))

    assert 'href="?waiting=1">清除筛选</a>' in answer
    assert '<input type="hidden" name="waiting" value="1" id="waiting">' in answer


def test_more_than_two_inputs_are_folded_on_a_phone_unless_something_is_asked(client, county):
    client.force_login(county.preparer)

    assert 'id="filters-text" autocomplete="off" >' in text(
        client.get(reverse("applications:list"))
    )
    asked = text(client.get(reverse("applications:list"), {"stage": "draft"}))
    assert 'id="filters-text" autocomplete="off" checked>' in asked


def test_two_inputs_stand_open(as_administrator, people):
    assert "filters-box" not in text(as_administrator.get(PEOPLE))


def test_what_grows_with_the_site_is_chosen_while_it_is_few_and_typed_when_many(
    client, db, monkeypatch
):
    areas = [factories.JurisdictionFactory(code=f"34182{n}000000") for n in range(3)]
    monkeypatch.setattr(
        queries, "areas_with_titles", lambda: type(areas[0]).objects.filter(level="county")
    )
    register = public("register:list")
    assert f'<option value="{areas[0].code}">' in text(client.get(register))

    monkeypatch.setattr(lists, "MOST_OPTIONS", 2)

    answer = text(client.get(register, {"area": "第一镇"}))
    assert '<option value="34' not in answer
    assert "辖区较多，请填 12 位区划代码。" in answer
    assert 'id="area_error" role="alert"' in answer


# Rights and cost


def test_a_list_takes_its_rows_from_the_scope_and_never_all_of_them():
    with pytest.raises(TypeError):
        lists.Filters({})


def test_the_rows_of_another_area_are_found_by_no_filter(as_administrator, people):
    elsewhere = factories.JurisdictionFactory(code="341822000000")
    factories.PersonFactory(username="clerk.elsewhere", jurisdiction=elsewhere)

    assert shown(as_administrator.get(PEOPLE, {"text": "elsewhere"})) == []


def test_count_and_rows_are_two_statements(as_administrator, people, rf):
    rows = type(people[0]).objects.all()
    with CaptureQueriesContext(connection) as asked:
        found = lists.listing(rf.get("/", {"page": "2"}), lists.Filters, rows)
        assert len(found.page.object_list) == 6
    assert len(asked) == 2


# A list that is only sorted


def test_one_row_alone_is_not_sorted_and_two_are(client, county):
    rounds = public("rounds:list")
    assert 'name="order"' not in text(client.get(rounds))
    assert "共 1 条" in text(client.get(rounds))

    factories.RoundFactory(jurisdiction=county.jurisdiction)

    answer = text(client.get(rounds))
    assert 'name="order"' in answer
    assert '<button class="btn">排序</button>' in answer


def test_a_wrong_order_is_told_even_where_there_is_nothing_to_sort(client, db):
    assert "没有这个选项" in text(client.get(public("notices:list"), {"order": "x"}))
