"""What somebody wrote back: a message that came in through a gateway, and what was made of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models import Channel, Participant, Program


class Meaning(models.TextChoices):
    """How a reply was understood; the last two wait for a person."""

    COMING = "coming", _("Coming")
    NOT_COMING = "not_coming", _("Cannot come")
    WHY = "why", _("The reason why not")
    STOP = "stop", _("No more messages")
    START = "start", _("Messages again")
    HELP = "help", _("Help")
    UNCLEAR = "unclear", _("Not understood")
    STRANGER = "stranger", _("From a number we do not know")


FOR_PEOPLE = (Meaning.UNCLEAR, Meaning.STRANGER)


class ReplyQuerySet(models.QuerySet["Reply"]):
    def visible_to(self, user: User) -> ReplyQuerySet:
        """Those to the programs this person works in now, and those of nobody known."""
        mine = Program.objects.visible_to(user)
        return self.filter(Q(program__in=mine) | Q(program=None))

    def waiting(self) -> ReplyQuerySet:
        """Those that a person has still to look at, the oldest first."""
        waiting = self.filter(meaning__in=FOR_PEOPLE, handled_at=None)
        return waiting.order_by("received_at", "pk")


class Reply(models.Model):
    """One message that came in; a gateway that sends it again changes nothing."""

    public_id = PublicIdField()
    channel = models.CharField(_("channel"), max_length=5, choices=Channel, default=Channel.SMS)
    gateway = models.CharField(_("gateway"), max_length=20)
    # The gateway's own name for the message.
    gateway_ref = models.CharField(max_length=120)
    received_at = models.DateTimeField(_("received"))
    # A number that nobody here is known by is still somebody's.
    sender = EncryptedTextField(_("from"))
    text = EncryptedTextField(_("text"), blank=True)
    meaning = models.CharField(_("understood as"), max_length=10, choices=Meaning)
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    # Whose people look at it; none where the number is not known.
    program = models.ForeignKey(
        Program, null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    handled_at = models.DateTimeField(_("seen to"), null=True, blank=True)
    handled_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    handled_how = EncryptedTextField(_("what was done"), blank=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["received_at"],
                condition=Q(meaning__in=["unclear", "stranger"], handled_at=None),
                name="reply_waiting",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["gateway", "gateway_ref"],
                name="reply_once",
                violation_error_message=_("This reply is on record already."),
            ),
            models.CheckConstraint(
                condition=~Q(gateway="") & ~Q(gateway_ref=""),
                name="reply_has_its_gateway",
                violation_error_message=_("A reply names its gateway and its id there."),
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="reply_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(meaning__in=Meaning.values), name="reply_meaning_known"
            ),
            models.CheckConstraint(
                condition=Q(meaning="stranger", participant=None, program=None)
                | (~Q(meaning="stranger") & Q(participant__isnull=False, program__isnull=False)),
                name="reply_of_somebody_or_a_stranger",
                violation_error_message=_("A reply is somebody's, or a stranger's."),
            ),
            models.CheckConstraint(
                condition=Q(handled_at=None, handled_by=None)
                | Q(handled_at__isnull=False, handled_by__isnull=False),
                name="reply_handled_by_somebody",
                violation_error_message=_("A reply is seen to by somebody at a time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.meaning}"
