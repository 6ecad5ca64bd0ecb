"""A membership that never began ends the day before its first day."""

import django.contrib.postgres.constraints
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import programs.models.spans
from accounts.together import together

# The last dates are inside, hence the day after; of what never began that is the first day, and
# the range is empty.
FORWARD = """
CREATE OR REPLACE FUNCTION groups_enrollment_holds_memberships() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM groups_groupmembership m
          JOIN programs_enrollment e ON e.id = m.enrollment_id
         WHERE e.id = NEW.id
           AND NOT daterange(m.first_on, m.last_on + 1)
                   <@ daterange(e.admitted_on, e.discharged_on + 1)
    ) THEN
        RAISE EXCEPTION 'A membership lies inside its enrollment.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_inside_enrollment';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0008_the_calendar_is_planned_here"),
        ("programs", "0005_episodes_of_care"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
        pgtrigger.migrations.RemoveTrigger(
            model_name="groupmembership",
            name="membership_inside_enrollment",
        ),
        migrations.RemoveConstraint(
            model_name="groupmembership",
            name="membership_ends_after_start",
        ),
        migrations.RemoveConstraint(
            model_name="groupmembership",
            name="membership_one_at_a_time",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupmembership",
            trigger=pgtrigger.compiler.Trigger(
                name="membership_inside_enrollment",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM programs_enrollment e WHERE e.id = NEW.enrollment_id\n                           AND daterange(least(NEW.first_on, NEW.last_on + 1), NEW.last_on + 1)\n                            <@ daterange(e.admitted_on, e.discharged_on + 1)\n                           FOR SHARE\n                    ) THEN\n                        RAISE EXCEPTION 'A membership lies inside its enrollment.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'membership_inside_enrollment';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="aaf78788cfc989b031d9b2cd161e90e88d08f642",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_membership_inside_enrollment_0fec8",
                    table="groups_groupmembership",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmembership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_on", None),
                    ("last_on__gte", programs.models.spans.DayBefore(models.F("first_on"))),
                    _connector="OR",
                ),
                name="membership_ends_after_start",
                violation_error_message="A membership ends on or after its first day.",
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
                            django.db.models.functions.comparison.Least(
                                models.F("first_on"), programs.models.spans.DayAfter("last_on")
                            ),
                            programs.models.spans.DayAfter("last_on"),
                        ),
                        "&&",
                    ),
                ],
                name="membership_one_at_a_time",
                violation_error_message="The participant is in this group during these dates already.",
            ),
        ),
    ]
    operations = together(operations)
