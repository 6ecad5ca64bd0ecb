"""A row that ends before it starts is refused by its own CHECK, in that check's words."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.functions.comparison
from django.db import migrations

import programs.models.spans


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0001_first"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="enrollment",
            name="enrollment_one_at_a_time",
        ),
        migrations.RemoveConstraint(
            model_name="leave",
            name="leave_one_at_a_time",
        ),
        migrations.AddConstraint(
            model_name="enrollment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("participant", "="),
                    (
                        programs.models.spans.DateSpan(
                            django.db.models.functions.comparison.Least(
                                "admitted_on", "discharged_on"
                            ),
                            "discharged_on",
                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                inclusive_lower=True, inclusive_upper=True
                            ),
                        ),
                        "&&",
                    ),
                ],
                name="enrollment_one_at_a_time",
                violation_error_message="This participant is enrolled during these dates already. A transfer starts the day after the last day of the episode before.",
            ),
        ),
        migrations.AddConstraint(
            model_name="leave",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("participant", "="),
                    (
                        programs.models.spans.DateSpan(
                            django.db.models.functions.comparison.Least("first_on", "last_on"),
                            "last_on",
                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                inclusive_lower=True, inclusive_upper=True
                            ),
                        ),
                        "&&",
                    ),
                ],
                name="leave_one_at_a_time",
                violation_error_message="This participant is on leave during these dates already.",
            ),
        ),
    ]
