"""What people said beforehand of a day: whether they come, and if not, why.

It is an answer to a reminder, and no record: what it was, the facilitator decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendance.marks import MarkLook
from programs.models import Participant
from reminders.models import Answer, AnswerReason, AnswerWord

# Every answer there ever was, written by the database itself.
AnswerHistory = Answer.pgh_event_model  # type: ignore[attr-defined]
CONFIRMED = MarkLook("", "calendar-check", gettext_lazy("Confirmed"))
CANNOT_COME = MarkLook("go", "calendar-x", gettext_lazy("Cannot come"))


@dataclass(frozen=True)
class Beforehand:
    """The last word somebody gave about a day; without a reason where they gave none.

    `at` is when they last said something of it.
    """

    word: str
    reason: str
    at: datetime

    @property
    def is_coming(self) -> bool:
        return self.word == AnswerWord.COMING

    @property
    def cannot_come(self) -> bool:
        return self.word == AnswerWord.NOT_COMING

    @property
    def why(self) -> str:
        """The reason in words, as they chose it from the list."""
        return str(AnswerReason(self.reason).label) if self.reason else ""

    def look(self, *, with_reason: bool) -> MarkLook:
        """Return the chip: that they confirmed, or that they cannot come."""
        if self.is_coming:
            return CONFIRMED
        if not (with_reason and self.reason):
            return CANNOT_COME
        words = _("Cannot come · %(reason)s") % {"reason": self.why}
        return MarkLook(CANNOT_COME.tone, CANNOT_COME.icon, words)

    def __str__(self) -> str:
        """Write it down, so that a page can say what it shows: `coming`, or `not_coming:ill`."""
        return f"{self.word}:{self.reason}" if self.reason else self.word


def said_on(people: Iterable[Participant], day: date) -> dict[int, Beforehand]:
    """Return what was said of the day, by the primary key each has here; one statement.

    An answer is that of the record that is kept, whichever of them stands on a roster.
    """
    records = {each.pk: {each.pk, each.merged_into_id or each.pk} for each in people}
    wanted = {key for keys in records.values() for key in keys}
    if not wanted:
        return {}
    found = Answer.objects.of(wanted, day)
    by_record = {each.participant_id: _beforehand(each) for each in found}
    said = {
        pk: [by_record[key] for key in keys if key in by_record] for pk, keys in records.items()
    }
    return {pk: max(each, key=lambda one: one.at) for pk, each in said.items() if each}


def said_in_sql(day: date) -> Subquery:
    """Return the same for a query of participants, to be read with `said_from`.

    Here `at` is when they first said it: a reason often follows some minutes later.
    """
    theirs = Q(participant=OuterRef("pk")) | Q(participant=OuterRef("merged_into"))
    said = Answer.objects.filter(theirs, for_on=day).order_by("-answered_at")
    first = Subquery(_as_it_stands().order_by("pgh_id").values("answered_at")[:1])
    return Subquery(said.values(said=JSONObject(word="word", reason="reason", at=first))[:1])


def said_from(row: dict[str, Any] | None) -> Beforehand | None:
    """Return what `said_in_sql` found."""
    if row is None:
        return None
    return Beforehand(row["word"], row["reason"], datetime.fromisoformat(row["at"]))


def had_said_no() -> Exists:
    """Say, of attendance records, that the person had said before the start that they cannot come.

    As far as that was their last word of the day, and from the first time that it was.
    """
    theirs = Q(participant=OuterRef("participant"))
    theirs |= Q(participant=OuterRef("participant__merged_into"))
    before = _as_it_stands().filter(answered_at__lt=OuterRef(OuterRef("session__starts_at")))
    no = Answer.objects.filter(
        theirs, for_on=OuterRef("session__held_on"), word=AnswerWord.NOT_COMING
    )
    return Exists(no.filter(Exists(before)))


def _as_it_stands() -> QuerySet[Any]:
    """Return, of the answer that the query around it reads, the versions since its last word."""
    later = AnswerHistory.objects.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__gt=OuterRef("pgh_id"))
    taken_back = Exists(later.exclude(word=OuterRef("word")))
    return AnswerHistory.objects.filter(~taken_back, pgh_obj=OuterRef("pk"))


def _beforehand(answer: Answer) -> Beforehand:
    return Beforehand(answer.word, answer.reason, answer.answered_at)
