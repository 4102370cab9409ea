"""One revocation may decide what several re-checks of its title had proposed."""

import django.db.models.deletion
from django.db import migrations, models

# Django would drop the foreign key as well and check every row of it anew, while the titles wait.
_NO_LONGER_UNIQUE = """
ALTER TABLE "workflows_recheck" DROP CONSTRAINT "workflows_recheck_title_step_id_key";
CREATE INDEX "workflows_recheck_title_step_id_4204e0c9" ON "workflows_recheck" ("title_step_id");
"""
_UNIQUE = """
DROP INDEX "workflows_recheck_title_step_id_4204e0c9";
ALTER TABLE "workflows_recheck"
    ADD CONSTRAINT "workflows_recheck_title_step_id_key" UNIQUE ("title_step_id");
"""


class Migration(migrations.Migration):
    accepted = {
        "CREATE_INDEX": "Some hundred rows of a county and year, and nobody waits for them.",
    }

    dependencies = [
        ("register", "0018_decisions_of_a_county"),
        ("workflows", "0050_rechecked_again_in_a_year"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(_NO_LONGER_UNIQUE, _UNIQUE)],
            state_operations=[
                migrations.AlterField(
                    model_name="recheck",
                    name="title_step",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rechecks",
                        to="register.titlestep",
                    ),
                ),
            ],
        ),
    ]
