"""Emptying the table is no way around the guard of the steps of a notice."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON workflows_noticestep
  FOR EACH STATEMENT EXECUTE FUNCTION workflows_notice_step_guard();
"""
BACKWARD = "DROP TRIGGER no_truncate ON workflows_noticestep;"


class Migration(migrations.Migration):
    dependencies = [("workflows", "0009_who_left_a_visit")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
