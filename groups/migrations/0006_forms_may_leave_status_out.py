"""A form about a session may leave its status out: Django then skips this constraint whole."""

import django.contrib.postgres.constraints
import django.db.models.functions.comparison
from django.db import migrations, models

import groups.models.session


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0005_history_repeats_public_ids"),
        ("programs", "0003_history_repeats_public_ids"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="groupsession",
            name="session_room_once",
        ),
        migrations.AddConstraint(
            model_name="groupsession",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("room", "="),
                    (
                        models.Case(
                            models.When(
                                status="scheduled",
                                then=groups.models.session.TimeSpan(
                                    "starts_at",
                                    django.db.models.functions.comparison.Greatest(
                                        "starts_at", "ends_at"
                                    ),
                                ),
                            )
                        ),
                        "&&",
                    ),
                ],
                name="session_room_once",
                violation_error_message="The room is taken at this time.",
            ),
        ),
    ]
