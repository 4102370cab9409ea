"""The versions of a category, for everyone to read and to compare."""

import pytest

from designation.site import clock
from standards import catalogue, copying, publishing, queries
from standards.comparison import comparison
from standards.models import Item
from tests.markup import flat
from tests.own_standards import OwnStandards
from tests.public_addresses import public

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(county):
    """A second version of the county's own, that rewords an item and takes a check away."""
    own = OwnStandards(county.jurisdiction)
    version = copying.copy(own.published, area_code=county.jurisdiction.code)
    item = Item.objects.get(version=version, code="SQ-01")
    check = item.checks.last()
    item.text, _gone = item.text + "并记录在案。", check.delete()
    item.save()
    item.checks.update(strictness="advisory")
    publishing.publish(version, at=clock.now())
    return version


def page(name, *args):
    return public(f"standards:{name}", args=args)


def test_the_page_of_a_category_lists_its_versions_and_whom_they_are_for(client, second, county):
    shown = client.get(page("detail", "SQ")).content.decode()
    assert "历次版本" in shown
    assert f"适用于{county.jurisdiction.name}" in shown
    assert "随系统提供" in shown
    assert shown.count("已停用") == 1


def test_a_retired_version_stays_readable_and_says_so(client, second):
    shown = client.get(page("version", "SQ", second.number - 1)).content.decode()
    assert "本版本已停用，仅供查阅" in shown
    assert client.get(page("version_file", "SQ", second.number - 1, "annex.pdf")).status_code == 200


def test_a_draft_is_not_public(client, second, county):
    draft = copying.copy(second, area_code=county.jurisdiction.code)
    assert client.get(page("version", "SQ", draft.number)).status_code == 404
    assert client.get(page("version_file", "SQ", draft.number, "annex.pdf")).status_code == 404


def test_two_versions_are_compared_item_by_item_with_the_words_marked(client, second):
    shown = client.get(page("compare", "SQ")).content.decode()
    assert "条目：新增 0，删去 0，修改 1" in shown
    assert "<ins>并记录在案。</ins>" in shown
    assert "<del>强制</del> → <ins>原则性</ins>" in shown
    assert "− 删去" in shown


def test_numbers_that_are_no_versions_are_told(client, second):
    for query in ({"from": "99", "to": "1"}, {"from": "x"}, {"to": ""}):
        answer = client.get(page("compare", "SQ"), query)
        assert answer.status_code == 200
        assert "没有这两个版本，请从上面选择" in answer.content.decode()
    assert client.get(page("compare", "ZZ")).status_code == 404


def test_a_category_without_a_published_version_says_so(client, county):
    assert "本类还没有发布过版本" in client.get(page("compare", "GQ")).content.decode()


def test_every_thing_said_of_a_check_is_shown_in_words(client, county):
    before = catalogue.current("NC")
    after = copying.copy(before, area_code=county.jurisdiction.code)
    item = after.items.get(code="NC-05")
    item.checks.update(
        kind="number_at_least",
        threshold=3,
        unit="人",
        veto_suggested=True,
        evidence_suggested=["名册"],
        parameters={"years": 3},
    )
    publishing.publish(after, at=clock.now())
    shown = client.get(page("compare", "NC"), {"from": before.number, "to": after.number})
    text = shown.content.decode()
    for words in ("建议一票否决", "数值不少于", "名册", "years=3", "<ins>3</ins>"):
        assert words in text


def test_the_list_names_the_version_that_its_page_shows(client, second):
    listed = {entry.category: entry.version for entry in queries.categories()}
    assert listed["SQ"] == second == catalogue.current("SQ")
    shown = client.get(page("detail", "SQ")).content.decode()
    assert f"第 {second.number} 版" in shown


def test_each_check_says_which_document_item_and_line_it_comes_from(client, county):
    own = OwnStandards(county.jurisdiction)
    version = own.draft
    version.source = {
        "document": "青山县示范点评定办法",
        "document_number": "青委发〔2026〕3号",
        "issuer": "中共青山县委",
    }
    version.save()
    version.items.filter(code="NC-05").update(source_line=17)
    publishing.publish(version, at=clock.now())
    shown = " ".join(client.get(page("detail", "NC")).content.decode().split())
    document = "青山县示范点评定办法（青委发〔2026〕3号） · 中共青山县委"
    assert f"{document} </span> · NC-05 · 原文第 17 行" in shown


def test_a_check_of_a_sample_names_the_public_texts_it_follows(client):
    shown = client.get(page("sample", "XX")).content.decode()
    assert "学校基层党组织建设标准(县级文本)</span>· XX-02" in flat(shown)


def test_a_check_that_loses_its_figure_says_nothing_of_stored_units(client, county):
    before = catalogue.current("NC")
    after = copying.copy(before, area_code=county.jurisdiction.code)
    check = after.items.get(code="NC-13").checks.get(code="NC-13-C2")
    check.kind, check.threshold, check.unit = "must_be_true", None, "boolean"
    check.save()
    publishing.publish(after, at=clock.now())
    found = comparison(before, after)
    (item,) = found.items
    said = {field.label: (field.old, field.new) for field in item.checks[0].fields}
    assert said["单位"] == ("平方米", "—")


def test_the_pages_cost_the_same_for_one_version_of_the_county_and_for_three(
    client, county, django_assert_num_queries
):
    version = OwnStandards(county.jurisdiction).published
    for more in range(3):
        if more:
            version = copying.copy(version, area_code=county.jurisdiction.code)
            publishing.publish(version, at=clock.now())
        with django_assert_num_queries(1):
            client.get(page("list"))
        with django_assert_num_queries(6):
            client.get(page("detail", "SQ"))
        with django_assert_num_queries(7):
            client.get(page("compare", "SQ"))
