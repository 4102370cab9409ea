"""A sentence sends people only to what there is for them: a page, a button, a command.

Every sentence that names an office or a page and asks for something is entered here, with what it
leads to. One that is not entered fails: look first whether the person finds what it names.
"""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.urls import get_resolver

from designation.organizations.models import Role
from tests.permissions.test_matrix import OPEN, PAGES, PUBLIC, SIGNED_IN

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "locale/en/LC_MESSAGES/django.po"
OFFICES = re.compile(
    "管理员|经办人|核查员|审定人|发布人|审查人|受理人|审核人员|运维人员|负责人|填报人"
)
QUOTED = re.compile(r"“[^%”（]*[\u4e00-\u9fff][^%”]*”")
ACTS = re.compile("退回补正|不予推荐|拟定公示|提出公示|采用示例|再次申报|重新申报|收回|推演")
# What later work may bring; until then no sentence speaks of it.
ABSENT = ("录入工作日历", "复评", "我的申报", "延期", "展期")

# Its answers lead by links of their own; tests/workflows/help/test_help.py follows them.
HELP = "workflows/help/"

ANYONE = "anyone"
SETTING = "setting"
# By a short name: who goes there, the address, and the words of the page or button there.
WAYS = {
    "appeal": (Role.HEAD, "appeals:against_decision", "提交复核申请"),
    "enter_appeal": (Role.COUNTY_COORDINATOR, "appeals:enter_against_decision", "登记复核申请"),
    "add_files": (Role.HEAD, "appeals:attach", "补充材料"),
    "state": (Role.HEAD, "notices:hearing", "提交陈述"),
    "conclude_objection": (Role.OBJECTION_OFFICER, "notices:objection", "异议成立"),
    "assign_investigator": (Role.OBJECTION_OFFICER, "notices:objection", "指派调查人"),
    "join": (Role.OBJECTION_OFFICER, "notices:join", "并案"),
    "answer_longer": (Role.DECIDING_OFFICER, "notices:longer", "审批延长办理期限"),
    "hear_appeal": (Role.COUNTY_COORDINATOR, "appeals:appeal", "复核成立"),
    "withdraw_on_paper": (Role.COUNTY_COORDINATOR, "appeals:appeal", "登记书面撤回"),
    "restore_title": (Role.DECIDING_OFFICER, "titles:title", "恢复称号"),
    "accept_correction": (Role.COUNTY_COORDINATOR, "titles:title", "整改合格"),
    "warn_title": (Role.COUNTY_COORDINATOR, "titles:title", "警告"),
    "lift_warning": (Role.COUNTY_COORDINATOR, "titles:title", "解除警告"),
    "renew_title": (Role.DECIDING_OFFICER, "titles:title", "延续称号"),
    "correct_title": (Role.DECIDING_OFFICER, "titles:title", "更正有效期"),
    "revoke_title": (Role.DECIDING_OFFICER, "titles:title", "撤销称号"),
    "cancel_title": (Role.COUNTY_COORDINATOR, "titles:title", "注销称号"),
    "conclude_recheck": (Role.COUNTY_COORDINATOR, "rechecks:recheck", "作出复核结论"),
    "drop_recheck": (Role.COUNTY_COORDINATOR, "rechecks:recheck", "终止复核"),
    "decline_to_revoke": (Role.DECIDING_OFFICER, "rechecks:recheck", "不予撤销"),
    "revoke_after_recheck": (Role.DECIDING_OFFICER, "rechecks:recheck", "撤销称号"),
    "issue_certificate": (Role.DECIDING_OFFICER, "certificates:decision", "发证并打包"),
    "replace_certificates": (
        Role.DECIDING_OFFICER,
        "certificates:decision",
        "与现在不一致",
    ),
    "take_titles_over": (Role.DECIDING_OFFICER, "organizations:table", "确认录入名册"),
    "bring_template": (Role.COUNTY_COORDINATOR, "papers:template", "换用这个模板"),
    "design_certificates": (Role.COUNTY_COORDINATOR, "certificates:design", "证书样式"),
    "applications": (ANYONE, "applications:list", "申报"),
    "approve": (Role.DECIDING_OFFICER, "notices:manage", "批准公示"),
    "arrange": (Role.COUNTY_COORDINATOR, "applications:visit", "安排实地核查"),
    "audit": (Role.AUDIT_ADMINISTRATOR, "audit:list", "审计日志"),
    "calendar": (Role.SYSTEM_ADMINISTRATOR, "calendar:list", "工作日历"),
    "calendar_add": (Role.SYSTEM_ADMINISTRATOR, "calendar:add", "载入工作日历"),
    "calendar_load": (Role.COUNTY_COORDINATOR, "calendar:load", "确认启用"),
    "categories": (Role.COUNTY_COORDINATOR, "rounds:categories", "申报类别和名额"),
    "change_team": (Role.COUNTY_COORDINATOR, "applications:visit", "调整核查组"),
    "choose": (Role.COUNTY_COORDINATOR, "selections:round", "研究择优"),
    "close_register": (Role.OBJECTION_OFFICER, "notices:manage", "确认无遗漏，关闭异议登记"),
    "compose": (Role.COUNTY_COORDINATOR, "notices:compose", "拟定公示"),
    "break_off": (Role.NOTICE_PUBLISHER, "notices:manage", "终止并重新公示"),
    "record_posting": (Role.COUNTY_COORDINATOR, "notices:manage", "登记张贴情况"),
    "confirm": (Role.HEAD, "applications:confirm", "确认自评"),
    "message_settings": (ANYONE, "messages:preferences", "消息设置"),
    "send_to_head": (Role.PREPARER, "applications:case", "送负责人确认"),
    "return_to_preparer": (Role.HEAD, "applications:return_to_preparer", "退回填报人"),
    "declare": (Role.VERIFIER, "applications:verify", "签署回避承诺"),
    "leaving": (Role.SECURITY_ADMINISTRATOR, "organizations:leaving", "办理离任"),
    "deputies": (ANYONE, "organizations:deputies", "代理人"),
    "disposals": (Role.COUNTY_COORDINATOR, "retention:list", "到期清单"),
    "designate": (Role.DECIDING_OFFICER, "designations:designate", "登记决定并命名"),
    "details": (Role.STANDARDS_MANAGER, "drafting:details", "版本信息"),
    "discard": (Role.COUNTY_COORDINATOR, "notices:manage", "作废拟稿，重新拟定"),
    "handle": (Role.OBJECTION_OFFICER, "notices:objection", "异议成立，不予命名"),
    "key": (SETTING, "FIELD_KEY", ""),
    "links": (Role.SECURITY_ADMINISTRATOR, "organizations:password_links", "密码链接"),
    "slips": (Role.SECURITY_ADMINISTRATOR, "organizations:password_slips", "密码条"),
    "mend": (Role.COUNTY_COORDINATOR, "notices:mend", "修改后重新提出"),
    "methods": (Role.COUNTY_COORDINATOR, "rounds:methods", "择优办法"),
    "object": (ANYONE, "notices:object", "提出异议"),
    "ask_departments": (Role.COUNTY_COORDINATOR, "opinions:round", "发给各部门"),
    "bring_paper": (Role.COUNTY_COORDINATOR, "opinions:sheet", "上传附件"),
    "enter_letter": (Role.COUNTY_COORDINATOR, "opinions:paper", "登记书面答复"),
    "organizations": (Role.SYSTEM_ADMINISTRATOR, "organizations:organizations", "组织"),
    "people": (Role.SYSTEM_ADMINISTRATOR, "organizations:people", "人员"),
    "preview": (Role.STANDARDS_MANAGER, "standard_preview:bench", "预览"),
    "publish": (Role.NOTICE_PUBLISHER, "notices:manage", "发布公示"),
    "questions": (Role.STANDARDS_MANAGER, "drafting:questions", "核对无误"),
    "reject": (Role.FIRST_REVIEWER, "applications:review", "不予推荐"),
    "round_frame": (Role.COUNTY_COORDINATOR, "rounds:edit", "批次信息"),
    "return": (Role.FIRST_REVIEWER, "applications:review", "退回补正"),
    "routing": (Role.COUNTY_COORDINATOR, "rounds:routing", "初审分工"),
    "export": (Role.COUNTY_COORDINATOR, "exports:take", "导出"),
    "published_page": (Role.PREPARER, "applications:arrange", "用公开网页代替文件"),
    "tables": (Role.SYSTEM_ADMINISTRATOR, "organizations:tables", "上传录入表"),
    "unused": (Role.SECURITY_ADMINISTRATOR, "organizations:unused", "久未登录"),
    "switch_on": (Role.SECURITY_ADMINISTRATOR, "organizations:switch_on", "重新启用"),
    "reviews": (Role.SECURITY_ADMINISTRATOR, "organizations:rights_reviews", "权限复核"),
    "seats": (Role.SECURITY_ADMINISTRATOR, "organizations:seats", "岗位授权"),
    "secrecy": (Role.SECRECY_REVIEWER, "notices:manage", "审查通过：不涉密"),
    "settings": (ANYONE, "organizations:settings", "个人设置"),
    "sign_in": (ANYONE, "organizations:login", "登录"),
    "start": (ANYONE, "home", "开始申报"),
    "summary": (Role.PREPARER, "applications:summary", "申报简介"),
    "take_out": (Role.HEAD, "library:take_out", "移出资料库"),
    "terms": (Role.COUNTY_COORDINATOR, "rounds:terms", "地方用语的本县释义"),
    "correct": (Role.PREPARER, "applications:section", "保存并到下一节"),
    "record_meeting": (Role.COUNTY_COORDINATOR, "selections:compose", "登记研究结果"),
    "recall": (Role.HEAD, "applications:case", "收回"),
    "take_back_return": (Role.FIRST_REVIEWER, "applications:case", "收回退回决定"),
    "take_back_recommendation": (Role.FIRST_REVIEWER, "applications:case", "收回推荐决定"),
    "replay": (Role.STANDARDS_MANAGER, "replays:begin", "开始推演"),
    "stop": (Role.STANDARDS_MANAGER, "replays:detail", "取消推演"),
    "submit": (Role.HEAD, "applications:case", "提交申报"),
    "signed_papers": (Role.FIRST_REVIEWER, "applications:signed_papers", "查看签字纸质件"),
    "type": (Role.FIRST_REVIEWER, "applications:type", "按签字纸质件代录"),
    "upload": (Role.PREPARER, "applications:section", "上传材料"),
    "tried": (Role.STANDARDS_MANAGER, "standard_preview:preview", "看检查结果"),
}

PROMISES = {
    "名册中已有这个称号，有效期至%(until)s。表不能改动名册，请核对；名册登记错了的，"
    "请审定人在称号的页面点“更正有效期”。": ["correct_title"],
    "这一件在调查报告提交以后才并入，报告没有涉及它。需要补充调查的，请改派或者收回。": [
        "assign_investigator"
    ],
    "%(organization)s的称号复核后提请撤销，由审定人决定。": [
        "revoke_after_recheck",
        "decline_to_revoke",
    ],
    "复核后提请撤销，等待审定人决定：撤销称号，或者在复核中决定不予撤销。": [
        "revoke_title",
        "decline_to_revoke",
    ],
    "注销（没有单位承接，整改随之终止，提请撤销的复核由县级经办人终止）": ["drop_recheck"],
    "复核已提请撤销这个称号，现在不能责令限期整改、注销或者延续。"
    "请先由审定人决定：撤销称号，或者不予撤销；不予撤销的，再办理。": [
        "revoke_after_recheck",
        "decline_to_revoke",
    ],
    "称号到期以前，复核已提请撤销，还没有决定。"
    "请先由审定人登记到期以前作出的撤销，或者由县级经办人终止那次复核，再办理延续。": [
        "revoke_title",
        "drop_recheck",
    ],
    "称号现为“%(status)s”，不再核查，也不作结论；这次复核由县级经办人终止。": ["drop_recheck"],
    "异议成立后须重新核查全部条目，请县级经办人修改核查安排：不勾选条目，即全部核查。": [
        "change_team"
    ],
    "异议成立后须重新核查的是 %(codes)s，请县级经办人修改核查安排，勾选这些条目。": ["change_team"],
    "已作出“异议成立，重新核查”的结论；"
    "这份申报已退回、尚未核查合格，由县级经办人一并核查，没有核查的不能列为核查合格。": ["arrange"],
    "审定人决定不撤销%(organization)s的称号，请另作复核结论。": ["conclude_recheck"],
    "审定人已决定不予撤销，请作出其他结论。": ["conclude_recheck"],
    "已提请审定人决定。": ["revoke_after_recheck", "decline_to_revoke"],
    "已提请撤销称号，由审定人决定。决定以前称号仍然有效。": [
        "revoke_after_recheck",
        "decline_to_revoke",
    ],
    "您办理过这次复核，应当回避。请由其他审定人决定。": [
        "revoke_after_recheck",
        "decline_to_revoke",
    ],
    "您参加过这次实地核查，应当回避。请由其他经办人作出结论。": ["conclude_recheck"],
    "提请以后由审定人决定，不能收回。": ["revoke_after_recheck", "decline_to_revoke"],
    "用于有过错、应当撤销的情形。由审定人决定：撤销称号，或者退回另作结论。": [
        "revoke_after_recheck",
        "decline_to_revoke",
    ],
    "答复已提交，由县级经办人作出复核结论。": ["conclude_recheck"],
    "对这个决定不服的，单位负责人可以在%(until)s前申请复核一次。": ["appeal"],
    "对这个决定不服的，单位负责人可以申请复核一次。": ["appeal"],
    "对这个决定不服的，%(unit)s的负责人可以在%(until)s前申请复核一次。": ["appeal"],
    "对这个决定不服的，%(unit)s的负责人可以申请复核一次。": ["appeal"],
    "对这个决定不服的，单位负责人可以在%(appeal_until)s前申请复核一次。": ["appeal"],
    "申请复核：在本系统中提交，或者把书面申请交%(appeal_to)s的县级经办人；"
    "由没有参与过这件事的人办理。": ["appeal"],
    "称号的有效期已满，或者持有的单位已经撤并，称号不再恢复；"
    "没有其他限制的，可以重新申报，申报未通过的批次除外。": ["start"],
    "（撤销不当，但有效期已满或者持有的单位已经撤并，称号不再恢复；"
    "撤销带来的限制申报已经解除，没有其他限制的，可以重新申报，申报未通过的批次除外）": ["start"],
    "申请复核由单位负责人提出。": ["appeal"],
    "请由申请单位的负责人办理。": ["appeal"],
    "书面的复核申请由县级经办人登记。": ["enter_appeal"],
    "书面申请，由县级经办人登记": ["enter_appeal"],
    "复核申请的材料由单位负责人在核实、答复以前补充。": ["add_files"],
    "请由被异议单位的填报人或者负责人陈述。": ["state"],
    "陈述已提交，由异议受理人结合调查作出结论。": ["conclude_objection"],
    "调查报告已提交，由异议受理人作出结论。": ["conclude_objection"],
    "您是这件异议的调查人，结论须由另一位异议受理人作出。": ["conclude_objection"],
    "%(name)s还没有提交调查报告，请等其提交，或者改派、收回自行调查。": ["assign_investigator"],
    "不能移交：须由异议受理人改派调查人，或者收回自行调查": ["assign_investigator"],
    "异议的调查人已不能办理：请异议受理人改派，或者收回自行调查。": ["assign_investigator"],
    "须由异议受理人改派调查人，或者收回自行调查。": ["assign_investigator"],
    "异议 %(code)s 已指派调查人，请以它为主件，或者先收回。": ["join", "assign_investigator"],
    "延长申请已送审定人审批；批准以前按原期限办理。": ["answer_longer"],
    "由没有参与的审定人审批，批准一次为限。批准以后，异议人凭查询码看到延长到哪一天。": [
        "answer_longer"
    ],
    "请由没有参与这份申报和这件异议的审定人审批。": ["answer_longer"],
    "请由登记书面申请的县级经办人，或者没有参与过这件事的县级经办人登记。": ["withdraw_on_paper"],
    "请附单位负责人签字、盖章的撤回书的扫描件或者照片。": ["withdraw_on_paper"],
    "请先对复核申请作出“复核成立”的答复。": ["hear_appeal"],
    "请由本地区或者上级没有参与过这件事的县级经办人、异议受理人办理。": ["hear_appeal"],
    "答复以后，申报回到作出决定的环节重新办理；称号由审定人依据新的决定恢复，"
    "有效期已满的不再恢复。撤销称号带来的限制申报自答复之日起解除。": ["restore_title"],
    "（由审定人依据新的命名决定恢复称号）": ["restore_title"],
    "您办理过这个称号此前的警告、整改、撤销或注销，应当回避。请由其他审定人办理。": [
        "revoke_title"
    ],
    "整改期限已于%(day)s届满，不能再延长。请作出结论：整改合格，或者由审定人撤销。": [
        "accept_correction",
        "revoke_title",
    ],
    "整改期限已于%(day)s届满，以后作出的文件不能再延长，请核对文件日期。"
    "没有在这一天以前决定延长的，请作出结论：整改合格，或者由审定人撤销。": [
        "accept_correction",
        "revoke_title",
    ],
    "称号%(day)s到期，整改须在这以前结束，没有可以延长的时间。"
    "请作出结论：整改合格，或者由审定人撤销。": ["accept_correction", "revoke_title"],
    "称号%(day)s到期，整改须在这以前结束，没有整改的时间。"
    "可以警告；有过错、应当撤销的，由审定人撤销。": ["warn_title", "revoke_title"],
    "称号到期以前责令的整改还没有结论。请先认定整改合格；"
    "到期以前已经决定撤销的，由审定人登记撤销。": ["accept_correction", "revoke_title"],
    "整改期限已于%(last)s届满，等待县级作出结论：整改合格，或者由审定人撤销。"
    "称号在作出结论以前仍然有效。": ["accept_correction", "revoke_title"],
    "整改期限已经延长过一次。请在期满后作出结论：整改合格，或者由审定人撤销。": [
        "accept_correction",
        "revoke_title",
    ],
    "用于没有过错的情形：单位撤并，或者自愿放弃（依据其负责人签字盖章的来函）。"
    "注销的文件和理由在名册上公开。": ["cancel_title"],
    "称号受到警告，仍然有效；改正以后由县级经办人解除。": ["lift_warning"],
    "称号已于%(day)s到期，名册上已不再有效，不用再撤销或注销。要继续使用称号的，"
    "须有新的命名决定，由审定人办理延续。": ["renew_title"],
    "称号已于%(day)s到期，到期以后不用再撤销或注销；撤销的文件在这一天或者以前作出的，仍然登记。"
    "要继续使用称号的，须有新的命名决定，由审定人办理延续。": ["renew_title", "revoke_title"],
    "已提请撤销的，先由审定人决定": ["revoke_after_recheck", "decline_to_revoke"],
    "请由本县的县级经办人设置证书样式。": ["design_certificates"],
    "还没有发的由审定人发（本单位的，由其他审定人发）；压缩包里是已发的。": ["issue_certificate"],
    "与现在不一致的，由审定人换发；换发以前，压缩包里是原来的。": ["replace_certificates"],
    "“%(field)s”中的“%(signs)s”（%(codes)s）没有字体可以印，印不成证书。"
    "请县级经办人在证书样式里改用别的字。": ["design_certificates"],
    "这份文件已授予这个单位“%(category)s”称号。那一个的类别登记错了的，"
    "请县级经办人先在称号的页面把它注销，再录入这一行。": ["cancel_title", "tables"],
    "%(basis)s现在的单位是%(heirs)s。请按文件核对称号由哪个单位承接："
    "“组织名称”改填这个单位，“命名时名称”按命名决定填写；都不承接的，请删去这一行。": ["tables"],
    "还没有证书，请由审定人发证。": ["issue_certificate"],
    "请在%(last)s前（含当天）整改到位，并向县级经办人书面报告整改情况；要求和通知见称号的沿革。": [
        "accept_correction"
    ],
    "称号正在限期整改。请先认定整改合格；到期未整改到位的，由审定人撤销。": [
        "accept_correction",
        "revoke_title",
    ],
    (
        "办理后，列出的事项立即移交，不退回。填了最后工作日的，这一天结束以前可以在本页收回离任；"
        "不填的立即终止、停用，不能撤销。已终止的岗位要恢复，须重新授予。已办理的记录不变。"
    ): ["leaving", "seats"],
    "忘记密码的，在登录页用邮件重设，或者请本级安全管理员生成密码链接。": ["links"],
    (
        "您的账号超过 %(days)d 天没有登录，已自动停用；岗位、草稿和办理记录都还在。"
        "请联系本级安全管理员重新启用。"
    ): ["switch_on"],
    "本辖区的最后一位管理员：请另配一人，或者请本人登录。": ["seats"],
    "此人的账号因久未登录已停用，请先在“久未登录”中重新启用。": ["unused", "switch_on"],
    "请打开每日清单，再打开“久未登录”核对；还要用的，重新启用或者请本人登录。": ["unused"],
    "账号由本辖区的安全管理员重新启用。": ["switch_on"],
    (
        "每季度第一天开始，列出本辖区的全部岗位。安全管理员逐行核对：保留或者收回；"
        "审计管理员可以查看。核对记录长期保存，不能改。"
    ): ["reviews"],
    "开始以来已过 10 个工作日，请安全管理员核对完毕。": ["reviews"],
    "请逐行核对，选“保留”或者“收回”；全部核对后完成。": ["reviews"],
    "还有 %(count)d 行没有核对，请逐行选“保留”或者“收回”。": ["reviews"],
    "工作单位不改，以后在“人员”中逐人修改": ["people"],
    "还有下级组织，请先在“组织”中改好它们的上级党组织。": ["organizations"],
    "有几个单位叫“%(name)s”，请先在“组织”中改成不同的名称。": ["organizations"],
    (
        "县里有短信、企业微信或钉钉网关的，在这里接上，消息就能发到本辖区人员的手机。"
        "手机号由本人在“消息设置”中填写；发出的只有一句话和一个链接，没有申报的内容，也没有姓名。"
    ): ["message_settings"],
    "发一条试发消息，看网关怎样答复。您在“消息设置”中填了手机号的，会收到这一条。": [
        "message_settings"
    ],
    "暂无人担任，不能催办；请安全管理员先授予岗位。": ["seats"],
    "增加后，推荐到县级、还没有研究择优的单位，都要再征求这个部门的意见；"
    "名单在“部门意见”页发出。": ["ask_departments"],
    "还要用的，请在“到期清单”中写明理由暂缓；要移交档案馆的，请先办理归档。": ["disposals"],
    "县级经办人催办：请尽快办理%(organization)s的申报。": ["applications"],
    "这一步暂无人担任，催办没有人收到；请安全管理员先授予岗位。": ["seats"],
    "上次本条没有登记这个网页，请在“用公开网页代替文件”中登记。": ["published_page"],
    "在列表下方按“导出”，文件会列在这里。": ["export"],
    "中途出错，没有生成文件。请重新导出；如果再次出错，请联系系统管理员。": ["export"],
    "请由该部门的承办人或者县级经办人上传。": ["bring_paper"],
    "%(department)s无人担任“%(role)s”，收不到征求意见单，请安全管理员授予岗位。": ["seats"],
    "本辖区没有这个组织，请填写全称；还没有录入的，请系统管理员先录入。": ["organizations"],
    "例如%(name)s；本县还没有录入这样的组织，请系统管理员先录入。": ["organizations"],
    "推荐到县级的单位，由县级经办人列成名单，同时送各部门；"
    "每个部门对每个单位只答一个问题：有，或者没有。部门看不到申报材料。": ["ask_departments"],
    "您与%(names)s有关，应当回避，请由另一位县级经办人登记。": ["enter_letter"],
    "请由本辖区的县级经办人发出。": ["ask_departments"],
    "还没有就%(organization)s征求%(department)s的意见，请在“部门意见”页发出征求意见单。": [
        "ask_departments"
    ],
    "从材料形成年度的年底算起；期满后由单位负责人移出。": ["take_out"],
    "%(alone)s现在只有您一人担任初审员，您代录的申报将无人可以初审："
    "请先请安全管理员再授予一人这个岗位。": ["seats"],
    "代录的人已离岗：请%(body)s的另一位初审员在“按签字纸质件代录”中"
    "重新上传签字的纸质件，接着代录。": ["type"],
    "该单位在这一批次已由您代录，请在“申报”中打开它继续录入。": ["applications"],
    "须由本机构另一位初审员在“按签字纸质件代录”中重新上传签字的纸质件，接着代录；"
    "该单位也可以自己接手。": ["type"],
    "有几个单位叫这个名称，不能确定是哪一个，请与系统管理员联系。": ["organizations"],
    "还没有单位负责人的账号，填好后无人确认。请先联系系统管理员。": ["people"],
    "没有条件上网的单位填好纸质件并由负责人签字的，可以由乡镇(街道)照录。": ["type"],
    "请先上传单位负责人签字的纸质件；补正的，须重新签字。": ["signed_papers"],
    "%(organization)s还没有列为拟命名，请先在“择优”页登记会议研究的结果。": ["choose"],
    "会议择优、列为拟命名后，可以拟定公示。": ["choose", "compose"],
    "勾选的单位出自不同的会议，请按会议分开拟定公示。": ["compose"],
    "并列的单位结果不同，请在“并列的取舍”中写明会议如何决定。": ["record_meeting"],
    "您与%(organization)s有关，应当回避：请由另一位县级经办人登记，或者把它留待下次研究。": [
        "record_meeting"
    ],
    "您与下列单位有关，应当回避；请由另一位县级经办人登记研究结果：": ["record_meeting"],
    "请在“择优”页登记会议研究的结果。": ["choose"],
    "请由本辖区的县级经办人登记。": ["record_meeting"],
    "只有“按文件所列数据排序”才用数据，请清空，或者改选择优办法。": ["methods"],
    "“%(category)s”按“%(code)s”排序，所选的标准里没有这个检查点，请在“择优办法”中改选。": [
        "methods"
    ],
    "已选“名额不限”，请清空名额，或者去掉“名额不限”。": ["categories"],
    "%(until)s前可以提出异议，请在下方名单中点“提出异议”。": ["object"],
    "%(where)s：“%(step)s”人手不够。担任“%(role)s”的只有%(people)s，"
    "须与办理“%(others)s”的不是同一人，请安全管理员再授予岗位。": ["seats"],
    "%(where)s：“%(step)s”无人担任“%(role)s”，请安全管理员授予岗位。": ["seats"],
    "本辖区还没有录入初审机构，请系统管理员先录入。": ["organizations"],
    "%(year)s 年的工作日历尚未启用，不能延长到那一年。"
    "请系统管理员（%(who)s）在“工作日历”中载入，并由另一人确认。": ["calendar"],
    "有几个组织用这个名称，请系统管理员先改成不同的名称。": ["organizations"],
    "请在“批次信息”中填写今年的批准文号。": ["round_frame"],
    "申报时间里没有%(asked)s可供内部公示，请在“批次信息”中延长申报时间或减少公示天数。": [
        "round_frame"
    ],
    "已载入，请另一位系统管理员或县级经办人确认后启用。": ["calendar_load"],
    "暂无人担任，请安全管理员授予岗位": ["seats"],
    "三个管理员岗位须由不同的人担任，不设代理人：请安全管理员另外授予有期限的岗位。": ["seats"],
    "最近一封邮件没有送到：请本人在“个人设置”中改正邮箱，急事请打电话。": ["settings"],
    "核查组组长已不能办理：请县级经办人在“调整核查组”中更换。": ["change_team"],
    "没有人担任，或者担任的人都须回避：请安全管理员授予岗位。": ["seats"],
    "不能办理本人的离任，请由另一位安全管理员办理。": ["leaving"],
    "离任由本辖区的安全管理员办理。": ["leaving"],
    "先选接手的人，按“查看移交情况”：接手的人不能接的，在旁边说明理由。列出的是本单位的人，"
    "以及本县县级单位的人；没有的，请系统管理员先录入并写明工作单位。": ["people"],
    "不能移交：须在“按签字纸质件代录”中重新上传签字的纸质件，接着代录": ["type"],
    "代理人由担任这个岗位的本人或者安全管理员指定。": ["deputies", "seats"],
    "代理由担任这个岗位的本人或者安全管理员终止。": ["deputies", "seats"],
    "核查须由本人进行，不设代理人：请县级经办人在“调整核查组”中更换。": ["change_team"],
    "您没有可以请人代理的岗位：核查员由县级经办人更换，管理员不设代理人。": ["change_team"],
    "需要时，可以在“代理人”中另行指定。": ["deputies"],
    "请系统管理员（%(who)s）按国务院办公厅通知载入。": ["calendar"],
    "这一年由您载入，须由另一位系统管理员或县级经办人确认。": ["calendar_load"],
    "这一年由您载入，须由另一位系统管理员或县级经办人确认。发现有误，可以退回后重新载入。": [
        "calendar_load",
        "calendar_add",
    ],
    "工作日放假天数减去周末补班天数是 %(given)s，应是 %(expected)s：缺行或多行。"
    "通知本身另有规定的，请在“放假天数”中写明。": ["calendar_add"],
    "%(year)s 年的工作日历尚未启用，不能计算期限。"
    "请系统管理员在“工作日历”中按国办通知载入，并由另一人确认。": ["calendar"],
    "%(year)s 年的工作日历尚未启用，请系统管理员（%(who)s）在“工作日历”中载入，并由另一人确认。": [
        "calendar"
    ],
    "“%(category)s”所选的标准现在不能使用，请在“申报类别和名额”中重新保存。": ["categories"],
    "“%(term)s”的本县释义尚未录入，请联系县级经办人。": ["terms"],
    "%(organization)s的申报被退回补正，请按清单逐条补正。": ["correct"],
    "初审认定本条未达标：请退回补正或不予推荐；结论有误的，请更正。": ["return", "reject"],
    "名单中已没有申报，请重新拟定公示。": ["compose"],
    "审核人员未打开前可以收回": ["recall"],
    "已采用示例标准，可以列入批次。": ["categories"],
    "您有一个推演还没有结束。请等它结束，或者先取消它。": ["stop"],
    "提交后，审核人员未打开前可以收回。": ["recall"],
    "申报单位还没有开始补正，可以收回：回到原环节继续审核，申报单位会收到通知。": [
        "take_back_return"
    ],
    "县级还没有开始办理，可以收回：回到初审，原来的办理期限不变，县级会收到通知。": [
        "take_back_recommendation"
    ],
    "撤回后，%(name)s在“%(round)s”的这份申报即告终止，不能恢复；在申报时间内可以重新申报。": [
        "start"
    ],
    "收回后可以修改，再重新提交。": ["recall", "submit"],
    "本类别的推荐名额已用完，不能再推荐。可以退回补正，或者不予推荐。": ["return", "reject"],
    "本组织同类称号仍在有效期内，到期前 60 天起可以再次申报。": ["start"],
    "申报截止前可以收回": ["recall"],
    "试用的草稿已被放弃，不能再推演。请选择别的版本。": ["replay"],
    "请先拟定公示，并把本申报列入名单。": ["compose"],
    "请先提出公示。": ["compose"],
    "刚下载的文书是按系统版式生成的，本县的 Word 模板用不了：%(why)s请告知县级经办人。": [
        "bring_template"
    ],
    "刚下载的文书是按系统版式生成的，上级的 Word 模板用不了：%(why)s请告知其经办人。": [
        "bring_template"
    ],
    "这个批次不能用这个标准推演，请重新选择。": ["replay"],
    "只有本辖区的标准管理员和县级经办人可以推演。": ["replay"],
    "这个批次还没有实地核查的数值。可以改用各组织申报的数值再推演。": ["replay"],
    "这就是本批次所用的标准，指标值也没有改动，推演不会有变化。请换一个版本，或改动指标值。": [
        "replay"
    ],
    "不能终止自己的岗位，请由另一位安全管理员办理。": ["seats"],
    "公示内容与发布时不一致，不能命名。请审计管理员在“审计日志”中查明。": ["audit"],
    "公示已提出，请保密审查人审查。": ["secrecy"],
    "公示已被退回，请等待县级经办人修改后重新提出，或者作废。": ["mend", "discard"],
    "公示已退回，由县级经办人修改后重新提出，或者作废。": ["mend", "discard"],
    "公示已重新提出，请保密审查人审查。": ["secrecy"],
    "公示发布后，由县级经办人登记张贴情况。": ["record_posting"],
    "还没有登记“%(channel)s”的张贴证明。公示期内张贴了的，请县级经办人在公示页登记；没有张贴的，"
    "请公示发布人终止并重新公示。": ["record_posting", "break_off"],
    "公示期满后，由异议受理人确认电话、信函异议均已登记并关闭。": ["close_register"],
    "初审机构“%(body)s”不在本县，请系统管理员核对本组织的上级党组织。": ["organizations"],
    "人员由系统管理员录入。": ["people"],
    "请系统管理员下载模板，填好后上传。": ["tables"],
    "列出还没有密码、也没有给过链接的人。有电子邮箱的，链接用邮件发给本人；没有的，打印成密码条，"
    "当面交给本人。三个管理员不在这里，由另一位管理员单独生成。": ["links"],
    "选中的人都已经给过链接，请在列表中另选；没有收到的，请在“密码链接”中单独生成。": ["links"],
    "在您管理的范围之外也有岗位或单位，没有生成；请由上级辖区的安全管理员生成。": ["links"],
    "岗位已授予。接着在“密码条”给还没有密码的人发链接。": ["slips"],
    "三个人各自设置密码后：系统管理员登录，在“录入表”下载模板，填好乡镇、组织、人员和岗位后"
    "上传。": ["tables"],
    "这个县或它的上级辖区已经有管理员，请核对代码；本县的人员由他们录入。": ["people"],
    "链接已使用、已过期（%(hours)d 小时内有效），或者之后又生成过新的链接。县已开通的，请各管理员"
    "用自己的密码链接；还没有开通的，请在服务器上重新生成。": ["links"],
    "“组织”表第 %(row)s 行有错，请先改好那一行。": ["tables"],
    "区划代码 %(code)s 不在您管理的范围内，请核对；别的县由其系统管理员录入。": ["tables"],
    "有的行在您上次看过之后变了，标有“已变”。请看过再确认。": ["tables"],
    "此人已有这个岗位，任期不同。请在“岗位授权”中终止后再授予。": ["seats"],
    "此人的岗位上还有没办完的事，请到“人员”页看过清单，再停用。": ["people"],
    "没有名为“%(name)s”的组织，请核对，或在“组织”表中补上。": ["tables"],
    "没有账号“%(name)s”，请核对，或在“人员”表中补上。": ["tables"],
    "系统中有几个同名的组织，请先在“组织”页更名，再用表更正。": ["organizations", "tables"],
    "表格软件把这里当成了日期或时间。请把单元格格式改为“文本”，再重新填写。": ["tables"],
    "辖区、组织、人员由系统管理员确认；岗位由安全管理员、称号由审定人在同一份表上另行确认。": [
        "tables"
    ],
    "还没有区划代码为 %(code)s 的辖区，请核对，或在“辖区”表中补上。": ["tables"],
    "这里是公式。请复制后“选择性粘贴”为数值，再上传。": ["tables"],
    "可以换一个姓名或账号查找。人员由系统管理员录入。": ["people"],
    "请由本组织所在辖区的审定人办理。": ["designate"],
    "可以放宽筛选条件；填报人请在工作台“开始申报”。": ["start"],
    "填报人请在工作台“开始申报”。": ["start"],
    "填写后按“看检查结果”。": ["tried"],
    "填好后按“预览”，这里显示申报单位看到的样子。": ["preview"],
    "如果不是您本人更改的，请立即联系本级安全管理员或审计管理员。": ["links", "audit"],
    "如果不是您要求的，请不要使用，并立即联系本级安全管理员或审计管理员。": ["links", "audit"],
    "审核人员已经打开，不能收回；如需修改，请联系审核人员退回补正。": ["return"],
    "密封所用的密钥已更换，无法打开。请系统运维人员恢复原来的密钥。": ["key"],
    "密码由本人通过一次性链接自行设置，任何管理员都不经手。选择人员，为其生成链接。": ["links"],
    "已保存。密码链接由安全管理员生成，岗位由安全管理员授予。": ["links", "seats"],
    "已全部填好，请单位负责人登录后确认。": ["confirm"],
    "已全部填好，请单位负责人登录后重新提交。": ["submit"],
    "%(organization)s的申报已填好，请单位负责人核对并承诺。": ["confirm"],
    "接着由单位负责人核对并承诺，或者退回填报人。": ["confirm", "return_to_preparer"],
    "请填报人按理由修改，再送负责人确认。": ["send_to_head"],
    "填报人会收到消息和您写的理由，改好后再送您确认；单位以外的人看不到。": ["send_to_head"],
    "内容有误的，可以自己修改，也可以写明理由退回填报人。": ["return_to_preparer"],
    "请勾选有的月份；都没有的，只选“都没有”。": ["correct"],
    "本页没有脚本时不会自动保存：请先按每条下面的“保存”，再到下一节。": ["correct"],
    "正在加载，请稍候。一直加载不出来的，请先按每条下面的“保存”，再按“下一条未填”。": ["correct"],
    "没有登记电子邮箱的，请联系本级安全管理员生成密码链接；没有账号，请联系系统管理员。": [
        "links",
        "people",
    ],
    "没有收到、或者没有登记电子邮箱的，请联系本级安全管理员生成密码链接。": ["links"],
    "系统、安全、审计三个管理员的密码不能用邮件重设，请由另一位管理员生成密码链接。": ["links"],
    "从您所在的网络一小时内索取的链接较多，请一小时后再试，或者联系本级安全管理员。": ["links"],
    "您关闭了这份公示的异议登记，命名须由另一位审定人办理。": ["designate"],
    "您提出了这份公示，命名须由另一位审定人办理。": ["designate"],
    "您来自申报单位，或参与过填报、初审、核查、公示提出，应当回避，请由其他受理人办理。": [
        "handle"
    ],
    "您来自申报单位，或者参与过填报、办理过对它的异议，应当回避，请由其他审定人办理。": [
        "designate"
    ],
    "您或者您代为办理的人来自这个组织，应当回避。请由其他审定人办理。": [
        "issue_certificate",
        "take_titles_over",
    ],
    "第 %(rows)s 行是您或者您代为办理的人所在组织的称号，您应当回避。请由其他审定人确认录入。": [
        "take_titles_over"
    ],
    "您须回避：对它的异议由其他受理人办理。": ["handle"],
    "暂无人担任，会列在县级经办人的工作台上；请尽快授予岗位，接任的人会收到待办消息。": ["seats"],
    "核查组组长已不能办理：请在“调整核查组”中更换。": ["change_team"],
    "没有人担任“%(role)s”，或者担任的人都须回避：请安全管理员授予岗位。": ["seats"],
    "请告诉县级经办人更换核查员。您不能签署回避承诺、查看和填写核查记录，也不能签字。": [
        "change_team"
    ],
    "须由县级经办人更换核查员，才能继续。": ["change_team"],
    "%(name)s不是本辖区的核查员，请另选。": ["arrange"],
    "您还没有岗位。请联系安全管理员授予岗位后再办理业务。": ["seats"],
    "他人刚刚改了这里，您填的还没有保存。请再按一次“保存”，看过再定。": [],
    "推演中途出错，没有结果。请重新推演；如果再次出错，请联系系统管理员。": [],
    "公示内容与发布时不一致。请审计管理员在“审计日志”中查明。": ["audit"],
    "公示已终止，名单已转入这份拟稿。接着由县级经办人核对后重新提出。": ["mend"],
    "提出后依次由保密审查人审查、审定人审批、公示发布人发布；提出、审查、审批须由三个不同的人"
    "办理，提出人和审批人不能发布。": ["secrecy", "approve", "publish"],
    "服务器的存储空间不足或暂时写不进去，文件没有保存。请稍后再传，并告知系统管理员。": [],
    "本人已设置密码，电子邮箱由本人在“个人设置”中修改。": ["settings"],
    "本组织在这一批次已有申报，请在“申报”中打开它继续填写。": ["applications"],
    "本组织已停用，请与系统管理员联系。": ["organizations"],
    "材料“%(title)s”在服务器上缺失或不完整，暂时打不开。请告知系统管理员；申报单位重新上传"
    "同一个文件，就能恢复。": ["upload"],
    "标准中有“本届班子任期以来”的事项，请在申报简介中填写任期开始日期。": ["summary"],
    "核查已安排，请核查员签署回避承诺。": ["declare"],
    "检查点只是建议，须由人核对：没有勾“核对无误”的，存为草稿后仍列在“待核对”中，"
    "核对完才能发布。": ["questions"],
    "此人在您管理的范围之外也有岗位或单位，请由上级辖区的安全管理员生成。": ["links"],
    "没有保存成功的内容请稍后重试；如仍出错，请联系系统管理员。": [],
    "没有找到初审机构，请系统管理员录入本组织的上级党组织，或者请县级经办人在批次的“初审分工”中"
    "设默认初审机构。": ["organizations", "routing"],
    "有 %(count)d 个组织没有机构初审，将不能申报。请在“初审分工”中设默认初审机构，"
    "或者请系统管理员录入它们的上级党组织。": ["organizations", "routing"],
    "有几个机构用这个名称，请系统管理员先改成不同的名称。": ["organizations"],
    "初审分工中有无效的规则，请在“初审分工”中改正。": ["routing"],
    "没有这个审核机构，请填写全称；新的机构请系统管理员先录入，并选“审核机构类型”。": [
        "organizations"
    ],
    "%(unknown)s 年的工作日历尚未启用，到那一年的日期还算不出来。请系统管理员（%(who)s）在“工作"
    "日历”中载入，并由另一人确认。": ["calendar_add", "calendar_load"],
    "请在下面设默认初审机构，或者请系统管理员录入它们的上级党组织：": ["organizations"],
    "申报已经截止，收回后不能再提交；如需修改，请联系审核人员退回补正。": ["return"],
    "系统建议的检查点和没有读懂的地方，都要由人看过才能发布。看过没有问题的，勾选后按“核对无误”；"
    "要改的，点进去改，改完保存即算核对。": ["questions"],
    "请先在新窗口登录，再回到这里按“再发一次”。": ["sign_in"],
    "请先安排核查组，至少 2 名核查员。": ["arrange"],
    "请先对异议作出“成立”的调查结论。": ["handle"],
    "请先由审定人审批。": ["approve"],
    "请在“版本信息”中填写标准的来源文件名称。": ["details"],
    "请异议受理人确认并关闭异议登记。": ["close_register"],
    "请由异议受理人办理。": ["close_register"],
    "请由本批次辖区的审定人办理。": ["designate"],
    "辖区到乡镇(街道)为止：代码后三位应为 000。村和社区请在“组织”中录入。": ["organizations"],
    "这个账号已停用，链接不起作用。如需恢复，请联系本级系统管理员。": ["people"],
    "连续输错次数过多，请 30 分钟后再试；在以前登录过的浏览器上登录不受影响。急用请联系本级安全"
    "管理员生成密码链接，重新设置密码后立即解锁。": ["links"],
    "退回后，已办理的保密审查和审批作废（记录保留），由县级经办人修改后重新提出，或者作废。": [
        "mend",
        "discard",
    ],
    "采用后可以列入本辖区的批次，各处都会注明“并非文件原文”。正式文本录入并发布后，改用正式文本；"
    "已经开始的申报仍按原标准办理。": ["categories"],
    "链接已使用、已过期（%(hours)d 小时内有效），或者之后又生成过新的链接。请联系本级安全管理员"
    "重新生成。": ["links"],
    "保密审查已通过。接着由审定人审批。": ["approve"],
    "公示已发布，对外公开。公示期内的异议由异议受理人办理；期满后由审定人命名。": [
        "handle",
        "designate",
    ],
    "公示已批准。接着由公示发布人发布。": ["publish"],
    "公示期内任何人可以提出异议；公示期满，由审定人决定命名。": ["object", "designate"],
    "公示期已经延长，到上面写的期限为止，您不需要操作；"
    "期内任何人可以提出异议；期满，由审定人决定命名。": [
        "object",
        "designate",
    ],
    "公示期已经延长，到上面写的期限为止；"
    "期内可以提出异议，由异议受理人处理；期满，由审定人决定命名。": [
        "object",
        "handle",
        "designate",
    ],
    "接着由县级经办人拟好新的公示，依次审核、审批、发布；"
    "发布后公示期重新计算。此前提出的异议继续办理。": [
        "mend",
        "secrecy",
        "approve",
        "publish",
    ],
    "接着由县级经办人拟定新的公示，您不需要操作；发布后公示期重新计算。此前提出的异议继续办理。": [
        "mend"
    ],
    "公示期内可以提出异议，由异议受理人处理；公示期满，由审定人决定命名。": [
        "object",
        "handle",
        "designate",
    ],
    "可以放大到 200%%；登录后可以在“个人设置”中选用大字。": ["settings"],
    "已作出“异议成立，重新核查”的结论；申报退回县级，由县级经办人安排重新核查。": ["arrange"],
    "异议登记已关闭。接着由审定人作出命名决定。": ["designate"],
    "拟稿已作废。名单上的申报仍是“拟命名”，县级经办人可以重新拟定公示。": ["compose"],
    "接着公示；公示期满，由审定人决定命名。": ["designate"],
    "接着拟定并发布公示；公示期满，由审定人决定命名。": ["compose", "publish", "designate"],
    "接着由县级经办人审查资料、安排实地核查。": ["arrange"],
    "接着由填报人或负责人提交申报；批次截止时没有提交的，不进入初审。": ["submit"],
    "接着由审定人作出命名决定。": ["designate"],
    "接着由申报单位逐条补正，负责人重新提交；提交后回到退回它的机构审核。": ["correct"],
    "撤回后，这份申报即告终止，不能恢复；在申报时间内可以重新申报。": ["start"],
    "确认后，这份申报即告结束，不能恢复，申报单位随即收到结果和您写的理由；"
    "要让它改了再报，请用“退回补正”。": ["return"],
    "请改好后由单位负责人重新确认，再提交。": ["confirm", "submit"],
    "请逐条补正并写明补正说明，由单位负责人重新提交。逾期没有补正的，审核机构可以终止这份申报。": [
        "correct"
    ],
    "下一批次开始申报后可以再次申报。": ["start"],
}
# These speak of an office or quote words, and send nobody anywhere.
SAYS_ONLY = (
    # Whoever reads it is the officer, or whom they asked.
    "县级主办单位没有别的人可以指派，由受理人自行调查。",
    "收回，由受理人自行调查",
    "现由受理人自行调查。",
    "调查人看到异议全文、附件和异议人信息，调查后提交报告；",
    "下列异议反映同一事项，已并入这一件，请一并调查。",
    # What the register will show, on the page that asks.
    "按这一天，称号已于%(last)s到期",
    # A bar ends by itself, or by a decision that comes from elsewhere.
    "没有，下一批次可以再次申报",
    "期满以后可以申报。",
    "这项限制是您作出的决定带来的",
    "%(place)s%(quarter)s权限复核已开始，由安全管理员核对。",
    "您的账号已由安全管理员重新启用，可以登录。",
    "权限复核由本辖区的安全管理员办理。",
    "填报人不能代本单位负责人确认",
    "管理员不得办理申报，请另选一人",
    "初审机构由上级党组织按类别自动确定；批次的",
    "请填写由哪个机构初审；不要这条规则，就清空辖区、选回“全部类别”。",
    "%(organization)s的自评已由单位负责人确认",
    "%(organization)s的申报由单位负责人退回填报人修改",
    "退回填报人要有理由",
    "%(organization)s的退回补正已由作出决定的人收回",
    "已有人接着办理，决定不能收回",
    "已填入上次的日期",
    "负责人会收到消息；确认以前，您还可以修改",
    "没有专门的填报人，由单位负责人填写",
    "补正的须由单位负责人重新签字",
    "请填写签字的单位负责人姓名",
    "请核对后勾选：所录内容与单位负责人签字的纸质件一致",
    "三人：",
    "公示的提出、保密审查、审批由三个",
    "个人信息说明",
    "仅供受理人联系您",
    "只有“应当做到”",
    "标准中“本届班子任期以来”的事项，从这一天起算",
    "此项不能选“不适用”",
    "系统、安全、审计三个管理员须由不同的人担任",
    "与前面的账号相同：三个管理员须由不同的人担任",
    "与前面的姓名相同：三个管理员须由不同的人担任",
    "这里已经有管理员，不再需要开通链接",
    "请填写单位，例如",
    "请先看清按钮上方写的后果",
    "申报单位：请联系初审机构或者县级经办人",
    "只有县级经办人可以",
    "核查组由本辖区的核查员组成",
    "“缺失”是浏览器",
    "推演已经结束",
    "没有可以推演的",
    # What the reader could not read, what a browser does, and the choices of a field.
    "“一般”有两种读法",
    "单个文件不能超过 20 MB",
    "上传中断或内容在途中损坏",
    "填写的内容不符",
    "请选择“",
)


def sentences():
    """Every sentence that asks for something and names an office, or quotes a page or button."""
    for entry in polib.pofile(str(CATALOGUE)):
        if all(name.startswith(HELP) for name, _line in entry.occurrences):
            continue
        said = entry.msgid
        asks_an_office = re.search("请|联系|由", said) and OFFICES.search(said)
        names_a_place = re.search("请|可以|在“|按“", said) and QUOTED.search(said)
        names_an_act = re.search("请|可以", said) and ACTS.search(said)
        if asks_an_office or names_a_place or names_an_act:
            yield said


# Where labels of buttons and pages stand.
LABELS = (
    ".html",
    "passages.py",
    "tables/parts.py",
    "course.py",
    "titles/flow.py",
    "rechecks/flow.py",
    "links.py",
    "views.py",
    "authoring/apps.py",
)


def words_on_pages():
    """Every text that stands in a template or is a label of a button or a page."""
    return {
        entry.msgid
        for entry in polib.pofile(str(CATALOGUE))
        if any(name.endswith(LABELS) for name, _line in entry.occurrences)
    }


def may_open(address):
    """The roles that get a page, as the permission matrix says."""
    if address in PUBLIC | OPEN.keys() | SIGNED_IN:
        return {ANYONE, *(str(role) for role in Role)}
    return {str(role) for (name, _at), roles in PAGES.items() if name == address for role in roles}


def test_every_sentence_that_sends_people_somewhere_is_entered():
    found = {said for said in sentences() if not said.startswith(SAYS_ONLY)}
    assert found - PROMISES.keys() == set(), "enter it with what it leads to"
    assert PROMISES.keys() - found == set(), "no longer said"


@pytest.mark.parametrize("way", sorted(WAYS))
def test_what_a_sentence_names_is_there_for_the_person_it_names(way):
    who, address, words = WAYS[way]
    assert any(way in ways for ways in PROMISES.values()), "nothing leads there"
    if who == SETTING:
        assert getattr(settings, address)
        return
    namespace, _colon, name = address.rpartition(":")
    known = get_resolver().namespace_dict[namespace][1] if namespace else get_resolver()
    assert name in known.reverse_dict, address
    assert who in may_open(address), (who, address)
    assert words in words_on_pages(), words


@pytest.mark.parametrize("word", ABSENT)
def test_nobody_is_sent_to_what_is_not_there_yet(word):
    assert [entry.msgid for entry in polib.pofile(str(CATALOGUE)) if word in entry.msgid] == []
