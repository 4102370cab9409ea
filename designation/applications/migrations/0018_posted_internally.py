"""That an application hung at its own board, where a round asks it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0017_work_by_application"),
    ]

    operations = [
        migrations.AlterField(
            model_name="formervalue",
            name="subject",
            field=models.CharField(
                choices=[
                    ("answer", "自评答复"),
                    ("summary", "申报简介"),
                    ("evidence", "佐证材料"),
                    ("posting", "内部公示"),
                    ("mark", "初审逐条意见"),
                    ("visit", "实地核查"),
                    ("measurement", "核查记录"),
                ],
                max_length=16,
                verbose_name="对象",
            ),
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "posted_from",
                    models.DateField(blank=True, null=True, verbose_name="公示开始日期"),
                ),
                ("posted_to", models.DateField(blank=True, null=True, verbose_name="公示结束日期")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="公示地点")),
                ("written", models.JSONField(default=dict)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="posting",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "内部公示",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("posted_to__gte", models.F("posted_from")),
                            ("posted_from__isnull", True),
                            ("posted_to__isnull", True),
                            _connector="OR",
                        ),
                        name="posting_runs_forward",
                    )
                ],
            },
        ),
    ]
