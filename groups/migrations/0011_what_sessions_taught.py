"""What a session is planned to teach and what it taught are told apart; groups have a rotation."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import accounts.encryption
import accounts.models.public_id
import programs.models.consent
from accounts.together import together

# Each row gets an id of its own: a default of Django's would be one for all.
OWN_IDS = """
ALTER TABLE groups_sessionlesson ADD COLUMN public_id uuid NOT NULL UNIQUE
    DEFAULT gen_random_uuid();
ALTER TABLE groups_sessionlesson ALTER COLUMN public_id DROP DEFAULT;
"""
# What sessions that are over were to teach is what they taught, as far as is known.
TAUGHT_SO_FAR = """
UPDATE groups_sessionlesson taught
   SET taught_at = s.ends_at, began_at = s.starts_at, ended_at = s.ends_at,
       version_id = (SELECT id FROM curriculum_lessonversion v
                      WHERE v.lesson_id = taught.lesson_id AND v.published_at IS NOT NULL)
  FROM groups_groupsession s
 WHERE s.id = taught.session_id AND s.status = 'scheduled' AND s.ends_at <= now()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("curriculum", "0002_a_library_with_versions"),
        ("groups", "0010_seats_that_make_up"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Rotation",
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
                    "on_cancel",
                    models.CharField(
                        choices=[
                            (
                                "shift",
                                "Shift: its lesson moves to the next session, the rest follows",
                            ),
                            (
                                "skip",
                                "Skip: its lesson is left out this time, the rest keeps its dates",
                            ),
                        ],
                        default="shift",
                        max_length=5,
                        verbose_name="when a session is cancelled",
                    ),
                ),
                (
                    "is_repeating",
                    models.BooleanField(
                        default=True, verbose_name="begin again after the last lesson"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RotationEvent",
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
                    "on_cancel",
                    models.CharField(
                        choices=[
                            (
                                "shift",
                                "Shift: its lesson moves to the next session, the rest follows",
                            ),
                            (
                                "skip",
                                "Skip: its lesson is left out this time, the rest keeps its dates",
                            ),
                        ],
                        default="shift",
                        max_length=5,
                        verbose_name="when a session is cancelled",
                    ),
                ),
                (
                    "is_repeating",
                    models.BooleanField(
                        default=True, verbose_name="begin again after the last lesson"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RotationLesson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ["rotation", "position"],
            },
        ),
        migrations.CreateModel(
            name="RotationLessonEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SessionLessonEvent",
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
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "is_fixed",
                    models.BooleanField(default=False, verbose_name="stays in this session"),
                ),
                (
                    "taught_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="confirmed"),
                ),
                ("began_at", models.DateTimeField(blank=True, null=True, verbose_name="began")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                ("homework", models.TextField(blank=True, verbose_name="homework given")),
                (
                    "steps_done",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=160),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="steps of the checklist done",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "withdrawn_reason",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="reason"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Teaching",
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
                    "other",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="something else"
                    ),
                ),
                ("confirmed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="TeachingEvent",
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
                    "other",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="something else"
                    ),
                ),
                ("confirmed_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AlterModelOptions(
            name="sessionlesson",
            options={"ordering": ["session", "position", "pk"]},
        ),
        migrations.RemoveConstraint(
            model_name="sessionlesson",
            name="session_lesson_once",
        ),
        migrations.AddField(
            model_name="sessionlesson",
            name="began_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="began"),
        ),
        migrations.AddField(
            model_name="sessionlesson",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="ended"),
        ),
        migrations.AddField(
            model_name="sessionlesson",
            name="homework",
            field=models.TextField(blank=True, verbose_name="homework given"),
        ),
        migrations.AddField(
            model_name="sessionlesson",
            name="is_fixed",
            field=models.BooleanField(default=False, verbose_name="stays in this session"),
        ),
        migrations.AddField(
            model_name="sessionlesson",
            name="position",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.RunSQL(
            OWN_IDS,
            migrations.RunSQL.noop,
            state_operations=[
                migrations.AddField(
                    model_name="sessionlesson",
                    name="public_id",
                    field=accounts.models.public_id.PublicIdField(
                        default=uuid.uuid4, editable=False, unique=True
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="sessionlesson",
            name="steps_done",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=160),
                blank=True,
                default=list,
                size=None,
                verbose_name="steps of the checklist done",
            ),
        ),
        migrations.AddField(
            model_name="sessionlesson",
            name="taught_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="confirmed"),
        ),
        migrations.AddField(
            model_name="sessionlesson",
            name="taught_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sessionlesson",
            name="version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="taught_in",
                to="curriculum.lessonversion",
            ),
        ),
        migrations.AddField(
            model_name="sessionlesson",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="sessionlesson",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sessionlesson",
            name="withdrawn_reason",
            field=accounts.encryption.EncryptedTextField(
                blank=True, default="", verbose_name="reason"
            ),
        ),
        migrations.AddIndex(
            model_name="sessionlesson",
            index=models.Index(
                condition=models.Q(("taught_at__isnull", False), ("withdrawn_at", None)),
                fields=["lesson"],
                name="session_lesson_taught",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sessionlesson",
            trigger=pgtrigger.compiler.Trigger(
                name="taught_lesson_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."taught_at" IS NOT NULL)',
                    func="\n                    IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL\n                       OR (NEW.session_id, NEW.lesson_id, NEW.taught_at, NEW.began_at, NEW.ended_at)\n                          IS DISTINCT FROM\n                          (OLD.session_id, OLD.lesson_id, OLD.taught_at, OLD.began_at, OLD.ended_at)\n                       OR (NEW.version_id IS DISTINCT FROM OLD.version_id\n                           AND OLD.version_id IS NOT NULL)\n                    THEN\n                        RAISE EXCEPTION 'What was taught stays; it can be withdrawn.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'taught_lesson_stays';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="2d83246e9f39752ec79668f6bc3ba2bfa74c93fd",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_taught_lesson_stays_469a5",
                    table="groups_sessionlesson",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sessionlesson",
            trigger=pgtrigger.compiler.Trigger(
                name="session_lesson_fits",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM groups_groupsession s\n                          JOIN groups_therapygroup g ON g.id = s.group_id\n                          JOIN curriculum_lesson l ON l.id = NEW.lesson_id\n                          JOIN curriculum_module m ON m.id = l.module_id\n                          JOIN curriculum_track t ON t.id = m.track_id\n                         WHERE s.id = NEW.session_id AND t.program_id = g.program_id\n                    ) THEN\n                        RAISE EXCEPTION 'A session teaches lessons of its own program.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'session_lesson_of_its_program';\n                    END IF;\n                    IF NEW.version_id IS NOT NULL AND NOT EXISTS (\n                        SELECT FROM curriculum_lessonversion v\n                         WHERE v.id = NEW.version_id AND v.lesson_id = NEW.lesson_id\n                           AND v.published_at IS NOT NULL\n                    ) THEN\n                        RAISE EXCEPTION 'What is taught is a published version of the lesson.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'session_lesson_version_of_lesson';\n                    END IF;\n                    IF NEW.began_at IS NOT NULL AND NOT EXISTS (\n                        SELECT FROM groups_groupsession s\n                         WHERE s.id = NEW.session_id\n                           AND NEW.began_at >= s.starts_at AND NEW.ended_at <= s.ends_at\n                           FOR SHARE\n                    ) THEN\n                        RAISE EXCEPTION 'A lesson is taught inside its session.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'session_lesson_inside_session';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="82ab023d3bf386a8767476d55b1e32bd9dd0f85f",
                    operation='INSERT OR UPDATE OF "session_id", "lesson_id", "version_id", "began_at", "ended_at"',
                    pgid="pgtrigger_session_lesson_fits_54b53",
                    table="groups_sessionlesson",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sessionlesson",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_sessionlessonevent" ("began_at", "ended_at", "homework", "id", "is_fixed", "lesson_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "session_id", "steps_done", "taught_at", "taught_by_id", "version_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."began_at", NEW."ended_at", NEW."homework", NEW."id", NEW."is_fixed", NEW."lesson_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."session_id", NEW."steps_done", NEW."taught_at", NEW."taught_by_id", NEW."version_id", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="20420b5b7051d9325b6bc4ed188a134ec4d9d957",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_215c9",
                    table="groups_sessionlesson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sessionlesson",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "groups_sessionlessonevent" ("began_at", "ended_at", "homework", "id", "is_fixed", "lesson_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "session_id", "steps_done", "taught_at", "taught_by_id", "version_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."began_at", NEW."ended_at", NEW."homework", NEW."id", NEW."is_fixed", NEW."lesson_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."session_id", NEW."steps_done", NEW."taught_at", NEW."taught_by_id", NEW."version_id", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="edcf687dbeae34ecb6edbd7041ce357a531f8cff",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f4183",
                    table="groups_sessionlesson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sessionlesson",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_sessionlessonevent" ("began_at", "ended_at", "homework", "id", "is_fixed", "lesson_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "session_id", "steps_done", "taught_at", "taught_by_id", "version_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (OLD."began_at", OLD."ended_at", OLD."homework", OLD."id", OLD."is_fixed", OLD."lesson_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."session_id", OLD."steps_done", OLD."taught_at", OLD."taught_by_id", OLD."version_id", OLD."withdrawn_at", OLD."withdrawn_by_id", OLD."withdrawn_reason"); RETURN NULL;',
                    hash="3818a34e00e83192cf93f300440b37e76bb2aeac",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_01c39",
                    table="groups_sessionlesson",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionlesson",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("session", "lesson"),
                name="session_lesson_once",
                violation_error_message="The session teaches this lesson already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionlesson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("began_at", None), ("ended_at", None), ("taught_at", None)),
                    models.Q(
                        ("began_at__isnull", False),
                        ("ended_at__isnull", False),
                        ("taught_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="session_lesson_taught_from_to",
                violation_error_message="What was taught began and ended.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionlesson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("began_at", None), ("ended_at__gt", models.F("began_at")), _connector="OR"
                ),
                name="session_lesson_ended_after_it_began",
                violation_error_message="A lesson ends after it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionlesson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("began_at", None),
                    models.Q(
                        ("began_at", django.db.models.functions.datetime.TruncMinute("began_at")),
                        ("ended_at", django.db.models.functions.datetime.TruncMinute("ended_at")),
                    ),
                    _connector="OR",
                ),
                name="session_lesson_in_whole_minutes",
                violation_error_message="Times are whole minutes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionlesson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taught_at__isnull", False),
                    models.Q(
                        ("homework", ""), ("steps_done", []), ("taught_by", None), ("version", None)
                    ),
                    _connector="OR",
                ),
                name="session_lesson_record_of_taught",
                violation_error_message="Only what was taught has a version, homework and a checklist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionlesson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("withdrawn_at", None),
                        ("withdrawn_by", None),
                        models.Q(
                            programs.models.consent.IsFilled(models.F("withdrawn_reason")),
                            _negated=True,
                        ),
                    ),
                    models.Q(
                        programs.models.consent.IsFilled(models.F("withdrawn_reason")),
                        ("taught_at__isnull", False),
                        ("withdrawn_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="session_lesson_withdrawn_with_reason",
                violation_error_message="What was taught is withdrawn with a reason.",
            ),
        ),
        migrations.AddField(
            model_name="rotation",
            name="group",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rotation",
                to="groups.therapygroup",
            ),
        ),
        migrations.AddField(
            model_name="rotationevent",
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
            model_name="rotationevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="groups.rotation",
            ),
        ),
        migrations.AddField(
            model_name="rotationlesson",
            name="lesson",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rotations",
                to="curriculum.lesson",
            ),
        ),
        migrations.AddField(
            model_name="rotationlesson",
            name="rotation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lessons",
                to="groups.rotation",
            ),
        ),
        migrations.AddField(
            model_name="rotationlessonevent",
            name="lesson",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="curriculum.lesson",
            ),
        ),
        migrations.AddField(
            model_name="rotationlessonevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="groups.rotationlesson",
            ),
        ),
        migrations.AddField(
            model_name="rotationlessonevent",
            name="rotation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="groups.rotation",
            ),
        ),
        migrations.AddField(
            model_name="sessionlessonevent",
            name="lesson",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="curriculum.lesson",
            ),
        ),
        migrations.AddField(
            model_name="sessionlessonevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="groups.sessionlesson",
            ),
        ),
        migrations.AddField(
            model_name="sessionlessonevent",
            name="session",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="groups.groupsession",
            ),
        ),
        migrations.AddField(
            model_name="sessionlessonevent",
            name="taught_by",
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
        migrations.AddField(
            model_name="sessionlessonevent",
            name="version",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="curriculum.lessonversion",
            ),
        ),
        migrations.AddField(
            model_name="sessionlessonevent",
            name="withdrawn_by",
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
        migrations.AddField(
            model_name="teaching",
            name="confirmed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="teaching",
            name="session",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="teaching",
                to="groups.groupsession",
            ),
        ),
        migrations.AddField(
            model_name="teachingevent",
            name="confirmed_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="teachingevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="groups.teaching",
            ),
        ),
        migrations.AddField(
            model_name="teachingevent",
            name="session",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="groups.groupsession",
            ),
        ),
        migrations.AddConstraint(
            model_name="rotation",
            constraint=models.CheckConstraint(
                condition=models.Q(("on_cancel__in", ["shift", "skip"])),
                name="rotation_on_cancel_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_rotationevent" ("group_id", "id", "is_repeating", "on_cancel", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."group_id", NEW."id", NEW."is_repeating", NEW."on_cancel", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id"); RETURN NULL;',
                    hash="15c3913109fa4b3eb88aa006556330e771abed16",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1fd34",
                    table="groups_rotation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "groups_rotationevent" ("group_id", "id", "is_repeating", "on_cancel", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."group_id", NEW."id", NEW."is_repeating", NEW."on_cancel", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id"); RETURN NULL;',
                    hash="b92972bd75d95ab0c83c80291f35aa4ee1291cde",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cb76a",
                    table="groups_rotation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_rotationevent" ("group_id", "id", "is_repeating", "on_cancel", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (OLD."group_id", OLD."id", OLD."is_repeating", OLD."on_cancel", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id"); RETURN NULL;',
                    hash="a621f3467e37af3859e21f72408d03a8e3c13529",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c24ec",
                    table="groups_rotation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="181f396e4ea0e290286a3f0d6dc9ea046dce196c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c2f2e",
                    table="groups_rotationevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="rotationlesson",
            constraint=models.UniqueConstraint(
                fields=("rotation", "lesson"),
                name="rotation_lesson_once",
                violation_error_message="The rotation has this lesson already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotationlesson",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_rotationlessonevent" ("id", "lesson_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "rotation_id") VALUES (NEW."id", NEW."lesson_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."rotation_id"); RETURN NULL;',
                    hash="6f1f244ac7e596edb3342f610a1c9d565310bb32",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a6949",
                    table="groups_rotationlesson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotationlesson",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "groups_rotationlessonevent" ("id", "lesson_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "rotation_id") VALUES (NEW."id", NEW."lesson_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."rotation_id"); RETURN NULL;',
                    hash="3090fab51e04a5e47cb6a39a65afc32f6e54dc57",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ddb4e",
                    table="groups_rotationlesson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotationlesson",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_rotationlessonevent" ("id", "lesson_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "rotation_id") VALUES (OLD."id", OLD."lesson_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."rotation_id"); RETURN NULL;',
                    hash="e232c60f7788947b6ce4d8a51d97cc7c9c228e14",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5d80f",
                    table="groups_rotationlesson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotationlessonevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7a1ef536f9b489eef0e5867452675790f87412e2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3a65e",
                    table="groups_rotationlessonevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sessionlessonevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a2c02b6d81c4e5aca192cc97cc1737bae3650d01",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9d226",
                    table="groups_sessionlessonevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="teaching",
            trigger=pgtrigger.compiler.Trigger(
                name="teaching_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="9f22fd3eea39def60d18302c6c9972fc35afc8d4",
                    operation="DELETE",
                    pgid="pgtrigger_teaching_is_kept_3b35c",
                    table="groups_teaching",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="teaching",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_teachingevent" ("confirmed_at", "confirmed_by_id", "id", "other", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", NEW."other", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."session_id"); RETURN NULL;',
                    hash="30a91f984e01014d65d43bd9b0cf4ae7b5d10137",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f0a0d",
                    table="groups_teaching",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="teaching",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "groups_teachingevent" ("confirmed_at", "confirmed_by_id", "id", "other", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", NEW."other", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."session_id"); RETURN NULL;',
                    hash="d9ca023a6186acf3f7bbce746de449538d2fb0ca",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d646e",
                    table="groups_teaching",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="teaching",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "groups_teachingevent" ("confirmed_at", "confirmed_by_id", "id", "other", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id") VALUES (OLD."confirmed_at", OLD."confirmed_by_id", OLD."id", OLD."other", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."session_id"); RETURN NULL;',
                    hash="33f0025d83daf5398fdd2e726b36c42a5ac72a43",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_137a6",
                    table="groups_teaching",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="teachingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4b66e5eb20d96320811aa66987db038dbdee078c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6a2a2",
                    table="groups_teachingevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(TAUGHT_SO_FAR, migrations.RunSQL.noop),
    ]
    operations = together(operations)
