"""What a person's own pages ask: a language, a PIN that unlocks them, and a second factor."""

from django.db import migrations, models

from accounts.together import together

# Only an invitation adds a user: one that the old version writes in this minute is refused, whole.
SERVES = (
    "Nobody is added while the release is rolled out; nothing the old version changes is refused."
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_licenses"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="factor_asked_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(
                choices=[("auto", "As the device"), ("en", "English"), ("es", "Spanish")],
                default="auto",
                max_length=4,
                verbose_name="language",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="pin",
            field=models.CharField(blank=True, default="", editable=False, max_length=128),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["auto", "en", "es"])),
                name="user_language_known",
            ),
        ),
    ]

    operations = together(operations)
