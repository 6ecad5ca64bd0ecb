"""Lessons have versions, prerequisites and handouts; programs say what they require."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import accounts.models.public_id
from accounts.together import together

# Every lesson so far is taught as it is: its first version.
FIRST_VERSIONS = """
INSERT INTO curriculum_lessonversion (
    public_id, lesson_id, number, minutes, objectives, guide, skills, homework, checklist,
    change_note, written_at, published_at)
SELECT gen_random_uuid(), id, 1, minutes, '', '', '{}', '', '{}', '', now(), now()
  FROM curriculum_lesson
"""


class Migration(migrations.Migration):
    dependencies = [
        ("curriculum", "0001_first"),
        ("programs", "0008_purposes_of_consent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CurriculumRule",
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
                ("effective_from", models.DateField(verbose_name="in effect from")),
                (
                    "received_percent",
                    models.PositiveSmallIntegerField(
                        default=75,
                        verbose_name="share of a lesson's minutes that counts as received, in percent",
                    ),
                ),
                (
                    "min_core_percent",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=100,
                        null=True,
                        verbose_name="core lessons received, in percent",
                    ),
                ),
                (
                    "has_all_topics",
                    models.BooleanField(
                        default=True, verbose_name="every topic that a jurisdiction demands"
                    ),
                ),
                (
                    "min_weeks",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="weeks in the program"
                    ),
                ),
                (
                    "min_hours",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="hours attended"
                    ),
                ),
                (
                    "min_weeks_met_percent",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="weeks whose hours were met, in percent"
                    ),
                ),
                (
                    "min_plan_percent",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="share of the relapse prevention plan filled in, in percent",
                    ),
                ),
                (
                    "min_homework_percent",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="homework done or partly done, in percent",
                    ),
                ),
                ("citation", models.CharField(blank=True, max_length=300, verbose_name="citation")),
            ],
            options={
                "ordering": ["program", "effective_from"],
            },
        ),
        migrations.CreateModel(
            name="CurriculumRuleEvent",
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
                ("effective_from", models.DateField(verbose_name="in effect from")),
                (
                    "received_percent",
                    models.PositiveSmallIntegerField(
                        default=75,
                        verbose_name="share of a lesson's minutes that counts as received, in percent",
                    ),
                ),
                (
                    "min_core_percent",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=100,
                        null=True,
                        verbose_name="core lessons received, in percent",
                    ),
                ),
                (
                    "has_all_topics",
                    models.BooleanField(
                        default=True, verbose_name="every topic that a jurisdiction demands"
                    ),
                ),
                (
                    "min_weeks",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="weeks in the program"
                    ),
                ),
                (
                    "min_hours",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="hours attended"
                    ),
                ),
                (
                    "min_weeks_met_percent",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="weeks whose hours were met, in percent"
                    ),
                ),
                (
                    "min_plan_percent",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="share of the relapse prevention plan filled in, in percent",
                    ),
                ),
                (
                    "min_homework_percent",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="homework done or partly done, in percent",
                    ),
                ),
                ("citation", models.CharField(blank=True, max_length=300, verbose_name="citation")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Handout",
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
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("file", "A file"), ("page", "A page that is printed here")],
                        max_length=4,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("stored_name", models.CharField(blank=True, editable=False, max_length=40)),
                (
                    "content_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("application/pdf", "PDF"),
                            ("image/jpeg", "JPEG"),
                            ("image/png", "PNG"),
                        ],
                        max_length=15,
                    ),
                ),
                ("size_bytes", models.PositiveIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("added_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="LessonEvent",
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
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="minutes"),
                ),
                ("is_core", models.BooleanField(default=False, verbose_name="core")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("retired_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LessonVersion",
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
                    "minutes",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="minutes"),
                ),
                ("objectives", models.TextField(blank=True, verbose_name="objectives")),
                ("guide", models.TextField(blank=True, verbose_name="facilitator guide")),
                (
                    "skills",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="skills taught",
                    ),
                ),
                ("homework", models.TextField(blank=True, verbose_name="homework")),
                (
                    "checklist",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=160),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="fidelity checklist",
                    ),
                ),
                (
                    "change_note",
                    models.CharField(blank=True, max_length=300, verbose_name="what is new"),
                ),
                ("written_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["lesson", "number"],
            },
        ),
        migrations.CreateModel(
            name="ModuleEvent",
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
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Prerequisite",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PrerequisiteEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RequiredTopic",
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
                ("jurisdiction", models.CharField(max_length=80, verbose_name="jurisdiction")),
                ("name", models.CharField(max_length=160, verbose_name="topic")),
                ("citation", models.CharField(blank=True, max_length=300, verbose_name="citation")),
                ("first_on", models.DateField(verbose_name="demanded from")),
                ("last_on", models.DateField(blank=True, null=True, verbose_name="demanded until")),
            ],
            options={
                "ordering": ["program", "jurisdiction", "name"],
            },
        ),
        migrations.CreateModel(
            name="RequiredTopicEvent",
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
                ("jurisdiction", models.CharField(max_length=80, verbose_name="jurisdiction")),
                ("name", models.CharField(max_length=160, verbose_name="topic")),
                ("citation", models.CharField(blank=True, max_length=300, verbose_name="citation")),
                ("first_on", models.DateField(verbose_name="demanded from")),
                ("last_on", models.DateField(blank=True, null=True, verbose_name="demanded until")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TopicLesson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TopicLessonEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TrackEvent",
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
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("cbt", "Cognitive behavioral therapy (CBT)"),
                            ("dbt", "Dialectical behavior therapy (DBT)"),
                            ("psychoeducation", "Psychoeducation"),
                            ("emotion_regulation", "Emotion regulation"),
                            ("mindfulness", "Mindfulness and grounding"),
                            ("communication", "Communication"),
                            ("relapse_prevention", "Relapse prevention"),
                            ("own", "The clinic's own"),
                        ],
                        default="own",
                        max_length=18,
                        verbose_name="subject",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="VersionHandout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["version", "position", "pk"],
            },
        ),
        migrations.AlterModelOptions(
            name="module",
            options={"ordering": ["track", "position", "name"]},
        ),
        migrations.AlterModelOptions(
            name="track",
            options={"ordering": ["program", "position", "name"]},
        ),
        migrations.RenameField(model_name="lesson", old_name="is_required", new_name="is_core"),
        migrations.AlterField(
            model_name="lesson",
            name="is_core",
            field=models.BooleanField(default=False, verbose_name="core"),
        ),
        migrations.AddField(
            model_name="lesson",
            name="retired_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="module",
            name="position",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="position"),
        ),
        migrations.AddField(
            model_name="track",
            name="position",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="position"),
        ),
        migrations.AddField(
            model_name="track",
            name="source",
            field=models.CharField(blank=True, max_length=300, verbose_name="source"),
        ),
        migrations.AddField(
            model_name="track",
            name="subject",
            field=models.CharField(
                choices=[
                    ("cbt", "Cognitive behavioral therapy (CBT)"),
                    ("dbt", "Dialectical behavior therapy (DBT)"),
                    ("psychoeducation", "Psychoeducation"),
                    ("emotion_regulation", "Emotion regulation"),
                    ("mindfulness", "Mindfulness and grounding"),
                    ("communication", "Communication"),
                    ("relapse_prevention", "Relapse prevention"),
                    ("own", "The clinic's own"),
                ],
                default="own",
                max_length=18,
                verbose_name="subject",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lesson",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "curriculum_lessonevent" ("id", "is_core", "minutes", "module_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "retired_at") VALUES (NEW."id", NEW."is_core", NEW."minutes", NEW."module_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."retired_at"); RETURN NULL;',
                    hash="6bc2e7a5ee7abe5f9668b7f86e48f45e48e6293f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6a58b",
                    table="curriculum_lesson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lesson",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "curriculum_lessonevent" ("id", "is_core", "minutes", "module_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "retired_at") VALUES (NEW."id", NEW."is_core", NEW."minutes", NEW."module_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."retired_at"); RETURN NULL;',
                    hash="776a4a17da0e8c160a38b1431ec86f31279ce822",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9c536",
                    table="curriculum_lesson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lesson",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "curriculum_lessonevent" ("id", "is_core", "minutes", "module_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "retired_at") VALUES (OLD."id", OLD."is_core", OLD."minutes", OLD."module_id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."retired_at"); RETURN NULL;',
                    hash="dad3d03e45909d374685e596cb9dd91e36ea0963",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b017b",
                    table="curriculum_lesson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="module",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "curriculum_moduleevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "track_id") VALUES (NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."track_id"); RETURN NULL;',
                    hash="8ebbe94f917d99b3c45a24bdbc65dbc91712e7be",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f2aaa",
                    table="curriculum_module",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="module",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "curriculum_moduleevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "track_id") VALUES (NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."track_id"); RETURN NULL;',
                    hash="104985316f85ab253c35e4f33cec54671d4d01ba",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b856c",
                    table="curriculum_module",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="module",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "curriculum_moduleevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "track_id") VALUES (OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."track_id"); RETURN NULL;',
                    hash="175045b3d9d66716c23f61a4c92bf5b57fc81117",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_22fe4",
                    table="curriculum_module",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="track",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "curriculum_trackevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "program_id", "public_id", "source", "subject") VALUES (NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."program_id", NEW."public_id", NEW."source", NEW."subject"); RETURN NULL;',
                    hash="616c38249ac5994e3292ede11263fb6e505c9c95",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9f8b4",
                    table="curriculum_track",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="track",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "curriculum_trackevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "program_id", "public_id", "source", "subject") VALUES (NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."program_id", NEW."public_id", NEW."source", NEW."subject"); RETURN NULL;',
                    hash="e08a447dfac603edd909c24aef3d613ae5d3b0be",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8714b",
                    table="curriculum_track",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="track",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "curriculum_trackevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "program_id", "public_id", "source", "subject") VALUES (OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."program_id", OLD."public_id", OLD."source", OLD."subject"); RETURN NULL;',
                    hash="4f2c00a8d0e651db6f212b90315751ec1febfece",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_77984",
                    table="curriculum_track",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "subject__in",
                        [
                            "cbt",
                            "dbt",
                            "psychoeducation",
                            "emotion_regulation",
                            "mindfulness",
                            "communication",
                            "relapse_prevention",
                            "own",
                        ],
                    )
                ),
                name="track_subject_known",
            ),
        ),
        migrations.AddField(
            model_name="curriculumrule",
            name="program",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="curriculum_rules",
                to="programs.program",
            ),
        ),
        migrations.AddField(
            model_name="curriculumruleevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="curriculum.curriculumrule",
            ),
        ),
        migrations.AddField(
            model_name="curriculumruleevent",
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
            model_name="handout",
            name="added_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="handout",
            name="lesson",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="handouts",
                to="curriculum.lesson",
            ),
        ),
        migrations.AddField(
            model_name="lessonevent",
            name="module",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="curriculum.module",
            ),
        ),
        migrations.AddField(
            model_name="lessonevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="curriculum.lesson",
            ),
        ),
        migrations.AddField(
            model_name="lessonversion",
            name="lesson",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="curriculum.lesson",
            ),
        ),
        migrations.AddField(
            model_name="lessonversion",
            name="published_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="lessonversion",
            name="written_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="moduleevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="curriculum.module",
            ),
        ),
        migrations.AddField(
            model_name="moduleevent",
            name="track",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="curriculum.track",
            ),
        ),
        migrations.AddField(
            model_name="prerequisite",
            name="lesson",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="prerequisites",
                to="curriculum.lesson",
            ),
        ),
        migrations.AddField(
            model_name="prerequisite",
            name="needs",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="needed_by",
                to="curriculum.lesson",
            ),
        ),
        migrations.AddField(
            model_name="prerequisiteevent",
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
            model_name="prerequisiteevent",
            name="needs",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="curriculum.lesson",
            ),
        ),
        migrations.AddField(
            model_name="prerequisiteevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="curriculum.prerequisite",
            ),
        ),
        migrations.AddField(
            model_name="requiredtopic",
            name="program",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="required_topics",
                to="programs.program",
            ),
        ),
        migrations.AddField(
            model_name="requiredtopicevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="curriculum.requiredtopic",
            ),
        ),
        migrations.AddField(
            model_name="requiredtopicevent",
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
            model_name="topiclesson",
            name="lesson",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="topics",
                to="curriculum.lesson",
            ),
        ),
        migrations.AddField(
            model_name="topiclesson",
            name="topic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lessons",
                to="curriculum.requiredtopic",
            ),
        ),
        migrations.AddField(
            model_name="topiclessonevent",
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
            model_name="topiclessonevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="curriculum.topiclesson",
            ),
        ),
        migrations.AddField(
            model_name="topiclessonevent",
            name="topic",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="curriculum.requiredtopic",
            ),
        ),
        migrations.AddField(
            model_name="trackevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="curriculum.track",
            ),
        ),
        migrations.AddField(
            model_name="trackevent",
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
            model_name="versionhandout",
            name="handout",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="curriculum.handout",
            ),
        ),
        migrations.AddField(
            model_name="versionhandout",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="handouts",
                to="curriculum.lessonversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="curriculumrule",
            constraint=models.UniqueConstraint(
                fields=("program", "effective_from"),
                name="curriculum_rule_once_per_date",
                violation_error_message="There is a curriculum rule from that date already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="curriculumrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("received_percent__range", (1, 100)),
                    models.Q(
                        ("min_core_percent__isnull", True),
                        ("min_core_percent__range", (1, 100)),
                        _connector="OR",
                    ),
                    models.Q(
                        ("min_weeks_met_percent__isnull", True),
                        ("min_weeks_met_percent__range", (1, 100)),
                        _connector="OR",
                    ),
                    models.Q(
                        ("min_plan_percent__isnull", True),
                        ("min_plan_percent__range", (1, 100)),
                        _connector="OR",
                    ),
                    models.Q(
                        ("min_homework_percent__isnull", True),
                        ("min_homework_percent__range", (1, 100)),
                        _connector="OR",
                    ),
                ),
                name="curriculum_rule_within_a_hundred",
                violation_error_message="A share is between 1 and 100 percent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="curriculumrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("min_weeks", None), ("min_weeks__range", (1, 104)), _connector="OR"),
                    models.Q(("min_hours", None), ("min_hours__range", (1, 2000)), _connector="OR"),
                ),
                name="curriculum_rule_within_reach",
                violation_error_message="Between 1 and 104 weeks, and 1 and 2,000 hours.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="curriculumrule",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "curriculum_curriculumruleevent" ("citation", "effective_from", "has_all_topics", "id", "min_core_percent", "min_homework_percent", "min_hours", "min_plan_percent", "min_weeks", "min_weeks_met_percent", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "received_percent") VALUES (NEW."citation", NEW."effective_from", NEW."has_all_topics", NEW."id", NEW."min_core_percent", NEW."min_homework_percent", NEW."min_hours", NEW."min_plan_percent", NEW."min_weeks", NEW."min_weeks_met_percent", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."public_id", NEW."received_percent"); RETURN NULL;',
                    hash="a51203f406c5ccb05b56e1733332f1da7bbce272",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1afa1",
                    table="curriculum_curriculumrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="curriculumrule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "curriculum_curriculumruleevent" ("citation", "effective_from", "has_all_topics", "id", "min_core_percent", "min_homework_percent", "min_hours", "min_plan_percent", "min_weeks", "min_weeks_met_percent", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "received_percent") VALUES (NEW."citation", NEW."effective_from", NEW."has_all_topics", NEW."id", NEW."min_core_percent", NEW."min_homework_percent", NEW."min_hours", NEW."min_plan_percent", NEW."min_weeks", NEW."min_weeks_met_percent", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."program_id", NEW."public_id", NEW."received_percent"); RETURN NULL;',
                    hash="7ed4b41038329da2f8a90b34ab869d9d181c3cd9",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fba5a",
                    table="curriculum_curriculumrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="curriculumrule",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "curriculum_curriculumruleevent" ("citation", "effective_from", "has_all_topics", "id", "min_core_percent", "min_homework_percent", "min_hours", "min_plan_percent", "min_weeks", "min_weeks_met_percent", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "received_percent") VALUES (OLD."citation", OLD."effective_from", OLD."has_all_topics", OLD."id", OLD."min_core_percent", OLD."min_homework_percent", OLD."min_hours", OLD."min_plan_percent", OLD."min_weeks", OLD."min_weeks_met_percent", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."public_id", OLD."received_percent"); RETURN NULL;',
                    hash="dbe387e2adb746192f98643f7a04e5050a717681",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_dbac8",
                    table="curriculum_curriculumrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="curriculumruleevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ab24802b4d52ede95fba716ba9a3bec1e7e8058d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1d857",
                    table="curriculum_curriculumruleevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["file", "page"])), name="handout_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("content_type__in", ["", "application/pdf", "image/jpeg", "image/png"])
                ),
                name="handout_type_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "file"),
                        ("size_bytes__range", (1, 10485760)),
                        ("text", ""),
                        models.Q(("stored_name", ""), _negated=True),
                        models.Q(("content_type", ""), _negated=True),
                    ),
                    models.Q(
                        ("content_type", ""),
                        ("kind", "page"),
                        ("size_bytes", 0),
                        ("stored_name", ""),
                        models.Q(("text", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="handout_is_file_or_page",
                violation_error_message="A handout is a file of at most 10 MB, or a page with words on it.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handout",
            trigger=pgtrigger.compiler.Trigger(
                name="handout_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="beaf11d4db695c81e39dedb30c99d5f63d1d730c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_handout_stays_04a2b",
                    table="curriculum_handout",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lessonevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="33bcd46b0b1deeac28c2d9997cc67fdb54cbf3f1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0e05a",
                    table="curriculum_lessonevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="lessonversion",
            constraint=models.UniqueConstraint(
                fields=("lesson", "number"),
                name="lesson_version_once",
                violation_error_message="The lesson has a version of that number already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lessonversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_at", None)),
                fields=("lesson",),
                name="lesson_one_draft",
                violation_error_message="The lesson has a draft already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lessonversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes", None), ("minutes__gte", 1), _connector="OR"),
                name="lesson_version_takes_minutes",
                violation_error_message="A lesson takes at least one minute.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lessonversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)),
                name="lesson_version_counts_from_one",
                violation_error_message="Versions are counted from 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lessonversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_by", None), ("published_at__isnull", False), _connector="OR"
                ),
                name="lesson_version_published_at_a_time",
                violation_error_message="A version is published at a moment.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lessonversion",
            trigger=pgtrigger.compiler.Trigger(
                name="published_version_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."published_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8278bd18292fa4b12be0b99447a53668312b465f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_published_version_stays_ae6e3",
                    table="curriculum_lessonversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="moduleevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4915742abf797ddc11a85d7cd62b8383ccb4c38d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_866d3",
                    table="curriculum_moduleevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="prerequisite",
            constraint=models.UniqueConstraint(
                fields=("lesson", "needs"),
                name="prerequisite_once",
                violation_error_message="This lesson is a prerequisite already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="prerequisite",
            constraint=models.CheckConstraint(
                condition=models.Q(("lesson", models.F("needs")), _negated=True),
                name="prerequisite_is_another",
                violation_error_message="A lesson cannot come before itself.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="prerequisite",
            trigger=pgtrigger.compiler.Trigger(
                name="prerequisite_no_circle",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE its_program bigint;",
                    func="\n                    SELECT t.program_id INTO its_program\n                      FROM curriculum_lesson l\n                      JOIN curriculum_module m ON m.id = l.module_id\n                      JOIN curriculum_track t ON t.id = m.track_id\n                     WHERE l.id = NEW.lesson_id;\n                    PERFORM pg_advisory_xact_lock(\n                        hashtext('curriculum_prerequisite'), its_program::int);\n                    IF NOT EXISTS (\n                        SELECT FROM curriculum_lesson l\n                          JOIN curriculum_module m ON m.id = l.module_id\n                          JOIN curriculum_track t ON t.id = m.track_id\n                         WHERE l.id = NEW.needs_id AND t.program_id = its_program\n                    ) THEN\n                        RAISE EXCEPTION 'A lesson needs lessons of its own program.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'prerequisite_of_its_program';\n                    END IF;\n                    IF EXISTS (\n                        WITH RECURSIVE before (id) AS (\n                            SELECT NEW.needs_id\n                             UNION\n                            SELECT p.needs_id FROM curriculum_prerequisite p\n                              JOIN before ON before.id = p.lesson_id\n                        )\n                        SELECT FROM before WHERE id = NEW.lesson_id\n                    ) THEN\n                        RAISE EXCEPTION 'Prerequisites never lead back to their lesson.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'prerequisite_no_circle';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="59f1e29f0c95a782fc98be7ebae6bdfabdb35410",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_prerequisite_no_circle_92152",
                    table="curriculum_prerequisite",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="prerequisite",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "curriculum_prerequisiteevent" ("id", "lesson_id", "needs_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."lesson_id", NEW."needs_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="b87faee63b2bb23db01dd19fabeebcdba082cb8b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2ea24",
                    table="curriculum_prerequisite",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="prerequisite",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "curriculum_prerequisiteevent" ("id", "lesson_id", "needs_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."lesson_id", NEW."needs_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="9d2953cc11c99e69002080b1834c32348851d6f0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_84619",
                    table="curriculum_prerequisite",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="prerequisite",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "curriculum_prerequisiteevent" ("id", "lesson_id", "needs_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."lesson_id", OLD."needs_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="b69c4eae2bc9a5907dbe415772bb7b0dcfac234c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_dcaf7",
                    table="curriculum_prerequisite",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="prerequisiteevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="284774c8da84b0fce463b1e79083083962908f7f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_184c8",
                    table="curriculum_prerequisiteevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="requiredtopic",
            constraint=models.UniqueConstraint(
                fields=("program", "jurisdiction", "name"),
                name="required_topic_once",
                violation_error_message="This topic of the jurisdiction is listed already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="requiredtopic",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_on", None), ("last_on__gte", models.F("first_on")), _connector="OR"
                ),
                name="required_topic_ends_after_start",
                violation_error_message="The last day is on or after the first.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="requiredtopic",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "curriculum_requiredtopicevent" ("citation", "first_on", "id", "jurisdiction", "last_on", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id") VALUES (NEW."citation", NEW."first_on", NEW."id", NEW."jurisdiction", NEW."last_on", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."public_id"); RETURN NULL;',
                    hash="c818ec4adf6cd29e8c39e6411bf489848213e998",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1b42a",
                    table="curriculum_requiredtopic",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="requiredtopic",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "curriculum_requiredtopicevent" ("citation", "first_on", "id", "jurisdiction", "last_on", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id") VALUES (NEW."citation", NEW."first_on", NEW."id", NEW."jurisdiction", NEW."last_on", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."program_id", NEW."public_id"); RETURN NULL;',
                    hash="ff2337081a5e3b73907669a428cee730b782ce25",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_53a5a",
                    table="curriculum_requiredtopic",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="requiredtopic",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "curriculum_requiredtopicevent" ("citation", "first_on", "id", "jurisdiction", "last_on", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id") VALUES (OLD."citation", OLD."first_on", OLD."id", OLD."jurisdiction", OLD."last_on", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."public_id"); RETURN NULL;',
                    hash="9023602e099f3ad8ab1ff40705725c174788c9d8",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4f377",
                    table="curriculum_requiredtopic",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="requiredtopicevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="dc7a38929a446a4da7f5d0787040561e6dceec9d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e06c4",
                    table="curriculum_requiredtopicevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="topiclesson",
            constraint=models.UniqueConstraint(
                fields=("topic", "lesson"),
                name="topic_lesson_once",
                violation_error_message="This lesson meets the topic already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topiclesson",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "curriculum_topiclessonevent" ("id", "lesson_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id") VALUES (NEW."id", NEW."lesson_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."topic_id"); RETURN NULL;',
                    hash="81f5992f7c35ffc729064040bb2049fcbaf74453",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1b006",
                    table="curriculum_topiclesson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topiclesson",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "curriculum_topiclessonevent" ("id", "lesson_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id") VALUES (NEW."id", NEW."lesson_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."topic_id"); RETURN NULL;',
                    hash="77f6809f08e73179a7de0dcf950ae435661f5c66",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e2fb0",
                    table="curriculum_topiclesson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topiclesson",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "curriculum_topiclessonevent" ("id", "lesson_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id") VALUES (OLD."id", OLD."lesson_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."topic_id"); RETURN NULL;',
                    hash="feb5e8c672186cee3491a1ab17bd410cccb5d647",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9dc96",
                    table="curriculum_topiclesson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topiclessonevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a6720c67360f2113610079adad37f5344b3648d7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9a155",
                    table="curriculum_topiclessonevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trackevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="caf61e81be86d66427d4a6618cfdb4944428e4be",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e1708",
                    table="curriculum_trackevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="versionhandout",
            constraint=models.UniqueConstraint(
                fields=("version", "handout"),
                name="version_handout_once",
                violation_error_message="The version has this handout already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="versionhandout",
            trigger=pgtrigger.compiler.Trigger(
                name="published_handouts_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE its_version bigint;",
                    func="\n                    IF TG_OP = 'DELETE' THEN its_version := OLD.version_id;\n                    ELSE its_version := NEW.version_id; END IF;\n                    IF EXISTS (\n                        SELECT FROM curriculum_lessonversion v\n                         WHERE v.id = its_version AND v.published_at IS NOT NULL\n                    ) THEN\n                        RAISE EXCEPTION 'The handouts of a published version stay.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'published_handouts_stay';\n                    END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ",
                    hash="fba1e91d0ff5fc6e780959741b93b534747b68b1",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_published_handouts_stay_6231e",
                    table="curriculum_versionhandout",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(FIRST_VERSIONS, migrations.RunSQL.noop),
    ]
    operations = together(operations)
