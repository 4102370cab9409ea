"""What became of organizations is kept as it was recorded, as what they were called is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION organizations_reorganization_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'What became of organizations is kept as it was recorded.'
    USING ERRCODE = 'restrict_violation';
END $$;
"""
TABLES = ("organizations_reorganization", "organizations_reorganizedunit")
KEPT = """
CREATE TRIGGER kept_as_recorded BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION organizations_reorganization_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION organizations_reorganization_guard();
"""
NOT_KEPT = """
DROP TRIGGER no_truncate ON {table};
DROP TRIGGER kept_as_recorded ON {table};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0009_deputies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reorganization",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12, verbose_name="变更情形")),
                ("effective_on", models.DateField(verbose_name="生效日期")),
                (
                    "document_number",
                    models.CharField(blank=True, max_length=80, verbose_name="发文字号"),
                ),
                (
                    "decided_by",
                    models.CharField(blank=True, max_length=120, verbose_name="批准机关"),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "机构变更",
                "ordering": ["effective_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReorganizedUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=8, verbose_name="变更后")),
                ("name_zh", models.CharField(max_length=120, verbose_name="名称")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reorganized",
                        to="organizations.organization",
                    ),
                ),
                (
                    "reorganization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="organizations.reorganization",
                    ),
                ),
            ],
            options={
                "verbose_name": "变更的组织",
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="reorganization",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["renamed", "merged", "split", "dissolved"])),
                name="reorganization_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reorganization",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "renamed"),
                    models.Q(
                        models.Q(("document_number", ""), _negated=True),
                        models.Q(("decided_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reorganization_has_its_document",
            ),
        ),
        migrations.AddConstraint(
            model_name="reorganizedunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__in", ["gone", "stays", "came"])),
                name="reorganized_unit_part_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reorganizedunit",
            constraint=models.UniqueConstraint(
                fields=("reorganization", "organization"), name="reorganized_once_an_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="reorganizedunit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("part", "gone")),
                fields=("organization",),
                name="organization_gone_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="reorganizedunit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("part", "came")),
                fields=("organization",),
                name="organization_came_once",
            ),
        ),
        migrations.RunSQL(FORWARD, "DROP FUNCTION organizations_reorganization_guard();"),
        *(
            migrations.RunSQL(KEPT.format(table=table), NOT_KEPT.format(table=table))
            for table in TABLES
        ),
    ]
