"""A submission is kept as it was handed in: later decisions rest on its text and its hash.

The one column that is written afterwards is ``opened_at``, once: from then on it cannot be
recalled. It holds no personal data that would have to go.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION applications_submission_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.opened_at IS NULL AND to_jsonb(NEW) - 'opened_at' = to_jsonb(OLD) - 'opened_at' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'A submission is kept as it was handed in.'
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER kept_as_handed_in BEFORE UPDATE OR DELETE ON applications_submission
  FOR EACH ROW EXECUTE FUNCTION applications_submission_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON applications_submission
  FOR EACH STATEMENT EXECUTE FUNCTION applications_submission_guard();
"""
BACKWARD = """
DROP TRIGGER no_truncate ON applications_submission;
DROP TRIGGER kept_as_handed_in ON applications_submission;
DROP FUNCTION applications_submission_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0014_stages_are_declared_in_code")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
