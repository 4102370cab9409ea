"""Rows of a county's table are found by the account that they give a seat to."""

from typing import ClassVar

import django.db.models.fields.json
from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {"CREATE_INDEX": "On the rows of tables on their way in, kept until the next comes."}
    dependencies: ClassVar = [("administration", "0003_rights_reviews")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="tablerow",
            index=models.Index(
                models.F("table"),
                django.db.models.fields.json.KeyTransform("username", "values"),
                condition=models.Q(("sheet", "seats")),
                name="table_row_by_account",
            ),
        ),
    ]
