from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {"CREATE_INDEX": "Of rounds: a few in a county and year."}
    dependencies = [
        ("organizations", "0008_seats_in_time"),
        ("rounds", "0004_notice_people"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="round",
            index=models.Index(fields=["-opens_at", "-id"], name="round_as_listed"),
        ),
    ]
