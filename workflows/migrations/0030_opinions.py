"""What departments are asked of whom, and what they answer."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0023_typed_from_signed_paper"),
        ("calendar_days", "0003_calendar_loads"),
        ("organizations", "0008_seats_in_time"),
        ("rounds", "0012_departments"),
        ("workflows", "0029_corrections_beside_the_items"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OpinionList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("question", models.CharField(max_length=200, verbose_name="征求意见的问题")),
                (
                    "secrecy",
                    models.CharField(
                        choices=[
                            ("open", "不保密：县级主办单位各岗位可见"),
                            ("meeting", "保密：只有县级经办人可见，列入会议材料"),
                            ("coordinator", "保密：只有县级经办人可见，不列入会议材料"),
                        ],
                        max_length=12,
                        verbose_name="答复由谁查看",
                    ),
                ),
                (
                    "veto_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("role", models.CharField(max_length=24, verbose_name="角色")),
                ("sent_at", models.DateTimeField(verbose_name="发出时间")),
                (
                    "handed_in_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="答复时间"),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="部门",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinion_lists",
                        to="rounds.round",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "term",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="calendar_days.term",
                    ),
                ),
            ],
            options={
                "verbose_name": "征求意见单",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="OpinionLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="组织名称")),
                (
                    "superior",
                    models.CharField(blank=True, max_length=120, verbose_name="上级党组织"),
                ),
                ("area", models.CharField(max_length=250, verbose_name="所在辖区")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinion_lines",
                        to="applications.application",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="workflows.opinionlist",
                    ),
                ),
            ],
            options={
                "verbose_name": "征求意见的名单",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="OpinionDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("said", models.JSONField(default=dict)),
                ("saved_at", models.DateTimeField()),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "list",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft",
                        to="workflows.opinionlist",
                    ),
                ),
            ],
            options={
                "verbose_name": "未交回的部门意见",
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("answered", "部门答复"),
                            ("paper", "书面答复"),
                            ("unanswered", "未答复"),
                        ],
                        max_length=12,
                        verbose_name="答复方式",
                    ),
                ),
                ("is_found", models.BooleanField(blank=True, null=True, verbose_name="答复")),
                ("remark", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                (
                    "document_name",
                    models.CharField(blank=True, max_length=200, verbose_name="文件名称"),
                ),
                (
                    "document_number",
                    models.CharField(blank=True, max_length=80, verbose_name="文号"),
                ),
                ("document_date", models.DateField(blank=True, null=True, verbose_name="文件日期")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="理由")),
                ("role", models.CharField(max_length=24, verbose_name="角色")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="workflows.opinion",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="workflows.opinionline",
                    ),
                ),
            ],
            options={
                "verbose_name": "部门意见",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaces__isnull", True)),
                        fields=("line",),
                        name="opinion_begins_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("is_found__isnull", False), ("source__in", ["answered", "paper"])
                            ),
                            models.Q(
                                ("is_found__isnull", True),
                                ("source", "unanswered"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="opinion_answers_or_says_why_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source", "paper"), _negated=True),
                            models.Q(
                                models.Q(("document_number", ""), _negated=True),
                                ("document_date__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="opinion_on_paper_has_its_number",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="opinionlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("secrecy__in", ["open", "meeting", "coordinator"])),
                name="opinion_list_secrecy_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinionlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("question", ""), _negated=True),
                name="opinion_list_has_its_question",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinionline",
            constraint=models.UniqueConstraint(
                fields=("application", "department"), name="opinion_asked_once"
            ),
        ),
    ]
