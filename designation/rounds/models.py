"""Rounds and their configuration: everything the source document leaves to the county."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from designation.organizations.models import BodyKind, Jurisdiction, Named, Organization, Role
from standards.categories import Category
from standards.code_field import CodeField
from standards.engine.periods import Period
from standards.models import StandardVersion

from .figures import Direction, FigureKind


class OrganizerLevel(models.TextChoices):
    """Levels that ask to organize; the rule on demonstration activities lets only some."""

    CENTRAL = "central", _("中央和国家机关")
    PROVINCIAL = "provincial", _("省级党委、政府及其部门")
    PREFECTURE = "prefecture", _("市级党委、政府")
    COUNTY = "county", _("县级党委、政府")
    COUNTY_DEPARTMENT = "county_department", _("市县党委、政府的部门")
    TOWNSHIP = "township", _("乡镇(街道)")


# 《创建示范活动管理办法(试行)》(2022-04-20): these may organize, city and county with approval.
LAWFUL_ORGANIZERS = (
    OrganizerLevel.CENTRAL,
    OrganizerLevel.PROVINCIAL,
    OrganizerLevel.PREFECTURE,
    OrganizerLevel.COUNTY,
)


def _working_days(
    label: Any, default: int, most: int = 60, **column: Any
) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label,
        default=default,
        validators=[MinValueValidator(1), MaxValueValidator(most)],
        **column,
    )


class NoticePeople(models.IntegerChoices):
    """How many different people take a notice through its steps; the law of the house is three."""

    THREE = 3, _("三人：提出、保密审查、审批各由一人办理，发布人不是提出人或审批人")
    FOUR = 4, _("四人：提出、保密审查、审批、发布各由一人办理")


class DayUnit(models.TextChoices):
    """Which days of a period count."""

    WORKING = "working", _("工作日")
    CALENDAR = "calendar", _("自然日")


class NoticeChannel(models.TextChoices):
    """Where a notice is posted beside its page."""

    WEBSITE = "website", _("政府网站")
    MEDIA = "media", _("报刊、广播电视、微信公众号等媒体")
    BOARD = "board", _("乡镇（街道）、村（社区）公开栏")
    UNIT = "unit", _("单位公开栏")
    OTHER = "other", _("其他")


class AppealsTo(models.TextChoices):
    """Before whom an appeal against what a meeting decided is laid."""

    MEETING = "meeting", _("原研究会议")
    SUPERIOR = "superior", _("上级")


class Round(Named):
    """One round of applications. Periods are in working days unless their label says otherwise."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("筹备中")
        OPEN = "open", _("已开展")
        CLOSED = "closed", _("已结束")

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="rounds", verbose_name=_("辖区")
    )
    status = models.CharField(_("状态"), max_length=8, choices=Status, default=Status.DRAFT)
    organizer = models.CharField(_("主办单位"), max_length=120)
    organizer_level = models.CharField(_("主办单位层级"), max_length=20, choices=OrganizerLevel)
    managing_office = models.CharField(_("承办单位"), max_length=120)
    approving_body = models.CharField(_("批准机关"), max_length=120)
    approval_document_number = models.CharField(_("批准文号"), max_length=80)
    legal_basis = models.TextField(_("开展依据"), blank=True)
    cycle = models.CharField(_("开展周期"), max_length=60, help_text=_("例如：每年一次。"))
    opens_at = models.DateTimeField(_("申报开始时间"))
    closes_at = models.DateTimeField(_("申报截止时间"))
    year_from = models.DateField(_("年度事项考察时段起"), null=True, blank=True)
    year_to = models.DateField(_("年度事项考察时段止"), null=True, blank=True)
    first_review_days = _working_days(_("初审期限（工作日）"), 10)
    correction_days = _working_days(_("补正期限（工作日）"), 5)
    paper_check_days = _working_days(_("县级资料审查期限（工作日）"), 10)
    verification_days = _working_days(_("实地核查期限（工作日）"), 20)
    notice_days = models.PositiveSmallIntegerField(
        _("公示期（日数）"),
        default=5,
        validators=[MinValueValidator(3), MaxValueValidator(15)],
    )
    notice_unit = models.CharField(
        _("公示期按哪种日子计算"),
        max_length=8,
        choices=DayUnit,
        default=DayUnit.WORKING,
        db_default=DayUnit.WORKING,
    )
    notice_people = models.PositiveSmallIntegerField(
        _("公示四步的办理人数"), choices=NoticePeople, default=NoticePeople.THREE
    )
    notice_counts_first_day = models.BooleanField(_("公示发布当日计入公示期"), default=False)
    # Empty: a posting is recommended, and nothing waits for one.
    notice_channels = ArrayField(
        models.CharField(max_length=8, choices=NoticeChannel),
        verbose_name=_("公示须有张贴证明的渠道"),
        default=list,
        blank=True,
    )
    # No rule was found; our default, for least data: what the notice was for is over by then.
    notice_months_shown = models.PositiveSmallIntegerField(
        _("公示期满后，公示全文保留的月数"),
        default=12,
        db_default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    designation_days = _working_days(_("公示期满后命名期限（工作日）"), 10)
    appeal_days = _working_days(_("收到决定后申请复核的期限（工作日）"), 5, db_default=5)
    appeal_answer_days = _working_days(_("答复复核申请的期限（工作日）"), 15, db_default=15)
    appeals_to = models.CharField(
        _("对集体研究的决定，复核申请提交给谁"),
        max_length=8,
        choices=AppealsTo,
        default=AppealsTo.MEETING,
        db_default=AppealsTo.MEETING,
    )
    objection_receive_days = _working_days(_("受理异议的期限（工作日）"), 2, db_default=2)
    objection_days = _working_days(_("调查异议的期限（工作日）"), 10, db_default=10)
    objection_longer_days = _working_days(
        _("经批准最多延长调查（工作日）"), 10, most=30, db_default=10
    )
    objection_answer_days = _working_days(_("办结后答复异议人的期限（工作日）"), 5, db_default=5)
    returns_allowed = models.PositiveSmallIntegerField(
        _("每一环节最多退回次数"), default=2, validators=[MaxValueValidator(5)]
    )
    valid_years = models.PositiveSmallIntegerField(
        _("称号有效期（年）"), default=3, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    default_reviewing_body = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("默认初审机构"),
    )
    # None: nobody is asked to post anything.
    posting_days = models.PositiveSmallIntegerField(
        _("提交前在本单位内部公示的天数"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    posting_unit = models.CharField(
        _("内部公示按哪种日子计算"),
        max_length=8,
        choices=DayUnit,
        default=DayUnit.WORKING,
    )
    # None: no department is asked for its opinion; see RoundDepartment.
    department_days = models.PositiveSmallIntegerField(
        _("部门答复期限（工作日）"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    contact_unit = models.CharField(_("受理单位"), max_length=120, blank=True)
    contact_phone = models.CharField(_("受理电话"), max_length=40, blank=True)
    contact_email = models.EmailField(_("受理邮箱"), blank=True)
    contact_address = models.CharField(_("受理地址"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-opens_at", "-pk"]
        verbose_name = _("申报批次")
        indexes = [models.Index(fields=["-opens_at", "-id"], name="round_as_listed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(organizer_level__in=[str(level) for level in LAWFUL_ORGANIZERS]),
                name="round_organizer_may_organize",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="round_window_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(notice_people__in=NoticePeople.values), name="round_notice_people_known"
            ),
            models.CheckConstraint(
                condition=Q(notice_unit__in=DayUnit.values), name="round_notice_unit_known"
            ),
            models.CheckConstraint(
                condition=Q(notice_channels__contained_by=NoticeChannel.values),
                name="round_notice_channels_known",
            ),
            models.CheckConstraint(
                condition=Q(appeals_to__in=AppealsTo.values), name="round_appeals_to_known"
            ),
            models.CheckConstraint(
                condition=Q(posting_unit__in=DayUnit.values)
                & (Q(posting_days__isnull=True) | Q(posting_days__gte=1, posting_days__lte=30)),
                name="round_posting_can_be_done",
            ),
            models.CheckConstraint(
                condition=Q(department_days__isnull=True)
                | Q(department_days__gte=1, department_days__lte=30),
                name="round_department_days_can_be_kept",
            ),
            models.CheckConstraint(
                condition=Q(year_from__isnull=True, year_to__isnull=True)
                | Q(year_to__gt=F("year_from")),
                name="round_year_runs_forward",
            ),
        ]

    @property
    def channels_asked(self) -> list[NoticeChannel]:
        """Through which its notices have to be posted, in the order of the form."""
        return [one for one in NoticeChannel if one in self.notice_channels]

    @property
    def year_looked_at(self) -> Period | None:
        """The county's own period for what is asked of the year; None: the default holds."""
        return Period(self.year_from, self.year_to) if self.year_from else None


class RoundExtension(models.Model):
    """That more time was given to apply: to everybody or, with ``organization``, to one alone.

    Only added. What everybody is given stands in the round's ``closes_at`` too; one's own may
    begin after the round has closed.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="extensions")
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closes_before = models.DateTimeField(_("原截止时间"))
    closes_after = models.DateTimeField(_("延长后的截止时间"))
    reason = models.TextField(_("延长原因"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices)
    at = models.DateTimeField(_("时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("申报延长")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_after__gt=F("closes_before")), name="round_extension_is_longer"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="round_is_extended_with_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.closes_after:%Y-%m-%d}"


class Method(models.TextChoices):
    """How it is settled who is put forward, of those that meet the standard."""

    ALL = "all", _("达标即入选")
    ORDER = "order", _("按文件所列数据排序")
    MEETING = "meeting", _("会议研究决定")


class TieRule(models.TextChoices):
    """What becomes of those whose first figure is the same."""

    NEXT_FIGURE = "next_figure", _("依次比较下一项数据，仍相同的由会议研究决定")
    MEETING = "meeting", _("由会议研究决定")


class RoundCategory(models.Model):
    """A category in a round, the published standard it is judged by, and its places.

    ``quota`` None is no limit; ``reserve`` None leaves to the meeting how many it names in
    reserve. Without a figure that a document names, who is chosen is the meeting's to decide: the
    product proposes none.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="categories")
    category = models.CharField(_("类别"), max_length=2, choices=Category)
    standard = models.ForeignKey(
        StandardVersion, models.PROTECT, related_name="+", verbose_name=_("标准")
    )
    quota = models.PositiveIntegerField(
        _("名额"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    method = models.CharField(_("择优办法"), max_length=8, choices=Method, default=Method.MEETING)
    method_document = models.CharField(_("择优办法所依据的文件"), max_length=200, blank=True)
    ties = models.CharField(
        _("并列的处理"), max_length=12, choices=TieRule, default=TieRule.MEETING
    )
    reserve = models.PositiveIntegerField(_("候补名额"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("申报类别")
        constraints = [
            models.UniqueConstraint(fields=["round", "category"], name="round_category_once"),
            models.CheckConstraint(condition=Q(quota__gte=1), name="round_category_has_places"),
            models.CheckConstraint(
                condition=Q(method__in=Method.values, ties__in=TieRule.values),
                name="round_category_method_known",
            ),
            models.CheckConstraint(
                condition=~Q(method=Method.ORDER) | ~Q(method_document=""),
                name="round_category_order_has_its_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.get_category_display()}"


class NamedFigure(models.Model):
    """A figure that the document of a category orders by, at its place among them."""

    category = models.ForeignKey(RoundCategory, models.CASCADE, related_name="figures")
    position = models.PositiveSmallIntegerField(_("次序"))
    kind = CodeField(_("数据"), max_length=FigureKind.LONGEST, choices=lambda: FigureKind.choices)
    check_code = models.CharField(_("检查点"), max_length=20, blank=True)
    direction = models.CharField(_("先后"), max_length=4, choices=Direction)

    class Meta:
        ordering: ClassVar = ["position"]
        verbose_name = _("排序数据")
        constraints = [
            models.UniqueConstraint(fields=["category", "position"], name="named_figure_once"),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="named_figure_direction_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind="check_value") | ~Q(check_code=""),
                name="named_figure_names_its_check",
            ),
        ]

    def __str__(self) -> str:
        words = [self.get_kind_display(), self.check_code, self.get_direction_display()]
        return " ".join(filter(None, words))


class RecommendationQuota(models.Model):
    """How many applications of a category one reviewing body may recommend in a round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="recommendation_quotas")
    reviewing_body = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"body_kind__in": BodyKind.values},
    )
    category = models.CharField(_("类别"), max_length=2, choices=Category)
    places = models.PositiveIntegerField(_("推荐名额"))

    class Meta:
        verbose_name = _("推荐名额")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "reviewing_body", "category"], name="recommendation_quota_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewing_body} · {self.get_category_display()} · {self.places}"


class RoutingRule(models.Model):
    """That a body reviews first, instead of the superiors, what an area's organizations apply for.

    ``category`` "" stands for all of them. Where several fit, the narrowest area decides, and in
    the same area the rule that names the category.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="routing_rules")
    area = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name=_("辖区"))
    category = models.CharField(_("类别"), max_length=2, choices=Category, blank=True)
    body = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("初审机构")
    )

    class Meta:
        ordering: ClassVar = ["area__code", "category", "pk"]
        verbose_name = _("初审分工")
        constraints = [
            models.UniqueConstraint(fields=["round", "area", "category"], name="routing_rule_once"),
            models.CheckConstraint(
                condition=Q(category__in=[*Category.values, ""]), name="routing_rule_category_known"
            ),
        ]

    def __str__(self) -> str:
        kind = self.get_category_display() if self.category else _("全部类别")
        return f"{self.area} · {kind} · {self.body}"


class Secrecy(models.TextChoices):
    """Who of the county reads what a department answered; the applicant and its reviewer never."""

    OPEN = "open", _("不保密：县级主办单位各岗位可见")
    MEETING = "meeting", _("保密：只有县级经办人可见，列入会议材料")
    COORDINATOR = "coordinator", _("保密：只有县级经办人可见，不列入会议材料")


class RoundDepartment(models.Model):
    """A department (征求意见的部门) that is asked of each name, with its one question.

    ``veto_codes`` are the checks of whose fact it is the one to know: where the round has a veto
    on one of them, who says that the fact is there names the document.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="departments")
    position = models.PositiveSmallIntegerField(_("次序"))
    department = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("部门")
    )
    question = models.CharField(_("征求意见的问题"), max_length=200)
    secrecy = models.CharField(
        _("答复由谁查看"), max_length=12, choices=Secrecy, default=Secrecy.OPEN
    )
    veto_codes = ArrayField(models.CharField(max_length=20), blank=True, default=list)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        verbose_name = _("征求意见的部门")
        constraints = [
            models.UniqueConstraint(fields=["round", "department"], name="round_department_once"),
            models.CheckConstraint(
                condition=Q(secrecy__in=Secrecy.values), name="round_department_secrecy_known"
            ),
            models.CheckConstraint(
                condition=~Q(question=""), name="round_department_has_its_question"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.department}"


class DepartmentChange(models.Model):
    """That an open round asks a department more, or one less, and why. Only added."""

    class Way(models.TextChoices):
        ADDED = "added", _("增加了")
        REMOVED = "removed", _("撤下了")

    round = models.ForeignKey(Round, models.PROTECT, related_name="department_changes")
    department = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("部门")
    )
    way = models.CharField(_("调整方式"), max_length=8, choices=Way)
    question = models.CharField(_("征求意见的问题"), max_length=200)
    reason = models.TextField(_("理由"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices)
    at = models.DateTimeField(_("时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("部门调整")
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=["added", "removed"]), name="department_change_way_known"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="department_changed_with_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department} · {self.get_way_display()}"


class LocalTerm(models.Model):
    """A county's own definition of a term whose content differs from place to place."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="local_terms")
    term = models.CharField(_("用语"), max_length=60)
    definition = models.TextField(_("本县释义"))
    source_document = models.CharField(_("依据文件"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["term"]
        verbose_name = _("地方用语")
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "term"], name="local_term_once"),
            models.CheckConstraint(condition=~Q(definition=""), name="local_term_is_defined"),
        ]

    def __str__(self) -> str:
        return self.term


class RoundDefinition(models.Model):
    """A local term as a round defines it: as its area did when the round opened.

    Only added. A correction ``replaces`` the row before it; those that none replaces hold.
    """

    class Way(models.TextChoices):
        OPENED = "opened", _("开展时列入")
        CORRECTED = "corrected", _("更正")
        # Of rounds opened before they had definitions of their own: the area's, of that day.
        TAKEN_OVER = "taken_over", _("系统升级时列入")

    round = models.ForeignKey(Round, models.PROTECT, related_name="definitions")
    term = models.CharField(_("用语"), max_length=60)
    definition = models.TextField(_("本批次释义"))
    source_document = models.CharField(_("依据文件"), max_length=200, blank=True)
    way = models.CharField(max_length=12, choices=Way)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    reason = models.TextField(_("更正原因"), blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices, blank=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        ordering: ClassVar = ["term", "pk"]
        verbose_name = _("地方用语释义")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "term"],
                condition=Q(replaces__isnull=True),
                name="round_definition_begins_once",
            ),
            models.CheckConstraint(condition=~Q(definition=""), name="round_definition_says_it"),
            models.CheckConstraint(
                condition=Q(way="corrected", replaces__isnull=False) & ~Q(reason="")
                | Q(way__in=["opened", "taken_over"], replaces__isnull=True, reason=""),
                name="round_definition_is_corrected_with_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(way="taken_over", actor__isnull=True)
                | Q(way__in=["opened", "corrected"], actor__isnull=False),
                name="round_definition_has_who_gave_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.term}"


class Veto(models.Model):
    """A check that ends an application at once; it rests on a cited document or is off."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="vetoes")
    check_code = models.CharField(_("检查点"), max_length=20)
    document = models.CharField(_("依据文件"), max_length=200)
    confirming_body = models.CharField(_("核实机关"), max_length=120, blank=True)
    is_on = models.BooleanField(_("启用"), default=True)

    class Meta:
        ordering: ClassVar = ["check_code"]
        verbose_name = _("一票否决")
        constraints = [
            models.UniqueConstraint(fields=["round", "check_code"], name="veto_once"),
            models.CheckConstraint(condition=~Q(document=""), name="veto_cites_its_document"),
        ]

    def __str__(self) -> str:
        return self.check_code
