"""The form of the enroll page as far as it is filled in: about whom, and from which call."""

from __future__ import annotations

from datetime import date

from django.db.models import prefetch_related_objects
from django.http import QueryDict

from accounts.models import User
from groups.enrolling.forms import EnrollForm
from programs.models import Program
from programs.referring.chart_numbers import suggested_chart_number
from programs.referring.finding import chosen_person
from programs.referring.open_call import open_call_of

# What a button of the page asks for; choosing somebody found asks for a fresh form.
ENROLL, WORK_OUT, FIND, KEEP, WAIT = "enroll", "work_out", "find", "keep", "wait"
FILLED = frozenset({ENROLL, WORK_OUT, KEEP, WAIT})


def form_from(
    sent: QueryDict, user: User, program: Program, *, is_filled: bool, today: date
) -> EnrollForm:
    """Return the form, about somebody known where one was chosen. Raises Http404 for a stranger."""
    known = chosen_person(user, sent.get("participant", ""))
    if known:
        prefetch_related_objects([known], "consents")
    return EnrollForm(
        sent if is_filled else None,
        program=program,
        known=known,
        today=today,
        call=open_call_of(known, program).first() if known else None,
        chart_number="" if is_filled or known else suggested_chart_number(),
    )
