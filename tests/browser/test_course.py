"""红旗村 is carried from first login to the public register, in Chinese, by the pages alone."""

import re

import pytest

from designation.applications.models import Application, Stage
from designation.register.models import Designation
from standards.catalogue import published
from tests.course import PDF
from tests.terms import end_those_over
from workflows.stages.objections.models import Objection
from workflows.stages.public_notice.models import Notice

pytestmark = pytest.mark.django_db(transaction=True)
YES, NO = "yes", "no"


def application():
    return Application.objects.get(organization__name_zh="红旗村党支部")


def fill_checks(page, checks, *, on_site):
    for check in checks:
        field = page.locator(f"[name='{check.code}']")
        if check.kind in ("must_be_true", "must_be_false"):
            wanted = YES if check.kind == "must_be_true" else NO
            page.locator(f"[name='{check.code}'][value='{wanted}']").check()
        elif check.kind == "frequency_per_month_at_least" and not on_site:
            page.locator(f"[id='{check.code}'] button").click()
        elif check.kind != "declared_qualitative":
            field.fill(str(check.threshold))
        elif on_site:
            page.locator(f"[name='{check.code}'][value='conforms']").check()
        else:
            field.fill("已按要求落实，有会议记录和工作台账可查。")


def assess_itself(visitor):
    visitor.sign_in("hongqi.preparer")
    visitor.keep_picture("01-desk-of-the-preparer")
    visitor.follow("开始申报")
    visitor.press("开始申报")
    visitor.sees("全部填完大约要")
    visitor.keep_picture("02-a-new-application")
    page = visitor.page
    rules = published(application().standard_id)
    visitor.follow("开始填写")
    for section in rules.sections:
        page.get_by_role("heading", name=section.title_printed).wait_for()
        for item in section.items:
            fill_checks(page, item.checks, on_site=False)
        page.locator(f"#proposed-{section.items[-1].code} input").wait_for(state="attached")
        if section == rules.sections[0]:
            visitor.keep_picture("03-a-section")
        last = section == rules.sections[-1]
        visitor.press("保存并返回申报" if last else "保存并到下一节")
    visitor.sees("逐条情况")


def add_evidence_and_summary(visitor):
    page = visitor.page
    visitor.go(f"/applications/{application().pk}/items/NC-01/")
    page.locator("#NC-01 .item-evidence summary").click()
    page.locator("#NC-01 input[type=file]").set_input_files(
        {"name": "会议记录.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.locator("#NC-01").get_by_label("材料名称").fill("支部会议记录")
    visitor.press("上传材料")
    visitor.sees("材料已上传")
    visitor.go(f"/applications/{application().pk}/summary/")
    page.get_by_label(re.compile("申报简介")).fill("红旗村党支部对照标准逐条自评。")
    page.get_by_label(re.compile("会议通过日期")).fill("2026-03-01")
    page.get_by_label(re.compile("任期开始日期")).fill("2025-11-20")
    visitor.press("保存")
    visitor.sees("已全部填好，请单位负责人登录后确认")


def hand_in(visitor):
    visitor.sign_in("hongqi.head")
    visitor.follow("红旗村党支部")
    visitor.follow("核对并承诺")
    visitor.page.get_by_label("我是单位负责人").check()
    visitor.press("确认自评")
    visitor.keep_picture("04-confirmed")
    visitor.press("提交申报")
    visitor.sees("已提交，待初审")


def return_one_item(visitor):
    visitor.sign_in("hongqi.town")
    visitor.go(f"/applications/{application().pk}/")
    visitor.follow("进入初审")
    visitor.keep_picture("05-first-review")
    visitor.page.locator("#item-NC-13").get_by_label("列入退回").check()
    visitor.page.get_by_text("退回补正").first.click()
    visitor.page.locator("#reason-NC-13").fill("请补充党群服务中心面积的依据。")
    visitor.press("发出补正清单")
    visitor.sees("请补充党群服务中心面积的依据。")


def correct_it(visitor):
    visitor.sign_in("hongqi.preparer")
    visitor.go(f"/applications/{application().pk}/items/NC-13/")
    visitor.sees("本条现在只能查看")
    visitor.page.get_by_label("补正说明").fill("已补充不动产登记复印件。")
    visitor.page.get_by_label(re.compile("面积")).fill("320平方米")
    visitor.keep_picture("06-a-correction")
    visitor.press("保存")
    visitor.sign_in("hongqi.head")
    visitor.go(f"/applications/{application().pk}/")
    visitor.follow("核对并承诺")
    visitor.page.get_by_label("我是单位负责人").check()
    visitor.press("重新提交")
    visitor.sees("已提交，待初审")


def recommend(visitor):
    visitor.sign_in("hongqi.town")
    visitor.go(f"/applications/{application().pk}/review/")
    visitor.press("其余未选的记为达标并保存")
    visitor.page.get_by_label("审核意见").fill("经审核，自评属实，材料齐全，同意推荐。")
    visitor.press("通过并推荐")
    visitor.sees("已推荐")


def arrange_the_visit(visitor):
    visitor.sign_in("county.coordinator")
    visitor.go(f"/applications/{application().pk}/")
    visitor.follow("安排实地核查")
    page = visitor.page
    # 郑红旗 comes from the same township: recusal.
    visitor.sees("须回避、不能选派")
    for name in ("周宁", "吴晓"):
        page.get_by_label(name, exact=True).check()
    page.get_by_label("组长").select_option(label="周宁")
    visitor.keep_picture("07-the-visit")
    visitor.press("保存核查安排")
    for username in ("verifier.one", "verifier.two"):
        visitor.sign_in(username)
        visitor.go(f"/applications/{application().pk}/verify/")
        visitor.press("签署回避承诺")
    visitor.sign_in("county.coordinator")
    visitor.go(f"/applications/{application().pk}/visit/")
    visitor.press("开始核查")
    visitor.sees("核查中")


def verify_on_site(visitor):
    visitor.sign_in("verifier.one")
    page = visitor.page
    rules = published(application().standard_id)
    visitor.go(f"/applications/{application().pk}/verify/items/NC-01/")
    for item in rules.items:
        page.get_by_role("heading", name=item.code, exact=True).wait_for()
        fill_checks(page, item.checks, on_site=True)
        page.locator("[name='verdict'][value='met']").check()
        if item.code == "NC-13":
            visitor.keep_picture("08-on-site")
        visitor.press("保存并到下一条")
    visitor.sees("23 条中已核 23 条")
    page.get_by_label("到达时间").fill("2026-03-02T07:00")
    page.get_by_label("离开时间").fill("2026-03-02T08:30")
    visitor.press("保存时间")
    visitor.press("本人签字")
    visitor.sign_in("verifier.two")
    visitor.go(f"/applications/{application().pk}/verify/")
    visitor.press("本人签字")
    visitor.sign_in("verifier.one")
    visitor.go(f"/applications/{application().pk}/verify/")
    visitor.keep_picture("09-the-record-of-the-visit")
    visitor.press("核查合格")
    visitor.sees("核查合格")


def choose(visitor):
    visitor.sign_in("county.coordinator")
    visitor.follow("农村：1 份核查合格，等待会议研究")
    page = visitor.page
    page.get_by_label("拟命名", exact=True).check()
    page.get_by_label(re.compile("研究会议")).fill("县委常委会会议")
    page.get_by_label(re.compile("会议日期")).fill("2026-03-02")
    page.get_by_label(re.compile("到会情况")).fill("应到 11 人，实到 10 人")
    page.get_by_label(re.compile("回避情况")).fill("无")
    page.get_by_label(re.compile("^研究结果")).last.fill("一致同意列为拟命名对象")
    visitor.keep_picture("10-choosing")
    visitor.press("登记研究结果")
    visitor.sees("择优结果已登记")


def put_on_notice(visitor):
    visitor.follow("公示办理")
    visitor.follow("拟定公示")
    visitor.keep_picture("10-composing-a-notice")
    visitor.press("提出公示")
    for username, button, said in (
        ("county.secrecy", "审查通过：不涉密", "保密审查已通过。接着由审定人审批。"),
        ("county.decision", "批准公示", "公示已批准。接着由公示发布人发布。"),
        ("county.publisher", "发布公示", "公示已发布，对外公开。"),
    ):
        visitor.sign_in(username)
        visitor.go(f"/notices/desk/{Notice.objects.get().pk}/")
        visitor.press(button)
        visitor.sees(said)
    visitor.keep_picture("11-the-four-steps")


def object_and_dismiss(visitor):
    visitor.sign_out()
    visitor.go(f"/notices/{Notice.objects.get().pk}/")
    visitor.keep_picture("12-the-public-notice")
    visitor.follow("提出异议")
    page = visitor.page
    page.get_by_label(re.compile("姓名或单位")).fill("张三")
    page.get_by_label(re.compile("电话或电子邮箱")).fill("zhang@example.cn")
    page.get_by_label(re.compile("异议事实和理由")).fill("服务中心面积不足 300 平方米，请核实。")
    visitor.press("提交异议")
    visitor.sees("请记下查询码")
    visitor.sign_in("county.objections")
    visitor.go(f"/notices/desk/objections/{Objection.objects.get().pk}/")
    page.get_by_label(re.compile("意见和理由")).fill("属于受理范围，予以受理。")
    visitor.press("受理")
    visitor.sees("调查中")
    page.get_by_label(re.compile("意见和理由")).fill("经现场复测面积为 320 平方米，反映不属实。")
    visitor.press("异议不成立")
    visitor.sees("已作出“异议不成立”的结论")
    visitor.keep_picture("13-an-objection")


def let_the_period_pass(visitor, held_clock):
    held_clock.move_to(Notice.objects.get().ends_at)
    end_those_over()
    visitor.sign_in("county.objections")
    visitor.go(f"/notices/desk/{Notice.objects.get().pk}/")
    visitor.press("确认无遗漏，关闭异议登记")


def designate(visitor):
    visitor.sign_in("county.decision")
    visitor.go("/notices/desk/")
    visitor.follow("办理命名")
    visitor.page.get_by_label(re.compile("发文字号")).fill("青发〔2026〕8号")
    visitor.page.get_by_label(re.compile("决定日期")).fill("2026-03-10")
    visitor.keep_picture("14-the-decision")
    visitor.press("登记决定并命名")
    visitor.sees("已命名并载入名册")


def test_hongqi_village_is_carried_from_first_login_to_the_register(visitor, held_clock):
    assess_itself(visitor)
    add_evidence_and_summary(visitor)
    hand_in(visitor)
    return_one_item(visitor)
    correct_it(visitor)
    recommend(visitor)
    arrange_the_visit(visitor)
    verify_on_site(visitor)
    choose(visitor)
    put_on_notice(visitor)
    object_and_dismiss(visitor)
    let_the_period_pass(visitor, held_clock)
    designate(visitor)

    visitor.sign_out()
    visitor.go("/register/")
    visitor.keep_picture("15-the-register")
    visitor.follow("红旗村党支部")
    visitor.sees("称号有效")
    visitor.keep_picture("16-a-title")
    assert application().stage == Stage.DESIGNATED
    assert Designation.objects.get().organization.name_zh == "红旗村党支部"
    visitor.sign_in("hongqi.head")
    visitor.go(f"/applications/{application().pk}/")
    visitor.keep_picture("17-the-whole-history")
    visitor.go("/standards/NC/")
    visitor.keep_picture("18-a-standard")
    assert visitor.complaints == []
