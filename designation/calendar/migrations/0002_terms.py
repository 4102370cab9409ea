"""Terms, which are written once, and their extensions, which are only added."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A term is paused once and ended once; what goes on under another date is a term of its own.
FORWARD = """
CREATE FUNCTION calendar_days_term_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  open_to_change CONSTANT text[] := ARRAY['paused_at', 'days_left', 'ended_at', 'ended_as'];
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'A term is kept as it was.' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'A term that has ended never changes.' USING ERRCODE = 'restrict_violation';
  END IF;
  IF to_jsonb(NEW) - open_to_change <> to_jsonb(OLD) - open_to_change
      OR OLD.paused_at IS NOT NULL
        AND (NEW.paused_at, NEW.days_left) IS DISTINCT FROM (OLD.paused_at, OLD.days_left) THEN
    RAISE EXCEPTION 'A term is never rewritten: another one continues it.'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON calendar_days_term
  FOR EACH ROW EXECUTE FUNCTION calendar_days_term_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON calendar_days_term
  FOR EACH STATEMENT EXECUTE FUNCTION calendar_days_term_guard();

CREATE FUNCTION calendar_days_extension_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'An extension is kept as it was given.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER kept_as_given BEFORE UPDATE OR DELETE ON calendar_days_termextension
  FOR EACH ROW EXECUTE FUNCTION calendar_days_extension_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON calendar_days_termextension
  FOR EACH STATEMENT EXECUTE FUNCTION calendar_days_extension_guard();
"""
BACKWARD = """
DROP TRIGGER no_truncate ON calendar_days_termextension;
DROP TRIGGER kept_as_given ON calendar_days_termextension;
DROP FUNCTION calendar_days_extension_guard();
DROP TRIGGER no_truncate ON calendar_days_term;
DROP TRIGGER written_once ON calendar_days_term;
DROP FUNCTION calendar_days_term_guard();
"""


class Migration(migrations.Migration):
    accepted = {"CREATE_INDEX": "Of tables that are new and empty."}
    dependencies = [
        ("calendar_days", "0001_initial"),
        ("organizations", "0008_seats_in_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Term",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="事项")),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.CharField(max_length=40)),
                ("jurisdiction_code", models.CharField(blank=True, max_length=12)),
                ("role", models.CharField(blank=True, max_length=24, verbose_name="办理角色")),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="工作日数"
                    ),
                ),
                ("began_at", models.DateTimeField(verbose_name="开始时间")),
                ("due_at", models.DateTimeField(verbose_name="办理期限")),
                ("then", models.CharField(blank=True, max_length=60)),
                (
                    "paused_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="停止计算时间"),
                ),
                (
                    "days_left",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="剩余工作日"
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                ("ended_as", models.CharField(blank=True, max_length=12, verbose_name="结束方式")),
                (
                    "continues",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="continued_by",
                        to="calendar_days.term",
                    ),
                ),
                (
                    "interrupts",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="calendar_days.term",
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
                "verbose_name": "期限",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="TermExtension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_before", models.DateTimeField(verbose_name="原期限")),
                ("due_after", models.DateTimeField(verbose_name="延长后的期限")),
                ("role", models.CharField(max_length=24, verbose_name="角色")),
                ("reason", models.TextField(verbose_name="延长原因")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "term",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extension",
                        to="calendar_days.term",
                    ),
                ),
            ],
            options={
                "verbose_name": "期限延长",
                "ordering": ["pk"],
            },
        ),
        migrations.AddIndex(
            model_name="term",
            index=models.Index(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    ("paused_at__isnull", True),
                    models.Q(("then", ""), _negated=True),
                ),
                fields=["due_at"],
                name="term_time_brings_about",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("subject_type", "subject_id", "kind"),
                name="term_one_open_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("days__isnull", True),
                    models.Q(("days__gte", 1), ("due_at__gt", models.F("began_at"))),
                    _connector="OR",
                ),
                name="term_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("days_left__isnull", True), ("paused_at__isnull", True)),
                    models.Q(("days_left__isnull", False), ("paused_at__isnull", False)),
                    _connector="OR",
                ),
                name="term_runs_or_stands_still",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_as", ""), ("ended_at__isnull", True)),
                    models.Q(
                        ("ended_at__isnull", False), models.Q(("ended_as", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="term_says_how_it_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="termextension",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_after__gt", models.F("due_before"))),
                name="term_extension_is_longer",
            ),
        ),
        migrations.AddConstraint(
            model_name="termextension",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="term_is_extended_with_its_reason",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
