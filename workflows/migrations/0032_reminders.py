"""Reminders by hand: kept as they were sent."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER kept_as_taken BEFORE UPDATE OR DELETE ON workflows_reminder
  FOR EACH ROW EXECUTE FUNCTION workflows_step_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON workflows_reminder
  FOR EACH STATEMENT EXECUTE FUNCTION workflows_step_guard();
"""
BACKWARD = """
DROP TRIGGER no_truncate ON workflows_reminder;
DROP TRIGGER kept_as_taken ON workflows_reminder;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0023_typed_from_signed_paper"),
        ("organizations", "0008_seats_in_time"),
        ("workflows", "0031_opinions_are_kept_as_given"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stage", models.CharField(max_length=24, verbose_name="环节")),
                ("day", models.DateField(verbose_name="日期")),
                ("role", models.CharField(max_length=24, verbose_name="办理人")),
                ("text", models.TextField(verbose_name="催办内容")),
                ("actor_role", models.CharField(max_length=24, verbose_name="角色")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "acted_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="applications.application",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "催办记录",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "stage", "day"), name="reminded_once_a_working_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="reminder_says_something",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
