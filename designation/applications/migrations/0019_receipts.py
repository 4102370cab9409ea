"""A submission has a receipt: its number is given once and stands for good."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION applications_receipt_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A receipt is kept as it was given.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER kept_as_given BEFORE UPDATE OR DELETE ON applications_receipt
  FOR EACH ROW EXECUTE FUNCTION applications_receipt_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON applications_receipt
  FOR EACH STATEMENT EXECUTE FUNCTION applications_receipt_guard();
"""
BACKWARD = """
DROP TRIGGER no_truncate ON applications_receipt;
DROP TRIGGER kept_as_given ON applications_receipt;
DROP FUNCTION applications_receipt_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0018_posted_internally")]

    operations = [
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, verbose_name="回执编号")),
                ("given_at", models.DateTimeField()),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipt",
                        to="applications.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "提交回执",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("number",), name="receipt_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__regex", "^[0-9]{4}-[0-9]{6,}-[0-9]$")),
                        name="receipt_number_is_one",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
