"""Editing a draft in the browser."""

import pytest
from django.urls import reverse

from authoring.drafting import editing_views
from designation.site import clock
from standards import catalogue, kinds, publishing
from standards.exporting import as_data
from standards.models import Check, Item, StandardVersion
from tests.sheets import Sheet, fill_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(own):
    return own.draft


@pytest.fixture
def as_manager(client, own):
    client.force_login(own.manager)
    return client


def page(name, *args):
    return reverse(f"drafting:{name}", args=args)


def shown(client, address):
    """What the form holds as it is shown, ready to be sent back."""
    return Sheet(client, address).values


def saved(client, address, **changes):
    return fill_in(client, address, changes)


def deleted(client, address):
    return fill_in(client, address, press="delete")


def new_check(**changes):
    return {
        "phrase": "村党组织设置合理",
        "kind": "must_be_true",
        "metric_zh": "设置合理",
        "strictness": "strict",
        "scope": "current",
    } | changes


@pytest.mark.parametrize(
    "code", ["NC-03-C1", "NC-08-C3", "NC-09-C2", "NC-14-C2", "NC-19-C2", "NC-19-C3", "NC-20-C2"]
)
def test_a_check_saved_as_it_was_shown_is_the_same_check(as_manager, draft, code):
    before = as_data(draft)
    answer = saved(as_manager, page("check", draft.pk, code[:5], code))

    assert answer.status_code == 302
    assert as_data(draft) == before


def test_an_item_and_the_details_saved_as_shown_are_the_same(as_manager, draft):
    before = as_data(draft)
    saved(as_manager, page("item", draft.pk, "NC-05"))
    saved(as_manager, page("section", draft.pk, draft.sections.first().pk))
    after = as_data(draft)
    assert after["sections"] == before["sections"]

    saved(
        as_manager,
        page("details", draft.pk),
        title_zh="本县标准",
        document_number="青委〔2026〕1号",
    )
    draft.refresh_from_db()
    assert (draft.title_zh, draft.source["document_number"]) == ("本县标准", "青委〔2026〕1号")


def test_a_text_that_loses_a_quoted_phrase_is_refused_and_stays_on_the_page(as_manager, draft):
    answer = saved(as_manager, page("item", draft.pk, "NC-03"), text="村党组织健全。")
    assert answer.status_code == 422
    assert "引用的词句不在新条文中" in answer.content.decode()
    assert "村党组织健全。" in answer.content.decode()
    assert Item.objects.get(version=draft, code="NC-03").text != "村党组织健全。"


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"phrase": "没有这句话"}, "phrase", "这句话不在条文中"),
        ({"kind": "number_at_least", "unit": "人"}, "threshold", "请填写标准值"),
        ({"kind": "number_at_least", "threshold": "-1", "unit": "人"}, "threshold", "不能是负数"),
        ({"kind": "number_at_least", "threshold": "3"}, "unit", "请填写单位"),
        ({"kind": "number_at_least", "threshold": "三", "unit": "人"}, "threshold", ""),
        ({"kind": "percent_at_least", "threshold": "120"}, "threshold", "不能超过 100"),
        (
            {"kind": "percent_at_least", "threshold": "80", "rate_part": "满意份数"},
            "rate_whole",
            "分子和分母要一起填写",
        ),
        (
            {"kind": "percent_at_least", "threshold": "80", "rate_whole": "有效份数"},
            "rate_part",
            "分子和分母要一起填写",
        ),
        (
            {"rate_part": "满意份数", "rate_whole": "有效份数"},
            "rate_part",
            "只有比例类",
        ),
        ({"kind": "must_be_false", "parts": "甲\n乙"}, "parts", "只有“应当做到”"),
        ({"kind": "guess"}, "kind", ""),
    ],
)
def test_a_check_that_cannot_be_judged_is_told_at_its_field(
    as_manager, draft, changes, field, message
):
    count = Check.objects.filter(item__version=draft).count()
    answer = as_manager.post(page("check_add", draft.pk, "NC-03"), new_check(**changes))

    assert answer.status_code == 422
    assert message in str(answer.context["form"].errors[field])
    assert Check.objects.filter(item__version=draft).count() == count


_FIGURE = {"threshold": "5", "unit": "人"}


@pytest.mark.parametrize("kind", kinds.codes())
def test_a_check_of_each_kind_can_be_added_and_is_judged(as_manager, draft, kind):
    answer = as_manager.post(page("check_add", draft.pk, "NC-03"), new_check(kind=kind, **_FIGURE))
    assert answer.status_code == 302
    made = Check.objects.get(item__version=draft, metric_zh="设置合理")
    assert made.code == f"NC-03-C{made.order}"
    assert catalogue.read(draft).check(made.code).kind == kind


def test_a_rate_of_two_counts_is_made_by_naming_them_and_unmade_by_emptying_them(as_manager, draft):
    address = page("check", draft.pk, "NC-09", "NC-09-C2")
    saved(as_manager, address, rate_part="满意份数", rate_whole="有效份数")
    check = catalogue.read(draft).check("NC-09-C2")
    assert [figure.zh for figure in check.asked_as] == ["满意份数", "有效份数"]
    assert check.least == 10

    saved(as_manager, address, rate_part="", rate_whole="")
    assert catalogue.read(draft).check("NC-09-C2").rate is None


def test_a_condition_in_english_alone_is_not_enough(as_manager, draft):
    answer = saved(as_manager, page("item", draft.pk, "NC-13"), condition_en="Members away")
    assert answer.status_code == 422
    saved(
        as_manager,
        page("item", draft.pk, "NC-13"),
        condition_zh="有外出流动党员",
        condition_en="Members away",
    )
    assert catalogue.read(draft).item("NC-13").checks[0].code == "NC-13-IF"


def test_sections_and_items_are_added_moved_and_deleted(as_manager, draft):
    as_manager.post(
        page("section_add", draft.pk), {"number_printed": "", "title_printed": "加分项"}
    )
    section = draft.sections.get(title_printed="加分项")
    as_manager.post(
        page("item_add", draft.pk, section.pk), {"number_printed": "1.", "text": "甲。"}
    )
    as_manager.post(
        page("item_add", draft.pk, section.pk), {"number_printed": "2.", "text": "乙。"}
    )
    first, second = section.items.all()
    assert (first.code, second.code) == ("NC-24", "NC-25")

    as_manager.post(page("item", draft.pk, "NC-25"), {"move": "up"})
    assert [item.code for item in section.items.all()] == ["NC-25", "NC-24"]
    as_manager.post(page("item", draft.pk, "NC-25"), {"move": "up"})
    assert [item.code for item in section.items.all()] == ["NC-25", "NC-24"]

    as_manager.post(page("section", draft.pk, section.pk), {"move": "up"})
    codes = list(draft.items.order_by("order").values_list("code", flat=True))
    assert codes.index("NC-25") < codes.index("NC-23")
    assert list(draft.items.order_by("order").values_list("order", flat=True)) == list(range(1, 26))

    kept = as_manager.post(page("section", draft.pk, section.pk), {"delete": "confirmed"})
    assert kept.status_code == 422
    for code in ("NC-25", "NC-24"):
        deleted(as_manager, page("item", draft.pk, code))
    deleted(as_manager, page("section", draft.pk, section.pk))
    assert not draft.sections.filter(title_printed="加分项").exists()


def test_a_check_is_moved_and_deleted(as_manager, draft):
    item = draft.items.get(code="NC-03")
    first, second = item.checks.all()[:2]
    as_manager.post(page("check", draft.pk, "NC-03", first.code), {"move": "down"})
    assert [check.code for check in item.checks.all()][:2] == [second.code, first.code]
    deleted(as_manager, page("check", draft.pk, "NC-03", first.code))
    assert not item.checks.filter(code=first.code).exists()


def test_another_s_change_in_between_is_told_before_it_is_overwritten(as_manager, draft):
    address = page("item", draft.pk, "NC-05")
    sheet = Sheet(as_manager, address)
    Item.objects.filter(version=draft, code="NC-05").update(title_en="Theirs")

    answer = sheet.send(title_en="Mine")
    assert answer.status_code == 422
    assert "在您填写期间，他人改过这里" in answer.content.decode()
    assert 'value="Mine"' in answer.content.decode()
    sheet.shown_again(answer)
    chosen = {"choose-title_en": sheet.choice("title_en", "mine")}
    assert sheet.send(chosen).status_code == 302
    assert Item.objects.get(version=draft, code="NC-05").title_en == "Mine"


def test_saving_a_proposed_check_counts_as_having_looked_at_it(as_manager, draft, own):
    check = Check.objects.get(item__version=draft, code="NC-05-C1")
    question = draft.questions.create(item=check.item, check_proposed=check, reason="建议")
    address = page("check", draft.pk, "NC-05", "NC-05-C1")
    assert "保存即算核对" in as_manager.get(address).content.decode()

    saved(as_manager, address)
    question.refresh_from_db()
    assert question.settled_by == own.manager


def test_what_stands_in_the_way_of_publication_is_named_with_its_place(as_manager, draft):
    Check.objects.filter(item__version=draft, code="NC-05-C1").update(phrase="别处的话")
    Check.objects.filter(item__version=draft, code="NC-14-C1").update(group="甲")
    Check.objects.filter(item__version=draft, code="NC-10-C1").update(group="乙")
    Check.objects.filter(item__version=draft, code="NC-10-C2").update(
        group="乙", strictness="advisory"
    )
    Item.objects.filter(version=draft, code="NC-01").update(text=" ")
    draft.sections.create(order=99, title_printed="空的部分")
    draft.source = {}
    draft.save()

    page_ = as_manager.get(page("draft", draft.pk)).content.decode()
    for message in (
        "检查点 NC-05-C1 引用的词句不在条文中",
        "分组“甲”只有一个检查点",
        "分组“乙”中既有强制又有原则性",
        "本条没有条文",
        "部分“空的部分”没有条目",
        "填写标准的来源文件名称",
    ):
        assert message in page_


def test_a_draft_is_shown_beside_the_version_it_replaces(as_manager, draft):
    same = as_manager.get(page("compare", draft.pk)).content.decode()
    assert "两个版本的条目和检查点完全相同" in same

    Check.objects.filter(item__version=draft, code="NC-09-C2").update(threshold=90)
    draft.items.get(code="NC-05").delete()
    found = as_manager.get(page("compare", draft.pk)).content.decode()
    assert "条目：新增 0，删去 1，修改 1，不变 21。" in found
    assert "<del>80</del> → <ins>90</ins>" in found
    unknown = as_manager.get(page("compare", draft.pk), {"with": "x"})
    assert unknown.context["chosen"] == catalogue.current("NC")


def test_a_form_that_comes_after_publication_is_told_so_and_keeps_what_was_typed(as_manager, draft):
    address = page("item", draft.pk, "NC-03")
    typed = shown(as_manager, address) | {"title_en": "The third wording"}
    before = Item.objects.get(version=draft, code="NC-03").title_en
    publishing.publish(draft, at=clock.now())

    answer = as_manager.post(address, typed)

    assert answer.status_code == 422
    assert "本版本已经发布，不能再改" in answer.content.decode()
    assert "The third wording" in answer.content.decode()
    assert Item.objects.get(version=draft, code="NC-03").title_en == before
    assert as_manager.get(address).status_code == 404
    assert as_manager.post(address, {"delete": "confirmed"}).status_code == 404


def test_two_checks_of_one_number_keep_a_draft_from_being_published(as_manager, draft):
    Check.objects.filter(item__version=draft, code="NC-02-C1").update(code="NC-01-C1")

    assert "有两个检查点编号相同" in as_manager.get(page("draft", draft.pk)).content.decode()


def test_an_item_read_into_the_wrong_section_is_put_into_its_own(as_manager, draft):
    first, second = draft.sections.order_by("order")[:2]
    last = first.items.order_by("order").last()
    saved(as_manager, page("item", draft.pk, last.code), section=second.pk)

    assert second.items.order_by("order").first() == last
    assert [item.code for item in draft.items.order_by("order")] == [
        f"NC-{number:02d}" for number in range(1, 24)
    ]


def test_an_item_goes_to_no_section_of_another_version(as_manager, draft):
    foreign = catalogue.current("SQ").sections.first()
    answer = saved(as_manager, page("item", draft.pk, "NC-01"), section=foreign.pk)
    assert answer.status_code == 422
    assert draft.items.get(code="NC-01").section.version == draft


@pytest.mark.parametrize("change", [{"move": "up"}, {"delete": "confirmed"}])
def test_a_draft_published_meanwhile_is_told_and_not_changed(
    as_manager, draft, own, change, monkeypatch
):
    before = as_data(draft)

    def found_as_a_draft(_request, _pk):
        publishing.publish(StandardVersion.objects.get(pk=draft.pk), at=clock.now())
        return draft

    monkeypatch.setattr(editing_views, "draft_or_404", found_as_a_draft)
    answer = as_manager.post(page("item", draft.pk, "NC-02"), change, follow=True)
    assert "本版本已经发布，不能再改" in answer.content.decode()
    assert as_data(draft) == before


def test_a_check_without_a_figure_shows_no_unit_and_keeps_its_own(as_manager, draft):
    address = page("check", draft.pk, "NC-03", "NC-03-C1")
    assert as_manager.get(address).context["form"]["unit"].value() == ""
    saved(as_manager, address)
    assert Check.objects.get(item__version=draft, code="NC-03-C1").unit == "boolean"
