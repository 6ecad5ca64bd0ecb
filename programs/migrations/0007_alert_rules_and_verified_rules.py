"""Alert rules; hours rules say who verified them, and the largest gap."""

import uuid

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import accounts.models.public_id
from accounts.together import together


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0006_record_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AlertRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    accounts.models.public_id.PublicIdField(
                        default=uuid.uuid4, editable=False, unique=True
                    ),
                ),
                ("effective_from", models.DateField(verbose_name="in effect from")),
                (
                    "unrecorded_hours",
                    models.PositiveSmallIntegerField(
                        default=24, verbose_name="hours until a missing record is an alert"
                    ),
                ),
                (
                    "close_days",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="days after its end until a week is closed"
                    ),
                ),
                (
                    "units_left",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="units left of an authorization"
                    ),
                ),
                (
                    "days_left",
                    models.PositiveSmallIntegerField(
                        default=7, verbose_name="days until an authorization ends"
                    ),
                ),
                (
                    "review_days",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="days until a utilization review"
                    ),
                ),
                (
                    "recertification_days",
                    models.PositiveSmallIntegerField(
                        default=14, verbose_name="days until recertification"
                    ),
                ),
                ("citation", models.CharField(blank=True, max_length=300, verbose_name="citation")),
            ],
            options={
                "ordering": ["program", "effective_from"],
            },
        ),
        migrations.CreateModel(
            name="AlertRuleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "public_id",
                    accounts.models.public_id.PublicIdField(
                        default=uuid.uuid4, editable=False, unique=False
                    ),
                ),
                ("effective_from", models.DateField(verbose_name="in effect from")),
                (
                    "unrecorded_hours",
                    models.PositiveSmallIntegerField(
                        default=24, verbose_name="hours until a missing record is an alert"
                    ),
                ),
                (
                    "close_days",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="days after its end until a week is closed"
                    ),
                ),
                (
                    "units_left",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="units left of an authorization"
                    ),
                ),
                (
                    "days_left",
                    models.PositiveSmallIntegerField(
                        default=7, verbose_name="days until an authorization ends"
                    ),
                ),
                (
                    "review_days",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="days until a utilization review"
                    ),
                ),
                (
                    "recertification_days",
                    models.PositiveSmallIntegerField(
                        default=14, verbose_name="days until recertification"
                    ),
                ),
                ("citation", models.CharField(blank=True, max_length=300, verbose_name="citation")),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="hoursrule",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="hoursrule",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="hoursrule",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="hoursrule",
            name="max_gap_days",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="days in a row without attendance, at most"
            ),
        ),
        migrations.AddField(
            model_name="hoursrule",
            name="verified_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="verified by",
            ),
        ),
        migrations.AddField(
            model_name="hoursrule",
            name="verified_on",
            field=models.DateField(blank=True, null=True, verbose_name="verified on"),
        ),
        migrations.AddField(
            model_name="hoursruleevent",
            name="max_gap_days",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="days in a row without attendance, at most"
            ),
        ),
        migrations.AddField(
            model_name="hoursruleevent",
            name="verified_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="verified by",
            ),
        ),
        migrations.AddField(
            model_name="hoursruleevent",
            name="verified_on",
            field=models.DateField(blank=True, null=True, verbose_name="verified on"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hoursrule",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_hoursruleevent" ("citation", "closures", "count", "counts", "effective_from", "id", "leave", "max_gap_days", "max_minutes_per_week", "min_days_per_week", "min_minutes_per_day", "min_minutes_per_week", "partial_weeks", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "verified_by_id", "verified_on") VALUES (NEW."citation", NEW."closures", NEW."count", NEW."counts", NEW."effective_from", NEW."id", NEW."leave", NEW."max_gap_days", NEW."max_minutes_per_week", NEW."min_days_per_week", NEW."min_minutes_per_day", NEW."min_minutes_per_week", NEW."partial_weeks", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."public_id", NEW."verified_by_id", NEW."verified_on"); RETURN NULL;',
                    hash="6a2df4cf3baefa286fa425cce6a989d138f8e9eb",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_40d51",
                    table="programs_hoursrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hoursrule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_hoursruleevent" ("citation", "closures", "count", "counts", "effective_from", "id", "leave", "max_gap_days", "max_minutes_per_week", "min_days_per_week", "min_minutes_per_day", "min_minutes_per_week", "partial_weeks", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "verified_by_id", "verified_on") VALUES (NEW."citation", NEW."closures", NEW."count", NEW."counts", NEW."effective_from", NEW."id", NEW."leave", NEW."max_gap_days", NEW."max_minutes_per_week", NEW."min_days_per_week", NEW."min_minutes_per_day", NEW."min_minutes_per_week", NEW."partial_weeks", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."program_id", NEW."public_id", NEW."verified_by_id", NEW."verified_on"); RETURN NULL;',
                    hash="145d88f4b2c4aa05416b563d50253fdddb254d34",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2d0e0",
                    table="programs_hoursrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hoursrule",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_hoursruleevent" ("citation", "closures", "count", "counts", "effective_from", "id", "leave", "max_gap_days", "max_minutes_per_week", "min_days_per_week", "min_minutes_per_day", "min_minutes_per_week", "partial_weeks", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "verified_by_id", "verified_on") VALUES (OLD."citation", OLD."closures", OLD."count", OLD."counts", OLD."effective_from", OLD."id", OLD."leave", OLD."max_gap_days", OLD."max_minutes_per_week", OLD."min_days_per_week", OLD."min_minutes_per_day", OLD."min_minutes_per_week", OLD."partial_weeks", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."public_id", OLD."verified_by_id", OLD."verified_on"); RETURN NULL;',
                    hash="e01914ef1a1d56919feb648aec38da830dc9dc7c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_376b3",
                    table="programs_hoursrule",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="hoursrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("max_gap_days", None), ("max_gap_days__lte", 14), _connector="OR"
                ),
                name="hours_rule_gap_is_days",
                violation_error_message="At most 14 days in a row.",
            ),
        ),
        migrations.AddConstraint(
            model_name="hoursrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verified_by__isnull", True), ("verified_on__isnull", True)),
                    models.Q(("verified_by__isnull", False), ("verified_on__isnull", False)),
                    _connector="OR",
                ),
                name="hours_rule_verified_by_somebody",
                violation_error_message="A rule is verified by somebody on a date.",
            ),
        ),
        migrations.AddField(
            model_name="alertrule",
            name="program",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="alert_rules",
                to="programs.program",
            ),
        ),
        migrations.AddField(
            model_name="alertruleevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="programs.alertrule",
            ),
        ),
        migrations.AddField(
            model_name="alertruleevent",
            name="program",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="programs.program",
            ),
        ),
        migrations.AddConstraint(
            model_name="alertrule",
            constraint=models.UniqueConstraint(
                fields=("program", "effective_from"),
                name="alert_rule_once_per_date",
                violation_error_message="There is an alert rule from that date already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alertrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("unrecorded_hours__range", (1, 168))),
                name="alert_rule_hours_within_a_week",
                violation_error_message="Between one hour and a week (168 hours).",
            ),
        ),
        migrations.AddConstraint(
            model_name="alertrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("close_days__lte", 14),
                    ("days_left__lte", 60),
                    ("recertification_days__lte", 60),
                    ("review_days__lte", 60),
                    ("units_left__lte", 100),
                ),
                name="alert_rule_warns_in_time",
                violation_error_message="At most 14 days to close a week, 60 days ahead, and 100 units.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alertrule",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_alertruleevent" ("citation", "close_days", "days_left", "effective_from", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "recertification_days", "review_days", "units_left", "unrecorded_hours") VALUES (NEW."citation", NEW."close_days", NEW."days_left", NEW."effective_from", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."public_id", NEW."recertification_days", NEW."review_days", NEW."units_left", NEW."unrecorded_hours"); RETURN NULL;',
                    hash="9b902da74793290f77a59030b8389d5fb04943bf",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8f407",
                    table="programs_alertrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alertrule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_alertruleevent" ("citation", "close_days", "days_left", "effective_from", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "recertification_days", "review_days", "units_left", "unrecorded_hours") VALUES (NEW."citation", NEW."close_days", NEW."days_left", NEW."effective_from", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."program_id", NEW."public_id", NEW."recertification_days", NEW."review_days", NEW."units_left", NEW."unrecorded_hours"); RETURN NULL;',
                    hash="050d0ef1a0b04a8aa7ec6cb697278c4ee54134b5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fbe7f",
                    table="programs_alertrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alertrule",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_alertruleevent" ("citation", "close_days", "days_left", "effective_from", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "recertification_days", "review_days", "units_left", "unrecorded_hours") VALUES (OLD."citation", OLD."close_days", OLD."days_left", OLD."effective_from", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."public_id", OLD."recertification_days", OLD."review_days", OLD."units_left", OLD."unrecorded_hours"); RETURN NULL;',
                    hash="359df3313e372c2a6cce29853e49777a7ed6abe1",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e79ce",
                    table="programs_alertrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alertruleevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c86ff8d061eeb3190e91f3da93543a4385144fc5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f697e",
                    table="programs_alertruleevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
    operations = together(operations)
