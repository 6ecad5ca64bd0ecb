"""Notices to staff, of what waits for them."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.models.public_id


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("programs", "0006_record_rules"),
        ("reminders", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="StaffNotice",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("safety", "A safety answer"),
                            ("record", "Attendance not recorded"),
                            ("sign", "Attendance not signed"),
                            ("notes", "Notes overdue"),
                            ("cosign", "A co-signature waits"),
                            ("outreach", "Somebody to get in touch with"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("about", models.UUIDField()),
                ("due_at", models.DateTimeField(verbose_name="due")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("claimed", "Being sent"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="planned",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                (
                    "failure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("address_refused", "The address was refused"),
                            ("message_refused", "The mail server refused the message"),
                            ("too_late", "It could not go out in time"),
                        ],
                        max_length=15,
                        verbose_name="why it failed",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.program",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "planned")),
                        fields=["due_at"],
                        name="staff_notice_still_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "kind", "about"),
                        name="staff_notice_once",
                        violation_error_message="This person is told of it already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["safety", "record", "sign", "notes", "cosign", "outreach"],
                            )
                        ),
                        name="staff_notice_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["planned", "claimed", "sent", "failed", "withdrawn"])
                        ),
                        name="staff_notice_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("failure__in", ["", "address_refused", "message_refused", "too_late"])
                        ),
                        name="staff_notice_failure_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("failure", ""),
                                ("status", "planned"),
                                ("claimed_at", None),
                                ("sent_at", None),
                            ),
                            models.Q(
                                ("claimed_at__isnull", False),
                                ("failure", ""),
                                ("sent_at", None),
                                ("status", "claimed"),
                            ),
                            models.Q(
                                ("claimed_at__isnull", False),
                                ("failure", ""),
                                ("sent_at__isnull", False),
                                ("status", "sent"),
                            ),
                            models.Q(
                                ("sent_at", None),
                                ("status", "failed"),
                                models.Q(("failure", ""), _negated=True),
                            ),
                            models.Q(
                                ("failure", ""),
                                ("status", "withdrawn"),
                                ("claimed_at", None),
                                ("sent_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="staff_notice_tells_one_story",
                        violation_error_message="A sent notice has the moment it was sent, a failed one has a reason, and one that is planned or withdrawn has neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at", None),
                            ("sent_at__gte", models.F("claimed_at")),
                            _connector="OR",
                        ),
                        name="staff_notice_sent_after_claimed",
                        violation_error_message="A notice is sent after it was claimed.",
                    ),
                ],
            },
        ),
    ]
