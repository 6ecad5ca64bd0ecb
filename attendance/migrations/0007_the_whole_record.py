"""Check-ins, notes and their signatures, amendments, outreach; details of an absence."""

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

STATE = """
CREATE FUNCTION attendance_state(its_session bigint, its_participant bigint) RETURNS text
LANGUAGE sql AS $$
    SELECT coalesce((
        SELECT CASE WHEN stay.spans IS NULL THEN 'a:' || r.absence
                    WHEN r.is_by_video THEN 'v:' || stay.spans
                    ELSE 'p:' || stay.spans END
          FROM attendance_attendancerecord r
          LEFT JOIN LATERAL (
                SELECT string_agg(
                           (extract(epoch FROM p.arrived_at) / 60)::bigint || '-'
                           || coalesce(((extract(epoch FROM p.left_at) / 60)::bigint)::text, ''),
                           ',' ORDER BY p.arrived_at, p.id) AS spans
                  FROM attendance_presence p WHERE p.record_id = r.id) stay ON true
         WHERE r.session_id = its_session AND r.participant_id = its_participant
    ), '-')
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("attendance", "0006_clinic_uploads"),
        ("curriculum", "0001_first"),
        ("groups", "0009_what_never_began_has_no_dates"),
        ("programs", "0006_record_rules"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="attendancerecord",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="attendancerecord",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="attendancerecord",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="attendancerecord",
            name="signed_record_stays",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="presence",
            name="signed_presence_stays",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="signoff",
            name="signing_waits_for_records",
        ),
        migrations.AddField(
            model_name="attendancerecord",
            name="is_by_video",
            field=models.BooleanField(default=False, verbose_name="by video"),
        ),
        migrations.AddField(
            model_name="attendancerecord",
            name="mark_id",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="attendancerecord",
            name="notice_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="notice given"),
        ),
        migrations.AddField(
            model_name="attendancerecord",
            name="reason",
            field=accounts.encryption.EncryptedTextField(
                blank=True, default="", verbose_name="reason"
            ),
        ),
        migrations.AddField(
            model_name="attendancerecordevent",
            name="is_by_video",
            field=models.BooleanField(default=False, verbose_name="by video"),
        ),
        migrations.AddField(
            model_name="attendancerecordevent",
            name="mark_id",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="attendancerecordevent",
            name="notice_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="notice given"),
        ),
        migrations.AddField(
            model_name="attendancerecordevent",
            name="reason",
            field=accounts.encryption.EncryptedTextField(
                blank=True, default="", verbose_name="reason"
            ),
        ),
        migrations.CreateModel(
            name="Amendment",
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
                ("before", models.TextField(default="", editable=False, verbose_name="before")),
                ("after", models.TextField(verbose_name="after")),
                ("reason", accounts.encryption.EncryptedTextField(verbose_name="why")),
                ("amended_at", models.DateTimeField()),
                ("transaction", models.BigIntegerField(default=0, editable=False)),
                (
                    "amended_by",
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
                        related_name="amendments",
                        to="programs.participant",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="groups.groupsession",
                    ),
                ),
            ],
            options={
                "ordering": ["amended_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("after", models.F("before")), _negated=True),
                        name="amendment_changes_something",
                        violation_error_message="That is what the record says already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(programs.models.consent.IsFilled(models.F("reason"))),
                        name="amendment_says_why",
                        violation_error_message="Say why the record is amended.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckIn",
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
                    "mood",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="mood"),
                ),
                (
                    "craving",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="craving"),
                ),
                (
                    "used_since",
                    models.CharField(
                        blank=True,
                        choices=[("no", "No"), ("yes", "Yes")],
                        max_length=3,
                        verbose_name="used since last time",
                    ),
                ),
                (
                    "setback",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="one setback"
                    ),
                ),
                (
                    "went_well",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="one thing that went well"
                    ),
                ),
                (
                    "skill",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="skill practised"
                    ),
                ),
                (
                    "homework",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "Done"),
                            ("partly", "Partly done"),
                            ("not_done", "Not done"),
                            ("none_given", "None was given"),
                        ],
                        max_length=10,
                        verbose_name="homework",
                    ),
                ),
                (
                    "safety",
                    models.CharField(
                        blank=True,
                        choices=[("no", "No"), ("yes", "Yes")],
                        max_length=3,
                        verbose_name="safety question",
                    ),
                ),
                ("is_by_participant", models.BooleanField(default=False)),
                ("taken_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "entered_by",
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
                        related_name="check_ins",
                        to="programs.participant",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_ins",
                        to="groups.groupsession",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "participant"),
                        name="check_in_once",
                        violation_error_message="This person has checked in already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mood", None), ("mood__range", (0, 10)), _connector="OR"),
                            models.Q(
                                ("craving", None), ("craving__range", (0, 10)), _connector="OR"
                            ),
                        ),
                        name="check_in_on_its_scale",
                        violation_error_message="Mood and craving go from 0 to 10.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_since__in", ["", "no", "yes"]),
                            ("safety__in", ["", "no", "yes"]),
                            ("homework__in", ["", "done", "partly", "not_done", "none_given"]),
                        ),
                        name="check_in_answers_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckInEvent",
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
                    "mood",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="mood"),
                ),
                (
                    "craving",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="craving"),
                ),
                (
                    "used_since",
                    models.CharField(
                        blank=True,
                        choices=[("no", "No"), ("yes", "Yes")],
                        max_length=3,
                        verbose_name="used since last time",
                    ),
                ),
                (
                    "setback",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="one setback"
                    ),
                ),
                (
                    "went_well",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="one thing that went well"
                    ),
                ),
                (
                    "skill",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="skill practised"
                    ),
                ),
                (
                    "homework",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "Done"),
                            ("partly", "Partly done"),
                            ("not_done", "Not done"),
                            ("none_given", "None was given"),
                        ],
                        max_length=10,
                        verbose_name="homework",
                    ),
                ),
                (
                    "safety",
                    models.CharField(
                        blank=True,
                        choices=[("no", "No"), ("yes", "Yes")],
                        max_length=3,
                        verbose_name="safety question",
                    ),
                ),
                ("is_by_participant", models.BooleanField(default=False)),
                ("taken_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
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
                        to="attendance.checkin",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Cosignature",
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
                ("signed_at", models.DateTimeField(verbose_name="co-signed")),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GroupNote",
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
                    "topic",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="topic"
                    ),
                ),
                (
                    "intervention",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="intervention"
                    ),
                ),
                ("began_at", models.DateTimeField(blank=True, null=True, verbose_name="began")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                ("written_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "lesson",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.lesson",
                        verbose_name="lesson taught",
                    ),
                ),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_note",
                        to="groups.groupsession",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("began_at", None),
                            ("ended_at", None),
                            ("ended_at__gt", models.F("began_at")),
                            _connector="OR",
                        ),
                        name="group_note_ended_after_it_began",
                        violation_error_message="A session ends after it began.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupNoteEvent",
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
                    "topic",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="topic"
                    ),
                ),
                (
                    "intervention",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="intervention"
                    ),
                ),
                ("began_at", models.DateTimeField(blank=True, null=True, verbose_name="began")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                ("written_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "lesson",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="curriculum.lesson",
                        verbose_name="lesson taught",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="attendance.groupnote",
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
                    "written_by",
                    models.ForeignKey(
                        db_constraint=False,
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
            name="NoteAddendum",
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
                ("text", accounts.encryption.EncryptedTextField(verbose_name="what is added")),
                ("reason", accounts.encryption.EncryptedTextField(verbose_name="why")),
                ("written_at", models.DateTimeField()),
                (
                    "participant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addenda",
                        to="programs.participant",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addenda",
                        to="groups.groupsession",
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
                "ordering": ["written_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            programs.models.consent.IsFilled(models.F("text")),
                            programs.models.consent.IsFilled(models.F("reason")),
                        ),
                        name="note_addendum_has_words",
                        violation_error_message="Say what is added, and why.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NotesSignOff",
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
                ("signed_at", models.DateTimeField(verbose_name="signed")),
                ("due_at", models.DateTimeField()),
                ("is_cosignature_needed", models.BooleanField(default=False)),
                (
                    "reason",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="reason"
                    ),
                ),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes_sign_off",
                        to="groups.groupsession",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CosignatureEvent",
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
                ("signed_at", models.DateTimeField(verbose_name="co-signed")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="attendance.cosignature",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "notes",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="attendance.notessignoff",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="cosignature",
            name="notes",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cosignature",
                to="attendance.notessignoff",
            ),
        ),
        migrations.CreateModel(
            name="NotesSignOffEvent",
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
                ("signed_at", models.DateTimeField(verbose_name="signed")),
                ("due_at", models.DateTimeField()),
                ("is_cosignature_needed", models.BooleanField(default=False)),
                (
                    "reason",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="reason"
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="attendance.notessignoff",
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
                    "signed_by",
                    models.ForeignKey(
                        db_constraint=False,
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
            name="Outreach",
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
                            ("first_absence", "First unexplained absence"),
                            ("two_in_a_row", "Two unexplained absences in a row"),
                            ("after_safety", "Missed after a safety answer"),
                        ],
                        max_length=13,
                        verbose_name="why",
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("coming_back", "Reached, is coming back"),
                            ("needs_more", "Reached, needs another plan"),
                            ("leaving", "Reached, is leaving the program"),
                            ("not_reached", "Not reached after several attempts"),
                            ("explained", "The absence is explained"),
                        ],
                        max_length=11,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "note",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="note"
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "enrollment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outreach",
                        to="programs.enrollment",
                    ),
                ),
                (
                    "owned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outreach",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outreach",
                        to="groups.groupsession",
                    ),
                ),
            ],
            options={
                "ordering": ["due_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["first_absence", "two_in_a_row", "after_safety"])
                        ),
                        name="outreach_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    "",
                                    "coming_back",
                                    "needs_more",
                                    "leaving",
                                    "not_reached",
                                    "explained",
                                ],
                            )
                        ),
                        name="outreach_outcome_known",
                    ),
                    models.UniqueConstraint(
                        fields=("enrollment", "session", "kind"),
                        name="outreach_once_per_session",
                        violation_error_message="This outreach is open already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "first_absence")),
                        fields=("enrollment",),
                        name="outreach_first_absence_once",
                        violation_error_message="Only one absence of an episode is the first.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("enrollment", "kind"),
                        name="outreach_open_once",
                        violation_error_message="This outreach is open already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at", None),
                                ("closed_by", None),
                                ("outcome", ""),
                                models.Q(
                                    programs.models.consent.IsFilled(models.F("note")),
                                    _negated=True,
                                ),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                (
                                    "outcome__in",
                                    [
                                        "coming_back",
                                        "needs_more",
                                        "leaving",
                                        "not_reached",
                                        "explained",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="outreach_closed_with_outcome",
                        violation_error_message="An outreach is closed with its outcome.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_at__gte", models.F("opened_at")),
                            models.Q(
                                ("closed_at", None),
                                ("closed_at__gte", models.F("opened_at")),
                                _connector="OR",
                            ),
                        ),
                        name="outreach_times_in_order",
                        violation_error_message="An outreach is due, and closed, after it opens.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutreachAttempt",
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
                ("tried_at", models.DateTimeField(verbose_name="when")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("phone", "Phone call"),
                            ("text", "Text message"),
                            ("email", "Email"),
                            ("in_person", "In person"),
                            ("contact_person", "Somebody they named"),
                        ],
                        max_length=14,
                        verbose_name="how",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("reached", "Reached"),
                            ("left_message", "Left a message"),
                            ("no_answer", "No answer"),
                            ("wrong_number", "Number or address does not work"),
                        ],
                        max_length=12,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "note",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="note"
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outreach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="attendance.outreach",
                    ),
                ),
            ],
            options={
                "ordering": ["tried_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "way__in",
                                ["phone", "text", "email", "in_person", "contact_person"],
                            ),
                            (
                                "outcome__in",
                                ["reached", "left_message", "no_answer", "wrong_number"],
                            ),
                        ),
                        name="outreach_attempt_choices_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tried_at__lte", models.F("entered_at"))),
                        name="outreach_attempt_not_ahead",
                        violation_error_message="An attempt lies in the past.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutreachEvent",
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
                            ("first_absence", "First unexplained absence"),
                            ("two_in_a_row", "Two unexplained absences in a row"),
                            ("after_safety", "Missed after a safety answer"),
                        ],
                        max_length=13,
                        verbose_name="why",
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("coming_back", "Reached, is coming back"),
                            ("needs_more", "Reached, needs another plan"),
                            ("leaving", "Reached, is leaving the program"),
                            ("not_reached", "Not reached after several attempts"),
                            ("explained", "The absence is explained"),
                        ],
                        max_length=11,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "note",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="note"
                    ),
                ),
                (
                    "closed_by",
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
                    "owned_by",
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
                        to="attendance.outreach",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ParticipantNote",
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
                    "participation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("active", "Active"),
                            ("some", "Some"),
                            ("little", "Little"),
                            ("none", "None"),
                        ],
                        max_length=6,
                        verbose_name="participation",
                    ),
                ),
                (
                    "response",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="response"
                    ),
                ),
                (
                    "goal_progress",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("forward", "A step forward"),
                            ("same", "No change"),
                            ("back", "A step back"),
                        ],
                        max_length=7,
                        verbose_name="progress on it",
                    ),
                ),
                (
                    "plan",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="plan"
                    ),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "Reached"),
                            ("left_message", "Left a message"),
                            ("no_answer", "No answer"),
                            ("not_tried", "Not tried yet"),
                        ],
                        max_length=12,
                        verbose_name="attempted contact",
                    ),
                ),
                ("written_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.goal",
                        verbose_name="goal worked on",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="programs.participant",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participant_notes",
                        to="groups.groupsession",
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "participant"),
                        name="participant_note_once",
                        violation_error_message="This person has a note for the session already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("participation__in", ["", "active", "some", "little", "none"]),
                            ("goal_progress__in", ["", "forward", "same", "back"]),
                            (
                                "contact__in",
                                ["", "reached", "left_message", "no_answer", "not_tried"],
                            ),
                        ),
                        name="participant_note_choices_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("goal_progress", ""), ("goal__isnull", False), _connector="OR"
                        ),
                        name="participant_note_progress_on_a_goal",
                        violation_error_message="Say on which goal.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ParticipantNoteEvent",
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
                    "participation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("active", "Active"),
                            ("some", "Some"),
                            ("little", "Little"),
                            ("none", "None"),
                        ],
                        max_length=6,
                        verbose_name="participation",
                    ),
                ),
                (
                    "response",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="response"
                    ),
                ),
                (
                    "goal_progress",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("forward", "A step forward"),
                            ("same", "No change"),
                            ("back", "A step back"),
                        ],
                        max_length=7,
                        verbose_name="progress on it",
                    ),
                ),
                (
                    "plan",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="plan"
                    ),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "Reached"),
                            ("left_message", "Left a message"),
                            ("no_answer", "No answer"),
                            ("not_tried", "Not tried yet"),
                        ],
                        max_length=12,
                        verbose_name="attempted contact",
                    ),
                ),
                ("written_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programs.goal",
                        verbose_name="goal worked on",
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
                        to="attendance.participantnote",
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
                    "written_by",
                    models.ForeignKey(
                        db_constraint=False,
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
            name="SafetyAlert",
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
                ("raised_at", models.DateTimeField()),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "what_was_done",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="what was done"
                    ),
                ),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "check_in",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safety_alert",
                        to="attendance.checkin",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("acknowledged_at", None),
                                ("acknowledged_by", None),
                                models.Q(
                                    programs.models.consent.IsFilled(models.F("what_was_done")),
                                    _negated=True,
                                ),
                            ),
                            models.Q(
                                ("acknowledged_at__isnull", False),
                                ("acknowledged_by__isnull", False),
                                programs.models.consent.IsFilled(models.F("what_was_done")),
                            ),
                            _connector="OR",
                        ),
                        name="safety_alert_acknowledged_with_words",
                        violation_error_message="Write what was done.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyAlertEvent",
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
                ("raised_at", models.DateTimeField()),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "what_was_done",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="what was done"
                    ),
                ),
                (
                    "acknowledged_by",
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
                (
                    "check_in",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="attendance.checkin",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="attendance.safetyalert",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="attendancerecordevent",
            index=models.Index(
                condition=models.Q(("mark_id__isnull", False)),
                fields=["mark_id"],
                name="record_history_by_mark",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendancerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("absence", ""), _negated=True),
                    models.Q(
                        ("notice_at", None),
                        models.Q(
                            programs.models.consent.IsFilled(models.F("reason")), _negated=True
                        ),
                    ),
                    _connector="OR",
                ),
                name="attendance_record_reason_of_absence",
                violation_error_message="Only an absence has a notice and a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendancerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("absence", ""), ("is_by_video", False), _connector="OR"),
                name="attendance_record_absent_not_by_video",
                violation_error_message="Somebody absent is not there by video.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendancerecord",
            trigger=pgtrigger.compiler.Trigger(
                name="signed_record_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM FROM groups_groupsession WHERE id IN (OLD.session_id, NEW.session_id)\n              ORDER BY id FOR SHARE;\n            IF EXISTS (\n                SELECT FROM attendance_signoff o WHERE o.session_id IN (OLD.session_id, NEW.session_id)\n                \n                AND NOT EXISTS (\n                    SELECT FROM attendance_amendment a\n                     WHERE a.session_id = o.session_id AND a.participant_id IN (OLD.participant_id, NEW.participant_id)\n                       AND a.transaction = txid_current()\n                )\n            ) THEN\n                RAISE EXCEPTION 'This session is signed: change it by an amendment.'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'signed_record_stays';\n            END IF;\n            RETURN coalesce(NEW, OLD);\n        ",
                    hash="5262269e8caa0545a1dba2f352eafe263e86be06",
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
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_attendancerecordevent" ("absence", "id", "is_by_video", "mark_id", "notice_at", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "recorded_at", "recorded_by_id", "session_id") VALUES (NEW."absence", NEW."id", NEW."is_by_video", NEW."mark_id", NEW."notice_at", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."recorded_at", NEW."recorded_by_id", NEW."session_id"); RETURN NULL;',
                    hash="6952e585e4d045801633074475fe2a9e2f26a85b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_85034",
                    table="attendance_attendancerecord",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendancerecord",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "attendance_attendancerecordevent" ("absence", "id", "is_by_video", "mark_id", "notice_at", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "recorded_at", "recorded_by_id", "session_id") VALUES (NEW."absence", NEW."id", NEW."is_by_video", NEW."mark_id", NEW."notice_at", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."recorded_at", NEW."recorded_by_id", NEW."session_id"); RETURN NULL;',
                    hash="3301cafe0215897d591da90d007cc31a5db0c432",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cb229",
                    table="attendance_attendancerecord",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendancerecord",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_attendancerecordevent" ("absence", "id", "is_by_video", "mark_id", "notice_at", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "recorded_at", "recorded_by_id", "session_id") VALUES (OLD."absence", OLD."id", OLD."is_by_video", OLD."mark_id", OLD."notice_at", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reason", OLD."recorded_at", OLD."recorded_by_id", OLD."session_id"); RETURN NULL;',
                    hash="ec18a7e1f00d42266d1c693af964fbf183852956",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b1cda",
                    table="attendance_attendancerecord",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="presence",
            trigger=pgtrigger.compiler.Trigger(
                name="signed_presence_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM FROM groups_groupsession WHERE id IN ((SELECT session_id FROM attendance_attendancerecord WHERE id = OLD.record_id), (SELECT session_id FROM attendance_attendancerecord WHERE id = NEW.record_id))\n              ORDER BY id FOR SHARE;\n            IF EXISTS (\n                SELECT FROM attendance_signoff o WHERE o.session_id IN ((SELECT session_id FROM attendance_attendancerecord WHERE id = OLD.record_id), (SELECT session_id FROM attendance_attendancerecord WHERE id = NEW.record_id))\n                \n                AND NOT EXISTS (\n                    SELECT FROM attendance_amendment a\n                     WHERE a.session_id = o.session_id AND a.participant_id IN ((SELECT participant_id FROM attendance_attendancerecord WHERE id = OLD.record_id), (SELECT participant_id FROM attendance_attendancerecord WHERE id = NEW.record_id))\n                       AND a.transaction = txid_current()\n                )\n            ) THEN\n                RAISE EXCEPTION 'This session is signed: change it by an amendment.'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'signed_presence_stays';\n            END IF;\n            RETURN coalesce(NEW, OLD);\n        ",
                    hash="f5e0902f872418b3a382f80f84048f3e7bc6aa21",
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
                    func="\n                    PERFORM FROM groups_groupsession WHERE id = NEW.session_id\n                       FOR NO KEY UPDATE;\n                    IF EXISTS (\n                        SELECT FROM attendance_safetyalert a\n                          JOIN attendance_checkin c ON c.id = a.check_in_id\n                         WHERE c.session_id = NEW.session_id AND a.acknowledged_at IS NULL\n                    ) THEN\n                        RAISE EXCEPTION 'A safety answer waits for what was done.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'signed_after_safety_answers';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="63ee3716610a08edaa2b380547ffe2f4a233f61d",
                    operation="INSERT",
                    pgid="pgtrigger_signing_waits_for_records_b1b0a",
                    table="attendance_signoff",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendment",
            trigger=pgtrigger.compiler.Trigger(
                name="amendment_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="88f173f5fb4066704459081c5bb05edb9ca41920",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_amendment_stays_b95eb",
                    table="attendance_amendment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendment",
            trigger=pgtrigger.compiler.Trigger(
                name="amendment_keeps_what_was",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    PERFORM FROM groups_groupsession WHERE id = NEW.session_id\n                       FOR NO KEY UPDATE;\n                    IF NOT EXISTS (\n                        SELECT FROM attendance_signoff WHERE session_id = NEW.session_id\n                    ) THEN\n                        RAISE EXCEPTION 'This session is not signed: mark it on its sheet.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'amendment_of_signed_session';\n                    END IF;\n                    NEW.before = attendance_state(NEW.session_id, NEW.participant_id);\n                    NEW.transaction = txid_current();\n                    RETURN NEW;\n                ",
                    hash="5454b6b422b80eddd32515a843e917941a36dce5",
                    operation="INSERT",
                    pgid="pgtrigger_amendment_keeps_what_was_4b230",
                    table="attendance_amendment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendment",
            trigger=pgtrigger.compiler.Trigger(
                name="amendment_says_what_is",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n                    IF attendance_state(NEW.session_id, NEW.participant_id) <> NEW.after THEN\n                        RAISE EXCEPTION 'The record is not what the amendment says.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'amendment_says_what_is';\n                    END IF;\n                    RETURN NULL;\n                ",
                    hash="56a3b7fa42f3d77d016368808b98b3e453554bb3",
                    operation="INSERT",
                    pgid="pgtrigger_amendment_says_what_is_ffcd0",
                    table="attendance_amendment",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="checkin",
            trigger=pgtrigger.compiler.Trigger(
                name="signed_check_in_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM FROM groups_groupsession WHERE id IN (OLD.session_id, NEW.session_id)\n              ORDER BY id FOR SHARE;\n            IF EXISTS (\n                SELECT FROM attendance_signoff o WHERE o.session_id IN (OLD.session_id, NEW.session_id)\n                \n            ) THEN\n                RAISE EXCEPTION 'This session is signed: change it by an amendment.'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'signed_check_in_stays';\n            END IF;\n            RETURN coalesce(NEW, OLD);\n        ",
                    hash="c5cf9a4934cebe6fe0fbc356e3b602c9440a3bce",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_signed_check_in_stays_61795",
                    table="attendance_checkin",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="checkin",
            trigger=pgtrigger.compiler.Trigger(
                name="check_in_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="10e8df2984fe2a786e47686c8b3723207d279928",
                    operation="DELETE",
                    pgid="pgtrigger_check_in_is_kept_39db8",
                    table="attendance_checkin",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="checkin",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_checkinevent" ("craving", "entered_by_id", "homework", "id", "is_by_participant", "mood", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "safety", "session_id", "setback", "skill", "taken_at", "used_since", "version", "went_well") VALUES (NEW."craving", NEW."entered_by_id", NEW."homework", NEW."id", NEW."is_by_participant", NEW."mood", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."safety", NEW."session_id", NEW."setback", NEW."skill", NEW."taken_at", NEW."used_since", NEW."version", NEW."went_well"); RETURN NULL;',
                    hash="cd1f99838686244158410a7b22bdd852b28385db",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0ad0c",
                    table="attendance_checkin",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="checkin",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "attendance_checkinevent" ("craving", "entered_by_id", "homework", "id", "is_by_participant", "mood", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "safety", "session_id", "setback", "skill", "taken_at", "used_since", "version", "went_well") VALUES (NEW."craving", NEW."entered_by_id", NEW."homework", NEW."id", NEW."is_by_participant", NEW."mood", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."safety", NEW."session_id", NEW."setback", NEW."skill", NEW."taken_at", NEW."used_since", NEW."version", NEW."went_well"); RETURN NULL;',
                    hash="004ba7a0867b756e2226ecec1f0b656a03663530",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1744c",
                    table="attendance_checkin",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="checkin",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_checkinevent" ("craving", "entered_by_id", "homework", "id", "is_by_participant", "mood", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "safety", "session_id", "setback", "skill", "taken_at", "used_since", "version", "went_well") VALUES (OLD."craving", OLD."entered_by_id", OLD."homework", OLD."id", OLD."is_by_participant", OLD."mood", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."safety", OLD."session_id", OLD."setback", OLD."skill", OLD."taken_at", OLD."used_since", OLD."version", OLD."went_well"); RETURN NULL;',
                    hash="16eb45bc1d99c0ec417e656d96b8fea6ad55af52",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_086c5",
                    table="attendance_checkin",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="checkinevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b69de7dbf1e2f58118032558dc112585bff5b4e6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b1110",
                    table="attendance_checkinevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupnote",
            trigger=pgtrigger.compiler.Trigger(
                name="signed_group_note_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM FROM groups_groupsession WHERE id IN (OLD.session_id, NEW.session_id)\n              ORDER BY id FOR SHARE;\n            IF EXISTS (\n                SELECT FROM attendance_notessignoff\n                 WHERE session_id IN (OLD.session_id, NEW.session_id)\n            ) THEN\n                RAISE EXCEPTION 'These notes are signed: add to them by an addendum.'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'signed_group_note_stays';\n            END IF;\n            RETURN coalesce(NEW, OLD);\n        ",
                    hash="86cfa8b7c756f208b0bf194131a85e54246ec617",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_signed_group_note_stays_424e8",
                    table="attendance_groupnote",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupnote",
            trigger=pgtrigger.compiler.Trigger(
                name="group_note_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="382d50647f1658c9a274568dbd55fd64fa0a1072",
                    operation="DELETE",
                    pgid="pgtrigger_group_note_is_kept_c5c7b",
                    table="attendance_groupnote",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupnote",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_groupnoteevent" ("began_at", "ended_at", "id", "intervention", "lesson_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id", "topic", "version", "written_at", "written_by_id") VALUES (NEW."began_at", NEW."ended_at", NEW."id", NEW."intervention", NEW."lesson_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."session_id", NEW."topic", NEW."version", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                    hash="9a41a8405abf7476dec4cd40cc779e40bd149c86",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_85e05",
                    table="attendance_groupnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupnote",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "attendance_groupnoteevent" ("began_at", "ended_at", "id", "intervention", "lesson_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id", "topic", "version", "written_at", "written_by_id") VALUES (NEW."began_at", NEW."ended_at", NEW."id", NEW."intervention", NEW."lesson_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."session_id", NEW."topic", NEW."version", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                    hash="9b3f0d907074c22af3c02715fbf8e20d7f17fd43",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_75ff5",
                    table="attendance_groupnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupnote",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_groupnoteevent" ("began_at", "ended_at", "id", "intervention", "lesson_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id", "topic", "version", "written_at", "written_by_id") VALUES (OLD."began_at", OLD."ended_at", OLD."id", OLD."intervention", OLD."lesson_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."session_id", OLD."topic", OLD."version", OLD."written_at", OLD."written_by_id"); RETURN NULL;',
                    hash="de29fe56736c508378b215a17ec89c6e49d4d7f8",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1eefc",
                    table="attendance_groupnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupnoteevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8888fc40223138839082048b7a9f2d0dcf2a6c11",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_be990",
                    table="attendance_groupnoteevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="noteaddendum",
            trigger=pgtrigger.compiler.Trigger(
                name="addendum_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="97d742fe229988f0f4000bcdc87d27d8a6d708a6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_addendum_stays_28c63",
                    table="attendance_noteaddendum",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="noteaddendum",
            trigger=pgtrigger.compiler.Trigger(
                name="addendum_to_signed_notes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM attendance_notessignoff WHERE session_id = NEW.session_id\n                    ) THEN\n                        RAISE EXCEPTION 'These notes are not signed: write in them.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'addendum_to_signed_notes';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="0970b34c0771dbdc7bf2bf68d99c9f2fe94130a8",
                    operation="INSERT",
                    pgid="pgtrigger_addendum_to_signed_notes_538bf",
                    table="attendance_noteaddendum",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notessignoff",
            trigger=pgtrigger.compiler.Trigger(
                name="notes_signature_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4f46e8639def576bc2af5ad8dde9635c7e32a8ed",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_notes_signature_stays_60c7f",
                    table="attendance_notessignoff",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notessignoff",
            trigger=pgtrigger.compiler.Trigger(
                name="notes_are_signed_after_attendance",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    PERFORM FROM groups_groupsession WHERE id = NEW.session_id\n                       FOR NO KEY UPDATE;\n                    IF NOT EXISTS (\n                        SELECT FROM attendance_signoff WHERE session_id = NEW.session_id\n                    ) THEN\n                        RAISE EXCEPTION 'Attendance is signed before the notes.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'notes_are_signed_after_attendance';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="4631c170f2d1c33890a2442442110e82246159d4",
                    operation="INSERT",
                    pgid="pgtrigger_notes_are_signed_after_attendance_2f553",
                    table="attendance_notessignoff",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notessignoff",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_notessignoffevent" ("due_at", "id", "is_cosignature_needed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "session_id", "signed_at", "signed_by_id") VALUES (NEW."due_at", NEW."id", NEW."is_cosignature_needed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."session_id", NEW."signed_at", NEW."signed_by_id"); RETURN NULL;',
                    hash="1efbfee8973de0aae4c3d591ab2209b90bd497d0",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ea7a4",
                    table="attendance_notessignoff",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notessignoff",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "attendance_notessignoffevent" ("due_at", "id", "is_cosignature_needed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "session_id", "signed_at", "signed_by_id") VALUES (NEW."due_at", NEW."id", NEW."is_cosignature_needed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."session_id", NEW."signed_at", NEW."signed_by_id"); RETURN NULL;',
                    hash="5b73b4cfc7f3192f62f35fb071db9e5a69ac9eec",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4e2ad",
                    table="attendance_notessignoff",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notessignoff",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_notessignoffevent" ("due_at", "id", "is_cosignature_needed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "session_id", "signed_at", "signed_by_id") VALUES (OLD."due_at", OLD."id", OLD."is_cosignature_needed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reason", OLD."session_id", OLD."signed_at", OLD."signed_by_id"); RETURN NULL;',
                    hash="b699355cf9133cc1e07ab0c96300075e102d4436",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b39e0",
                    table="attendance_notessignoff",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cosignatureevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0f3633dd0a99f064b3dbffab725dca5094609bd9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_224be",
                    table="attendance_cosignatureevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cosignature",
            trigger=pgtrigger.compiler.Trigger(
                name="cosignature_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="160e8b14c94d4a23840ad347a8dfa413a17493eb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_cosignature_stays_481ed",
                    table="attendance_cosignature",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cosignature",
            trigger=pgtrigger.compiler.Trigger(
                name="cosigned_by_somebody_else",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF EXISTS (\n                        SELECT FROM attendance_notessignoff\n                         WHERE id = NEW.notes_id AND signed_by_id = NEW.signed_by_id\n                    ) THEN\n                        RAISE EXCEPTION 'Nobody co-signs their own notes.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'cosigned_by_somebody_else';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="7420e22b173a1cfbe944624b659092fd07a4e934",
                    operation="INSERT",
                    pgid="pgtrigger_cosigned_by_somebody_else_abf94",
                    table="attendance_cosignature",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cosignature",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_cosignatureevent" ("id", "notes_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "signed_at", "signed_by_id") VALUES (NEW."id", NEW."notes_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."signed_at", NEW."signed_by_id"); RETURN NULL;',
                    hash="51e6513643c4f45a168c726099f2cfb366cb1d5d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_67f7b",
                    table="attendance_cosignature",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cosignature",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "attendance_cosignatureevent" ("id", "notes_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "signed_at", "signed_by_id") VALUES (NEW."id", NEW."notes_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."signed_at", NEW."signed_by_id"); RETURN NULL;',
                    hash="1b7e66d67e97bf79f0a8bfe85def9698eb4622f3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2494e",
                    table="attendance_cosignature",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cosignature",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_cosignatureevent" ("id", "notes_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "signed_at", "signed_by_id") VALUES (OLD."id", OLD."notes_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."signed_at", OLD."signed_by_id"); RETURN NULL;',
                    hash="532484c5992fa81cd600e625aca3bf4bc0b7a075",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e6f10",
                    table="attendance_cosignature",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notessignoffevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="105d91699e2a8640849a6633244d3a7d7a07b5b5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_973b9",
                    table="attendance_notessignoffevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outreach",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_outreachevent" ("closed_at", "closed_by_id", "due_at", "enrollment_id", "id", "kind", "note", "opened_at", "outcome", "owned_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."due_at", NEW."enrollment_id", NEW."id", NEW."kind", NEW."note", NEW."opened_at", NEW."outcome", NEW."owned_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."session_id"); RETURN NULL;',
                    hash="fb52760aff189f8b3c9fd460011ba80648eeba70",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d5d8f",
                    table="attendance_outreach",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outreach",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "attendance_outreachevent" ("closed_at", "closed_by_id", "due_at", "enrollment_id", "id", "kind", "note", "opened_at", "outcome", "owned_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."due_at", NEW."enrollment_id", NEW."id", NEW."kind", NEW."note", NEW."opened_at", NEW."outcome", NEW."owned_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."session_id"); RETURN NULL;',
                    hash="4fc8a113623f72651c653cf47c82a7e7f522db69",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1d198",
                    table="attendance_outreach",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outreach",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_outreachevent" ("closed_at", "closed_by_id", "due_at", "enrollment_id", "id", "kind", "note", "opened_at", "outcome", "owned_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id") VALUES (OLD."closed_at", OLD."closed_by_id", OLD."due_at", OLD."enrollment_id", OLD."id", OLD."kind", OLD."note", OLD."opened_at", OLD."outcome", OLD."owned_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."session_id"); RETURN NULL;',
                    hash="80efcc27a30628a3ac4971cd801e9311068e6e43",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ea4e0",
                    table="attendance_outreach",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outreachattempt",
            trigger=pgtrigger.compiler.Trigger(
                name="attempt_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="fa1dc027856a6336f838919daa83af7dca154098",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_attempt_stays_f11e0",
                    table="attendance_outreachattempt",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outreachevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="72b1c3e8d2aecd9b9322d26c0db889d13a19efc3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_cf7b8",
                    table="attendance_outreachevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participantnote",
            trigger=pgtrigger.compiler.Trigger(
                name="signed_participant_note_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM FROM groups_groupsession WHERE id IN (OLD.session_id, NEW.session_id)\n              ORDER BY id FOR SHARE;\n            IF EXISTS (\n                SELECT FROM attendance_notessignoff\n                 WHERE session_id IN (OLD.session_id, NEW.session_id)\n            ) THEN\n                RAISE EXCEPTION 'These notes are signed: add to them by an addendum.'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'signed_participant_note_stays';\n            END IF;\n            RETURN coalesce(NEW, OLD);\n        ",
                    hash="13dc6993a82f1d838c1c4aec58134f4e51693727",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_signed_participant_note_stays_1dd7f",
                    table="attendance_participantnote",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participantnote",
            trigger=pgtrigger.compiler.Trigger(
                name="participant_note_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="fde526545d17355025ed818b8019a1f30285b19a",
                    operation="DELETE",
                    pgid="pgtrigger_participant_note_is_kept_4d0d9",
                    table="attendance_participantnote",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participantnote",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_participantnoteevent" ("contact", "goal_id", "goal_progress", "id", "participant_id", "participation", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "public_id", "response", "session_id", "version", "written_at", "written_by_id") VALUES (NEW."contact", NEW."goal_id", NEW."goal_progress", NEW."id", NEW."participant_id", NEW."participation", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."plan", NEW."public_id", NEW."response", NEW."session_id", NEW."version", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                    hash="84013585f376dc8d8ae4c5acec0a01a9fda6859e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e4d57",
                    table="attendance_participantnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participantnote",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "attendance_participantnoteevent" ("contact", "goal_id", "goal_progress", "id", "participant_id", "participation", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "public_id", "response", "session_id", "version", "written_at", "written_by_id") VALUES (NEW."contact", NEW."goal_id", NEW."goal_progress", NEW."id", NEW."participant_id", NEW."participation", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."plan", NEW."public_id", NEW."response", NEW."session_id", NEW."version", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                    hash="5426c9cb937db570e5fe212665239a4325a42453",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_628b9",
                    table="attendance_participantnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participantnote",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_participantnoteevent" ("contact", "goal_id", "goal_progress", "id", "participant_id", "participation", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "public_id", "response", "session_id", "version", "written_at", "written_by_id") VALUES (OLD."contact", OLD."goal_id", OLD."goal_progress", OLD."id", OLD."participant_id", OLD."participation", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."plan", OLD."public_id", OLD."response", OLD."session_id", OLD."version", OLD."written_at", OLD."written_by_id"); RETURN NULL;',
                    hash="2ea2a23d60549c62e2b18dd32df8ba203154b0c2",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_56c06",
                    table="attendance_participantnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participantnoteevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a0649edde58d31ee398472bf9b884b820426c8ca",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a1586",
                    table="attendance_participantnoteevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="safetyalert",
            trigger=pgtrigger.compiler.Trigger(
                name="acknowledged_alert_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."acknowledged_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="ef912e28c5d37f0f60d112216379bf93c9181b2c",
                    operation="UPDATE",
                    pgid="pgtrigger_acknowledged_alert_stays_adf03",
                    table="attendance_safetyalert",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="safetyalert",
            trigger=pgtrigger.compiler.Trigger(
                name="safety_alert_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="9712d0d59cdf875fde5920758b504c77d97af9e4",
                    operation="DELETE",
                    pgid="pgtrigger_safety_alert_is_kept_e112a",
                    table="attendance_safetyalert",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="safetyalert",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_safetyalertevent" ("acknowledged_at", "acknowledged_by_id", "check_in_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "raised_at", "what_was_done") VALUES (NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."check_in_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."raised_at", NEW."what_was_done"); RETURN NULL;',
                    hash="fb419cb4e22f64fabc81b577a68a0f52f67cb217",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9e291",
                    table="attendance_safetyalert",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="safetyalert",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "attendance_safetyalertevent" ("acknowledged_at", "acknowledged_by_id", "check_in_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "raised_at", "what_was_done") VALUES (NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."check_in_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."raised_at", NEW."what_was_done"); RETURN NULL;',
                    hash="25caa2601f36bacd904f5461ffe0d35e002e539a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0036e",
                    table="attendance_safetyalert",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="safetyalert",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "attendance_safetyalertevent" ("acknowledged_at", "acknowledged_by_id", "check_in_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "raised_at", "what_was_done") VALUES (OLD."acknowledged_at", OLD."acknowledged_by_id", OLD."check_in_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."raised_at", OLD."what_was_done"); RETURN NULL;',
                    hash="b659378e1a9d5011768ad6d0ba629b308db78b92",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f0424",
                    table="attendance_safetyalert",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="safetyalertevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="051de1719e7f54af946c72f848e463a76c8db5ab",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9383e",
                    table="attendance_safetyalertevent",
                    when="BEFORE",
                ),
            ),
        ),
        # What the sheet writes of a state, as the database sees it.
        migrations.RunSQL(STATE, "DROP FUNCTION attendance_state(bigint, bigint)"),
    ]
    operations = together(operations)
