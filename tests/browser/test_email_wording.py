"""The coordinator words an e-mail: a field by a press, a preview, saved, taken back."""

import pytest

from designation.applications.models import Stage
from notifications.models import EmailWording

from .conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_e_mail_is_worded_by_presses_previewed_saved_and_restored(county, seat, live_server):
    county.at(Stage.SUBMITTED)
    coordinator = Visitor(seat(county.coordinator), live_server.url)
    coordinator.go(f"/rounds/{county.round.pk}/")
    coordinator.follow("邮件措辞")
    coordinator.keep_picture("emails")
    coordinator.follow("退回补正（请办理）")

    page = coordinator.page
    page.get_by_label("标题（中文）").fill("请补正：")
    page.get_by_role("button", name="组织名称", exact=True).click()
    assert page.get_by_label("标题（中文）").input_value() == "请补正：{组织名称}"
    page.get_by_label("开头（中文）").fill("您好：")
    coordinator.press("预览")
    coordinator.sees(f"请补正：{county.village.name_zh}")
    assert page.get_by_label("开头（中文）").input_value() == "您好：", "nothing typed is lost"
    assert not EmailWording.objects.exists()
    page.get_by_label("开头（中文）").fill("您好，{批次")
    coordinator.press("保存")
    coordinator.sees("大括号要成对")
    coordinator.keep_picture("email-refused")
    page.get_by_label("开头（中文）").fill("您好：")
    coordinator.press("保存")
    coordinator.sees("邮件措辞已保存")
    coordinator.keep_picture("email-worded")

    coordinator.press("恢复系统措辞")
    coordinator.sees("已恢复系统措辞")
    assert not EmailWording.objects.get().says_anything
    assert coordinator.complaints == []
