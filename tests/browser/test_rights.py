"""The security administrator goes through the rights of a county, and lets somebody in again."""

import re
from datetime import timedelta

import pytest

from demo import county as demo_county
from demo.accounts import PASSWORD
from designation.administration import rights_reviews
from designation.administration.models import RightsReview
from designation.organizations.models import Person
from designation.site import clock

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_of_seats_is_kept_one_is_withdrawn_and_the_review_is_finished(visitor):
    demo_county.load_rights()
    visitor.sign_in("admin.security")
    visitor.follow("权限复核")
    visitor.page.get_by_role("link", name="2026 年第 1 季度").click()
    visitor.sees("个岗位待核对")
    visitor.keep_picture("rights-review")
    visitor.page.get_by_role("link", name=re.compile("收回.*郑红旗")).click()
    visitor.sees("立即不能再以“核查员”办理")
    visitor.keep_picture("rights-withdraw")
    visitor.press("确认收回岗位")
    visitor.sees("岗位已收回")

    review = RightsReview.objects.get()
    while rights_reviews.waiting(review).exists():
        visitor.page.goto(f"{visitor.address}/accounts/rights-reviews/lines/?verdict=waits")
        visitor.press("勾选本页全部")
        visitor.press("保留勾选的岗位")
        visitor.sees("已保留")
    visitor.go("/accounts/rights-reviews/lines/")
    visitor.keep_picture("rights-review-settled")
    visitor.page.get_by_label("我已看清").check()
    visitor.press("完成复核")

    visitor.sees("本季度权限复核已完成")
    visitor.keep_picture("rights-reviews")
    assert rights_reviews.counted(review)["withdrawn"] == 1
    assert visitor.complaints == []


def test_who_was_switched_off_is_told_and_let_in_again(visitor):
    demo_county.load_rights()
    off = Person.objects.get(username="verifier.two")
    Person.objects.filter(pk=off.pk).update(
        is_active=False,
        used_on=clock.today() - timedelta(days=90),
        unused_off_on=clock.today(),
    )
    visitor.page.context.clear_cookies()
    visitor.go("/accounts/login/")
    visitor.page.get_by_label("账号").fill(off.username)
    visitor.page.get_by_label("密码").fill(PASSWORD)
    visitor.page.locator("main").get_by_role("button", name="登录").click()
    visitor.sees("请联系本级安全管理员重新启用")
    visitor.keep_picture("unused-at-sign-in")

    visitor.sign_in("admin.security")
    visitor.go("/accounts/unused/")
    visitor.sees("账号连续 90 天没有登录")
    visitor.keep_picture("unused")
    visitor.page.get_by_role("link", name=re.compile(f"重新启用.*{off.full_name}")).click()
    visitor.keep_picture("switch-on")
    visitor.page.get_by_label("理由").fill("产假结束返岗，本人来电核实。")
    visitor.press("重新启用")
    visitor.sees("账号已重新启用")

    assert Person.objects.get(pk=off.pk).is_active
    assert visitor.complaints == []
