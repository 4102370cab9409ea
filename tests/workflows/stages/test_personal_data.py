"""Numbers of persons are found in every spelling; figures that are none are left alone."""

import pytest

from designation.site.personal_data import has_id_number, personal_data
from workflows.stages.public_notice.scan import offending_fields

ID = "110105194912310021"


def spaced(text, by):
    return by.join(text)


@pytest.mark.parametrize(
    "typed",
    [
        ID,
        "11010519491231002X",
        "1101 0519 4912 3100 2x",
        "１１０１０５ １９４９１２３１ ００２Ｘ",
        "110105 19491231 0021",
        "110105-19491231-0021",
        "１１０１０５１９４９１２３１００２１",
        spaced(ID, " "),
        spaced(ID, "\u200b"),
        spaced(ID, "\u2060"),
        spaced(ID, "-"),
        spaced(ID, "."),
        spaced(ID, "—"),
        spaced(ID, "\u3000"),
        "1101 0519 4912 3100 21",
        "110105\n19491231\n0021",
        "一一〇一〇五一九四九一二三一〇〇二一",
        "壹壹零壹零伍壹玖肆玖壹贰叁壹零零贰壹",
        "11O1O5194912310021",
        "110105194912310O21",
        "l10105194912310021",
        "身份证：110105(19491231)0021。",
        "440301198001011234",
        "130503670401001",
        "".join(f"{digit}\ufe0f\u20e3" for digit in ID),
    ],
)
def test_an_id_number_is_found_in_every_spelling(typed):
    assert has_id_number(typed)
    assert has_id_number(f"联系人甲，{typed}，乙")
    assert offending_fields({"contact_phone": typed, "basis": typed}) == ["contact_phone", "basis"]


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "１３８００１３８０００",
        "138 0013 8000",
        "138-0013-8000",
        "138.0013.8000",
        "138—0013—8000",
        "138\u200b0013\u200b8000",
        "138\u30000013\u30008000",
        "1 3 8 0 0 1 3 8 0 0 0",
        "13 80 01 38 000",
        "1380013 8000",
        "138001 38000",
        "138·0013·8000",
        "138/0013/8000",
        "(138)0013 8000",
        "+8613800138000",
        "8613800138000",
        "0086 138 0013 8000",
        "013800138000",
        "一三八零零一三八零零零",
        "幺三八〇〇幺三八〇〇〇",
        "壹叁捌零零壹叁捌零零零",
        "138OO138OOO",
        "l38 0013 8000",
        "138\n0013\n8000",
        "138 2012 3456",
    ],
)
def test_a_mobile_number_is_found_in_every_spelling(typed):
    assert personal_data([typed])
    assert personal_data([f"联系电话：{typed}（王）"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "青委发〔2026〕12号",
        "公示期为2026年3月15日至2026年3月20日17:30",
        "2026.3.15-2026.3.20 17:30",
        "2026-11-13 17:30 至 2026-11-19 17:30",
        "电话 0563-5021234、0563-5021235",
        "得分 92.5、88.1、79.3",
        "区划代码 341821104000",
        "统一社会信用代码 91110105MA01ABCD2X",
        "共 15 个村、18 个社区、1300 人",
        "第13、14、15、16、17条",
        "100001 200002 300003 400004",
        "银行账号 6222021234567890123",
        "一、二、三、四、五",
    ],
)
def test_other_figures_are_no_numbers_of_persons(text):
    assert personal_data([text]) == []
