"""What is asked when a certificate is given."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from programs.models import Enrollment
from programs.plan.boxes import DateBox, RecordForm, some_text


class CertificateForm(RecordForm):
    """The day of completion, and why it is given where something is still open."""

    completed_on = DateBox(
        label=_("Completed on"), error_messages={"required": _("Enter the day of completion")}
    )
    reason = some_text(
        _("Why it is given all the same"),
        most=2_000,
        hint=_("Stored encrypted; it is not printed on the certificate."),
    )

    def __init__(
        self, data: Any = None, *, enrollment: Enrollment, today: date, is_complete: bool
    ) -> None:
        day = min(enrollment.discharged_on or today, today)
        super().__init__(data, initial={"completed_on": day})
        if is_complete:
            del self.fields["reason"]

    @property
    def reason_given(self) -> str:
        """What was said; nothing where nothing was asked."""
        return str(self.cleaned_data.get("reason", ""))
