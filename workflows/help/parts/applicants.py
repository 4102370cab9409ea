"""What the people of an applicant ask."""

from django.utils.translation import gettext_lazy as _

from designation.organizations.models import Role

from ..questions import Part, Question

PREPARER = Part(
    "preparer",
    Role.PREPARER.label,
    (Role.PREPARER,),
    (
        Question(
            "applying",
            _("怎样开始申报？"),
            _(
                "登录后，工作台列出受理本单位的批次，点“开始申报”。开始之前，"
                "页面写明申报时间、名额、由谁填报、由谁确认，只问一票否决事项。"
            ),
            page="home",
        ),
        Question(
            "applying",
            _("提交以后还能改吗？"),
            _(
                "审核人员还没有打开的，可以在申报页“收回”，改好再提交。已经打开的不能收回，"
                "请等初审结果。"
            ),
            page="applications:list",
        ),
        Question(
            "applying",
            _("怎样知道办到哪一步了？"),
            _(
                "打开申报页：上方是各个步骤和现在的位置，写着由谁办理、到哪一天，"
                "下方是带理由的全部历程。每一步之后，您还会收到消息。"
            ),
            page="applications:list",
        ),
        Question(
            "filling",
            _("要填的多吗？填一半能停吗？"),
            _(
                "申报页先写明大约几分钟、共几页。一节一页，填的内容随时保存，可以停下来；"
                "下次从“还差什么”进去接着填。"
            ),
            page="applications:list",
        ),
        Question(
            "filling",
            _("去年填过的，要再填一遍吗？"),
            _(
                "不用。仍可能成立的，上次的回答标“待确认”，核对后按“确认沿用的内容，"
                "保存并到下一节”；其余的重新填写，旁边写着去年的回答。"
            ),
        ),
        Question(
            "filling",
            _("结论该怎样选？"),
            _(
                "一条中各检查点都有结果后，页面会建议达标、未达标或者不适用；"
                "您核对后随本节一并保存。选后两项的，写一句说明。"
            ),
        ),
        Question(
            "filling",
            _("简介和会议日期填在哪里？"),
            _(
                "在申报页点“填写简介和会议日期”：写本单位的简介，"
                "填研究通过自评结果的会议日期。批次要求内部公示的，另点“登记内部公示”。"
            ),
            page="applications:list",
        ),
        Question(
            "filling",
            _("被退回补正，怎么办？"),
            _(
                "只有列出的条目可以改。逐条改好，写明补正说明，由单位负责人重新提交。"
                "批次没有另作规定的，补正期限为 %(correction_days)s 个工作日，"
                "最后一天写在申报页上。"
            ),
            page="applications:list",
        ),
        Question(
            "evidence",
            _("佐证材料要传多少？"),
            _(
                "至少一份，不要求每条都拍照。传一次，可以供多条引用；上次用过的按一下就引用。"
                "一个文件不超过 %(file_megabytes)s MB。"
            ),
            page="library:list",
        ),
        Question(
            "confirming",
            _("填好以后交给谁？"),
            _(
                "点“送负责人确认”，单位负责人会收到消息。负责人确认自评以后，"
                "您或者负责人点“提交申报”。"
            ),
            page="applications:list",
        ),
    ),
)


HEAD = Part(
    "head",
    Role.HEAD.label,
    (Role.HEAD,),
    (
        Question(
            "confirming",
            _("要我做什么？"),
            _(
                "填报人送来以后，您会收到消息。打开“核对并承诺”，按节看全部内容，"
                "不足之处列在最前面；确认真实、不涉密的，勾选承诺，点“确认自评”。"
            ),
            page="home",
        ),
        Question(
            "confirming",
            _("内容不对，怎么办？"),
            _(
                "写明理由（不少于 %(reason)s 个字），“退回填报人”。填报人改好后再送您确认；"
                "单位以外的人看不到。"
            ),
            page="applications:list",
        ),
        Question(
            "applying",
            _("确认以后还要做什么？"),
            _(
                "由您或者填报人点“提交申报”。批次截止时没有提交的，不进入初审。"
                "提交后有回执编号和副本，在申报页下载。"
            ),
            page="applications:list",
        ),
        Question(
            "applying",
            _("补正以后由谁提交？"),
            _("由您。填报人逐条补正后，在同一页核对，再次承诺，点“重新提交”。"),
            page="applications:list",
        ),
        Question(
            "applying",
            _("不想申报了，能撤回吗？"),
            _(
                "公示发布之前，您可以在申报页“撤回申报”。撤回后不能恢复；仍在申报时间内的，"
                "可以重新开始申报。"
            ),
            page="applications:list",
        ),
        Question(
            "appeals",
            _("对结果不服，怎样申请复核？"),
            _(
                "在申报页最上面的结果里点“申请复核”，写明事实和理由。收到决定后 %(appeal_days)s 个"
                "工作日内由您申请，一个决定只能申请一次；没有参与过的人在 %(appeal_answer_days)s 个"
                "工作日内书面答复，答复是最终答复。答复以前可以撤回。"
            ),
            page="applications:list",
        ),
        Question(
            "titles",
            _("称号被警告或者限期整改，怎么办？"),
            _(
                "您和填报人会收到消息，写明理由和期限。称号仍然有效。整改到位后向县级经办人报告，"
                "由其认定整改合格；不想再保留称号的，由您签字盖章来函申请注销。"
            ),
            page="register:list",
        ),
        Question(
            "evidence",
            _("资料库里的文件怎样移出？"),
            _("打开这份文件，写明理由（不少于 %(reason)s 个字），由您移出。"),
            page="library:list",
        ),
    ),
)
