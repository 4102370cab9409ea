from django.db import migrations


class Migration(migrations.Migration):
    accepted = {"DROP_COLUMN": "The term says it since; web and worker stop for an upgrade."}
    dependencies = [("workflows", "0019_terms_of_objections_and_notices")]

    operations = [migrations.RemoveField("objection", "due_at")]
