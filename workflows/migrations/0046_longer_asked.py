"""More time to investigate an objection, asked for and granted or refused."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {"CREATE_INDEX": "Over a table that is made here, and empty."}

    dependencies = [
        ("workflows", "0045_investigations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LongerAsked",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(verbose_name="延长（工作日）")),
                ("reason", models.TextField(max_length=2000, verbose_name="延长理由")),
                ("asked_at", models.DateTimeField(verbose_name="申请时间")),
                ("is_granted", models.BooleanField(blank=True, null=True, verbose_name="同意延长")),
                ("opinion", models.TextField(blank=True, max_length=2000, verbose_name="审批意见")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="审批时间"),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申请人",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审批人",
                    ),
                ),
                (
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="longer_asked",
                        to="workflows.objection",
                    ),
                ),
            ],
            options={
                "verbose_name": "异议延长申请",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("is_granted__isnull", True), ("is_granted", True), _connector="OR"
                        ),
                        fields=("objection",),
                        name="objection_is_given_longer_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("is_granted__isnull", True),
                                ("opinion", ""),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("is_granted__isnull", False),
                                models.Q(("opinion", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="longer_is_answered_with_its_opinion",
                    ),
                ],
            },
        ),
    ]
