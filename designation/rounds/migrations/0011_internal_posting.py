"""Whether applicants post internally before they hand in, and how long; nobody did before."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {"NOT_NULL": "A column with a default; a few rows in a county and year."}

    dependencies = [
        ("organizations", "0008_seats_in_time"),
        ("rounds", "0010_definitions_of_rounds_begun"),
    ]

    operations = [
        migrations.AddField(
            model_name="round",
            name="posting_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(30),
                ],
                verbose_name="提交前在本单位内部公示的天数",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="posting_unit",
            field=models.CharField(
                choices=[("working", "工作日"), ("calendar", "自然日")],
                default="working",
                max_length=8,
                verbose_name="内部公示按哪种日子计算",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("posting_unit__in", ["working", "calendar"]),
                    models.Q(
                        ("posting_days__isnull", True),
                        models.Q(("posting_days__gte", 1), ("posting_days__lte", 30)),
                        _connector="OR",
                    ),
                ),
                name="round_posting_can_be_done",
            ),
        ),
    ]
