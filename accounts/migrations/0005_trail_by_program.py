"""The trail's lines of one program, the latest first, without reading the month."""

from django.conf import settings
from django.db import migrations, models

SERVES = (
    "Lines wait for their index for the seconds that a month's lines take; pages wait with them."
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_sealed_trail"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["program_id", "at"], name="audit_by_program"),
        ),
    ]
