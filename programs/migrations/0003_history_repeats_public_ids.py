"""A public id recurs in row history: it is unique among the rows, not among their versions."""

import uuid

from django.db import migrations

import accounts.models.public_id


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0002_backward_spans_reach_their_check"),
    ]

    operations = [
        migrations.AlterField(
            model_name="closureevent",
            name="public_id",
            field=accounts.models.public_id.PublicIdField(
                default=uuid.uuid4, editable=False, unique=False
            ),
        ),
        migrations.AlterField(
            model_name="contactconsentevent",
            name="public_id",
            field=accounts.models.public_id.PublicIdField(
                default=uuid.uuid4, editable=False, unique=False
            ),
        ),
        migrations.AlterField(
            model_name="enrollmentevent",
            name="public_id",
            field=accounts.models.public_id.PublicIdField(
                default=uuid.uuid4, editable=False, unique=False
            ),
        ),
        migrations.AlterField(
            model_name="hoursruleevent",
            name="public_id",
            field=accounts.models.public_id.PublicIdField(
                default=uuid.uuid4, editable=False, unique=False
            ),
        ),
        migrations.AlterField(
            model_name="leaveevent",
            name="public_id",
            field=accounts.models.public_id.PublicIdField(
                default=uuid.uuid4, editable=False, unique=False
            ),
        ),
        migrations.AlterField(
            model_name="orderevent",
            name="public_id",
            field=accounts.models.public_id.PublicIdField(
                default=uuid.uuid4, editable=False, unique=False
            ),
        ),
        migrations.AlterField(
            model_name="participantevent",
            name="public_id",
            field=accounts.models.public_id.PublicIdField(
                default=uuid.uuid4, editable=False, unique=False
            ),
        ),
    ]
