"""That no order number stands twice is asked after each statement, not after each row.

Sections and items are renumbered in one statement, without stepping aside first.
"""

from django.db import migrations, models

NAMES = {"section": "section_order_once", "item": "item_order_once"}


class Migration(migrations.Migration):
    accepted = {"ADD_UNIQUE": "Holds of the rows that the constraint before it held of."}
    dependencies = [("standards", "0009_kinds_are_declared_in_code")]

    operations = [
        operation
        for model, name in NAMES.items()
        for operation in (
            migrations.RemoveConstraint(model_name=model, name=name),
            migrations.AddConstraint(
                model_name=model,
                constraint=models.UniqueConstraint(
                    fields=("version", "order"),
                    name=name,
                    deferrable=models.Deferrable.IMMEDIATE,
                ),
            ),
        )
    ]
