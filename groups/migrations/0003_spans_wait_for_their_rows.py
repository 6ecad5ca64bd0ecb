"""Spans and memberships are checked against rows that nobody is changing in the same moment."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0002_memberships_hold_enrollments"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="facilitation",
            name="take_session_span",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="groupmembership",
            name="membership_inside_enrollment",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="facilitation",
            trigger=pgtrigger.compiler.Trigger(
                name="take_session_span",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    SELECT CASE WHEN s.status = 'scheduled' AND NOT NEW.is_former\n                                THEN tstzrange(s.starts_at, s.ends_at) ELSE 'empty' END\n                      INTO NEW.span FROM groups_groupsession s WHERE s.id = NEW.session_id\n                       FOR SHARE;\n                    RETURN NEW;\n                ",
                    hash="55d4ac390b8c4c34eb4d9b76647f011373cc804e",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_take_session_span_20fe2",
                    table="groups_facilitation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupmembership",
            trigger=pgtrigger.compiler.Trigger(
                name="membership_inside_enrollment",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM programs_enrollment e WHERE e.id = NEW.enrollment_id\n                           AND daterange(NEW.first_on, NEW.last_on, '[]')\n                            <@ daterange(e.admitted_on, e.discharged_on, '[]')\n                           FOR SHARE\n                    ) THEN\n                        RAISE EXCEPTION 'A membership lies inside its enrollment.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'membership_inside_enrollment';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="6818294f67cde361b6c464afa498d5055149d16b",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_membership_inside_enrollment_0fec8",
                    table="groups_groupmembership",
                    when="BEFORE",
                ),
            ),
        ),
    ]
