import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0003_jobs"),
        ("workflows", "0010_notice_steps_are_not_truncated"),
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
