"""What changes about completion: a certificate is given, once and for good."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import User
from hours.completion.reading import standing_of
from hours.models import Certificate
from programs.models import Enrollment
from programs.weeks import local_date


@transaction.atomic
def issue_certificate(
    *, enrollment: Enrollment, completed_on: date, reason: str, now: datetime, by: User
) -> Certificate:
    """Give the certificate of one episode; what is open at the moment stands on it.

    Where something is, a reason is needed. Raises NotKept.
    """
    episodes = Enrollment.objects.select_for_update(no_key=True, of=("self",))
    stored = episodes.select_related("program__site").get(pk=enrollment.pk)
    if Certificate.objects.filter(enrollment=stored).exists():
        raise NotKept({NON_FIELD_ERRORS: [_("The certificate is given already.")]})
    still_open = _open_criteria(stored, now)
    _in_their_time(stored, completed_on, local_date(now, stored.program.zone))
    certificate = Certificate(
        enrollment=stored,
        completed_on=completed_on,
        open_criteria=still_open,
        reason=reason.strip() if still_open else "",
        issued_by=by,
        issued_at=now,
    )
    # The row refuses to be without a reason where something is open.
    keep(certificate, otherwise="reason")
    _audit(certificate, by)
    return certificate


def _audit(certificate: Certificate, by: User) -> None:
    enrollment = certificate.enrollment
    write_audit(
        "certificate.issued",
        by=by,
        subject=certificate,
        participant_id=enrollment.participant.kept.public_id,
        program_id=enrollment.program.public_id,
        completed_on=certificate.completed_on.isoformat(),
        open_criteria=certificate.open_criteria,
    )


def _open_criteria(enrollment: Enrollment, now: datetime) -> list[str]:
    standing = standing_of(enrollment, now=now)
    if standing is None:
        raise NotKept({NON_FIELD_ERRORS: [_("This episode never began.")]})
    return [criterion.value for criterion in standing.readiness.open_criteria]


def _in_their_time(enrollment: Enrollment, completed_on: date, today: date) -> None:
    """Let the day lie in the episode, and not be still to come. Raises NotKept."""
    words = ""
    if completed_on < enrollment.admitted_on:
        words = _("They were admitted on %(day)s; enter that day or a later one.")
        words %= {"day": date_format(enrollment.admitted_on, "DATE_FORMAT")}
    elif completed_on > today:
        words = _("Enter today or an earlier day.")
    elif enrollment.discharged_on and completed_on > enrollment.discharged_on:
        words = _("Their last day was %(day)s; enter that day or an earlier one.")
        words %= {"day": date_format(enrollment.discharged_on, "DATE_FORMAT")}
    if words:
        raise NotKept({"completed_on": [words]})
