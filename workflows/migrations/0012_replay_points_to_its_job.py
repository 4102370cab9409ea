import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0003_jobs"),
        ("workflows", "0011_codes_declared_in_code"),
    ]

    operations = [
        migrations.AddField(
            model_name="replay",
            name="job",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="site.job",
            ),
        ),
    ]
