"""The email with the link to a new password: in its reader's language, and naming nobody."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from accounts.models import User
from accounts.models.user import PageLanguage
from accounts.passwords.links import address_for

NAME = "account/email/password_reset_key"


def send_reset(user: User, now: datetime) -> None:
    """Send the link; raises what the mail server answers."""
    words = {"address": address_for(user, now)}
    is_auto = user.language == PageLanguage.AUTO
    with translation.override(settings.LANGUAGE_CODE if is_auto else user.language):
        subject = render_to_string(f"{NAME}_subject.txt").strip()
        message = render_to_string(f"{NAME}_message.txt", words)
    send_mail(subject, message, settings.DEFAULT_FROM_EMAIL, [user.email])
