"""What the people of the county's office ask."""

from django.utils.translation import gettext_lazy as _

from designation.organizations.models import Role

from ..questions import Part, Question

COUNTY_COORDINATOR = Part(
    "county-coordinator",
    Role.COUNTY_COORDINATOR.label,
    (Role.COUNTY_COORDINATOR,),
    (
        Question(
            "preparing",
            _("怎样开展一个批次？"),
            _(
                "新建批次，填写主办单位、批准文号、申报时间和各环节的工作日数，"
                "再选类别和名额。还缺什么，批次页逐项列出；都齐了，点“开展批次”。"
            ),
            page="rounds:list",
        ),
        Question(
            "preparing",
            _("各环节给几天？"),
            _(
                "不改的话：初审 %(first_review_days)s、补正 %(correction_days)s、"
                "资料审查 %(paper_check_days)s、实地核查 %(verification_days)s、"
                "公示 %(notice_days)s、公示期满后命名 %(designation_days)s 个工作日。"
                "批次页的时间表写明每一环节最迟哪一天。"
            ),
            page="rounds:list",
        ),
        Question(
            "preparing",
            _("开展以后还能改什么？"),
            _(
                "规则不能改。申报时间可以写明原因延长，为全部单位或者只为一家；"
                "地方用语的释义写错了，可以写明原因更正；推荐名额可以调整；征求意见的部门可以增加。"
            ),
            page="rounds:list",
        ),
        Question(
            "preparing",
            _("自动发出的邮件能用本县的话写吗？"),
            _(
                "能。批次页的“邮件措辞”逐种列出，标题、开头和结尾可以改，先预览再保存；"
                "事项、期限和地点由系统写，始终都在。批次结束前都能改，也能恢复系统措辞。"
            ),
            page="rounds:list",
        ),
        Question(
            "preparing",
            _("明年的批次要从头填吗？"),
            _("不用。在今年的批次页点“照此新建”，日期顺延一年，批准文号另填。"),
            page="rounds:list",
        ),
        Question(
            "standards",
            _("有的类别写着“待录入”，怎么办？"),
            _(
                "打开这一类别，旁边有示例标准。本县决定采用的，点“为本县采用这一示例”，"
                "写明理由；也可以由标准管理员编制。"
            ),
            page="standards:list",
        ),
        Question(
            "review",
            _("资料审查怎样办？"),
            _(
                "打开申报，点“资料审查”：可以退回补正、不通过，或者安排实地核查。有疑问的，"
                "写明理由“退回初审”。"
            ),
            page="applications:queue",
        ),
        Question(
            "visit",
            _("怎样安排实地核查？"),
            _(
                "填日期、地点，选至少 %(verifiers)s 名核查员，指定组长。须回避的人列有原因，"
                "不能选。全组签署回避承诺后，点“开始核查”。"
            ),
            page="applications:list",
        ),
        Question(
            "opinions",
            _("怎样征求部门意见？"),
            _(
                "筹备批次时列明部门和问题。开展以后，在批次页打开“部门意见”，点“发给各部门”。"
                "征求以后才能开始核查。"
            ),
            page="rounds:list",
        ),
        Question(
            "opinions",
            _("部门不答复，怎么办？"),
            _(
                "不答复不算同意。收到书面答复的，登记文号和日期；不再等候的，写明理由，"
                "汇总表记为“未答复”。"
            ),
            page="rounds:list",
        ),
        Question(
            "notice",
            _("怎样提出公示？"),
            _(
                "在“公示办理”中提出：名单、集体研究的会议、异议受理方式。接着由保密审查人、"
                "审定人、公示发布人办理。"
            ),
            page="notices:desk",
        ),
        Question(
            "applying",
            _("办得慢的，怎样催？"),
            _(
                "系统在到期前后会提醒办理人。还要催的，打开申报点“催办”，写一句话；"
                "同一份申报每个工作日最多一次。"
            ),
            page="applications:list",
        ),
        Question(
            "applying",
            _("有的事没有人能办，怎么办？"),
            _(
                "这样的事列在工作台“无人可办”中，写明“暂无人担任”。请安全管理员授予岗位，"
                "接任的人会收到待办消息。"
            ),
            page="home",
        ),
        Question(
            "appeals",
            _("有单位申请复核，怎么办？"),
            _(
                "工作台“复核申请等我办理”列出您可以办理的；参与过初审、核查、公示、命名的人要"
                "回避，看不到。先受理，在 %(appeal_answer_days)s 个工作日内登记书面答复：复核成立，"
                "申报回到作出决定的环节重新办理；不成立的，维持原决定。对会议研究的决定，先写"
                "事实、统计、程序的核实报告，"
                "再由原会议或者上级研究。"
            ),
            page="home",
        ),
        Question(
            "titles",
            _("称号出了问题，怎样警告、限期整改？"),
            _(
                "在“名册”中打开称号，点“全部沿革和办理”。警告和限期整改都要填文件的发文字号、"
                "日期和理由；整改给 %(order_days)s 天，期满以前可以延长一次，最多再给 "
                "%(order_days)s 天。整改期间称号仍然有效，也不对外公开。"
            ),
            page="register:list",
        ),
        Question(
            "titles",
            _("整改期满了，怎么办？"),
            _(
                "系统不会自动撤销，工作台会写明“整改期满，待作结论”。整改到位的，登记“整改合格”；"
                "没有到位的，请没有参与过这件事的审定人撤销。"
            ),
            page="home",
        ),
        Question(
            "titles",
            _("单位撤并，或者自愿放弃称号，怎样注销？"),
            _(
                "打开称号，点“注销称号”，填单位负责人签字盖章的来函或者撤并文件。正在限期整改的，"
                "先作出整改结论。撤并由系统管理员登记的，称号随登记一并处理。"
            ),
            page="register:list",
        ),
        Question(
            "overview",
            _("怎样看全县的进度？"),
            _("打开批次页，点“批次一览”：各乡镇、各类别办到哪一步，点数字看名单。"),
            page="rounds:list",
        ),
        Question(
            "calendar",
            _("工作日历要我确认什么？"),
            _(
                "系统管理员载入一年后，请您对照国务院办公厅的通知，看放假和补班是否一致，"
                "再“确认启用”；有误的写明原因退回。"
            ),
            page="calendar:list",
        ),
    ),
)


MEETING = Part(
    "meeting",
    _("择优会议"),
    (Role.COUNTY_COORDINATOR, Role.DECIDING_OFFICER),
    (
        Question(
            "selection",
            _("会议材料在哪里？"),
            _(
                "打开批次，点“研究择优”：核查合格的全部单位、排序所用的数据、"
                "部门的答复都在一张表上，可以直接打印。没有数据依据的不排先后，由会议决定。"
            ),
            page="rounds:list",
        ),
        Question(
            "selection",
            _("会议结果怎样记？"),
            _(
                "县级经办人逐个记为拟命名、候补、达标未入选或者留待下次研究，并填写会议名称、"
                "日期、参加和回避的人。名额边选边算，超出的不能记。"
            ),
            page="rounds:list",
        ),
        Question(
            "selection",
            _("名单和排序不一样，可以吗？"),
            _("可以，在那一行写明原因。排序只是建议，由会议决定。"),
        ),
        Question(
            "selection",
            _("名额空出来给谁？"),
            _("给候补的第一个，不给别人：在它的申报页点“递补为拟命名”，再为它单独公示。"),
            page="applications:list",
        ),
        Question(
            "selection",
            _("能把一家移出名单吗？"),
            _(
                "公示发布之前，县级经办人或者审定人写明意见（不少于 %(reason)s 个字），"
                "“移出择优名单”，回到会议研究。"
            ),
            page="applications:list",
        ),
        Question(
            "tables",
            _("启用系统之前授予的称号，怎样进名册？"),
            _(
                "系统管理员在“录入表”的“称号”一张里逐行填写并上传。审定人打开这份表，"
                "看过预览后确认，再输一次密码；名册上注明由旧名册录入。"
            ),
        ),
    ),
)


PUBLIC_NOTICE = Part(
    "public-notice",
    _("公示和命名"),
    (Role.SECRECY_REVIEWER, Role.NOTICE_PUBLISHER, Role.DECIDING_OFFICER),
    (
        Question(
            "notice",
            _("公示要经过哪几步？"),
            _(
                "县级经办人提出，保密审查人审查，审定人批准，公示发布人发布。"
                "“公示办理”写着每份公示轮到谁。"
            ),
            page="notices:desk",
        ),
        Question(
            "notice",
            _("按钮为什么点不了？"),
            _(
                "提出、保密审查、审批由三个不同的人办理，发布的人不能是提出或者审批的人；"
                "名单上单位的人一步都不办。点不了的按钮旁写着原因。"
            ),
            page="notices:desk",
        ),
        Question(
            "notice",
            _("发现问题，怎么办？"),
            _(
                "写明原因（不少于 %(reason)s 个字），“退回修改”。此前的审查和审批作废，"
                "由县级经办人修改后重新提出。"
            ),
            page="notices:desk",
        ),
        Question(
            "notice",
            _("公示期几天，从哪天算？"),
            _(
                "批次没有另作规定的，%(notice_days)s 个工作日，"
                "按官方工作日历从发布的次日起算，到最后一天 24:00 止。期满不用人点按钮。"
            ),
            page="notices:desk",
        ),
        Question(
            "conferring",
            _("怎样命名？"),
            _(
                "审定人在“公示办理”点“办理命名”：填发文字号、公示末日之后的日期和审定机关，"
                "勾选名单，登记决定。称号随即载入名册，批次没有另作规定的，"
                "有效期 %(valid_years)s 年。"
            ),
            page="notices:desk",
        ),
        Question(
            "conferring",
            _("有的不能勾选，为什么？"),
            _("旁边列有原因：异议没有办结，异议登记没有关闭，或者办理的人须回避。"),
            page="notices:desk",
        ),
        Question(
            "titles",
            _("怎样撤销、恢复或者延续称号？"),
            _(
                "审定人在“名册”中打开称号，点“全部沿革和办理”。正在整改的，期满以后才能撤销；"
                "办理过警告、整改的人不能撤销。撤销或者注销的，只能依据新的命名决定恢复。"
                "已到期的不撤销，依据新的命名决定延续。"
            ),
            page="register:list",
        ),
    ),
)


OBJECTION_OFFICER = Part(
    "objection-officer",
    Role.OBJECTION_OFFICER.label,
    (Role.OBJECTION_OFFICER,),
    (
        Question(
            "objections",
            _("接到电话、来信，怎样登记？"),
            _("打开这份公示，在被异议的单位旁点“登记电话、信函异议”。网上提出的，自动列出。"),
            page="notices:desk",
        ),
        Question(
            "objections",
            _("要在几天内办？"),
            _(
                "受理或者不予受理：%(receive_days)s 个工作日；调查办结："
                "%(investigate_days)s 个工作日。不予受理的写明理由。"
            ),
            page="notices:desk",
        ),
        Question(
            "objections",
            _("有哪几种结果？"),
            _(
                "异议不成立；异议成立的，“不予命名”（申报到此结束）或者“重新核查”。"
                "已受理的异议只影响被异议的那一个。"
            ),
            page="notices:desk",
        ),
        Question(
            "objections",
            _("异议人的信息谁能看？"),
            _("只有您能看，每看一次都有记录。办结 %(identity_months)s 个月后自动删除。"),
        ),
        Question(
            "objections",
            _("公示期满后还要做什么？"),
            _("确认没有遗漏的来电来信，“关闭异议登记”。没有关闭的，不能命名。"),
            page="notices:desk",
        ),
    ),
)
