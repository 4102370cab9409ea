"""A paper as it came back signed and sealed: one stands, what it replaced is kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION papers_sealed_copy_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.replaced_at IS NULL
      AND to_jsonb(NEW) - 'replaced_at' = to_jsonb(OLD) - 'replaced_at' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'A sealed copy is kept as it was put.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER kept_as_put BEFORE UPDATE OR DELETE ON papers_sealedcopy
  FOR EACH ROW EXECUTE FUNCTION papers_sealed_copy_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON papers_sealedcopy
  FOR EACH STATEMENT EXECUTE FUNCTION papers_sealed_copy_guard();
"""
BACKWARD = """
DROP TRIGGER no_truncate ON papers_sealedcopy;
DROP TRIGGER kept_as_put ON papers_sealedcopy;
DROP FUNCTION papers_sealed_copy_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0002_taken_out_by_its_period"),
        ("organizations", "0012_unused_accounts"),
        ("papers", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SealedCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=24, verbose_name="文书")),
                ("subject_id", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField(verbose_name="上传时间")),
                ("role", models.CharField(max_length=24, verbose_name="角色")),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "acted_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.libraryentry",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.jurisdiction",
                        verbose_name="辖区",
                    ),
                ),
            ],
            options={
                "verbose_name": "盖章件",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at__isnull", True)),
                        fields=("kind", "subject_id"),
                        name="sealed_copy_one_stands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaced_at__isnull", True),
                            ("replaced_at__gte", models.F("at")),
                            _connector="OR",
                        ),
                        name="sealed_copy_replaced_after_it_was_put",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("acted_for__isnull", True),
                            models.Q(("acted_for", models.F("actor")), _negated=True),
                            _connector="OR",
                        ),
                        name="sealed_copy_is_for_another",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
