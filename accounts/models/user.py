"""A member of staff who signs in by email. Participants never have accounts here."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.public_id import PublicIdField


class Theme(models.TextChoices):
    AUTO = "auto", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class PageLanguage(models.TextChoices):
    AUTO = "auto", _("As the device")
    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")


class UserManager(BaseUserManager["User"]):
    """Makes staff accounts; a new one has no usable password until its invitation is accepted."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A member of staff: a clinician, a facilitator, an administrator, a director."""

    public_id = PublicIdField()
    email = models.EmailField(_("email"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    credential = models.CharField(_("credential"), max_length=40, blank=True)
    theme = models.CharField(_("colors"), max_length=5, choices=Theme, default=Theme.AUTO)
    language = models.CharField(
        _("language"), max_length=4, choices=PageLanguage, default=PageLanguage.AUTO
    )
    # The hash of what unlocks a page left alone; empty until one is chosen.
    pin = models.CharField(max_length=128, blank=True, default="", editable=False)
    # Since when a second factor is asked for; the time of grace runs from here.
    factor_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    invited_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("Someone with this email works here already."),
            ),
            models.CheckConstraint(
                condition=models.Q(theme__in=Theme.values), name="user_theme_known"
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=PageLanguage.values), name="user_language_known"
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def display_name(self) -> str:
        """The name with credential as colleagues know it, or the email where none is given."""
        if self.name and self.credential:
            return f"{self.name}, {self.credential}"
        return self.name or self.email

    @property
    def initials(self) -> str:
        """One or two letters for the round mark beside the name."""
        parts = (self.name or self.email).replace("-", " ").split()
        return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()
