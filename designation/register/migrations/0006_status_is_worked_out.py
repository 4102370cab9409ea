from django.db import migrations


class Migration(migrations.Migration):
    accepted = {
        "DROP_COLUMN": "Its history says it since; the processes stand still for an update."
    }
    dependencies = [("register", "0005_what_happened_before")]

    operations = [migrations.RemoveField("designation", "status")]
