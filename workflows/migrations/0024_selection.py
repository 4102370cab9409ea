"""The meeting that chooses among those that pass, with what it decided of each."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0015_submissions_are_kept_as_handed_in"),
        ("rounds", "0007_how_it_is_chosen"),
        ("workflows", "0023_visits_stand_on_what_they_are_made_for"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Selection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("JG", "机关(事业)单位"),
                            ("NC", "农村"),
                            ("SQ", "社区"),
                            ("GQ", "国有企业"),
                            ("LX", "非公经济组织和社会组织"),
                            ("XX", "中小学校"),
                        ],
                        max_length=2,
                        verbose_name="类别",
                    ),
                ),
                ("meeting_name", models.CharField(max_length=120, verbose_name="研究会议")),
                ("meeting_on", models.DateField(verbose_name="会议日期")),
                ("meeting_attendance", models.CharField(max_length=200, verbose_name="到会情况")),
                ("stood_aside", models.CharField(max_length=200, verbose_name="回避情况")),
                ("voting", models.CharField(blank=True, max_length=200, verbose_name="表决情况")),
                ("meeting_result", models.CharField(max_length=500, verbose_name="研究结果")),
                (
                    "tie_decided",
                    models.CharField(blank=True, max_length=500, verbose_name="并列的取舍"),
                ),
                ("rule", models.JSONField(default=dict)),
                ("role", models.CharField(max_length=24, verbose_name="角色")),
                ("request_key", models.CharField(blank=True, max_length=64)),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "acted_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="selections",
                        to="rounds.round",
                    ),
                ),
            ],
            options={
                "verbose_name": "择优研究",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="SelectionRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "proposed_place",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="排序"),
                ),
                ("is_tied", models.BooleanField(default=False, verbose_name="并列")),
                ("figures", models.JSONField(blank=True, default=list)),
                ("votes", models.PositiveIntegerField(blank=True, null=True, verbose_name="得票")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("chosen", "拟命名"),
                            ("reserve", "候补"),
                            ("not_chosen", "达标未入选"),
                            ("deferred", "留待下次研究"),
                        ],
                        max_length=12,
                        verbose_name="研究结果",
                    ),
                ),
                (
                    "reserve_place",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="候补次序"),
                ),
                ("departs", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="理由")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="selection_rows",
                        to="applications.application",
                    ),
                ),
                (
                    "selection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="workflows.selection",
                    ),
                ),
            ],
            options={
                "verbose_name": "择优名单",
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="selection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("meeting_name", ""), _negated=True),
                    models.Q(("meeting_attendance", ""), _negated=True),
                    models.Q(("meeting_result", ""), _negated=True),
                ),
                name="selection_meeting_is_recorded",
            ),
        ),
        migrations.AddConstraint(
            model_name="selectionrow",
            constraint=models.UniqueConstraint(
                fields=("selection", "application"), name="selection_row_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="selectionrow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reserve_place__isnull", False)),
                fields=("selection", "reserve_place"),
                name="selection_reserve_place_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="selectionrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["chosen", "reserve", "not_chosen", "deferred"])
                ),
                name="selection_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="selectionrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "reserve"), ("reserve_place__gte", 1)),
                    models.Q(
                        models.Q(("outcome", "reserve"), _negated=True),
                        ("reserve_place__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="selection_reserve_has_its_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="selectionrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("departs", False), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="selection_departs_with_its_reason",
            ),
        ),
    ]
