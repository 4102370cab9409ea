"""A title from the register on: ordered to correct, overdue, revoked; read by everybody."""

import re
from datetime import timedelta

import pytest

from designation.certificates import issuing
from tests.public_addresses import public
from tests.titles_given import REASON, Title
from tests.workflows.titles.test_pages import act_page

from .conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)

WHY_ORDERED = "台账缺了三个月，请补齐。"


def filled(visitor, number, reason=REASON):
    page = visitor.page
    page.get_by_label(re.compile("^发文字号")).fill(number)
    page.get_by_label(re.compile("^作出决定的机关")).fill("中共青山县委组织部")
    page.get_by_label(re.compile("^事实和理由")).fill(reason)


def test_a_title_is_ordered_to_correct_and_revoked_when_the_time_is_over(
    seat, live_server, reference_data, county, held_clock
):
    title = Title(county)
    certificate = issuing.issue(title.row, actor=county.deciding_officer)
    coordinator = Visitor(seat(county.coordinator), live_server.url)
    coordinator.go(f"/register/{title.row.number}/")
    coordinator.follow("全部沿革和办理")
    coordinator.keep_picture("title-valid")
    coordinator.follow("限期整改")
    coordinator.keep_picture("title-order")
    filled(coordinator, "青组发〔2026〕5号", WHY_ORDERED)
    coordinator.press("限期整改")
    coordinator.sees("到期以前请整改到位")
    coordinator.keep_picture("title-ordered")
    reader = Visitor(seat(None), live_server.url)
    in_register = public("register:detail", args=[title.row.number])
    checked = public("certificates:check", args=certificate.place)
    for name, address in {"register": in_register, "certificate": checked}.items():
        reader.go(address)
        reader.sees("青组发〔2026〕5号")
        reader.sees("称号仍然有效，没有撤销")
        reader.keep_picture(f"title-ordered-in-public-{name}")
        assert WHY_ORDERED not in reader.page.content()
    held_clock.move(timedelta(days=33))
    coordinator.go("/")
    coordinator.sees("整改期满，待作结论")
    coordinator.keep_picture("title-on-desk")

    officer = Visitor(seat(county.deciding_officer), live_server.url)
    officer.go(act_page(title, "revoke"))
    filled(officer, "青发〔2026〕8号")
    officer.press("撤销称号")
    officer.sees("称号已撤销，名册随即更新")
    officer.keep_picture("title-revoked")

    # Another one: what a browser keeps may be a minute old.
    another = Visitor(seat(None), live_server.url)
    another.go(in_register)
    another.sees("已撤销")
    another.keep_picture("title-in-public")
    another.sees(REASON)
    assert WHY_ORDERED not in another.page.content()
    for visitor in (coordinator, reader, officer, another):
        assert visitor.complaints == []
