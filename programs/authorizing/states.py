"""What an authorization's state is on a date, in words: in force, begins, ended, review due."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.models import Authorization, AuthorizationStatus
from programs.models.authorization import IN_FORCE
from programs.plan.looks import Look
from programs.plan.wording import day_words

SOON = timedelta(days=7)
NOT_IN_FORCE = {
    AuthorizationStatus.PENDING: ("warn", "hourglass"),
    AuthorizationStatus.DENIED: ("lost", "circle-x"),
    AuthorizationStatus.APPEALED: ("warn", "scale"),
    AuthorizationStatus.WITHDRAWN: ("", "undo-2"),
}


def states_of(authorization: Authorization, today: date) -> tuple[Look, ...]:
    """Return its states on the date, the main one first.

    A review is asked for, and an end announced, of what is approved and not over.
    """
    status = AuthorizationStatus(authorization.status)
    if status not in IN_FORCE:
        tone, icon = NOT_IN_FORCE[status]
        return (Look(str(status.label), tone, icon),)
    if authorization.last_on < today:
        words = _("Ended %(day)s") % {"day": day_words(authorization.last_on)}
        return (Look(words, "", "calendar-x"),)
    found = (
        _main(authorization, today),
        _review(authorization.next_review_on, today),
        _end(authorization, today),
    )
    return tuple(filter(None, found))


def _main(authorization: Authorization, today: date) -> Look:
    if authorization.first_on > today:
        words = _("Begins %(day)s") % {"day": day_words(authorization.first_on)}
        return Look(words, "go", "calendar-clock")
    return Look(_("In force today"), "ok", "circle-check")


def _review(review_on: date | None, today: date) -> Look | None:
    if review_on is None or review_on - today > SOON:
        return None
    if review_on < today:
        words = _("Review overdue since %(day)s") % {"day": day_words(review_on)}
        return Look(words, "lost", "octagon-alert")
    if review_on == today:
        return Look(_("Review due today"), "warn", "clock-alert")
    return Look(_("Review due %(day)s") % {"day": day_words(review_on)}, "warn", "clock-alert")


def _end(authorization: Authorization, today: date) -> Look | None:
    if authorization.first_on > today or authorization.last_on - today > SOON:
        return None
    days = (authorization.last_on - today).days
    if days == 0:
        return Look(_("Ends today"), "risk", "calendar-clock")
    words = ngettext("Ends in %(n)s day", "Ends in %(n)s days", days) % {"n": days}
    return Look(words, "risk", "calendar-clock")
