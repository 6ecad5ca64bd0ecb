"""What every change of the calendar asks for beside itself: why, and why in spite of warnings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from groups.schedule.edit import CannotSchedule

REASON_AT_MOST = 200


def reason_box(label: Any, hint: Any = "", **fields: Any) -> forms.CharField:
    """Return a field for a reason of a sentence or two."""
    box = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(
        label=label, help_text=hint, max_length=REASON_AT_MOST, widget=box, **fields
    )


class ChangeForm(forms.Form):
    """A change with its reason; `override` is asked for once a preview holds warnings."""

    reason = reason_box(_("Reason (optional)"), required=False)
    override = reason_box(
        _("Why go ahead in spite of the warnings?"),
        _("The program director reads it in the list of exceptions."),
        required=False,
    )

    @property
    def can_plan(self) -> bool:
        """Whether enough is filled in to see what the change would do."""
        return self.is_bound and self.is_valid()

    def add_refusal(self, refused: CannotSchedule) -> None:
        """Put the words of a refused change at the fields they are about."""
        for field, words in refused.words.items():
            self.add_error(field if field in self.fields else None, [str(word) for word in words])
        if refused.words:
            return
        if refused.needs_reason and "override" in self.fields:
            self.add_error("override", gettext("Say why this goes ahead in spite of the warnings"))
        else:
            self.add_error(None, gettext("Something is in the way. Nothing is saved."))
