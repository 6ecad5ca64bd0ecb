"""Constraints say in words what they refuse."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("curriculum", "0001_first"),
        ("groups", "0006_forms_may_leave_status_out"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterConstraint(
            model_name="facilitation",
            name="facilitation_once",
            constraint=models.UniqueConstraint(
                fields=("session", "user"),
                name="facilitation_once",
                violation_error_message="This person leads the session already.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="patternfacilitator",
            name="pattern_facilitator_once",
            constraint=models.UniqueConstraint(
                fields=("pattern", "user"),
                name="pattern_facilitator_once",
                violation_error_message="This person leads the slot already.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="sessionlesson",
            name="session_lesson_once",
            constraint=models.UniqueConstraint(
                fields=("session", "lesson"),
                name="session_lesson_once",
                violation_error_message="The session teaches this lesson already.",
            ),
        ),
    ]
