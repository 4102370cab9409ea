"""What those ask who keep the standards and the site."""

from django.utils.translation import gettext_lazy as _

from designation.organizations.models import Role

from ..questions import Part, Question

STANDARDS_MANAGER = Part(
    "standards-manager",
    Role.STANDARDS_MANAGER.label,
    (Role.STANDARDS_MANAGER,),
    (
        Question(
            "drafting",
            _("怎样编制本县的标准？"),
            _(
                "在“编制标准”中读入标准文件、从已有版本新建，或者新建空白标准。读入的，"
                "逐条核对系统的理解，改正后取用。"
            ),
            page="drafting:list",
        ),
        Question(
            "drafting",
            _("发布之前要看什么？"),
            _("用预览看填报人将看到的页面，核对“待核对”，再与上一版比较。还缺什么，页面会列出。"),
            page="drafting:list",
        ),
        Question(
            "drafting",
            _("发布以后还能改吗？"),
            _("不能。要改就编制新的一版；已经开始的申报仍按原来的版本办理。"),
            page="drafting:list",
        ),
        Question(
            "replays",
            _("怎样知道新标准会影响多少单位？"),
            _(
                "用“标准推演”：按新标准重新判定一个批次已提交的申报，列出结果会改变的单位。"
                "推演不改动任何申报。"
            ),
            page="replays:list",
        ),
    ),
)


SYSTEM_ADMINISTRATOR = Part(
    "system-administrator",
    Role.SYSTEM_ADMINISTRATOR.label,
    (Role.SYSTEM_ADMINISTRATOR,),
    (
        Question(
            "first_day",
            _("本县第一次开通，怎样做？"),
            _(
                "打开运维人员给的链接（%(first_day_hours)s 小时内有效，只能使用一次），"
                "填写本县和三名管理员。三人各自用密码条设置密码。"
            ),
        ),
        Question(
            "tables",
            _("单位和人员很多，怎样一次录入？"),
            _(
                "在“录入表”下载模板，填好上传。页面逐行写明会录入什么、哪里有误；"
                "看过后确认前三项，岗位由安全管理员在同一份表上确认。"
                "一份表最多 %(table_rows)s 行。"
            ),
            page="organizations:tables",
        ),
        Question(
            "entering",
            _("单位、人员改了名，怎么办？"),
            _(
                "在“组织”或者“人员”中改名，填写更名日期。称号、"
                "公示和已提交的申报仍用当时的名称，新旧名称都能查到。"
            ),
            page="organizations:organizations",
        ),
        Question(
            "entering",
            _("有人调走了，怎么办？"),
            _(
                "请安全管理员终止他的岗位；账号不再用的，在“人员”中停用。停用前，"
                "页面列出他手上没办完的事。"
            ),
            page="organizations:people",
        ),
        Question(
            "calendar",
            _("明年的放假安排怎样载入？"),
            _(
                "国务院办公厅通知印发后，在“工作日历”点“载入一年”。"
                "由另一位系统管理员或者县级经办人确认后启用；没有启用的年份，系统不推算期限。"
            ),
            page="calendar:list",
        ),
        Question(
            "undelivered",
            _("邮件没有送到，怎么办？"),
            _(
                "在“未送达的消息”中看对方服务器的答复，核对邮箱地址。站内消息不受影响，"
                "本人登录就能看到。"
            ),
            page="messages:undelivered",
        ),
        Question(
            "saves",
            _("有人说填的内容没保存上，怎样查？"),
            _(
                "打开“保存核对”：两边各数了多少次保存，有没有对不上的。浏览器里留有副本，"
                "请本人重新打开那一页。"
            ),
            page="organizations:saves",
        ),
    ),
)


SECURITY_ADMINISTRATOR = Part(
    "security-administrator",
    Role.SECURITY_ADMINISTRATOR.label,
    (Role.SECURITY_ADMINISTRATOR,),
    (
        Question(
            "seats",
            _("怎样给人岗位？"),
            _("在“岗位授权”点“授予岗位”：选人、角色和所在的单位或者辖区，写明起止日期。"),
            page="organizations:seats",
        ),
        Question(
            "seats",
            _("终止岗位，没办完的事怎么办？"),
            _("终止之前，页面列出这个岗位上没办完的事和去向，再确认一次。接任的人会收到待办消息。"),
            page="organizations:seats",
        ),
        Question(
            "tables",
            _("录入表上的岗位由谁确认？"),
            _("由您。系统管理员上传并确认前三项后，在同一份表上确认岗位，确认时再输一次密码。"),
            page="organizations:tables",
        ),
        Question(
            "links",
            _("怎样把密码给本人？"),
            _(
                "您不经手密码。在“密码链接”中为其生成链接，本人打开后自己设置；"
                "%(link_hours)s 小时内有效，只能使用一次。"
            ),
            page="organizations:password_links",
        ),
        Question(
            "links",
            _("一次给很多人，怎样做？"),
            _(
                "在“密码条”中勾选：有电子邮箱的用邮件发给本人，没有的打印成密码条，"
                "剪开后当面交给本人。密码条只显示一次。"
            ),
            page="organizations:password_slips",
        ),
    ),
)


AUDIT_ADMINISTRATOR = Part(
    "audit-administrator",
    Role.AUDIT_ADMINISTRATOR.label,
    (Role.AUDIT_ADMINISTRATOR,),
    (
        Question(
            "audit",
            _("日志里能看到什么？"),
            _(
                "谁在什么时候、以什么角色、对什么做了什么，改动前后的内容，都用文字列出。"
                "可以按人、按事、按日期查。"
            ),
            page="audit:list",
        ),
        Question(
            "audit",
            _("怎样证明日志没有改过？"),
            _(
                "点“验证链条”。每个事件都含前一事件的哈希，改动或者缺少一条就对不上，"
                "页面会指出是哪一条。"
            ),
            page="audit:list",
        ),
        Question(
            "links",
            _("安全管理员忘了密码，找谁？"),
            _("找另一位安全管理员，或者由您在“密码链接”中为其生成。"),
            page="organizations:password_links",
        ),
    ),
)
