"""A county officer who has only the Word file makes of it a standard that a round can use."""

import io

import docx
import pytest

from designation.adoptions.adopting import usable_standards
from designation.organizations.models import Jurisdiction
from standards.models import StandardVersion
from tests.own_standards import TEXT

pytestmark = pytest.mark.django_db(transaction=True)


def word_file():
    document = docx.Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    return {
        "name": "农村示范点标准.docx",
        "mimeType": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "buffer": content.getvalue(),
    }


def test_a_word_file_becomes_a_standard_ready_for_a_round(visitor):
    page = visitor.page
    visitor.sign_in("county.standards")
    visitor.follow("编制标准")
    visitor.keep_picture("drafting-list")
    visitor.follow("读入标准文件")
    page.locator("input[type=file]").set_input_files(word_file())
    visitor.keep_picture("drafting-read")
    visitor.press("读入")

    visitor.sees("核对读入的标准")
    visitor.sees("每年召开党员大会不少于4次")
    page.get_by_label("来源文件名称").fill("青山县农村示范点评定办法")
    page.get_by_label("核对无误").first.check()
    visitor.keep_picture("drafting-take")
    visitor.press("存为草稿")

    visitor.sees("发布前还要做什么")
    visitor.keep_picture("drafting-draft")
    edit_a_check(visitor)
    try_the_draft(visitor)
    settle_the_questions(visitor)
    visitor.follow("发布标准")
    page.get_by_label("理由").fill("县委常委会已研究通过，自本批次起使用。")
    visitor.keep_picture("drafting-publish")
    visitor.press("发布")

    visitor.sees("标准已发布")
    made = StandardVersion.objects.get(category="NC", area_code="990121000000")
    assert made.status == "published"
    county = Jurisdiction.objects.get(code="990121000000")
    assert made in usable_standards(county)
    visitor.go("/standards/NC/")
    visitor.sees("青山县农村示范点评定办法")
    visitor.keep_picture("standard-own")
    visitor.go("/standards/NC/compare/?from=1&to=2")
    visitor.keep_picture("standards-compared")
    visitor.press("English")
    visitor.sees("the Chinese text governs")
    visitor.keep_picture("standards-compared-english")
    visitor.go("/standards/XX/")
    visitor.keep_picture("standard-english")
    assert visitor.complaints == []


def edit_a_check(visitor):
    """The preview follows what is typed, before it is saved."""
    page = visitor.page
    page.get_by_role("link", name="NC-01-C2", exact=True).click()
    preview = page.locator("#as-typed")
    preview.get_by_text("要求 ≥ 80%").first.wait_for()
    page.get_by_label("标准值").fill("85")
    page.get_by_label("标准值").blur()
    preview.get_by_text("要求 ≥ 85%").first.wait_for()
    preview.get_by_text("84.9%").wait_for()
    visitor.keep_picture("drafting-check")
    visitor.press("保存")
    visitor.sees("已保存。")


def try_the_draft(visitor):
    visitor.follow("试填")
    visitor.press("填入差一点的值")
    visitor.sees("未达到标准")
    visitor.sees("现为“84.9%”")
    visitor.keep_picture("drafting-bench")
    visitor.follow("返回草稿")
    visitor.follow("预览")
    visitor.sees("这是申报单位将看到的填写页面")
    visitor.keep_picture("drafting-preview")
    visitor.page.get_by_role("link", name="←").first.click()


def settle_the_questions(visitor):
    page = visitor.page
    visitor.follow("待核对")
    visitor.keep_picture("drafting-questions")
    for box in page.locator("input[name=question]").all():
        box.check()
    visitor.press("核对无误")
    visitor.sees("没有待核对的内容")
    visitor.page.get_by_role("link", name="←").first.click()
