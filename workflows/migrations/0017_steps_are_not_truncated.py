"""Emptying the table is no way around the guard of the steps of visits and objections."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION workflows_step_guard();
"""
TABLES = ("workflows_visitstep", "workflows_objectionstep")


class Migration(migrations.Migration):
    dependencies = [("workflows", "0016_what_was_done_before")]

    operations = [
        migrations.RunSQL(FORWARD.format(table=table), f"DROP TRIGGER no_truncate ON {table};")
        for table in TABLES
    ]
