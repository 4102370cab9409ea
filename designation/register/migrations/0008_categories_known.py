from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0007_kept_as_given")]

    operations = [
        migrations.AddConstraint(
            model_name="designation",
            constraint=models.CheckConstraint(
                condition=models.Q(("category__in", ["JG", "NC", "SQ", "GQ", "LX", "XX"])),
                name="designation_category_known",
            ),
        ),
    ]
