"""Certificates: numbers without a gap, and rows that are kept as they were written."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE FUNCTION certificates_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Certificates and their designs are kept as they were issued.'
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER kept_as_issued BEFORE UPDATE OR DELETE ON certificates_certificate
  FOR EACH ROW EXECUTE FUNCTION certificates_kept();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON certificates_certificate
  FOR EACH STATEMENT EXECUTE FUNCTION certificates_kept();
CREATE TRIGGER kept_as_saved BEFORE UPDATE OR DELETE ON certificates_certificatedesign
  FOR EACH ROW EXECUTE FUNCTION certificates_kept();
CREATE TRIGGER kept_as_sent BEFORE UPDATE OR DELETE ON certificates_crest
  FOR EACH ROW EXECUTE FUNCTION certificates_kept();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON certificates_certificatedesign
  FOR EACH STATEMENT EXECUTE FUNCTION certificates_kept();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON certificates_crest
  FOR EACH STATEMENT EXECUTE FUNCTION certificates_kept();
CREATE TRIGGER not_deleted BEFORE DELETE ON certificates_signingkey
  FOR EACH ROW EXECUTE FUNCTION certificates_kept();
CREATE TRIGGER kept_as_published BEFORE UPDATE ON certificates_signingkey
  FOR EACH ROW WHEN (
    OLD.until IS NOT NULL OR OLD.key_id <> NEW.key_id OR OLD.public_key <> NEW.public_key
    OR OLD.since <> NEW.since
  ) EXECUTE FUNCTION certificates_kept();

CREATE FUNCTION certificates_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.number > 1 AND NOT EXISTS (
    SELECT FROM certificates_certificate AS before
    WHERE before.jurisdiction_id = NEW.jurisdiction_id AND before.year = NEW.year
      AND before.number = NEW.number - 1
  ) THEN
    RAISE EXCEPTION 'The certificates of a county and year are numbered without a gap.'
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM certificates_certificate AS former
    WHERE former.id = NEW.supersedes_id AND former.title_id = NEW.title_id
  ) THEN
    RAISE EXCEPTION 'A certificate takes the place of one of the same title.'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER follows BEFORE INSERT ON certificates_certificate
  FOR EACH ROW EXECUTE FUNCTION certificates_follows();
"""
KEPT_BACK = """
DROP TRIGGER follows ON certificates_certificate;
DROP FUNCTION certificates_follows();
DROP TRIGGER kept_as_published ON certificates_signingkey;
DROP TRIGGER not_deleted ON certificates_signingkey;
DROP TRIGGER no_truncate ON certificates_crest;
DROP TRIGGER no_truncate ON certificates_certificatedesign;
DROP TRIGGER kept_as_sent ON certificates_crest;
DROP TRIGGER kept_as_saved ON certificates_certificatedesign;
DROP TRIGGER no_truncate ON certificates_certificate;
DROP TRIGGER kept_as_issued ON certificates_certificate;
DROP FUNCTION certificates_kept();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organizations", "0012_unused_accounts"),
        ("register", "0011_what_stands_against_a_title"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Crest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("picture", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.jurisdiction",
                    ),
                ),
            ],
            options={
                "verbose_name": "证书徽标",
            },
        ),
        migrations.CreateModel(
            name="CertificateDesign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("heading", models.CharField(max_length=20, verbose_name="证书名称")),
                (
                    "heading_en",
                    models.CharField(blank=True, max_length=60, verbose_name="证书英文名称"),
                ),
                ("wording", models.TextField(max_length=200, verbose_name="证书正文")),
                (
                    "wording_en",
                    models.TextField(blank=True, max_length=400, verbose_name="证书英文正文"),
                ),
                (
                    "colour",
                    models.CharField(
                        default="#b3261e",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A#[0-9a-fA-F]{6}\\Z", "请选一种颜色。"
                            )
                        ],
                        verbose_name="颜色",
                    ),
                ),
                ("makes_plaques", models.BooleanField(default=False, verbose_name="制作牌匾")),
                (
                    "plaque_material",
                    models.CharField(blank=True, max_length=40, verbose_name="牌匾材质"),
                ),
                (
                    "plaque_size",
                    models.CharField(blank=True, max_length=40, verbose_name="牌匾尺寸"),
                ),
                (
                    "plaque_text",
                    models.CharField(blank=True, max_length=120, verbose_name="牌匾文字"),
                ),
                ("saved_at", models.DateTimeField(verbose_name="保存时间")),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.jurisdiction",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "crest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="certificates.crest",
                    ),
                ),
            ],
            options={
                "verbose_name": "证书样式",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key_id", models.CharField(max_length=16, unique=True, verbose_name="密钥编号")),
                ("public_key", models.CharField(max_length=64, verbose_name="公钥")),
                ("since", models.DateField(verbose_name="启用日期")),
                ("until", models.DateField(blank=True, null=True, verbose_name="停用日期")),
            ],
            options={
                "verbose_name": "证书签名密钥",
                "ordering": ["since", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.Value(1),
                        condition=models.Q(("until__isnull", True)),
                        name="one_signing_key_in_use",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="signing_key_runs_forward",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                (
                    "number",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="编号",
                    ),
                ),
                ("content", models.JSONField(verbose_name="证书内容")),
                ("sha256", models.CharField(max_length=64, verbose_name="内容哈希")),
                ("signature", models.CharField(max_length=100, verbose_name="签名")),
                ("issued_on", models.DateField(verbose_name="发证日期")),
                ("role", models.CharField(max_length=24, verbose_name="角色")),
                ("issued_at", models.DateTimeField(verbose_name="发证时间")),
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
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.jurisdiction",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="certificates.certificate",
                    ),
                ),
                (
                    "title",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="register.designation",
                    ),
                ),
                (
                    "design",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="certificates.certificatedesign",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="certificates.signingkey",
                    ),
                ),
            ],
            options={
                "verbose_name": "证书",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="CertificateSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="最后编号")),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.jurisdiction",
                    ),
                ),
            ],
            options={
                "verbose_name": "证书编号序列",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("jurisdiction", "year"), name="certificate_series_of_a_year"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="crest",
            constraint=models.UniqueConstraint(
                fields=("jurisdiction", "sha256"), name="crest_kept_once"
            ),
        ),
        migrations.AddIndex(
            model_name="certificatedesign",
            index=models.Index(fields=["jurisdiction", "-id"], name="certificate_design_latest"),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                fields=("jurisdiction", "year", "number"), name="certificate_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="certificate_counts_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("supersedes__isnull", True)),
                fields=("title",),
                name="certificate_first_once",
            ),
        ),
        migrations.RunSQL(KEPT, KEPT_BACK),
    ]
