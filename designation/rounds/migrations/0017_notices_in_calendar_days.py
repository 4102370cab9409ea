"""A round may count the period of its notices in calendar days; all before counted working days."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0013_found_by_initials"),
        ("rounds", "0016_objection_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="round",
            name="notice_unit",
            field=models.CharField(
                choices=[("working", "工作日"), ("calendar", "自然日")],
                db_default="working",
                default="working",
                max_length=8,
                verbose_name="公示期按哪种日子计算",
            ),
        ),
        migrations.AlterField(
            model_name="round",
            name="notice_days",
            field=models.PositiveSmallIntegerField(
                default=5,
                validators=[
                    django.core.validators.MinValueValidator(3),
                    django.core.validators.MaxValueValidator(15),
                ],
                verbose_name="公示期（日数）",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("notice_unit__in", ["working", "calendar"])),
                name="round_notice_unit_known",
            ),
        ),
    ]
