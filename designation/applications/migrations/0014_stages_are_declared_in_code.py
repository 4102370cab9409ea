"""The stages leave the schema: they are declared in code, in ``designation.applications.stages``.

The constraint over them stays in the database; ``standards.code_constraints`` makes it after each
migration, and names in it the stages that are declared then.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("applications", "0013_terms_say_until_when")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint(
                    model_name="application", name="application_stage_known"
                ),
            ],
        ),
    ]
