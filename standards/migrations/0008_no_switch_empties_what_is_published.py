"""No setting of a session lets published standards be emptied away."""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION standards_truncate_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM standards_standardversion WHERE status <> 'draft') THEN
    RAISE EXCEPTION 'A published standard never changes; make a new version.'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("standards", "0007_published_is_not_truncated")]

    operations = [migrations.RunSQL(GUARD, migrations.RunSQL.noop)]
