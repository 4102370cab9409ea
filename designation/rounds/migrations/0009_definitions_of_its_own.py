"""What a round says of the local terms, which is only added to."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION rounds_definition_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A definition is kept as the round gave it.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER kept_as_given BEFORE UPDATE OR DELETE ON rounds_rounddefinition
  FOR EACH ROW EXECUTE FUNCTION rounds_definition_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON rounds_rounddefinition
  FOR EACH STATEMENT EXECUTE FUNCTION rounds_definition_guard();
"""
BACKWARD = """
DROP TRIGGER no_truncate ON rounds_rounddefinition;
DROP TRIGGER kept_as_given ON rounds_rounddefinition;
DROP FUNCTION rounds_definition_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rounds", "0008_routing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RoundDefinition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("term", models.CharField(max_length=60, verbose_name="用语")),
                ("definition", models.TextField(verbose_name="本批次释义")),
                (
                    "source_document",
                    models.CharField(blank=True, max_length=200, verbose_name="依据文件"),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("opened", "开展时列入"),
                            ("corrected", "更正"),
                            ("taken_over", "系统升级时列入"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="更正原因")),
                ("role", models.CharField(blank=True, max_length=24, verbose_name="角色")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="rounds.rounddefinition",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="definitions",
                        to="rounds.round",
                    ),
                ),
            ],
            options={
                "verbose_name": "地方用语释义",
                "ordering": ["term", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaces__isnull", True)),
                        fields=("round", "term"),
                        name="round_definition_begins_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("definition", ""), _negated=True),
                        name="round_definition_says_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("replaces__isnull", False),
                                ("way", "corrected"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("reason", ""),
                                ("replaces__isnull", True),
                                ("way__in", ["opened", "taken_over"]),
                            ),
                            _connector="OR",
                        ),
                        name="round_definition_is_corrected_with_its_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("actor__isnull", True), ("way", "taken_over")),
                            models.Q(
                                ("actor__isnull", False), ("way__in", ["opened", "corrected"])
                            ),
                            _connector="OR",
                        ),
                        name="round_definition_has_who_gave_it",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
