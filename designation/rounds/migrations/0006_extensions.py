"""More time to apply, given to everybody or to one, which is only added."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION rounds_extension_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'An extension is kept as it was given.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER kept_as_given BEFORE UPDATE OR DELETE ON rounds_roundextension
  FOR EACH ROW EXECUTE FUNCTION rounds_extension_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON rounds_roundextension
  FOR EACH STATEMENT EXECUTE FUNCTION rounds_extension_guard();
"""
BACKWARD = """
DROP TRIGGER no_truncate ON rounds_roundextension;
DROP TRIGGER kept_as_given ON rounds_roundextension;
DROP FUNCTION rounds_extension_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0008_seats_in_time"),
        ("rounds", "0005_as_listed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RoundExtension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("closes_before", models.DateTimeField(verbose_name="原截止时间")),
                ("closes_after", models.DateTimeField(verbose_name="延长后的截止时间")),
                ("reason", models.TextField(verbose_name="延长原因")),
                ("role", models.CharField(max_length=24, verbose_name="角色")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="rounds.round",
                    ),
                ),
            ],
            options={
                "verbose_name": "申报延长",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_after__gt", models.F("closes_before"))),
                        name="round_extension_is_longer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="round_is_extended_with_its_reason",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
