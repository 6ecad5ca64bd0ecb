"""Slots of every n weeks, changes that can be undone, exceptions, waiting lists, feeds."""

import uuid

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import accounts.encryption
import accounts.models.public_id
from accounts.together import together


class Migration(migrations.Migration):
    dependencies = [
        ("curriculum", "0001_first"),
        ("groups", "0007_every_constraint_has_words"),
        ("programs", "0004_schedule_rules_and_availability"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    accounts.models.public_id.PublicIdField(
                        default=uuid.uuid4, editable=False, unique=True
                    ),
                ),
                ("secret_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ScheduleChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    accounts.models.public_id.PublicIdField(
                        default=uuid.uuid4, editable=False, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("moved", "Moved"),
                            ("series", "Series changed"),
                            ("added", "Session added"),
                            ("cancelled", "Cancelled"),
                            ("reinstated", "Reinstated"),
                            ("combined", "Combined"),
                            ("substituted", "Substitute"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "reason",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="reason"
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-made_at"],
            },
        ),
        migrations.CreateModel(
            name="ScheduleException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    accounts.models.public_id.PublicIdField(
                        default=uuid.uuid4, editable=False, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("room", "Room is taken"),
                            ("facilitator", "Facilitator leads another session"),
                            ("same_time", "The group meets at this time already"),
                            ("participant", "Participant is in another session"),
                            ("turnover", "Too little time between sessions in the room"),
                            ("room_capacity", "More people than the room seats"),
                            ("group_capacity", "More people than the group has seats"),
                            ("too_few", "Fewer people than it takes to hold it"),
                            ("credential", "Credential missing or expired"),
                            ("staff_away", "Facilitator is on leave"),
                            ("unavailable", "Outside the facilitator’s hours"),
                            ("no_facilitator", "Nobody leads it"),
                            ("ratio", "Too many participants per facilitator"),
                            ("gap", "Too many days between offered days"),
                            ("week_days", "Offered days a week outside the rule"),
                            ("day_minutes", "Offered hours a day outside the rule"),
                            ("short_week", "Offered hours below what is required"),
                            ("closed_group", "Joined a closed group after its start"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("times", models.PositiveSmallIntegerField(default=1)),
                ("detail", models.JSONField(default=dict)),
                ("reason", accounts.encryption.EncryptedTextField(verbose_name="reason")),
                ("made_at", models.DateTimeField()),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "review_note",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="note"
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ScheduleExceptionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "public_id",
                    accounts.models.public_id.PublicIdField(
                        default=uuid.uuid4, editable=False, unique=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("room", "Room is taken"),
                            ("facilitator", "Facilitator leads another session"),
                            ("same_time", "The group meets at this time already"),
                            ("participant", "Participant is in another session"),
                            ("turnover", "Too little time between sessions in the room"),
                            ("room_capacity", "More people than the room seats"),
                            ("group_capacity", "More people than the group has seats"),
                            ("too_few", "Fewer people than it takes to hold it"),
                            ("credential", "Credential missing or expired"),
                            ("staff_away", "Facilitator is on leave"),
                            ("unavailable", "Outside the facilitator’s hours"),
                            ("no_facilitator", "Nobody leads it"),
                            ("ratio", "Too many participants per facilitator"),
                            ("gap", "Too many days between offered days"),
                            ("week_days", "Offered days a week outside the rule"),
                            ("day_minutes", "Offered hours a day outside the rule"),
                            ("short_week", "Offered hours below what is required"),
                            ("closed_group", "Joined a closed group after its start"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("times", models.PositiveSmallIntegerField(default=1)),
                ("detail", models.JSONField(default=dict)),
                ("reason", accounts.encryption.EncryptedTextField(verbose_name="reason")),
                ("made_at", models.DateTimeField()),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "review_note",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="note"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WaitingPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    accounts.models.public_id.PublicIdField(
                        default=uuid.uuid4, editable=False, unique=True
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="WaitingPlaceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "public_id",
                    accounts.models.public_id.PublicIdField(
                        default=uuid.uuid4, editable=False, unique=False
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="groupsession",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="groupsession",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="groupsession",
            name="delete_delete",
        ),
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
        pgtrigger.migrations.RemoveTrigger(
            model_name="meetingpattern",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="meetingpattern",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="meetingpattern",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="therapygroup",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="therapygroup",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="therapygroup",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="groupsession",
            name="session_status_known",
        ),
        migrations.RemoveConstraint(
            model_name="groupsession",
            name="session_once",
        ),
        migrations.RemoveConstraint(
            model_name="meetingpattern",
            name="meeting_pattern_once",
        ),
        migrations.AddField(
            model_name="facilitation",
            name="instead_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stood_in",
                to="groups.facilitation",
            ),
        ),
        migrations.AddField(
            model_name="facilitation",
            name="reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="reason"),
        ),
        migrations.AddField(
            model_name="groupsession",
            name="cancelled_reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="reason"),
        ),
        migrations.AddField(
            model_name="groupsession",
            name="combined_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="combined_here",
                to="groups.groupsession",
            ),
        ),
        migrations.AddField(
            model_name="groupsession",
            name="slot_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="groupsessionevent",
            name="cancelled_reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="reason"),
        ),
        migrations.AddField(
            model_name="groupsessionevent",
            name="combined_into",
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
            model_name="groupsessionevent",
            name="slot_on",
            field=models.DateField(blank=True, null=True),
        ),
        # Until now each session was held on the very date of its slot.
        migrations.RunSQL(
            "UPDATE groups_groupsession SET slot_on = held_on WHERE pattern_id IS NOT NULL",
            migrations.RunSQL.noop,
        ),
        migrations.AddField(
            model_name="makeupseat",
            name="combined_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="seats_elsewhere",
                to="groups.groupsession",
            ),
        ),
        migrations.AddField(
            model_name="makeupseatevent",
            name="combined_from",
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
            model_name="meetingpattern",
            name="every_weeks",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="every so many weeks"),
        ),
        migrations.AddField(
            model_name="meetingpattern",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="groups.meetingpattern",
            ),
        ),
        migrations.AddField(
            model_name="meetingpattern",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="meetingpatternevent",
            name="every_weeks",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="every so many weeks"),
        ),
        migrations.AddField(
            model_name="meetingpatternevent",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="groups.meetingpattern",
            ),
        ),
        migrations.AddField(
            model_name="meetingpatternevent",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="therapygroup",
            name="default_room",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programs.room",
            ),
        ),
        migrations.AddField(
            model_name="therapygroup",
            name="min_to_hold",
            field=models.PositiveSmallIntegerField(
                default=0, verbose_name="people to hold it, at least"
            ),
        ),
        migrations.AddField(
            model_name="therapygroup",
            name="teaches",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="groups",
                to="curriculum.track",
            ),
        ),
        migrations.AddField(
            model_name="therapygroup",
            name="video_link",
            field=models.URLField(blank=True, max_length=300, verbose_name="video link"),
        ),
        migrations.AddField(
            model_name="therapygroupevent",
            name="default_room",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="programs.room",
            ),
        ),
        migrations.AddField(
            model_name="therapygroupevent",
            name="min_to_hold",
            field=models.PositiveSmallIntegerField(
                default=0, verbose_name="people to hold it, at least"
            ),
        ),
        migrations.AddField(
            model_name="therapygroupevent",
            name="teaches",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="curriculum.track",
            ),
        ),
        migrations.AddField(
            model_name="therapygroupevent",
            name="video_link",
            field=models.URLField(blank=True, max_length=300, verbose_name="video link"),
        ),
        migrations.AlterField(
            model_name="groupsession",
            name="status",
            field=models.CharField(
                choices=[
                    ("scheduled", "Scheduled"),
                    ("cancelled", "Cancelled"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="scheduled",
                max_length=9,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="groupsessionevent",
            name="status",
            field=models.CharField(
                choices=[
                    ("scheduled", "Scheduled"),
                    ("cancelled", "Cancelled"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="scheduled",
                max_length=9,
                verbose_name="status",
            ),
        ),
        migrations.AddIndex(
            model_name="groupsession",
            index=models.Index(fields=["room", "starts_at"], name="session_by_room_and_start"),
        ),
        migrations.AddIndex(
            model_name="groupsession",
            index=models.Index(fields=["group", "held_on"], name="session_by_group_and_date"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupsession",
            trigger=pgtrigger.compiler.Trigger(
                name="session_keeps_to_its_site",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE its_site programs_site%ROWTYPE;",
                    func="\n                    SELECT site.* INTO its_site FROM groups_therapygroup g\n                      JOIN programs_program p ON p.id = g.program_id\n                      JOIN programs_site site ON site.id = p.site_id\n                     WHERE g.id = NEW.group_id;\n                    IF NEW.ends_at > NEW.starts_at AND (\n                        (NEW.starts_at AT TIME ZONE its_site.timezone)::date <> NEW.held_on\n                        OR ((NEW.ends_at - interval '1 microsecond')\n                            AT TIME ZONE its_site.timezone)::date <> NEW.held_on\n                    ) THEN\n                        RAISE EXCEPTION 'A session lies on its date and never crosses midnight.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'session_on_its_date';\n                    END IF;\n                    IF NEW.room_id IS NOT NULL AND NOT EXISTS (\n                        SELECT FROM programs_room r\n                         WHERE r.id = NEW.room_id AND r.site_id = its_site.id\n                    ) THEN\n                        RAISE EXCEPTION 'A session meets in a room of its own site.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'session_room_of_its_site';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="b858219d9be7c2e24f110b79d7dd66311b00b62f",
                    operation='INSERT OR UPDATE OF "held_on", "starts_at", "ends_at", "room_id", "group_id"',
                    pgid="pgtrigger_session_keeps_to_its_site_59222",
                    table="groups_groupsession",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupsession",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_groupsessionevent" ("breaks", "cancelled_for_id", "cancelled_reason", "closed_at", "combined_into_id", "ends_at", "group_id", "held_on", "id", "pattern_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "room_id", "slot_on", "starts_at", "status") VALUES (NEW."breaks", NEW."cancelled_for_id", NEW."cancelled_reason", NEW."closed_at", NEW."combined_into_id", NEW."ends_at", NEW."group_id", NEW."held_on", NEW."id", NEW."pattern_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."room_id", NEW."slot_on", NEW."starts_at", NEW."status"); RETURN NULL;',
                    hash="c78eee6d4be777eb566a4ec083821ff4ca5dc50b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f6638",
                    table="groups_groupsession",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupsession",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "groups_groupsessionevent" ("breaks", "cancelled_for_id", "cancelled_reason", "closed_at", "combined_into_id", "ends_at", "group_id", "held_on", "id", "pattern_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "room_id", "slot_on", "starts_at", "status") VALUES (NEW."breaks", NEW."cancelled_for_id", NEW."cancelled_reason", NEW."closed_at", NEW."combined_into_id", NEW."ends_at", NEW."group_id", NEW."held_on", NEW."id", NEW."pattern_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."room_id", NEW."slot_on", NEW."starts_at", NEW."status"); RETURN NULL;',
                    hash="fd812784f655eeb1e151082cb5ceb226cf1adc7f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c64fb",
                    table="groups_groupsession",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupsession",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_groupsessionevent" ("breaks", "cancelled_for_id", "cancelled_reason", "closed_at", "combined_into_id", "ends_at", "group_id", "held_on", "id", "pattern_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "room_id", "slot_on", "starts_at", "status") VALUES (OLD."breaks", OLD."cancelled_for_id", OLD."cancelled_reason", OLD."closed_at", OLD."combined_into_id", OLD."ends_at", OLD."group_id", OLD."held_on", OLD."id", OLD."pattern_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."room_id", OLD."slot_on", OLD."starts_at", OLD."status"); RETURN NULL;',
                    hash="7918d0f51903419d37d4fcb58ff8ee48f8aaaea2",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_46b83",
                    table="groups_groupsession",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="makeupseat",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_makeupseatevent" ("booked_at", "booked_by_id", "combined_from_id", "enrollment_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "released_at", "session_id") VALUES (NEW."booked_at", NEW."booked_by_id", NEW."combined_from_id", NEW."enrollment_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."released_at", NEW."session_id"); RETURN NULL;',
                    hash="6e82a88405a49ff648c97eaa46d5d4cb7d84eebd",
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
                    func='INSERT INTO "groups_makeupseatevent" ("booked_at", "booked_by_id", "combined_from_id", "enrollment_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "released_at", "session_id") VALUES (NEW."booked_at", NEW."booked_by_id", NEW."combined_from_id", NEW."enrollment_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."released_at", NEW."session_id"); RETURN NULL;',
                    hash="c041eaa89d511364e75c304cba8aac3b6385fbbd",
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
                    func='INSERT INTO "groups_makeupseatevent" ("booked_at", "booked_by_id", "combined_from_id", "enrollment_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "released_at", "session_id") VALUES (OLD."booked_at", OLD."booked_by_id", OLD."combined_from_id", OLD."enrollment_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."released_at", OLD."session_id"); RETURN NULL;',
                    hash="a4f4d739880fe6f4710cf4138c0067f77b3e1469",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bdbaa",
                    table="groups_makeupseat",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingpattern",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_meetingpatternevent" ("breaks", "ends", "every_weeks", "first_on", "follows_id", "group_id", "id", "last_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "room_id", "starts", "weekday", "withdrawn_at") VALUES (NEW."breaks", NEW."ends", NEW."every_weeks", NEW."first_on", NEW."follows_id", NEW."group_id", NEW."id", NEW."last_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."room_id", NEW."starts", NEW."weekday", NEW."withdrawn_at"); RETURN NULL;',
                    hash="52dea20257a2446675c5e9907321a35c00b11821",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7e6ab",
                    table="groups_meetingpattern",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingpattern",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "groups_meetingpatternevent" ("breaks", "ends", "every_weeks", "first_on", "follows_id", "group_id", "id", "last_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "room_id", "starts", "weekday", "withdrawn_at") VALUES (NEW."breaks", NEW."ends", NEW."every_weeks", NEW."first_on", NEW."follows_id", NEW."group_id", NEW."id", NEW."last_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."room_id", NEW."starts", NEW."weekday", NEW."withdrawn_at"); RETURN NULL;',
                    hash="4bdf1eb645ffb9f10429259a286f8b28d9a2b1c1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f83bf",
                    table="groups_meetingpattern",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingpattern",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_meetingpatternevent" ("breaks", "ends", "every_weeks", "first_on", "follows_id", "group_id", "id", "last_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "room_id", "starts", "weekday", "withdrawn_at") VALUES (OLD."breaks", OLD."ends", OLD."every_weeks", OLD."first_on", OLD."follows_id", OLD."group_id", OLD."id", OLD."last_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."room_id", OLD."starts", OLD."weekday", OLD."withdrawn_at"); RETURN NULL;',
                    hash="eba7d594895c837e806952cd37fe6ff7f95d2684",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_94f60",
                    table="groups_meetingpattern",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="therapygroup",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_therapygroupevent" ("capacity", "default_room_id", "format", "id", "kind", "min_to_hold", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "teaches_id", "video_link") VALUES (NEW."capacity", NEW."default_room_id", NEW."format", NEW."id", NEW."kind", NEW."min_to_hold", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."public_id", NEW."teaches_id", NEW."video_link"); RETURN NULL;',
                    hash="069d72ff20849ba0f5fd49018da5c1c42de265d7",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8151c",
                    table="groups_therapygroup",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="therapygroup",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "groups_therapygroupevent" ("capacity", "default_room_id", "format", "id", "kind", "min_to_hold", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "teaches_id", "video_link") VALUES (NEW."capacity", NEW."default_room_id", NEW."format", NEW."id", NEW."kind", NEW."min_to_hold", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."program_id", NEW."public_id", NEW."teaches_id", NEW."video_link"); RETURN NULL;',
                    hash="5f88f6b0907320cea0d42b7467b4a282583a041a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f311d",
                    table="groups_therapygroup",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="therapygroup",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_therapygroupevent" ("capacity", "default_room_id", "format", "id", "kind", "min_to_hold", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "teaches_id", "video_link") VALUES (OLD."capacity", OLD."default_room_id", OLD."format", OLD."id", OLD."kind", OLD."min_to_hold", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."public_id", OLD."teaches_id", OLD."video_link"); RETURN NULL;',
                    hash="94ba08e5eb48617cdcafeeeab386f0cc745b49fe",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_909ee",
                    table="groups_therapygroup",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="facilitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), ("instead_of__isnull", False), _connector="OR"),
                name="facilitation_reason_of_substitute",
                violation_error_message="Only a substitute says why they stand in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupsession",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["scheduled", "cancelled", "withdrawn"])),
                name="session_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupsession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "cancelled"),
                    models.Q(("cancelled_reason", ""), ("combined_into", None)),
                    _connector="OR",
                ),
                name="session_reason_only_if_cancelled",
                violation_error_message="Only a cancelled session says why, or with which it met.",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupsession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("pattern", None), ("slot_on", None)),
                    models.Q(("pattern__isnull", False), ("slot_on__isnull", False)),
                    _connector="OR",
                ),
                name="session_slot_has_date",
                violation_error_message="A session of a slot fills one of its dates.",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupsession",
            constraint=models.UniqueConstraint(
                fields=("pattern", "slot_on"),
                name="session_once_per_slot_date",
                violation_error_message="This date of the slot has its session already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupsession",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "scheduled")),
                fields=("group", "starts_at"),
                name="session_once",
                violation_error_message="The group meets at this time already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingpattern",
            constraint=models.CheckConstraint(
                condition=models.Q(("every_weeks__range", (1, 12))),
                name="meeting_pattern_within_weeks",
                violation_error_message="A slot meets every 1 to 12 weeks.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingpattern",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("group", "weekday", "starts", "first_on"),
                name="meeting_pattern_once",
                violation_error_message="The group has this slot already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="therapygroup",
            constraint=models.CheckConstraint(
                condition=models.Q(("min_to_hold__lte", models.F("capacity"))),
                name="therapy_group_holds_within_capacity",
                violation_error_message="It cannot ask for more people than it has seats.",
            ),
        ),
        migrations.AddField(
            model_name="calendarfeed",
            name="program",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="feeds",
                to="programs.program",
            ),
        ),
        migrations.AddField(
            model_name="calendarfeed",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="feeds",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="schedulechange",
            name="made_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="schedulechange",
            name="program",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="programs.program",
            ),
        ),
        migrations.AddField(
            model_name="schedulechange",
            name="undone_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="scheduleexception",
            name="change",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exceptions",
                to="groups.schedulechange",
            ),
        ),
        migrations.AddField(
            model_name="scheduleexception",
            name="made_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="scheduleexception",
            name="membership",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exceptions",
                to="groups.groupmembership",
            ),
        ),
        migrations.AddField(
            model_name="scheduleexception",
            name="participant",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programs.participant",
            ),
        ),
        migrations.AddField(
            model_name="scheduleexception",
            name="program",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exceptions",
                to="programs.program",
            ),
        ),
        migrations.AddField(
            model_name="scheduleexception",
            name="reviewed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="scheduleexception",
            name="session",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exceptions",
                to="groups.groupsession",
            ),
        ),
        migrations.AddField(
            model_name="scheduleexception",
            name="user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="scheduleexceptionevent",
            name="change",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="groups.schedulechange",
            ),
        ),
        migrations.AddField(
            model_name="scheduleexceptionevent",
            name="made_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="scheduleexceptionevent",
            name="membership",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="groups.groupmembership",
            ),
        ),
        migrations.AddField(
            model_name="scheduleexceptionevent",
            name="participant",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="programs.participant",
            ),
        ),
        migrations.AddField(
            model_name="scheduleexceptionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="groups.scheduleexception",
            ),
        ),
        migrations.AddField(
            model_name="scheduleexceptionevent",
            name="program",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="programs.program",
            ),
        ),
        migrations.AddField(
            model_name="scheduleexceptionevent",
            name="reviewed_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="scheduleexceptionevent",
            name="session",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="groups.groupsession",
            ),
        ),
        migrations.AddField(
            model_name="scheduleexceptionevent",
            name="user",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="waitingplace",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="waitingplace",
            name="enrollment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="waiting",
                to="programs.enrollment",
            ),
        ),
        migrations.AddField(
            model_name="waitingplace",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="waiting",
                to="groups.therapygroup",
            ),
        ),
        migrations.AddField(
            model_name="waitingplace",
            name="membership",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="groups.groupmembership",
            ),
        ),
        migrations.AddField(
            model_name="waitingplaceevent",
            name="asked_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="waitingplaceevent",
            name="enrollment",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="programs.enrollment",
            ),
        ),
        migrations.AddField(
            model_name="waitingplaceevent",
            name="group",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="groups.therapygroup",
            ),
        ),
        migrations.AddField(
            model_name="waitingplaceevent",
            name="membership",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="groups.groupmembership",
            ),
        ),
        migrations.AddField(
            model_name="waitingplaceevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="groups.waitingplace",
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarfeed",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at", None)),
                fields=("user", "program"),
                name="calendar_feed_once",
                nulls_distinct=False,
                violation_error_message="There is an address for this already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarfeed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("revoked_at", None), ("revoked_at__gte", models.F("made_at")), _connector="OR"
                ),
                name="calendar_feed_revoked_after_made",
                violation_error_message="An address is revoked after it was made.",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedulechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "moved",
                            "series",
                            "added",
                            "cancelled",
                            "reinstated",
                            "combined",
                            "substituted",
                        ],
                    )
                ),
                name="schedule_change_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedulechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("undone_at", None), ("undone_at__gte", models.F("made_at")), _connector="OR"
                ),
                name="schedule_change_undone_after_made",
                violation_error_message="A change is undone after it was made.",
            ),
        ),
        migrations.AddConstraint(
            model_name="scheduleexception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "room",
                            "facilitator",
                            "same_time",
                            "participant",
                            "turnover",
                            "room_capacity",
                            "group_capacity",
                            "too_few",
                            "credential",
                            "staff_away",
                            "unavailable",
                            "no_facilitator",
                            "ratio",
                            "gap",
                            "week_days",
                            "day_minutes",
                            "short_week",
                            "closed_group",
                        ],
                    )
                ),
                name="schedule_exception_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="scheduleexception",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_on__gte", models.F("first_on"))),
                name="schedule_exception_last_after_first",
                violation_error_message="The last day is on or after the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="scheduleexception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reviewed_at", None), ("reviewed_by", None)),
                    models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                    _connector="OR",
                ),
                name="schedule_exception_reviewed_by_someone",
                violation_error_message="A review has a time and a person.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scheduleexception",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_scheduleexceptionevent" ("change_id", "detail", "first_on", "id", "kind", "last_on", "made_at", "made_by_id", "membership_id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "reason", "review_note", "reviewed_at", "reviewed_by_id", "session_id", "times", "user_id") VALUES (NEW."change_id", NEW."detail", NEW."first_on", NEW."id", NEW."kind", NEW."last_on", NEW."made_at", NEW."made_by_id", NEW."membership_id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."public_id", NEW."reason", NEW."review_note", NEW."reviewed_at", NEW."reviewed_by_id", NEW."session_id", NEW."times", NEW."user_id"); RETURN NULL;',
                    hash="ef9a91d8815a4e8c6899d7ba4bfa21f4fb662519",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5a384",
                    table="groups_scheduleexception",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scheduleexception",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "groups_scheduleexceptionevent" ("change_id", "detail", "first_on", "id", "kind", "last_on", "made_at", "made_by_id", "membership_id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "reason", "review_note", "reviewed_at", "reviewed_by_id", "session_id", "times", "user_id") VALUES (NEW."change_id", NEW."detail", NEW."first_on", NEW."id", NEW."kind", NEW."last_on", NEW."made_at", NEW."made_by_id", NEW."membership_id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."program_id", NEW."public_id", NEW."reason", NEW."review_note", NEW."reviewed_at", NEW."reviewed_by_id", NEW."session_id", NEW."times", NEW."user_id"); RETURN NULL;',
                    hash="ef547e38d9e450dc860bf104c638f0b268bfcb0a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f15e6",
                    table="groups_scheduleexception",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scheduleexception",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_scheduleexceptionevent" ("change_id", "detail", "first_on", "id", "kind", "last_on", "made_at", "made_by_id", "membership_id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "reason", "review_note", "reviewed_at", "reviewed_by_id", "session_id", "times", "user_id") VALUES (OLD."change_id", OLD."detail", OLD."first_on", OLD."id", OLD."kind", OLD."last_on", OLD."made_at", OLD."made_by_id", OLD."membership_id", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."public_id", OLD."reason", OLD."review_note", OLD."reviewed_at", OLD."reviewed_by_id", OLD."session_id", OLD."times", OLD."user_id"); RETURN NULL;',
                    hash="faf416ada0737e8e6a7b2c11082f0456c6f6b011",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b09e9",
                    table="groups_scheduleexception",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scheduleexceptionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cf67803fb6446897dde95c70a5d49130a179013e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_658a1",
                    table="groups_scheduleexceptionevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="waitingplace",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at", None)),
                fields=("group", "enrollment"),
                name="waiting_place_once",
                violation_error_message="This participant waits for the group already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="waitingplace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_at", None), ("left_at__gte", models.F("asked_at")), _connector="OR"
                ),
                name="waiting_place_left_after_asked",
                violation_error_message="Nobody leaves the line before they ask.",
            ),
        ),
        migrations.AddConstraint(
            model_name="waitingplace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("membership", None), ("left_at__isnull", False), _connector="OR"
                ),
                name="waiting_place_ends_with_membership",
                violation_error_message="Who is in the group waits no longer.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waitingplace",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_waitingplaceevent" ("asked_at", "asked_by_id", "enrollment_id", "group_id", "id", "left_at", "membership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."enrollment_id", NEW."group_id", NEW."id", NEW."left_at", NEW."membership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id"); RETURN NULL;',
                    hash="8a93f18a7b6c2b0e63dec44c7acddbfb216dff10",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_42b59",
                    table="groups_waitingplace",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waitingplace",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "groups_waitingplaceevent" ("asked_at", "asked_by_id", "enrollment_id", "group_id", "id", "left_at", "membership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."enrollment_id", NEW."group_id", NEW."id", NEW."left_at", NEW."membership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id"); RETURN NULL;',
                    hash="74cbf420f70dbeb4ac1585e7e73fcf5ab9fb698d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_524b6",
                    table="groups_waitingplace",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waitingplace",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_waitingplaceevent" ("asked_at", "asked_by_id", "enrollment_id", "group_id", "id", "left_at", "membership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (OLD."asked_at", OLD."asked_by_id", OLD."enrollment_id", OLD."group_id", OLD."id", OLD."left_at", OLD."membership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id"); RETURN NULL;',
                    hash="03a6b65b1e83a3b3ed7eaa6b22df4ee56ffdb04a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7b735",
                    table="groups_waitingplace",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waitingplaceevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="11ab70306a87701429077543a03832760a787140",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5a2fe",
                    table="groups_waitingplaceevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
    operations = together(operations)
