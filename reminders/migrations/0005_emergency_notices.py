"""A notice that a record was opened in an emergency."""

from django.conf import settings
from django.db import migrations, models

from accounts.together import together

SERVES = "Both checks only allow one kind more, and notices are few: they are read in a moment."


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0009_emergencies_disclosures_retention"),
        ("reminders", "0004_reminders_in_earnest"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="noticechoice",
            name="notice_choice_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="staffnotice",
            name="staff_notice_kind_known",
        ),
        migrations.AlterField(
            model_name="noticechoice",
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
                    ("today", "Today's sessions"),
                    ("failures", "Reminders that did not go out"),
                    ("opened", "A record opened in an emergency"),
                ],
                max_length=8,
                verbose_name="kind",
            ),
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
                    ("today", "Today's sessions"),
                    ("failures", "Reminders that did not go out"),
                    ("opened", "A record opened in an emergency"),
                ],
                max_length=8,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticechoice",
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
                            "today",
                            "failures",
                            "opened",
                        ],
                    )
                ),
                name="notice_choice_kind_known",
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
                            "today",
                            "failures",
                            "opened",
                        ],
                    )
                ),
                name="staff_notice_kind_known",
            ),
        ),
    ]

    operations = together(operations)
