"""Why somebody's work ends, and why their second factors are taken away."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EndReason(models.TextChoices):
    LEFT = "left", _("They left the clinic")
    MOVED = "moved", _("They work elsewhere in the clinic now")
    AWAY = "away", _("They are away for a long time")
    MISTAKE = "mistake", _("They were added by mistake")
    URGENT = "urgent", _("Their access has to end at once")


class LostReason(models.TextChoices):
    LOST = "lost", _("The phone or key is lost or stolen")
    NEW = "new", _("They have a new phone")
    BROKEN = "broken", _("The phone or key does not work any more")
