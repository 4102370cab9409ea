"""Two villages become one: the one had a title, the other an open application; both go on."""

import re
from datetime import timedelta

import pytest

from designation.applications.models import Stage
from designation.organizations.models import Organization, Reorganization, Role
from designation.register import giving
from designation.site import clock
from standards.categories import Category
from tests import factories

from .conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def application(county):
    county.village.name_zh = "青山村党支部"
    county.village.save()
    return county.at(Stage.SUBMITTED)


@pytest.fixture
def title(county):
    """Of the neighbouring village, which has people of its own."""
    village = factories.VillageFactory(superior=county.township, name_zh="绿水村党支部")
    factories.seated(Role.HEAD, village, full_name="周书记")
    decision = giving.record_decision(
        document_number="青委〔2025〕3号",
        decided_on=clock.today() - timedelta(days=100),
        deciding_body="中共青山县委",
        area_code=county.jurisdiction.code,
        actor=county.deciding_officer,
    )
    return giving.give(
        village,
        category=Category.NC,
        decision=decision,
        until=clock.today() + timedelta(days=900),
        actor=county.deciding_officer,
    )


def in_both_widths(visitor, name):
    visitor.keep_picture(name)
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    visitor.keep_picture(f"{name}-phone")
    visitor.page.set_viewport_size({"width": 1280, "height": 900})


def test_two_villages_merge_into_a_new_one(seat, live_server, county, application, title):
    person = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    clerk = Visitor(seat(person), live_server.url)
    clerk.go(f"/accounts/organizations/{county.village.pk}/")
    clerk.follow("机构变更")
    clerk.page.get_by_label("合并", exact=True).check()
    clerk.page.get_by_label(re.compile("^一同合并")).fill("绿水村党支部")
    clerk.page.get_by_label(re.compile("^变更后的单位")).fill("青绿村党支部")
    clerk.page.get_by_label(re.compile("^生效日期")).fill(clock.today().isoformat())
    clerk.page.get_by_label(re.compile("^发文字号")).fill("青民发〔2026〕12号")
    clerk.page.get_by_label(re.compile("^批准机关")).fill("青山县人民政府")
    in_both_widths(clerk, "reorganization-typed")
    clerk.press("下一步：看看会怎样")
    clerk.sees("将作为新单位录入")
    clerk.sees("由“青绿村党支部”接着办理，环节和期限不变")
    in_both_widths(clerk, "reorganization-seen")

    clerk.page.get_by_label(re.compile("我已看清")).check()
    clerk.press("确认登记机构变更")
    clerk.sees("机构变更已登记")
    clerk.sees("现在的单位")
    clerk.keep_picture("reorganization-recorded")

    village = Organization.objects.get(name_zh="青绿村党支部")
    application.refresh_from_db()
    assert (application.organization, application.stage) == (village, Stage.SUBMITTED)
    assert title.steps.last().organization == village
    assert Reorganization.objects.count() == 1
    clerk.go(f"/register/{title.number}/")
    clerk.sees("重新认定")
    assert "青绿村党支部" in clerk.page.content()
    in_both_widths(clerk, "register-after-a-merger")
    clerk.go("/register/?text=青绿村")
    clerk.sees(title.number)

    reviewer = Visitor(seat(county.reviewer), live_server.url)
    reviewer.go(f"/applications/{application.pk}/")
    assert "青绿村党支部" in reviewer.page.content()
    assert "由新单位接着办理" in reviewer.page.content()
    reviewer.keep_picture("case-after-a-merger")
    assert clerk.complaints + reviewer.complaints == []
