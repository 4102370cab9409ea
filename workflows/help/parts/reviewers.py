"""What those ask who review, verify on site, or answer for a department."""

from django.utils.translation import gettext_lazy as _

from designation.organizations.models import Role

from ..questions import Part, Question

FIRST_REVIEWER = Part(
    "first-reviewer",
    Role.FIRST_REVIEWER.label,
    (Role.FIRST_REVIEWER,),
    (
        Question(
            "review",
            _("从哪里开始审核？"),
            _(
                "在“待审队列”中逐件打开，或者从工作台的“等我办理”进去。批次没有另作规定的，"
                "初审期限为 %(first_review_days)s 个工作日，快到期的排在前面。"
            ),
            page="applications:queue",
        ),
        Question(
            "review",
            _("要审哪些内容？"),
            _(
                "每一条都给出结论（达标、未达标、不适用），可以写意见。作出决定之前，"
                "结论和意见只有初审员能看到。"
            ),
            page="applications:queue",
        ),
        Question(
            "review",
            _("可以作哪几种决定？"),
            _(
                "“通过并推荐”：意见不少于 %(reason)s 个字，没有条目未达标；“退回补正”："
                "列出条目，逐条写原因；“不予推荐”：写明意见。"
            ),
            page="applications:queue",
        ),
        Question(
            "review",
            _("可以退回几次？"),
            _(
                "批次没有另作规定的，最多退回 %(returns)s 次。一次把要补正的条目列全，"
                "申报单位少跑一趟。"
            ),
        ),
        Question(
            "review",
            _("补正交回后看哪里？"),
            _(
                "每个退回的条目旁列出退回原因、补正说明和改动的内容。没有改动的保留原结论；"
                "改动过的标有△，重新给出结论。"
            ),
        ),
        Question(
            "review",
            _("决定作错了，能收回吗？"),
            _("退回或者推荐以后，还没有人接着办理的，作出决定的人可以在申报页收回。"),
            page="applications:list",
        ),
        Question(
            "filling",
            _("单位没有电脑，怎么申报？"),
            _(
                "在工作台点“按签字纸质件代录”：先上传负责人签字的纸质件，再照录。"
                "录入的人不能初审这份申报。"
            ),
            page="home",
        ),
        Question(
            "rounds",
            _("哪些单位由我们初审？"),
            _("打开批次页看“初审分工”。任何人不得审核自己所在的组织。"),
            page="rounds:list",
        ),
    ),
)


VERIFIER = Part(
    "verifier",
    Role.VERIFIER.label,
    (Role.VERIFIER,),
    (
        Question(
            "visit",
            _("去现场之前要做什么？"),
            _(
                "打开核查页，本人“签署回避承诺”。与申报单位有关系的，告诉县级经办人换人。"
                "全组签完，县级经办人点“开始核查”。"
            ),
            page="home",
        ),
        Question(
            "visit",
            _("现场怎样记录？"),
            _(
                "用手机逐条核对：页面显示申报的数值，您填写实测的数值；没有数值的，判定符合、"
                "基本符合或者不符合，再给出本条结论。还要记录到达和离开的时间。"
            ),
            page="home",
        ),
        Question(
            "visit",
            _("与申报的不一样，怎么办？"),
            _("照实填写。不一致的会标出，可以只看“结论有差异”的。"),
        ),
        Question(
            "visit",
            _("签字以后还能改吗？"),
            _("可以改，但已经签的字随即作废，全组须重新签字。"),
        ),
        Question(
            "visit",
            _("核查怎样办结？"),
            _(
                "每名成员本人签字；实测数值达到标准的，由组长点“核查合格”。不合格的，"
                "由县级经办人办理“核查不通过”。批次没有另作规定的，"
                "实地核查期限为 %(verification_days)s 个工作日。"
            ),
            page="home",
        ),
    ),
)


DEPARTMENT_CLERK = Part(
    "department-clerk",
    Role.DEPARTMENT_CLERK.label,
    (Role.DEPARTMENT_CLERK,),
    (
        Question(
            "opinions",
            _("征求意见的名单在哪里？"),
            _(
                "登录后，工作台“征求意见等我答复”中。您只看到名单和问题，看不到申报材料。"
                "答复期限写在名单上。"
            ),
            page="home",
        ),
        Question(
            "opinions",
            _("怎样答复？"),
            _(
                "逐个选“没有”或者“有”；都没有的，按“以上均无”一次选好。答“有”的写一句说明；"
                "属于一票否决的，写明依据文件。全部选好后点“全部答完，交回”。"
            ),
            page="home",
        ),
        Question(
            "opinions",
            _("填到一半要离开，怎么办？"),
            _("填的内容随时保存，下次接着填。没有交回的，不算答复。"),
        ),
        Question(
            "opinions",
            _("答错了，能更正吗？"),
            _("可以。打开同一张单子，改好并写明原因，再交回一次。"),
            page="home",
        ),
        Question(
            "opinions",
            _("答复谁能看到？"),
            _("由县级主办单位查看；保密的，只有县级经办人能看到。申报单位和乡镇都看不到。"),
        ),
        Question(
            "opinions",
            _("名单里有我所在的单位，怎么办？"),
            _("您应当回避，请由本部门另一位承办人答复。"),
        ),
    ),
)
