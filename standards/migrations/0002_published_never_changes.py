"""The database itself refuses to change or delete a published standard.

Retiring (published -> retired) is the one change allowed.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION standards_version_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'draft' THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.status = 'published' AND NEW.status = 'retired'
     AND to_jsonb(OLD) - 'status' = to_jsonb(NEW) - 'status' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'A published standard never changes; make a new version.'
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION standards_content_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  version_ids bigint[];
BEGIN
  IF TG_TABLE_NAME = 'standards_check' THEN
    SELECT array_agg(version_id) INTO version_ids FROM standards_item
      WHERE id IN (CASE WHEN TG_OP = 'INSERT' THEN NEW.item_id ELSE OLD.item_id END,
                   CASE WHEN TG_OP = 'DELETE' THEN OLD.item_id ELSE NEW.item_id END);
  ELSE
    version_ids := ARRAY[CASE WHEN TG_OP = 'INSERT' THEN NEW.version_id ELSE OLD.version_id END,
                         CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END];
  END IF;
  IF EXISTS (SELECT 1 FROM standards_standardversion
             WHERE id = ANY(version_ids) AND status <> 'draft') THEN
    RAISE EXCEPTION 'A published standard never changes; make a new version.'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER version_guard BEFORE UPDATE OR DELETE ON standards_standardversion
  FOR EACH ROW EXECUTE FUNCTION standards_version_guard();
CREATE TRIGGER section_guard BEFORE INSERT OR UPDATE OR DELETE ON standards_section
  FOR EACH ROW EXECUTE FUNCTION standards_content_guard();
CREATE TRIGGER item_guard BEFORE INSERT OR UPDATE OR DELETE ON standards_item
  FOR EACH ROW EXECUTE FUNCTION standards_content_guard();
CREATE TRIGGER check_guard BEFORE INSERT OR UPDATE OR DELETE ON standards_check
  FOR EACH ROW EXECUTE FUNCTION standards_content_guard();
"""
BACKWARD = """
DROP TRIGGER check_guard ON standards_check;
DROP TRIGGER item_guard ON standards_item;
DROP TRIGGER section_guard ON standards_section;
DROP TRIGGER version_guard ON standards_standardversion;
DROP FUNCTION standards_content_guard();
DROP FUNCTION standards_version_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("standards", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
