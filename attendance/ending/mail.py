"""Two emails to a colleague: a link to come in by, and that their second factors were removed.

In their language, where they chose one; without a name.
"""

from __future__ import annotations

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import PageLanguage, User


def can_mail() -> bool:
    """Return whether this installation sends email at all."""
    return bool(settings.EMAIL_URL)


def mail_link(user: User, address: str) -> bool:
    """Send the link; return whether the mail server took it."""
    with _language_of(user):
        subject = _("Your sign-in link")
        words = _(
            "Your program director made you a link. Open it and choose a password:\n\n%(address)s"
            "\n\nIt works once, within %(days)s days. Links sent before it no longer work."
        ) % {"address": address, "days": settings.INVITATION_DAYS}
    return _send(user, subject, words)


def mail_factors_removed(user: User) -> bool:
    """Tell somebody that their second factors are gone, and what to do if they did not ask."""
    with _language_of(user):
        subject = _("Your second factors were removed")
        words = _(
            "A program director removed the passkeys and codes from your account and signed you out"
            " everywhere. Sign in with your password and set up new ones.\n\nIf you did not ask for"
            " it, tell your director at once."
        )
    return _send(user, subject, words)


def _language_of(user: User) -> translation.override:
    is_auto = user.language == PageLanguage.AUTO
    return translation.override(settings.LANGUAGE_CODE if is_auto else user.language)


def _send(user: User, subject: str, words: str) -> bool:
    if not can_mail():
        return False
    try:
        return bool(send_mail(subject, words, settings.DEFAULT_FROM_EMAIL, [user.email]))
    except (SMTPException, OSError):
        return False
