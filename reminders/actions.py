"""What happens to reminders: planned for tomorrow, sent once, withdrawn when nobody is expected."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

import structlog
from django.db import transaction
from django.db.models import Q

from accounts.audit import write_audit
from accounts.models import User
from programs.models import Channel, Enrollment, Site
from reminders.evening_before import day_reminded_of, due_at, is_too_late
from reminders.expected import expected_on, reachable
from reminders.mail import MailLine
from reminders.models import Reminder, ReminderStatus
from reminders.sending import TOO_LATE, WITHDRAWN, Outcome, claim, move_on, send_claimed
from reminders.wording import Letter, letter_for

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Planned:
    """How many reminders of a day are new, called off, or on again."""

    added: int = 0
    withdrawn: int = 0
    again: int = 0


def plan_reminders(*, now: datetime, by: User | None) -> None:
    """Bring every site's reminders about tomorrow up to date."""
    for site in Site.objects.order_by("pk"):
        plan_for_site(site=site, now=now, by=by)


@transaction.atomic
def plan_for_site(*, site: Site, now: datetime, by: User | None) -> Planned:
    """Plan one reminder for each person who is expected tomorrow and agreed to be reminded.

    Who is no longer expected, or agreed no longer, has theirs withdrawn; who is expected again
    has it back. Running it twice, or twice at once, changes nothing.
    """
    day = day_reminded_of(now, site.zone)
    if is_too_late(day, now, site.zone):
        return Planned()
    # One planner per site at a time; a second waits here, then finds everything done.
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    found = reachable(expected_on(day)).filter(program__site=site)
    wanted = {each.participant_id: each for each in found}
    known = Reminder.objects.about(day).filter(
        Q(program__site=site) | Q(participant__in=wanted), channel=Channel.EMAIL
    )
    done = _bring_up_to_date(day, site, wanted, {each.participant_id: each for each in known})
    if done != Planned():
        write_audit("reminders.planned", by=by, subject=site, day=day.isoformat(), **asdict(done))
    return done


def _bring_up_to_date(
    day: date, site: Site, wanted: dict[int, Enrollment], known: dict[int, Reminder]
) -> Planned:
    due = due_at(day, site.zone)
    fresh = [
        Reminder(participant_id=person, program_id=each.program_id, for_on=day, due_at=due)
        for person, each in wanted.items()
        if person not in known
    ]
    Reminder.objects.bulk_create(fresh)
    off = [each.pk for person, each in known.items() if person not in wanted]
    on = [each.pk for person, each in known.items() if person in wanted]
    return Planned(
        added=len(fresh),
        withdrawn=_move(off, ReminderStatus.PLANNED, ReminderStatus.WITHDRAWN),
        again=_move(on, ReminderStatus.WITHDRAWN, ReminderStatus.PLANNED),
    )


def _move(ids: list[int], came_from: ReminderStatus, to: ReminderStatus) -> int:
    return Reminder.objects.filter(pk__in=ids, status=came_from).update(status=to)


@dataclass(frozen=True)
class Claimed:
    """A reminder that this worker, and no other, is to send."""

    reminder: Reminder
    letter: Letter


def send_reminder(*, reminder_id: int, now: datetime, by: User | None, line: MailLine) -> None:
    """Send one due reminder at most once: claim it, commit, send, record the outcome.

    Consent, and that the person is still expected, are looked at again with the claim. Where the
    mail server does not answer nothing is claimed, and the next sweep tries again until the
    evening is over. A worker that dies after its claim leaves the reminder claimed: staff see
    that its outcome is unknown, and nobody sends it again.
    """
    is_open = line.is_open()
    # Committed before a word goes out; inside another transaction it would not be.
    with transaction.atomic(durable=True):
        claimed = _claim(reminder_id, now, by, is_open)
    if claimed is None:
        return
    reminder, email = claimed.reminder, claimed.reminder.participant.kept.email
    outcome = send_claimed(reminder, claimed.letter, to=email, now=now, line=line)
    if outcome is None:
        return
    with transaction.atomic():
        _settle(reminder, outcome, by)


def _claim(reminder_id: int, now: datetime, by: User | None, is_open: bool) -> Claimed | None:
    """Return the reminder if it is ours to send; settle it where it is not to be sent at all."""
    due = Reminder.objects.due(now).select_for_update(skip_locked=True, of=("self",))
    due = due.select_related("participant__merged_into", "program__site")
    reminder = due.filter(pk=reminder_id).first()
    if reminder is None:
        return None
    site = reminder.program.site
    person = reachable(expected_on(reminder.for_on)).filter(participant=reminder.participant)
    enrollment = person.first()
    if enrollment is None:
        _settle(reminder, WITHDRAWN, by)
    elif is_too_late(reminder.for_on, now, site.zone):
        _settle(reminder, TOO_LATE, by)
    elif is_open:
        claim(reminder, now)
        starts_at: datetime = enrollment.starts_at  # type: ignore[attr-defined]
        language = reminder.participant.kept.language
        return Claimed(reminder, letter_for(starts_at, site=site, language=language))
    return None


def _settle(reminder: Reminder, outcome: Outcome, by: User | None) -> None:
    """Move the reminder on from where it was read, with its line on the trail."""
    if not move_on(reminder, outcome):
        return
    write_audit(
        f"reminder.{outcome.status}",
        by=by,
        subject=reminder,
        participant_id=reminder.participant.public_id,
        program_id=reminder.program.public_id,
        **outcome.detail,
    )
    log.info("reminder_settled", reminder=str(reminder.public_id), status=str(outcome.status))
