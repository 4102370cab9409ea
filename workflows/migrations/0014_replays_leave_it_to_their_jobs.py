import django.db.models.deletion
from django.db import migrations, models

GONE = (
    "attempt",
    "done",
    "ended_at",
    "heard_at",
    "requested_at",
    "requested_by",
    "status",
    "total",
)


class Migration(migrations.Migration):
    accepted = {
        "DROP_COLUMN": "The job says it since; web and worker stop for an upgrade.",
        "DROP_INDEX": "Of the columns that go; few replays are ever made.",
        "NOT_NULL": "Each replay was given its job by the migration before.",
    }
    dependencies = [("workflows", "0013_how_far_replays_are_stands_in_jobs")]

    operations = [
        migrations.RemoveConstraint(model_name="replay", name="replay_done_of_total"),
        migrations.RemoveConstraint(model_name="replay", name="replay_one_a_person_at_a_time"),
        *(migrations.RemoveField(model_name="replay", name=name) for name in GONE),
        migrations.AlterField(
            model_name="replay",
            name="job",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="site.job"
            ),
        ),
    ]
