"""A name once borne is kept as it was recorded: the database adds, and neither changes nor clears."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION organizations_former_name_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A former name is kept as it was recorded.'
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER kept_as_recorded BEFORE UPDATE OR DELETE ON organizations_formername
  FOR EACH ROW EXECUTE FUNCTION organizations_former_name_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON organizations_formername
  FOR EACH STATEMENT EXECUTE FUNCTION organizations_former_name_guard();
"""
BACKWARD = """
DROP TRIGGER no_truncate ON organizations_formername;
DROP TRIGGER kept_as_recorded ON organizations_formername;
DROP FUNCTION organizations_former_name_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("organizations", "0006_names_by_key")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
