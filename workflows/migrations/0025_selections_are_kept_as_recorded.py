"""A meeting is kept as it was recorded; a later meeting is another one."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER kept_as_taken BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION workflows_step_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION workflows_step_guard();
"""
BACKWARD = """
DROP TRIGGER no_truncate ON {table};
DROP TRIGGER kept_as_taken ON {table};
"""
TABLES = ("workflows_selection", "workflows_selectionrow")


class Migration(migrations.Migration):
    dependencies = [("workflows", "0024_selection")]

    operations = [
        migrations.RunSQL(FORWARD.format(table=table), BACKWARD.format(table=table))
        for table in TABLES
    ]
