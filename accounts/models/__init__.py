"""Who works here, how they got in, and the trail of what was done."""

from accounts.models.audit import AuditEvent
from accounts.models.invitation import Invitation
from accounts.models.license import License
from accounts.models.seal import AuditSeal
from accounts.models.user import PageLanguage, Theme, User

__all__ = ["AuditEvent", "AuditSeal", "Invitation", "License", "PageLanguage", "Theme", "User"]
