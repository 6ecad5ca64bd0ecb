"""What staff are licensed as, and until when."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.models.public_id


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="License",
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
                ("credential", models.CharField(max_length=40, verbose_name="credential")),
                (
                    "number",
                    models.CharField(blank=True, max_length=40, verbose_name="license number"),
                ),
                ("first_on", models.DateField(blank=True, null=True, verbose_name="valid from")),
                (
                    "expires_on",
                    models.DateField(blank=True, null=True, verbose_name="last day valid"),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="licenses",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["credential", "expires_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_on", None),
                            ("expires_on", None),
                            ("expires_on__gte", models.F("first_on")),
                            _connector="OR",
                        ),
                        name="license_expires_after_start",
                        violation_error_message="A license expires on or after its first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credential", ""), _negated=True),
                        name="license_names_its_credential",
                        violation_error_message="Say which credential the license is for.",
                    ),
                ],
            },
        ),
    ]
