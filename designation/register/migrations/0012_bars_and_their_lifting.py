"""What keeps a unit from applying follows from the record; that it is lifted is a record of its own."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION register_barlifting_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'That a bar was lifted is kept as it was recorded.'
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER kept_as_recorded BEFORE UPDATE OR DELETE ON register_barlifting
  FOR EACH ROW EXECUTE FUNCTION register_barlifting_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON register_barlifting
  FOR EACH STATEMENT EXECUTE FUNCTION register_barlifting_guard();
"""
BACK = """
DROP TRIGGER no_truncate ON register_barlifting;
DROP TRIGGER kept_as_recorded ON register_barlifting;
DROP FUNCTION register_barlifting_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0023_typed_from_signed_paper"),
        ("organizations", "0012_unused_accounts"),
        ("register", "0011_what_stands_against_a_title"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BarLifting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("document_number", models.CharField(max_length=80, verbose_name="发文字号")),
                ("deciding_body", models.CharField(max_length=120, verbose_name="作出决定的机关")),
                ("decided_on", models.DateField(verbose_name="文件日期")),
                ("reason", models.TextField(verbose_name="理由")),
                ("role", models.CharField(max_length=24, verbose_name="角色")),
                ("request_key", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField(verbose_name="登记时间")),
            ],
            options={
                "verbose_name": "解除限制申报",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="titlestep",
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
            model_name="titlestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fault", ""),
                    models.Q(("act", "revoked"), ("fault__in", ["false_material", "refused"])),
                    _connector="OR",
                ),
                name="title_step_is_revoked_for_a_fault",
            ),
        ),
        migrations.AddField(
            model_name="barlifting",
            name="acted_for",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="barlifting",
            name="actor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="barlifting",
            name="application",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bar_lifting",
                to="applications.application",
            ),
        ),
        migrations.AddField(
            model_name="barlifting",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.organization",
            ),
        ),
        migrations.AddField(
            model_name="barlifting",
            name="step",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bar_lifting",
                to="register.titlestep",
            ),
        ),
        migrations.AddConstraint(
            model_name="barlifting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("application__isnull", True), ("step__isnull", False)),
                    models.Q(("application__isnull", False), ("step__isnull", True)),
                    _connector="OR",
                ),
                name="bar_lifting_of_one_bar",
            ),
        ),
        migrations.AddConstraint(
            model_name="barlifting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("document_number", ""), _negated=True),
                    models.Q(("deciding_body", ""), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                ),
                name="bar_lifting_bears_its_document",
            ),
        ),
        migrations.AddConstraint(
            model_name="barlifting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("acted_for__isnull", True),
                    models.Q(("acted_for", models.F("actor")), _negated=True),
                    _connector="OR",
                ),
                name="bar_lifting_is_for_another",
            ),
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
