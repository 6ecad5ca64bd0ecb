"""Homework answers, the skills diary, waivers, relapse prevention plans; notes' lessons count."""

import uuid

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import accounts.encryption
import accounts.models.public_id
import programs.models.consent
from accounts.together import together

# Notes used to be the place to say what was taught. They keep it; now the session says it too.
TAUGHT_BY_NOTES = """
INSERT INTO groups_sessionlesson (
    public_id, session_id, lesson_id, position, is_fixed, taught_by_id, taught_at, version_id,
    began_at, ended_at, homework, steps_done, withdrawn_reason)
SELECT gen_random_uuid(), s.id, note.lesson_id, 0, FALSE, note.written_by_id, note.written_at,
       (SELECT id FROM curriculum_lessonversion v
         WHERE v.lesson_id = note.lesson_id AND v.published_at IS NOT NULL),
       s.starts_at, s.ends_at, '', '{}', ''
  FROM attendance_groupnote note
  JOIN groups_groupsession s ON s.id = note.session_id AND s.status = 'scheduled'
 WHERE note.lesson_id IS NOT NULL
    ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0007_the_whole_record"),
        ("curriculum", "0002_a_library_with_versions"),
        ("groups", "0011_what_sessions_taught"),
        ("programs", "0008_purposes_of_consent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HomeworkAnswer",
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
                    "answer",
                    models.CharField(
                        choices=[
                            ("done", "Done"),
                            ("partly", "Partly done"),
                            ("not_done", "Not done"),
                        ],
                        max_length=8,
                        verbose_name="how it went",
                    ),
                ),
                ("answered_at", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="homework_answers",
                        to="programs.participant",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="homework_answers",
                        to="groups.groupsession",
                    ),
                ),
                (
                    "taught",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="homework_answers",
                        to="groups.sessionlesson",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HomeworkAnswerEvent",
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
                    "answer",
                    models.CharField(
                        choices=[
                            ("done", "Done"),
                            ("partly", "Partly done"),
                            ("not_done", "Not done"),
                        ],
                        max_length=8,
                        verbose_name="how it went",
                    ),
                ),
                ("answered_at", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programs.participant",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="attendance.homeworkanswer",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="groups.groupsession",
                    ),
                ),
                (
                    "taught",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="groups.sessionlesson",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LessonWaiver",
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
                ("reason", accounts.encryption.EncryptedTextField(verbose_name="reason")),
                ("waived_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "enrollment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waivers",
                        to="programs.enrollment",
                    ),
                ),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waivers",
                        to="curriculum.lesson",
                    ),
                ),
                (
                    "waived_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LessonWaiverEvent",
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
                ("reason", accounts.encryption.EncryptedTextField(verbose_name="reason")),
                ("waived_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "enrollment",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programs.enrollment",
                    ),
                ),
                (
                    "lesson",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="curriculum.lesson",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="attendance.lessonwaiver",
                    ),
                ),
                (
                    "waived_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RelapsePlan",
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
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("es", "Español")],
                        default="en",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "reasons",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="my reasons for recovery"
                    ),
                ),
                (
                    "outside_triggers",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="triggers around me"
                    ),
                ),
                (
                    "inside_triggers",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="triggers within me"
                    ),
                ),
                (
                    "warning_signs",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="early warning signs"
                    ),
                ),
                (
                    "what_worked",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="what has worked before"
                    ),
                ),
                (
                    "emergency",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="if I lapse, or am in danger"
                    ),
                ),
                (
                    "review_on",
                    models.DateField(blank=True, null=True, verbose_name="to be looked at again"),
                ),
                ("written_at", models.DateTimeField()),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relapse_plans",
                        to="programs.participant",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["participant", "-number"],
            },
        ),
        migrations.CreateModel(
            name="RiskSituation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("situation", accounts.encryption.EncryptedTextField(verbose_name="situation")),
                (
                    "cope",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="cope"
                    ),
                ),
                (
                    "avoid",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="avoid"
                    ),
                ),
                (
                    "escape",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="escape"
                    ),
                ),
                (
                    "support",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="support"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="situations",
                        to="attendance.relapseplan",
                    ),
                ),
            ],
            options={
                "ordering": ["plan", "position"],
            },
        ),
        migrations.CreateModel(
            name="SkillUse",
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
                ("used_on", models.DateField(verbose_name="date")),
                ("skill", models.CharField(max_length=80, verbose_name="skill")),
                (
                    "helped",
                    models.CharField(
                        choices=[
                            ("no", "Did not help"),
                            ("little", "Helped a little"),
                            ("yes", "Helped"),
                        ],
                        max_length=6,
                        verbose_name="did it help?",
                    ),
                ),
                (
                    "words",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="what happened"
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "enrollment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="skill_uses",
                        to="programs.enrollment",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-used_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SkillUseEvent",
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
                ("used_on", models.DateField(verbose_name="date")),
                ("skill", models.CharField(max_length=80, verbose_name="skill")),
                (
                    "helped",
                    models.CharField(
                        choices=[
                            ("no", "Did not help"),
                            ("little", "Helped a little"),
                            ("yes", "Helped"),
                        ],
                        max_length=6,
                        verbose_name="did it help?",
                    ),
                ),
                (
                    "words",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="what happened"
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "enrollment",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programs.enrollment",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="attendance.skilluse",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SupportContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", accounts.encryption.EncryptedTextField(verbose_name="name")),
                (
                    "relation",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="who they are to me"
                    ),
                ),
                (
                    "phone",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="phone"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="attendance.relapseplan",
                    ),
                ),
            ],
            options={
                "ordering": ["plan", "position"],
            },
        ),
        migrations.AddConstraint(
            model_name="homeworkanswer",
            constraint=models.UniqueConstraint(
                fields=("participant", "taught"),
                name="homework_answer_once",
                violation_error_message="This homework is answered already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="homeworkanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ["done", "partly", "not_done"])),
                name="homework_answer_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homeworkanswer",
            trigger=pgtrigger.compiler.Trigger(
                name="homework_answer_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="17b31c04afe3959efa19e0a125a5d7a8fab3cf3c",
                    operation="DELETE",
                    pgid="pgtrigger_homework_answer_is_kept_ba608",
                    table="attendance_homeworkanswer",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homeworkanswer",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_homeworkanswerevent" ("answer", "answered_at", "answered_by_id", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id", "taught_id") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."session_id", NEW."taught_id"); RETURN NULL;',
                    hash="884d2d71bd4c65141c187f959bfcefbfe4aad33c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d1c52",
                    table="attendance_homeworkanswer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homeworkanswer",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "attendance_homeworkanswerevent" ("answer", "answered_at", "answered_by_id", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id", "taught_id") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."session_id", NEW."taught_id"); RETURN NULL;',
                    hash="1f19cf2c3959f9442c40e8be7876b381a96d9e87",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_49f72",
                    table="attendance_homeworkanswer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homeworkanswer",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_homeworkanswerevent" ("answer", "answered_at", "answered_by_id", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id", "taught_id") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."id", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."session_id", OLD."taught_id"); RETURN NULL;',
                    hash="b7d190be6b32d9f067850408aa097fee76adc80c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_51a73",
                    table="attendance_homeworkanswer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homeworkanswerevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="822b02436310ed1f708ac424bb8e6a5721a01294",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1b9d1",
                    table="attendance_homeworkanswerevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="lessonwaiver",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("enrollment", "lesson"),
                name="lesson_waiver_once",
                violation_error_message="This lesson is waived already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lessonwaiver",
            constraint=models.CheckConstraint(
                condition=models.Q(programs.models.consent.IsFilled(models.F("reason"))),
                name="lesson_waiver_has_reason",
                violation_error_message="Say why the lesson need not be heard.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lessonwaiver",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                    _connector="OR",
                ),
                name="lesson_waiver_withdrawn_by_somebody",
                violation_error_message="A waiver is taken back by somebody.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lessonwaiver",
            trigger=pgtrigger.compiler.Trigger(
                name="lesson_waiver_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="884acf96027cd73cfebf128cb6d41f6d149b3f79",
                    operation="DELETE",
                    pgid="pgtrigger_lesson_waiver_is_kept_c37e7",
                    table="attendance_lessonwaiver",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lessonwaiver",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_lessonwaiverevent" ("enrollment_id", "id", "lesson_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "waived_at", "waived_by_id", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."enrollment_id", NEW."id", NEW."lesson_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."waived_at", NEW."waived_by_id", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                    hash="a5fe927f25e9a3ef79fde569796027f0fa763ec8",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_dd9bd",
                    table="attendance_lessonwaiver",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lessonwaiver",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "attendance_lessonwaiverevent" ("enrollment_id", "id", "lesson_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "waived_at", "waived_by_id", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."enrollment_id", NEW."id", NEW."lesson_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."waived_at", NEW."waived_by_id", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                    hash="625f1f694591c4180bf3056dba7f810564deac59",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_706f5",
                    table="attendance_lessonwaiver",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lessonwaiver",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_lessonwaiverevent" ("enrollment_id", "id", "lesson_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "waived_at", "waived_by_id", "withdrawn_at", "withdrawn_by_id") VALUES (OLD."enrollment_id", OLD."id", OLD."lesson_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reason", OLD."waived_at", OLD."waived_by_id", OLD."withdrawn_at", OLD."withdrawn_by_id"); RETURN NULL;',
                    hash="3d4f576c877d46f67757cd4f3890389f49b16f76",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_56391",
                    table="attendance_lessonwaiver",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lessonwaiverevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="44a7c00e5bfa6cba12e6abc3de8fcf06f65c0b56",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4cee9",
                    table="attendance_lessonwaiverevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="relapseplan",
            constraint=models.UniqueConstraint(
                fields=("participant", "number"),
                name="relapse_plan_version_once",
                violation_error_message="Somebody else has saved a version of this plan meanwhile.",
            ),
        ),
        migrations.AddConstraint(
            model_name="relapseplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["en", "es"])),
                name="relapse_plan_language_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="relapseplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)),
                name="relapse_plan_counts_from_one",
                violation_error_message="Versions are counted from 1.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="relapseplan",
            trigger=pgtrigger.compiler.Trigger(
                name="relapse_plan_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="860e2918fddda63105eb103474d2097e1bd5a860",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_relapse_plan_stays_801d0",
                    table="attendance_relapseplan",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="risksituation",
            constraint=models.UniqueConstraint(
                fields=("plan", "position"),
                name="risk_situation_once_per_place",
                violation_error_message="Another situation stands at this place.",
            ),
        ),
        migrations.AddConstraint(
            model_name="risksituation",
            constraint=models.CheckConstraint(
                condition=models.Q(programs.models.consent.IsFilled(models.F("situation"))),
                name="risk_situation_named",
                violation_error_message="Say which situation it is.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="risksituation",
            trigger=pgtrigger.compiler.Trigger(
                name="risk_situation_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="333bc31eec8049ab8bef7e62a25e3792feda70a4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_risk_situation_stays_e71c2",
                    table="attendance_risksituation",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="skilluse",
            constraint=models.CheckConstraint(
                condition=models.Q(("helped__in", ["no", "little", "yes"])),
                name="skill_use_helped_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="skilluse",
            constraint=models.CheckConstraint(
                condition=models.Q(("skill", ""), _negated=True),
                name="skill_use_names_skill",
                violation_error_message="Say which skill was used.",
            ),
        ),
        migrations.AddConstraint(
            model_name="skilluse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                    _connector="OR",
                ),
                name="skill_use_withdrawn_by_somebody",
                violation_error_message="An entry is taken off the record by somebody.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="skilluse",
            trigger=pgtrigger.compiler.Trigger(
                name="skill_use_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="886d15f2b89eef4849404c01e15788c0fc503752",
                    operation="DELETE",
                    pgid="pgtrigger_skill_use_is_kept_1d1c5",
                    table="attendance_skilluse",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="skilluse",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_skilluseevent" ("enrollment_id", "entered_at", "entered_by_id", "helped", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "skill", "used_on", "withdrawn_at", "withdrawn_by_id", "words") VALUES (NEW."enrollment_id", NEW."entered_at", NEW."entered_by_id", NEW."helped", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."skill", NEW."used_on", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."words"); RETURN NULL;',
                    hash="e04b4c9182f39ab9d0ca5377717af6ca7fb0d3d1",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_900af",
                    table="attendance_skilluse",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="skilluse",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "attendance_skilluseevent" ("enrollment_id", "entered_at", "entered_by_id", "helped", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "skill", "used_on", "withdrawn_at", "withdrawn_by_id", "words") VALUES (NEW."enrollment_id", NEW."entered_at", NEW."entered_by_id", NEW."helped", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."skill", NEW."used_on", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."words"); RETURN NULL;',
                    hash="aa35c69d43fdb12651f17df786e1bb550c46ba59",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_afb35",
                    table="attendance_skilluse",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="skilluse",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_skilluseevent" ("enrollment_id", "entered_at", "entered_by_id", "helped", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "skill", "used_on", "withdrawn_at", "withdrawn_by_id", "words") VALUES (OLD."enrollment_id", OLD."entered_at", OLD."entered_by_id", OLD."helped", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."skill", OLD."used_on", OLD."withdrawn_at", OLD."withdrawn_by_id", OLD."words"); RETURN NULL;',
                    hash="522a8ffce6d6e122989caf198cb38e0bb8d88bbe",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4c995",
                    table="attendance_skilluse",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="skilluseevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f42c4f7b241db9dc1107d755eacbb1df2d0415c6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_462e7",
                    table="attendance_skilluseevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="supportcontact",
            constraint=models.UniqueConstraint(
                fields=("plan", "position"),
                name="support_contact_once_per_place",
                violation_error_message="Another contact stands at this place.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportcontact",
            constraint=models.CheckConstraint(
                condition=models.Q(programs.models.consent.IsFilled(models.F("name"))),
                name="support_contact_named",
                violation_error_message="Say who it is.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supportcontact",
            trigger=pgtrigger.compiler.Trigger(
                name="support_contact_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8322f88dc46e3f46a8b6a4b8da31ff5b378f5da4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_support_contact_stays_d339e",
                    table="attendance_supportcontact",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(TAUGHT_BY_NOTES, migrations.RunSQL.noop),
    ]
    operations = together(operations)
