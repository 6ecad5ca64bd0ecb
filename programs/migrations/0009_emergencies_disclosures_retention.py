"""Emergency access, disclosures, retention with legal holds, and the trail's reviews."""

import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import accounts.encryption
import accounts.models.public_id
import programs.models.consent
from accounts.together import together


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0008_purposes_of_consent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Disclosure",
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
                ("what", models.CharField(max_length=60, verbose_name="what")),
                ("path", models.CharField(max_length=300)),
                (
                    "recipient",
                    models.CharField(
                        choices=[
                            ("own", "Stays in the clinic, for our own work"),
                            ("participant", "The participant"),
                            ("payer", "A payer"),
                            ("provider", "Another provider of care"),
                            ("service", "A service organization under agreement"),
                            ("court", "A court, probation or a lawyer"),
                            ("auditor", "An auditor or a licensing body"),
                            ("other", "Somebody else"),
                        ],
                        max_length=11,
                        verbose_name="to whom",
                    ),
                ),
                (
                    "recipient_name",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="name"
                    ),
                ),
                ("purpose", accounts.encryption.EncryptedTextField(verbose_name="what for")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("internal", "Within the program, or its service organization (2.12)"),
                            ("participant", "The participant's own access (2.23)"),
                            ("consent", "Written consent (2.31, 2.33)"),
                            ("emergency", "Medical emergency (2.51)"),
                            ("audit", "Audit and evaluation (2.53)"),
                            ("order", "Court order (2.61 to 2.67)"),
                        ],
                        max_length=11,
                        verbose_name="on what ground",
                    ),
                ),
                (
                    "emergency",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="nature of the emergency"
                    ),
                ),
                (
                    "affiliation",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="where they work"
                    ),
                ),
                ("stated_at", models.DateTimeField(verbose_name="stated")),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="taken")),
                (
                    "sha256",
                    models.CharField(
                        blank=True, default="", max_length=64, verbose_name="fingerprint"
                    ),
                ),
                ("people", models.PositiveIntegerField(default=0, verbose_name="people")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disclosures",
                        to="programs.program",
                    ),
                ),
            ],
            options={
                "ordering": ["-stated_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DisclosedPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.agreement",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disclosed",
                        to="programs.participant",
                    ),
                ),
                (
                    "disclosure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disclosed",
                        to="programs.disclosure",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DisclosureEvent",
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
                ("what", models.CharField(max_length=60, verbose_name="what")),
                ("path", models.CharField(max_length=300)),
                (
                    "recipient",
                    models.CharField(
                        choices=[
                            ("own", "Stays in the clinic, for our own work"),
                            ("participant", "The participant"),
                            ("payer", "A payer"),
                            ("provider", "Another provider of care"),
                            ("service", "A service organization under agreement"),
                            ("court", "A court, probation or a lawyer"),
                            ("auditor", "An auditor or a licensing body"),
                            ("other", "Somebody else"),
                        ],
                        max_length=11,
                        verbose_name="to whom",
                    ),
                ),
                (
                    "recipient_name",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="name"
                    ),
                ),
                ("purpose", accounts.encryption.EncryptedTextField(verbose_name="what for")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("internal", "Within the program, or its service organization (2.12)"),
                            ("participant", "The participant's own access (2.23)"),
                            ("consent", "Written consent (2.31, 2.33)"),
                            ("emergency", "Medical emergency (2.51)"),
                            ("audit", "Audit and evaluation (2.53)"),
                            ("order", "Court order (2.61 to 2.67)"),
                        ],
                        max_length=11,
                        verbose_name="on what ground",
                    ),
                ),
                (
                    "emergency",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="nature of the emergency"
                    ),
                ),
                (
                    "affiliation",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="where they work"
                    ),
                ),
                ("stated_at", models.DateTimeField(verbose_name="stated")),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="taken")),
                (
                    "sha256",
                    models.CharField(
                        blank=True, default="", max_length=64, verbose_name="fingerprint"
                    ),
                ),
                ("people", models.PositiveIntegerField(default=0, verbose_name="people")),
                (
                    "by",
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
                        to="programs.disclosure",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programs.program",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EmergencyAccess",
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
                ("started_at", models.DateTimeField(verbose_name="opened")),
                ("ends_at", models.DateTimeField(verbose_name="closes")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "reviewed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="reviewed"),
                ),
                (
                    "review_note",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="note"
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emergency_accesses",
                        to="programs.participant",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emergency_accesses",
                        to="programs.program",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EmergencyAccessEvent",
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
                ("started_at", models.DateTimeField(verbose_name="opened")),
                ("ends_at", models.DateTimeField(verbose_name="closes")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "reviewed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="reviewed"),
                ),
                (
                    "review_note",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="note"
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
                        to="programs.emergencyaccess",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programs.program",
                    ),
                ),
                (
                    "reviewed_by",
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
                    "user",
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
            name="LegalHold",
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
                ("placed_on", models.DateField(verbose_name="placed")),
                ("lifted_on", models.DateField(blank=True, null=True, verbose_name="lifted")),
                (
                    "lifted_reason",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="why it is lifted"
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="legal_holds",
                        to="programs.participant",
                    ),
                ),
                (
                    "placed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-placed_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="LegalHoldEvent",
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
                ("placed_on", models.DateField(verbose_name="placed")),
                ("lifted_on", models.DateField(blank=True, null=True, verbose_name="lifted")),
                (
                    "lifted_reason",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="why it is lifted"
                    ),
                ),
                (
                    "lifted_by",
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
                        to="programs.legalhold",
                    ),
                ),
                (
                    "placed_by",
                    models.ForeignKey(
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
            name="RetentionRule",
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
                    "adult_years",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="years after discharge"
                    ),
                ),
                (
                    "minor_years",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="years after a minor comes of age"
                    ),
                ),
                ("citation", models.CharField(blank=True, max_length=300, verbose_name="citation")),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retention_rules",
                        to="programs.program",
                    ),
                ),
            ],
            options={
                "ordering": ["program", "effective_from"],
            },
        ),
        migrations.CreateModel(
            name="RetentionRuleEvent",
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
                    "adult_years",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="years after discharge"
                    ),
                ),
                (
                    "minor_years",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="years after a minor comes of age"
                    ),
                ),
                ("citation", models.CharField(blank=True, max_length=300, verbose_name="citation")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="programs.retentionrule",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programs.program",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TrailReview",
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
                ("first_on", models.DateField(verbose_name="from")),
                ("last_on", models.DateField(verbose_name="to")),
                ("lines", models.PositiveIntegerField(verbose_name="lines")),
                ("unusual", models.JSONField(blank=True, default=dict, verbose_name="unusual")),
                (
                    "note",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="note"
                    ),
                ),
                ("reviewed_at", models.DateTimeField(verbose_name="reviewed")),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trail_reviews",
                        to="programs.program",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-last_on", "-reviewed_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TrailReviewEvent",
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
                ("first_on", models.DateField(verbose_name="from")),
                ("last_on", models.DateField(verbose_name="to")),
                ("lines", models.PositiveIntegerField(verbose_name="lines")),
                ("unusual", models.JSONField(blank=True, default=dict, verbose_name="unusual")),
                (
                    "note",
                    accounts.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="note"
                    ),
                ),
                ("reviewed_at", models.DateTimeField(verbose_name="reviewed")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="programs.trailreview",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programs.program",
                    ),
                ),
                (
                    "reviewed_by",
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
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(
                condition=models.Q(("taken_at", None)),
                fields=["by", "path"],
                name="disclosure_not_taken",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "recipient__in",
                        [
                            "own",
                            "participant",
                            "payer",
                            "provider",
                            "service",
                            "court",
                            "auditor",
                            "other",
                        ],
                    )
                ),
                name="disclosure_recipient_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "basis__in",
                        ["internal", "participant", "consent", "emergency", "audit", "order"],
                    )
                ),
                name="disclosure_basis_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recipient__in", ["own", "participant"]),
                    programs.models.consent.IsFilled(models.F("recipient_name")),
                    _connector="OR",
                ),
                name="disclosure_names_recipient",
                violation_error_message="Say who receives it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis", "emergency"), _negated=True),
                    models.Q(
                        programs.models.consent.IsFilled(models.F("emergency")),
                        programs.models.consent.IsFilled(models.F("affiliation")),
                    ),
                    _connector="OR",
                ),
                name="disclosure_emergency_is_told",
                violation_error_message="A medical emergency says what it was, and where the recipient works.",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis", "internal"), _negated=True),
                    ("recipient__in", ["own", "service"]),
                    _connector="OR",
                ),
                name="disclosure_internal_stays",
                violation_error_message="What leaves the program needs another ground.",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sha256", ""), ("taken_at", None)),
                    models.Q(
                        ("taken_at__gte", models.F("stated_at")),
                        models.Q(("sha256", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="disclosure_taken_with_fingerprint",
                violation_error_message="A file that was taken has a time and a fingerprint.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="disclosure",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_disclosureevent" ("affiliation", "basis", "by_id", "emergency", "id", "path", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "purpose", "recipient", "recipient_name", "sha256", "stated_at", "taken_at", "what") VALUES (NEW."affiliation", NEW."basis", NEW."by_id", NEW."emergency", NEW."id", NEW."path", NEW."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."public_id", NEW."purpose", NEW."recipient", NEW."recipient_name", NEW."sha256", NEW."stated_at", NEW."taken_at", NEW."what"); RETURN NULL;',
                    hash="e1813bcfa8594fbe69df3726324003589f00fbfa",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a6c12",
                    table="programs_disclosure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="disclosure",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_disclosureevent" ("affiliation", "basis", "by_id", "emergency", "id", "path", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "purpose", "recipient", "recipient_name", "sha256", "stated_at", "taken_at", "what") VALUES (NEW."affiliation", NEW."basis", NEW."by_id", NEW."emergency", NEW."id", NEW."path", NEW."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."program_id", NEW."public_id", NEW."purpose", NEW."recipient", NEW."recipient_name", NEW."sha256", NEW."stated_at", NEW."taken_at", NEW."what"); RETURN NULL;',
                    hash="7c924d9d951a8c5a83b13c68936f9d8407f45fc1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b76f1",
                    table="programs_disclosure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="disclosure",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_disclosureevent" ("affiliation", "basis", "by_id", "emergency", "id", "path", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "purpose", "recipient", "recipient_name", "sha256", "stated_at", "taken_at", "what") VALUES (OLD."affiliation", OLD."basis", OLD."by_id", OLD."emergency", OLD."id", OLD."path", OLD."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."public_id", OLD."purpose", OLD."recipient", OLD."recipient_name", OLD."sha256", OLD."stated_at", OLD."taken_at", OLD."what"); RETURN NULL;',
                    hash="a655c6a4d3965b444cf7823a568cf37d0cb5ec6e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_43918",
                    table="programs_disclosure",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosedperson",
            constraint=models.UniqueConstraint(
                fields=("disclosure", "participant"),
                name="disclosed_person_once",
                violation_error_message="Each person stands once on a disclosure.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="disclosureevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b162667aee4e1b40d5a9fe063cdb8b1edea65824",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_23183",
                    table="programs_disclosureevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="emergencyaccess",
            index=models.Index(fields=["user", "ends_at"], name="emergency_by_user"),
        ),
        migrations.AddConstraint(
            model_name="emergencyaccess",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("started_at"))),
                name="emergency_ends_after_start",
                violation_error_message="Emergency access ends after it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergencyaccess",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "ends_at__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("started_at"),
                            "+",
                            models.Value(datetime.timedelta(seconds=3600)),
                        ),
                    )
                ),
                name="emergency_lasts_an_hour",
                violation_error_message="Emergency access lasts an hour at most.",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergencyaccess",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at", None), ("ended_at__gte", models.F("started_at")), _connector="OR"
                ),
                name="emergency_closed_after_opened",
                violation_error_message="Emergency access is closed after it was opened.",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergencyaccess",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reviewed_at", None), ("reviewed_by", None)),
                    models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                    _connector="OR",
                ),
                name="emergency_reviewed_by_someone",
                violation_error_message="A review has a time and a person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergencyaccess",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_by", None),
                    models.Q(("reviewed_by", models.F("user")), _negated=True),
                    _connector="OR",
                ),
                name="emergency_reviewed_by_another",
                violation_error_message="Somebody else reviews it than who opened the record.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="emergencyaccess",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_emergencyaccessevent" ("ended_at", "ends_at", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "reason", "review_note", "reviewed_at", "reviewed_by_id", "started_at", "user_id") VALUES (NEW."ended_at", NEW."ends_at", NEW."id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."public_id", NEW."reason", NEW."review_note", NEW."reviewed_at", NEW."reviewed_by_id", NEW."started_at", NEW."user_id"); RETURN NULL;',
                    hash="9de0e6416f3209e6c0ada00793d90dd7b2666807",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2edf7",
                    table="programs_emergencyaccess",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="emergencyaccess",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_emergencyaccessevent" ("ended_at", "ends_at", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "reason", "review_note", "reviewed_at", "reviewed_by_id", "started_at", "user_id") VALUES (NEW."ended_at", NEW."ends_at", NEW."id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."program_id", NEW."public_id", NEW."reason", NEW."review_note", NEW."reviewed_at", NEW."reviewed_by_id", NEW."started_at", NEW."user_id"); RETURN NULL;',
                    hash="992523f048cf8d41d99949d30c02917072c74206",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fd4f8",
                    table="programs_emergencyaccess",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="emergencyaccess",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_emergencyaccessevent" ("ended_at", "ends_at", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "reason", "review_note", "reviewed_at", "reviewed_by_id", "started_at", "user_id") VALUES (OLD."ended_at", OLD."ends_at", OLD."id", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."public_id", OLD."reason", OLD."review_note", OLD."reviewed_at", OLD."reviewed_by_id", OLD."started_at", OLD."user_id"); RETURN NULL;',
                    hash="4f2909a872a8ae8d09a3ecaadbcfbec725db3c18",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e330f",
                    table="programs_emergencyaccess",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="emergencyaccessevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="290ba271f522d9ca91fbbe5c20d2d1903940c2e2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b446d",
                    table="programs_emergencyaccessevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="legalhold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lifted_on", None), ("lifted_on__gte", models.F("placed_on")), _connector="OR"
                ),
                name="legal_hold_lifted_after_placed",
                violation_error_message="A hold is lifted on or after the day it was placed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalhold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lifted_by", None), ("lifted_on", None)),
                    models.Q(
                        ("lifted_by__isnull", False),
                        ("lifted_on__isnull", False),
                        programs.models.consent.IsFilled(models.F("lifted_reason")),
                    ),
                    _connector="OR",
                ),
                name="legal_hold_lifted_by_someone",
                violation_error_message="Who lifts a hold says so, and why.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="legalhold",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_legalholdevent" ("id", "lifted_by_id", "lifted_on", "lifted_reason", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_by_id", "placed_on", "public_id", "reason") VALUES (NEW."id", NEW."lifted_by_id", NEW."lifted_on", NEW."lifted_reason", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."placed_by_id", NEW."placed_on", NEW."public_id", NEW."reason"); RETURN NULL;',
                    hash="682448a907b369fe2cba458d42e4544b71c35119",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_18489",
                    table="programs_legalhold",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="legalhold",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_legalholdevent" ("id", "lifted_by_id", "lifted_on", "lifted_reason", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_by_id", "placed_on", "public_id", "reason") VALUES (NEW."id", NEW."lifted_by_id", NEW."lifted_on", NEW."lifted_reason", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."placed_by_id", NEW."placed_on", NEW."public_id", NEW."reason"); RETURN NULL;',
                    hash="08c663901534aabf5c80945b06004fd03f172aa3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ecc05",
                    table="programs_legalhold",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="legalhold",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_legalholdevent" ("id", "lifted_by_id", "lifted_on", "lifted_reason", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_by_id", "placed_on", "public_id", "reason") VALUES (OLD."id", OLD."lifted_by_id", OLD."lifted_on", OLD."lifted_reason", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."placed_by_id", OLD."placed_on", OLD."public_id", OLD."reason"); RETURN NULL;',
                    hash="b3097f484fb5a18480152e3212892c770198784e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d5b77",
                    table="programs_legalhold",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="legalholdevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9d92991b5bc7e76dbd81aed3d6ede73e4b16a029",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_10ef8",
                    table="programs_legalholdevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.UniqueConstraint(
                fields=("program", "effective_from"),
                name="retention_rule_once_per_date",
                violation_error_message="There is a retention rule from that date already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("adult_years__range", (1, 50)), ("minor_years__range", (0, 50))
                ),
                name="retention_rule_in_years",
                violation_error_message="Between 1 and 50 years.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="retentionrule",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_retentionruleevent" ("adult_years", "citation", "effective_from", "id", "minor_years", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id") VALUES (NEW."adult_years", NEW."citation", NEW."effective_from", NEW."id", NEW."minor_years", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."public_id"); RETURN NULL;',
                    hash="fc2e383d847dc0a19a5706374bdd1697baf5a801",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fdcfd",
                    table="programs_retentionrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="retentionrule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_retentionruleevent" ("adult_years", "citation", "effective_from", "id", "minor_years", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id") VALUES (NEW."adult_years", NEW."citation", NEW."effective_from", NEW."id", NEW."minor_years", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."program_id", NEW."public_id"); RETURN NULL;',
                    hash="fcf5a1d99785471cf49b085dd38cce18735e9b64",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8fa11",
                    table="programs_retentionrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="retentionrule",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_retentionruleevent" ("adult_years", "citation", "effective_from", "id", "minor_years", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id") VALUES (OLD."adult_years", OLD."citation", OLD."effective_from", OLD."id", OLD."minor_years", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."public_id"); RETURN NULL;',
                    hash="c18e79d4fbdce9f57b6a6257230560533bc689d8",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_04f62",
                    table="programs_retentionrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="retentionruleevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="48de1ce9d5559a9037a6e4c7b9b218a1e2d3ae6b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1150f",
                    table="programs_retentionruleevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="trailreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_on__gte", models.F("first_on"))),
                name="trail_review_last_after_first",
                violation_error_message="The last day is on or after the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="trailreview",
            constraint=models.UniqueConstraint(
                fields=("program", "first_on", "last_on", "reviewed_by"),
                name="trail_review_once",
                violation_error_message="You have signed off these days already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trailreview",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_trailreviewevent" ("first_on", "id", "last_on", "lines", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "reviewed_at", "reviewed_by_id", "unusual") VALUES (NEW."first_on", NEW."id", NEW."last_on", NEW."lines", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."public_id", NEW."reviewed_at", NEW."reviewed_by_id", NEW."unusual"); RETURN NULL;',
                    hash="8acf575f843315d21f3c78f8039b9367fab4c203",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7e4e8",
                    table="programs_trailreview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trailreview",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_trailreviewevent" ("first_on", "id", "last_on", "lines", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "reviewed_at", "reviewed_by_id", "unusual") VALUES (NEW."first_on", NEW."id", NEW."last_on", NEW."lines", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."program_id", NEW."public_id", NEW."reviewed_at", NEW."reviewed_by_id", NEW."unusual"); RETURN NULL;',
                    hash="de4651ac3cd12cd9a09258708df5168943b2038f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1edeb",
                    table="programs_trailreview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trailreview",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_trailreviewevent" ("first_on", "id", "last_on", "lines", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "reviewed_at", "reviewed_by_id", "unusual") VALUES (OLD."first_on", OLD."id", OLD."last_on", OLD."lines", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."public_id", OLD."reviewed_at", OLD."reviewed_by_id", OLD."unusual"); RETURN NULL;',
                    hash="d716c0a2b89e4eb240d2c596035c0bad8713b8ac",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b28aa",
                    table="programs_trailreview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trailreviewevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7cd82100126b896bff55a60ef8077674d0c6e8fe",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_870a3",
                    table="programs_trailreviewevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]

    operations = together(operations)
