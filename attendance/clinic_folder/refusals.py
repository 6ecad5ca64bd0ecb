"""What the database refuses, in words: the last line behind the checks."""

from __future__ import annotations

from django.apps import apps
from django.db import Error
from django.utils.translation import gettext as _

from accounts.keeping import refused_by
from attendance.clinic_folder.problems import Place, Problem


def in_words(error: Error, file: str) -> Problem:
    """Return the refusal as a problem of the file that was being written."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = refused_by(error)
    said = _message(name) or getattr(diagnosis, "message_primary", None) or str(error)
    words = _("The database refuses this: %(said)s") % {"said": said}
    return Problem(Place(file), "", "", f"{words} [{name}]" if name else words)


def _message(name: str) -> str:
    """Return what the constraint of that name says to people, if it says something."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return str(constraint.violation_error_message or "")
    return ""
