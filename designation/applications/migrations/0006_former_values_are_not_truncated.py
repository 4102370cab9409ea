"""Emptying the table is no way around the guard of what once was recorded."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON applications_formervalue
  FOR EACH STATEMENT EXECUTE FUNCTION applications_former_value_guard();
"""
BACKWARD = "DROP TRIGGER no_truncate ON applications_formervalue;"


class Migration(migrations.Migration):
    dependencies = [("applications", "0005_known_as_it_was_uploaded")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
