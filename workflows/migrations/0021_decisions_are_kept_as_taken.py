"""A decision is kept as it was taken; whoever takes one back adds another that says so."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER kept_as_taken BEFORE UPDATE OR DELETE ON workflows_decision
  FOR EACH ROW EXECUTE FUNCTION workflows_step_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON workflows_decision
  FOR EACH STATEMENT EXECUTE FUNCTION workflows_step_guard();
"""
BACKWARD = """
DROP TRIGGER no_truncate ON workflows_decision;
DROP TRIGGER kept_as_taken ON workflows_decision;
"""


class Migration(migrations.Migration):
    dependencies = [("workflows", "0020_terms_of_objections_say_until_when")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
