"""Work is added up by application: how many took at most so long is a question of each.

The sums by round and category had no page and cannot be taken apart; they go.
"""

import django.db.models.deletion
from django.db import migrations, models

ROOMS = [
    ("self_assessment", "自评填写"),
    ("first_review", "逐条初审"),
    ("verification", "核查记录"),
]


class Migration(migrations.Migration):
    accepted = {"DROP_TABLE": "Sums that no page showed; the processes stand still for an update."}
    dependencies = [("applications", "0016_visits_stand_on_what_they_are_made_for")]

    operations = [
        migrations.CreateModel(
            name="WorkTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("room", models.CharField(choices=ROOMS, max_length=16)),
                ("sittings", models.PositiveIntegerField(default=0)),
                ("narrow", models.PositiveIntegerField(default=0)),
                ("saves", models.PositiveIntegerField(default=0)),
                ("active_seconds", models.PositiveIntegerField(default=0)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="work",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "填写统计",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "room"), name="work_tally_once")
                ],
            },
        ),
        migrations.DeleteModel(name="SittingTally"),
    ]
