"""Emptying a table is no way around a published standard.

Tests flush their database: they set ``designation.audit_flush``, as they do for the audit log.
"""

from django.db import migrations

TABLES = ("standardversion", "section", "item", "check")

FUNCTION = """
CREATE FUNCTION standards_truncate_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('designation.audit_flush', true) = 'on' THEN
    RETURN NULL;
  END IF;
  IF EXISTS (SELECT 1 FROM standards_standardversion WHERE status <> 'draft') THEN
    RAISE EXCEPTION 'A published standard never changes; make a new version.'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
"""
TRIGGER = """
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON standards_{0}
  FOR EACH STATEMENT EXECUTE FUNCTION standards_truncate_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("standards", "0006_areas_conditions_groups")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION standards_truncate_guard();"),
        *(
            migrations.RunSQL(
                TRIGGER.format(table), f"DROP TRIGGER no_truncate ON standards_{table};"
            )
            for table in TABLES
        ),
    ]
