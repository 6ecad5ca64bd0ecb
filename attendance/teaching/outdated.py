"""Says whether what was sent was made from another plan, or other words, than there are now."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext as _

from attendance.teaching.forms import ConfirmForm

PLANNED, VERSION, TICKED = "planned-", "-version", "on"


def plan_changed() -> str:
    """Return the words about a plan that is not the one that was looked at."""
    return _("The plan has changed since this page was made. Look at it again, then confirm.")


def outdated_words(form: ConfirmForm, data: QueryDict) -> str:
    """Return why the form has to be looked at again; nothing where it fits.

    A lesson was ticked that has left the plan, or its checklist is numbered otherwise by now.
    """
    ticked = {name for name in data if name.startswith(PLANNED) and data[name] == TICKED}
    if ticked - form.planned.keys():
        return plan_changed()
    for name in form.planned.keys() & ticked:
        version, shown = form.planned[name].version, str(data.get(f"{name}{VERSION}", ""))
        if shown and version and shown != str(version.number):
            words = _("%(lesson)s has a new version. Look at its checklist again, then confirm.")
            return words % {"lesson": form.planned[name].lesson.name}
    return ""
