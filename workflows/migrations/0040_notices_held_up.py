"""A notice that was held up: more time, or another in its place, with the names corrected."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {"NOT_NULL": "A column with a default; some hundred rows in a county and year."}

    dependencies = [
        ("workflows", "0039_objections_answered_and_sent_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="noticestep",
            name="notice_step_known",
        ),
        migrations.RemoveConstraint(
            model_name="noticestep",
            name="notice_is_sent_back_with_its_reason",
        ),
        migrations.AddField(
            model_name="notice",
            name="restarts",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="restarted_as",
                to="workflows.notice",
                verbose_name="原公示",
            ),
        ),
        migrations.AddField(
            model_name="noticeentry",
            name="corrected_from",
            field=models.CharField(blank=True, max_length=120, verbose_name="原公示名称"),
        ),
        migrations.AlterField(
            model_name="notice",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "拟稿"),
                    ("published", "公示中"),
                    ("ended", "公示期满"),
                    ("stopped", "已终止"),
                ],
                default="draft",
                max_length=12,
                verbose_name="状态",
            ),
        ),
        migrations.AlterField(
            model_name="noticestep",
            name="act",
            field=models.CharField(
                choices=[
                    ("proposed", "提出"),
                    ("secrecy_reviewed", "保密审查"),
                    ("approved", "审批"),
                    ("published", "发布"),
                    ("extended", "延长公示期"),
                    ("restarted", "终止并重新公示"),
                    ("sent_back", "退回"),
                    ("discarded", "作废"),
                    ("register_closed", "关闭异议登记"),
                ],
                max_length=20,
                verbose_name="步骤",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "act__in",
                        [
                            "proposed",
                            "secrecy_reviewed",
                            "approved",
                            "published",
                            "extended",
                            "restarted",
                            "sent_back",
                            "discarded",
                            "register_closed",
                        ],
                    )
                ),
                name="notice_step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act__in", ["sent_back", "extended", "restarted"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="notice_is_held_up_with_its_reason",
            ),
        ),
    ]
