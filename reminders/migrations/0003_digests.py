"""Notices that carry the week in numbers."""

from django.conf import settings
from django.db import migrations, models

from accounts.together import together


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0007_alert_rules_and_verified_rules"),
        ("reminders", "0002_staff_notices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="staffnotice",
            name="staff_notice_kind_known",
        ),
        migrations.AddField(
            model_name="staffnotice",
            name="counts",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="staffnotice",
            name="week_on",
            field=models.DateField(blank=True, null=True, verbose_name="week of"),
        ),
        migrations.AlterField(
            model_name="staffnotice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("safety", "A safety answer"),
                    ("record", "Attendance not recorded"),
                    ("sign", "Attendance not signed"),
                    ("notes", "Notes overdue"),
                    ("cosign", "A co-signature waits"),
                    ("outreach", "Somebody to get in touch with"),
                    ("digest", "The week in numbers"),
                    ("closed", "A week was closed"),
                    ("alert", "An alert was given to them"),
                ],
                max_length=8,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "safety",
                            "record",
                            "sign",
                            "notes",
                            "cosign",
                            "outreach",
                            "digest",
                            "closed",
                            "alert",
                        ],
                    )
                ),
                name="staff_notice_kind_known",
            ),
        ),
    ]
    operations = together(operations)
