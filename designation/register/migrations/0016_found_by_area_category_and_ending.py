"""What is asked of an area, a category or an ending is found by an index, in the order of the list."""

from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {
        "CREATE_INDEX": "The processes stand still for an update; a county has some thousands.",
        "DROP_INDEX": "As above; another of the same name stands in its place.",
    }
    dependencies = [("register", "0015_those_that_are_over")]

    operations = [
        migrations.AddIndex(
            model_name="designation",
            index=models.Index(
                fields=["jurisdiction", "-designated_on", "number"],
                include=["id", "valid_until"],
                name="designation_in_an_area",
            ),
        ),
        migrations.AddIndex(
            model_name="designation",
            index=models.Index(
                fields=["category", "-designated_on", "number"],
                include=["id", "valid_until"],
                name="designation_of_a_category",
            ),
        ),
        migrations.RemoveIndex(model_name="titlestep", name="title_term_set_anew"),
        migrations.AddIndex(
            model_name="titlestep",
            index=models.Index(
                fields=["title", "-effective_on", "-id"],
                include=["until"],
                condition=models.Q(act__in=("extended", "expired", "corrected")),
                name="title_term_set_anew",
            ),
        ),
        migrations.AddIndex(
            model_name="titlestep",
            index=models.Index(
                fields=["act", "title"],
                include=["effective_on"],
                condition=models.Q(act__in=("revoked", "cancelled", "restored")),
                name="title_ended_by",
            ),
        ),
    ]
