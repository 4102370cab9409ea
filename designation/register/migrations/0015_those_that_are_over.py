"""The index in which titles are listed knows their last day: it passes over those in force alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {
        "CREATE_INDEX": "The processes stand still for an update; a county has some thousands.",
        "DROP_INDEX": "As above; another of the same name stands in its place.",
    }
    dependencies = [("register", "0014_found_by_part_of_a_name")]

    operations = [
        migrations.RemoveIndex(model_name="designation", name="designation_as_listed"),
        migrations.AddIndex(
            model_name="designation",
            index=models.Index(
                fields=["-designated_on", "number"],
                include=["id", "valid_until"],
                name="designation_as_listed",
            ),
        ),
    ]
