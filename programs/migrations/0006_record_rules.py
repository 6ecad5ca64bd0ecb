"""When somebody is late, when notes are due, whose are co-signed."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import accounts.models.public_id


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("programs", "0005_episodes_of_care"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecordRule",
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
                    "grace_minutes",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="The same at the end: who leaves earlier than that has left early.",
                        verbose_name="minutes before somebody is late",
                    ),
                ),
                (
                    "notes_due_hours",
                    models.PositiveSmallIntegerField(
                        default=24, verbose_name="hours until notes are due"
                    ),
                ),
                (
                    "outreach_due_hours",
                    models.PositiveSmallIntegerField(
                        default=24, verbose_name="hours until somebody missed is called"
                    ),
                ),
                (
                    "cosigned_credentials",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="credentials whose notes are co-signed",
                    ),
                ),
                ("citation", models.CharField(blank=True, max_length=300, verbose_name="citation")),
                (
                    "cosigned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who co-signs",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="record_rules",
                        to="programs.program",
                    ),
                ),
            ],
            options={
                "ordering": ["program", "effective_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("program", "effective_from"),
                        name="record_rule_once_per_date",
                        violation_error_message="There is a record rule from that date already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grace_minutes__lte", 60)),
                        name="record_rule_grace_is_minutes",
                        violation_error_message="Somebody is late after an hour at the latest.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("notes_due_hours__range", (1, 168)),
                            ("outreach_due_hours__range", (1, 168)),
                        ),
                        name="record_rule_due_within_a_week",
                        violation_error_message="Between one hour and a week (168 hours).",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordRuleEvent",
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
                    "grace_minutes",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="The same at the end: who leaves earlier than that has left early.",
                        verbose_name="minutes before somebody is late",
                    ),
                ),
                (
                    "notes_due_hours",
                    models.PositiveSmallIntegerField(
                        default=24, verbose_name="hours until notes are due"
                    ),
                ),
                (
                    "outreach_due_hours",
                    models.PositiveSmallIntegerField(
                        default=24, verbose_name="hours until somebody missed is called"
                    ),
                ),
                (
                    "cosigned_credentials",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="credentials whose notes are co-signed",
                    ),
                ),
                ("citation", models.CharField(blank=True, max_length=300, verbose_name="citation")),
                (
                    "cosigned_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who co-signs",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="programs.recordrule",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programs.program",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordrule",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_recordruleevent" ("citation", "cosigned_by_id", "cosigned_credentials", "effective_from", "grace_minutes", "id", "notes_due_hours", "outreach_due_hours", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id") VALUES (NEW."citation", NEW."cosigned_by_id", NEW."cosigned_credentials", NEW."effective_from", NEW."grace_minutes", NEW."id", NEW."notes_due_hours", NEW."outreach_due_hours", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."public_id"); RETURN NULL;',
                    hash="65793ef6d73e32bcbb40dfdecc119ad8c2f66c29",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6d3a7",
                    table="programs_recordrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordrule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_recordruleevent" ("citation", "cosigned_by_id", "cosigned_credentials", "effective_from", "grace_minutes", "id", "notes_due_hours", "outreach_due_hours", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id") VALUES (NEW."citation", NEW."cosigned_by_id", NEW."cosigned_credentials", NEW."effective_from", NEW."grace_minutes", NEW."id", NEW."notes_due_hours", NEW."outreach_due_hours", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."program_id", NEW."public_id"); RETURN NULL;',
                    hash="a2518b62336272c0f8fa7097ef2bf4610d55048d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cb1fd",
                    table="programs_recordrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordrule",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_recordruleevent" ("citation", "cosigned_by_id", "cosigned_credentials", "effective_from", "grace_minutes", "id", "notes_due_hours", "outreach_due_hours", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id") VALUES (OLD."citation", OLD."cosigned_by_id", OLD."cosigned_credentials", OLD."effective_from", OLD."grace_minutes", OLD."id", OLD."notes_due_hours", OLD."outreach_due_hours", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."public_id"); RETURN NULL;',
                    hash="a1baf2e967a5a1865eaa8304a55ef54984290365",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5bc90",
                    table="programs_recordrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordruleevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="83f0c5d6402e1c17bf98189f65e2d65db1d11b67",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_fe329",
                    table="programs_recordruleevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
