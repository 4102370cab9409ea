"""A draft on a phone: who is left over, a default body, a rule, and the timetable beside it."""

import pytest
from playwright.sync_api import expect

from designation.organizations.models import Organization
from designation.rounds.models import Round, RoutingRule

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_coordinator_sees_whom_nobody_reviews_and_names_a_default_body(visitor):
    village = Organization.objects.get(name_zh="松岭村党支部")
    Organization.objects.filter(pk=village.pk).update(superior=None)
    Round.objects.update(status=Round.Status.DRAFT)
    visitor.sign_in("county.coordinator")
    visitor.page.set_viewport_size({"width": 390, "height": 800})
    visitor.go(f"/rounds/{Round.objects.get().pk}/")
    main = visitor.page.locator("main")
    expect(main).to_contain_text("有 1 个组织没有机构初审，将不能申报。")
    expect(main.locator("#timetable")).to_contain_text("2026年4月15日(周三)")
    visitor.keep_picture("round_in_preparation")
    visitor.follow("初审分工")
    expect(main).to_contain_text("1 个组织没有机构初审，不能申报。")
    expect(main).to_contain_text("松岭村党支部")

    visitor.page.get_by_label("默认初审机构", exact=True).fill("没有的党委")
    visitor.page.get_by_text("增加规则").click()
    visitor.page.get_by_label("新规则 1：辖区").fill("红旗镇")
    visitor.page.get_by_label("新规则 1：初审机构").fill("青山县委社会工作部")
    visitor.press("保存")
    expect(main.locator("#field-route-default")).to_contain_text("没有这个审核机构，请填写全称")
    expect(visitor.page.get_by_label("新规则 1：辖区")).to_have_value("红旗镇")
    visitor.keep_picture("routing_refused")

    visitor.page.get_by_label("默认初审机构", exact=True).fill("青山县委组织部")
    visitor.press("保存")
    visitor.sees("已保存。")
    expect(main).to_contain_text("红旗镇的各类组织，由“青山县委社会工作部”初审（现有 2 个组织）。")
    expect(main).to_contain_text("由默认初审机构“青山县委组织部”初审")
    visitor.keep_picture("routing")
    assert RoutingRule.objects.get().body.name_zh == "青山县委社会工作部"
    visitor.go(f"/rounds/{Round.objects.get().pk}/")
    expect(main).not_to_contain_text("没有机构初审")
    assert visitor.complaints == []
