"""Words of coming in and going out: sign-ins, second factors, one's own account."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ENTERING = {
    "user.signed_in": _("Signed in"),
    "user.signed_out": _("Signed out"),
    "user.sign_in_refused": _("A sign-in was refused"),
    "user.accepted_invitation": _("Accepted the invitation"),
    "user.asked_for_reset": _("Asked for a new password"),
    "user.reset_password": _("Set a new password by a link"),
    "user.changed_password": _("Changed the password"),
    "user.chose_language": _("Chose a language"),
    "user.chose_pin": _("Chose a PIN"),
    "user.dropped_pin": _("Took the PIN off"),
    "user.chose_theme": _("Chose the colors"),
    "user.invited": _("Invited a colleague"),
    "user.added": _("Added a colleague"),
    "user.left": _("Took a colleague off the staff"),
    "user.restored": _("Let a colleague back in"),
    "factor.added": _("Added a second factor"),
    "factor.removed": _("Removed a second factor"),
    "factor.all_removed": _("Removed every second factor"),
    "factor.renamed": _("Renamed a second factor"),
    "factor.asked": _("Was asked for a second factor"),
    "factor.refused": _("A second factor was refused"),
    "factor.used": _("Showed a second factor"),
    "recovery_code.used": _("Used a recovery code"),
    "recovery_codes.made": _("Made recovery codes"),
    "recovery_codes.shown": _("Looked at the recovery codes"),
    "recovery_codes.downloaded": _("Downloaded the recovery codes"),
    "session.ended": _("Ended a sign-in on another device"),
    "session.locked": _("The page locked itself"),
    "session.unlocked": _("Unlocked the page"),
    "session.unlock_refused": _("Unlocking the page was refused"),
    "user.closed": _("Closed a colleague’s account"),
    "user.reopened": _("Reopened a colleague’s account"),
    "request.refused": _("Was refused a page"),
    "request.limited": _("Too many requests were refused"),
    "kiosk.started": _("Started the kiosk"),
    "kiosk.left": _("Left the kiosk"),
}
