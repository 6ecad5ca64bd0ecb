"""An enrollment cannot shrink past its memberships: discharge ends them in the same transaction."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION groups_enrollment_holds_memberships() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM groups_groupmembership m
          JOIN programs_enrollment e ON e.id = m.enrollment_id
         WHERE e.id = NEW.id
           AND NOT daterange(m.first_on, m.last_on, '[]')
                   <@ daterange(e.admitted_on, e.discharged_on, '[]')
    ) THEN
        RAISE EXCEPTION 'A membership lies inside its enrollment.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_inside_enrollment';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER groups_enrollment_holds_memberships
    AFTER UPDATE OF admitted_on, discharged_on ON programs_enrollment
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION groups_enrollment_holds_memberships();
"""
BACKWARD = """
DROP TRIGGER groups_enrollment_holds_memberships ON programs_enrollment;
DROP FUNCTION groups_enrollment_holds_memberships();
"""


class Migration(migrations.Migration):
    dependencies = [("groups", "0001_first"), ("programs", "0001_first")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
