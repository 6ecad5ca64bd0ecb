"""What a calendar should keep to; when staff can lead; closures that are taken back."""

import uuid

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import accounts.models.public_id
import programs.models.clinic
from accounts.together import together


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0003_history_repeats_public_ids"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Availability",
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
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        verbose_name="weekday",
                    ),
                ),
                ("starts", models.TimeField(verbose_name="from")),
                ("ends", models.TimeField(verbose_name="until")),
                ("first_on", models.DateField(verbose_name="first day")),
                ("last_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "ordering": ["weekday", "starts"],
            },
        ),
        migrations.CreateModel(
            name="RequiredCredential",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("process", "Process"),
                            ("skills", "Skills"),
                            ("psychoeducation", "Psychoeducation"),
                            ("relapse_prevention", "Relapse prevention"),
                            ("mindfulness", "Mindfulness"),
                            ("family", "Family"),
                            ("individual", "Individual"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("credential", models.CharField(max_length=40, verbose_name="credential")),
            ],
        ),
        migrations.CreateModel(
            name="ScheduleRule",
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
                    "min_days_per_week",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="days offered a week, at least"
                    ),
                ),
                (
                    "max_days_per_week",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="days offered a week, at most"
                    ),
                ),
                (
                    "min_minutes_per_day",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="minutes offered a day, at least"
                    ),
                ),
                (
                    "max_minutes_per_day",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="minutes offered a day, at most"
                    ),
                ),
                (
                    "max_gap_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="days from one offered day to the next, at most",
                    ),
                ),
                (
                    "max_per_facilitator",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="participants per facilitator, at most"
                    ),
                ),
                ("citation", models.CharField(blank=True, max_length=300, verbose_name="citation")),
            ],
            options={
                "ordering": ["program", "effective_from"],
            },
        ),
        migrations.CreateModel(
            name="ScheduleRuleEvent",
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
                    "min_days_per_week",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="days offered a week, at least"
                    ),
                ),
                (
                    "max_days_per_week",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="days offered a week, at most"
                    ),
                ),
                (
                    "min_minutes_per_day",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="minutes offered a day, at least"
                    ),
                ),
                (
                    "max_minutes_per_day",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="minutes offered a day, at most"
                    ),
                ),
                (
                    "max_gap_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="days from one offered day to the next, at most",
                    ),
                ),
                (
                    "max_per_facilitator",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="participants per facilitator, at most"
                    ),
                ),
                ("citation", models.CharField(blank=True, max_length=300, verbose_name="citation")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StaffLeave",
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
                ("first_on", models.DateField(verbose_name="first day")),
                ("last_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("reason", models.CharField(blank=True, max_length=120, verbose_name="reason")),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "ordering": ["first_on"],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="closure",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="closure",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="closure",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="closure",
            name="closure_once",
        ),
        migrations.AddField(
            model_name="closure",
            name="removed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="closure",
            name="removed_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="closureevent",
            name="removed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="closureevent",
            name="removed_by",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="room",
            name="turnover_minutes",
            field=models.PositiveSmallIntegerField(
                default=0, verbose_name="minutes between sessions"
            ),
        ),
        migrations.AddField(
            model_name="site",
            name="state",
            field=models.CharField(
                blank=True,
                max_length=2,
                validators=[programs.models.clinic.known_state],
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="site",
            name="timezone",
            field=models.CharField(
                max_length=60,
                validators=[programs.models.clinic.known_zone],
                verbose_name="time zone",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="closure",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_closureevent" ("first_on", "id", "last_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "reason", "removed_at", "removed_by_id", "site_id") VALUES (NEW."first_on", NEW."id", NEW."last_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."public_id", NEW."reason", NEW."removed_at", NEW."removed_by_id", NEW."site_id"); RETURN NULL;',
                    hash="3eb5f22081993277aa6cdaddaad0e6c46fc75599",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3c43e",
                    table="programs_closure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="closure",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_closureevent" ("first_on", "id", "last_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "reason", "removed_at", "removed_by_id", "site_id") VALUES (NEW."first_on", NEW."id", NEW."last_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."program_id", NEW."public_id", NEW."reason", NEW."removed_at", NEW."removed_by_id", NEW."site_id"); RETURN NULL;',
                    hash="61a336bcc31a49b66ddd8b2333bb68d460afd557",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f2b38",
                    table="programs_closure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="closure",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_closureevent" ("first_on", "id", "last_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "reason", "removed_at", "removed_by_id", "site_id") VALUES (OLD."first_on", OLD."id", OLD."last_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."public_id", OLD."reason", OLD."removed_at", OLD."removed_by_id", OLD."site_id"); RETURN NULL;',
                    hash="2f82eeb2f16602d2dd4c0bdca18d653b6f42dacb",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_eea06",
                    table="programs_closure",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="closure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at", None)),
                fields=("site", "program", "first_on"),
                name="closure_once",
                nulls_distinct=False,
                violation_error_message="A closure of these days is on record already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="closure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("removed_by", None), ("removed_at__isnull", False), _connector="OR"
                ),
                name="closure_removed_by_says_when",
                violation_error_message="Who removed a closure did so at a time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(("turnover_minutes__lte", 240)),
                name="room_turnover_within_hours",
                violation_error_message="At most 240 minutes between sessions.",
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=programs.models.clinic.IsKnownZone(models.F("timezone")),
                name="site_timezone_known",
                violation_error_message="This time zone does not exist.",
            ),
        ),
        migrations.AddField(
            model_name="availability",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="availability",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="schedulerule",
            name="program",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="schedule_rules",
                to="programs.program",
            ),
        ),
        migrations.AddField(
            model_name="requiredcredential",
            name="rule",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="credentials",
                to="programs.schedulerule",
            ),
        ),
        migrations.AddField(
            model_name="scheduleruleevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="programs.schedulerule",
            ),
        ),
        migrations.AddField(
            model_name="scheduleruleevent",
            name="program",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="programs.program",
            ),
        ),
        migrations.AddField(
            model_name="staffleave",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="leaves",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="availability",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekday__in", [0, 1, 2, 3, 4, 5, 6])),
                name="availability_weekday_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="availability",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gt", models.F("starts"))),
                name="availability_ends_after_start",
                violation_error_message="Availability ends after it starts, on the same day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="availability",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_on", None), ("last_on__gte", models.F("first_on")), _connector="OR"
                ),
                name="availability_last_after_first",
                violation_error_message="The last day is on or after the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedulerule",
            constraint=models.UniqueConstraint(
                fields=("program", "effective_from"),
                name="schedule_rule_once_per_date",
                violation_error_message="There is a schedule rule from that date already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedulerule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("min_days_per_week", None),
                        ("max_days_per_week", None),
                        ("max_days_per_week__gte", models.F("min_days_per_week")),
                        _connector="OR",
                    ),
                    models.Q(
                        ("min_days_per_week", None), ("min_days_per_week__lte", 7), _connector="OR"
                    ),
                    models.Q(
                        ("max_days_per_week", None), ("max_days_per_week__lte", 7), _connector="OR"
                    ),
                ),
                name="schedule_rule_days_in_order",
                violation_error_message="At least is not over at most, and a week has 7 days.",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedulerule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("min_minutes_per_day", None),
                    ("max_minutes_per_day", None),
                    ("max_minutes_per_day__gte", models.F("min_minutes_per_day")),
                    _connector="OR",
                ),
                name="schedule_rule_minutes_in_order",
                violation_error_message="At least is not over at most.",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedulerule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("max_gap_days", None), ("max_gap_days__gte", 1), _connector="OR"),
                    models.Q(
                        ("max_per_facilitator", None),
                        ("max_per_facilitator__gte", 1),
                        _connector="OR",
                    ),
                ),
                name="schedule_rule_limits_are_some",
                violation_error_message="A limit is at least 1; leave it blank for none.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schedulerule",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_scheduleruleevent" ("citation", "effective_from", "id", "max_days_per_week", "max_gap_days", "max_minutes_per_day", "max_per_facilitator", "min_days_per_week", "min_minutes_per_day", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id") VALUES (NEW."citation", NEW."effective_from", NEW."id", NEW."max_days_per_week", NEW."max_gap_days", NEW."max_minutes_per_day", NEW."max_per_facilitator", NEW."min_days_per_week", NEW."min_minutes_per_day", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."public_id"); RETURN NULL;',
                    hash="15565e1ddab3d7405baa2b245ac7244e33dee6bd",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d9338",
                    table="programs_schedulerule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schedulerule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_scheduleruleevent" ("citation", "effective_from", "id", "max_days_per_week", "max_gap_days", "max_minutes_per_day", "max_per_facilitator", "min_days_per_week", "min_minutes_per_day", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id") VALUES (NEW."citation", NEW."effective_from", NEW."id", NEW."max_days_per_week", NEW."max_gap_days", NEW."max_minutes_per_day", NEW."max_per_facilitator", NEW."min_days_per_week", NEW."min_minutes_per_day", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."program_id", NEW."public_id"); RETURN NULL;',
                    hash="a05b559da3e1490a00c0762fe2c69f9d8580f6e8",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bf8af",
                    table="programs_schedulerule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schedulerule",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_scheduleruleevent" ("citation", "effective_from", "id", "max_days_per_week", "max_gap_days", "max_minutes_per_day", "max_per_facilitator", "min_days_per_week", "min_minutes_per_day", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id") VALUES (OLD."citation", OLD."effective_from", OLD."id", OLD."max_days_per_week", OLD."max_gap_days", OLD."max_minutes_per_day", OLD."max_per_facilitator", OLD."min_days_per_week", OLD."min_minutes_per_day", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."public_id"); RETURN NULL;',
                    hash="5ce29d7df8693a097f71f5309bd779233217ddb6",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1e242",
                    table="programs_schedulerule",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="requiredcredential",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "process",
                            "skills",
                            "psychoeducation",
                            "relapse_prevention",
                            "mindfulness",
                            "family",
                            "individual",
                        ],
                    )
                ),
                name="required_credential_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="requiredcredential",
            constraint=models.UniqueConstraint(
                fields=("rule", "kind", "credential"),
                name="required_credential_once",
                violation_error_message="This credential is listed already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scheduleruleevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b242739a7bde23a5247454a62047f2026c7be14e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_18380",
                    table="programs_scheduleruleevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="staffleave",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_on", None), ("last_on__gte", models.F("first_on")), _connector="OR"
                ),
                name="staff_leave_ends_after_start",
                violation_error_message="A leave ends on or after its first day.",
            ),
        ),
    ]
    operations = together(operations)
