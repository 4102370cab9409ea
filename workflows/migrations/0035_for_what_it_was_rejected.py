"""For what an application was rejected, where its unit may not apply for longer because of it."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0023_typed_from_signed_paper"),
        ("workflows", "0034_told_of_the_end"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="fault",
            field=models.CharField(
                blank=True,
                choices=[("false_material", "弄虚作假"), ("refused", "拒不接受监督检查")],
                db_default="",
                default="",
                max_length=16,
                verbose_name="过错",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("fault__in", ["", "false_material", "refused"])),
                name="decision_fault_known",
            ),
        ),
    ]
