"""Certificates of completion."""

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
        ("hours", "0003_alerts_closes_digests"),
        ("programs", "0008_purposes_of_consent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Certificate",
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
                ("completed_on", models.DateField(verbose_name="completed")),
                (
                    "open_criteria",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("core", "Core lessons"),
                                ("topics", "Topics that a jurisdiction demands"),
                                ("weeks", "Weeks in the program"),
                                ("hours", "Hours attended"),
                                ("weeks_met", "Weeks whose hours were met"),
                                ("plan", "Relapse prevention plan"),
                                ("homework", "Homework"),
                            ],
                            max_length=9,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "reason",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="why it is given all the same"
                    ),
                ),
                ("issued_at", models.DateTimeField()),
                (
                    "enrollment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate",
                        to="programs.enrollment",
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "open_criteria__contained_by",
                                [
                                    "core",
                                    "topics",
                                    "weeks",
                                    "hours",
                                    "weeks_met",
                                    "plan",
                                    "homework",
                                ],
                            )
                        ),
                        name="certificate_criteria_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("open_criteria", []),
                            programs.models.consent.IsFilled(models.F("reason")),
                            _connector="OR",
                        ),
                        name="certificate_says_why",
                        violation_error_message="While a criterion is open, say why the certificate is given all the same.",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificate",
            trigger=pgtrigger.compiler.Trigger(
                name="certificate_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9699a5a06a6c343774cf5a8421a2c05f75bd5056",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_certificate_stays_24d22",
                    table="hours_certificate",
                    when="BEFORE",
                ),
            ),
        ),
    ]
    operations = together(operations)
