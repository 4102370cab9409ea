"""The public pages of the standards."""

import pytest

from standards import catalogue
from tests.public_addresses import public

pytestmark = pytest.mark.django_db


def page(client, *category, language="zh-hans"):
    name = "standards:detail" if category else "standards:list"
    return client.get(public(name, args=category, language=language))


def test_the_list_shows_all_six_categories_and_which_await_their_text(client):
    html = page(client).content.decode()
    for name in (
        "机关(事业)单位",
        "农村",
        "社区",
        "国有企业",
        "非公经济组织和社会组织",
        "中小学校",
    ):
        assert name in html
    assert html.count("待录入") == 3
    assert "23 个条目" in html
    assert "79 个检查点" in html


def test_a_standard_can_be_read_without_signing_in_with_its_phrases_marked(client):
    response = page(client, "NC")
    html = response.content.decode()
    assert response.status_code == 200
    assert '<mark><a class="text-reset" href="#NC-08-C3">至少有2名50岁以下干部</a></mark>' in html
    assert 'id="NC-08-C3"' in html
    assert html.count('<article class="mb-4"') == 23
    assert html.count('<section class="mt-3') == 79


def test_every_item_text_stands_on_the_page_as_printed(client):
    context = page(client, "NC").context
    shown = [
        "".join(passage.text for passage in entry.passages)
        for section in context["sections"]
        for entry in section.items
    ]
    standard = catalogue.published(catalogue.current("NC").pk)
    assert shown == [item.text for item in standard.items]


def test_a_check_shows_rule_strictness_veto_term_evidence_and_our_reading(client):
    html = page(client, "NC").content.decode()
    for words in (
        "50岁以下“两委”干部人数：不少于 2 人",
        "原则性",
        "可设为一票否决",
        "由县里录入释义后使用",
        "满意度测评表",
        "“50岁以下”含50岁",
        "本届班子任期以来",
        "满足其一",
    ):
        assert words in html


def test_oddities_and_gaps_of_the_source_are_said(client):
    assert "第五部分可能还有条目" in page(client, "SQ").content.decode()
    assert "单位印作“300平方”" in page(client, "NC").content.decode()
    assert "参考（非原文）" in page(client, "JG").content.decode()


def test_in_english_the_titles_are_translated_and_the_chinese_text_governs(client):
    html = page(client, "NC", language="en").content.decode()
    assert "Sound set-up" in html
    assert "Reserve cadres" in html
    assert "年收入稳定在5万元以上" in html
    assert 'role="note"' in html
    assert 'role="note"' not in page(client, "NC").content.decode()


@pytest.mark.parametrize("category", ["GQ", "LX", "XX"])
def test_a_category_without_a_text_says_that_it_awaits_entry(client, category):
    response = page(client, category)
    assert response.status_code == 200
    assert "待录入" in response.content.decode()


@pytest.mark.parametrize("category", ["ZZ", "nc", "1"])
def test_an_unknown_category_is_not_found(client, category):
    assert page(client, category).status_code == 404


def test_the_pages_are_only_read(client):
    assert client.post(public("standards:list")).status_code == 405
    assert client.post(public("standards:detail", args=["NC"])).status_code == 405


def test_the_pages_ask_the_database_a_fixed_number_of_times(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        page(client)
    with django_assert_num_queries(5):
        page(client, "NC")
    with django_assert_num_queries(5):
        page(client, "SQ")


def test_no_page_carries_a_style_or_a_script_of_its_own(client):
    for response in (page(client), page(client, "NC"), page(client, "GQ")):
        html = response.content.decode()
        assert " style=" not in html
        assert "<style" not in html
        assert "onclick" not in html
