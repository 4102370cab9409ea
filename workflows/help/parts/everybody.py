"""What everybody asks: who has signed in, and who has not."""

from django.utils.translation import gettext_lazy as _

from ..questions import Part, Question

SIGNED_IN = Part(
    "signed-in",
    _("登录后人人都用的"),
    (),
    (
        Question(
            "desk",
            _("登录后先看哪里？"),
            _("看工作台：“等我办理”是轮到您的，逾期的排在最前面。没有事项时，会写明没有。"),
            page="home",
        ),
        Question(
            "desk",
            _("消息太多，能少收邮件吗？"),
            _(
                "可以。在“消息设置”中按种类选即时、每天汇总一封或者不发，并设免打扰时段。"
                "请您办理的和决定，邮件照发。"
            ),
            page="messages:preferences",
        ),
        Question(
            "desk",
            _("系统会自动发哪些消息？"),
            _("“自动消息一览”列出全部：什么时候发、发给谁、写些什么。"),
            page="messages:automatic",
        ),
        Question(
            "applying",
            _("申报页怎样看？"),
            _(
                "从上到下：办到哪一步、轮到谁、到哪一天；现在可以办什么、还差什么；"
                "各条的结论；全部历程。您只看到与自己有关的申报。"
            ),
        ),
        Question(
            "account",
            _("忘了密码，怎么办？"),
            _(
                "在登录页点“忘记密码”，登记了电子邮箱的会收到链接，"
                "%(link_hours)s 小时内有效。没有邮箱的，请本级安全管理员生成密码链接。"
            ),
            page="organizations:forgotten",
        ),
        Question(
            "account",
            _("输错几次会锁住？"),
            _(
                "连续输错 %(failures)s 次，锁 %(lock_minutes)s 分钟；"
                "在以前登录过的浏览器上不受影响。"
            ),
        ),
        Question(
            "account",
            _("密码有什么要求？"),
            _(
                "至少 %(password_length)s 个字符，小写字母、大写字母、数字、"
                "符号中至少 %(password_kinds)s 种。"
            ),
            page="organizations:password",
        ),
        Question(
            "account",
            _("为什么过一会儿要重新登录？"),
            _(
                "%(idle_minutes)s 分钟没有操作（管理员 %(administrator_minutes)s 分钟）就自动退出。"
                "没保存上的内容留在本机，登录后还在。"
            ),
        ),
        Question(
            "account",
            _("字太小，怎么办？"),
            _("在“个人设置”中选大字显示，也可以改语言和邮箱。"),
            page="organizations:settings",
        ),
        Question(
            "deputies",
            _("要出差，工作交给谁？"),
            _(
                "在“代理人”中从同单位或者同辖区的同事里指定代理人，写明起止日期，"
                "最长 %(deputy_days)s 天。记录中写明谁代谁办理。管理员和核查员不设代理人。"
            ),
            page="organizations:deputies",
        ),
        Question(
            "taking_away",
            _("怎样导出名单？"),
            _(
                "在列表页点“导出”，选列，得到表格文件；内容多的稍等片刻，"
                "在“我导出的文件”中下载，保留 %(export_days)s 天。"
            ),
            page="exports:mine",
        ),
    ),
)


PUBLIC = Part(
    "public",
    _("公众和异议人"),
    (),
    (
        Question(
            "rounds",
            _("哪些单位可以申报，收费吗？"),
            _("打开批次页，看受理的类别、名额和申报时间。申报不收费。"),
            page="rounds:list",
        ),
        Question(
            "rounds",
            _("没有账号，怎样申报？"),
            _(
                "账号由本级系统管理员登记，请单位与批次页上的承办单位联系。没有条件上网的，"
                "由乡镇（街道）按签字的纸质件代录。"
            ),
            page="rounds:list",
        ),
        Question(
            "standards",
            _("评定看什么？"),
            _("“评定标准”列出每一类的全部条目，可以下载。已经发布的版本不会再改。"),
            page="standards:list",
        ),
        Question(
            "notices",
            _("公示里能看到什么？"),
            _("拟命名的名单、公示期的第一天和最后一天、受理异议的电话和地址。"),
            page="notices:list",
        ),
        Question(
            "objecting",
            _("对名单有意见，怎样提？"),
            _(
                "公示期内打开公示，在那一个单位旁点“提出异议”，写明事实，可以附照片或 PDF。"
                "可以实名，也可以匿名；提交后得到查询码，请记下。"
            ),
            page="notices:list",
        ),
        Question(
            "objecting",
            _("怎样知道办得怎么样了？"),
            _(
                "用查询码在“查询异议办理情况”中查看。"
                "受理人在 %(receive_days)s 个工作日内决定是否受理，"
                "受理后 %(investigate_days)s 个工作日内调查办结；"
                "实名的，办结后 %(answer_days)s 个工作日内书面答复。"
            ),
            page="notices:follow",
        ),
        Question(
            "objecting",
            _("我的姓名会泄露吗？"),
            _(
                "不会。姓名、联系方式和附件单独加密保存，只有受理人能看，每看一次都有记录；"
                "告知被异议单位的，只是脱敏后的事实；"
                "办结 %(identity_months)s 个月后删除。"
            ),
        ),
        Question(
            "register",
            _("怎样查一个单位有没有称号？"),
            _("在“名册”中按名称或者编号查，页面写明现在是否有效、到哪一天。原来的名称也能查到。"),
            page="register:list",
        ),
        Question(
            "certificates",
            _("看到一张证书，怎样知道是真的、还有效？"),
            _(
                "扫证书上的二维码，或者在“名册”中按证书编号（如〔2026〕第12号）查，打开的查验页写明"
                "现在是否有效；再与手上的证书逐项对照。没有网络的，用查验页上的核对程序验证签名。"
            ),
            page="register:list",
        ),
        Question(
            "site",
            _("看不清、读不出、点不到，怎么办？"),
            _("“无障碍声明”写明做到了什么、还缺什么、向谁反映。"),
            page="accessibility",
        ),
    ),
)
