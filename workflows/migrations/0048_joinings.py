"""Objections that say the same, joined to one that leads them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0047_notices_in_calendar_days"),
    ]

    operations = [
        migrations.CreateModel(
            name="Joining",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("joined_at", models.DateTimeField(verbose_name="并案时间")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="解除并案时间"),
                ),
                (
                    "leading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led",
                        to="workflows.objection",
                        verbose_name="主件",
                    ),
                ),
                (
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joinings",
                        to="workflows.objection",
                        verbose_name="并入的异议",
                    ),
                ),
            ],
            options={
                "verbose_name": "并案",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("objection",),
                        name="objection_is_joined_to_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("leading", models.F("objection")), _negated=True),
                        name="objection_is_joined_to_another",
                    ),
                ],
            },
        ),
    ]
