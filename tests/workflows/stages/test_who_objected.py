"""A text tells of who objected by any part of what they typed, and by nothing that many share."""

import pytest

from workflows.stages.objections.who_objected import tells_of

PUBLIC = ("金溪镇红旗村党支部", "红旗村", "金溪镇", "宁国市")


def tells(text, name="张三丰", contact=""):
    return tells_of(text, {"name": name, "contact": contact}, public=PUBLIC)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("张三（李村村民）", "张三说面积不实。"),
        ("李村村民张三", "村民张三说面积不实。"),
        ("张三 李四", "李四反映面积不实。"),
        ("张三/李四", "李四反映面积不实。"),
        ("李村 张三丰", "张三丰反映面积不实。"),
        ("红旗村3组张三丰", "张三丰反映面积不实。"),
        ("金溪镇红旗村张三丰", "张三丰反映面积不实。"),
        ("张三丰和李四海", "张三丰反映面积不实。"),
        ("张三丰和李四海", "李四海反映面积不实。"),
        ("张三李村", "张三反映面积不实。"),
        ("李村张镇海", "张镇海反映面积不实。"),
        ("庄小明 李村", "庄小明反映面积不实。"),
        ("张三等12名村民", "张三反映面积不实。"),
        ("我是张三", "张三反映面积不实。"),
        ("张 三", "张三反映面积不实。"),
        ("张三丰", "张 三\n丰反映面积不实。"),
        ("欧阳修文（党员）", "欧阳修文反映面积不实。"),
        ("昝三（村民）", "昝三反映面积不实。"),
        ("张先生", "张先生反映面积不实。"),
        ("红星小学教师张三", "红星小学反映面积不实。"),
        ("宁国市红星建筑公司", "红星建筑公司反映面积不实。"),
        ("A公司", "Ａ 公司反映面积不实。"),
        ("John Smith", "Mr Smith says so."),
    ],
)
def test_a_name_is_found_whatever_was_typed_beside_it(name, text):
    assert tells(text, name)


@pytest.mark.parametrize(
    ("contact", "text"),
    [
        ("电话0563-1234567，微信zhangsan88", "据0563-1234567来电。"),
        ("电话0563-1234567，微信zhangsan88", "微信 ZhangSan88 反映。"),
        ("0563-1234567 / 0563-7654321", "据05631234567来电。"),
        ("0563-1234567 / 0563-7654321", "据（0563）765 4321来电。"),
        ("0563-1234567", "据1234567来电。"),
        ("０５６３－１２３４５６７", "据0563 1234567来电。"),
        ("微信：zhangsan88", "微信zhangsan88反映。"),
        ("zhangsan@b.cn", "zhangsan 反映。"),
        ("QQ：123456789", "QQ 123456789 反映。"),
        ("请打张小四电话", "张小四反映。"),
    ],
)
def test_a_way_to_reach_the_person_is_found_whatever_was_typed_beside_it(contact, text):
    assert tells(text, contact=contact)


@pytest.mark.parametrize(
    ("name", "contact", "text"),
    [
        ("红旗村", "", "红旗村的活动室面积。"),
        ("红旗村村民", "", "红旗村村民的活动室。"),
        ("金溪镇红旗村张三", "", "金溪镇红旗村的活动室。"),
        ("李村 张三丰", "", "李村的活动室面积。"),
        ("李村村民张三", "", "李村村民的活动室。"),
        ("群众", "", "群众反映面积不实。"),
        ("一名群众", "", "一名群众反映面积不实。"),
        ("知情群众", "", "请知情的人说明。"),
        ("本村村民", "", "本村村民的活动室。"),
        ("老党员", "", "老党员活动室的面积。"),
        ("张三（党员代表）", "", "党员代表会议的记录。"),
        ("红旗村会计张三", "", "红旗村会计的账。"),
        ("张三", "办公室电话0563-1234567", "办公室的面积。"),
        ("张三", "宁国路12号", "宁国路的活动室。"),
        ("张三", "0563-1234567", "面积1234平方米，坐567人。"),
        ("张三", "wechat: zs", "Told by wechat."),
    ],
)
def test_what_many_share_is_let_pass(name, contact, text):
    assert not tells(text, name, contact)


def test_of_an_anonymous_one_nothing_is_told():
    assert not tells_of("张三反映面积不实。", {})


def test_a_number_in_a_public_name_tells_of_nobody_and_one_of_the_person_does():
    typed = {"name": "第10086农场张三丰", "contact": "0563-602123"}

    assert not tells_of("第10086农场的场所面积。", typed, public=["第10086农场党支部"])
    assert tells_of("第10086农场的场所面积。", typed)
    assert tells_of("请打 602123。", typed, public=["第10086农场党支部"])
