"""A public id recurs in row history: it is unique among the rows, not among their versions."""

import uuid

from django.db import migrations

import accounts.models.public_id


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0004_backward_spans_reach_their_check"),
    ]

    operations = [
        migrations.AlterField(
            model_name="groupmembershipevent",
            name="public_id",
            field=accounts.models.public_id.PublicIdField(
                default=uuid.uuid4, editable=False, unique=False
            ),
        ),
        migrations.AlterField(
            model_name="groupsessionevent",
            name="public_id",
            field=accounts.models.public_id.PublicIdField(
                default=uuid.uuid4, editable=False, unique=False
            ),
        ),
        migrations.AlterField(
            model_name="makeupseatevent",
            name="public_id",
            field=accounts.models.public_id.PublicIdField(
                default=uuid.uuid4, editable=False, unique=False
            ),
        ),
        migrations.AlterField(
            model_name="meetingpatternevent",
            name="public_id",
            field=accounts.models.public_id.PublicIdField(
                default=uuid.uuid4, editable=False, unique=False
            ),
        ),
        migrations.AlterField(
            model_name="therapygroupevent",
            name="public_id",
            field=accounts.models.public_id.PublicIdField(
                default=uuid.uuid4, editable=False, unique=False
            ),
        ),
    ]
