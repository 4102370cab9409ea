"""A title needs neither application nor round, and all that happens to it is written down.

The database holds that what is given fits together, and that no step is ever rewritten.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STEPS = """
CREATE FUNCTION register_title_step_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'What happened to a title is kept as it was recorded.'
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER kept_as_recorded BEFORE UPDATE OR DELETE ON register_titlestep
  FOR EACH ROW EXECUTE FUNCTION register_title_step_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON register_titlestep
  FOR EACH STATEMENT EXECUTE FUNCTION register_title_step_guard();

CREATE FUNCTION register_title_step_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM register_designation AS title WHERE title.id = NEW.title_id
      AND CASE NEW.act
        WHEN 'given' THEN title.designated_on = NEW.effective_on
          AND title.decision_id = NEW.decision_id
        ELSE title.designated_on <= NEW.effective_on
          AND (NEW.until IS NULL OR title.designated_on <= NEW.until) END
  ) THEN
    RAISE EXCEPTION 'A step begins with or after the title, and its giving is that of the title.'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fits_its_title BEFORE INSERT ON register_titlestep
  FOR EACH ROW EXECUTE FUNCTION register_title_step_fits();
"""
STEPS_BACK = """
DROP TRIGGER fits_its_title ON register_titlestep;
DROP FUNCTION register_title_step_fits();
DROP TRIGGER no_truncate ON register_titlestep;
DROP TRIGGER kept_as_recorded ON register_titlestep;
DROP FUNCTION register_title_step_guard();
"""
TITLES = """
CREATE FUNCTION register_title_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM applications_application AS application, register_designationdecision AS decision
    WHERE application.id = NEW.application_id AND decision.id = NEW.decision_id
      AND application.organization_id = NEW.organization_id
      AND application.category = NEW.category
      AND (decision.round_id IS NULL OR decision.round_id = application.round_id)
  ) THEN
    RAISE EXCEPTION
      'A title is of the organization, the category and the round of its application.'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fits_its_application
  BEFORE INSERT OR UPDATE OF application_id, organization_id, category, decision_id
  ON register_designation
  FOR EACH ROW WHEN (NEW.application_id IS NOT NULL) EXECUTE FUNCTION register_title_fits();
"""
TITLES_BACK = """
DROP TRIGGER fits_its_application ON register_designation;
DROP FUNCTION register_title_fits();
"""


class Migration(migrations.Migration):
    accepted = {
        "ADD_UNIQUE": "An organization applies once in a round, and a decision is of one round.",
        "CREATE_INDEX": "Of titles: some hundreds in a county, written by few.",
    }
    dependencies = [
        ("applications", "0010_codes_declared_in_code"),
        ("organizations", "0008_seats_in_time"),
        ("register", "0003_keeps_its_names"),
        ("rounds", "0004_notice_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TitleStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act", models.CharField(max_length=12, verbose_name="事项")),
                ("effective_on", models.DateField(verbose_name="生效日期")),
                ("until", models.DateField(blank=True, null=True, verbose_name="有效期至")),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                ("role", models.CharField(max_length=24, verbose_name="角色")),
                ("at", models.DateTimeField(verbose_name="登记时间")),
            ],
            options={
                "verbose_name": "称号办理记录",
                "ordering": ["effective_on", "pk"],
            },
        ),
        migrations.AlterField(
            model_name="designation",
            name="application",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="designation",
                to="applications.application",
                verbose_name="申报",
            ),
        ),
        migrations.AlterField(
            model_name="designationdecision",
            name="round",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="rounds.round",
            ),
        ),
        migrations.AddIndex(
            model_name="designation",
            index=models.Index(fields=["-designated_on", "number"], name="designation_as_listed"),
        ),
        migrations.AddConstraint(
            model_name="designation",
            constraint=models.UniqueConstraint(
                fields=("decision", "organization", "category"), name="designation_once_a_decision"
            ),
        ),
        migrations.AddField(
            model_name="titlestep",
            name="actor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="titlestep",
            name="decision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="register.designationdecision",
            ),
        ),
        migrations.AddField(
            model_name="titlestep",
            name="title",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="register.designation",
            ),
        ),
        migrations.AddIndex(
            model_name="titlestep",
            index=models.Index(
                condition=models.Q(("act__in", ("revoked", "cancelled"))),
                fields=["title", "-effective_on", "-id"],
                name="title_ended",
            ),
        ),
        migrations.AddIndex(
            model_name="titlestep",
            index=models.Index(
                condition=models.Q(("act__in", ("extended", "expired", "corrected"))),
                fields=["title", "-effective_on", "-id"],
                name="title_term_set_anew",
            ),
        ),
        migrations.AddConstraint(
            model_name="titlestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "act__in",
                        [
                            "given",
                            "extended",
                            "renamed",
                            "corrected",
                            "expired",
                            "revoked",
                            "cancelled",
                        ],
                    )
                ),
                name="title_step_act_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="titlestep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("act", "given")), fields=("title",), name="title_given_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="titlestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act__in", ("extended", "expired")), ("until__isnull", False)),
                    ("act", "corrected"),
                    models.Q(
                        models.Q(("act__in", ("extended", "expired", "corrected")), _negated=True),
                        ("until__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="title_step_says_its_last_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="titlestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act", "extended"), ("until__gte", models.F("effective_on"))),
                    models.Q(("act", "expired"), ("until__lt", models.F("effective_on"))),
                    models.Q(("act__in", ("extended", "expired")), _negated=True),
                    _connector="OR",
                ),
                name="title_step_last_day_fits_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="titlestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act", "given"), ("decision__isnull", False)),
                    models.Q(
                        models.Q(("act", "given"), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="title_step_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="titlestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("actor__isnull", True), ("role", "system")),
                    models.Q(
                        ("actor__isnull", False),
                        models.Q(("role__in", ["", "system", "public", "self"]), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="title_step_has_its_role",
            ),
        ),
        migrations.RunSQL(STEPS, STEPS_BACK),
        migrations.RunSQL(TITLES, TITLES_BACK),
    ]
