"""Calendar years on their way in: written once, and decided on once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION calendar_days_load_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  decision CONSTANT text[] := ARRAY['outcome', 'decided_by_id', 'decided_at', 'reason'];
BEGIN
  IF TG_OP <> 'UPDATE' OR OLD.outcome <> ''
      OR to_jsonb(NEW) - decision <> to_jsonb(OLD) - decision THEN
    RAISE EXCEPTION 'A loaded calendar year is kept as it was loaded and decided on.'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON calendar_days_calendarload
  FOR EACH ROW EXECUTE FUNCTION calendar_days_load_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON calendar_days_calendarload
  FOR EACH STATEMENT EXECUTE FUNCTION calendar_days_load_guard();
"""
BACKWARD = """
DROP TRIGGER no_truncate ON calendar_days_calendarload;
DROP TRIGGER written_once ON calendar_days_calendarload;
DROP FUNCTION calendar_days_load_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("calendar_days", "0002_terms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarLoad",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("source_document", models.CharField(max_length=200, verbose_name="依据文件")),
                (
                    "days_off",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="放假天数"
                    ),
                ),
                ("lines", models.JSONField()),
                ("loaded_at", models.DateTimeField(verbose_name="载入时间")),
                ("outcome", models.CharField(blank=True, max_length=12, verbose_name="结果")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="确认时间"),
                ),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "loaded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "日历载入",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")),
                        fields=("year",),
                        name="calendar_load_one_waits_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("outcome", ""),
                            ),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="calendar_load_says_who_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "confirmed"), _negated=True),
                            ("loaded_by__isnull", True),
                            models.Q(("decided_by", models.F("loaded_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="calendar_load_is_confirmed_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "declined"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="calendar_load_is_declined_with_its_reason",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
