"""How a person wants to be told, and mails that go together."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0007_undelivered"),
        ("organizations", "0008_seats_in_time"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="is_gathered",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("paces", models.JSONField(default=dict)),
                (
                    "quiet_from",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="免打扰开始"
                    ),
                ),
                (
                    "quiet_until",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="免打扰结束"
                    ),
                ),
            ],
            options={
                "verbose_name": "消息设置",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quiet_from__isnull", True), ("quiet_until__isnull", True)),
                            models.Q(
                                ("quiet_from__isnull", False),
                                ("quiet_until__isnull", False),
                                ("quiet_from__lte", 23),
                                ("quiet_until__lte", 23),
                                models.Q(("quiet_from", models.F("quiet_until")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="quiet_hours_begin_and_end",
                    )
                ],
            },
        ),
    ]
