"""Who investigates an objection in its officer's place, and what they report."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0044_where_a_notice_was_posted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Investigation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("assigned_at", models.DateTimeField(verbose_name="指派时间")),
                ("reason", models.TextField(max_length=2000, verbose_name="指派理由")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="改派或者收回时间"),
                ),
                ("report", models.TextField(blank=True, max_length=3000, verbose_name="调查报告")),
                (
                    "reported_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="报告时间"),
                ),
                (
                    "assigned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="指派人",
                    ),
                ),
                (
                    "investigator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="调查人",
                    ),
                ),
                (
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="investigations",
                        to="workflows.objection",
                    ),
                ),
            ],
            options={
                "verbose_name": "异议调查",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("objection",),
                        name="objection_has_one_investigator",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("report", ""), ("reported_at__isnull", True)),
                            models.Q(
                                ("reported_at__isnull", False),
                                models.Q(("report", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="investigation_is_reported_with_its_text",
                    ),
                ],
            },
        ),
    ]
