"""How it is settled who is put forward; of rounds from before, the meeting decides as it did."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {"NOT_NULL": "Columns with a default; a few rows in a county and year."}
    dependencies = [
        ("rounds", "0006_extensions"),
        ("standards", "0010_order_is_asked_after_each_statement"),
    ]

    operations = [
        migrations.CreateModel(
            name="NamedFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("kind", models.CharField(max_length=24, verbose_name="数据")),
                ("check_code", models.CharField(blank=True, max_length=20, verbose_name="检查点")),
                (
                    "direction",
                    models.CharField(
                        choices=[("high", "高者在前"), ("low", "低者在前")],
                        max_length=4,
                        verbose_name="先后",
                    ),
                ),
            ],
            options={
                "verbose_name": "排序数据",
                "ordering": ["position"],
            },
        ),
        migrations.AddField(
            model_name="roundcategory",
            name="method",
            field=models.CharField(
                choices=[
                    ("all", "达标即入选"),
                    ("order", "按文件所列数据排序"),
                    ("meeting", "会议研究决定"),
                ],
                default="meeting",
                max_length=8,
                verbose_name="择优办法",
            ),
        ),
        migrations.AddField(
            model_name="roundcategory",
            name="method_document",
            field=models.CharField(blank=True, max_length=200, verbose_name="择优办法所依据的文件"),
        ),
        migrations.AddField(
            model_name="roundcategory",
            name="reserve",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="候补名额"),
        ),
        migrations.AddField(
            model_name="roundcategory",
            name="ties",
            field=models.CharField(
                choices=[
                    ("next_figure", "依次比较下一项数据，仍相同的由会议研究决定"),
                    ("meeting", "由会议研究决定"),
                ],
                default="meeting",
                max_length=12,
                verbose_name="并列的处理",
            ),
        ),
        migrations.AlterField(
            model_name="roundcategory",
            name="quota",
            field=models.PositiveIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="名额",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundcategory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("method__in", ["all", "order", "meeting"]),
                    ("ties__in", ["next_figure", "meeting"]),
                ),
                name="round_category_method_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundcategory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("method", "order"), _negated=True),
                    models.Q(("method_document", ""), _negated=True),
                    _connector="OR",
                ),
                name="round_category_order_has_its_document",
            ),
        ),
        migrations.AddField(
            model_name="namedfigure",
            name="category",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="figures",
                to="rounds.roundcategory",
            ),
        ),
        migrations.AddConstraint(
            model_name="namedfigure",
            constraint=models.UniqueConstraint(
                fields=("category", "position"), name="named_figure_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="namedfigure",
            constraint=models.CheckConstraint(
                condition=models.Q(("direction__in", ["high", "low"])),
                name="named_figure_direction_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="namedfigure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "check_value"), _negated=True),
                    models.Q(("check_code", ""), _negated=True),
                    _connector="OR",
                ),
                name="named_figure_names_its_check",
            ),
        ),
    ]
