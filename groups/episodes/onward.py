"""Going on to another program: which there are, whose it is to enroll there, what would happen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from groups.enrolling.checks import Check
from groups.episodes.case import Case
from groups.episodes.forms import TransferForm
from groups.episodes.going_on import Onward, cannot_go_on
from groups.episodes.levels import kind_between
from groups.episodes.preview import ended, stops
from groups.episodes.refusals import A_DAY, long_day
from groups.joining.seats import seats_for
from groups.models import TherapyGroup
from programs.models import Admission, Program


def programs_for(case: Case, admission: str) -> list[Program]:
    """Return the other programs of the clinic, those that such a step can lead to first."""
    others = Program.objects.exclude(pk=case.program.pk).select_related("site")
    fits = [(kind_between(case.program, each) != admission, each.name) for each in others]
    return [each for _fit, each in sorted(zip(fits, others, strict=True), key=lambda two: two[0])]


def target_of(case: Case, sent: Mapping[str, Any] | None) -> Program | None:
    """Return the program chosen so far."""
    chosen = (sent or {}).get("to_program", "")
    others = Program.objects.exclude(pk=case.program.pk).select_related("site")
    return next((each for each in others if str(each.public_id) == chosen), None)


def may_enroll(case: Case, program: Program) -> bool:
    """Return whether the person may enroll there; else it becomes a referral."""
    return case.access.scope("participants.edit", program) is not None


def asked_of(form: TransferForm) -> Onward:
    """Return where the form leads; its program and first day can be read."""
    return Onward(
        to_program=form.read("to_program"),
        first_on=form.read("first_on"),
        admission=form.read("admission") or Admission.DIRECT,
        groups=tuple(form.read("groups") or ()),
        planned_discharge_on=form.read("planned_discharge_on"),
        override=form.read("override") or "",
        note=form.read("note") or "",
    )


def transfer_preview(case: Case, form: TransferForm) -> tuple[Check, ...]:
    """Return what ends here, what begins there, and whether there are seats."""
    if not form.read("to_program") or not form.read("first_on"):
        return ()
    onward = asked_of(form)
    if words := cannot_go_on(case.enrollment, onward, case.now):
        return stops(words)
    return (*_there(case, onward), *ended(case, onward.first_on - A_DAY))


def _there(case: Case, onward: Onward) -> Iterator[Check]:
    program, day = onward.to_program, onward.first_on
    if not may_enroll(case, program):
        words = _(
            "You do not enroll people there, so they are referred: %(program)s enrolls them"
            " itself. They are discharged here all the same."
        )
        yield Check("warn", "send", words % {"program": program.name}, "")
        return
    words = _("enrolled from %(day)s on") % {"day": long_day(day)}
    yield Check("ok", "user-plus", program.name, words)
    for group in onward.groups:
        yield _seat(group, day)


def _seat(group: TherapyGroup, day: date) -> Check:
    seats = seats_for(group, None, first_on=day)
    if seats.is_free:
        return Check("ok", "armchair", group.name, _("a seat is free"))
    return Check("warn", "armchair", group.name, _("no seat is free; say why all the same"))
