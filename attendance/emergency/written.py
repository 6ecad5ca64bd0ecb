"""What is written of somebody: their last signed notes, and the plan for the worst."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from attendance.check_ins.wording import day_and_clock
from attendance.emergency.theirs import theirs
from attendance.models import ParticipantNote
from attendance.notes.fields import in_words
from attendance.relapse.reading import latest_plan
from programs.models import Participant

NOTES = 2


@dataclass(frozen=True)
class SignedNote:
    """One signed note about the person, in its words."""

    title: str
    byline: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PlanPart:
    """A part of the relapse plan, a point to a line."""

    title: str
    points: tuple[str, ...]


def notes_of(person: Participant, zone: ZoneInfo) -> tuple[SignedNote, ...]:
    """Return the last signed ones; one statement."""
    found = ParticipantNote.objects.filter(
        theirs(person), session__notes_sign_off__isnull=False
    ).select_related("session__group", "session__notes_sign_off__signed_by", "goal")
    return tuple(_note(each, zone) for each in found.order_by("-session__starts_at", "-pk")[:NOTES])


def plan_of(person: Participant) -> tuple[PlanPart, ...]:
    """Return what the plan says for the worst, what warns of it, and whom to turn to."""
    plan = latest_plan(person)
    if plan is None:
        return ()
    people = tuple(
        " · ".join(filter(None, (each.name, each.relation, each.phone)))
        for each in plan.contacts.all()
    )
    parts = (
        PlanPart(_("If I lapse, or am in danger"), _points(plan.emergency)),
        PlanPart(_("Early warning signs"), _points(plan.warning_signs)),
        PlanPart(_("Whom I turn to"), people),
    )
    return tuple(each for each in parts if each.points)


def _note(note: ParticipantNote, zone: ZoneInfo) -> SignedNote:
    session, signed = note.session, note.session.notes_sign_off
    return SignedNote(
        title=f"{session.group.name} · {day_and_clock(session.starts_at, zone)}",
        byline=_("Signed by %(name)s, %(time)s")
        % {"name": signed.signed_by.display_name, "time": day_and_clock(signed.signed_at, zone)},
        fields=tuple(in_words(note)),
    )


def _points(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
