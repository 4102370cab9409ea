"""An opinion is kept as it was given; a list as it was sent, and it is handed in once."""

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
TABLES = ("workflows_opinionline", "workflows_opinion")
OF_A_LIST = """
CREATE FUNCTION workflows_opinion_list_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE'
     OR to_jsonb(NEW) - ARRAY['term_id', 'handed_in_at']
        IS DISTINCT FROM to_jsonb(OLD) - ARRAY['term_id', 'handed_in_at']
     OR (OLD.term_id IS NOT NULL AND NEW.term_id IS DISTINCT FROM OLD.term_id)
     OR (OLD.handed_in_at IS NOT NULL AND NEW.handed_in_at IS DISTINCT FROM OLD.handed_in_at)
  THEN
    RAISE EXCEPTION 'A list is kept as it was sent, and handed in once.'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER kept_as_sent BEFORE UPDATE OR DELETE ON workflows_opinionlist
  FOR EACH ROW EXECUTE FUNCTION workflows_opinion_list_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON workflows_opinionlist
  FOR EACH STATEMENT EXECUTE FUNCTION workflows_step_guard();
"""
NOT_OF_A_LIST = """
DROP TRIGGER no_truncate ON workflows_opinionlist;
DROP TRIGGER kept_as_sent ON workflows_opinionlist;
DROP FUNCTION workflows_opinion_list_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("workflows", "0030_opinions")]

    operations = [
        *(
            migrations.RunSQL(FORWARD.format(table=table), BACKWARD.format(table=table))
            for table in TABLES
        ),
        migrations.RunSQL(OF_A_LIST, NOT_OF_A_LIST),
    ]
