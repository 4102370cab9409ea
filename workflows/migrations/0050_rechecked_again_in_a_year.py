"""A title may be looked at again in a year, once the re-check before is over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {
        "ADD_UNIQUE": "Each holds of fewer rows than the constraint whose place they take.",
        "CREATE_INDEX": "Some hundred rows of a county and year, and nobody waits for them.",
    }

    dependencies = [
        ("workflows", "0049_reports_of_titles_that_ended"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="recheck",
            constraint=models.UniqueConstraint(
                condition=models.Q(("standing__in", ("concluded", "dropped")), _negated=True),
                fields=("title", "year"),
                name="recheck_one_is_open_in_a_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="recheck",
            constraint=models.UniqueConstraint(
                condition=models.Q(("draw__isnull", False)),
                fields=("title", "year"),
                name="recheck_drawn_once_a_year",
            ),
        ),
        migrations.RemoveConstraint(model_name="recheck", name="recheck_once_a_year"),
    ]
