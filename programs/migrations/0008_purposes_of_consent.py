"""Two more purposes of consent: the week ahead, and naming the clinic; people by their phone."""

from django.conf import settings
from django.db import migrations, models

from accounts.together import together


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0007_alert_rules_and_verified_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="contactconsent",
            name="contact_consent_purpose_known",
        ),
        migrations.AlterField(
            model_name="contactconsent",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("reminders", "Session reminders and changes"),
                    ("outreach", "Word after a missed session"),
                    ("follow_up", "Word after discharge"),
                    ("weekly", "A schedule of the week ahead"),
                    ("named", "Messages may name the clinic"),
                ],
                default="reminders",
                max_length=10,
                verbose_name="purpose",
            ),
        ),
        migrations.AlterField(
            model_name="contactconsentevent",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("reminders", "Session reminders and changes"),
                    ("outreach", "Word after a missed session"),
                    ("follow_up", "Word after discharge"),
                    ("weekly", "A schedule of the week ahead"),
                    ("named", "Messages may name the clinic"),
                ],
                default="reminders",
                max_length=10,
                verbose_name="purpose",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("purpose__in", ["reminders", "outreach", "follow_up", "weekly", "named"])
                ),
                name="contact_consent_purpose_known",
            ),
        ),
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(
                condition=models.Q(("phone", ""), _negated=True),
                fields=["phone"],
                name="participant_phone",
            ),
        ),
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(
                condition=models.Q(("other_phone", ""), _negated=True),
                fields=["other_phone"],
                name="participant_other_phone",
            ),
        ),
    ]
    operations = together(operations)
