"""What a record rule says, line by line."""

from __future__ import annotations

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.clinic_settings.rule_words import Line
from programs.models import RecordRule


def lines_of(rule: RecordRule) -> list[Line]:
    """Return what the rule asks for; its co-signer was read with it."""
    listed = sorted(rule.cosigned_credentials, key=str.casefold)
    lines = [
        Line(_("Late, or left early"), _grace(rule.grace_minutes)),
        Line(_("Notes are due"), _hours(rule.notes_due_hours)),
        Line(_("Somebody missed is called"), _hours(rule.outreach_due_hours)),
        Line(_("Notes are co-signed"), get_text_list(listed, _("and")) or _("nobody’s")),
    ]
    if listed:
        cosigner = rule.cosigned_by.display_name if rule.cosigned_by else _("the directors")
        lines.append(Line(_("Who co-signs"), cosigner))
    return lines


def _grace(minutes: int) -> str:
    if not minutes:
        return _("from the first minute on")
    words = ngettext("after more than %(n)s minute", "after more than %(n)s minutes", minutes)
    return words % {"n": minutes}


def _hours(number: int) -> str:
    return ngettext("within %(n)s hour", "within %(n)s hours", number) % {"n": number}
