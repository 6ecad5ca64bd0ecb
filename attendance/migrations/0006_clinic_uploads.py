"""A clinic folder sent from the browser."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.encryption
import accounts.models.public_id


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0005_substitutes_say_why"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClinicUpload",
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
                ("uploaded_at", models.DateTimeField()),
                ("stored_name", models.CharField(editable=False, max_length=40, unique=True)),
                ("size_bytes", models.PositiveIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be checked"),
                            ("checking", "Being checked"),
                            ("wrong", "Cannot be imported"),
                            ("ready", "Ready to be imported"),
                            ("to_apply", "Waiting to be imported"),
                            ("applying", "Being imported"),
                            ("applied", "Imported"),
                            ("dropped", "Dropped"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("step", models.PositiveSmallIntegerField(default=0)),
                ("steps", models.PositiveSmallIntegerField(default=0)),
                ("counts", models.JSONField(blank=True, default=dict)),
                ("problems", accounts.encryption.EncryptedTextField(blank=True)),
                ("problem_count", models.PositiveIntegerField(default=0)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-uploaded_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "waiting",
                                    "checking",
                                    "wrong",
                                    "ready",
                                    "to_apply",
                                    "applying",
                                    "applied",
                                    "dropped",
                                ],
                            )
                        ),
                        name="clinic_upload_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("step__lte", models.F("steps"))),
                        name="clinic_upload_step_within_steps",
                        violation_error_message="No more is done than there is to do.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("problem_count", 0),
                            models.Q(
                                ("status__in", ["ready", "to_apply", "applied"]), _negated=True
                            ),
                            _connector="OR",
                        ),
                        name="clinic_upload_wrong_is_not_applied",
                        violation_error_message="What has mistakes in it is not imported.",
                    ),
                ],
            },
        ),
    ]
