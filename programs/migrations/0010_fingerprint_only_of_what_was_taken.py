"""A fingerprint without a time is refused, which NULL had let through."""

from django.db import migrations, models

SERVES = "the version before has never written a disclosure"


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0009_emergencies_disclosures_retention"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="disclosure",
            name="disclosure_taken_with_fingerprint",
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sha256", ""), ("taken_at", None)),
                    models.Q(
                        ("taken_at__isnull", False),
                        ("taken_at__gte", models.F("stated_at")),
                        models.Q(("sha256", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="disclosure_taken_with_fingerprint",
                violation_error_message="A file that was taken has a time and a fingerprint.",
            ),
        ),
    ]
