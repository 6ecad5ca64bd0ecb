"""A session that moves takes its stretches along, and a signed session does not move."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION attendance_session_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM attendance_signoff WHERE session_id = NEW.id) THEN
        RAISE EXCEPTION 'This session is signed: change it by an amendment.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signed_session_stays';
    END IF;
    UPDATE attendance_presence SET arrived_at = arrived_at WHERE session_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER attendance_session_moved
    AFTER UPDATE OF starts_at, ends_at, breaks, status, held_on ON groups_groupsession
    FOR EACH ROW
    WHEN ((OLD.starts_at, OLD.ends_at, OLD.breaks, OLD.status, OLD.held_on)
          IS DISTINCT FROM (NEW.starts_at, NEW.ends_at, NEW.breaks, NEW.status, NEW.held_on))
    EXECUTE FUNCTION attendance_session_moved();
"""
BACKWARD = """
DROP TRIGGER attendance_session_moved ON groups_groupsession;
DROP FUNCTION attendance_session_moved();
"""


class Migration(migrations.Migration):
    dependencies = [("attendance", "0001_first"), ("groups", "0001_first")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
