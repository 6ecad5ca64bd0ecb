"""A row that ends before it starts is refused by its own CHECK, in that check's words."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import groups.models.session
import programs.models.spans
from accounts.together import together


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0003_spans_wait_for_their_rows"),
        ("programs", "0002_backward_spans_reach_their_check"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="groupmembership",
            name="membership_inside_enrollment",
        ),
        migrations.RemoveConstraint(
            model_name="groupmembership",
            name="membership_one_at_a_time",
        ),
        migrations.RemoveConstraint(
            model_name="groupsession",
            name="session_breaks_inside",
        ),
        migrations.RemoveConstraint(
            model_name="groupsession",
            name="session_room_once",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupmembership",
            trigger=pgtrigger.compiler.Trigger(
                name="membership_inside_enrollment",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM programs_enrollment e WHERE e.id = NEW.enrollment_id\n                           AND daterange(least(NEW.first_on, NEW.last_on), NEW.last_on, '[]')\n                            <@ daterange(e.admitted_on, e.discharged_on, '[]')\n                           FOR SHARE\n                    ) THEN\n                        RAISE EXCEPTION 'A membership lies inside its enrollment.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'membership_inside_enrollment';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="83234036c0730cd6a34acfdeced9a49ef1386328",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_membership_inside_enrollment_0fec8",
                    table="groups_groupmembership",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmembership",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("group", "="),
                    ("enrollment", "="),
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
                name="membership_one_at_a_time",
                violation_error_message="The participant is in this group during these dates already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupsession",
            constraint=models.CheckConstraint(
                condition=groups.models.session.SpansWithin(
                    models.F("breaks"),
                    groups.models.session.TimeSpan(
                        "starts_at",
                        django.db.models.functions.comparison.Greatest("starts_at", "ends_at"),
                    ),
                ),
                name="session_breaks_inside",
                violation_error_message="Breaks lie inside the session.",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupsession",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("status", "scheduled")),
                expressions=[
                    ("room", "="),
                    (
                        groups.models.session.TimeSpan(
                            "starts_at",
                            django.db.models.functions.comparison.Greatest("starts_at", "ends_at"),
                        ),
                        "&&",
                    ),
                ],
                name="session_room_once",
                violation_error_message="The room is taken at this time.",
            ),
        ),
    ]
    operations = together(operations)
