"""A make-up seat says what it makes up for, who gave it back, and lies inside its enrollment."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from accounts.together import together


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0009_what_never_began_has_no_dates"),
        ("programs", "0007_alert_rules_and_verified_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="makeupseat",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="makeupseat",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="makeupseat",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="makeupseat",
            name="makes_up",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="made_up_by",
                to="groups.groupsession",
            ),
        ),
        migrations.AddField(
            model_name="makeupseat",
            name="released_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="makeupseatevent",
            name="makes_up",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="groups.groupsession",
            ),
        ),
        migrations.AddField(
            model_name="makeupseatevent",
            name="released_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="makeupseat",
            trigger=pgtrigger.compiler.Trigger(
                name="makeup_seat_inside_enrollment",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM programs_enrollment e, groups_groupsession s\n                         WHERE e.id = NEW.enrollment_id AND s.id = NEW.session_id\n                           AND s.held_on BETWEEN e.admitted_on\n                                             AND coalesce(e.discharged_on, 'infinity')\n                           FOR SHARE OF e\n                    ) THEN\n                        RAISE EXCEPTION 'A seat lies inside its enrollment.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'makeup_seat_inside_enrollment';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="12c948b421299a329b343ba16f63e2efe3f8fd16",
                    operation="INSERT",
                    pgid="pgtrigger_makeup_seat_inside_enrollment_eaf9b",
                    table="groups_makeupseat",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="makeupseat",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_makeupseatevent" ("booked_at", "booked_by_id", "combined_from_id", "enrollment_id", "id", "makes_up_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "released_at", "released_by_id", "session_id") VALUES (NEW."booked_at", NEW."booked_by_id", NEW."combined_from_id", NEW."enrollment_id", NEW."id", NEW."makes_up_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."released_at", NEW."released_by_id", NEW."session_id"); RETURN NULL;',
                    hash="31e3c198b2f7c7da12774e22d0c64d89f09e4006",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_47f06",
                    table="groups_makeupseat",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="makeupseat",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "groups_makeupseatevent" ("booked_at", "booked_by_id", "combined_from_id", "enrollment_id", "id", "makes_up_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "released_at", "released_by_id", "session_id") VALUES (NEW."booked_at", NEW."booked_by_id", NEW."combined_from_id", NEW."enrollment_id", NEW."id", NEW."makes_up_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."released_at", NEW."released_by_id", NEW."session_id"); RETURN NULL;',
                    hash="945371f699472123f42b0200b05aaa4ce94c3b19",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_83b9d",
                    table="groups_makeupseat",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="makeupseat",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_makeupseatevent" ("booked_at", "booked_by_id", "combined_from_id", "enrollment_id", "id", "makes_up_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "released_at", "released_by_id", "session_id") VALUES (OLD."booked_at", OLD."booked_by_id", OLD."combined_from_id", OLD."enrollment_id", OLD."id", OLD."makes_up_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."released_at", OLD."released_by_id", OLD."session_id"); RETURN NULL;',
                    hash="5cfc129877ad49fc82c49fd84aa21641d88b5fc7",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bdbaa",
                    table="groups_makeupseat",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="makeupseat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released_by", None), ("released_at__isnull", False), _connector="OR"
                ),
                name="makeup_seat_released_by_somebody",
                violation_error_message="Who gave a seat back did so at some time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="makeupseat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("makes_up", None),
                    models.Q(("makes_up", models.F("session")), _negated=True),
                    _connector="OR",
                ),
                name="makeup_seat_for_another_session",
                violation_error_message="A session does not make up for itself.",
            ),
        ),
    ]
    operations = together(operations)
