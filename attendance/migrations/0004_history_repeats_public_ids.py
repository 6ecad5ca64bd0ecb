"""A public id recurs in row history: it is unique among the rows, not among their versions."""

import uuid

from django.db import migrations

import accounts.models.public_id


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0003_signed_rows_stay_put"),
    ]

    operations = [
        migrations.AlterField(
            model_name="attendancerecordevent",
            name="public_id",
            field=accounts.models.public_id.PublicIdField(
                default=uuid.uuid4, editable=False, unique=False
            ),
        ),
        migrations.AlterField(
            model_name="signoffevent",
            name="public_id",
            field=accounts.models.public_id.PublicIdField(
                default=uuid.uuid4, editable=False, unique=False
            ),
        ),
    ]
