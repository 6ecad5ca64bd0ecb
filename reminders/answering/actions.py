"""What changes when somebody says whether they come."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.audit import write_audit
from accounts.models import User
from programs.models import Participant
from reminders.answering.asked import answer_about
from reminders.models import Answer, AnswerReason, AnswerWord, CameBy, Reminder
from reminders.planning.telling import kept_key


@transaction.atomic
def record_answer(
    *,
    reminder: Reminder,
    word: str,
    reason: str = "",
    came_by: str,
    now: datetime,
    by: User | None = None,
) -> Answer:
    """Keep whether the person comes on the day of the message, and return the one answer of it.

    The last word wins. Who says again that they cannot come, without a reason, keeps the one
    they gave; said again in the same words nothing is written. Raises ValueError for a word or a
    reason that there is not.
    """
    # Two answers at once: the second waits here, and changes the same row.
    person = Participant.objects.select_for_update(no_key=True).get(pk=kept_key(reminder))
    answer = Answer.objects.filter(participant=person, for_on=reminder.for_on).first()
    answer = answer or Answer(participant=person, for_on=reminder.for_on)
    said = (answer.word, answer.reason)
    answer.word = AnswerWord(word)
    answer.reason = _reason(answer, reason)
    is_said_again = answer.pk and (answer.word, answer.reason) == said
    # Under another of their records something else may have been said since.
    if is_said_again and answer_about(reminder) == answer:
        return answer
    answer.came_by, answer.answered_at, answer.reminder = CameBy(came_by), now, reminder
    answer.save()
    _audit(answer, reminder, by)
    return answer


def _reason(answer: Answer, reason: str) -> str:
    if answer.word == AnswerWord.COMING:
        return ""
    return AnswerReason(reason) if reason else answer.reason


def _audit(answer: Answer, reminder: Reminder, by: User | None) -> None:
    write_audit(
        "answer.given",
        by=by,
        subject=answer,
        participant_id=answer.participant.public_id,
        program_id=reminder.program.public_id,
        day=answer.for_on.isoformat(),
        word=str(answer.word),
        came_by=str(answer.came_by),
    )
