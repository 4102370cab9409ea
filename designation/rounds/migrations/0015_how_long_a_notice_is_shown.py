import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rounds", "0014_appeals"),
    ]

    operations = [
        migrations.AddField(
            model_name="round",
            name="notice_months_shown",
            field=models.PositiveSmallIntegerField(
                db_default=12,
                default=12,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(60),
                ],
                verbose_name="公示期满后，公示全文保留的月数",
            ),
        ),
    ]
