"""Alerts with an owner and a snooze; weeks concluded for good; who wants a digest, and when."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import accounts.encryption
import accounts.models.public_id
import programs.models.consent
from accounts.together import together


class Migration(migrations.Migration):
    dependencies = [
        ("hours", "0002_alerts_of_care"),
        ("programs", "0007_alert_rules_and_verified_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Conclusion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tag",
                    models.CharField(
                        choices=[
                            ("admit_partial", "admit_partial"),
                            ("discharge_partial", "discharge_partial"),
                            ("leave", "leave"),
                            ("closure", "closure"),
                            ("full", "full"),
                        ],
                        max_length=17,
                    ),
                ),
                ("required", models.PositiveIntegerField()),
                ("offered", models.PositiveIntegerField()),
                ("attended", models.PositiveIntegerField()),
                ("unrecorded", models.PositiveIntegerField()),
                ("qualifying_days", models.PositiveSmallIntegerField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("exempt", "exempt"),
                            ("met", "met"),
                            ("pending", "pending"),
                            ("not_met", "not_met"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "flags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("days_short", "days_short"),
                                ("over_maximum", "over_maximum"),
                                ("tight", "tight"),
                                ("unrecorded", "unrecorded"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("lines", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="Digest",
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
                        default=2,
                        null=True,
                        verbose_name="weekday",
                    ),
                ),
                (
                    "is_at_close",
                    models.BooleanField(default=True, verbose_name="when a week is closed"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WeekClose",
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
                ("week_on", models.DateField(verbose_name="week of")),
                ("closed_at", models.DateTimeField(verbose_name="closed")),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="alert",
            name="weekly_hours_alert_once",
        ),
        migrations.RemoveConstraint(
            model_name="alert",
            name="weekly_hours_alert_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="alert",
            name="weekly_hours_alert_times_in_order",
        ),
        migrations.AddField(
            model_name="alert",
            name="days",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="days in a row"
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="due_on",
            field=models.DateField(blank=True, null=True, verbose_name="date it is about"),
        ),
        migrations.AddField(
            model_name="alert",
            name="snooze_ends_on",
            field=models.DateField(blank=True, null=True, verbose_name="snoozed until"),
        ),
        migrations.AddField(
            model_name="alert",
            name="snooze_reason",
            field=accounts.encryption.EncryptedTextField(
                blank=True, verbose_name="why it can wait"
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="snoozed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="units_left",
            field=models.IntegerField(blank=True, null=True, verbose_name="units left"),
        ),
        migrations.AddField(
            model_name="alert",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="alerts",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="alert",
            name="kind",
            field=models.CharField(
                choices=[
                    ("recoverable", "Recoverable: a make-up seat saves the week"),
                    ("unreachable", "Unreachable: the week cannot be met"),
                    ("not_met", "Not met: the week is over"),
                    ("pending", "Pending: recording is late"),
                    ("days_short", "Too few days can still qualify"),
                    ("over_maximum", "More than the maximum was attended"),
                    ("gap", "Too many days in a row without attendance"),
                    ("unrecorded", "A session has had no record for too long"),
                    ("units_low", "The authorization is nearly used up"),
                    ("expiring", "The authorization ends soon"),
                    ("review_due", "A utilization review is due"),
                    ("recertification", "Recertification is due"),
                ],
                max_length=15,
                verbose_name="kind",
            ),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(
                condition=models.Q(("resolved_at", None)),
                fields=["enrollment", "week_on"],
                name="alert_still_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                fields=("enrollment", "week_on", "kind"),
                name="alert_once",
                violation_error_message="This alert exists already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "recoverable",
                            "unreachable",
                            "not_met",
                            "pending",
                            "days_short",
                            "over_maximum",
                            "gap",
                            "unrecorded",
                            "units_low",
                            "expiring",
                            "review_due",
                            "recertification",
                        ],
                    )
                ),
                name="alert_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("updated_at__gte", models.F("opened_at")),
                    models.Q(
                        ("resolved_at", None),
                        ("resolved_at__gte", models.F("opened_at")),
                        _connector="OR",
                    ),
                ),
                name="alert_times_in_order",
                violation_error_message="An alert is updated and resolved after it opens.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("snooze_ends_on__isnull", True),
                        ("snoozed_by__isnull", True),
                        models.Q(
                            programs.models.consent.IsFilled(models.F("snooze_reason")),
                            _negated=True,
                        ),
                    ),
                    models.Q(
                        ("snooze_ends_on__isnull", False),
                        ("snoozed_by__isnull", False),
                        programs.models.consent.IsFilled(models.F("snooze_reason")),
                    ),
                    _connector="OR",
                ),
                name="alert_snoozed_with_reason",
                violation_error_message="Say until when it can wait, and why.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ("units_low", "expiring", "review_due", "recertification")),
                        _negated=True,
                    ),
                    ("due_on__isnull", False),
                    _connector="OR",
                ),
                name="alert_of_care_has_its_date",
                violation_error_message="An alert about care names its date.",
            ),
        ),
        migrations.AddField(
            model_name="conclusion",
            name="enrollment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="conclusions",
                to="programs.enrollment",
            ),
        ),
        migrations.AddField(
            model_name="digest",
            name="program",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programs.program"
            ),
        ),
        migrations.AddField(
            model_name="digest",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="digests",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="weekclose",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="weekclose",
            name="program",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="week_closes",
                to="programs.program",
            ),
        ),
        migrations.AddField(
            model_name="weekclose",
            name="rule",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programs.hoursrule",
            ),
        ),
        migrations.AddField(
            model_name="conclusion",
            name="close",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="conclusions",
                to="hours.weekclose",
            ),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.UniqueConstraint(
                fields=("user", "program"),
                name="digest_once",
                violation_error_message="This person has chosen for this program already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("weekday__isnull", True),
                    ("weekday__in", [0, 1, 2, 3, 4, 5, 6]),
                    _connector="OR",
                ),
                name="digest_weekday_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="weekclose",
            constraint=models.UniqueConstraint(
                fields=("program", "week_on"),
                name="week_closes_once",
                violation_error_message="This week is closed already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weekclose",
            trigger=pgtrigger.compiler.Trigger(
                name="week_close_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="752e3191ac24f8ad5ab4d56e8e3fa37697d9f4bb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_week_close_stays_6ff62",
                    table="hours_weekclose",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="conclusion",
            constraint=models.UniqueConstraint(
                fields=("close", "enrollment"),
                name="conclusion_once",
                violation_error_message="This week is concluded already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="conclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tag__in", ["admit_partial", "discharge_partial", "leave", "closure", "full"])
                ),
                name="conclusion_tag_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="conclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict__in", ["exempt", "met", "pending", "not_met"])),
                name="conclusion_verdict_of_a_week_that_is_over",
                violation_error_message="A closed week is met, not met, pending or exempt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="conclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("flags__contained_by", ["days_short", "over_maximum", "tight", "unrecorded"])
                ),
                name="conclusion_flags_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="conclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "met"), _negated=True),
                    ("attended__gte", models.F("required")),
                    _connector="OR",
                ),
                name="conclusion_met_has_its_minutes",
                violation_error_message="A week is met by the minutes it requires.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="conclusion",
            trigger=pgtrigger.compiler.Trigger(
                name="conclusion_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7bc64bdc7eb3d444c3f3455eb892f85aa98b96dc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_conclusion_stays_d9948",
                    table="hours_conclusion",
                    when="BEFORE",
                ),
            ),
        ),
    ]
    operations = together(operations)
