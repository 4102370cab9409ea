import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {
        "CREATE_INDEX": "Web and worker stop for an upgrade; applications are few thousand rows.",
    }
    dependencies = [
        ("applications", "0010_codes_declared_in_code"),
        ("calendar_days", "0002_terms"),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="term",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="calendar_days.term",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["holder_role", "holder_organization"], name="application_holder"
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["stage"], name="application_stage"),
        ),
    ]
