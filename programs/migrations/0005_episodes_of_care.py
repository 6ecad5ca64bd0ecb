"""Episodes of care from the first call on: referrals, plans, agreements, authorizations, steps."""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.comparison
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import phonenumber_field.modelfields
from django.conf import settings
from django.db import migrations, models

import accounts.encryption
import accounts.models.public_id
import programs.models.clinic
import programs.models.consent
import programs.models.participant
import programs.models.spans
from accounts.together import together


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("programs", "0004_schedule_rules_and_availability"),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contactconsent",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contactconsent",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contactconsent",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="enrollment",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="enrollment",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="enrollment",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="order",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="order",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="order",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="participant",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="participant",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="participant",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="contactconsent",
            name="contact_consent_once",
        ),
        migrations.RemoveConstraint(
            model_name="enrollment",
            name="enrollment_discharge_reason_known",
        ),
        migrations.RemoveConstraint(
            model_name="enrollment",
            name="enrollment_discharged_after_admitted",
        ),
        migrations.RemoveConstraint(
            model_name="enrollment",
            name="enrollment_one_at_a_time",
        ),
        migrations.RemoveConstraint(
            model_name="leave",
            name="leave_ends_after_start",
        ),
        migrations.RemoveConstraint(
            model_name="leave",
            name="leave_one_at_a_time",
        ),
        migrations.CreateModel(
            name="Document",
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
                            ("identity", "Identity or insurance card"),
                            ("referral", "Referral"),
                            ("assessment", "Assessment"),
                            ("agreement", "Signed agreement"),
                            ("authorization", "Authorization letter"),
                            ("other", "Other"),
                        ],
                        max_length=13,
                        verbose_name="kind",
                    ),
                ),
                ("name", accounts.encryption.EncryptedTextField(verbose_name="name")),
                ("stored_name", models.CharField(editable=False, max_length=40, unique=True)),
                (
                    "content_type",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            ("image/jpeg", "JPEG"),
                            ("image/png", "PNG"),
                        ],
                        max_length=15,
                    ),
                ),
                ("size_bytes", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("uploaded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "withdrawn_reason",
                    accounts.encryption.EncryptedTextField(blank=True, verbose_name="reason"),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="programs.participant",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                "ordering": ["-uploaded_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "identity",
                                    "referral",
                                    "assessment",
                                    "agreement",
                                    "authorization",
                                    "other",
                                ],
                            )
                        ),
                        name="document_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content_type__in", ["application/pdf", "image/jpeg", "image/png"])
                        ),
                        name="document_type_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size_bytes__range", (1, 10485760))),
                        name="document_of_some_size",
                        violation_error_message="A document has at least one byte and at most 10 MB.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
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
                            ("telehealth", "Telehealth"),
                            ("release", "Release of information"),
                            ("program", "Program agreement"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("given_on", models.DateField(verbose_name="given")),
                (
                    "taken_how",
                    models.CharField(
                        choices=[
                            ("in_person", "In person"),
                            ("phone", "By phone"),
                            ("signed", "Signed on paper"),
                            ("online", "In writing, online"),
                            ("reply", "By reply to a message"),
                            ("imported", "Imported"),
                        ],
                        max_length=10,
                        verbose_name="how it was given",
                    ),
                ),
                (
                    "recipient",
                    accounts.encryption.EncryptedTextField(blank=True, verbose_name="recipient"),
                ),
                (
                    "purpose",
                    accounts.encryption.EncryptedTextField(blank=True, verbose_name="purpose"),
                ),
                (
                    "scope",
                    accounts.encryption.EncryptedTextField(
                        blank=True, verbose_name="what may be told"
                    ),
                ),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="expires")),
                (
                    "expires_when",
                    accounts.encryption.EncryptedTextField(
                        blank=True, verbose_name="or expires when"
                    ),
                ),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                (
                    "revoked_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_person", "In person"),
                            ("phone", "By phone"),
                            ("signed", "Signed on paper"),
                            ("online", "In writing, online"),
                            ("reply", "By reply to a message"),
                            ("imported", "Imported"),
                        ],
                        max_length=10,
                        verbose_name="how it was revoked",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="programs.participant",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="programs.document",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["telehealth", "release", "program"])),
                        name="agreement_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "taken_how__in",
                                ["in_person", "phone", "signed", "online", "reply", "imported"],
                            ),
                            (
                                "revoked_how__in",
                                ["", "in_person", "phone", "signed", "online", "reply", "imported"],
                            ),
                        ),
                        name="agreement_how_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "release"), _negated=True),
                            models.Q(
                                programs.models.consent.IsFilled(models.F("recipient")),
                                programs.models.consent.IsFilled(models.F("purpose")),
                                programs.models.consent.IsFilled(models.F("scope")),
                                models.Q(
                                    ("expires_on__isnull", False),
                                    programs.models.consent.IsFilled(models.F("expires_when")),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="agreement_release_is_whole",
                        violation_error_message="A release says to whom, what for, what may be told, and when it expires.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on", None),
                            ("expires_on__gte", models.F("given_on")),
                            _connector="OR",
                        ),
                        name="agreement_expires_after_given",
                        violation_error_message="An agreement expires on or after the day it is given.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("revoked_at", None), ("revoked_by", None), ("revoked_how", "")
                            ),
                            models.Q(
                                ("revoked_at__isnull", False),
                                models.Q(("revoked_how", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="agreement_revoked_somehow",
                        violation_error_message="A revocation says when and how.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("revoked_at", None), models.Q(("kind", "release"), _negated=True)
                        ),
                        fields=("participant", "kind", "given_on"),
                        name="agreement_once_a_day",
                        violation_error_message="This agreement is on record from that day already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementEvent",
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
                            ("telehealth", "Telehealth"),
                            ("release", "Release of information"),
                            ("program", "Program agreement"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("given_on", models.DateField(verbose_name="given")),
                (
                    "taken_how",
                    models.CharField(
                        choices=[
                            ("in_person", "In person"),
                            ("phone", "By phone"),
                            ("signed", "Signed on paper"),
                            ("online", "In writing, online"),
                            ("reply", "By reply to a message"),
                            ("imported", "Imported"),
                        ],
                        max_length=10,
                        verbose_name="how it was given",
                    ),
                ),
                (
                    "recipient",
                    accounts.encryption.EncryptedTextField(blank=True, verbose_name="recipient"),
                ),
                (
                    "purpose",
                    accounts.encryption.EncryptedTextField(blank=True, verbose_name="purpose"),
                ),
                (
                    "scope",
                    accounts.encryption.EncryptedTextField(
                        blank=True, verbose_name="what may be told"
                    ),
                ),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="expires")),
                (
                    "expires_when",
                    accounts.encryption.EncryptedTextField(
                        blank=True, verbose_name="or expires when"
                    ),
                ),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                (
                    "revoked_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_person", "In person"),
                            ("phone", "By phone"),
                            ("signed", "Signed on paper"),
                            ("online", "In writing, online"),
                            ("reply", "By reply to a message"),
                            ("imported", "Imported"),
                        ],
                        max_length=10,
                        verbose_name="how it was revoked",
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
                        to="programs.agreement",
                    ),
                ),
                (
                    "revoked_by",
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
                    "taken_by",
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
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programs.document",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Authorization",
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
                ("payer", models.CharField(max_length=120, verbose_name="payer")),
                (
                    "member_id",
                    accounts.encryption.EncryptedTextField(blank=True, verbose_name="member ID"),
                ),
                (
                    "number",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="authorization number"
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[("day", "Day"), ("hour", "Hour"), ("quarter_hour", "15 minutes")],
                        default="day",
                        max_length=12,
                        verbose_name="unit",
                    ),
                ),
                (
                    "requested_units",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="units asked for"
                    ),
                ),
                (
                    "approved_units",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="units approved"
                    ),
                ),
                ("first_on", models.DateField(verbose_name="first day")),
                ("last_on", models.DateField(verbose_name="last day")),
                (
                    "days_per_week",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="days a week"
                    ),
                ),
                (
                    "next_review_on",
                    models.DateField(blank=True, null=True, verbose_name="next review"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("approved", "Approved"),
                            ("partial", "Approved in part"),
                            ("denied", "Denied"),
                            ("appealed", "Under appeal"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="pending",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                ("note", accounts.encryption.EncryptedTextField(blank=True, verbose_name="note")),
                ("entered_at", models.DateTimeField()),
                (
                    "enrollment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authorizations",
                        to="programs.enrollment",
                    ),
                ),
                (
                    "entered_by",
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
                "ordering": ["first_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "pending",
                                    "approved",
                                    "partial",
                                    "denied",
                                    "appealed",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="authorization_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__in", ["day", "hour", "quarter_hour"])),
                        name="authorization_unit_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("payer", ""), _negated=True),
                        name="authorization_has_payer",
                        violation_error_message="An authorization is some payer’s.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_on__gte", models.F("first_on"))),
                        name="authorization_ends_after_start",
                        violation_error_message="An authorization ends on or after its first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ("approved", "partial")), _negated=True),
                            models.Q(
                                ("approved_units__gte", 1),
                                ("approved_units__isnull", False),
                                models.Q(("number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="authorization_approved_has_units",
                        violation_error_message="An approval has a number and at least one unit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days_per_week", None),
                            ("days_per_week__range", (1, 7)),
                            _connector="OR",
                        ),
                        name="authorization_days_of_a_week",
                        violation_error_message="A week has one to seven days.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_review_on", None),
                            ("next_review_on__lt", models.F("last_on")),
                            _connector="OR",
                        ),
                        name="authorization_reviewed_before_end",
                        violation_error_message="A review is due before the last day, not on it.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("status__in", ("approved", "partial"))),
                        expressions=[
                            ("enrollment", "="),
                            ("unit", "="),
                            (
                                programs.models.spans.DateSpan(
                                    django.db.models.functions.comparison.Least(
                                        models.F("first_on"),
                                        programs.models.spans.DayAfter("last_on"),
                                    ),
                                    programs.models.spans.DayAfter("last_on"),
                                ),
                                "&&",
                            ),
                        ],
                        name="authorization_one_at_a_time",
                        violation_error_message="Another approved authorization in the same unit covers some of these dates.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuthorizationEvent",
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
                ("payer", models.CharField(max_length=120, verbose_name="payer")),
                (
                    "member_id",
                    accounts.encryption.EncryptedTextField(blank=True, verbose_name="member ID"),
                ),
                (
                    "number",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="authorization number"
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[("day", "Day"), ("hour", "Hour"), ("quarter_hour", "15 minutes")],
                        default="day",
                        max_length=12,
                        verbose_name="unit",
                    ),
                ),
                (
                    "requested_units",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="units asked for"
                    ),
                ),
                (
                    "approved_units",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="units approved"
                    ),
                ),
                ("first_on", models.DateField(verbose_name="first day")),
                ("last_on", models.DateField(verbose_name="last day")),
                (
                    "days_per_week",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="days a week"
                    ),
                ),
                (
                    "next_review_on",
                    models.DateField(blank=True, null=True, verbose_name="next review"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("approved", "Approved"),
                            ("partial", "Approved in part"),
                            ("denied", "Denied"),
                            ("appealed", "Under appeal"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="pending",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                ("note", accounts.encryption.EncryptedTextField(blank=True, verbose_name="note")),
                ("entered_at", models.DateTimeField()),
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="programs.authorization",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Certification",
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
                ("signed_on", models.DateField(verbose_name="signed")),
                ("due_on", models.DateField(verbose_name="next due")),
                (
                    "signed_by_name",
                    accounts.encryption.EncryptedTextField(verbose_name="signed by"),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "enrollment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certifications",
                        to="programs.enrollment",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gt", models.F("signed_on"))),
                        name="certification_due_after_signed",
                        violation_error_message="The next certification is due after this one is signed.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("enrollment", "signed_on"),
                        name="certification_once_a_day",
                        violation_error_message="A certification signed that day is on record already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CertificationEvent",
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
                ("signed_on", models.DateField(verbose_name="signed")),
                ("due_on", models.DateField(verbose_name="next due")),
                (
                    "signed_by_name",
                    accounts.encryption.EncryptedTextField(verbose_name="signed by"),
                ),
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="programs.certification",
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
            name="DocumentEvent",
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
                            ("identity", "Identity or insurance card"),
                            ("referral", "Referral"),
                            ("assessment", "Assessment"),
                            ("agreement", "Signed agreement"),
                            ("authorization", "Authorization letter"),
                            ("other", "Other"),
                        ],
                        max_length=13,
                        verbose_name="kind",
                    ),
                ),
                ("name", accounts.encryption.EncryptedTextField(verbose_name="name")),
                ("stored_name", models.CharField(editable=False, max_length=40)),
                (
                    "content_type",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            ("image/jpeg", "JPEG"),
                            ("image/png", "PNG"),
                        ],
                        max_length=15,
                    ),
                ),
                ("size_bytes", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("uploaded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "withdrawn_reason",
                    accounts.encryption.EncryptedTextField(blank=True, verbose_name="reason"),
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
                        to="programs.document",
                    ),
                ),
                (
                    "uploaded_by",
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
            name="DuplicateReport",
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
                ("reported_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("merged", "The same person"), ("different", "Two people")],
                        max_length=9,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "entered",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.participant",
                    ),
                ),
                (
                    "known",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.participant",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.program",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
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
                "ordering": ["reported_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entered", "known"),
                        name="duplicate_report_once",
                        violation_error_message="These two records are reported already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "merged", "different"])),
                        name="duplicate_report_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("entered", models.F("known")), _negated=True),
                        name="duplicate_report_of_two",
                        violation_error_message="A duplicate is another record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("settled_at", None)),
                            models.Q(
                                ("outcome__in", ["merged", "different"]),
                                ("settled_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="duplicate_report_settled_somehow",
                        violation_error_message="A report is settled with an outcome.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EnrollmentDraft",
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
                ("kept_at", models.DateTimeField()),
                ("answers", accounts.encryption.EncryptedTextField()),
                (
                    "kept_by",
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
                        related_name="drafts",
                        to="programs.program",
                    ),
                ),
            ],
            options={
                "ordering": ["-kept_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Referral",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("referred", "Referred"),
                            ("waitlisted", "On the waiting list"),
                            ("enrolled", "Enrolled"),
                            ("declined", "Declined"),
                        ],
                        default="referred",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("referred_on", models.DateField(verbose_name="first call")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("self", "They themselves"),
                            ("family", "Family or friends"),
                            ("hospital", "Hospital or emergency room"),
                            ("residential", "Residential program"),
                            ("php", "Partial hospitalization program"),
                            ("outpatient", "Therapist or doctor"),
                            ("court", "Court or probation"),
                            ("work", "Work or school"),
                            ("insurer", "Insurer"),
                            ("other", "Somebody else"),
                        ],
                        max_length=11,
                        verbose_name="who referred them",
                    ),
                ),
                (
                    "source_name",
                    accounts.encryption.EncryptedTextField(
                        blank=True, verbose_name="name and number"
                    ),
                ),
                (
                    "admission",
                    models.CharField(
                        choices=[
                            ("step_down", "Stepped down"),
                            ("step_up", "Stepped up"),
                            ("direct", "Direct"),
                        ],
                        default="direct",
                        max_length=10,
                        verbose_name="admission",
                    ),
                ),
                (
                    "came_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("residential", "Residential care"),
                            ("php", "Partial hospitalization"),
                            ("inpatient", "Inpatient care"),
                            ("outpatient", "Outpatient care"),
                        ],
                        max_length=12,
                        verbose_name="comes from",
                    ),
                ),
                (
                    "wanted_on",
                    models.DateField(blank=True, null=True, verbose_name="wants to start"),
                ),
                (
                    "waitlisted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="waiting since"),
                ),
                (
                    "decline_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("chose_elsewhere", "Chose another program"),
                            ("more_care", "Needs more intensive care"),
                            ("less_care", "Needs less intensive care"),
                            ("coverage", "No coverage"),
                            ("not_reached", "Could not be reached"),
                            ("changed_mind", "Does not want to come"),
                            ("other", "Another reason"),
                        ],
                        max_length=15,
                        verbose_name="why declined",
                    ),
                ),
                ("note", accounts.encryption.EncryptedTextField(blank=True, verbose_name="note")),
                (
                    "enrollment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referral",
                        to="programs.enrollment",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="programs.participant",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="programs.program",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["referred", "waitlisted", "enrolled", "declined"])
                        ),
                        name="referral_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                [
                                    "self",
                                    "family",
                                    "hospital",
                                    "residential",
                                    "php",
                                    "outpatient",
                                    "court",
                                    "work",
                                    "insurer",
                                    "other",
                                ],
                            )
                        ),
                        name="referral_source_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("admission__in", ["step_down", "step_up", "direct"])),
                        name="referral_admission_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "came_from__in",
                                ["", "residential", "php", "inpatient", "outpatient"],
                            ),
                            models.Q(
                                ("came_from", ""),
                                models.Q(
                                    ("admission", "step_down"),
                                    ("came_from__in", ("residential", "php", "inpatient")),
                                ),
                                models.Q(
                                    ("admission", "step_up"), ("came_from__in", ("outpatient",))
                                ),
                                models.Q(("admission", "direct"), ("came_from__in", ())),
                                _connector="OR",
                            ),
                        ),
                        name="referral_came_from_fits",
                        violation_error_message="Who steps down comes from more intensive care, who steps up from outpatient care.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "decline_reason__in",
                                [
                                    "",
                                    "chose_elsewhere",
                                    "more_care",
                                    "less_care",
                                    "coverage",
                                    "not_reached",
                                    "changed_mind",
                                    "other",
                                ],
                            )
                        ),
                        name="referral_decline_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decline_reason", ""),
                                models.Q(("status", "declined"), _negated=True),
                            ),
                            models.Q(
                                (
                                    "decline_reason__in",
                                    [
                                        "chose_elsewhere",
                                        "more_care",
                                        "less_care",
                                        "coverage",
                                        "not_reached",
                                        "changed_mind",
                                        "other",
                                    ],
                                ),
                                ("status", "declined"),
                            ),
                            _connector="OR",
                        ),
                        name="referral_declined_for_a_reason",
                        violation_error_message="Who is declined is declined for a reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("enrollment", None),
                                models.Q(("status", "enrolled"), _negated=True),
                            ),
                            models.Q(("enrollment__isnull", False), ("status", "enrolled")),
                            _connector="OR",
                        ),
                        name="referral_enrolled_has_enrollment",
                        violation_error_message="Who is enrolled has an enrollment, and nobody else.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "waitlisted"), _negated=True),
                            ("waitlisted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="referral_waits_since",
                        violation_error_message="Who waits has waited since a time.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("referred", "waitlisted"))),
                        fields=("participant", "program"),
                        name="referral_open_once",
                        violation_error_message="They are referred to this program already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EpisodeStep",
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
                    "came_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("referred", "Referred"),
                            ("waitlisted", "On the waiting list"),
                            ("scheduled", "Scheduled"),
                            ("active", "Active"),
                            ("on_leave", "On leave"),
                            ("discharged", "Discharged"),
                            ("declined", "Declined"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        choices=[
                            ("referred", "Referred"),
                            ("waitlisted", "On the waiting list"),
                            ("scheduled", "Scheduled"),
                            ("active", "Active"),
                            ("on_leave", "On leave"),
                            ("discharged", "Discharged"),
                            ("declined", "Declined"),
                        ],
                        max_length=10,
                    ),
                ),
                ("takes_effect_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                (
                    "reason",
                    accounts.encryption.EncryptedTextField(blank=True, verbose_name="reason"),
                ),
                ("detail", models.JSONField(blank=True, default=dict)),
                (
                    "enrollment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="programs.enrollment",
                    ),
                ),
                (
                    "made_by",
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
                        related_name="steps",
                        to="programs.participant",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.program",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="programs.referral",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "came_from__in",
                                [
                                    "",
                                    "referred",
                                    "waitlisted",
                                    "scheduled",
                                    "active",
                                    "on_leave",
                                    "discharged",
                                    "declined",
                                ],
                            ),
                            (
                                "to__in",
                                [
                                    "referred",
                                    "waitlisted",
                                    "scheduled",
                                    "active",
                                    "on_leave",
                                    "discharged",
                                    "declined",
                                ],
                            ),
                        ),
                        name="episode_step_standings_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pk__in", []),
                            models.Q(
                                ("came_from", ""),
                                ("to__in", ("referred", "waitlisted", "scheduled", "active")),
                            ),
                            models.Q(
                                ("came_from", "referred"),
                                ("to__in", ("waitlisted", "scheduled", "active", "declined")),
                            ),
                            models.Q(
                                ("came_from", "waitlisted"),
                                ("to__in", ("referred", "scheduled", "active", "declined")),
                            ),
                            models.Q(
                                ("came_from", "scheduled"),
                                ("to__in", ("active", "on_leave", "discharged", "declined")),
                            ),
                            models.Q(
                                ("came_from", "active"), ("to__in", ("on_leave", "discharged"))
                            ),
                            models.Q(
                                ("came_from", "on_leave"), ("to__in", ("active", "discharged"))
                            ),
                            models.Q(
                                ("came_from", "discharged"),
                                ("to__in", ("scheduled", "active", "on_leave")),
                            ),
                            models.Q(
                                ("came_from", "declined"),
                                ("to__in", ("referred", "waitlisted", "scheduled")),
                            ),
                            _connector="OR",
                        ),
                        name="episode_step_allowed",
                        violation_error_message="This step cannot follow that one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("referral__isnull", False),
                            ("enrollment__isnull", False),
                            _connector="OR",
                        ),
                        name="episode_step_of_an_episode",
                        violation_error_message="A step belongs to a referral or an enrollment.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EpisodeStepEvent",
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
                    "came_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("referred", "Referred"),
                            ("waitlisted", "On the waiting list"),
                            ("scheduled", "Scheduled"),
                            ("active", "Active"),
                            ("on_leave", "On leave"),
                            ("discharged", "Discharged"),
                            ("declined", "Declined"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        choices=[
                            ("referred", "Referred"),
                            ("waitlisted", "On the waiting list"),
                            ("scheduled", "Scheduled"),
                            ("active", "Active"),
                            ("on_leave", "On leave"),
                            ("discharged", "Discharged"),
                            ("declined", "Declined"),
                        ],
                        max_length=10,
                    ),
                ),
                ("takes_effect_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                (
                    "reason",
                    accounts.encryption.EncryptedTextField(blank=True, verbose_name="reason"),
                ),
                ("detail", models.JSONField(blank=True, default=dict)),
                (
                    "enrollment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programs.enrollment",
                    ),
                ),
                (
                    "made_by",
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
                        to="programs.episodestep",
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
                    "referral",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programs.referral",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
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
                ("days", models.PositiveSmallIntegerField(verbose_name="days after discharge")),
                ("due_on", models.DateField(verbose_name="due")),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "Reached"),
                            ("not_reached", "Not reached"),
                            ("does_not_want", "Does not want to be called"),
                        ],
                        max_length=13,
                        verbose_name="outcome",
                    ),
                ),
                ("note", accounts.encryption.EncryptedTextField(blank=True, verbose_name="note")),
                ("called_off_at", models.DateTimeField(blank=True, null=True)),
                (
                    "done_by",
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
                        related_name="follow_ups",
                        to="programs.enrollment",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("called_off_at", None)),
                        fields=("enrollment", "days"),
                        name="follow_up_once",
                        violation_error_message="This follow-up is planned already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["", "reached", "not_reached", "does_not_want"])
                        ),
                        name="follow_up_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("outcome", "")),
                            models.Q(
                                ("done_at__isnull", False),
                                ("outcome__in", ["reached", "not_reached", "does_not_want"]),
                            ),
                            _connector="OR",
                        ),
                        name="follow_up_done_has_outcome",
                        violation_error_message="A follow-up that is done says how it went.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", 1)),
                        name="follow_up_after_some_days",
                        violation_error_message="A follow-up is at least one day after discharge.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUpEvent",
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
                ("days", models.PositiveSmallIntegerField(verbose_name="days after discharge")),
                ("due_on", models.DateField(verbose_name="due")),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "Reached"),
                            ("not_reached", "Not reached"),
                            ("does_not_want", "Does not want to be called"),
                        ],
                        max_length=13,
                        verbose_name="outcome",
                    ),
                ),
                ("note", accounts.encryption.EncryptedTextField(blank=True, verbose_name="note")),
                ("called_off_at", models.DateTimeField(blank=True, null=True)),
                (
                    "done_by",
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="programs.followup",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Goal",
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
                ("text", accounts.encryption.EncryptedTextField(verbose_name="goal")),
                ("set_on", models.DateField(verbose_name="set")),
                ("target_on", models.DateField(blank=True, null=True, verbose_name="by")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="closed")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("met", "Met"),
                            ("partly_met", "Partly met"),
                            ("not_met", "Not met"),
                            ("replaced", "Replaced by another"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "enrollment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goals",
                        to="programs.enrollment",
                    ),
                ),
                (
                    "set_by",
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
                "ordering": ["set_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["", "met", "partly_met", "not_met", "replaced"])
                        ),
                        name="goal_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(programs.models.consent.IsFilled(models.F("text"))),
                        name="goal_has_text",
                        violation_error_message="A goal is said in words.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("target_on", None),
                            ("target_on__gte", models.F("set_on")),
                            _connector="OR",
                        ),
                        name="goal_target_after_set",
                        violation_error_message="A goal is for a day on or after the day it is set.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on", None), ("outcome", "")),
                            models.Q(
                                ("ended_on__gte", models.F("set_on")),
                                ("ended_on__isnull", False),
                                ("outcome__in", ["met", "partly_met", "not_met", "replaced"]),
                            ),
                            _connector="OR",
                        ),
                        name="goal_closed_with_outcome",
                        violation_error_message="A goal is closed on or after the day it was set, with an outcome.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GoalEvent",
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
                ("text", accounts.encryption.EncryptedTextField(verbose_name="goal")),
                ("set_on", models.DateField(verbose_name="set")),
                ("target_on", models.DateField(blank=True, null=True, verbose_name="by")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="closed")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("met", "Met"),
                            ("partly_met", "Partly met"),
                            ("not_met", "Not met"),
                            ("replaced", "Replaced by another"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="programs.goal",
                    ),
                ),
                (
                    "set_by",
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
            name="LevelOfCareDetermination",
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
                ("determined_on", models.DateField(verbose_name="determined")),
                (
                    "edition",
                    models.CharField(
                        choices=[("3", "3rd edition"), ("4", "4th edition")],
                        max_length=1,
                        verbose_name="ASAM edition",
                    ),
                ),
                (
                    "level_of_care",
                    models.CharField(
                        choices=[
                            ("0.5", "0.5 early intervention"),
                            ("1.0", "1.0 long-term remission monitoring"),
                            ("1", "1 outpatient"),
                            ("1.5", "1.5 outpatient therapy"),
                            ("1.7", "1.7 medically managed outpatient"),
                            ("2.1", "2.1 intensive outpatient"),
                            ("2.5", "2.5 partial hospitalization"),
                            ("2.7", "2.7 medically managed intensive outpatient"),
                            ("3.1", "3.1 clinically managed low-intensity residential"),
                            ("3.3", "3.3 population-specific residential"),
                            ("3.5", "3.5 clinically managed high-intensity residential"),
                            ("3.7", "3.7 medically managed residential"),
                            ("4", "4 inpatient"),
                        ],
                        max_length=4,
                        verbose_name="level of care",
                    ),
                ),
                (
                    "dimension_1",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Dimension 1"
                    ),
                ),
                (
                    "dimension_2",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Dimension 2"
                    ),
                ),
                (
                    "dimension_3",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Dimension 3"
                    ),
                ),
                (
                    "dimension_4",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Dimension 4"
                    ),
                ),
                (
                    "dimension_5",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Dimension 5"
                    ),
                ),
                (
                    "dimension_6",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Dimension 6"
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "determined_by",
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
                        related_name="determinations",
                        to="programs.enrollment",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("edition__in", ["3", "4"])),
                        name="determination_edition_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "level_of_care__in",
                                [
                                    "0.5",
                                    "1.0",
                                    "1",
                                    "1.5",
                                    "1.7",
                                    "2.1",
                                    "2.5",
                                    "2.7",
                                    "3.1",
                                    "3.3",
                                    "3.5",
                                    "3.7",
                                    "4",
                                ],
                            )
                        ),
                        name="determination_level_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dimension_1", None),
                                ("dimension_1__range", (0, 4)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("dimension_2", None),
                                ("dimension_2__range", (0, 4)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("dimension_3", None),
                                ("dimension_3__range", (0, 4)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("dimension_4", None),
                                ("dimension_4__range", (0, 4)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("dimension_5", None),
                                ("dimension_5__range", (0, 4)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("dimension_6", None),
                                ("dimension_6__range", (0, 4)),
                                _connector="OR",
                            ),
                        ),
                        name="determination_ratings_in_range",
                        violation_error_message="A rating is a number from 0 to 4.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("enrollment", "determined_on"),
                        name="determination_once_a_day",
                        violation_error_message="A determination of that day is on record already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LevelOfCareDeterminationEvent",
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
                ("determined_on", models.DateField(verbose_name="determined")),
                (
                    "edition",
                    models.CharField(
                        choices=[("3", "3rd edition"), ("4", "4th edition")],
                        max_length=1,
                        verbose_name="ASAM edition",
                    ),
                ),
                (
                    "level_of_care",
                    models.CharField(
                        choices=[
                            ("0.5", "0.5 early intervention"),
                            ("1.0", "1.0 long-term remission monitoring"),
                            ("1", "1 outpatient"),
                            ("1.5", "1.5 outpatient therapy"),
                            ("1.7", "1.7 medically managed outpatient"),
                            ("2.1", "2.1 intensive outpatient"),
                            ("2.5", "2.5 partial hospitalization"),
                            ("2.7", "2.7 medically managed intensive outpatient"),
                            ("3.1", "3.1 clinically managed low-intensity residential"),
                            ("3.3", "3.3 population-specific residential"),
                            ("3.5", "3.5 clinically managed high-intensity residential"),
                            ("3.7", "3.7 medically managed residential"),
                            ("4", "4 inpatient"),
                        ],
                        max_length=4,
                        verbose_name="level of care",
                    ),
                ),
                (
                    "dimension_1",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Dimension 1"
                    ),
                ),
                (
                    "dimension_2",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Dimension 2"
                    ),
                ),
                (
                    "dimension_3",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Dimension 3"
                    ),
                ),
                (
                    "dimension_4",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Dimension 4"
                    ),
                ),
                (
                    "dimension_5",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Dimension 5"
                    ),
                ),
                (
                    "dimension_6",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Dimension 6"
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "determined_by",
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="programs.levelofcaredetermination",
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
            name="ReferralEvent",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("referred", "Referred"),
                            ("waitlisted", "On the waiting list"),
                            ("enrolled", "Enrolled"),
                            ("declined", "Declined"),
                        ],
                        default="referred",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("referred_on", models.DateField(verbose_name="first call")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("self", "They themselves"),
                            ("family", "Family or friends"),
                            ("hospital", "Hospital or emergency room"),
                            ("residential", "Residential program"),
                            ("php", "Partial hospitalization program"),
                            ("outpatient", "Therapist or doctor"),
                            ("court", "Court or probation"),
                            ("work", "Work or school"),
                            ("insurer", "Insurer"),
                            ("other", "Somebody else"),
                        ],
                        max_length=11,
                        verbose_name="who referred them",
                    ),
                ),
                (
                    "source_name",
                    accounts.encryption.EncryptedTextField(
                        blank=True, verbose_name="name and number"
                    ),
                ),
                (
                    "admission",
                    models.CharField(
                        choices=[
                            ("step_down", "Stepped down"),
                            ("step_up", "Stepped up"),
                            ("direct", "Direct"),
                        ],
                        default="direct",
                        max_length=10,
                        verbose_name="admission",
                    ),
                ),
                (
                    "came_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("residential", "Residential care"),
                            ("php", "Partial hospitalization"),
                            ("inpatient", "Inpatient care"),
                            ("outpatient", "Outpatient care"),
                        ],
                        max_length=12,
                        verbose_name="comes from",
                    ),
                ),
                (
                    "wanted_on",
                    models.DateField(blank=True, null=True, verbose_name="wants to start"),
                ),
                (
                    "waitlisted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="waiting since"),
                ),
                (
                    "decline_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("chose_elsewhere", "Chose another program"),
                            ("more_care", "Needs more intensive care"),
                            ("less_care", "Needs less intensive care"),
                            ("coverage", "No coverage"),
                            ("not_reached", "Could not be reached"),
                            ("changed_mind", "Does not want to come"),
                            ("other", "Another reason"),
                        ],
                        max_length=15,
                        verbose_name="why declined",
                    ),
                ),
                ("note", accounts.encryption.EncryptedTextField(blank=True, verbose_name="note")),
                (
                    "enrollment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programs.enrollment",
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
                        to="programs.referral",
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
        migrations.AddField(
            model_name="contactconsent",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("reminders", "Session reminders and changes"),
                    ("outreach", "Word after a missed session"),
                    ("follow_up", "Word after discharge"),
                ],
                default="reminders",
                max_length=10,
                verbose_name="purpose",
            ),
        ),
        migrations.AddField(
            model_name="contactconsent",
            name="taken_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contactconsent",
            name="taken_how",
            field=models.CharField(
                choices=[
                    ("in_person", "In person"),
                    ("phone", "By phone"),
                    ("signed", "Signed on paper"),
                    ("online", "In writing, online"),
                    ("reply", "By reply to a message"),
                    ("imported", "Imported"),
                ],
                default="imported",
                max_length=10,
                verbose_name="how it was given",
            ),
        ),
        migrations.AddField(
            model_name="contactconsent",
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
            model_name="contactconsent",
            name="withdrawn_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("in_person", "In person"),
                    ("phone", "By phone"),
                    ("signed", "Signed on paper"),
                    ("online", "In writing, online"),
                    ("reply", "By reply to a message"),
                    ("imported", "Imported"),
                ],
                max_length=10,
                verbose_name="how it was withdrawn",
            ),
        ),
        migrations.AddField(
            model_name="contactconsentevent",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("reminders", "Session reminders and changes"),
                    ("outreach", "Word after a missed session"),
                    ("follow_up", "Word after discharge"),
                ],
                default="reminders",
                max_length=10,
                verbose_name="purpose",
            ),
        ),
        migrations.AddField(
            model_name="contactconsentevent",
            name="taken_by",
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
            model_name="contactconsentevent",
            name="taken_how",
            field=models.CharField(
                choices=[
                    ("in_person", "In person"),
                    ("phone", "By phone"),
                    ("signed", "Signed on paper"),
                    ("online", "In writing, online"),
                    ("reply", "By reply to a message"),
                    ("imported", "Imported"),
                ],
                default="imported",
                max_length=10,
                verbose_name="how it was given",
            ),
        ),
        migrations.AddField(
            model_name="contactconsentevent",
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
            model_name="contactconsentevent",
            name="withdrawn_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("in_person", "In person"),
                    ("phone", "By phone"),
                    ("signed", "Signed on paper"),
                    ("online", "In writing, online"),
                    ("reply", "By reply to a message"),
                    ("imported", "Imported"),
                ],
                max_length=10,
                verbose_name="how it was withdrawn",
            ),
        ),
        migrations.AddField(
            model_name="enrollment",
            name="came_from",
            field=models.CharField(
                blank=True,
                choices=[
                    ("residential", "Residential care"),
                    ("php", "Partial hospitalization"),
                    ("inpatient", "Inpatient care"),
                    ("outpatient", "Outpatient care"),
                ],
                max_length=12,
                verbose_name="comes from",
            ),
        ),
        migrations.AddField(
            model_name="enrollment",
            name="destination",
            field=models.CharField(
                blank=True,
                choices=[
                    ("home", "Home, no further care"),
                    ("outpatient", "Outpatient care"),
                    ("iop", "Another intensive outpatient program"),
                    ("php", "Partial hospitalization"),
                    ("residential", "Residential care"),
                    ("inpatient", "Inpatient care"),
                    ("sober_living", "Sober living"),
                    ("custody", "Custody"),
                    ("other", "Somewhere else"),
                    ("unknown", "Not known"),
                ],
                max_length=12,
                verbose_name="goes on to",
            ),
        ),
        migrations.AddField(
            model_name="enrollmentevent",
            name="came_from",
            field=models.CharField(
                blank=True,
                choices=[
                    ("residential", "Residential care"),
                    ("php", "Partial hospitalization"),
                    ("inpatient", "Inpatient care"),
                    ("outpatient", "Outpatient care"),
                ],
                max_length=12,
                verbose_name="comes from",
            ),
        ),
        migrations.AddField(
            model_name="enrollmentevent",
            name="destination",
            field=models.CharField(
                blank=True,
                choices=[
                    ("home", "Home, no further care"),
                    ("outpatient", "Outpatient care"),
                    ("iop", "Another intensive outpatient program"),
                    ("php", "Partial hospitalization"),
                    ("residential", "Residential care"),
                    ("inpatient", "Inpatient care"),
                    ("sober_living", "Sober living"),
                    ("custody", "Custody"),
                    ("other", "Somewhere else"),
                    ("unknown", "Not known"),
                ],
                max_length=12,
                verbose_name="goes on to",
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="days_per_week",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="days a week"
            ),
        ),
        migrations.AddField(
            model_name="orderevent",
            name="days_per_week",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="days a week"
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="emergency_name",
            field=accounts.encryption.EncryptedTextField(
                blank=True, verbose_name="emergency contact"
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="emergency_phone",
            field=phonenumber_field.modelfields.PhoneNumberField(
                blank=True, max_length=128, region=None, verbose_name="emergency phone"
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="emergency_relationship",
            field=accounts.encryption.EncryptedTextField(blank=True, verbose_name="relationship"),
        ),
        migrations.AddField(
            model_name="participant",
            name="merged_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="duplicates",
                to="programs.participant",
            ),
        ),
        migrations.AddField(
            model_name="participantevent",
            name="merged_by",
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
            model_name="participantevent",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="programs.participant",
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="merged_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="participant",
            name="other_phone",
            field=phonenumber_field.modelfields.PhoneNumberField(
                blank=True, max_length=128, region=None, verbose_name="other phone"
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="pronouns",
            field=models.CharField(blank=True, max_length=40, verbose_name="pronouns"),
        ),
        migrations.AddField(
            model_name="participant",
            name="safe_contact",
            field=accounts.encryption.EncryptedTextField(blank=True, verbose_name="safe contact"),
        ),
        migrations.AddField(
            model_name="participant",
            name="timezone",
            field=models.CharField(
                blank=True,
                max_length=60,
                validators=[programs.models.clinic.known_zone],
                verbose_name="time zone",
            ),
        ),
        migrations.AddField(
            model_name="participantevent",
            name="emergency_name",
            field=accounts.encryption.EncryptedTextField(
                blank=True, verbose_name="emergency contact"
            ),
        ),
        migrations.AddField(
            model_name="participantevent",
            name="emergency_phone",
            field=phonenumber_field.modelfields.PhoneNumberField(
                blank=True, max_length=128, region=None, verbose_name="emergency phone"
            ),
        ),
        migrations.AddField(
            model_name="participantevent",
            name="emergency_relationship",
            field=accounts.encryption.EncryptedTextField(blank=True, verbose_name="relationship"),
        ),
        migrations.AddField(
            model_name="participantevent",
            name="merged_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="participantevent",
            name="other_phone",
            field=phonenumber_field.modelfields.PhoneNumberField(
                blank=True, max_length=128, region=None, verbose_name="other phone"
            ),
        ),
        migrations.AddField(
            model_name="participantevent",
            name="pronouns",
            field=models.CharField(blank=True, max_length=40, verbose_name="pronouns"),
        ),
        migrations.AddField(
            model_name="participantevent",
            name="safe_contact",
            field=accounts.encryption.EncryptedTextField(blank=True, verbose_name="safe contact"),
        ),
        migrations.AddField(
            model_name="participantevent",
            name="timezone",
            field=models.CharField(
                blank=True,
                max_length=60,
                validators=[programs.models.clinic.known_zone],
                verbose_name="time zone",
            ),
        ),
        migrations.AlterField(
            model_name="enrollment",
            name="discharge_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("completed", "Completed"),
                    ("stepped_down", "Stepped down"),
                    ("stepped_up", "Stepped up"),
                    ("transferred", "Transferred"),
                    ("left_against_advice", "Left against advice"),
                    ("administrative", "Administrative"),
                    ("moved", "Moved"),
                    ("medical", "Medical"),
                    ("incarcerated", "Incarcerated"),
                    ("deceased", "Deceased"),
                    ("never_started", "Never started"),
                ],
                max_length=20,
                verbose_name="discharge reason",
            ),
        ),
        migrations.AlterField(
            model_name="enrollmentevent",
            name="discharge_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("completed", "Completed"),
                    ("stepped_down", "Stepped down"),
                    ("stepped_up", "Stepped up"),
                    ("transferred", "Transferred"),
                    ("left_against_advice", "Left against advice"),
                    ("administrative", "Administrative"),
                    ("moved", "Moved"),
                    ("medical", "Medical"),
                    ("incarcerated", "Incarcerated"),
                    ("deceased", "Deceased"),
                    ("never_started", "Never started"),
                ],
                max_length=20,
                verbose_name="discharge reason",
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="folded_names",
            field=models.GeneratedField(
                db_persist=True,
                expression=programs.models.participant.FoldedNames(
                    "preferred_name", "first_name", "last_name"
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            model_name="participant",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["folded_names"], name="participant_names", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(fields=["birth_date"], name="participant_born"),
        ),
        migrations.AddConstraint(
            model_name="contactconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["reminders", "outreach", "follow_up"])),
                name="contact_consent_purpose_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "taken_how__in",
                        ["in_person", "phone", "signed", "online", "reply", "imported"],
                    ),
                    (
                        "withdrawn_how__in",
                        ["", "in_person", "phone", "signed", "online", "reply", "imported"],
                    ),
                ),
                name="contact_consent_how_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", False),
                    models.Q(("withdrawn_by", None), ("withdrawn_how", "")),
                    _connector="OR",
                ),
                name="contact_consent_withdrawal_has_time",
                violation_error_message="A withdrawal has a time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactconsent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("participant", "channel", "purpose"),
                name="contact_consent_once",
                violation_error_message="This consent is on record already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrollment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "discharge_reason__in",
                        [
                            "",
                            "completed",
                            "stepped_down",
                            "stepped_up",
                            "transferred",
                            "left_against_advice",
                            "administrative",
                            "moved",
                            "medical",
                            "incarcerated",
                            "deceased",
                            "never_started",
                        ],
                    )
                ),
                name="enrollment_discharge_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrollment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("discharged_on", None),
                    models.Q(
                        ("discharged_on__gte", models.F("admitted_on")),
                        models.Q(("discharge_reason", "never_started"), _negated=True),
                    ),
                    models.Q(
                        ("discharge_reason", "never_started"),
                        ("discharged_on", programs.models.spans.DayBefore(models.F("admitted_on"))),
                    ),
                    _connector="OR",
                ),
                name="enrollment_discharged_after_admitted",
                violation_error_message="A discharge is on or after the admission.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrollment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("came_from__in", ["", "residential", "php", "inpatient", "outpatient"]),
                    models.Q(
                        ("came_from", ""),
                        models.Q(
                            ("admission", "step_down"),
                            ("came_from__in", ("residential", "php", "inpatient")),
                        ),
                        models.Q(("admission", "step_up"), ("came_from__in", ("outpatient",))),
                        models.Q(("admission", "direct"), ("came_from__in", ())),
                        _connector="OR",
                    ),
                ),
                name="enrollment_came_from_fits",
                violation_error_message="Who steps down comes from more intensive care, who steps up from outpatient care.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrollment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "destination__in",
                        [
                            "",
                            "home",
                            "outpatient",
                            "iop",
                            "php",
                            "residential",
                            "inpatient",
                            "sober_living",
                            "custody",
                            "other",
                            "unknown",
                        ],
                    )
                ),
                name="enrollment_destination_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrollment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("destination", ""), ("discharged_on__isnull", False), _connector="OR"
                ),
                name="enrollment_destination_after_discharge",
                violation_error_message="Only a discharge leads somewhere.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrollment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("participant", "="),
                    (
                        programs.models.spans.DateSpan(
                            django.db.models.functions.comparison.Least(
                                models.F("admitted_on"),
                                programs.models.spans.DayAfter("discharged_on"),
                            ),
                            programs.models.spans.DayAfter("discharged_on"),
                        ),
                        "&&",
                    ),
                ],
                name="enrollment_one_at_a_time",
                violation_error_message="This participant is enrolled during these dates already. A transfer starts the day after the last day of the episode before.",
            ),
        ),
        migrations.AddConstraint(
            model_name="leave",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_on", None),
                    ("last_on__gte", programs.models.spans.DayBefore(models.F("first_on"))),
                    _connector="OR",
                ),
                name="leave_ends_after_start",
                violation_error_message="A leave ends on or after its first day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="leave",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("participant", "="),
                    (
                        programs.models.spans.DateSpan(
                            django.db.models.functions.comparison.Least(
                                models.F("first_on"), programs.models.spans.DayAfter("last_on")
                            ),
                            programs.models.spans.DayAfter("last_on"),
                        ),
                        "&&",
                    ),
                ],
                name="leave_one_at_a_time",
                violation_error_message="This participant is on leave during these dates already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("days_per_week", None), ("days_per_week__range", (1, 7)), _connector="OR"
                ),
                name="order_of_days_of_a_week",
                violation_error_message="An order is of one to seven days a week.",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("timezone", ""),
                    programs.models.clinic.IsKnownZone(models.F("timezone")),
                    _connector="OR",
                ),
                name="participant_timezone_known",
                violation_error_message="This time zone does not exist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_at", None), ("merged_into", None)),
                    models.Q(("merged_at__isnull", False), ("merged_into__isnull", False)),
                    _connector="OR",
                ),
                name="participant_merged_at_a_time",
                violation_error_message="A merged record says when it was merged.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactconsent",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_contactconsentevent" ("channel", "given_at", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose", "taken_by_id", "taken_how", "withdrawn_at", "withdrawn_by_id", "withdrawn_how") VALUES (NEW."channel", NEW."given_at", NEW."id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."purpose", NEW."taken_by_id", NEW."taken_how", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_how"); RETURN NULL;',
                    hash="fec32f850f8e0f1cf8a2191f3507f08f9e0a850a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1ee7f",
                    table="programs_contactconsent",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactconsent",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_contactconsentevent" ("channel", "given_at", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose", "taken_by_id", "taken_how", "withdrawn_at", "withdrawn_by_id", "withdrawn_how") VALUES (NEW."channel", NEW."given_at", NEW."id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."purpose", NEW."taken_by_id", NEW."taken_how", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_how"); RETURN NULL;',
                    hash="1a049dcb9d029bdc2ae1fb1f236285a961dc80ee",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fe116",
                    table="programs_contactconsent",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactconsent",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_contactconsentevent" ("channel", "given_at", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose", "taken_by_id", "taken_how", "withdrawn_at", "withdrawn_by_id", "withdrawn_how") VALUES (OLD."channel", OLD."given_at", OLD."id", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."purpose", OLD."taken_by_id", OLD."taken_how", OLD."withdrawn_at", OLD."withdrawn_by_id", OLD."withdrawn_how"); RETURN NULL;',
                    hash="8948a93383dfa99be2f75d983a56d1a748b7e713",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1fc07",
                    table="programs_contactconsent",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enrollment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_enrollmentevent" ("admission", "admitted_on", "came_from", "destination", "discharge_reason", "discharged_on", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_discharge_on", "program_id", "public_id") VALUES (NEW."admission", NEW."admitted_on", NEW."came_from", NEW."destination", NEW."discharge_reason", NEW."discharged_on", NEW."id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."planned_discharge_on", NEW."program_id", NEW."public_id"); RETURN NULL;',
                    hash="5d0d0bc6e8ecc1a77d395dab1e1950be0ea15e8d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_75e5e",
                    table="programs_enrollment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enrollment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_enrollmentevent" ("admission", "admitted_on", "came_from", "destination", "discharge_reason", "discharged_on", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_discharge_on", "program_id", "public_id") VALUES (NEW."admission", NEW."admitted_on", NEW."came_from", NEW."destination", NEW."discharge_reason", NEW."discharged_on", NEW."id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."planned_discharge_on", NEW."program_id", NEW."public_id"); RETURN NULL;',
                    hash="52df7f6a08d7b05aaf8582a6fc40f837e2be3671",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_96a50",
                    table="programs_enrollment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enrollment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_enrollmentevent" ("admission", "admitted_on", "came_from", "destination", "discharge_reason", "discharged_on", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_discharge_on", "program_id", "public_id") VALUES (OLD."admission", OLD."admitted_on", OLD."came_from", OLD."destination", OLD."discharge_reason", OLD."discharged_on", OLD."id", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."planned_discharge_on", OLD."program_id", OLD."public_id"); RETURN NULL;',
                    hash="72edf51dc49d7525914ecf1c8767857f02744365",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_069fc",
                    table="programs_enrollment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_orderevent" ("days_per_week", "effective_from", "enrollment_id", "id", "minutes_per_week", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."days_per_week", NEW."effective_from", NEW."enrollment_id", NEW."id", NEW."minutes_per_week", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id"); RETURN NULL;',
                    hash="fe0bf45a37a5492158bf22babb2c9a5ca8ed00eb",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bb628",
                    table="programs_order",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_orderevent" ("days_per_week", "effective_from", "enrollment_id", "id", "minutes_per_week", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."days_per_week", NEW."effective_from", NEW."enrollment_id", NEW."id", NEW."minutes_per_week", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id"); RETURN NULL;',
                    hash="756d5796f671134f556a4f6671078f5f97cd90d2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0f51a",
                    table="programs_order",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_orderevent" ("days_per_week", "effective_from", "enrollment_id", "id", "minutes_per_week", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (OLD."days_per_week", OLD."effective_from", OLD."enrollment_id", OLD."id", OLD."minutes_per_week", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id"); RETURN NULL;',
                    hash="0f33214ff41f7a6b8776061422690fd5abfec595",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8b758",
                    table="programs_order",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="participant_merged_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."merged_into_id" IS NOT NULL)',
                    func="\n                    PERFORM FROM programs_participant p WHERE p.id = NEW.merged_into_id FOR SHARE;\n                    IF NEW.merged_into_id = NEW.id\n                       OR EXISTS (SELECT FROM programs_participant p\n                                   WHERE p.merged_into_id = NEW.id)\n                       OR EXISTS (SELECT FROM programs_participant p\n                                   WHERE p.id = NEW.merged_into_id\n                                     AND p.merged_into_id IS NOT NULL) THEN\n                        RAISE EXCEPTION 'A merged record points at one that is kept.'\n                            USING ERRCODE = 'check_violation',\n                                  CONSTRAINT = 'participant_merged_once';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="7339c31e6c566f8905f0370585c0e9551ba4d4d2",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_participant_merged_once_1a30a",
                    table="programs_participant",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_participantevent" ("birth_date", "chart_number", "email", "emergency_name", "emergency_phone", "emergency_relationship", "first_name", "id", "language", "last_name", "merged_at", "merged_by_id", "merged_into_id", "other_phone", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "preferred_name", "pronouns", "public_id", "safe_contact", "timezone") VALUES (NEW."birth_date", NEW."chart_number", NEW."email", NEW."emergency_name", NEW."emergency_phone", NEW."emergency_relationship", NEW."first_name", NEW."id", NEW."language", NEW."last_name", NEW."merged_at", NEW."merged_by_id", NEW."merged_into_id", NEW."other_phone", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."preferred_name", NEW."pronouns", NEW."public_id", NEW."safe_contact", NEW."timezone"); RETURN NULL;',
                    hash="161cca34a50110aae2fa12798c60f0cd39283d05",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_99321",
                    table="programs_participant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."birth_date" IS DISTINCT FROM (NEW."birth_date") OR OLD."chart_number" IS DISTINCT FROM (NEW."chart_number") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."emergency_name" IS DISTINCT FROM (NEW."emergency_name") OR OLD."emergency_phone" IS DISTINCT FROM (NEW."emergency_phone") OR OLD."emergency_relationship" IS DISTINCT FROM (NEW."emergency_relationship") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."merged_at" IS DISTINCT FROM (NEW."merged_at") OR OLD."merged_by_id" IS DISTINCT FROM (NEW."merged_by_id") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."other_phone" IS DISTINCT FROM (NEW."other_phone") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."preferred_name" IS DISTINCT FROM (NEW."preferred_name") OR OLD."pronouns" IS DISTINCT FROM (NEW."pronouns") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."safe_contact" IS DISTINCT FROM (NEW."safe_contact") OR OLD."timezone" IS DISTINCT FROM (NEW."timezone"))',
                    func='INSERT INTO "programs_participantevent" ("birth_date", "chart_number", "email", "emergency_name", "emergency_phone", "emergency_relationship", "first_name", "id", "language", "last_name", "merged_at", "merged_by_id", "merged_into_id", "other_phone", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "preferred_name", "pronouns", "public_id", "safe_contact", "timezone") VALUES (NEW."birth_date", NEW."chart_number", NEW."email", NEW."emergency_name", NEW."emergency_phone", NEW."emergency_relationship", NEW."first_name", NEW."id", NEW."language", NEW."last_name", NEW."merged_at", NEW."merged_by_id", NEW."merged_into_id", NEW."other_phone", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."preferred_name", NEW."pronouns", NEW."public_id", NEW."safe_contact", NEW."timezone"); RETURN NULL;',
                    hash="55b3d5d52366e2ac065a2741f8cba5882ef96f1e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_19412",
                    table="programs_participant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_participantevent" ("birth_date", "chart_number", "email", "emergency_name", "emergency_phone", "emergency_relationship", "first_name", "id", "language", "last_name", "merged_at", "merged_by_id", "merged_into_id", "other_phone", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "preferred_name", "pronouns", "public_id", "safe_contact", "timezone") VALUES (OLD."birth_date", OLD."chart_number", OLD."email", OLD."emergency_name", OLD."emergency_phone", OLD."emergency_relationship", OLD."first_name", OLD."id", OLD."language", OLD."last_name", OLD."merged_at", OLD."merged_by_id", OLD."merged_into_id", OLD."other_phone", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."preferred_name", OLD."pronouns", OLD."public_id", OLD."safe_contact", OLD."timezone"); RETURN NULL;',
                    hash="db900cc43bf0d0dbc71e6f95d9385caf0439e029",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f12ea",
                    table="programs_participant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="authorization",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_authorizationevent" ("approved_units", "days_per_week", "enrollment_id", "entered_at", "entered_by_id", "first_on", "id", "last_on", "member_id", "next_review_on", "note", "number", "payer", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "requested_units", "status", "unit") VALUES (NEW."approved_units", NEW."days_per_week", NEW."enrollment_id", NEW."entered_at", NEW."entered_by_id", NEW."first_on", NEW."id", NEW."last_on", NEW."member_id", NEW."next_review_on", NEW."note", NEW."number", NEW."payer", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."requested_units", NEW."status", NEW."unit"); RETURN NULL;',
                    hash="5ba25bfa7edf8c077ae895bf6f84e8d18305475b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_dc2f0",
                    table="programs_authorization",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="authorization",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_authorizationevent" ("approved_units", "days_per_week", "enrollment_id", "entered_at", "entered_by_id", "first_on", "id", "last_on", "member_id", "next_review_on", "note", "number", "payer", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "requested_units", "status", "unit") VALUES (NEW."approved_units", NEW."days_per_week", NEW."enrollment_id", NEW."entered_at", NEW."entered_by_id", NEW."first_on", NEW."id", NEW."last_on", NEW."member_id", NEW."next_review_on", NEW."note", NEW."number", NEW."payer", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."requested_units", NEW."status", NEW."unit"); RETURN NULL;',
                    hash="8bbdbcdb11e833b9f75690ec511ff9adb4611846",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_27123",
                    table="programs_authorization",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="authorization",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_authorizationevent" ("approved_units", "days_per_week", "enrollment_id", "entered_at", "entered_by_id", "first_on", "id", "last_on", "member_id", "next_review_on", "note", "number", "payer", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "requested_units", "status", "unit") VALUES (OLD."approved_units", OLD."days_per_week", OLD."enrollment_id", OLD."entered_at", OLD."entered_by_id", OLD."first_on", OLD."id", OLD."last_on", OLD."member_id", OLD."next_review_on", OLD."note", OLD."number", OLD."payer", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."requested_units", OLD."status", OLD."unit"); RETURN NULL;',
                    hash="9d6af3905b4ebf101c4f7ad90266484f2e4b615b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0985f",
                    table="programs_authorization",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="authorizationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ade8002ef5db6fa4386f63698a08a8d158a17223",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5347b",
                    table="programs_authorizationevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certification",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_certificationevent" ("due_on", "enrollment_id", "entered_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "signed_by_name", "signed_on", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."due_on", NEW."enrollment_id", NEW."entered_by_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."signed_by_name", NEW."signed_on", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                    hash="0db48d349c10e12a6c6cc364431a26a05adb3ca3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2f2a3",
                    table="programs_certification",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certification",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_certificationevent" ("due_on", "enrollment_id", "entered_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "signed_by_name", "signed_on", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."due_on", NEW."enrollment_id", NEW."entered_by_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."signed_by_name", NEW."signed_on", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                    hash="0d4cf80002abb7f08818df10645fcc013e34e6a3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e4b22",
                    table="programs_certification",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certification",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_certificationevent" ("due_on", "enrollment_id", "entered_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "signed_by_name", "signed_on", "withdrawn_at", "withdrawn_by_id") VALUES (OLD."due_on", OLD."enrollment_id", OLD."entered_by_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."signed_by_name", OLD."signed_on", OLD."withdrawn_at", OLD."withdrawn_by_id"); RETURN NULL;',
                    hash="1ae001f45d2791a88944883472ff116333ddb90e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e4091",
                    table="programs_certification",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5d4c950b47c527f5ddc984e38ab399c17c89a60f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_73fba",
                    table="programs_certificationevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="document",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_documentevent" ("content_type", "id", "kind", "name", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sha256", "size_bytes", "stored_name", "uploaded_at", "uploaded_by_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."content_type", NEW."id", NEW."kind", NEW."name", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."sha256", NEW."size_bytes", NEW."stored_name", NEW."uploaded_at", NEW."uploaded_by_id", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="8ac016456b0d238ed7763c9de2425cf95975e79b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_15e11",
                    table="programs_document",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="document",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_documentevent" ("content_type", "id", "kind", "name", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sha256", "size_bytes", "stored_name", "uploaded_at", "uploaded_by_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."content_type", NEW."id", NEW."kind", NEW."name", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."sha256", NEW."size_bytes", NEW."stored_name", NEW."uploaded_at", NEW."uploaded_by_id", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="6582d47481bf64fa7706be1c4512ef3eb7f993e0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_89b60",
                    table="programs_document",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="document",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_documentevent" ("content_type", "id", "kind", "name", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sha256", "size_bytes", "stored_name", "uploaded_at", "uploaded_by_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (OLD."content_type", OLD."id", OLD."kind", OLD."name", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."sha256", OLD."size_bytes", OLD."stored_name", OLD."uploaded_at", OLD."uploaded_by_id", OLD."withdrawn_at", OLD."withdrawn_by_id", OLD."withdrawn_reason"); RETURN NULL;',
                    hash="4ef832ea3b207bee243329c23f5c4c0c0a344911",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ddc84",
                    table="programs_document",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreementevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9da32b2b468fdd3b5ff4e507dc26f100ff4b0c0c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4bd28",
                    table="programs_agreementevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_agreementevent" ("document_id", "expires_on", "expires_when", "given_on", "id", "kind", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose", "recipient", "revoked_at", "revoked_by_id", "revoked_how", "scope", "taken_by_id", "taken_how") VALUES (NEW."document_id", NEW."expires_on", NEW."expires_when", NEW."given_on", NEW."id", NEW."kind", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."purpose", NEW."recipient", NEW."revoked_at", NEW."revoked_by_id", NEW."revoked_how", NEW."scope", NEW."taken_by_id", NEW."taken_how"); RETURN NULL;',
                    hash="526c48cd8427c63812b3fac641ed0067f0a5a9e5",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_93b89",
                    table="programs_agreement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_agreementevent" ("document_id", "expires_on", "expires_when", "given_on", "id", "kind", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose", "recipient", "revoked_at", "revoked_by_id", "revoked_how", "scope", "taken_by_id", "taken_how") VALUES (NEW."document_id", NEW."expires_on", NEW."expires_when", NEW."given_on", NEW."id", NEW."kind", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."purpose", NEW."recipient", NEW."revoked_at", NEW."revoked_by_id", NEW."revoked_how", NEW."scope", NEW."taken_by_id", NEW."taken_how"); RETURN NULL;',
                    hash="1f6a49de9bce8c38aec9b6fe140362cc12ceecd4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c7c18",
                    table="programs_agreement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_agreementevent" ("document_id", "expires_on", "expires_when", "given_on", "id", "kind", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose", "recipient", "revoked_at", "revoked_by_id", "revoked_how", "scope", "taken_by_id", "taken_how") VALUES (OLD."document_id", OLD."expires_on", OLD."expires_when", OLD."given_on", OLD."id", OLD."kind", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."purpose", OLD."recipient", OLD."revoked_at", OLD."revoked_by_id", OLD."revoked_how", OLD."scope", OLD."taken_by_id", OLD."taken_how"); RETURN NULL;',
                    hash="eee1bcb88d0fcf88457993f84770bb0d306de067",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c9e2d",
                    table="programs_agreement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="documentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="83d3c74036f87946c6de16d273ed4263691cb5a3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_263a7",
                    table="programs_documentevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="followup",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_followupevent" ("called_off_at", "days", "done_at", "done_by_id", "due_on", "enrollment_id", "id", "note", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."called_off_at", NEW."days", NEW."done_at", NEW."done_by_id", NEW."due_on", NEW."enrollment_id", NEW."id", NEW."note", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id"); RETURN NULL;',
                    hash="23c6afe130e4bbf813164fb97908dc4ba0beac3d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6ad75",
                    table="programs_followup",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="followup",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_followupevent" ("called_off_at", "days", "done_at", "done_by_id", "due_on", "enrollment_id", "id", "note", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."called_off_at", NEW."days", NEW."done_at", NEW."done_by_id", NEW."due_on", NEW."enrollment_id", NEW."id", NEW."note", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id"); RETURN NULL;',
                    hash="54a1b79d54896eca99a72eead123c50a3c6bf9fe",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fb48b",
                    table="programs_followup",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="followup",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_followupevent" ("called_off_at", "days", "done_at", "done_by_id", "due_on", "enrollment_id", "id", "note", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (OLD."called_off_at", OLD."days", OLD."done_at", OLD."done_by_id", OLD."due_on", OLD."enrollment_id", OLD."id", OLD."note", OLD."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id"); RETURN NULL;',
                    hash="abd6e4f993b0dba5dd548670781a464466ad1e08",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_22941",
                    table="programs_followup",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="followupevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ee582cbcb44b9bcbe87c61f4d880f6e336c5a294",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_90e1e",
                    table="programs_followupevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="goal",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_goalevent" ("ended_on", "enrollment_id", "id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "set_by_id", "set_on", "target_on", "text") VALUES (NEW."ended_on", NEW."enrollment_id", NEW."id", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."set_by_id", NEW."set_on", NEW."target_on", NEW."text"); RETURN NULL;',
                    hash="34626f078893a51f8775d8c73db24e55ab25be30",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_08b08",
                    table="programs_goal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="goal",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_goalevent" ("ended_on", "enrollment_id", "id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "set_by_id", "set_on", "target_on", "text") VALUES (NEW."ended_on", NEW."enrollment_id", NEW."id", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."set_by_id", NEW."set_on", NEW."target_on", NEW."text"); RETURN NULL;',
                    hash="39b0c15e0c6c0c8618117cf8a6adcfef492dd6d3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4b45c",
                    table="programs_goal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="goal",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_goalevent" ("ended_on", "enrollment_id", "id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "set_by_id", "set_on", "target_on", "text") VALUES (OLD."ended_on", OLD."enrollment_id", OLD."id", OLD."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."set_by_id", OLD."set_on", OLD."target_on", OLD."text"); RETURN NULL;',
                    hash="a543ecd9ecd6aaa777d0b7f023518ed659f5851a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_82fe6",
                    table="programs_goal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="goalevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e00e525b7e97fffaa7a06b1a6d1e590492e44dc2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_948dd",
                    table="programs_goalevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="levelofcaredetermination",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_levelofcaredeterminationevent" ("determined_by_id", "determined_on", "dimension_1", "dimension_2", "dimension_3", "dimension_4", "dimension_5", "dimension_6", "edition", "enrollment_id", "id", "level_of_care", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."determined_by_id", NEW."determined_on", NEW."dimension_1", NEW."dimension_2", NEW."dimension_3", NEW."dimension_4", NEW."dimension_5", NEW."dimension_6", NEW."edition", NEW."enrollment_id", NEW."id", NEW."level_of_care", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                    hash="c60ffd300a88250d9006f49fa24e7deade211767",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_dc51d",
                    table="programs_levelofcaredetermination",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="levelofcaredetermination",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_levelofcaredeterminationevent" ("determined_by_id", "determined_on", "dimension_1", "dimension_2", "dimension_3", "dimension_4", "dimension_5", "dimension_6", "edition", "enrollment_id", "id", "level_of_care", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."determined_by_id", NEW."determined_on", NEW."dimension_1", NEW."dimension_2", NEW."dimension_3", NEW."dimension_4", NEW."dimension_5", NEW."dimension_6", NEW."edition", NEW."enrollment_id", NEW."id", NEW."level_of_care", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                    hash="c23b16e1e251d57ff8eeb91f54d791e8ddb98259",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7243b",
                    table="programs_levelofcaredetermination",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="levelofcaredetermination",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_levelofcaredeterminationevent" ("determined_by_id", "determined_on", "dimension_1", "dimension_2", "dimension_3", "dimension_4", "dimension_5", "dimension_6", "edition", "enrollment_id", "id", "level_of_care", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "withdrawn_at", "withdrawn_by_id") VALUES (OLD."determined_by_id", OLD."determined_on", OLD."dimension_1", OLD."dimension_2", OLD."dimension_3", OLD."dimension_4", OLD."dimension_5", OLD."dimension_6", OLD."edition", OLD."enrollment_id", OLD."id", OLD."level_of_care", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."withdrawn_at", OLD."withdrawn_by_id"); RETURN NULL;',
                    hash="ccf4b5b09f43032116ecdef153a95fab53a3f658",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_91b79",
                    table="programs_levelofcaredetermination",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="levelofcaredeterminationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="87a86fd841603d7f80ffd18c2009b0cdb67d4ee3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_2ccd1",
                    table="programs_levelofcaredeterminationevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="referral",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_referralevent" ("admission", "came_from", "decline_reason", "enrollment_id", "id", "note", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "referred_on", "source", "source_name", "status", "waitlisted_at", "wanted_on") VALUES (NEW."admission", NEW."came_from", NEW."decline_reason", NEW."enrollment_id", NEW."id", NEW."note", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."public_id", NEW."referred_on", NEW."source", NEW."source_name", NEW."status", NEW."waitlisted_at", NEW."wanted_on"); RETURN NULL;',
                    hash="865bab54d595e4906e13f1891a79facf6c26f764",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_be4d1",
                    table="programs_referral",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="referral",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_referralevent" ("admission", "came_from", "decline_reason", "enrollment_id", "id", "note", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "referred_on", "source", "source_name", "status", "waitlisted_at", "wanted_on") VALUES (NEW."admission", NEW."came_from", NEW."decline_reason", NEW."enrollment_id", NEW."id", NEW."note", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."program_id", NEW."public_id", NEW."referred_on", NEW."source", NEW."source_name", NEW."status", NEW."waitlisted_at", NEW."wanted_on"); RETURN NULL;',
                    hash="5db35016ab5b1c68ed9e89927de9bbeb8367edb2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a4be1",
                    table="programs_referral",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="referral",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_referralevent" ("admission", "came_from", "decline_reason", "enrollment_id", "id", "note", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "referred_on", "source", "source_name", "status", "waitlisted_at", "wanted_on") VALUES (OLD."admission", OLD."came_from", OLD."decline_reason", OLD."enrollment_id", OLD."id", OLD."note", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."public_id", OLD."referred_on", OLD."source", OLD."source_name", OLD."status", OLD."waitlisted_at", OLD."wanted_on"); RETURN NULL;',
                    hash="ad342d0b02896adf4fd1c876fb90d07b8a92ca5b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1a03f",
                    table="programs_referral",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="episodestepevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6bc72d2bf12851c603d04799df0220aa2e01b3d9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_02b6a",
                    table="programs_episodestepevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="episodestep",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_episodestepevent" ("came_from", "detail", "enrollment_id", "id", "made_at", "made_by_id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "reason", "referral_id", "takes_effect_on", "to") VALUES (NEW."came_from", NEW."detail", NEW."enrollment_id", NEW."id", NEW."made_at", NEW."made_by_id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."public_id", NEW."reason", NEW."referral_id", NEW."takes_effect_on", NEW."to"); RETURN NULL;',
                    hash="1b396323339a283e4b94d107d40b3b7577284c0c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7c9df",
                    table="programs_episodestep",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="episodestep",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programs_episodestepevent" ("came_from", "detail", "enrollment_id", "id", "made_at", "made_by_id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "reason", "referral_id", "takes_effect_on", "to") VALUES (NEW."came_from", NEW."detail", NEW."enrollment_id", NEW."id", NEW."made_at", NEW."made_by_id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."program_id", NEW."public_id", NEW."reason", NEW."referral_id", NEW."takes_effect_on", NEW."to"); RETURN NULL;',
                    hash="8195e4bee1aae75b6d95c788436c22356805c41f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_36e6a",
                    table="programs_episodestep",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="episodestep",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "programs_episodestepevent" ("came_from", "detail", "enrollment_id", "id", "made_at", "made_by_id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "reason", "referral_id", "takes_effect_on", "to") VALUES (OLD."came_from", OLD."detail", OLD."enrollment_id", OLD."id", OLD."made_at", OLD."made_by_id", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."public_id", OLD."reason", OLD."referral_id", OLD."takes_effect_on", OLD."to"); RETURN NULL;',
                    hash="38c0a6d97b819b4000aed2f2351985d5dbe700fd",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5ca01",
                    table="programs_episodestep",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="referralevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8e6d8f1a34a8ebebb99d6af3c0633dce72c31af2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b5c23",
                    table="programs_referralevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
    operations = together(operations)
