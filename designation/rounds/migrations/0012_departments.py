"""Which departments a round asks for their opinion; no round asked any before."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0008_seats_in_time"),
        ("rounds", "0011_internal_posting"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoundDepartment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("question", models.CharField(max_length=200, verbose_name="征求意见的问题")),
                (
                    "secrecy",
                    models.CharField(
                        choices=[
                            ("open", "不保密：县级主办单位各岗位可见"),
                            ("meeting", "保密：只有县级经办人可见，列入会议材料"),
                            ("coordinator", "保密：只有县级经办人可见，不列入会议材料"),
                        ],
                        default="open",
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
            ],
            options={
                "verbose_name": "征求意见的部门",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="round",
            name="department_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(30),
                ],
                verbose_name="部门答复期限（工作日）",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("department_days__isnull", True),
                    models.Q(("department_days__gte", 1), ("department_days__lte", 30)),
                    _connector="OR",
                ),
                name="round_department_days_can_be_kept",
            ),
        ),
        migrations.AddField(
            model_name="rounddepartment",
            name="department",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.organization",
                verbose_name="部门",
            ),
        ),
        migrations.AddField(
            model_name="rounddepartment",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="departments",
                to="rounds.round",
            ),
        ),
        migrations.AddConstraint(
            model_name="rounddepartment",
            constraint=models.UniqueConstraint(
                fields=("round", "department"), name="round_department_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="rounddepartment",
            constraint=models.CheckConstraint(
                condition=models.Q(("secrecy__in", ["open", "meeting", "coordinator"])),
                name="round_department_secrecy_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="rounddepartment",
            constraint=models.CheckConstraint(
                condition=models.Q(("question", ""), _negated=True),
                name="round_department_has_its_question",
            ),
        ),
    ]
