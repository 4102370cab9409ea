"""An item belongs to the version of its section: none can slip into a published one."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION standards_item_in_its_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM standards_section
                 WHERE id = NEW.section_id AND version_id = NEW.version_id) THEN
    RAISE EXCEPTION 'An item belongs to the version of its section.'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER item_in_its_version BEFORE INSERT OR UPDATE ON standards_item
  FOR EACH ROW EXECUTE FUNCTION standards_item_in_its_version();
"""
BACKWARD = """
DROP TRIGGER item_in_its_version ON standards_item;
DROP FUNCTION standards_item_in_its_version();
"""


class Migration(migrations.Migration):
    dependencies = [("standards", "0003_hash_notes_and_constraints")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
