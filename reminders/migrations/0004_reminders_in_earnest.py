"""Reminders at lead times, with replies and answers, words and rules; choices of staff."""

import datetime
import uuid

import django.core.validators
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import phonenumber_field.modelfields
from django.conf import settings
from django.db import migrations, models

import accounts.encryption
import accounts.models.public_id
from accounts.together import together

LONG_AGO = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
# What had been taken back was not sent, what failed for being late expired; what is claimed to this
# day was cut off.
BEFORE_CHECKS = """
UPDATE reminders_reminder SET try_at = due_at, expires_at = due_at + interval '3 hours';
UPDATE reminders_staffnotice SET try_at = due_at;
UPDATE reminders_reminder SET status = 'skipped', reason = 'not_expected'
 WHERE status = 'withdrawn';
UPDATE reminders_staffnotice SET status = 'skipped', reason = 'not_needed'
 WHERE status = 'withdrawn';
UPDATE reminders_reminder SET status = 'expired', reason = '' WHERE reason = 'too_late';
UPDATE reminders_staffnotice SET status = 'expired', reason = '' WHERE reason = 'too_late';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0008_purposes_of_consent"),
        ("reminders", "0003_digests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Answer",
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
                ("for_on", models.DateField(verbose_name="for the day")),
                (
                    "word",
                    models.CharField(
                        choices=[("coming", "Coming"), ("not_coming", "Cannot come")],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ill", "Ill"),
                            ("work", "Work or school"),
                            ("ride", "No way to get there"),
                            ("family", "Children or family"),
                            ("other_date", "Another appointment"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                (
                    "came_by",
                    models.CharField(
                        choices=[("reply", "By a reply"), ("link", "By the link")],
                        max_length=5,
                        verbose_name="how it came",
                    ),
                ),
                ("answered_at", models.DateTimeField(verbose_name="answered")),
            ],
        ),
        migrations.CreateModel(
            name="AnswerEvent",
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
                ("for_on", models.DateField(verbose_name="for the day")),
                (
                    "word",
                    models.CharField(
                        choices=[("coming", "Coming"), ("not_coming", "Cannot come")],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ill", "Ill"),
                            ("work", "Work or school"),
                            ("ride", "No way to get there"),
                            ("family", "Children or family"),
                            ("other_date", "Another appointment"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                (
                    "came_by",
                    models.CharField(
                        choices=[("reply", "By a reply"), ("link", "By the link")],
                        max_length=5,
                        verbose_name="how it came",
                    ),
                ),
                ("answered_at", models.DateTimeField(verbose_name="answered")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MessageTemplate",
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
                            ("evening", "The evening before"),
                            ("soon", "Shortly before"),
                            ("changed", "A new time"),
                            ("called_off", "No appointment after all"),
                            ("weekly", "The week ahead"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("email", "Email"), ("sms", "Text message")],
                        max_length=5,
                        verbose_name="channel",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("es", "Spanish")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=120, verbose_name="subject")),
                ("body", models.TextField(max_length=1000, verbose_name="text")),
                ("is_own", models.BooleanField(default=True, verbose_name="in our own words")),
            ],
        ),
        migrations.CreateModel(
            name="MessageTemplateEvent",
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
                            ("evening", "The evening before"),
                            ("soon", "Shortly before"),
                            ("changed", "A new time"),
                            ("called_off", "No appointment after all"),
                            ("weekly", "The week ahead"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("email", "Email"), ("sms", "Text message")],
                        max_length=5,
                        verbose_name="channel",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("es", "Spanish")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=120, verbose_name="subject")),
                ("body", models.TextField(max_length=1000, verbose_name="text")),
                ("is_own", models.BooleanField(default=True, verbose_name="in our own words")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NoticeChoice",
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
                            ("safety", "A safety answer"),
                            ("record", "Attendance not recorded"),
                            ("sign", "Attendance not signed"),
                            ("notes", "Notes overdue"),
                            ("cosign", "A co-signature waits"),
                            ("outreach", "Somebody to get in touch with"),
                            ("digest", "The week in numbers"),
                            ("closed", "A week was closed"),
                            ("alert", "An alert was given to them"),
                            ("today", "Today's sessions"),
                            ("failures", "Reminders that did not go out"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "timing",
                    models.CharField(
                        choices=[
                            ("at_once", "At once"),
                            ("morning", "In the morning"),
                            ("never", "Not at all"),
                        ],
                        max_length=7,
                        verbose_name="when",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("email", "Email"), ("sms", "Text message")],
                        default="email",
                        max_length=5,
                        verbose_name="where",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NoticeHours",
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
                    "mobile",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True, max_length=128, region=None, verbose_name="mobile phone"
                    ),
                ),
                (
                    "morning_at",
                    models.TimeField(
                        default=datetime.time(7, 0), verbose_name="morning notices at"
                    ),
                ),
                (
                    "quiet_from",
                    models.TimeField(default=datetime.time(21, 0), verbose_name="quiet from"),
                ),
                (
                    "quiet_until",
                    models.TimeField(default=datetime.time(6, 0), verbose_name="quiet until"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReminderRule",
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
                    "evening_at",
                    models.TimeField(
                        blank=True,
                        default=datetime.time(18, 0),
                        null=True,
                        verbose_name="the evening before, at",
                    ),
                ),
                (
                    "minutes_before",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=120,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(15),
                            django.core.validators.MaxValueValidator(720),
                        ],
                        verbose_name="minutes before the day begins",
                    ),
                ),
                (
                    "weekly_on",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        default=6,
                        null=True,
                        verbose_name="the week ahead, on",
                    ),
                ),
                (
                    "weekly_at",
                    models.TimeField(
                        default=datetime.time(17, 0), verbose_name="the week ahead, at"
                    ),
                ),
                (
                    "quiet_from",
                    models.TimeField(default=datetime.time(21, 0), verbose_name="quiet from"),
                ),
                (
                    "quiet_until",
                    models.TimeField(default=datetime.time(8, 0), verbose_name="quiet until"),
                ),
                (
                    "most_a_day",
                    models.PositiveSmallIntegerField(
                        default=4,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="at most a day",
                    ),
                ),
                (
                    "most_a_week",
                    models.PositiveSmallIntegerField(
                        default=16,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(50),
                        ],
                        verbose_name="at most a week",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReminderRuleEvent",
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
                    "evening_at",
                    models.TimeField(
                        blank=True,
                        default=datetime.time(18, 0),
                        null=True,
                        verbose_name="the evening before, at",
                    ),
                ),
                (
                    "minutes_before",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=120,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(15),
                            django.core.validators.MaxValueValidator(720),
                        ],
                        verbose_name="minutes before the day begins",
                    ),
                ),
                (
                    "weekly_on",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        default=6,
                        null=True,
                        verbose_name="the week ahead, on",
                    ),
                ),
                (
                    "weekly_at",
                    models.TimeField(
                        default=datetime.time(17, 0), verbose_name="the week ahead, at"
                    ),
                ),
                (
                    "quiet_from",
                    models.TimeField(default=datetime.time(21, 0), verbose_name="quiet from"),
                ),
                (
                    "quiet_until",
                    models.TimeField(default=datetime.time(8, 0), verbose_name="quiet until"),
                ),
                (
                    "most_a_day",
                    models.PositiveSmallIntegerField(
                        default=4,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="at most a day",
                    ),
                ),
                (
                    "most_a_week",
                    models.PositiveSmallIntegerField(
                        default=16,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(50),
                        ],
                        verbose_name="at most a week",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Reply",
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
                    "channel",
                    models.CharField(
                        choices=[("email", "Email"), ("sms", "Text message")],
                        default="sms",
                        max_length=5,
                        verbose_name="channel",
                    ),
                ),
                ("gateway", models.CharField(max_length=20, verbose_name="gateway")),
                ("gateway_ref", models.CharField(max_length=120)),
                ("received_at", models.DateTimeField(verbose_name="received")),
                ("sender", accounts.encryption.EncryptedTextField(verbose_name="from")),
                ("text", accounts.encryption.EncryptedTextField(blank=True, verbose_name="text")),
                (
                    "meaning",
                    models.CharField(
                        choices=[
                            ("coming", "Coming"),
                            ("not_coming", "Cannot come"),
                            ("why", "The reason why not"),
                            ("stop", "No more messages"),
                            ("start", "Messages again"),
                            ("help", "Help"),
                            ("unclear", "Not understood"),
                            ("stranger", "From a number we do not know"),
                        ],
                        max_length=10,
                        verbose_name="understood as",
                    ),
                ),
                ("handled_at", models.DateTimeField(blank=True, null=True, verbose_name="seen to")),
                (
                    "handled_how",
                    accounts.encryption.EncryptedTextField(
                        blank=True, verbose_name="what was done"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sweep",
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
                ("name", models.CharField(max_length=80, unique=True, verbose_name="task")),
                ("began_at", models.DateTimeField(verbose_name="began")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                ("is_failed", models.BooleanField(default=False, verbose_name="failed")),
                ("runs", models.PositiveBigIntegerField(default=0, verbose_name="runs")),
                ("failures", models.PositiveBigIntegerField(default=0, verbose_name="failures")),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="reminder",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="reminder",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="reminder",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="reminder",
            name="reminder_once_a_day",
        ),
        migrations.RemoveConstraint(
            model_name="reminder",
            name="reminder_status_known",
        ),
        migrations.RemoveConstraint(
            model_name="reminder",
            name="reminder_failure_known",
        ),
        migrations.RemoveConstraint(
            model_name="reminder",
            name="reminder_tells_one_story",
        ),
        migrations.RemoveConstraint(
            model_name="staffnotice",
            name="staff_notice_status_known",
        ),
        migrations.RemoveConstraint(
            model_name="staffnotice",
            name="staff_notice_failure_known",
        ),
        migrations.RemoveConstraint(
            model_name="staffnotice",
            name="staff_notice_tells_one_story",
        ),
        migrations.RemoveConstraint(
            model_name="staffnotice",
            name="staff_notice_kind_known",
        ),
        migrations.RemoveIndex(
            model_name="reminder",
            name="reminder_still_due",
        ),
        migrations.RemoveIndex(
            model_name="staffnotice",
            name="staff_notice_still_due",
        ),
        migrations.RenameField(
            model_name="reminder",
            old_name="failure",
            new_name="reason",
        ),
        migrations.RenameField(
            model_name="reminderevent",
            old_name="failure",
            new_name="reason",
        ),
        migrations.RenameField(
            model_name="staffnotice",
            old_name="failure",
            new_name="reason",
        ),
        migrations.AddField(
            model_name="reminder",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="attempts"),
        ),
        migrations.AddField(
            model_name="reminder",
            name="body",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reminder",
            name="delivered_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="delivered"),
        ),
        migrations.AddField(
            model_name="reminder",
            name="expires_at",
            field=models.DateTimeField(default=LONG_AGO, verbose_name="expires"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="reminder",
            name="gateway_ref",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="reminder",
            name="kind",
            field=models.CharField(
                choices=[
                    ("evening", "The evening before"),
                    ("soon", "Shortly before"),
                    ("change", "A change"),
                    ("weekly", "The week ahead"),
                    ("response", "Response to a reply"),
                ],
                default="evening",
                max_length=8,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="reminder",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("address_refused", "The address was refused"),
                    ("message_refused", "The message was refused"),
                    ("no_answer", "The server took nothing"),
                    ("nonsense", "The gateway's answer made no sense"),
                    ("bounced", "It was not delivered"),
                    ("not_expected", "Nobody is expected any more"),
                    ("no_consent", "They have not agreed, or no longer"),
                    ("no_address", "There is no address that works"),
                    ("too_many", "As many as may go out had gone out"),
                    ("reveals", "Its words would have revealed something"),
                    ("not_needed", "Done before it went out"),
                    ("has_left", "No longer theirs"),
                    ("not_wanted", "They have turned it off"),
                ],
                max_length=15,
                verbose_name="why",
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="response",
            field=models.CharField(
                blank=True,
                choices=[
                    ("stopped", "No more messages"),
                    ("started", "Messages again"),
                    ("help", "Help"),
                    ("thanks", "Thank you"),
                    ("why", "Thank you; what is the reason?"),
                ],
                max_length=7,
                verbose_name="response",
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="round",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="reminder",
            name="subject",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="reminder",
            name="told",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="reminder",
            name="try_at",
            field=models.DateTimeField(default=LONG_AGO, verbose_name="next try"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="reminderevent",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="attempts"),
        ),
        migrations.AddField(
            model_name="reminderevent",
            name="body",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reminderevent",
            name="delivered_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="delivered"),
        ),
        migrations.AddField(
            model_name="reminderevent",
            name="expires_at",
            field=models.DateTimeField(default=LONG_AGO, verbose_name="expires"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="reminderevent",
            name="gateway_ref",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="reminderevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("evening", "The evening before"),
                    ("soon", "Shortly before"),
                    ("change", "A change"),
                    ("weekly", "The week ahead"),
                    ("response", "Response to a reply"),
                ],
                default="evening",
                max_length=8,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="reminderevent",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("address_refused", "The address was refused"),
                    ("message_refused", "The message was refused"),
                    ("no_answer", "The server took nothing"),
                    ("nonsense", "The gateway's answer made no sense"),
                    ("bounced", "It was not delivered"),
                    ("not_expected", "Nobody is expected any more"),
                    ("no_consent", "They have not agreed, or no longer"),
                    ("no_address", "There is no address that works"),
                    ("too_many", "As many as may go out had gone out"),
                    ("reveals", "Its words would have revealed something"),
                    ("not_needed", "Done before it went out"),
                    ("has_left", "No longer theirs"),
                    ("not_wanted", "They have turned it off"),
                ],
                max_length=15,
                verbose_name="why",
            ),
        ),
        migrations.AddField(
            model_name="reminderevent",
            name="response",
            field=models.CharField(
                blank=True,
                choices=[
                    ("stopped", "No more messages"),
                    ("started", "Messages again"),
                    ("help", "Help"),
                    ("thanks", "Thank you"),
                    ("why", "Thank you; what is the reason?"),
                ],
                max_length=7,
                verbose_name="response",
            ),
        ),
        migrations.AddField(
            model_name="reminderevent",
            name="round",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="reminderevent",
            name="subject",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="reminderevent",
            name="told",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="reminderevent",
            name="try_at",
            field=models.DateTimeField(default=LONG_AGO, verbose_name="next try"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="staffnotice",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="attempts"),
        ),
        migrations.AddField(
            model_name="staffnotice",
            name="channel",
            field=models.CharField(
                choices=[("email", "Email"), ("sms", "Text message")],
                default="email",
                max_length=5,
                verbose_name="channel",
            ),
        ),
        migrations.AddField(
            model_name="staffnotice",
            name="gateway_ref",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name="staffnotice",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("address_refused", "The address was refused"),
                    ("message_refused", "The message was refused"),
                    ("no_answer", "The server took nothing"),
                    ("nonsense", "The gateway's answer made no sense"),
                    ("bounced", "It was not delivered"),
                    ("not_expected", "Nobody is expected any more"),
                    ("no_consent", "They have not agreed, or no longer"),
                    ("no_address", "There is no address that works"),
                    ("too_many", "As many as may go out had gone out"),
                    ("reveals", "Its words would have revealed something"),
                    ("not_needed", "Done before it went out"),
                    ("has_left", "No longer theirs"),
                    ("not_wanted", "They have turned it off"),
                ],
                max_length=15,
                verbose_name="why",
            ),
        ),
        migrations.AddField(
            model_name="staffnotice",
            name="try_at",
            field=models.DateTimeField(default=LONG_AGO, verbose_name="next try"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="reminder",
            name="status",
            field=models.CharField(
                choices=[
                    ("planned", "Planned"),
                    ("claimed", "Being sent"),
                    ("sent", "Sent"),
                    ("failed", "Failed"),
                    ("skipped", "Not sent"),
                    ("expired", "Too late"),
                    ("unknown", "Outcome unknown"),
                ],
                default="planned",
                max_length=9,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="reminderevent",
            name="status",
            field=models.CharField(
                choices=[
                    ("planned", "Planned"),
                    ("claimed", "Being sent"),
                    ("sent", "Sent"),
                    ("failed", "Failed"),
                    ("skipped", "Not sent"),
                    ("expired", "Too late"),
                    ("unknown", "Outcome unknown"),
                ],
                default="planned",
                max_length=9,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="staffnotice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("safety", "A safety answer"),
                    ("record", "Attendance not recorded"),
                    ("sign", "Attendance not signed"),
                    ("notes", "Notes overdue"),
                    ("cosign", "A co-signature waits"),
                    ("outreach", "Somebody to get in touch with"),
                    ("digest", "The week in numbers"),
                    ("closed", "A week was closed"),
                    ("alert", "An alert was given to them"),
                    ("today", "Today's sessions"),
                    ("failures", "Reminders that did not go out"),
                ],
                max_length=8,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="staffnotice",
            name="status",
            field=models.CharField(
                choices=[
                    ("planned", "Planned"),
                    ("claimed", "Being sent"),
                    ("sent", "Sent"),
                    ("failed", "Failed"),
                    ("skipped", "Not sent"),
                    ("expired", "Too late"),
                    ("unknown", "Outcome unknown"),
                ],
                default="planned",
                max_length=9,
                verbose_name="status",
            ),
        ),
        migrations.RunSQL(BEFORE_CHECKS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="staffnotice",
            index=models.Index(
                condition=models.Q(("status", "planned")),
                fields=["try_at"],
                name="staff_notice_still_due",
            ),
        ),
        migrations.AddIndex(
            model_name="staffnotice",
            index=models.Index(
                condition=models.Q(("status", "claimed")),
                fields=["claimed_at"],
                name="staff_notice_in_flight",
            ),
        ),
        migrations.AddIndex(
            model_name="staffnotice",
            index=models.Index(fields=["try_at"], name="staff_notice_by_try"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reminder",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reminders_reminderevent" ("attempts", "body", "channel", "claimed_at", "delivered_at", "due_at", "expires_at", "for_on", "gateway_ref", "id", "kind", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "reason", "response", "response_to_id", "round", "sent_at", "status", "subject", "told", "try_at") VALUES (NEW."attempts", NEW."body", NEW."channel", NEW."claimed_at", NEW."delivered_at", NEW."due_at", NEW."expires_at", NEW."for_on", NEW."gateway_ref", NEW."id", NEW."kind", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."public_id", NEW."reason", NEW."response", NEW."response_to_id", NEW."round", NEW."sent_at", NEW."status", NEW."subject", NEW."told", NEW."try_at"); RETURN NULL;',
                    hash="b896c54a5d2bd0ba5c6c530ed9c9136f4a3e58cb",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3d2e2",
                    table="reminders_reminder",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reminder",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reminders_reminderevent" ("attempts", "body", "channel", "claimed_at", "delivered_at", "due_at", "expires_at", "for_on", "gateway_ref", "id", "kind", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "reason", "response", "response_to_id", "round", "sent_at", "status", "subject", "told", "try_at") VALUES (NEW."attempts", NEW."body", NEW."channel", NEW."claimed_at", NEW."delivered_at", NEW."due_at", NEW."expires_at", NEW."for_on", NEW."gateway_ref", NEW."id", NEW."kind", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."program_id", NEW."public_id", NEW."reason", NEW."response", NEW."response_to_id", NEW."round", NEW."sent_at", NEW."status", NEW."subject", NEW."told", NEW."try_at"); RETURN NULL;',
                    hash="8e7831c8d975a2257887f5ae7ab58e79a370706b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c3ab0",
                    table="reminders_reminder",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reminder",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reminders_reminderevent" ("attempts", "body", "channel", "claimed_at", "delivered_at", "due_at", "expires_at", "for_on", "gateway_ref", "id", "kind", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "reason", "response", "response_to_id", "round", "sent_at", "status", "subject", "told", "try_at") VALUES (OLD."attempts", OLD."body", OLD."channel", OLD."claimed_at", OLD."delivered_at", OLD."due_at", OLD."expires_at", OLD."for_on", OLD."gateway_ref", OLD."id", OLD."kind", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."public_id", OLD."reason", OLD."response", OLD."response_to_id", OLD."round", OLD."sent_at", OLD."status", OLD."subject", OLD."told", OLD."try_at"); RETURN NULL;',
                    hash="64057cbf37eba137212526054c5268aaf0f622dd",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fe464",
                    table="reminders_reminder",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="staffnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "safety",
                            "record",
                            "sign",
                            "notes",
                            "cosign",
                            "outreach",
                            "digest",
                            "closed",
                            "alert",
                            "today",
                            "failures",
                        ],
                    )
                ),
                name="staff_notice_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        ["planned", "claimed", "sent", "failed", "skipped", "expired", "unknown"],
                    )
                ),
                name="staff_notice_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "",
                            "address_refused",
                            "message_refused",
                            "no_answer",
                            "nonsense",
                            "bounced",
                            "not_expected",
                            "no_consent",
                            "no_address",
                            "too_many",
                            "reveals",
                            "not_needed",
                            "has_left",
                            "not_wanted",
                        ],
                    )
                ),
                name="staff_notice_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["email", "sms"])),
                name="staff_notice_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status", "planned"),
                        models.Q(
                            models.Q(("attempts", 0), ("reason", "")),
                            models.Q(
                                ("attempts__gt", 0),
                                (
                                    "reason__in",
                                    [
                                        "address_refused",
                                        "message_refused",
                                        "no_answer",
                                        "nonsense",
                                        "bounced",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        ("claimed_at", None),
                        ("sent_at", None),
                    ),
                    models.Q(
                        ("reason", ""),
                        ("sent_at", None),
                        ("status", "claimed"),
                        ("claimed_at__isnull", False),
                    ),
                    models.Q(
                        ("reason", ""),
                        ("sent_at__isnull", False),
                        ("status", "sent"),
                        ("claimed_at__isnull", False),
                    ),
                    models.Q(
                        ("sent_at", None),
                        ("status", "failed"),
                        (
                            "reason__in",
                            [
                                "address_refused",
                                "message_refused",
                                "no_answer",
                                "nonsense",
                                "bounced",
                            ],
                        ),
                    ),
                    models.Q(
                        ("reason", "bounced"),
                        ("sent_at__isnull", False),
                        ("status", "failed"),
                        ("claimed_at__isnull", False),
                    ),
                    models.Q(
                        (
                            "reason__in",
                            [
                                "not_expected",
                                "no_consent",
                                "no_address",
                                "too_many",
                                "reveals",
                                "not_needed",
                                "has_left",
                                "not_wanted",
                            ],
                        ),
                        ("status", "skipped"),
                        ("claimed_at", None),
                        ("sent_at", None),
                    ),
                    models.Q(
                        ("status", "expired"),
                        models.Q(
                            ("reason", ""),
                            (
                                "reason__in",
                                [
                                    "address_refused",
                                    "message_refused",
                                    "no_answer",
                                    "nonsense",
                                    "bounced",
                                ],
                            ),
                            _connector="OR",
                        ),
                        ("claimed_at", None),
                        ("sent_at", None),
                    ),
                    models.Q(
                        ("sent_at", None),
                        ("status", "unknown"),
                        models.Q(
                            ("reason", ""),
                            (
                                "reason__in",
                                [
                                    "address_refused",
                                    "message_refused",
                                    "no_answer",
                                    "nonsense",
                                    "bounced",
                                ],
                            ),
                            _connector="OR",
                        ),
                        ("claimed_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="staff_notice_tells_one_story",
                violation_error_message="A sent notice has the moment it was sent, a failed or skipped one has a reason, and one that is planned has neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("try_at__gte", models.F("due_at"))),
                name="staff_notice_tried_when_due",
                violation_error_message="A notice is tried when it is due, or later.",
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="participant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="programs.participant",
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="reminder",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="reminders.reminder",
            ),
        ),
        migrations.AddField(
            model_name="answerevent",
            name="participant",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="programs.participant",
            ),
        ),
        migrations.AddField(
            model_name="answerevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="reminders.answer",
            ),
        ),
        migrations.AddField(
            model_name="answerevent",
            name="reminder",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reminders.reminder",
            ),
        ),
        migrations.AddField(
            model_name="messagetemplate",
            name="program",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="templates",
                to="programs.program",
            ),
        ),
        migrations.AddField(
            model_name="messagetemplateevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="reminders.messagetemplate",
            ),
        ),
        migrations.AddField(
            model_name="messagetemplateevent",
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
            model_name="noticechoice",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notice_choices",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="noticehours",
            name="user",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notice_hours",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reminderrule",
            name="program",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reminder_rule",
                to="programs.program",
            ),
        ),
        migrations.AddField(
            model_name="reminderruleevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="reminders.reminderrule",
            ),
        ),
        migrations.AddField(
            model_name="reminderruleevent",
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
            model_name="reply",
            name="handled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="participant",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replies",
                to="programs.participant",
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="program",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replies",
                to="programs.program",
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="response_to",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="response",
                to="reminders.reply",
            ),
        ),
        migrations.AddField(
            model_name="reminderevent",
            name="response_to",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reminders.reply",
            ),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(
                condition=models.Q(("status", "planned")),
                fields=["channel", "try_at", "id"],
                name="reminder_still_due",
            ),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(
                condition=models.Q(("status", "claimed")),
                fields=["claimed_at"],
                name="reminder_in_flight",
            ),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(fields=["program", "for_on"], name="reminder_of_program_and_day"),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(
                condition=models.Q(("gateway_ref", ""), _negated=True),
                fields=["gateway_ref"],
                name="reminder_by_ref",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "response"), _negated=True),
                fields=("participant", "for_on", "kind", "round"),
                name="reminder_once",
                violation_error_message="This participant has this reminder for that day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["evening", "soon", "change", "weekly", "response"])
                ),
                name="reminder_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "change"), ("round__gte", 1)),
                    models.Q(models.Q(("kind", "change"), _negated=True), ("round", 0)),
                    _connector="OR",
                ),
                name="reminder_rounds_of_changes",
                violation_error_message="Only changes are told in several rounds.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "response"),
                        ("response_to__isnull", False),
                        models.Q(("response", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("kind", "response"), _negated=True),
                        ("response", ""),
                        ("response_to", None),
                    ),
                    _connector="OR",
                ),
                name="reminder_response_to_a_reply",
                violation_error_message="A response, and nothing else, answers a reply.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("response__in", ["", "stopped", "started", "help", "thanks", "why"])
                ),
                name="reminder_response_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        ["planned", "claimed", "sent", "failed", "skipped", "expired", "unknown"],
                    )
                ),
                name="reminder_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "",
                            "address_refused",
                            "message_refused",
                            "no_answer",
                            "nonsense",
                            "bounced",
                            "not_expected",
                            "no_consent",
                            "no_address",
                            "too_many",
                            "reveals",
                            "not_needed",
                            "has_left",
                            "not_wanted",
                        ],
                    )
                ),
                name="reminder_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status", "planned"),
                        models.Q(
                            models.Q(("attempts", 0), ("reason", "")),
                            models.Q(
                                ("attempts__gt", 0),
                                (
                                    "reason__in",
                                    [
                                        "address_refused",
                                        "message_refused",
                                        "no_answer",
                                        "nonsense",
                                        "bounced",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        ("claimed_at", None),
                        ("sent_at", None),
                    ),
                    models.Q(
                        ("reason", ""),
                        ("sent_at", None),
                        ("status", "claimed"),
                        ("claimed_at__isnull", False),
                    ),
                    models.Q(
                        ("reason", ""),
                        ("sent_at__isnull", False),
                        ("status", "sent"),
                        ("claimed_at__isnull", False),
                    ),
                    models.Q(
                        ("sent_at", None),
                        ("status", "failed"),
                        (
                            "reason__in",
                            [
                                "address_refused",
                                "message_refused",
                                "no_answer",
                                "nonsense",
                                "bounced",
                            ],
                        ),
                    ),
                    models.Q(
                        ("reason", "bounced"),
                        ("sent_at__isnull", False),
                        ("status", "failed"),
                        ("claimed_at__isnull", False),
                    ),
                    models.Q(
                        (
                            "reason__in",
                            [
                                "not_expected",
                                "no_consent",
                                "no_address",
                                "too_many",
                                "reveals",
                                "not_needed",
                                "has_left",
                                "not_wanted",
                            ],
                        ),
                        ("status", "skipped"),
                        ("claimed_at", None),
                        ("sent_at", None),
                    ),
                    models.Q(
                        ("status", "expired"),
                        models.Q(
                            ("reason", ""),
                            (
                                "reason__in",
                                [
                                    "address_refused",
                                    "message_refused",
                                    "no_answer",
                                    "nonsense",
                                    "bounced",
                                ],
                            ),
                            _connector="OR",
                        ),
                        ("claimed_at", None),
                        ("sent_at", None),
                    ),
                    models.Q(
                        ("sent_at", None),
                        ("status", "unknown"),
                        models.Q(
                            ("reason", ""),
                            (
                                "reason__in",
                                [
                                    "address_refused",
                                    "message_refused",
                                    "no_answer",
                                    "nonsense",
                                    "bounced",
                                ],
                            ),
                            _connector="OR",
                        ),
                        ("claimed_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="reminder_tells_one_story",
                violation_error_message="A sent reminder has the moment it was sent, a failed or skipped one has a reason, and one that is planned has neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_at__gte", models.F("due_at")), ("try_at__gte", models.F("due_at"))
                ),
                name="reminder_due_before_it_expires",
                violation_error_message="A reminder is due before it is tried or expires.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("delivered_at", None),
                    models.Q(("delivered_at__gte", models.F("sent_at")), ("status", "sent")),
                    ("status", "unknown"),
                    _connector="OR",
                ),
                name="reminder_delivered_after_sent",
                violation_error_message="A reminder is delivered after it was sent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sweep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at", None), ("ended_at__gte", models.F("began_at")), _connector="OR"
                ),
                name="sweep_ends_after_it_began",
                violation_error_message="A run ends after it began.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sweep",
            constraint=models.CheckConstraint(
                condition=models.Q(("failures__lte", models.F("runs"))),
                name="sweep_fails_at_most_as_often_as_it_runs",
                violation_error_message="There are no more failures than runs.",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                fields=("participant", "for_on"),
                name="answer_once_a_day",
                violation_error_message="This participant has answered for that day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("word__in", ["coming", "not_coming"])), name="answer_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reason__in", ["", "ill", "work", "ride", "family", "other_date", "other"])
                ),
                name="answer_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("came_by__in", ["reply", "link"])), name="answer_came_by_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("word", "not_coming"), ("reason", ""), _connector="OR"),
                name="answer_reason_of_not_coming",
                violation_error_message="Only who cannot come has a reason.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answer",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reminders_answerevent" ("answered_at", "came_by", "for_on", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "reminder_id", "word") VALUES (NEW."answered_at", NEW."came_by", NEW."for_on", NEW."id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."reminder_id", NEW."word"); RETURN NULL;',
                    hash="52772f29fe840ad40d8a9bb72ed24192d46f49f6",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ff02e",
                    table="reminders_answer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answer",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reminders_answerevent" ("answered_at", "came_by", "for_on", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "reminder_id", "word") VALUES (NEW."answered_at", NEW."came_by", NEW."for_on", NEW."id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."reminder_id", NEW."word"); RETURN NULL;',
                    hash="7488cb6523e63cba2bfe8e69281187a6d8658cb3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a1956",
                    table="reminders_answer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answer",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reminders_answerevent" ("answered_at", "came_by", "for_on", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "reminder_id", "word") VALUES (OLD."answered_at", OLD."came_by", OLD."for_on", OLD."id", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reason", OLD."reminder_id", OLD."word"); RETURN NULL;',
                    hash="7700746a3ea46faf495d1d8cfd26f0c29588c53f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c7745",
                    table="reminders_answer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answerevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="68e25da98a8bc0bd8df07719dadd5c7308bb2434",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b39fe",
                    table="reminders_answerevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="messagetemplate",
            constraint=models.UniqueConstraint(
                fields=("program", "kind", "channel", "language"),
                name="message_template_once",
                violation_error_message="There are words for this message already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="messagetemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["evening", "soon", "changed", "called_off", "weekly"])
                ),
                name="message_template_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="messagetemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["email", "sms"])),
                name="message_template_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="messagetemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["en", "es"])),
                name="message_template_language_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="messagetemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("body", ""), _negated=True),
                    models.Q(
                        models.Q(("channel", "sms"), ("subject", "")),
                        models.Q(("channel", "email"), models.Q(("subject", ""), _negated=True)),
                        _connector="OR",
                    ),
                ),
                name="message_template_is_whole",
                violation_error_message="Every message has a text; an email has a subject, and a text message none.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="messagetemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reminders_messagetemplateevent" ("body", "channel", "id", "is_own", "kind", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "subject") VALUES (NEW."body", NEW."channel", NEW."id", NEW."is_own", NEW."kind", NEW."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."public_id", NEW."subject"); RETURN NULL;',
                    hash="b66adb346b76b0a3c36d4ea493f6d9d2fc68d180",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c4485",
                    table="reminders_messagetemplate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="messagetemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reminders_messagetemplateevent" ("body", "channel", "id", "is_own", "kind", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "subject") VALUES (NEW."body", NEW."channel", NEW."id", NEW."is_own", NEW."kind", NEW."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."program_id", NEW."public_id", NEW."subject"); RETURN NULL;',
                    hash="3853c10672d5d18f9766c791e41304dc862239dc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3e19a",
                    table="reminders_messagetemplate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="messagetemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reminders_messagetemplateevent" ("body", "channel", "id", "is_own", "kind", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "subject") VALUES (OLD."body", OLD."channel", OLD."id", OLD."is_own", OLD."kind", OLD."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."public_id", OLD."subject"); RETURN NULL;',
                    hash="0678d6f133e2afeea88569545874a6ac195e7a8e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4827e",
                    table="reminders_messagetemplate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="messagetemplateevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e0a3d01f8929449de032887e27e68cacc2f068b4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3991d",
                    table="reminders_messagetemplateevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="noticechoice",
            constraint=models.UniqueConstraint(
                fields=("user", "kind"),
                name="notice_choice_once",
                violation_error_message="This person has chosen for this kind already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticechoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "safety",
                            "record",
                            "sign",
                            "notes",
                            "cosign",
                            "outreach",
                            "digest",
                            "closed",
                            "alert",
                            "today",
                            "failures",
                        ],
                    )
                ),
                name="notice_choice_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticechoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("timing__in", ["at_once", "morning", "never"])),
                name="notice_choice_timing_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticechoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["email", "sms"])),
                name="notice_choice_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticechoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "safety"), _negated=True),
                    ("timing", "at_once"),
                    _connector="OR",
                ),
                name="notice_choice_safety_at_once",
                violation_error_message="A safety answer is always told at once.",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticehours",
            constraint=models.CheckConstraint(
                condition=models.Q(("quiet_from", models.F("quiet_until")), _negated=True),
                name="notice_hours_quiet_hours_end",
                violation_error_message="Quiet hours begin and end at different times.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("minutes_before__isnull", True),
                    ("minutes_before__range", (15, 720)),
                    _connector="OR",
                ),
                name="reminder_rule_minutes_before",
                violation_error_message="Between 15 minutes and 12 hours before.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("weekly_on__isnull", True),
                    ("weekly_on__in", [0, 1, 2, 3, 4, 5, 6]),
                    _connector="OR",
                ),
                name="reminder_rule_weekday_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("quiet_from", models.F("quiet_until")), _negated=True),
                name="reminder_rule_quiet_hours_end",
                violation_error_message="Quiet hours begin and end at different times.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("most_a_day__range", (1, 10)),
                    ("most_a_week__range", (1, 50)),
                    ("most_a_week__gte", models.F("most_a_day")),
                ),
                name="reminder_rule_most",
                violation_error_message="Between 1 and 10 messages a day, and at least as many a week, up to 50.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reminderrule",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reminders_reminderruleevent" ("evening_at", "id", "minutes_before", "most_a_day", "most_a_week", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "quiet_from", "quiet_until", "weekly_at", "weekly_on") VALUES (NEW."evening_at", NEW."id", NEW."minutes_before", NEW."most_a_day", NEW."most_a_week", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."public_id", NEW."quiet_from", NEW."quiet_until", NEW."weekly_at", NEW."weekly_on"); RETURN NULL;',
                    hash="bccd39d94f9d9b8db8264e957c5bcd563497627f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_596af",
                    table="reminders_reminderrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reminderrule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reminders_reminderruleevent" ("evening_at", "id", "minutes_before", "most_a_day", "most_a_week", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "quiet_from", "quiet_until", "weekly_at", "weekly_on") VALUES (NEW."evening_at", NEW."id", NEW."minutes_before", NEW."most_a_day", NEW."most_a_week", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."program_id", NEW."public_id", NEW."quiet_from", NEW."quiet_until", NEW."weekly_at", NEW."weekly_on"); RETURN NULL;',
                    hash="90e174aa07f93eee7fba353ed881d559e3a305ef",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_72824",
                    table="reminders_reminderrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reminderrule",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reminders_reminderruleevent" ("evening_at", "id", "minutes_before", "most_a_day", "most_a_week", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "public_id", "quiet_from", "quiet_until", "weekly_at", "weekly_on") VALUES (OLD."evening_at", OLD."id", OLD."minutes_before", OLD."most_a_day", OLD."most_a_week", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."public_id", OLD."quiet_from", OLD."quiet_until", OLD."weekly_at", OLD."weekly_on"); RETURN NULL;',
                    hash="97e27102b9fae69c710732bb5a62cb480270b3b8",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d5236",
                    table="reminders_reminderrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reminderruleevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9d4e8780bc8a0e4c33add149f5207de7722cdae2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6dfa0",
                    table="reminders_reminderruleevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(
                condition=models.Q(("handled_at", None), ("meaning__in", ["unclear", "stranger"])),
                fields=["received_at"],
                name="reply_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.UniqueConstraint(
                fields=("gateway", "gateway_ref"),
                name="reply_once",
                violation_error_message="This reply is on record already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gateway", ""), _negated=True),
                    models.Q(("gateway_ref", ""), _negated=True),
                ),
                name="reply_has_its_gateway",
                violation_error_message="A reply names its gateway and its id there.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["email", "sms"])), name="reply_channel_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "meaning__in",
                        [
                            "coming",
                            "not_coming",
                            "why",
                            "stop",
                            "start",
                            "help",
                            "unclear",
                            "stranger",
                        ],
                    )
                ),
                name="reply_meaning_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("meaning", "stranger"), ("participant", None), ("program", None)),
                    models.Q(
                        models.Q(("meaning", "stranger"), _negated=True),
                        ("participant__isnull", False),
                        ("program__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="reply_of_somebody_or_a_stranger",
                violation_error_message="A reply is somebody's, or a stranger's.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("handled_at", None), ("handled_by", None)),
                    models.Q(("handled_at__isnull", False), ("handled_by__isnull", False)),
                    _connector="OR",
                ),
                name="reply_handled_by_somebody",
                violation_error_message="A reply is seen to by somebody at a time.",
            ),
        ),
    ]
    operations = together(operations)
