"""Signed rows stay in their session, also when two people act in the same moment."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from accounts.together import together

FORWARD = """
CREATE OR REPLACE TRIGGER attendance_session_moved
    AFTER UPDATE OF group_id, starts_at, ends_at, breaks, status, held_on ON groups_groupsession
    FOR EACH ROW
    WHEN ((OLD.group_id, OLD.starts_at, OLD.ends_at, OLD.breaks, OLD.status, OLD.held_on)
          IS DISTINCT FROM
          (NEW.group_id, NEW.starts_at, NEW.ends_at, NEW.breaks, NEW.status, NEW.held_on))
    EXECUTE FUNCTION attendance_session_moved();
"""
BACKWARD = """
CREATE OR REPLACE TRIGGER attendance_session_moved
    AFTER UPDATE OF starts_at, ends_at, breaks, status, held_on ON groups_groupsession
    FOR EACH ROW
    WHEN ((OLD.starts_at, OLD.ends_at, OLD.breaks, OLD.status, OLD.held_on)
          IS DISTINCT FROM (NEW.starts_at, NEW.ends_at, NEW.breaks, NEW.status, NEW.held_on))
    EXECUTE FUNCTION attendance_session_moved();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0002_sessions_carry_their_presences"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="attendancerecord",
            name="signed_record_stays",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="presence",
            name="clip_to_session",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="presence",
            name="signed_presence_stays",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendancerecord",
            trigger=pgtrigger.compiler.Trigger(
                name="signed_record_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM FROM groups_groupsession WHERE id IN (OLD.session_id, NEW.session_id)\n              ORDER BY id FOR SHARE;\n            IF EXISTS (\n                SELECT FROM attendance_signoff WHERE session_id IN (OLD.session_id, NEW.session_id)\n            ) THEN\n                RAISE EXCEPTION 'This session is signed: change it by an amendment.'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'signed_record_stays';\n            END IF;\n            RETURN coalesce(NEW, OLD);\n        ",
                    hash="76100c061daade7038f147e277b23828696e929a",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_signed_record_stays_249c8",
                    table="attendance_attendancerecord",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendancerecord",
            trigger=pgtrigger.compiler.Trigger(
                name="record_keeps_its_person",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."participant_id" IS DISTINCT FROM (NEW."participant_id") OR OLD."session_id" IS DISTINCT FROM (NEW."session_id"))',
                    func="\n                    RAISE EXCEPTION 'A record stays with its session and its person.'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'record_keeps_its_person';\n                ",
                    hash="aa0d28c9fd73e582d3070f7ff904d228c3ff7103",
                    operation="UPDATE",
                    pgid="pgtrigger_record_keeps_its_person_1e02c",
                    table="attendance_attendancerecord",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="presence",
            trigger=pgtrigger.compiler.Trigger(
                name="clip_to_session",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    SELECT r.participant_id, r.session_id,\n                           CASE WHEN greatest(NEW.arrived_at, s.starts_at)\n                                   < least(coalesce(NEW.left_at, s.ends_at), s.ends_at)\n                                THEN tstzrange(\n                                    greatest(NEW.arrived_at, s.starts_at),\n                                    least(coalesce(NEW.left_at, s.ends_at), s.ends_at))\n                                ELSE 'empty' END\n                      INTO NEW.participant_id, NEW.session_id, NEW.span\n                      FROM attendance_attendancerecord r\n                      JOIN groups_groupsession s ON s.id = r.session_id\n                     WHERE r.id = NEW.record_id\n                       FOR SHARE OF s;\n                    RETURN NEW;\n                ",
                    hash="9dc3989a1ad4e4bd4e89178835a84ecb3878c1e0",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_clip_to_session_0025f",
                    table="attendance_presence",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="presence",
            trigger=pgtrigger.compiler.Trigger(
                name="signed_presence_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM FROM groups_groupsession WHERE id IN ((SELECT session_id FROM attendance_attendancerecord WHERE id = OLD.record_id), (SELECT session_id FROM attendance_attendancerecord WHERE id = NEW.record_id))\n              ORDER BY id FOR SHARE;\n            IF EXISTS (\n                SELECT FROM attendance_signoff WHERE session_id IN ((SELECT session_id FROM attendance_attendancerecord WHERE id = OLD.record_id), (SELECT session_id FROM attendance_attendancerecord WHERE id = NEW.record_id))\n            ) THEN\n                RAISE EXCEPTION 'This session is signed: change it by an amendment.'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'signed_presence_stays';\n            END IF;\n            RETURN coalesce(NEW, OLD);\n        ",
                    hash="1b878020df99e4cd776a7dd5f064e279198e839e",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_signed_presence_stays_5b03c",
                    table="attendance_presence",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="signoff",
            trigger=pgtrigger.compiler.Trigger(
                name="signing_waits_for_records",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM FROM groups_groupsession WHERE id = NEW.session_id FOR NO KEY UPDATE; RETURN NEW;",
                    hash="6ba6c72ec05f4247e105a9868368db6b97c268bb",
                    operation="INSERT",
                    pgid="pgtrigger_signing_waits_for_records_b1b0a",
                    table="attendance_signoff",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
    operations = together(operations)
