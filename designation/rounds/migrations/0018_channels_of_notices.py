"""Through which channels a round has its notices posted; none asked for any before."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {"NOT_NULL": "A column with a default; a few rows in a county and year."}

    dependencies = [
        ("organizations", "0013_found_by_initials"),
        ("rounds", "0017_notices_in_calendar_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="round",
            name="notice_channels",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("website", "政府网站"),
                        ("media", "报刊、广播电视、微信公众号等媒体"),
                        ("board", "乡镇（街道）、村（社区）公开栏"),
                        ("unit", "单位公开栏"),
                        ("other", "其他"),
                    ],
                    max_length=8,
                ),
                blank=True,
                default=list,
                size=None,
                verbose_name="公示须有张贴证明的渠道",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "notice_channels__contained_by",
                        ["website", "media", "board", "unit", "other"],
                    )
                ),
                name="round_notice_channels_known",
            ),
        ),
    ]
