"""Who a text is from: the people with that number, and the one whose answer it would be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from programs.models import Channel, Enrollment, Participant, Program, Referral
from programs.weeks import local_date
from reminders.answering.asked import ASKING, answer_about, messages_to
from reminders.models import AnswerWord, Reminder
from reminders.models.reminder import ReminderQuerySet

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Sender:
    """The people who share the number, and to whom of them a text from it belongs.

    `asked` is the last message to the number that asked about a day which is not over.
    """

    people: tuple[Participant, ...]
    participant: Participant
    program: Program
    asked: Reminder | None

    def may_say_why(self) -> bool:
        """Whether they have said that they cannot come on the day they were asked about."""
        said = answer_about(self.asked) if self.asked else None
        return said is not None and said.word == AnswerWord.NOT_COMING


def sender_of(number: str, *, now: datetime) -> Sender | None:
    """Return whose number (in E.164) it is, None where nobody here is known by it.

    Whoever shares it waits until the transaction is over: answers count in the order they came.
    """
    people = _people(number)
    # Messages go to the first number; who has this one as the second is somebody all the same.
    reached = [each for each in people if str(each.phone) == number] or people
    texts = messages_to(each.pk for each in reached).filter(channel=Channel.SMS)
    asked = _asked(texts, now)
    last = asked or texts.first()
    participant = last.participant.kept if last else next(iter(reached), None)
    if participant is None:
        return None
    program = last.program if last else _program(participant)
    if program is None:
        return None
    return Sender(tuple(people), participant, program, asked if asked and _asks(asked) else None)


def _people(number: str) -> list[Participant]:
    """Return the kept records of those with the number, under any of their records; locked."""
    known = Participant.objects.filter(Q(phone=number) | Q(other_phone=number))
    keys = {kept or key for key, kept in known.values_list("pk", "merged_into")}
    return list(
        Participant.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True)
    )


def _asked(texts: ReminderQuerySet, now: datetime) -> Reminder | None:
    """Return the last of the messages whose day is not over where it is."""
    # A day may still last in a zone to the west.
    lasting = texts.filter(kind__in=ASKING, for_on__gte=(now - A_DAY).date())
    days = ((each, local_date(now, each.program.zone)) for each in lasting)
    return next((each for each, today in days if each.for_on >= today), None)


def _asks(reminder: Reminder) -> bool:
    """Whether there is anything to come to: not after word that there is nothing after all."""
    return reminder.told.get(reminder.for_on.isoformat(), "") is not None


def _program(participant: Participant) -> Program | None:
    """Return where the person is, or was last; else where they asked to come."""
    episode = Enrollment.objects.of_person(participant).select_related("program__site")
    if last := episode.order_by("-admitted_on", "-pk").first():
        return last.program
    call = Referral.objects.filter(
        Q(participant=participant) | Q(participant__merged_into=participant)
    )
    found = call.select_related("program__site").order_by("-pk").first()
    return found.program if found else None
