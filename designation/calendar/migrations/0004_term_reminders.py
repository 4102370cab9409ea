"""That people were reminded of a term: only added, each kind once a term."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION calendar_days_reminder_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A reminder is kept as it was sent.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER kept_as_sent BEFORE UPDATE OR DELETE ON calendar_days_termreminder
  FOR EACH ROW EXECUTE FUNCTION calendar_days_reminder_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON calendar_days_termreminder
  FOR EACH STATEMENT EXECUTE FUNCTION calendar_days_reminder_guard();
"""
BACKWARD = """
DROP TRIGGER no_truncate ON calendar_days_termreminder;
DROP TRIGGER kept_as_sent ON calendar_days_termreminder;
DROP FUNCTION calendar_days_reminder_guard();
"""


class Migration(migrations.Migration):
    accepted = {"CREATE_INDEX": "Of terms that run: some thousands in a county."}

    dependencies = [
        ("calendar_days", "0003_calendar_loads"),
        ("organizations", "0008_seats_in_time"),
    ]

    operations = [
        migrations.CreateModel(
            name="TermReminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12, verbose_name="提醒")),
                ("at", models.DateTimeField(verbose_name="时间")),
            ],
            options={
                "verbose_name": "期限提醒",
                "ordering": ["pk"],
            },
        ),
        migrations.AddIndex(
            model_name="term",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True), ("paused_at__isnull", True)),
                fields=["due_at"],
                name="term_runs_until",
            ),
        ),
        migrations.AddField(
            model_name="termreminder",
            name="term",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reminders",
                to="calendar_days.term",
            ),
        ),
        migrations.AddConstraint(
            model_name="termreminder",
            constraint=models.UniqueConstraint(
                fields=("term", "kind"), name="term_reminds_once_of_a_kind"
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
